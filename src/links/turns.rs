//! Turns: a host gets one request at a time, with a pause between two, whoever asks.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// When the last request to a host ended.
type Last = Arc<Mutex<Option<Instant>>>;

/// The turns of all hosts.
#[derive(Debug, Default)]
pub(super) struct Turns {
    delay: Duration,
    hosts: Mutex<BTreeMap<String, Last>>,
}

impl Turns {
    /// Turns with this pause.
    pub(super) fn new(delay: Duration) -> Self {
        Self { delay, hosts: Mutex::default() }
    }

    /// Waits for the host's turn, then acts. Nobody holds two turns, so nobody waits for ever.
    pub(super) fn take<T>(&self, host: &str, act: impl FnOnce() -> T) -> T {
        let turn = lock(&self.hosts).entry(host.to_owned()).or_default().clone();
        let mut last = lock(&turn);
        if let Some(last) = *last {
            thread::sleep(self.delay.saturating_sub(last.elapsed()));
        }
        let result = act();
        *last = Some(Instant::now());
        result
    }
}

/// What a lock guards here is whole at any moment, also after a panic.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
