//! The folder of the site follows in the background, in one step each time, once there is nothing more urgent.

use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::{Signal, is_there};
use crate::output::{OutFile, Protected, publish};

/// How long the author must have been quiet.
const QUIET: Duration = Duration::from_millis(400);

/// How long to wait after a failure.
const RETRY: Duration = Duration::from_secs(3);

/// A site that is to be written.
pub(super) struct Job {
    /// Where to.
    pub(super) dest: PathBuf,
    /// What must not be written over.
    pub(super) protected: Protected,
    /// All files.
    pub(super) files: Vec<OutFile>,
}

#[derive(Default)]
struct Slot {
    job: Option<Job>,
    stop: bool,
}

#[derive(Default)]
struct Shared {
    slot: Mutex<Slot>,
    changed: Condvar,
}

impl Shared {
    fn slot(&self) -> MutexGuard<'_, Slot> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps what could not be written, unless there is something newer: what stands in its way may go by itself.
    fn again(&self, job: Job) {
        let mut slot = self.slot();
        if !slot.stop && slot.job.is_none() {
            slot.job = Some(job);
            // Something newer, the call to stop, or errors that call it off end the wait.
            drop(self.changed.wait_timeout(slot, RETRY));
        }
    }
}

/// Writes the last good site.
pub(super) struct Writer {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread that writes. How it went is told by a signal.
    pub(super) fn start(signals: Sender<Signal>) -> std::io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let own = shared.clone();
        let thread = thread::Builder::new().name("writer".to_owned()).spawn(move || {
            while let Some(job) = next(&own) {
                if !is_there(&job.protected.root) {
                    // On a disk that has gone away, nothing is to be made in its place.
                    own.again(job);
                    continue;
                }
                let result = publish(&job.dest, &job.protected, &job.files);
                let failed = result.is_err();
                // Nobody listens any more once the session ends.
                let _ = signals.send(Signal::Written(result));
                if failed {
                    own.again(job);
                }
            }
        })?;
        Ok(Self { shared, thread: Some(thread) })
    }

    /// Replaces what is still to be written; nothing is, while the briefing has errors.
    pub(super) fn put(&self, job: Option<Job>) {
        self.shared.slot().job = job;
        self.shared.changed.notify_all();
    }

    /// Writes what is still to be written, and ends.
    pub(super) fn finish(mut self) {
        self.shared.slot().stop = true;
        self.shared.changed.notify_all();
        if let Some(thread) = self.thread.take() {
            // A thread that has failed has nothing more to write.
            let _ = thread.join();
        }
    }
}

/// Waits for a job, and then until nothing has come for a while.
fn next(shared: &Shared) -> Option<Job> {
    let mut slot = shared.slot();
    while slot.job.is_none() {
        if slot.stop {
            return None;
        }
        slot = shared.changed.wait(slot).unwrap_or_else(PoisonError::into_inner);
    }
    while !slot.stop {
        let (woken, timeout) = shared.changed.wait_timeout(slot, QUIET).unwrap_or_else(PoisonError::into_inner);
        slot = woken;
        if timeout.timed_out() {
            break;
        }
    }
    match slot.job.take() {
        Some(job) => Some(job),
        // It was called off.
        None if slot.stop => None,
        None => {
            drop(slot);
            next(shared)
        }
    }
}
