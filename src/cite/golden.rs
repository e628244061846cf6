//! What the styles print, as tables: a record, and what becomes of it.

use super::{Bibliography, Item, Piece, Style, bibliography};
use crate::kind::Source;

const IDS: [&str; 22] = [
    "person",
    "book",
    "chinese",
    "office",
    "braces",
    "site",
    "publisher",
    "no-date",
    "newspaper",
    "title",
    "url",
    "accessed",
    "empty",
    "office-2",
    "wang-1",
    "wang-2",
    "wang-3",
    "free-date",
    "chapter",
    "standard",
    "law",
    "thesis",
];

/// Records with everything that goes wrong in real ones.
pub(super) fn records() -> Vec<(&'static str, Source)> {
    let lines = [
        r#"{"type":"article-journal","title":"Coal and its discontents","author":["Wang, Xiaoming","de Vries, Jan Peter"],"container":"Energy Policy","volume":12,"issue":3,"page":"100-120","date":"2024-03-30","doi":"10.1000/x.y"}"#,
        r#"{"type":"book","title":"The old book of coal","original_title":"煤炭旧书","author":"Smith, Ann Mary","publisher":"Big Press","place":"London","date":1999,"edition":2}"#,
        r#"{"type":"article-journal","title":"河南煤炭史","language":"zh-CN","author":["王, 小明","李, 红"],"container":"中国社会科学","volume":2,"page":"1-9","date":"2019"}"#,
        r#"{"type":"report","title":"Statistical communique","original_title":"统计公报","author":"National Bureau of Statistics","publisher":"National Bureau of Statistics","date":"2022-02-28","url":"https://stats.gov.cn/a?b=1&c=2","accessed":"2024-03-01"}"#,
        r#"{"type":"report","title":"Trade","author":"{Ministry of Commerce, PRC}","date":"2022"}"#,
        r#"{"type":"webpage","title":"Prices of coal","container":"Coal Portal","date":"2022-02-28","url":"https://x.org/p"}"#,
        r#"{"type":"report","title":"Mine shut","publisher":"World Bank","place":"Washington","date":"2022"}"#,
        r#"{"type":"webpage","title":"Prices of coal","author":"Coal Portal","url":"https://x.org/p","accessed":"2024-03-01"}"#,
        r#"{"type":"article-newspaper","title":"Mine <shut> & closed","container":"Daily News","date":"2022-02-28","url":"https://x.org/q"}"#,
        r#"{"title":"Prices of coal"}"#,
        r#"{"url":"https://example.org/a/Report_b.pdf"}"#,
        r#"{"type":"webpage","url":"https://example.org/z","accessed":"2024-05-06"}"#,
        "{}",
        r#"{"type":"report","title":"Yearbook","author":"National Bureau of Statistics","date":"2022"}"#,
        r#"{"type":"book","title":"Zinc","author":"Wang, Xia","date":"2020"}"#,
        r#"{"type":"book","title":"Zeal","author":"Wang, Bo","date":"2020"}"#,
        r#"{"type":"book","title":"Zoo","author":"Wang, Bo","date":"2021"}"#,
        r#"{"type":"book","title":"Old","author":"Li, An","date":"about 1950"}"#,
        r#"{"type":"chapter","title":"Ash","author":"Li, An","editor":["Hu, Bo","Ma, Yi"],"translator":"Roe, J.","container":"All of coal","page":"3","publisher":"Press","date":"2001-05","isbn":"9780000000000"}"#,
        r#"{"type":"standard","title":"Coal grades","number":"GB/T 1-2000","publisher":"Standards Press of China","date":"2000"}"#,
        r#"{"type":"legislation","title":"Coal law","date":"1996-08-29","language":"zh","url":"https://x.org/law"}"#,
        r#"{"type":"thesis","title":"On coke","author":"Hu, Bo","publisher":"Henan University","date":"2010"}"#,
    ];
    let read = |line: &str| serde_json::from_str(line).expect("the record is valid");
    IDS.into_iter().zip(lines.map(read)).collect()
}

/// A record with so many authors that every style leaves some out.
#[cfg(feature = "cite")]
pub(super) fn crowd() -> Source {
    let author = ('A'..='P').map(|letter| format!("{letter}hu, {letter}nn")).collect();
    let text = |text: &str| Some(text.to_owned());
    Source { title: text("Many hands"), author, date: text("2022-05"), url: text("https://x.org/2022/05"), ..Source::default() }
}

fn print(style: &str, language: &str, records: &[(&'static str, Source)]) -> Bibliography {
    let sources: Vec<(&str, &Source)> = records.iter().map(|(id, source)| (*id, source)).collect();
    let style = Style::named(style).expect("the style is in the archive");
    bibliography(&style, language, &sources)
}

fn join(pieces: Vec<Piece>) -> String {
    let html = |piece| match piece {
        Piece::Text(html) | Piece::Item { html, .. } => html,
    };
    pieces.into_iter().map(html).collect()
}

/// The table of a style: of each record its mark for page 3, and its entry.
fn table(style: &str) -> String {
    let records = records();
    let printed = print(style, "en", &records);
    let row = |(source, (id, _)): (usize, &(&str, Source))| {
        let mark = printed.cluster(&[Item { source, locator: "p. 3", ..Item::default() }]);
        let label = printed.entries[source].label.as_deref().map(|label| format!("{label} ")).unwrap_or_default();
        let mark = super::markup::text(&join(mark));
        format!("{id}: {mark}\n    {label}{}\n", printed.entries[source].text)
    };
    records.iter().enumerate().map(row).collect()
}

/// Compares each table with the kept one. A wanted change is copied from the failure.
#[test]
#[cfg(feature = "cite")]
fn styles_print_as_before() {
    for (style, expected) in [
        ("chicago-author-date", include_str!("golden/chicago-author-date.txt")),
        ("chicago-notes", include_str!("golden/chicago-notes.txt")),
        ("apa", include_str!("golden/apa.txt")),
        ("ieee", include_str!("golden/ieee.txt")),
        ("gb-7714-2015-numeric", include_str!("golden/gb-7714-2015-numeric.txt")),
        ("gb-7714-2015-author-date", include_str!("golden/gb-7714-2015-author-date.txt")),
    ] {
        let printed = table(style);
        assert!(printed == expected, "{style} now prints:\n{printed}");
    }
}

/// Clusters: the style, the items by their records, and the pieces joined by `|`.
#[test]
#[cfg(feature = "cite")]
fn clusters_join_their_items() {
    let records = records();
    let at = |id: &str| records.iter().position(|(known, _)| *known == id).expect("the record is there");
    let plain = |ids: &[&str]| -> Vec<Item<'_>> { ids.iter().map(|id| Item { source: at(id), ..Item::default() }).collect() };
    let worded = vec![
        Item { source: at("person"), prefix: "see", ..Item::default() },
        Item { source: at("office"), locator: "para. 36", suffix: ", with care", ..Item::default() },
    ];
    let free = vec![Item { source: at("chinese"), locator: "abstract <2>", ..Item::default() }];
    let named = vec![Item { source: at("person"), locator: "第9页", suppress_author: true, ..Item::default() }];
    for (style, items, expected) in [
        (
            "chicago-author-date",
            plain(&["office", "wang-1", "wang-2"]),
            "(|National Bureau of Statistics 2022a|; |X. Wang 2020|; |B. Wang 2020|)",
        ),
        (
            "chicago-author-date",
            plain(&["office", "braces", "office-2"]),
            "(|National Bureau of Statistics 2022a|, |2022b|; |Ministry of Commerce, PRC 2022|)",
        ),
        (
            "chicago-author-date",
            worded.clone(),
            "(see |Wang and de Vries 2024|; |National Bureau of Statistics 2022a, para. 36|, with care)",
        ),
        ("chicago-author-date", free, "(|王小明 and 李红 2019, abstract &lt;2&gt;|)"),
        ("chicago-author-date", named, "(|2024, 9|)"),
        ("apa", plain(&["thesis", "book"]), "(|Hu, 2010|; |Smith, 1999|)"),
        ("ieee", plain(&["office", "book"]), "[2]|, |[4]"),
        (
            "gb-7714-2015-numeric",
            plain(&["book", "chinese", "office", "site"]),
            "<sup>[</sup>|<sup>2</sup>|<sup>–</sup>|<sup>4</sup>|<sup>,</sup>|<sup>6</sup>|<sup>]</sup>",
        ),
        ("chicago-notes", plain(&["braces"]), "Ministry of Commerce, PRC, <em>Trade</em> (2022)|."),
    ] {
        let pieces = print(style, "en", &records).cluster(&items).into_iter().map(|piece| join(vec![piece]));
        assert_eq!(pieces.collect::<Vec<_>>().join("|"), expected, "{style}");
    }
}

#[test]
#[cfg(feature = "cite")]
fn numbers_follow_the_list_and_a_chinese_briefing_has_chinese_terms() {
    let records = records();
    let sorted = print("springer-lecture-notes-in-computer-science", "en", &records);
    for (place, &source) in sorted.order.iter().enumerate() {
        let mark = join(sorted.cluster(&[Item { source, ..Item::default() }]));
        assert_eq!(mark, format!("[{}]", place + 1));
    }
    let chinese = print("chicago-author-date", "zh-Hans", &records);
    let mark = join(chinese.cluster(&[Item { source: 0, locator: "表2", ..Item::default() }]));
    assert_eq!(mark, "(Wang 和 de Vries 2024, 表 2)");
}

#[test]
fn nothing_that_a_record_says_becomes_markup() {
    let evil = "<script>alert(1)</script>\u{e000}\"&amp;";
    let text = || Some(evil.to_owned());
    let source = Source {
        title: text(),
        original_title: Some(format!("{evil}2")),
        author: vec![evil.to_owned(), format!("{evil}, {evil}")],
        publisher: text(),
        container: text(),
        date: text(),
        url: Some(format!("javascript:{evil}")),
        doi: text(),
        volume: text(),
        ..Source::default()
    };
    let styles = ["chicago-author-date", "gb-7714-2015-numeric", "mla", "ieee", "chicago-notes"];
    for style in styles {
        let printed = print(style, "en", &[("x", source.clone())]);
        let item = Item { source: 0, prefix: evil, suffix: evil, locator: evil, suppress_author: false };
        for html in [printed.entries[0].html.clone(), join(printed.cluster(&[item]))] {
            for tag in html.split('<').skip(1) {
                let known = ["a href=\"https://doi.org/", "/a>", "em>", "/em>", "sup>", "/sup>", "strong>", "/strong>"];
                assert!(known.iter().any(|known| tag.starts_with(known)), "{style}: <{tag}");
            }
        }
    }
}

#[test]
fn no_input_makes_it_panic() {
    let words = ["", " ", ",", "{", "{}", "{,}", "/", "-", "0000", "9999-12-31", "40000", "a\u{0}b", "\u{e001}", "第页", "é, ü"];
    let text = |word: &str| Some(word.to_owned());
    let records: Vec<(&'static str, Source)> = words
        .iter()
        .map(|word| {
            let source = Source {
                title: text(word),
                author: vec![(*word).to_owned(); 3],
                date: text(word),
                accessed: text(word),
                page: text(word),
                volume: text(word),
                language: text(word),
                url: text(word),
                ..Source::default()
            };
            (*word, source)
        })
        .collect();
    for style in ["chicago-author-date", "apa", "ieee", "mla", "gb-7714-2015-author-date", "alphanumeric"] {
        let printed = print(style, "", &records);
        for (source, locator) in (0..=records.len()).zip(words.into_iter().cycle()) {
            let item = Item { source, locator, prefix: locator, suffix: locator, suppress_author: true };
            assert_eq!(printed.cluster(&[item]).is_empty(), source == records.len());
        }
    }
    assert!(print("apa", "en", &[]).cluster(&[]).is_empty());
}

#[test]
#[cfg(feature = "cite")]
fn an_unknown_style_names_the_nearest() {
    let error = Style::named("chicago-author").expect_err("there is no such style");
    assert_eq!(error.nearest.first(), Some(&"chicago-author-date"));
    let error = Style::named("gb-7714").expect_err("there is no such style");
    assert!(error.nearest.iter().all(|name| name.starts_with("gb-7714")), "{error}");
}
