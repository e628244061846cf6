//! From a source to the item that a style prints.

use hayagriva::citationberg::json::Item;
use serde_json::{Map, Value, json};

use crate::cite::name::{Name, is_cjk};
use crate::cite::{csl_json, date, plain};
use crate::kind::{Source, SourceType};

/// Stands in a title for the original title in brackets. A private character,
/// so that no style puts it in italics, in capitals or in another order.
pub(super) const ORIGINAL: char = '\u{E000}';

/// Stands for the address that names a source without a title.
pub(super) const UNTITLED: char = '\u{E001}';

/// The texts of an item that no style may change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Verbatim {
    /// The original title.
    pub(super) original: Option<String>,
    /// What names a source without a title.
    pub(super) untitled: Option<String>,
    /// How the first name is to be printed.
    pub(super) lead: Option<String>,
    /// The year of its date, after which a letter may stand.
    pub(super) year: Option<String>,
}

impl Verbatim {
    /// The same texts with another way to print the first name.
    pub(super) fn led_by(&self, lead: Option<&str>) -> Self {
        Self { lead: lead.map(str::to_owned), ..self.clone() }
    }
}

/// The person who leads a source: the family name, and the given name.
pub(super) fn lead(source: &Source) -> Option<(String, String)> {
    let people = if source.author.is_empty() { &source.editor } else { &source.author };
    match Name::parse(people.first()?) {
        name @ Name::Person { family, given, .. } if !is_cjk(family) => Some((name.short(), given.to_owned())),
        _ => None,
    }
}

/// Whether a source is in Chinese, by its language or else by its title.
pub(super) fn is_chinese(source: &Source) -> bool {
    match &source.language {
        Some(language) => language.to_lowercase().starts_with("zh"),
        None => is_cjk(plain::title("", source)),
    }
}

/// An item as JSON, which takes a fifth of the room: a briefing keeps thousands of them for the few that are printed anew.
#[derive(Debug, Default)]
pub(super) struct Packed(Box<str>);

impl Packed {
    pub(super) fn item(&self) -> Item {
        serde_json::from_str(&self.0).unwrap_or_else(|_| Item(std::collections::BTreeMap::new()))
    }
}

/// The item that a style prints for a source.
pub(super) fn item(id: &str, source: &Source, chinese_style: bool) -> (Packed, Verbatim) {
    let Value::Object(mut fields) = csl_json(id, source) else { return <_>::default() };
    fields.remove("custom");
    fields.remove("original-title");
    let mut verbatim = set_title(&mut fields, id, source);
    verbatim.year = source.date.as_deref().and_then(year);
    set_names(&mut fields, source, chinese_style);
    for (member, date) in [("issued", &source.date), ("accessed", &source.accessed)] {
        set_date(&mut fields, member, date.as_deref());
    }
    if is_chinese(source) {
        fields.insert("language".into(), "zh".into());
    }
    fields.insert("citation-label".into(), label(id, source).into());
    (Packed(Value::Object(fields).to_string().into()), verbatim)
}

/// Gives every source a title, and a translated one the original title in brackets.
fn set_title(fields: &mut Map<String, Value>, id: &str, source: &Source) -> Verbatim {
    let title = plain::title(id, source);
    let mut verbatim = Verbatim::default();
    let shown = match (&source.title, &source.original_title) {
        (Some(_), Some(original)) if title != original => {
            verbatim.original = Some(original.clone());
            format!("{title}{ORIGINAL}")
        }
        (None, None) => {
            verbatim.untitled = Some(title.to_owned());
            UNTITLED.to_string()
        }
        _ => title.to_owned(),
    };
    fields.insert("title".into(), shown.into());
    verbatim
}

/// Keeps Chinese names in their own order, and lets the publisher lead where
/// nobody else does.
fn set_names(fields: &mut Map<String, Value>, source: &Source, chinese_style: bool) {
    for (member, names) in [("author", &source.author), ("editor", &source.editor), ("translator", &source.translator)] {
        let Some(Value::Array(items)) = fields.get_mut(member) else { continue };
        for (item, name) in items.iter_mut().zip(names) {
            let name = Name::parse(name);
            if matches!(name, Name::Person { family, .. } if is_cjk(family)) {
                *item = json!({ "literal": name.short() });
            }
        }
    }
    let nobody = source.author.is_empty() && source.editor.is_empty();
    if nobody && let Some(leader) = leader(source, chinese_style) {
        fields.insert("author".into(), json!([{ "literal": leader }]));
    }
    // The same name twice in one entry helps nobody; the Chinese standard asks for it.
    let author = fields.get("author").and_then(|names| names.get(0)?.get("literal"));
    if !chinese_style && author.is_some() && author == fields.get("publisher") {
        fields.remove("publisher");
        fields.remove("publisher-place");
    }
}

/// The body that speaks for a source without an author: its publisher, or the
/// site of a page where the style would print "Anon".
fn leader(source: &Source, chinese_style: bool) -> Option<&str> {
    use SourceType as T;
    let publisher = source.publisher.as_deref();
    match source.source_type {
        T::Webpage | T::Post | T::PostWeblog if chinese_style => publisher.or(source.container.as_deref()),
        T::Report | T::Webpage | T::Post | T::PostWeblog | T::Dataset | T::Document | T::Pamphlet | T::Software => publisher,
        _ => None,
    }
}

/// The year of a date as styles print it. An early year gets an era beside it.
fn year(date: &str) -> Option<String> {
    numbers(date).and_then(|parts| parts.first().copied()).filter(|year| *year >= 1000).map(|year| year.to_string())
}

/// Leaves one date of numbers, because a style can print no other; of a free
/// date the year is kept.
fn set_date(fields: &mut Map<String, Value>, member: &str, date: Option<&str>) {
    let Some(date) = date else { return };
    match numbers(date) {
        Some(parts) => fields.insert(member.into(), json!({ "date-parts": [parts] })),
        None => fields.remove(member),
    };
}

fn numbers(date: &str) -> Option<Vec<i64>> {
    let first = date.split('/').next().unwrap_or(date);
    let year = || date::year(date).and_then(|year| Some(vec![year.parse().ok()?]));
    date::parts(first).or_else(year)
}

/// The label of styles such as `[Wan24]`.
fn label(id: &str, source: &Source) -> String {
    let name = plain::leaders(source).first().map_or_else(|| plain::title(id, source).to_owned(), Name::short);
    let letters = name.chars().filter(|c| c.is_alphanumeric()).take(3);
    let year = source.date.as_deref().and_then(date::year).unwrap_or_default();
    letters.chain(year.chars().skip(2)).collect()
}
