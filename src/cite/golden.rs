//! What the styles print, as tables: a record, and what becomes of it.

use super::{Bibliography, Item, Piece, Style, bibliography};
use crate::kind::Source;

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
        r#"{}"#,
        r#"{"type":"report","title":"Yearbook","author":"National Bureau of Statistics","date":"2022"}"#,
        r#"{"type":"book","title":"Zinc","author":"Wang, Xia","date":"2020"}"#,
        r#"{"type":"book","title":"Zeal","author":"Wang, Bo","date":"2020"}"#,
        r#"{"type":"book","title":"Zoo","author":"Wang, Bo","date":"2021"}"#,
        r#"{"type":"book","title":"Old","author":"Li, An","date":"about 1950"}"#,
        r#"{"type":"chapter","title":"Ash","author":"Li, An","editor":["Hu, Bo","Ma, Yi"],"translator":"Roe, J.","container":"All of coal","page":"3","publisher":"Press","date":"2001-05","isbn":"9780000000000"}"#,
        r#"{"type":"standard","title":"Coal grades","number":"GB/T 1-2000","publisher":"{Standards, China}","date":"2000"}"#,
        r#"{"type":"legislation","title":"Coal law","date":"1996-08-29","language":"zh","url":"https://x.org/law"}"#,
        r#"{"type":"thesis","title":"On coke","author":"Hu, Bo","publisher":"Henan University","date":"2010"}"#,
    ];
    const IDS: [&str; 22] = [
        "person", "book", "chinese", "office", "braces", "site", "publisher", "no-date", "newspaper", "title", "url",
        "accessed", "empty", "office-2", "wang-1", "wang-2", "wang-3", "free-date", "chapter", "standard", "law", "thesis",
    ];
    let read = |line: &str| serde_json::from_str(line).expect("the record is valid");
    IDS.into_iter().zip(lines.map(read)).collect()
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
    let mut table = String::new();
    for (source, (id, _)) in records.iter().enumerate() {
        let mark = printed.cluster(&[Item { source, locator: "p. 3", ..Item::default() }]);
        let label = printed.entries[source].label.as_deref().map(|label| format!("{label} ")).unwrap_or_default();
        let mark = super::markup::text(&join(mark));
        table.push_str(&format!("{id}: {mark}\n    {label}{}\n", printed.entries[source].text));
    }
    table
}

#[test]
fn dump() {
    for name in ["chicago-author-date", "chicago-notes", "apa", "ieee", "gb-7714-2015-numeric", "gb-7714-2015-author-date"] {
        std::fs::write(format!("/tmp/scratch-cite/{name}.txt"), table(name)).unwrap();
    }
}
