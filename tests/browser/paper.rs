//! A page on paper: a tagged file with an outline and the right language, notes kept, nothing that only a screen needs.

use serde_json::json;

use crate::open;

/// Whether a file holds these bytes.
fn holds(file: &[u8], words: &str) -> bool {
    file.windows(words.len()).any(|part| part == words.as_bytes())
}

#[test]
fn a_section_prints_as_a_tagged_file() {
    let Some((mut page, site)) = open(1440, 900) else { return };
    let sections = site.sections();
    page.open(&site.url(sections.last().expect("a section")));
    let printed =
        page.call("Page.printToPDF", json!({ "generateTaggedPDF": true, "generateDocumentOutline": true, "preferCSSPageSize": true }));
    let file = base64(printed["data"].as_str().expect("a file"));
    assert!(file.starts_with(b"%PDF-"), "it is a PDF");
    let language = page.get("document.documentElement.lang");
    let language = format!("/Lang ({})", language.as_str().expect("a language"));
    for words in ["/StructTreeRoot", "/MarkInfo", "/Outlines", &language] {
        assert!(holds(&file, words), "the printed file has {words}");
    }
}

#[test]
fn paper_keeps_the_notes_and_leaves_the_controls() {
    let Some((mut page, site)) = open(1440, 900) else { return };
    page.open(&site.url(site.sections()[0]));
    page.media(&[("prefers-color-scheme", "dark")], "print");
    let seen =
        |selector: &str| format!("[...document.querySelectorAll({})].filter(it => it.getClientRects().length).length", json!(selector));
    for selector in ["header nav", ".skip", "[role=doc-toc]", "button", "input", "dialog"] {
        assert_eq!(page.get(&seen(selector)), json!(0), "on paper: {selector}");
    }
    for selector in ["h1", ".body p", ".uses .card", ".card-head"] {
        assert!(page.get(&seen(selector)).as_u64() > Some(0), "on paper: {selector}");
    }
    assert_eq!(page.get("getComputedStyle(document.body).color"), json!("rgb(0, 0, 0)"), "black, also for whoever reads in the dark");
}

/// The bytes that a text in base 64 stands for.
fn base64(text: &str) -> Vec<u8> {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let letters: Vec<u8> = text.bytes().filter(|byte| *byte != b'=').collect();
    let bytes = letters.chunks(4).flat_map(|four| {
        let bits = four.iter().fold(0_u32, |bits, byte| bits << 6 | u32::from(value(*byte))) << (6 * (4 - four.len()));
        bits.to_be_bytes()[1..four.len()].to_vec()
    });
    bytes.collect()
}
