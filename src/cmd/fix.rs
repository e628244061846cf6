//! `postil check --fix`: makes the edits that surely keep the author's meaning.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::build::plural;
use super::cli::Common;
use super::{Ending, message, project};
use crate::output::{Unwritten, editable, rewrite};
use crate::read::snapshot::Snapshot;
use crate::text::{Diagnostic, Diagnostics, Fix};

/// How often the briefing is checked again: what one edit uncovers, or two edits at one place, is mended in the next
/// round.
const ROUNDS: usize = 5;

/// The edits of a finding that `--fix` makes: safe ones, in one file of the author's.
pub(super) fn safe_fix(diagnostic: &Diagnostic) -> Option<(&Arc<str>, &Fix)> {
    let fix = diagnostic.fix.as_ref().filter(|fix| fix.safe)?;
    let path = &fix.edits.first()?.place.path;
    // Edits of several files could be made in one and refused in the other.
    (editable(path) && fix.edits.iter().all(|edit| edit.place.path == *path)).then_some((path, fix))
}

/// What was done to the files of a briefing.
#[derive(Default)]
pub(super) struct Mended {
    /// How many findings were mended, by file.
    done: BTreeMap<Arc<str>, usize>,
    /// Why a file was left as it is.
    left: BTreeMap<Arc<str>, Unwritten>,
}

/// A snapshot and what was found in it.
type Checked = (Snapshot, Diagnostics);

/// Mends what can be mended, and checks again with `check`; gives what is left.
pub(super) fn mend(mut now: Checked, common: &Common, check: impl Fn(&Snapshot) -> Diagnostics) -> Result<(Checked, Mended), Ending> {
    let mut mended = Mended::default();
    for _ in 0..ROUNDS {
        if !mended.round(&now, common) {
            break;
        }
        let snapshot = project::read(common)?;
        let diagnostics = check(&snapshot);
        now = (snapshot, diagnostics);
    }
    Ok((now, mended))
}

impl Mended {
    /// Mends each file once; tells whether anything was changed.
    fn round(&mut self, (snapshot, diagnostics): &Checked, common: &Common) -> bool {
        let mut fixes: BTreeMap<&Arc<str>, Vec<&Fix>> = BTreeMap::new();
        for (path, fix) in diagnostics.iter().filter_map(safe_fix).filter(|(path, _)| !self.left.contains_key(*path)) {
            fixes.entry(path).or_default().push(fix);
        }
        let mut changed = false;
        for (path, fixes) in fixes {
            let Some(known) = snapshot.get(path) else { continue };
            match rewrite(&common.root, path, known, &fixes) {
                Ok(0) => {}
                Ok(count) => {
                    *self.done.entry(path.clone()).or_default() += count;
                    changed = true;
                }
                Err(why) => drop(self.left.insert(path.clone(), why)),
            }
        }
        changed
    }

    /// Says what was changed, and what was not and why.
    pub(super) fn tell(&self, common: &Common) {
        if !common.quiet {
            for (path, count) in &self.done {
                message(&format!("{path}: {} mended", plural(*count, "finding")));
            }
        }
        for (path, why) in &self.left {
            super::failure(&format!("`{path}` is left as it is: {why}"), why.help());
        }
    }

    /// Whether a file could not be written for a reason that lies in the machine.
    pub(super) fn failed(&self) -> bool {
        self.left.values().any(|why| matches!(why, Unwritten::Io(_)))
    }
}
