//! Records and their texts: the annotations of front matter and of the registers beside the sections.

use std::borrow::Cow;
use std::sync::Arc;

use super::body::{Body, Fragment};
use super::lost::Lost;
use super::markdown::{Options, Spans, markdown};
use super::url::escape;
use crate::cite;
use crate::kind::{Kind, Record};
use crate::read::{self, Data, Fault, Table, Value};
use crate::text::{Diagnostic, Diagnostics, Place, Silence, Span, rules};

/// A record with its texts parsed.
#[derive(Debug, Clone, PartialEq)]
pub struct Annotation {
    /// The record.
    pub record: Record,
    /// What names it.
    pub label: Body,
    /// Its main text.
    pub main: Option<Box<Body>>,
    /// Its further texts, each with a heading.
    pub texts: Vec<(&'static str, Body)>,
    /// Its free note.
    pub note: Option<Box<Body>>,
}

impl Annotation {
    /// All its texts, in the order in which a page shows them.
    pub fn bodies(&self) -> impl Iterator<Item = &Body> {
        let texts = self.texts.iter().map(|(_, body)| body);
        std::iter::once(&self.label).chain(self.main.as_deref()).chain(texts).chain(self.note.as_deref())
    }
}

/// Adds faults of a file to the findings.
pub(super) fn report(path: &Arc<str>, faults: Vec<Fault>, diagnostics: &mut Diagnostics) {
    for fault in faults {
        diagnostics.push(fault.found_in(path.clone()));
    }
}

/// The file that records stand in.
#[derive(Clone, Copy)]
pub(super) struct Home<'f> {
    /// From the root of the briefing.
    pub path: &'f Arc<str>,
    /// From the root of the content folder.
    pub content_path: &'f str,
    /// How its texts are read.
    pub options: Options,
}

impl Home<'_> {
    /// Takes the records out of front matter: every key that is a kind's plural.
    pub(super) fn annotations(self, table: &mut Table, diagnostics: &mut Diagnostics) -> Register {
        let mut found = Register::default();
        for kind in Kind::ALL.iter().copied() {
            let Some(entry) = table.take(kind.info().plural) else { continue };
            match entry.value.data {
                Data::List(list) => self.read(kind, list, &mut found, diagnostics),
                _ => {
                    let place = Place::new(self.path.clone(), entry.value.span);
                    let message = format!("`{}` is a list of tables, found {}", entry.key, entry.value.type_name());
                    let help = format!("begin each record with `[[{}]]`", entry.key);
                    diagnostics.push(Diagnostic::new(&rules::WRONG_TYPE, place, message).help(help));
                }
            }
        }
        found
    }

    /// The records of figures that are written in the text.
    pub(super) fn figures(self, values: Vec<Value>, diagnostics: &mut Diagnostics) -> Register {
        let mut found = Register::default();
        self.read(Kind::Figure, values, &mut found, diagnostics);
        found
    }

    /// Reads records of one kind. One that is broken leaves its id, or where it has none, whatever may be meant for it.
    fn read(self, kind: Kind, values: Vec<Value>, found: &mut Register, diagnostics: &mut Diagnostics) {
        for value in values {
            let id = if let Data::Table(table) = &value.data { table.get("id").cloned() } else { None };
            let named = id.unwrap_or_else(|| value.clone());
            match annotation(self, kind, value, diagnostics) {
                Some(annotation) => found.annotations.push(Arc::new(annotation)),
                None => found.lost.value(&named),
            }
        }
    }
}

fn annotation(home: Home<'_>, kind: Kind, value: Value, diagnostics: &mut Diagnostics) -> Option<Annotation> {
    let Home { path, content_path, options } = home;
    let span = value.span;
    let Data::Table(table) = value.data else {
        let place = Place::new(path.clone(), span);
        diagnostics.push(Diagnostic::new(&rules::WRONG_TYPE, place, format!("a {} is a table of keys and values", kind.info().name)));
        return None;
    };
    let mut faults = Vec::new();
    let record = Record::read(kind, path, table, span, &mut faults);
    report(path, faults, diagnostics);
    let record = record?;
    let mut parse = |text: &str, key: &str| {
        let span = record.place_of(key).span;
        let body = inline(text, |text| markdown(text, path, content_path, Spans::Whole(span), options, diagnostics));
        if !body.footnotes.is_empty() {
            let found =
                Diagnostic::new(&rules::FOOTNOTE_IN_RECORD, Place::new(path.clone(), span), "a record's text cannot have a footnote");
            diagnostics.push(found.help("put the words into the text, or into the record's `note`"));
        }
        body
    };
    let named = record.data.named();
    let (label_key, main_key) = kind.info().text_keys;
    let label = parse(named.label(), label_key);
    let main = named.main_text().map(|text| Box::new(parse(text, main_key)));
    let texts = named.texts().into_iter().map(|(name, text)| (name, parse(text, &name.to_lowercase()))).collect();
    let note = record.common.note.as_deref().map(|text| Box::new(parse(text, "note")));
    Some(Annotation { record, label, main, texts, note })
}

/// Parses a text, and takes it out of its paragraph where it is only one. A text without any sign of Markdown, as
/// most fields are, needs no parser.
fn inline(text: &str, parse: impl FnOnce(&str) -> Body) -> Body {
    let text = text.trim();
    let marked = text.chars().any(|one| "*_`[]<>&\\~!^\n#|".contains(one) || one.is_control())
        || text.starts_with(['-', '+', '=', '>', '\u{3000}', ':'])
        || text.starts_with(|one: char| one.is_ascii_digit());
    if !marked {
        return Body { main: Fragment { html: escape(text), holes: Vec::new() }, ..Body::default() };
    }
    let text = &unlisted(text);
    let mut body = parse(text);
    if body.main.html.matches("<p").count() == 1
        && let Some(inner) = body.main.html.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>\n"))
    {
        body.main.html = inner.to_owned();
        for (at, _) in &mut body.main.holes {
            *at = at.saturating_sub("<p>".len()).min(body.main.html.len());
        }
    }
    body
}

/// A text of one line that begins with a number and a point: a sentence such as `2023. The year …`, and not the first
/// item of a list.
fn unlisted(text: &str) -> Cow<'_, str> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let opens = digits > 0 && text[digits..].starts_with(['.', ')']) && !text.contains('\n');
    if opens { format!("{}\\{}", &text[..digits], &text[digits..]).into() } else { text.into() }
}

/// The kind and form of a register, by the name of a file at the root of the content folder.
fn register_kind(name: &str) -> Option<(Kind, &'static str)> {
    match name {
        "sources.bib" => return Some((Kind::Source, "bib")),
        "sources.json" => return Some((Kind::Source, "json")),
        _ => {}
    }
    let (stem, extension) = name.rsplit_once('.')?;
    let form = match extension {
        "toml" => "toml",
        "csv" => "csv",
        _ => return None,
    };
    Kind::by_plural(stem).map(|kind| (kind, form))
}

/// A register: its records, and the comments in it that let findings through.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Register {
    /// The records.
    pub annotations: Vec<Arc<Annotation>>,
    /// The comments.
    pub silences: Vec<Silence>,
    /// What could not be read.
    pub lost: Lost,
}

impl Register {
    /// What a file leaves that cannot be read as a text.
    #[must_use]
    pub fn unread(content_path: &str, bytes: &[u8]) -> Self {
        let mut register = Self::default();
        register.lost.file(content_path, bytes);
        register
    }

    /// Takes in another register.
    pub fn append(&mut self, mut other: Self) {
        self.annotations.append(&mut other.annotations);
        self.silences.append(&mut other.silences);
        self.lost.append(&other.lost);
    }
}

/// Reads a register, if a file of this name is one: `sources.bib`, `sources.json`, and `<kind>s.toml` or
/// `<kind>s.csv` for every kind.
pub fn register(name: &str, path: &Arc<str>, text: &str, options: Options, diagnostics: &mut Diagnostics) -> Option<Register> {
    let (kind, form) = register_kind(name)?;
    let home = Home { path, content_path: name, options };
    let mut found = Register::default();
    if matches!(form, "bib" | "toml") {
        found.silences = Silence::of_lines(text, Span::new(0, text.len()), path);
    }
    let (values, faults) = match form {
        "bib" => {
            let library = read::bibtex(text);
            library.lost.iter().for_each(|id| found.lost.name(id));
            (library.records, library.faults)
        }
        "toml" => {
            found.append(toml_register(home, kind, text, diagnostics));
            return Some(found);
        }
        "json" => csl_json(text),
        _ => read::csv_records(text, kind.info().lists),
    };
    if form != "bib" && !faults.is_empty() {
        found.lost.text(text);
    }
    report(path, faults, diagnostics);
    home.read(kind, values, &mut found, diagnostics);
    Some(found)
}

/// Whether a file at the root of the content folder is a register.
pub(crate) fn is_register(name: &str) -> bool {
    register_kind(name).is_some()
}

fn toml_register(home: Home<'_>, kind: Kind, text: &str, diagnostics: &mut Diagnostics) -> Register {
    let (value, mut faults) = read::toml(text);
    let Data::Table(mut table) = value.data else { return Register::default() };
    let mut found = home.annotations(&mut table, diagnostics);
    if !faults.is_empty() {
        found.lost.text(text);
    }
    for entry in table.entries {
        found.lost.value(&entry.value);
        let fault = Fault::new(&rules::UNKNOWN_KEY, entry.key_span, format!("the key `{}` is not known in a register", entry.key));
        faults.push(fault.help(format!("this file holds `[[{}]]` tables", kind.info().plural)));
    }
    report(home.path, faults, diagnostics);
    found
}

/// CSL-JSON: each item becomes a record with the keys of a source, all at the item's place.
fn csl_json(text: &str) -> (Vec<Value>, Vec<Fault>) {
    let (value, mut faults) = read::json::json(text);
    if !faults.is_empty() {
        return (Vec::new(), faults);
    }
    let items: Vec<serde_json::Value> = serde_json::from_str(text).unwrap_or_default();
    let Data::List(places) = value.data else {
        faults.push(Fault::new(&rules::FRONT_MATTER, value.span, "CSL-JSON is a list of items"));
        return (Vec::new(), faults);
    };
    let records = items.iter().zip(&places).filter_map(|(item, place)| {
        let Some(id) = item.get("id").map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned)) else {
            faults.push(Fault::new(&rules::WRONG_TYPE, place.span, "this item has no `id`"));
            return None;
        };
        Some(source_value(&id, item, place))
    });
    let records = records.collect();
    (records, faults)
}

/// The typed source, written back as keys and values, so that one path reads every register.
fn source_value(id: &str, item: &serde_json::Value, place: &Value) -> Value {
    let at = |data: Data| Value::new(place.span, data);
    let mut table = Table::default();
    table.push("id", place.span, at(Data::Text(id.to_owned())));
    let source = serde_json::to_value(cite::from_csl_json(item)).unwrap_or_default();
    for (key, value) in source.as_object().into_iter().flatten() {
        let data = match value {
            serde_json::Value::String(text) => Data::Text(text.clone()),
            serde_json::Value::Array(list) if !list.is_empty() => {
                Data::List(list.iter().filter_map(|one| one.as_str()).map(|one| at(Data::Text(one.to_owned()))).collect())
            }
            _ => continue,
        };
        table.push(key.clone(), place.span, at(data));
    }
    at(Data::Table(table))
}
