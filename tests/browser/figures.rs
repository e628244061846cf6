//! The index of figures, and the values of marks in drawings.

use serde_json::json;

use crate::open;
use crate::page::Page;

/// The figures that are seen, by the words that say what they are.
fn shown(page: &mut Page) -> Vec<String> {
    page.texts("[...document.querySelectorAll('.figure-card')].filter(it => it.getClientRects().length).map(it => it.querySelector('.figure-card-place').textContent.split('·')[0].trim())")
}

#[test]
fn the_filters_of_the_index_work_without_script() {
    let Some((page, site)) = open(1100, 900) else { return };
    let mut page = page.without_script();
    page.open(&site.url("figures/index.html"));
    let all = shown(&mut page);
    assert!(all.len() > 10, "{all:?}");
    for kind in ["chart", "table", "timeline", "diagram"] {
        let wanted = all.iter().filter(|one| one.to_lowercase() == kind).count();
        page.click(&format!("label:has(#at-kind-{kind})"));
        let count = "[...document.querySelectorAll('.figure-card')].filter(it => it.getClientRects().length).length";
        page.until(&format!("{count} === {wanted}"), &format!("{wanted} of the kind {kind}"));
        assert!(wanted > 0 && shown(&mut page).iter().all(|one| one.to_lowercase() == kind), "{kind}");
    }
    // A choice of two that nothing fits says so.
    let groups = page.get("document.querySelectorAll('[id^=at-group-]').length").as_u64().expect("a number");
    let empty = (1..=groups).any(|group| {
        page.click(&format!("label:has(#at-group-{group})"));
        shown(&mut page).is_empty()
            && page.get("[...document.querySelectorAll('.no-match')].some(it => it.getClientRects().length)") == json!(true)
    });
    assert!(empty, "no section is without a diagram");
    page.click("fieldset:nth-of-type(1) label:has(.all)");
    page.click("fieldset:nth-of-type(2) label:has(.all)");
    assert_eq!(shown(&mut page), all);
}

#[test]
fn a_mark_tells_its_value_to_the_keyboard() {
    let Some((mut page, site)) = open(1100, 900) else { return };
    page.open(&site.url("figures/index.html"));
    let chart = page.get("document.querySelector('.figure-card.kind-chart .figure-card-title a').getAttribute('href')");
    let chart = chart.as_str().expect("a chart").trim_start_matches("./").to_owned();
    page.open(&site.url(&format!("figures/{chart}")));
    let tip = "[...document.querySelectorAll('[role=tooltip]')].find(it => it.getClientRects().length)";
    let focus = "[...document.querySelectorAll('svg.drawing')].find(it => it.getClientRects().length).querySelector('a.mark, .mark[tabindex=\"0\"], .mark a').focus()";
    assert_eq!(page.get(&format!("!{tip}")), json!(true), "nothing is shown before it is asked for");
    page.get(focus);
    page.until(&format!("/\\d/.test({tip}?.textContent ?? '')"), "the value of the mark that has the focus");
    page.press("Escape");
    page.until(&format!("!{tip}"), "Escape hides it");
    assert_ne!(page.get("document.activeElement.tagName"), json!("BODY"), "and leaves the focus where it was");
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn a_drawing_has_one_width_at_a_time() {
    let Some((mut page, site)) = open(390, 900) else { return };
    page.open(&site.url("print/index.html"));
    for width in [390, 1440] {
        page.resize(width, 900);
        page.until(&format!("innerWidth === {width}"), "the new width");
        let counts = page.get("[...document.querySelectorAll('.drawings')].map(it => [...it.querySelectorAll('svg.drawing')].filter(one => one.getClientRects().length).length)");
        let counts = counts.as_array().expect("a list");
        assert!(!counts.is_empty() && counts.iter().all(|count| count.as_u64() == Some(1)), "at {width} px: {counts:?}");
    }
}
