//! Nothing overlaps, nothing sticks out, nothing jumps.

use serde_json::json;

use crate::page::Page;
use crate::{WIDTHS, open};

/// Boxes of the margin that meet each other, the text, a figure or a table, or that leave the screen.
pub(crate) const COLLISIONS: &str = "(() => {
  const shown = selector => [...document.querySelectorAll(selector)].filter(it => it.checkVisibility());
  const name = it => (it.id || it.className.baseVal || it.className || it.tagName) + ' “' + it.textContent.trim().slice(0, 40) + '”';
  const margin = shown('.sidenote, aside[class*=margin], .toc').map(it => [it, it.getBoundingClientRect()]);
  const text = shown('.body > *, .body p, .body li, .body h2, .body h3, .body figure, .body .table-scroll, .title-block, .endnotes, .apparatus, .mentions')
    .filter(it => !it.matches('aside, .noted, .noted *:has(aside), :has(> .noted), :has(> aside)')).map(it => [it, it.getBoundingClientRect()]);
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  const wrong = [];
  margin.forEach(([it, box], at) => {
    if (box.left < -1 || box.right > document.documentElement.clientWidth + 1) wrong.push(name(it) + ' leaves the screen');
    for (const [other, place] of [...margin.slice(at + 1), ...text])
      if (meet(box, place) && !it.contains(other) && !other.contains(it)) wrong.push(name(it) + ' meets ' + name(other));
  });
  return wrong;
})()";

#[test]
fn no_two_boxes_of_the_margin_overlap() {
    let Some((mut page, site)) = open(1440, 900) else { return };
    for path in &site.sections()[..2] {
        page.open(&site.url(path));
        for width in WIDTHS {
            page.resize(width, 900);
            page.until(&format!("innerWidth === {width}"), "the new width");
            assert!(page.get("document.querySelectorAll('.sidenote').length").as_u64() > Some(2), "{path} has notes in the margin");
            let wrong = page.texts(COLLISIONS);
            assert!(wrong.is_empty(), "{path} at {width} px: {wrong:#?}");
        }
        // Before the margin opens a note stands below its words, and beside them from there on.
        let beside = "(() => { const note = document.querySelector('.noted > .sidenote'); const words = note.parentElement.querySelector(':scope > :not(aside)');
            return note.getBoundingClientRect().left >= words.getBoundingClientRect().right; })()";
        assert_eq!(page.get(beside), json!(true), "{path}: beside its words on a wide screen");
        page.resize(390, 900);
        page.until("innerWidth === 390", "the new width");
        assert_eq!(page.get(beside), json!(false), "{path}: below its words on a phone");
    }
}

/// What the standard for accessible pages says that a reader may set, and nothing is lost.
pub(crate) const SPACING: &str = "const style = new CSSStyleSheet(); style.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; \
    word-spacing: 0.16em !important } p { margin-bottom: 2em !important }'); document.adoptedStyleSheets = [style]; true";

#[test]
fn no_page_scrolls_sideways_on_the_narrowest_screen() {
    let Some((mut page, site)) = open(320, 640) else { return };
    for path in site.kinds() {
        page.open(&site.url(path));
        for how in ["as it is", "with wide spacing"] {
            if how != "as it is" {
                page.get(SPACING);
            }
            let wide = page.texts(
                "document.documentElement.scrollWidth <= 320 ? [] : [...document.querySelectorAll('body *')]
                   .filter(it => it.getBoundingClientRect().right > 321 && !it.closest('.table-scroll, .code, svg')).slice(0, 5).map(it => it.outerHTML.slice(0, 120))",
            );
            assert!(wide.is_empty(), "{path}, {how}: {wide:#?}");
            assert!(page.get("document.documentElement.scrollWidth").as_u64() <= Some(320), "{path}, {how}");
        }
    }
}

#[test]
fn nothing_jumps_while_a_page_loads() {
    for width in [390, 1440] {
        let Some((mut page, site)) = open(width, 900) else { return };
        for path in [site.sections()[0], "index.html", "figures/index.html"] {
            // Once more where something moved: what is the page's own doing moves every time.
            let shift = (0..2).map(|_| shift_of(&mut page, &site.url(path))).fold(f64::INFINITY, f64::min);
            assert!(shift <= 0.0, "{path} at {width} px: {shift}");
        }
    }
}

/// How far things moved while a page was loaded.
fn shift_of(page: &mut Page, address: &str) -> f64 {
    page.open(address);
    let shift = page.promised(
        "new Promise(done => { let sum = 0; new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value; })
           .observe({ type: 'layout-shift', buffered: true }); requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum), 50))); })",
    );
    shift.as_f64().unwrap_or(f64::INFINITY)
}
