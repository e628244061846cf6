//! Many files at once: batches that several workers take in turn, until one fails.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use super::fault::Fault;
use super::retry::Retry;
use super::target::{Fetched, Target};

/// What is done for a batch: something for each of its items, or nothing.
pub(super) type Work<'w, I, T> = &'w (dyn Fn(&[I]) -> Result<Vec<T>, Fault> + Sync);

/// Does something for each batch of items, on several threads. After a fault no batch is begun, and those that are under
/// way are waited for; the first fault in the order of items is told.
pub(super) fn batches<I: Sync, T: Send>(items: &[I], size: usize, workers: usize, what: Work<'_, I, T>) -> Result<Vec<T>, Fault> {
    let batches: Vec<&[I]> = items.chunks(size.max(1)).collect();
    let next = AtomicUsize::new(0);
    let failed = AtomicBool::new(false);
    let done = Mutex::new(Vec::new());
    let worker = || {
        while !failed.load(Ordering::Acquire) {
            let turn = next.fetch_add(1, Ordering::Relaxed);
            let Some(batch) = batches.get(turn) else { break };
            let result = what(batch);
            if result.is_err() {
                failed.store(true, Ordering::Release);
            }
            done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((turn, result));
        }
    };
    thread::scope(|scope| {
        for _ in 1..workers.min(batches.len()) {
            scope.spawn(worker);
        }
        worker();
    });
    let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_by_key(|(turn, _)| *turn);
    let mut all = Vec::with_capacity(items.len());
    for (_, result) in done {
        all.extend(result?);
    }
    Ok(all)
}

/// Reads many files.
pub(super) fn read_all(target: &dyn Target, paths: &[&str], retry: &Retry) -> Result<Vec<Option<Fetched>>, Fault> {
    let abilities = target.abilities();
    batches(paths, abilities.batch, abilities.workers, &|batch: &[&str]| retry.run(|| target.read(batch)))
}
