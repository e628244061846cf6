//! What stands in a file and could not be read. A name among it is no mistake of those who use it: the break is reported
//! where it is, and not again in every other file.

use std::collections::BTreeSet;

use crate::budget;
use crate::read::{Data, Value};

/// Names and files of which nothing is known, because what declares them is broken. Wherever there is any, an error
/// says why, so no site is built on it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lost {
    names: BTreeSet<String>,
    files: BTreeSet<String>,
}

impl Lost {
    /// Adds the id of a record.
    pub fn name(&mut self, id: &str) {
        self.names.insert(id.to_owned());
    }

    /// Adds a text: whatever looks like an id in it may be one.
    pub fn text(&mut self, text: &str) {
        let words = text.split(|one: char| !one.is_alphanumeric() && !matches!(one, '-' | '_' | '.' | '+'));
        for word in words.map(|word| word.trim_matches('.')).filter(|word| !word.is_empty()) {
            if !self.names.contains(word) {
                self.names.insert(word.to_owned());
            }
        }
    }

    /// Adds every text of a value.
    pub fn value(&mut self, value: &Value) {
        match &value.data {
            Data::List(list) => list.iter().for_each(|one| self.value(one)),
            Data::Table(table) => table.entries.iter().for_each(|entry| self.value(&entry.value)),
            _ => value.text().into_iter().for_each(|text| self.text(text)),
        }
    }

    /// Adds a whole file, by its path from the root of the content folder. One that is over its budget is not looked
    /// into.
    pub fn file(&mut self, content_path: &str, bytes: &[u8]) {
        self.files.insert(content_path.to_owned());
        // A section may be linked to by its name alone, with or without its number.
        let name = content_path.rsplit('/').next().unwrap_or(content_path).trim_end_matches(".md");
        self.name(name);
        self.name(name.trim_start_matches(|one: char| one.is_ascii_digit() || matches!(one, '-' | '_')));
        if bytes.len() <= budget::TEXT_FILE {
            self.text(&String::from_utf8_lossy(bytes));
        }
    }

    /// Takes in what another part of the briefing has lost.
    pub fn append(&mut self, other: &Self) {
        self.names.extend(other.names.iter().cloned());
        self.files.extend(other.files.iter().cloned());
    }

    /// Whether nothing is lost.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty() && self.files.is_empty()
    }

    /// Whether a record of this id may be among it.
    #[must_use]
    pub fn has_name(&self, id: &str) -> bool {
        self.names.contains(id)
    }

    /// Whether a file's text is among it.
    #[must_use]
    pub fn has_file(&self, content_path: &str) -> bool {
        self.files.contains(content_path)
    }
}
