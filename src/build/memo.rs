//! What an earlier build made, each result beside the input that it was made from. Input that is equal gives the same
//! result, so nothing needs to know what depends on what, and nothing can be stale.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Parsed;
use crate::cite;
use crate::page::{Page, Site};
use crate::parse;
use crate::read::snapshot::Bytes;
use crate::text::Diagnostics;
use crate::theme::Theme;

/// The results of the last build that came so far. What a build has not used is not kept after it.
#[derive(Default)]
pub struct Memo {
    /// Sections and registers: what was found in each file, and by which options it was read.
    pub(super) parsed: Table<(parse::Options, Bytes), (Option<Parsed>, Diagnostics)>,
    /// Files beside sections.
    pub(super) copied: Table<Bytes, (Option<Bytes>, Diagnostics)>,
    /// The list of sources.
    pub(super) sources: Option<cite::Kept>,
    /// The briefing and its parts, as they are to be cited.
    pub(super) entries: Arc<cite::Entries>,
    /// Pages, by the data that they show.
    pub(super) pages: Table<Page, Bytes>,
    /// The hash of what all pages share: the theme, and what they say of the site.
    frame: Option<blake3::Hash>,
    keeps: bool,
}

impl Memo {
    /// A memo that keeps what is made; the default one does not, so that a single build needs no more memory.
    #[must_use]
    pub fn keeping() -> Self {
        Self { keeps: true, ..Self::default() }
    }

    /// Whether anything is kept for the next build.
    pub(super) fn keeps(&self) -> bool {
        self.keeps
    }

    /// Hears what all pages share. No page is as it was where that has changed.
    pub(super) fn frame_of(&mut self, name: &str, theme: &Theme, site: &Site) {
        if !self.keeps {
            return;
        }
        let mut hasher = blake3::Hasher::new();
        // Texts and numbers can always be written, and a hasher takes them all.
        let _ = serde_json::to_writer(&mut hasher, &(name, site));
        for (path, bytes) in theme.files() {
            for part in [path.as_bytes(), bytes.as_slice()] {
                hasher.update(&part.len().to_le_bytes()).update(part);
            }
        }
        let frame = hasher.finalize();
        if self.frame != Some(frame) {
            self.pages.clear();
            self.frame = Some(frame);
        }
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

    /// Drops all rows.
    pub(super) fn clear(&mut self) {
        self.rows.clear();
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
