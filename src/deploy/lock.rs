//! One deploy at a time: a file at the target that a run puts there only if it is not there yet.
//!
//! The holder writes it anew every few seconds. Whoever finds it watches it: as long as it changes, its run lives, and
//! when it does not, the run is gone. So no clock is compared with another one. A run of the same project that was killed
//! is known at once by the token that it left beside the project. The file tells who its holder is, for whoever has to wait.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::fault::{Fault, Kind};
use super::headers::Headers;
use super::retry::Retry;
use super::target::{Condition, Target, Upload, Version};

/// Where it stands.
pub(super) const PATH: &str = ".postil/deploy-lock.json";

/// How often a lock that was spoilt is taken again.
const TRIES: usize = 3;

/// Characters of a holder's name that a message shows.
const LONGEST_NAME: usize = 100;

/// How a lock is kept and watched.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// How often the holder writes it anew.
    pub beat: Duration,
    /// How often another run looks at it.
    pub look: Duration,
    /// After how long without a change its run counts as gone.
    pub patience: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { beat: seconds(10), look: seconds(2), patience: seconds(35) }
    }
}

/// What the file says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Note {
    token: String,
    beat: u64,
    /// Its holder, for a message.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    by: String,
    /// Its run has ended without success, and nobody holds it.
    #[serde(default)]
    free: bool,
}

/// The lock, held.
pub(super) struct Lock<'t> {
    target: &'t dyn Target,
    retry: &'t Retry,
    token: String,
    by: String,
    pace: Pace,
    state: Mutex<Beating>,
    wake: Condvar,
    /// Whether the target keeps to conditions: else two runs may both believe that they hold it.
    pub(super) honoured: bool,
}

#[derive(Debug, Default)]
struct Beating {
    ended: bool,
    /// Whose note was found in the place of ours.
    lost: Option<Note>,
}

/// A new token, unlike any other.
pub(super) fn token() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", random(), random())
}

impl<'t> Lock<'t> {
    /// Takes the lock under this token. `before` are the tokens of this project's last runs, which have ended.
    pub(super) fn take(target: &'t dyn Target, token: &str, before: &[String], pace: Pace, retry: &'t Retry) -> Result<Self, Fault> {
        let (token, by) = (token.to_owned(), super::own::holder());
        let mut lock = Self { target, retry, token, by, pace, state: Mutex::default(), wake: Condvar::new(), honoured: true };
        for _ in 0..TRIES {
            lock.enter(before)?;
            // The same file once more, as if it were not there yet: who takes that ignores conditions.
            lock.honoured = match retry.run(|| target.write_if(&lock.note(0, false), &Condition::Absent)) {
                Err(Fault { kind: Kind::Condition, .. }) => true,
                Err(Fault { kind: Kind::Unknown, .. }) | Ok(()) => false,
                Err(fault) => return Err(fault),
            };
            match lock.look()? {
                Some((note, _)) if note.token == lock.token => return Ok(lock),
                Some((note, _)) if !note.token.is_empty() => return Err(busy(&note)),
                // What came late from a run that was cut off has spoilt it.
                _ => std::thread::sleep(pace.look),
            }
        }
        Err(Fault::new(Kind::Busy, "the lock of the target is spoilt again and again by another run"))
    }

    fn enter(&self, before: &[String]) -> Result<(), Fault> {
        let mut seen: Option<(Note, Instant)> = None;
        loop {
            let condition = match self.look()? {
                None => Condition::Absent,
                Some((note, _)) if note.token == self.token => return Ok(()),
                Some((note, version)) if note.free || before.contains(&note.token) => Condition::Still(version),
                Some((note, version)) => match &seen {
                    Some((last, _)) if *last != note => return Err(busy(&note)),
                    Some((_, since)) if since.elapsed() >= self.pace.patience => Condition::Still(version),
                    _ => {
                        seen.get_or_insert((note, Instant::now()));
                        std::thread::sleep(self.pace.look);
                        continue;
                    }
                },
            };
            match self.retry.run(|| self.target.write_if(&self.note(0, false), &condition)) {
                // Somebody else was faster, or this very request came through although it seemed to fail: look again.
                Err(Fault { kind: Kind::Condition, .. }) => {}
                // The target knows no such condition; the probe will tell.
                Err(Fault { kind: Kind::Unknown, .. }) => {
                    self.retry.run(|| self.target.write(&[self.note(0, false)]))?;
                }
                other => other?,
            }
        }
    }

    /// Keeps the lock fresh until it is given back. For a thread of its own.
    pub(super) fn keep_fresh(&self) {
        let mut beat = 0;
        loop {
            let state = self.state();
            let (state, waited) = self.wake.wait_timeout(state, self.pace.beat).unwrap_or_else(PoisonError::into_inner);
            if state.ended {
                return;
            }
            drop(state);
            if !waited.timed_out() {
                continue;
            }
            beat += 1;
            // What cannot be read or written now is tried again with the next beat.
            match self.look() {
                Ok(Some((note, _))) if note.token != self.token && !note.token.is_empty() => self.state().lost = Some(note),
                Ok(_) => drop(self.target.write(&[self.note(beat, false)])),
                Err(_) => {}
            }
        }
    }

    /// Says so if another run has taken the lock.
    pub(super) fn check(&self) -> Result<(), Fault> {
        match &self.state().lost {
            Some(note) => Err(Fault::new(Kind::Busy, format!("{} has taken the lock of the target", another(note)))),
            None => Ok(()),
        }
    }

    /// Ends the beats, on whatever way out.
    pub(super) fn end(&self) {
        self.state().ended = true;
        self.wake.notify_all();
    }

    /// Gives the lock back. After a run that failed nothing is removed at the target, not even this.
    pub(super) fn give_back(&self, done: bool) {
        // If this fails, the next run finds that nobody keeps it fresh.
        let _ = if done { self.target.remove(&[PATH]) } else { self.target.write(&[self.note(0, true)]).map(drop) };
    }

    fn state(&self) -> MutexGuard<'_, Beating> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn look(&self) -> Result<Option<(Note, Version)>, Fault> {
        let found = self.retry.run(|| self.target.read(&[PATH]))?.pop().flatten();
        Ok(found.map(|found| {
            // What cannot be read was not written by a run that lives.
            let none = Note { token: String::new(), beat: 0, by: String::new(), free: true };
            (serde_json::from_slice(&found.bytes).unwrap_or(none), found.version)
        }))
    }

    fn note(&self, beat: u64, free: bool) -> Upload {
        // Nobody waits for a run that has ended, so that its name is nobody's business.
        let by = if free { String::new() } else { self.by.clone() };
        let note = Note { token: self.token.clone(), beat, by, free };
        let bytes = serde_json::to_vec(&note).expect("texts and numbers always serialise");
        Upload { path: PATH.to_owned(), bytes, headers: Headers::own() }
    }
}

fn busy(note: &Note) -> Fault {
    Fault::new(Kind::Busy, format!("{} deploys to the same target", another(note)))
}

/// The run of a note, as a message names it.
fn another(note: &Note) -> String {
    // Whoever may write there may write anything.
    let by: String = note.by.chars().filter(|one| !one.is_control()).take(LONGEST_NAME).collect();
    if by.is_empty() { "another run".to_owned() } else { format!("another run ({by})") }
}
