//! Parts of a page are exchanged while it is open, as `postil watch` does: what scripts offer works on the new parts too.

use serde_json::{Value, json};

use crate::open;

/// The text and its contents in the place of themselves, as if they had been served anew.
const SWAP: &str = "for (const part of document.querySelectorAll('article > .body, article > .toc')) {
    const copy = document.createElement('template');
    copy.innerHTML = part.outerHTML;
    part.replaceWith(copy.content);
  }
  document.dispatchEvent(new CustomEvent('postil:swap')); true";

#[test]
fn what_is_exchanged_has_cards_and_a_present_section() {
    let Some((mut page, site)) = open(1440, 900) else { return };
    page.open(&site.url(site.sections()[0]));
    assert_eq!(page.get(SWAP), Value::Bool(true));
    let mark = "article .body a[id^='ref-'][href^='#card-term-']";
    page.click(mark);
    page.until("!!document.querySelector(':popover-open')", "a card of the new text");
    page.press("Escape");
    page.until(&format!("document.activeElement === document.querySelector({})", json!(mark)), "the focus is on the mark");
    page.get("[...document.querySelectorAll('.body h2')].at(-1).scrollIntoView({ block: 'start', behavior: 'instant' })");
    page.until(
        "document.querySelector('.toc [aria-current]')?.hash.slice(1) === encodeURIComponent([...document.querySelectorAll('.body h2, .body h3')].findLast(it => it.getBoundingClientRect().top < innerHeight * 0.35)?.id ?? '')",
        "the present section in the new contents",
    );
    page.until("Number(document.querySelector('.progress').style.transform.match(/[\\d.]+/)) > 0.3", "the progress in the new text");
    assert_eq!(page.complaints(), [""; 0]);
}
