//! What was reported and not yet read: when a save is whole, and when it is still going on.
//!
//! A file that was written and closed, after some quiet, is read at once. What comes right after it is gathered for some
//! milliseconds, because a checkout or a program that writes many files is one change. A file that was cut short, is
//! still empty or has gone for a moment is awaited: its save has only begun.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

/// How long to wait for more after what ends a save, and after one of many.
const ABSORB: Duration = Duration::from_millis(5);
const ABSORB_MANY: Duration = Duration::from_millis(40);
/// How many paths are many.
const MANY: usize = 30;
/// How long to wait for the end of a save after what begins one.
const PATIENCE: Duration = Duration::from_millis(200);
/// After this time nobody is kept waiting, whatever goes on.
const LONGEST: Duration = Duration::from_secs(1);

/// What an event says of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// The file was written and closed, or has come whole from another name.
    Saved,
    /// It may have changed as a whole: a folder, or a system that does not tell when a file is closed.
    Changed,
    /// It is there, and was not before; it is still to be written.
    Made,
    /// It is being written.
    Written,
    /// It is no longer there.
    Gone,
    /// Something about it changed that is not what it holds.
    Touched,
}

/// Where the save of a path stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Whole,
    Gone,
    /// Written, and not closed; whether the file is a new one.
    Torn {
        new: bool,
    },
}

/// What is to be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Ready {
    /// These paths from the root.
    Paths(BTreeSet<String>),
    /// Everything.
    All,
}

/// What was reported since it was last read.
#[derive(Default)]
pub(super) struct Pending {
    paths: BTreeMap<String, State>,
    all: bool,
    /// What is whole is read then, and when the oldest of it was reported.
    due: Option<Instant>,
    first: Option<Instant>,
    /// What is not whole is read then all the same, and when the oldest of it was reported.
    patience: Option<Instant>,
    begun: Option<Instant>,
    /// When anything was last reported or read, and whether all was quiet before the present reports.
    last: Option<Instant>,
    calm: bool,
}

impl Pending {
    /// Takes in what was reported of a path.
    pub(super) fn add(&mut self, path: String, sign: Sign, now: Instant) {
        let quiet = self.last.replace(now).is_none_or(|last| now - last >= ABSORB_MANY);
        if self.paths.is_empty() {
            self.calm = quiet;
        }
        let before = self.paths.get(&path).copied();
        let state = match (sign, before) {
            (Sign::Saved | Sign::Changed, _) => State::Whole,
            (Sign::Made, _) | (Sign::Written, Some(State::Gone)) => State::Torn { new: true },
            (Sign::Written, Some(State::Torn { new })) => State::Torn { new },
            (Sign::Written, _) | (Sign::Touched, None) => State::Torn { new: false },
            (Sign::Touched, Some(state)) => state,
            (Sign::Gone, _) => State::Gone,
        };
        // What takes the place of a file in several steps may be one of many that do.
        let plain = matches!(before, None | Some(State::Torn { new: false }));
        let alone = self.paths.iter().all(|(other, state)| *other == path || *state == State::Gone);
        let many = self.all || self.paths.len() >= MANY;
        let whole = self.paths.values().any(|state| *state == State::Whole);
        self.paths.insert(path, state);
        match state {
            State::Whole if sign == Sign::Saved && plain && alone && self.calm && !self.all => self.due = Some(now),
            State::Whole => self.wait(if many { ABSORB_MANY } else { ABSORB }, now),
            // What goes while other files come may be on its way to another name.
            State::Gone if whole => self.wait(if many { ABSORB_MANY } else { ABSORB }, now),
            State::Gone | State::Torn { .. } => {
                self.patience = Some((now + PATIENCE).min(*self.begun.get_or_insert(now) + LONGEST));
            }
        }
    }

    /// Anything may have changed.
    pub(super) fn rescan(&mut self, now: Instant) {
        self.all = true;
        self.last = Some(now);
        self.wait(ABSORB_MANY, now);
    }

    fn wait(&mut self, time: Duration, now: Instant) {
        self.due = Some((now + time).min(*self.first.get_or_insert(now) + LONGEST));
    }

    /// When there will be something to read, if nothing more is reported.
    pub(super) fn due(&self) -> Option<Instant> {
        // Whoever reads everything reads what is still being written as well.
        let torn = self.all && self.paths.values().any(|state| matches!(state, State::Torn { .. }));
        if torn { self.patience } else { self.due.into_iter().chain(self.patience).min() }
    }

    /// What is to be read now. What is still being written stays.
    pub(super) fn take(&mut self, now: Instant) -> Option<Ready> {
        self.due().filter(|due| *due <= now)?;
        self.last = Some(now);
        if self.all {
            *self = Self { last: self.last, ..Self::default() };
            return Some(Ready::All);
        }
        let patient = self.patience.is_none_or(|patience| now < patience);
        let stays = |state: &State| patient && matches!(state, State::Torn { .. });
        let (rest, ready) = std::mem::take(&mut self.paths).into_iter().partition(|(_, state)| stays(state));
        self.paths = rest;
        (self.due, self.first) = (None, None);
        if self.paths.is_empty() {
            (self.patience, self.begun) = (None, None);
        }
        let ready: BTreeMap<String, State> = ready;
        (!ready.is_empty()).then(|| Ready::Paths(ready.into_keys().collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read of these reports, each at its millisecond, and when.
    fn told(reports: &[(u64, &str, Sign)]) -> Vec<(u64, String)> {
        let start = Instant::now();
        let mut pending = Pending::default();
        let mut read = Vec::new();
        let mut reports = reports.iter().peekable();
        for time in 0..3000 {
            let now = start + Duration::from_millis(time);
            while let Some((_, path, sign)) = reports.next_if(|(at, ..)| *at == time) {
                pending.add((*path).to_owned(), *sign, now);
            }
            if let Some(Ready::Paths(paths)) = pending.take(now) {
                read.push((time, paths.into_iter().collect::<Vec<_>>().join(" ")));
            }
        }
        read
    }

    fn read(rows: &[(u64, &str)]) -> Vec<(u64, String)> {
        rows.iter().map(|(time, paths)| (*time, (*paths).to_owned())).collect()
    }

    #[test]
    fn a_save_after_quiet_is_read_at_once_and_what_follows_is_gathered() {
        use Sign::{Saved, Written};
        assert_eq!(told(&[(10, "a", Written), (10, "a", Saved)]), read(&[(10, "a")]));
        assert_eq!(told(&[(10, "a", Written), (12, "a", Written), (13, "a", Saved)]), read(&[(13, "a")]));
        assert_eq!(told(&[(10, "a", Saved), (12, "a", Saved)]), read(&[(10, "a"), (17, "a")]));
        assert_eq!(told(&[(10, "a", Saved), (12, "b", Saved), (14, "c", Saved)]), read(&[(10, "a"), (19, "b c")]));
        assert_eq!(told(&[(10, "a", Saved), (100, "a", Saved)]), read(&[(10, "a"), (100, "a")]));
    }

    #[test]
    fn every_way_of_saving_is_one_change() {
        use Sign::{Gone, Made, Saved, Touched, Written};
        // Another file takes the name.
        let over = [(1, "t", Made), (2, "t", Written), (3, "t", Saved), (4, "t", Gone), (4, "a", Saved)];
        assert_eq!(told(&over), read(&[(4, "a t")]));
        // The old file goes, and a new one is written; slowly.
        let anew = [(1, "a", Gone), (40, "a", Made), (90, "a", Written), (150, "a", Saved)];
        assert_eq!(told(&anew), read(&[(155, "a")]));
        // The file is emptied, and written later.
        assert_eq!(told(&[(1, "a", Written), (101, "a", Written), (102, "a", Saved)]), read(&[(102, "a")]));
        // The first of two saves was a part only.
        assert_eq!(told(&[(1, "a", Sign::Changed), (2, "a", Written), (9, "a", Saved)]), read(&[(9, "a")]));
        // Its rights are set after it.
        assert_eq!(told(&[(1, "a", Saved), (2, "a", Touched)]), read(&[(1, "a"), (202, "a")]));
        assert_eq!(told(&[(1, "a", Gone), (2, "a", Made), (3, "a", Saved), (4, "a", Touched)]), read(&[(9, "a")]));
    }

    #[test]
    fn what_is_still_written_is_not_read_with_the_rest() {
        use Sign::{Gone, Saved, Written};
        let both = [(1, "log", Written), (50, "a", Written), (50, "a", Saved), (60, "log", Written), (80, "log", Saved)];
        assert_eq!(told(&both), read(&[(55, "a"), (80, "log")]));
        // What has gone may have another name now, and goes with it.
        assert_eq!(told(&[(1, "a", Gone), (2, "b", Saved)]), read(&[(2, "a b")]));
        assert_eq!(told(&[(1, "a", Gone)]), read(&[(201, "a")]));
    }

    #[test]
    fn nobody_is_kept_waiting_for_ever() {
        let written: Vec<_> = (0..2000).map(|time| (time, "log", Sign::Written)).collect();
        assert!(told(&written).iter().take(2).map(|(time, _)| *time).eq([1000, 2001]), "{:?}", told(&written));
        let saved: Vec<_> = (0..2000).map(|time| (time, "a", Sign::Changed)).collect();
        assert_eq!(told(&saved).first(), Some(&(1000, "a".to_owned())));
    }

    #[test]
    fn many_files_are_one_change() {
        let names: Vec<String> = (0..300).map(|number| format!("{number:03}")).collect();
        for begin in [Sign::Made, Sign::Written] {
            let reports = names.iter().zip(0..).flat_map(|(name, at)| [(at, name.as_str(), begin), (at, name.as_str(), Sign::Saved)]);
            let told = told(&reports.collect::<Vec<_>>());
            let counts: Vec<usize> = told.iter().map(|(_, paths)| paths.split(' ').count()).collect();
            assert_eq!(counts, if begin == Sign::Made { vec![300] } else { vec![1, 299] }, "the first may be the only one");
        }
    }

    #[test]
    fn where_reports_were_lost_everything_is_read() {
        let now = Instant::now();
        let mut pending = Pending::default();
        pending.add("a".to_owned(), Sign::Written, now);
        pending.rescan(now);
        pending.add("b".to_owned(), Sign::Saved, now);
        let patience = pending.due().expect("something is reported");
        assert_eq!(pending.take(now), None);
        pending.add("a".to_owned(), Sign::Saved, now);
        let due = pending.due().expect("something is reported");
        assert!(due < patience, "what is still being written is waited for");
        assert_eq!(pending.take(due), Some(Ready::All));
        assert_eq!((pending.due(), pending.take(due + LONGEST)), (None, None));
    }
}
