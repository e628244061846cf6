//! What was taken out of a file, in words.

use std::collections::BTreeSet;

/// Characters of a name that are shown.
const SHOWN: usize = 40;

/// What was taken out, each once.
#[derive(Debug, Default)]
pub(super) struct Removed(BTreeSet<String>);

impl Removed {
    /// An element and all in it.
    pub(super) fn element(&mut self, name: &str) {
        self.add("the element", name, "");
    }

    /// An attribute.
    pub(super) fn attribute(&mut self, name: &str) {
        self.add("the attribute", name, "");
    }

    /// An address that leads out of the file, or to what is not shown here.
    pub(super) fn address(&mut self, element: &str) {
        self.add("the address of", element, " that leads elsewhere");
    }

    /// A property of a style.
    pub(super) fn property(&mut self, name: &str) {
        self.add("the property", name, "");
    }

    /// A property that may be there, with what it was given.
    pub(super) fn value(&mut self, name: &str) {
        self.add("a value of", name, "");
    }

    /// A rule of a style sheet that begins with `@`.
    pub(super) fn rule(&mut self, name: &str) {
        self.add("the rule", &format!("@{name}"), "");
    }

    /// A part of a style that cannot be read.
    pub(super) fn unread(&mut self) {
        self.0.insert("a part of a style that cannot be read".to_owned());
    }

    /// A processing instruction.
    pub(super) fn instruction(&mut self, name: &str) {
        self.add("the instruction", name, "");
    }

    /// Elements and attributes of another language than SVG, by the prefix that the file gives it.
    pub(super) fn foreign(&mut self, prefix: &str) {
        self.add("what belongs to", prefix, "");
    }

    fn add(&mut self, before: &str, name: &str, after: &str) {
        let name: String = name.chars().filter(|one| !one.is_control() && *one != '`').take(SHOWN).collect();
        self.0.insert(format!("{before} `{name}`{after}"));
    }

    /// All of it, in order.
    pub(super) fn list(self) -> Vec<String> {
        self.0.into_iter().collect()
    }
}
