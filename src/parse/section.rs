//! A section: one Markdown file, parsed. Parsing gives a value and findings, never a failure.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::body::Body;
use super::lost::Lost;
use super::markdown::{Options, Spans, markdown};
use super::order::{SortKey, sort_key};
use super::records::{Annotation, Home, Register, report};
use crate::kind::Kind;
use crate::read::config::{Lints, examine_lints};
use crate::read::{Data, Value, fill, split};
use crate::text::{Diagnostic, Diagnostics, Level, Place, Silence, Span, Spanned, WrittenDate, forbidden, forbidden_message, rules};

/// What a section says of itself in its front matter, beside its records.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default)]
pub struct Head {
    /// The title.
    pub title: Option<String>,
    /// A second line of the title.
    pub subtitle: Option<String>,
    /// One sentence about the section.
    pub summary: Option<String>,
    /// When it was published: a day.
    pub date: Option<Spanned<String>>,
    /// When it was last changed: a day.
    pub updated: Option<Spanned<String>>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Its language, if it is not the briefing's, as a BCP 47 tag.
    pub language: Option<String>,
    /// Addresses that it had before, from the root of the site, such as `2023/energy/`: they lead to it.
    pub aliases: Vec<Spanned<String>>,
    /// Whether it is left out of a build that does not ask for drafts.
    pub draft: bool,
    /// What becomes of the findings of a rule or a group of rules in this section: "allow", "warn" or "deny".
    pub lints: Lints,
}

/// One section, parsed by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Its file from the root of the briefing.
    pub path: Arc<str>,
    /// Its file from the root of the content folder.
    pub content_path: String,
    /// Its place among others.
    pub order: SortKey,
    /// What it says of itself.
    pub head: Head,
    /// The title that is shown.
    pub title: String,
    /// The records it declares.
    pub annotations: Vec<Arc<Annotation>>,
    /// The byte of the file at which its text begins.
    pub start: usize,
    /// Its text.
    pub body: Body,
    /// Comments that let findings through, those of its front matter first.
    pub silences: Vec<Silence>,
    /// What could not be read.
    pub lost: Lost,
}

/// Parses a section. Equal arguments give equal results.
#[must_use]
pub fn section(path: &Arc<str>, content_path: &str, text: &str, options: Options) -> (Section, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let front = split(text);
    let mut table = front.table;
    let mut faults = front.faults;
    let Register { mut annotations, mut lost, .. } = Home { path, content_path, options }.annotations(&mut table, &mut diagnostics);
    if !faults.is_empty() {
        // Front matter without an end takes the whole text with it.
        let closed = !front.span.range().is_empty();
        if closed { lost.text(&text[front.span.range()]) } else { lost.file(content_path, text.as_bytes()) }
    }
    // A list of tables that no kind has taken is one whose name is misspelt.
    let is_table = |value: &Value| matches!(value.data, Data::Table(_));
    for entry in table.entries.iter().filter(|entry| matches!(&entry.value.data, Data::List(list) if list.iter().any(is_table))) {
        lost.value(&entry.value);
    }
    let plurals: Vec<&str> = Kind::ALL.iter().map(|kind| kind.info().plural).collect();
    let head: Head = fill(&table, front.span, &plurals, &mut faults).unwrap_or_default();
    let broken = !faults.is_empty();
    report(path, faults, &mut diagnostics);
    dates(&head, path, &mut diagnostics);
    examine_lints(&head.lints, path, &mut diagnostics);
    controls(&text[front.body..], front.body, path, &mut diagnostics);
    let asked = crate::read::config::level(&head.lints, &rules::TERM_BEFORE_DEFINITION).is_some_and(|level| level != Level::Allow);
    let options = Options { keep_words: options.keep_words || asked, ..options };
    let mut body = markdown(&text[front.body..], path, content_path, Spans::From(front.body), options, &mut diagnostics);
    let charts = Home { path, content_path, options }.figures(std::mem::take(&mut body.charts), &mut diagnostics);
    annotations.extend(charts.annotations);
    lost.append(&charts.lost);
    let mut silences = Silence::of_lines(text, front.span, path);
    silences.append(&mut body.silences);
    let title = head.title.clone().unwrap_or_else(|| {
        if !broken {
            let diagnostic = Diagnostic::new(&rules::MISSING_TITLE, Place::new(path.clone(), Span::default()), "this section has no title");
            diagnostics.push(diagnostic.help("begin the file with front matter: `+++`, `title = \"…\"`, `+++`"));
        }
        from_name(content_path)
    });
    let (path, content_path) = (path.clone(), content_path.to_owned());
    let order = sort_key(&content_path);
    (Section { path, content_path, order, head, title, annotations, start: front.body, body, silences, lost }, diagnostics)
}

/// Characters of the text that have no business there. Those of front matter are found where its values are read.
fn controls(text: &str, start: usize, path: &Arc<str>, diagnostics: &mut Diagnostics) {
    for (at, one) in text.char_indices().filter(|(_, one)| forbidden(*one)) {
        let span = Span::new(at, at + one.len_utf8()).shift(start);
        diagnostics.push(
            Diagnostic::new(&rules::CONTROL_CHARACTER, Place::new(path.clone(), span), forbidden_message(one)).help("delete it").replace(
                "delete it",
                true,
                "",
            ),
        );
    }
}

fn dates(head: &Head, path: &Arc<str>, diagnostics: &mut Diagnostics) {
    for date in [&head.date, &head.updated].into_iter().flatten() {
        if WrittenDate::read(&date.value).is_none() {
            let diagnostic = Diagnostic::new(&rules::BAD_DATE, Place::new(path.clone(), date.span), format!("`{}` is no date", date.value));
            let diagnostic = diagnostic.help("write it as year-month-day: 2024-05-01");
            diagnostics.push(match WrittenDate::mended(&date.value) {
                Some(mended) => diagnostic.replace(format!("write {mended}"), true, format!("\"{mended}\"")),
                None => diagnostic,
            });
        }
    }
}

/// A title from a file's name: `02-new-energy.md` gives "New energy".
fn from_name(content_path: &str) -> String {
    let stem = content_path.trim_end_matches(".md").trim_end_matches("/index");
    let name = stem.rsplit('/').next().unwrap_or(stem).trim_start_matches(|one: char| one.is_ascii_digit() || one == '-' || one == '_');
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(|| stem.to_owned(), |first| first.to_uppercase().chain(letters).collect())
}
