//! What is at a target before a deploy: which of the files there are ours, and what they hold.
//!
//! A listing and the target's memory are enough where both agree. Whatever is in doubt is read: what an interrupted run
//! left, what somebody has changed, and what stands where a new file is to go.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::Fault;
use super::headers::Headers;
use super::retry::Retry;
use super::state::{Entry, Files, State};
use super::target::{Fetched, Found, OWN, Target};
use super::work;

/// What is at a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// What the target remembers.
    pub state: State,
    /// Our files, as they are there now.
    pub present: Files,
    /// Files with the path of one of ours that somebody else has put there.
    pub changed: BTreeSet<String>,
    /// Files that we know nothing of, by their paths: those that hold just what is to go there, and all others.
    pub foreign: BTreeMap<String, bool>,
}

impl Survey {
    /// Looks at a target to which these files are to go.
    ///
    /// # Errors
    ///
    /// When it cannot be listed or read.
    pub fn take(target: &dyn Target, wanted: &Files, retry: &Retry) -> Result<Self, Fault> {
        let listed = retry.run(|| target.list())?;
        let state = retry.run(|| State::read(target))?;
        let mut survey = Self { state, present: Files::new(), changed: BTreeSet::new(), foreign: BTreeMap::new() };
        let doubtful: Vec<&str> =
            listed.iter().filter(|(path, found)| survey.sort(path, found, wanted)).map(|(path, _)| path.as_str()).collect();
        let read = work::read_all(target, &doubtful, retry)?;
        for (path, fetched) in doubtful.into_iter().zip(read) {
            let tag = listed.get(path).and_then(|found| found.tag.as_deref());
            // What has gone since it was listed is as good as not there.
            if let Some(fetched) = fetched {
                survey.settle(path, &fetched, tag, wanted);
            }
        }
        Ok(survey)
    }

    /// Takes a file in as far as that can be done without reading it; tells whether it must be read.
    fn sort(&mut self, path: &str, found: &Found, wanted: &Files) -> bool {
        let interrupted = self.state.pending.contains_key(path);
        match self.state.site.get(path).or_else(|| self.state.leaving.get(path)) {
            Some(entry) if !interrupted => {
                let same_tag = entry.tag.is_none() || found.tag.is_none() || entry.tag == found.tag;
                if same_tag && entry.size == found.size {
                    self.present.insert(path.to_owned(), entry.clone());
                    return false;
                }
            }
            None if !interrupted => {
                let wanted = wanted.get(path);
                if !path.starts_with(OWN) {
                    self.foreign.insert(path.to_owned(), false);
                }
                return wanted.is_some_and(|entry| entry.size == found.size);
            }
            _ => {}
        }
        let possible = self.state.candidates(path).any(|entry| entry.size == found.size);
        if !possible {
            self.changed.insert(path.to_owned());
        }
        possible
    }

    /// Takes in a file that has been read.
    fn settle(&mut self, path: &str, fetched: &Fetched, tag: Option<&str>, wanted: &Files) {
        let headers = |entry: &Entry| fetched.headers.as_ref().is_none_or(|headers| *headers == entry.headers);
        let known = |entry: &Entry| Entry { tag: tag.map(str::to_owned), headers: headers_of(fetched, &entry.headers), ..entry.clone() };
        if self.foreign.contains_key(path) {
            let same = wanted.get(path).filter(|entry| entry.holds(&fetched.bytes) && headers(entry)).map(known);
            if let Some(entry) = same {
                self.foreign.insert(path.to_owned(), true);
                self.present.insert(path.to_owned(), entry);
            }
            return;
        }
        let mut holding: Vec<&Entry> = self.state.candidates(path).filter(|entry| entry.holds(&fetched.bytes)).collect();
        holding.sort_by_key(|entry| !headers(entry));
        match holding.first().map(|entry| known(entry)) {
            Some(entry) => drop(self.present.insert(path.to_owned(), entry)),
            None => drop(self.changed.insert(path.to_owned())),
        }
    }
}

/// The headers that a file has, or should have where the target does not tell.
fn headers_of(fetched: &Fetched, else_these: &Headers) -> Headers {
    fetched.headers.clone().unwrap_or_else(|| else_these.clone())
}
