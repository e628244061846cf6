//! Trying again, with longer and longer waits, what may go better then.

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use super::fault::{Fault, Kind};

/// The waits of a run: one more try for each.
#[derive(Debug)]
pub struct Retry {
    waits: Vec<Duration>,
    /// How often at the most; the last wait is repeated.
    times: usize,
    turn: AtomicU64,
}

/// The usual waits, in milliseconds; the last one is repeated.
const WAITS: [u64; 4] = [200, 800, 2_500, 6_000];

impl Default for Retry {
    fn default() -> Self {
        Self::times(WAITS.len())
    }
}

impl Retry {
    /// Tries again after each of these.
    pub fn after(waits: impl IntoIterator<Item = Duration>) -> Self {
        let waits: Vec<Duration> = waits.into_iter().collect();
        Self { times: waits.len(), waits, turn: AtomicU64::new(0) }
    }

    /// Tries again so often.
    pub fn times(times: usize) -> Self {
        Self { times, ..Self::after(WAITS.map(Duration::from_millis)) }
    }

    /// Does it until it is done, or fails in a way that will not pass, or no wait is left.
    ///
    /// # Errors
    ///
    /// The last fault.
    pub fn run<T>(&self, mut what: impl FnMut() -> Result<T, Fault>) -> Result<T, Fault> {
        for wait in self.waits.iter().chain(self.waits.last().into_iter().cycle()).take(self.times) {
            match what() {
                Err(Fault { kind: Kind::Passing, .. }) => thread::sleep(self.spread(*wait)),
                other => return other,
            }
        }
        what()
    }

    /// Between half the wait and all of it, so that many workers do not come back at the same moment.
    fn spread(&self, wait: Duration) -> Duration {
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        let part = u32::try_from(turn.wrapping_mul(7) % 16).unwrap_or_default();
        wait / 2 + wait / 32 * part
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_pass_is_tried_again() {
        let retry = Retry::after([Duration::ZERO; 3]);
        for (kind, tries) in [(Kind::Passing, 4), (Kind::Denied, 1)] {
            let mut count = 0;
            let result: Result<(), Fault> = retry.run(|| {
                count += 1;
                Err(Fault::new(kind, "no"))
            });
            assert!(result.is_err());
            assert_eq!(count, tries);
        }
        let mut count = 0;
        let result = retry.run(|| {
            count += 1;
            if count == 3 { Ok(count) } else { Err(Fault::new(Kind::Passing, "no")) }
        });
        assert_eq!(result, Ok(3));
    }
}
