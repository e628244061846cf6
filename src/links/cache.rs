//! The cache: what became of each address, when, and how often it has failed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::outcome::Outcome;

/// The form of the file. A file of another form is begun anew.
const VERSION: u32 = 1;
/// Failures that make an address dead.
const STRIKES: u8 = 2;
/// An address that no run has asked for in this time is forgotten.
const MEMORY: Duration = Duration::from_hours(90 * 24);

/// What is known about an address. Times are seconds since the beginning of 1970.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// What became of it.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// When that was.
    pub when: u64,
    /// How often it has failed since it was last good; failures that lie close together count once.
    #[serde(default)]
    pub strikes: u8,
    /// When it failed first since it was last good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_failure: Option<u64>,
}

impl Entry {
    /// What is known after a new outcome. A refusal says nothing about the page: it neither strikes nor clears.
    pub(super) fn after(before: Option<&Self>, outcome: Outcome, now: u64, patience: Duration) -> Self {
        let (strikes, first) = before.map_or((0, None), |before| (before.strikes, before.first_failure));
        let (strikes, first_failure) = match &outcome {
            Outcome::Good | Outcome::Moved { .. } => (0, None),
            Outcome::Refused { .. } => (strikes, first),
            Outcome::Gone { .. } | Outcome::Broken { .. } => match first {
                None => (1, Some(now)),
                Some(first) if now.saturating_sub(first) >= patience.as_secs() => (STRIKES, Some(first)),
                Some(first) => (strikes, Some(first)),
            },
        };
        Self { outcome, when: now, strikes, first_failure }
    }

    /// Whether it has failed often enough to be dead.
    pub(super) fn is_dead(&self) -> bool {
        self.strikes >= STRIKES
    }

    /// Whether its address need not be asked again. A failure is always asked again, and so is what comes from the future.
    pub(super) fn is_fresh(&self, now: u64, max_age: Duration) -> bool {
        self.outcome.fault().is_none() && now.checked_sub(self.when).is_some_and(|age| age < max_age.as_secs())
    }
}

/// All that is known, by address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Cache {
    version: u32,
    /// What is known about each address.
    pub addresses: BTreeMap<String, Entry>,
}

impl Default for Cache {
    fn default() -> Self {
        Self { version: VERSION, addresses: BTreeMap::new() }
    }
}

impl Cache {
    /// Reads the file. One that cannot be used gives an empty cache and the reason; one that is not there, an empty cache.
    pub(super) fn read(path: &Path) -> (Self, Option<String>) {
        let text = match fs::read(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return (Self::default(), None),
            Err(error) => return (Self::default(), Some(error.to_string())),
        };
        match serde_json::from_slice::<Self>(&text) {
            Ok(cache) if cache.version == VERSION => (cache, None),
            Ok(cache) => (Self::default(), Some(format!("it has the form {}, and {VERSION} is wanted", cache.version))),
            Err(error) => (Self::default(), Some(error.to_string())),
        }
    }

    /// Writes the file in one step: whoever reads it meets the old one or the new one.
    pub(super) fn write(&self, path: &Path) -> io::Result<()> {
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        serde_json::to_writer_pretty(&mut file, self)?;
        file.write_all(b"\n")?;
        file.persist(path)?;
        Ok(())
    }

    /// Forgets addresses that are not in the briefing any more, and have not been for long: a draft comes back.
    pub(super) fn forget(&mut self, now: u64, named: &BTreeSet<&str>) {
        self.addresses.retain(|url, entry| named.contains(url.as_str()) || now.saturating_sub(entry.when) < MEMORY.as_secs());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: u64 = 3600;

    fn after(outcomes: &[(u64, Outcome)]) -> Entry {
        let patience = Duration::from_secs(6 * HOUR);
        let step = |before: Option<Entry>, (now, outcome): &(u64, Outcome)| {
            Some(Entry::after(before.as_ref(), outcome.clone(), now * HOUR, patience))
        };
        outcomes.iter().fold(None, step).expect("an outcome")
    }

    #[test]
    fn two_strikes_lie_apart() {
        let gone = Outcome::Gone { status: 404 };
        assert!(!after(&[(1, gone.clone())]).is_dead());
        assert!(!after(&[(1, gone.clone()), (2, gone.clone()), (6, gone.clone())]).is_dead());
        assert!(after(&[(1, gone.clone()), (7, gone.clone())]).is_dead());
        assert!(after(&[(1, gone.clone()), (2, gone.clone()), (7, gone.clone())]).is_dead());
        assert!(!after(&[(1, gone.clone()), (2, Outcome::Good), (8, gone.clone())]).is_dead());
        assert!(after(&[(1, gone.clone()), (2, Outcome::Refused { status: 403 }), (8, gone)]).is_dead());
    }

    #[test]
    fn only_good_answers_keep() {
        let day = Duration::from_secs(24 * HOUR);
        let good = after(&[(100, Outcome::Good)]);
        assert!(good.is_fresh(101 * HOUR, day));
        assert!(!good.is_fresh(124 * HOUR, day));
        assert!(!good.is_fresh(99 * HOUR, day));
        assert!(!after(&[(100, Outcome::Gone { status: 410 })]).is_fresh(101 * HOUR, day));
    }

    #[test]
    fn the_file_gives_back_what_it_was_given() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join(".postil/links.json");
        let mut cache = Cache::default();
        let broken = Outcome::Broken { status: None, reason: "no answer".to_owned() };
        cache.addresses.insert("https://example.org/b".to_owned(), after(&[(1, broken)]));
        cache.addresses.insert("https://example.org/a".to_owned(), after(&[(1, Outcome::Moved { to: "https://example.org/".to_owned() })]));
        cache.write(&path).expect("written");
        assert_eq!(Cache::read(&path), (cache.clone(), None));
        cache.forget(100 * 24 * HOUR, &BTreeSet::from(["https://example.org/b"]));
        assert_eq!(cache.addresses.len(), 1);
    }
}
