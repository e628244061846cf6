//! What was taken out of a file, in words.

use std::collections::BTreeMap;

use crate::text::Span;

/// Characters of a name that are shown.
const SHOWN: usize = 40;

/// Something that was taken out of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    /// What it was, in words.
    pub what: String,
    /// Where it stood first: itself, or the element or attribute that held it.
    pub span: Span,
    /// Whether it was but a note that a drawing program left for itself, and nobody misses it.
    pub note: bool,
}

/// What was taken out, each once, with the place where it stood first.
#[derive(Debug, Default)]
pub(super) struct Removed {
    found: BTreeMap<String, (Span, bool)>,
    at: Span,
}

impl Removed {
    /// What is taken out from here on stands in this place.
    pub(super) fn at(&mut self, span: impl Into<Span>) {
        self.at = span.into();
    }

    /// An element and all in it.
    pub(super) fn element(&mut self, name: &str) {
        self.add("the element", name, "", name == "metadata");
    }

    /// An attribute.
    pub(super) fn attribute(&mut self, name: &str) {
        self.add("the attribute", name, "", name.starts_with("data-"));
    }

    /// An address that leads out of the file, or to what is not shown here.
    pub(super) fn address(&mut self, element: &str) {
        self.add("the address of", element, " that leads elsewhere", false);
    }

    /// A property of a style.
    pub(super) fn property(&mut self, name: &str) {
        self.add("the property", name, "", name.starts_with('-'));
    }

    /// A property that may be there, with what it was given.
    pub(super) fn value(&mut self, name: &str) {
        self.add("a value of", name, "", false);
    }

    /// A rule of a style sheet that begins with `@`.
    pub(super) fn rule(&mut self, name: &str) {
        self.add("the rule", &format!("@{name}"), "", false);
    }

    /// A part of a style that cannot be read.
    pub(super) fn unread(&mut self) {
        self.note("a part of a style that cannot be read".to_owned(), false);
    }

    /// A processing instruction.
    pub(super) fn instruction(&mut self, name: &str) {
        self.add("the instruction", name, "", false);
    }

    /// Elements and attributes of another language than SVG, by the prefix that the file gives it.
    pub(super) fn foreign(&mut self, prefix: &str) {
        self.add("what belongs to", prefix, "", true);
    }

    fn add(&mut self, before: &str, name: &str, after: &str, note: bool) {
        let name: String = name.chars().filter(|one| !one.is_control() && *one != '`').take(SHOWN).collect();
        self.note(format!("{before} `{name}`{after}"), note);
    }

    fn note(&mut self, what: String, note: bool) {
        self.found.entry(what).or_insert((self.at, note));
    }

    /// All of it, in order of the words.
    pub(super) fn list(self) -> Vec<Removal> {
        self.found.into_iter().map(|(what, (span, note))| Removal { what, span, note }).collect()
    }
}
