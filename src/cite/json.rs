//! Sources as CSL-JSON, the form that reference managers exchange.

use serde_json::{Map, Value, json};

use super::date;
use super::name::Name;
use crate::kind::{Reliability, Source, SourceType};

/// A source as one item of CSL-JSON 1.0. What CSL has no member for stands
/// under `custom`.
#[must_use]
pub fn csl_json(id: &str, source: &Source) -> Value {
    let mut item = Map::new();
    item.insert("id".into(), id.into());
    item.insert("type".into(), source.source_type.name().into());
    for (member, text) in texts(source) {
        if let Some(text) = text {
            item.insert(member.into(), text.as_str().into());
        }
    }
    for (member, names) in [("author", &source.author), ("editor", &source.editor), ("translator", &source.translator)] {
        if !names.is_empty() {
            item.insert(member.into(), names.iter().map(|name| csl_name(name)).collect());
        }
    }
    for (member, date) in [("issued", &source.date), ("accessed", &source.accessed)] {
        if let Some(date) = date {
            item.insert(member.into(), csl_date(date));
        }
    }
    let custom = custom(source);
    if !custom.is_empty() {
        item.insert("custom".into(), custom.into());
    }
    Value::Object(item)
}

/// The members that are plain text, with the field that each stands for.
fn texts(source: &Source) -> [(&'static str, &Option<String>); 14] {
    [
        ("title", &source.title),
        ("original-title", &source.original_title),
        ("container-title", &source.container),
        ("publisher", &source.publisher),
        ("publisher-place", &source.place),
        ("edition", &source.edition),
        ("volume", &source.volume),
        ("issue", &source.issue),
        ("number", &source.number),
        ("page", &source.page),
        ("language", &source.language),
        ("URL", &source.url),
        ("DOI", &source.doi),
        ("ISBN", &source.isbn),
    ]
}

fn custom(source: &Source) -> Map<String, Value> {
    let mut custom = Map::new();
    for (member, text) in [("archived", &source.archived), ("snapshot", &source.snapshot)] {
        if let Some(text) = text {
            custom.insert(member.into(), text.as_str().into());
        }
    }
    if let Some(reliability) = source.reliability {
        custom.insert("reliability".into(), json!(reliability));
    }
    custom
}

fn csl_name(name: &str) -> Value {
    match Name::parse(name) {
        Name::Literal(name) => json!({ "literal": name }),
        Name::Person { particle, family, given, suffix } => {
            let mut name = Map::new();
            for (member, part) in [("family", family), ("given", given), ("non-dropping-particle", particle), ("suffix", suffix)] {
                if !part.is_empty() {
                    name.insert(member.into(), part.into());
                }
            }
            Value::Object(name)
        }
    }
}

/// A date as numbers where it has them; `2022/2023` is a span of two dates.
fn csl_date(date: &str) -> Value {
    let parts: Option<Vec<_>> = date.splitn(2, '/').map(date::parts).collect();
    match parts {
        Some(parts) => json!({ "date-parts": parts }),
        None => json!({ "literal": date }),
    }
}

/// Reads a source from one item of CSL-JSON; what it does not know it leaves out.
#[must_use]
pub fn from_csl_json(item: &Value) -> Source {
    let text = |member: &str| scalar(item.get(member)?);
    let custom = |member: &str| scalar(item.get("custom")?.get(member)?);
    let names = |member: &str| -> Vec<String> {
        let names = item.get(member).and_then(Value::as_array);
        names.into_iter().flatten().filter_map(name_from).collect()
    };
    Source {
        source_type: item
            .get("type")
            .and_then(Value::as_str)
            .and_then(|name| SourceType::ALL.iter().copied().find(|kind| kind.name() == name))
            .unwrap_or_default(),
        title: text("title"),
        original_title: text("original-title"),
        author: names("author"),
        editor: names("editor"),
        translator: names("translator"),
        publisher: text("publisher"),
        place: text("publisher-place"),
        container: text("container-title"),
        date: item.get("issued").and_then(date_from),
        url: text("URL"),
        accessed: item.get("accessed").and_then(date_from),
        archived: custom("archived"),
        language: text("language"),
        volume: text("volume"),
        issue: text("issue"),
        page: text("page"),
        number: text("number"),
        edition: text("edition"),
        doi: text("DOI"),
        isbn: text("ISBN"),
        reliability: item
            .get("custom")
            .and_then(|custom| custom.get("reliability"))
            .and_then(|letter| serde_json::from_value::<Reliability>(letter.clone()).ok()),
        snapshot: custom("snapshot"),
    }
}

/// A text, which many exporters write as a number.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn name_from(name: &Value) -> Option<String> {
    let part = |member: &str| name.get(member).and_then(scalar);
    let family = [part("dropping-particle"), part("non-dropping-particle"), part("family")];
    let family = family.into_iter().flatten().collect::<Vec<_>>().join(" ");
    match (part("literal"), family.as_str(), part("given"), part("suffix")) {
        (Some(whole), ..) => Some(protected(whole)),
        (None, "", None, _) => None,
        (None, "", Some(given), _) => Some(protected(given)),
        (None, _, None, _) => Some(protected(family)),
        (None, _, Some(given), Some(suffix)) => Some(format!("{family}, {given}, {suffix}")),
        (None, _, Some(given), None) => Some(format!("{family}, {given}")),
    }
}

/// A whole name with a comma needs braces, so that it is not split again.
fn protected(name: String) -> String {
    if name.contains([',', '，']) { format!("{{{name}}}") } else { name }
}

fn date_from(date: &Value) -> Option<String> {
    let dates = date.get("date-parts").and_then(Value::as_array);
    let written: Vec<String> = dates
        .into_iter()
        .flatten()
        .filter_map(Value::as_array)
        .map(|parts| {
            let parts: Vec<i64> = parts.iter().filter_map(|p| scalar(p)?.parse().ok()).collect();
            date::written(&parts)
        })
        .filter(|date| !date.is_empty())
        .collect();
    match written.as_slice() {
        [] => date.get("literal").or_else(|| date.get("raw")).and_then(scalar),
        dates => Some(dates.join("/")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> Source {
        let text = |text: &str| Some(text.to_owned());
        Source {
            source_type: SourceType::Report,
            title: text("Communique"),
            original_title: text("公报"),
            author: vec!["de Vries, Jan".into(), "{Ministry of Commerce, PRC}".into()],
            editor: vec!["王, 小明".into()],
            translator: vec!["King, Martin, Jr.".into()],
            date: text("2024-03-30"),
            accessed: text("late 2024"),
            archived: text("https://web.archive.org/x"),
            volume: text("12"),
            reliability: Some(Reliability::B),
            snapshot: text("kept/x.html"),
            ..Source::default()
        }
    }

    #[test]
    fn an_item_has_the_members_of_the_schema() {
        let item = csl_json("nbs", &full());
        assert_eq!(
            item,
            json!({
                "id": "nbs", "type": "report", "title": "Communique", "original-title": "公报", "volume": "12",
                "author": [
                    { "family": "Vries", "given": "Jan", "non-dropping-particle": "de" },
                    { "literal": "Ministry of Commerce, PRC" },
                ],
                "editor": [{ "family": "王", "given": "小明" }],
                "translator": [{ "family": "King", "given": "Martin", "suffix": "Jr." }],
                "issued": { "date-parts": [[2024, 3, 30]] },
                "accessed": { "literal": "late 2024" },
                "custom": {
                    "archived": "https://web.archive.org/x",
                    "snapshot": "kept/x.html",
                    "reliability": "B",
                },
            })
        );
    }

    #[test]
    fn a_source_survives_the_way_there_and_back() {
        assert_eq!(from_csl_json(&csl_json("x", &full())), full());
        let span = Source { date: Some("2022-01/2023".into()), ..Source::default() };
        assert_eq!(from_csl_json(&csl_json("x", &span)), span);
    }

    #[test]
    fn loose_exports_are_read() {
        let source = from_csl_json(&json!({
            "type": "no-such-type", "volume": 3, "title": " T ", "publisher": "",
            "author": [{ "family": "Cher" }, {}, { "given": "Bo" }],
            "issued": { "date-parts": [["2024", 3]] },
            "accessed": { "raw": "2024-05-01" },
        }));
        let expected = Source {
            title: Some("T".into()),
            volume: Some("3".into()),
            author: vec!["Cher".into(), "Bo".into()],
            date: Some("2024-03".into()),
            accessed: Some("2024-05-01".into()),
            ..Source::default()
        };
        assert_eq!(source, expected);
    }
}
