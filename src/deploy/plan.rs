//! What a deploy is to do. A plan is made of what is wanted and what is there, and touches nothing.

use std::collections::BTreeSet;

use super::fault::{Fault, Kind};
use super::order::Step;
use super::state::{Entry, Files, State};
use super::survey::Survey;
use super::target::{Abilities, kept_path};

/// More removals than this need a word.
const MANY: usize = 256;
/// And so do more than one in this many.
const PART: usize = 4;
/// Files that a message names.
const SHOWN: usize = 3;

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What the site is to consist of in the end. Tags are those of files that stay.
    pub wanted: Files,
    /// Paths that are not there yet.
    pub added: Vec<String>,
    /// Paths whose bytes or headers are to change.
    pub changed: Vec<String>,
    /// Our paths that are to go.
    pub removed: Files,
    /// Files that stay as they are.
    pub unchanged: usize,
    /// Of those that are to change, how many somebody else has changed or removed since the last deploy.
    pub mended: usize,
    /// Our paths that would go, but hold what somebody else has put there since; they stay.
    pub left: Vec<String>,
    /// Bytes to be sent.
    pub bytes: u64,
    /// What the target remembers now.
    pub state: State,
}

impl Plan {
    /// Plans the way from what is there to what is wanted.
    ///
    /// # Errors
    ///
    /// When a file of somebody else stands in the way, or the target takes no such file.
    pub fn new(mut wanted: Files, survey: &Survey, abilities: &Abilities) -> Result<Self, Fault> {
        limits(&wanted, abilities)?;
        strangers(&wanted, survey)?;
        let (mut added, mut changed, mut unchanged, mut mended, mut bytes) = (Vec::new(), Vec::new(), 0, 0, 0);
        for (path, entry) in &mut wanted {
            entry.tag = None;
            let present = survey.present.get(path);
            if let Some(present) = present.filter(|present| present.is(entry)) {
                entry.tag.clone_from(&present.tag);
                unchanged += 1;
                continue;
            }
            bytes += entry.size;
            let there = present.is_some() || survey.changed.contains(path);
            let list = if there { &mut changed } else { &mut added };
            list.push(path.clone());
            let was_so = survey.state.site.get(path).is_some_and(|old| old.is(entry));
            mended += usize::from(was_so && survey.state.pending.is_empty());
        }
        let gone = |path: &String| !wanted.contains_key(path);
        let removed = survey.present.iter().filter(|(path, _)| gone(path)).map(|(path, entry)| (path.clone(), entry.clone())).collect();
        let left = survey.changed.iter().filter(|path| gone(path)).cloned().collect();
        Ok(Self { wanted, added, changed, removed, unchanged, mended, left, bytes, state: survey.state.clone() })
    }

    /// Whether nothing is to be sent or removed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }

    /// Whether the target remembers just what is there.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.is_empty() && self.state.site == self.wanted && self.state.pending.is_empty() && self.state.leaving.is_empty()
    }

    /// What is to be sent in a step.
    pub fn uploads(&self, step: Step) -> Vec<&str> {
        let mut paths: Vec<&str> =
            self.added.iter().chain(&self.changed).map(String::as_str).filter(|path| Step::of(path) == step).collect();
        paths.sort_unstable();
        paths
    }

    /// Our paths that are to be replaced or removed, and hold what was deployed last: what a rollback needs.
    pub(super) fn outgoing(&self, survey: &Survey) -> BTreeSet<String> {
        let replaced = self.changed.iter().filter(|path| {
            let (old, present) = (survey.state.site.get(*path), survey.present.get(*path));
            let differs = |old: &Entry| self.wanted.get(*path).is_none_or(|new| new.hash != old.hash);
            old.zip(present).is_some_and(|(old, present)| old.hash == present.hash && differs(old))
        });
        let removed = self.removed.keys().filter(|path| survey.state.site.contains_key(*path));
        replaced.chain(removed).cloned().collect()
    }

    /// Refuses a plan that removes much.
    ///
    /// # Errors
    ///
    /// When more than a quarter of the files that are ours would go, or more than 256.
    pub fn guard(&self) -> Result<(), Fault> {
        let (gone, ours) = (self.removed.len(), self.state.ours().collect::<BTreeSet<_>>().len());
        if gone <= MANY && gone * PART <= ours {
            return Ok(());
        }
        Err(Fault::new(Kind::Guard, format!("{gone} of the {ours} files at the target would be removed")))
    }
}

/// Refuses files that the target will not take, before any is sent.
fn limits(wanted: &Files, abilities: &Abilities) -> Result<(), Fault> {
    let limit = |message: String| Err(Fault::new(Kind::Limit, message));
    for (path, entry) in wanted {
        // Its last version is kept under a longer name.
        let most = abilities.longest_path.saturating_sub(kept_path("").len());
        if path.len() > most {
            return limit(format!("the name `{path}` is too long for the target: it has {} bytes, and may have {most}", path.len()));
        }
        if let Some(part) = path.split('/').find(|part| part.len() > abilities.longest_part) {
            return limit(format!(
                "the name `{part}` is too long for the target: it has {} bytes, and may have {}",
                part.len(),
                abilities.longest_part
            ));
        }
        if entry.size > abilities.largest {
            return limit(format!("`{path}` is too large for the target: it has {} bytes, and may have {}", entry.size, abilities.largest));
        }
    }
    Ok(())
}

/// Refuses to replace what somebody else has put there.
fn strangers(wanted: &Files, survey: &Survey) -> Result<(), Fault> {
    let strangers: Vec<&str> =
        survey.foreign.iter().filter(|(path, same)| !**same && wanted.contains_key(*path)).map(|(path, _)| path.as_str()).collect();
    if strangers.is_empty() {
        return Ok(());
    }
    let shown: Vec<String> = strangers.iter().take(SHOWN).map(|path| format!("`{path}`")).collect();
    let more = match strangers.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let message =
        format!("the target has files that Postil did not put there, where files of the site are to go: {}{more}", shown.join(", "));
    Err(Fault::new(Kind::Foreign, message))
}
