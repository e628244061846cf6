//! The folder of the site follows in the background, in one step each time, once there is nothing more urgent.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::session::{FAULT, failed};
use super::site::Site;
use super::{Signal, Whole, is_there};
use crate::build;
use crate::output::{Protected, publish, stand_back};

/// How long the author must have been quiet before anything is written.
const QUIET: Duration = Duration::from_millis(400);

/// How long to wait after a failure.
const RETRY: Duration = Duration::from_secs(3);

/// A site that is to be made whole, and written.
pub(super) struct Job {
    /// What must not be written over.
    pub(super) protected: Protected,
    /// The site, of which some pages were made already.
    pub(super) site: Arc<Site>,
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
    /// Counts what was put, so that work on an older site ends.
    turn: AtomicUsize,
}

impl Shared {
    fn slot(&self) -> MutexGuard<'_, Slot> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until the slot is as it is wanted, or the time is over.
    fn wait(&self, until: Option<Instant>, wanted: impl Fn(&Slot) -> bool) -> MutexGuard<'_, Slot> {
        let mut slot = self.slot();
        while !wanted(&slot) {
            let left = until.map(|until| until.saturating_duration_since(Instant::now()));
            slot = match left {
                Some(Duration::ZERO) => return slot,
                Some(left) => self.changed.wait_timeout(slot, left).unwrap_or_else(PoisonError::into_inner).0,
                None => self.changed.wait(slot).unwrap_or_else(PoisonError::into_inner),
            };
        }
        slot
    }
}

/// Makes the last good site whole, and writes it.
pub(super) struct Writer {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread that writes. How it went is told by signals.
    pub(super) fn start(signals: Sender<Signal>) -> std::io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let work = Work { shared: shared.clone(), pool: pool().map_err(std::io::Error::other)?, signals };
        let thread = thread::Builder::new().name("writer".to_owned()).spawn(move || work.run())?;
        Ok(Self { shared, thread: Some(thread) })
    }

    /// Replaces what is still to be made and written. Nothing is, while the briefing has errors or is just being read.
    pub(super) fn put(&self, job: Option<Job>) {
        let mut slot = self.shared.slot();
        slot.job = job;
        self.shared.turn.fetch_add(1, Ordering::Relaxed);
        drop(slot);
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

/// Threads of its own, one fewer than there are cores, which stand back where the system can order threads; so that an
/// edit finds one that is free.
fn pool() -> Result<ThreadPool, rayon::ThreadPoolBuildError> {
    let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    ThreadPoolBuilder::new().num_threads(cores.saturating_sub(1).max(1)).start_handler(|_| stand_back()).build()
}

/// What the thread works with.
struct Work {
    shared: Arc<Shared>,
    pool: ThreadPool,
    signals: Sender<Signal>,
}

impl Work {
    fn run(&self) {
        stand_back();
        while let Some((job, turn)) = self.next() {
            let since = Instant::now();
            let is_old = || self.shared.turn.load(Ordering::Relaxed) != turn;
            let Some(build::Whole { files, diagnostics }) = self.complete(&job.site, &is_old) else { continue };
            let is_good = !diagnostics.has_errors();
            // Nobody listens any more once the session ends.
            let _ = self.signals.send(Signal::Whole(Whole { site: job.site.clone(), diagnostics }));
            self.wait(since + QUIET, &is_old);
            while is_good && !is_old() && !self.write(&job, &files) && !self.shared.slot().stop {
                // What stands in the way may go by itself.
                self.wait(Instant::now() + RETRY, &is_old);
            }
        }
    }

    /// Waits for the time, unless something newer comes, or the end.
    fn wait(&self, until: Instant, is_old: &dyn Fn() -> bool) {
        drop(self.shared.wait(Some(until), |slot| slot.stop || is_old()));
    }

    /// Writes the site, and tells how it went. What was written need not be kept in memory. On a disk that has gone away,
    /// nothing is made in its place.
    fn write(&self, job: &Job, files: &[build::File<'_>]) -> bool {
        if !is_there(&job.protected.root) {
            return false;
        }
        let result = self.pool.install(|| publish(&job.site.dest, &job.protected, files));
        let is_written = result.is_ok();
        if is_written {
            job.site.edition.let_go();
        }
        let _ = self.signals.send(Signal::Written(result));
        is_written
    }

    /// Waits for the next job, and gives its turn with it; nothing at the end.
    fn next(&self) -> Option<(Job, usize)> {
        let mut slot = self.shared.wait(None, |slot| slot.stop || slot.job.is_some());
        let job = slot.job.take()?;
        Some((job, self.shared.turn.load(Ordering::Relaxed)))
    }

    /// Makes what is left to be made, unless a newer site comes. A fault of the program ends no session.
    fn complete<'s>(&self, site: &'s Site, is_old: &(dyn Fn() -> bool + Sync)) -> Option<build::Whole<'s>> {
        let whole = || self.pool.install(|| site.edition.whole(&*site.cache, is_old));
        let failed = || build::Whole { diagnostics: failed(FAULT), ..build::Whole::default() };
        catch_unwind(AssertUnwindSafe(whole)).unwrap_or_else(|_| Some(failed()))
    }
}
