//! What an earlier build made, each result beside the input that it was made from. Input that is equal gives the same
//! result, so nothing needs to know what depends on what, and nothing can be stale.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::edition::Keeps;
use super::{Edition, Parsed};
use crate::cite;
use crate::output::OutFile;
use crate::parse;
use crate::read::snapshot::Bytes;
use crate::text::Diagnostics;

/// The results of the last build that came so far. What a build has not used is not kept after it.
#[derive(Default)]
pub struct Memo {
    /// Sections and registers: what was found in each file, and by which options it was read.
    pub(super) parsed: Table<(parse::Options, Bytes), (Option<Parsed>, Diagnostics)>,
    /// Files beside sections.
    pub(super) copied: Table<Bytes, (Option<OutFile>, Diagnostics)>,
    /// The briefing and its parts, as they are to be cited.
    pub(super) entries: Arc<cite::Entries>,
    /// The last edition, with all files that it has made.
    pub(super) edition: Option<Arc<Edition>>,
    pub(super) keeps: Keeps,
}

impl Memo {
    /// A memo that keeps what is made; the default one does not, so that a single build needs no more memory.
    #[must_use]
    pub fn keeping() -> Self {
        Self { keeps: Keeps::Sameness, ..Self::default() }
    }

    /// Drops what the last edition has not used, once all its files were made.
    pub(super) fn tidy(&self) {
        if self.edition.as_ref().is_some_and(|last| last.is_whole()) {
            self.entries.next_round();
        }
    }

    /// A memo that can also tell for each page which part of its data has changed.
    #[must_use]
    pub fn explaining() -> Self {
        Self { keeps: Keeps::Parts, ..Self::default() }
    }

    /// Whether anything is kept for the next build.
    pub(super) fn keeps(&self) -> bool {
        self.keeps != Keeps::Nothing
    }
}

/// Results by name.
pub(super) struct Table<Input, Result> {
    rows: BTreeMap<Arc<str>, (Input, Result)>,
}

impl<Input, Result> Default for Table<Input, Result> {
    fn default() -> Self {
        Self { rows: BTreeMap::new() }
    }
}

impl<Input: PartialEq, Result: Clone> Table<Input, Result> {
    /// The result under this name, if it was made from this input.
    pub(super) fn get(&self, name: &str, input: &Input) -> Option<Result> {
        self.rows.get(name).filter(|(known, _)| known == input).map(|(_, result)| result.clone())
    }

    /// Puts the rows of a build in the place of all others.
    pub(super) fn replace(&mut self, rows: impl IntoIterator<Item = (Arc<str>, (Input, Result))>) {
        self.rows = rows.into_iter().collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_equal_input_gives_the_result_again() {
        let mut table = Table::default();
        table.replace([("a".into(), (1, "one")), ("b".into(), (2, "two"))]);
        assert_eq!((table.get("a", &1), table.get("a", &2), table.get("c", &1)), (Some("one"), None, None));
        table.replace([("b".into(), (3, "three"))]);
        assert_eq!((table.get("a", &1), table.get("b", &3)), (None, Some("three")));
    }
}
