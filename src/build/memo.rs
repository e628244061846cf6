//! What an earlier build made, each result beside the input that it was made from. Input that is equal gives the same
//! result, so nothing needs to know what depends on what, and nothing can be stale.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

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

impl<Input: PartialEq + Clone + Sync, Result: Clone + Send + Sync> Table<Input, Result> {
    /// The results of these inputs, which come in the order of their names. What was not made from an equal input is made
    /// now. Only these are kept.
    pub(super) fn results(&mut self, inputs: &[(&str, Input)], make: impl Fn(&str, &Input) -> Result + Sync) -> Vec<Result> {
        let mut rows = self.rows.iter().peekable();
        let known = inputs.iter().map(|(name, input)| {
            while rows.next_if(|(row, _)| &***row < *name).is_some() {}
            let row = rows.next_if(|(row, _)| &***row == *name);
            row.filter(|(_, (known, _))| known == input).map(|(_, (_, result))| result.clone())
        });
        let known: Vec<Option<Result>> = known.collect();
        let missing: Vec<usize> = (0..inputs.len()).filter(|number| known[*number].is_none()).collect();
        let made: Vec<Result> = missing.par_iter().map(|number| make(inputs[*number].0, &inputs[*number].1)).collect();
        for (number, result) in missing.iter().zip(&made) {
            let (name, input) = &inputs[*number];
            self.rows.insert((*name).into(), (input.clone(), result.clone()));
        }
        if self.rows.len() > inputs.len() {
            let names: BTreeSet<&str> = inputs.iter().map(|(name, _)| *name).collect();
            self.rows.retain(|row, _| names.contains(&**row));
        }
        let mut made = made.into_iter();
        known.into_iter().filter_map(|known| known.or_else(|| made.next())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_equal_input_gives_the_result_again() {
        let mut table = Table::default();
        let turn = std::cell::Cell::new(0);
        let mut results = |inputs: &[(&str, u32)]| {
            turn.set(turn.get() + 1);
            let turn = turn.get();
            table.results(inputs, move |name, input| format!("{name}{input} of {turn}"))
        };
        assert_eq!(results(&[("a", 1), ("b", 2)]), ["a1 of 1", "b2 of 1"]);
        assert_eq!(results(&[("a", 1), ("b", 3), ("c", 1)]), ["a1 of 1", "b3 of 2", "c1 of 2"]);
        assert_eq!(results(&[("b", 3)]), ["b3 of 2"]);
        assert_eq!(results(&[("a", 1), ("b", 3), ("c", 2)]), ["a1 of 4", "b3 of 2", "c2 of 4"]);
    }
}
