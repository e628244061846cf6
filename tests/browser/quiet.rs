//! Every kind of page is quiet: nothing on the console, nothing from another host, whole without script, dark where it is
//! asked for, still where motion is not wanted.

use serde_json::json;

use crate::open;

#[test]
fn no_page_complains_or_asks_another_host() {
    let Some((mut page, site)) = open(1440, 900) else { return };
    for path in site.kinds().into_iter().chain(site.sections()) {
        page.open(&site.url(path));
    }
    assert_eq!(page.complaints(), [""; 0]);
    let home = site.url("");
    let other: Vec<String> = page.asked().into_iter().filter(|url| !url.starts_with(&home) && !url.starts_with("data:")).collect();
    assert_eq!(other, [""; 0]);
}

#[test]
fn the_text_is_whole_without_script() {
    let length = "document.querySelector('main').innerText.replace(/\\s+/g, '').length";
    let Some((mut with, site)) = open(1440, 900) else { return };
    let Some((without, _)) = open(1440, 900) else { return };
    let mut without = without.without_script();
    for path in site.kinds() {
        let [with, without] = [&mut with, &mut without].map(|page| {
            page.open(&site.url(path));
            page.get(length).as_u64().expect("a number")
        });
        assert!(without * 100 >= with * 98, "{path}: {without} of {with} characters");
    }
}

/// How light the page and its text are, from 0 to 1.
const LIGHT: &str = "['backgroundColor', 'color'].map(name => { \
    const parts = getComputedStyle(document.body)[name].match(/[\\d.]+/g).slice(0, 3).map(Number); return Math.max(...parts) / 255; })";

#[test]
fn every_page_is_dark_where_the_reader_wants_it() {
    let Some((mut page, site)) = open(1440, 900) else { return };
    for path in site.kinds() {
        page.open(&site.url(path));
        for (scheme, dark) in [("light", false), ("dark", true)] {
            page.media(&[("prefers-color-scheme", scheme)], "");
            let light = page.get(LIGHT);
            let [paper, ink] = [0, 1].map(|at| light[at].as_f64().expect("a number"));
            assert!(if dark { paper < 0.2 && ink > 0.7 } else { paper > 0.9 && ink < 0.3 }, "{path}, {scheme}: {light}");
        }
    }
}

#[test]
fn nothing_moves_where_motion_is_not_wanted() {
    let Some((mut page, site)) = open(1440, 900) else { return };
    page.media(&[("prefers-reduced-motion", "reduce")], "");
    page.open(&site.url(site.sections()[0]));
    page.click("article .body a[href^='#card-']");
    page.until("!!document.querySelector(':popover-open, :target')", "a card");
    assert_eq!(page.get("document.getAnimations().length"), json!(0));
}
