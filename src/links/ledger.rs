//! The ledger of a run: outcomes go into the cache, and the cache to the disk every few moments.

use std::path::Path;
use std::time::{Duration, Instant};

use super::Options;
use super::cache::{Cache, Entry};
use super::outcome::Outcome;

/// Outcomes after which the cache is written.
const OUTCOMES: usize = 20;
/// The time after which it is written all the same.
pub(super) const MOMENT: Duration = Duration::from_secs(2);

/// Keeps what becomes of addresses. As long as no server at all has answered, a failure may be that of the network
/// here, and is kept apart.
#[derive(Debug)]
pub(super) struct Ledger<'p> {
    pub cache: Cache,
    path: &'p Path,
    now: u64,
    patience: Duration,
    online: bool,
    doubtful: Vec<(String, Outcome)>,
    unsaved: usize,
    saved: Instant,
    /// Why the cache could not be written.
    pub unwritten: Option<String>,
}

impl<'p> Ledger<'p> {
    pub(super) fn new(cache: Cache, path: &'p Path, options: &Options) -> Self {
        Self {
            cache,
            path,
            now: options.now,
            patience: options.patience,
            online: false,
            doubtful: Vec::new(),
            unsaved: 0,
            saved: Instant::now(),
            unwritten: None,
        }
    }

    /// Enters what became of an address.
    pub(super) fn enter(&mut self, key: &str, outcome: Outcome) {
        if outcome.answered() {
            self.believe();
        }
        if self.online {
            self.keep(key, outcome);
        } else {
            self.doubtful.push((key.to_owned(), outcome));
        }
        self.save_now_and_then();
    }

    /// The network is there: failures are what they look like.
    pub(super) fn believe(&mut self) {
        self.online = true;
        for (key, outcome) in std::mem::take(&mut self.doubtful) {
            self.keep(&key, outcome);
        }
    }

    /// Whether there are failures that may be those of the network here.
    pub(super) fn in_doubt(&self) -> bool {
        !self.doubtful.is_empty()
    }

    fn keep(&mut self, key: &str, outcome: Outcome) {
        let entry = Entry::after(self.cache.addresses.get(key), outcome, self.now, self.patience);
        self.cache.addresses.insert(key.to_owned(), entry);
        self.unsaved += 1;
    }

    /// Writes the cache if there is much to lose.
    pub(super) fn save_now_and_then(&mut self) {
        if self.unsaved >= OUTCOMES || (self.unsaved > 0 && self.saved.elapsed() >= MOMENT) {
            self.save();
        }
    }

    /// Writes the cache.
    pub(super) fn save(&mut self) {
        self.unwritten = self.cache.write(self.path).err().map(|error| error.to_string());
        self.unsaved = 0;
        self.saved = Instant::now();
    }
}
