//! Evidence comes to the reader: a mark in the text shows its card, by mouse, key and finger, with script and without,
//! and from every card a link leads back.

use serde_json::{Value, json};

use crate::open;
use crate::page::Page;

/// Marks of each sort, by the address that they lead to.
const MARKS: [&str; 5] = ["card-source-", "card-term-", "card-claim-", "card-note-", "card-entity-"];

/// The first mark of a sort, in the text.
fn mark(sort: &str) -> String {
    format!("article .body a[id^='ref-'][href^='#{sort}'], article .body .claim a[href^='#{sort}']")
}

/// Without script a card is the target of the address; with it, it may lie over the page instead.
const CARD: &str =
    "(document.querySelector(':popover-open') ?? document.querySelector('.sheet:target, [popover]:target, [id^=card-]:target'))";

/// Whether all of a box's head is on the screen.
const ON_SCREEN: &str = "(it => { if (!it) return false; const box = it.getBoundingClientRect(); \
    return box.width > 100 && box.height > 20 && box.top >= 0 && box.left >= 0 && box.right <= innerWidth && box.bottom <= innerHeight + 1; })";

/// Waits for the card of a mark: it is seen, and it says what the entry at the end of the page says.
fn card_is_shown(page: &mut Page, mark: &str, how: &str) {
    page.until(&format!("{ON_SCREEN}({CARD})"), &format!("{how}: the card of {mark}"));
    let same = format!(
        "(() => {{ const words = it => it.textContent.replace(/\\s+/g, ' '); const end = document.querySelector(document.querySelector({}).hash);
           const head = words(end.querySelector('.card-head')).trim(); return head.length > 1 && words({CARD}).includes(head); }})()",
        json!(mark)
    );
    page.until(&same, &format!("{how}: the card of {mark} says what its entry says"));
}

/// Whether nothing lies over a mark.
fn is_free(page: &mut Page, mark: &str) -> bool {
    let free = "const box = it.getClientRects()[0]; const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2); \
        return top === it || it.contains(top) || top?.contains(it)";
    page.get(&format!("(it => {{ {free} }})(document.querySelector({}))", json!(mark))) == Value::Bool(true)
}

#[test]
fn cards_open_without_script() {
    for (width, height) in [(390, 800), (1440, 900)] {
        let Some((page, site)) = open(width, height) else { return };
        // On the phone with a finger, on the desk with a mouse.
        let touch = width < 1000;
        let mut page = if touch { page.without_script().with_touch() } else { page.without_script() };
        page.open(&site.url(site.sections()[0]));
        for sort in MARKS {
            let mark = mark(sort);
            if page.get(&format!("!!document.querySelector({})", json!(mark))) == Value::Bool(false) {
                continue;
            }
            if touch {
                page.tap(&mark);
            } else {
                page.click(&mark);
            }
            card_is_shown(&mut page, &mark, if touch { "a tap" } else { "a click" });
            page.click(".sheet:target [role=doc-backlink]");
            page.until("location.hash.startsWith('#ref-')", "the way back");
            page.until(&format!("!{CARD}"), "the card is put away");
            page.until(
                &format!("{}(document.querySelector(':target'))", ON_SCREEN.replace("box.width > 100 && box.height > 20 && ", "")),
                "the words are on the screen",
            );
            page.press_on(&mark, "Enter");
            card_is_shown(&mut page, &mark, "a key");
            page.click(".sheet:target [role=doc-backlink]");
            page.until(&format!("!{CARD}"), "the card is put away");
        }
    }
}

#[test]
fn cards_open_with_script_and_give_the_focus_back() {
    let Some((mut page, site)) = open(1440, 900) else { return };
    page.open(&site.url(site.sections()[0]));
    for sort in MARKS {
        let mark = mark(sort);
        if page.get(&format!("!!document.querySelector({})", json!(mark))) == Value::Bool(false) {
            continue;
        }
        for how in ["a click", "a key"] {
            match how {
                "a click" => page.click(&mark),
                _ => page.press_on(&mark, "Enter"),
            }
            page.until("!!document.querySelector(':popover-open')", &format!("{how} on {mark} opens a card over the page"));
            card_is_shown(&mut page, &mark, how);
            assert!(is_free(&mut page, &mark), "{how}: the card of {mark} lies over its own mark");
            page.press("Escape");
            page.until("!document.querySelector(':popover-open')", "Escape puts the card away");
            page.until(&format!("document.activeElement === document.querySelector({})", json!(mark)), "the focus is on the mark again");
        }
    }
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn a_tap_opens_a_card_at_the_foot_of_a_phone() {
    let Some((page, site)) = open(390, 800) else { return };
    let mut page = page.with_touch();
    page.open(&site.url(site.sections()[0]));
    for sort in &MARKS[..4] {
        let mark = mark(sort);
        if page.get(&format!("!!document.querySelector({})", json!(mark))) == Value::Bool(false) {
            continue;
        }
        page.tap(&mark);
        card_is_shown(&mut page, &mark, "a tap");
        let place = page.get(&format!("(it => {{ const box = it.getBoundingClientRect(); return [box.left, innerWidth - box.right, innerHeight - box.bottom]; }})({CARD})"));
        let gaps: Vec<f64> = place.as_array().expect("a list").iter().filter_map(Value::as_f64).collect();
        assert!(gaps.iter().all(|gap| gap.abs() < 24.0), "the card of {mark} is a sheet at the foot: {gaps:?}");
        page.open(&site.url(site.sections()[0]));
    }
}

#[test]
fn the_pointer_brings_a_card_that_stays_while_it_is_read() {
    let Some((mut page, site)) = open(1440, 900) else { return };
    page.open(&site.url(site.sections()[0]));
    let mark = mark(MARKS[0]);
    page.hover(&mark);
    page.until("!!document.querySelector(':popover-open')", "hovering over a mark shows its card");
    // WCAG 1.4.13: the pointer may go over to what it brought.
    page.hover(":popover-open");
    for _ in 0..20 {
        page.promised("new Promise(done => requestAnimationFrame(() => setTimeout(done, 30)))");
        assert_eq!(page.get("!!document.querySelector(':popover-open')"), Value::Bool(true), "the card stays below the pointer");
    }
    page.press("Escape");
    page.until("!document.querySelector(':popover-open')", "Escape puts it away");
}

#[test]
fn from_every_note_and_card_a_named_link_leads_back() {
    let Some((mut page, site)) = open(1440, 900) else { return };
    for path in site.sections() {
        page.open(&site.url(path));
        let wrong = page.texts(
            "(() => {
               const wrong = [];
               const marks = [...document.querySelectorAll('article .body a[href^=\"#card-\"], article .body a[href^=\"#fn-\"]')]
                 .filter(mark => !mark.closest('aside'));
               if (marks.length < 5) wrong.push('only ' + marks.length + ' marks');
               for (const mark of marks) {
                 const end = document.getElementById(decodeURIComponent(mark.hash.slice(1)));
                 if (!end) { wrong.push(mark.hash + ' leads nowhere'); continue; }
                 const links = [...end.querySelectorAll('[role=doc-backlink]')];
                 const back = links.find(link => {
                   const place = document.getElementById(decodeURIComponent(link.hash.slice(1)));
                   return place && (place === mark || place.contains(mark) || mark.contains(place));
                 });
                 if (!back) { wrong.push('no way back from ' + mark.hash + ' to ' + mark.id); continue; }
                 if (!/\\p{Letter}{3}/u.test(back.getAttribute('aria-label') ?? back.textContent)) wrong.push('a way back without a name from ' + mark.hash);
               }
               return wrong;
             })()",
        );
        assert!(wrong.is_empty(), "{path}: {wrong:#?}");
        // And it does lead there: tried on some, since the browser takes only so many steps in a second.
        let notes = page.texts("[...document.querySelectorAll('article [role=doc-endnotes] li[id]')].slice(0, 2).map(it => it.id)");
        for note in notes {
            page.get(&format!("location.hash = '#{note}'"));
            page.until("!!document.querySelector(':target')?.matches('.sheet')", &format!("{note} is shown"));
            page.click(":target [role=doc-backlink]");
            let at_its_mark = format!("document.querySelector(':target')?.matches('a[href=\"#{note}\"]') ?? false");
            page.until(&at_its_mark, &format!("{path}: the way back from {note}"));
        }
    }
}
