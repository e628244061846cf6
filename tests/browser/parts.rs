//! Parts of a page that scripts have made ready, or that other files hold, change while it is open: drawings, cards, the
//! choices of a register, pictures, the frame itself.

use serde_json::json;

use crate::reload::{briefing, open, open_at, says, section, visit};

/// A section with a chart of this output in the year 2021.
fn chart(output: u32) -> String {
    section(&format!(
        "```chart\ntitle = \"Steel output\"\nunit = \"million tonnes\"\nchart = \"bar\"\n---\nyear,output\n2021,{output}\n2022,>1018\n```"
    ))
}

/// The mark of a drawing that is in sight and has the focus in its turn.
const MARK: &str =
    "[...document.querySelectorAll('svg.drawing')].find(it => it.getClientRects().length)?.querySelector('.mark[tabindex=\"0\"]')";
const TIP: &str = "([...document.querySelectorAll('[role=tooltip]')].find(it => it.getClientRects().length)?.textContent ?? '')";

#[test]
fn a_drawing_changes_in_place_and_tells_its_values_as_before() {
    let briefing = briefing();
    briefing.write("content/01-a.md", chart(1035).as_bytes());
    let Some((session, mut page)) = open_at(briefing, "a/") else { return };
    page.get(&format!("{MARK}.focus(); document.querySelector('details.data-table').open = true; 0"));
    page.until(&format!("{TIP}.includes('1035')"), "the value of the mark");
    let before = page.get("scrollY");
    session.write("content/01-a.md", &chart(1107));
    says(&mut page, "1107");
    page.until("swaps === 1", "the theme hears of it");
    assert_eq!(page.get("document.querySelector('details.data-table').open"), json!(true), "the table was closed");
    assert_eq!(page.get("scrollY"), before, "the page has jumped");
    page.until(&format!("{TIP}.includes('1107')"), "the mark has the focus still, and says its new value");
    page.press("Escape");
    page.until(&format!("{TIP} === ''"), "Escape hides it");
    assert_eq!(page.get("document.querySelectorAll('svg.drawing .mark > title').length"), json!(0), "the tooltips of the browser itself");
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn what_is_new_on_a_page_brings_its_script() {
    let Some((session, mut page)) = open() else { return };
    session.write("content/01-a.md", &chart(1035));
    page.until(&format!("!!({MARK})"), "a drawing, made ready by a script that was not there before");
    assert_eq!(page.get("swaps"), json!(1), "the page was loaded anew");
    page.get(&format!("{MARK}.focus(); 0"));
    page.until(&format!("{TIP}.includes('1035')"), "the value of the mark");
    // The switch for marks comes with the first claim, and is remembered.
    let claim = "[[claims]]\nid = \"fall\"\nstatement = \"Output fell.\"\nsupport = \"attributed\"\nsources = [\"nbs\"]\n+++";
    let claimed = section("Output [fell](claim:fall).").replacen("+++\n\n", &format!("{claim}\n\n"), 1);
    session.write("content/01-a.md", &claimed);
    page.until("!!document.getElementById('at-marks')", "the switch");
    page.get("document.getElementById('at-marks').click(); 0");
    assert_eq!(page.get("localStorage.getItem('postil-marks')"), json!("hidden"));
    // And buttons are there as on a page that was loaded so.
    let buttons = "[...document.querySelectorAll('main button, .tools button')].map(it => it.textContent.trim()).sort()";
    let after = page.texts(buttons);
    visit(&session, &mut page, "a/");
    assert_eq!(after, page.texts(buttons));
}

#[test]
fn an_open_card_says_what_its_record_says_now() {
    let Some((session, mut page)) = open() else { return };
    page.click("article .body a[href^='#card-source-']");
    page.until("/the yearbook/i.test(document.querySelector(':popover-open')?.textContent)", "a card");
    session.write("content/01-a.md", &section("The first words.").replace("The yearbook", "The almanac"));
    page.until("swaps === 1 && /the almanac/i.test(document.querySelector(':popover-open')?.textContent)", "the card follows");
    session.write("content/01-a.md", &section("The first words.").replace("Output fell [@nbs].", "Output fell."));
    page.until("swaps === 2 && !document.querySelector(':popover-open')", "a card whose mark is gone goes too");
}

#[test]
fn the_choices_of_a_register_hold_for_what_comes_new() {
    let claims = |last: &str| {
        let claim = |id: &str, words: &str| {
            format!("[[claims]]\nid = \"{id}\"\nstatement = \"{words}\"\nsupport = \"attributed\"\nsources = [\"nbs\"]\n")
        };
        let more = [claim("one", "Steel fell."), claim("two", "Coal rose."), claim("three", last)].concat();
        section("One is [one](claim:one).\n\nTwo is [two](claim:two).\n\nThree is [three](claim:three).").replacen(
            "+++\n\n",
            &format!("{more}+++\n\n"),
            1,
        )
    };
    let briefing = briefing();
    briefing.write("content/01-a.md", claims("Steel stood still.").as_bytes());
    let Some((session, mut page)) = open_at(briefing, "claims/") else { return };
    let shown = "[...document.querySelectorAll('.entries-claim > *')].filter(it => it.getClientRects().length).length";
    page.get("const it = document.querySelector('.filters-row input'); it.value = 'steel'; it.dispatchEvent(new Event('input', { bubbles: true })); it.focus(); 0");
    page.until(&format!("{shown} === 2"), "two of three");
    session.write("content/01-a.md", &claims("Coal stood still."));
    page.until(&format!("swaps === 1 && {shown} === 1"), "the choice holds for the new text");
    assert_eq!(page.get("document.activeElement.value"), json!("steel"), "the field keeps its words and the focus");
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn a_picture_is_changed_under_the_page_and_a_script_starts_it_anew() {
    let picture = |colour: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"40\"><rect width=\"40\" height=\"40\" fill=\"{colour}\"/></svg>"
        )
    };
    let briefing = briefing();
    briefing.write("content/01-a.md", section("![A square](square.svg)").as_bytes());
    briefing.write("content/square.svg", picture("#ff0000").as_bytes());
    let Some((session, mut page)) = open_at(briefing, "a/") else { return };
    let colour = "(() => { const it = document.querySelector('main img'); it.loading = 'eager'; if (!it.complete || !it.naturalWidth) return '';
        const canvas = document.createElement('canvas').getContext('2d'); canvas.drawImage(it, 0, 0); return canvas.getImageData(5, 5, 1, 1).data.join(); })()";
    page.until(&format!("{colour} === '255,0,0,255'"), "red");
    session.write("content/square.svg", &picture("#0000ff"));
    page.until(&format!("{colour} === '0,0,255,255'"), "blue");
    session.write("content/square.svg", &picture("#00ff00"));
    page.until(&format!("{colour} === '0,255,0,255'"), "green");
    assert_eq!(page.get("swaps"), json!(0), "the page itself stays as it is");
    session.write("themes/default/static/registers.js", "");
    session.write("themes/default/static/cards.js", "document.documentElement.dataset.probe = 'new';");
    page.until("document.documentElement?.dataset.probe === 'new' && window.swaps === undefined", "the new script");
}

#[test]
fn a_template_that_is_edited_changes_the_page_and_nothing_stops_working() {
    let template = include_str!("../../themes/default/templates/base.html");
    let briefing = briefing();
    briefing.write("themes/default/templates/base.html", template.as_bytes());
    let Some((session, mut page)) = open_at(briefing, "a/") else { return };
    page.get("kept.main = document.querySelector('main'); kept.paragraph = [...document.querySelectorAll('main p')].at(-1); 0");
    let aside = template.replace("<main id=", "<aside class=\"notice\">A draft.</aside>\n<main data-probe=\"here\" id=");
    session.write("themes/default/templates/base.html", &aside);
    session.write("content/01-a.md", &section("A first line.\n\nThe first words, edited."));
    says(&mut page, "The first words, edited.");
    page.until("document.querySelector('.notice')?.textContent === 'A draft.' && kept.main.dataset.probe === 'here'", "the new frame");
    assert_eq!(page.get("kept.main.isConnected && kept.paragraph.isConnected"), json!(true), "what is the same is the same element");
    page.click("article .body a[href^='#card-source-']");
    page.until("!!document.querySelector(':popover-open')", "a card");
    page.press("Escape");
    page.click(".settings-button");
    page.until("document.querySelector('.settings').open", "the settings");
    assert_eq!(page.complaints(), [""; 0]);
}
