//! A hook for tests: stop the process at a chosen moment, so that it can be killed there.
//!
//! `POSTIL_TEST_STOP` names the moment: `before-swap`, `after-swap`, or `mid-write:N` for the moment when
//! N files are staged. The process then stops itself (SIGSTOP), which a test can wait for. Without the
//! variable, which nobody sets by accident, this does nothing.

use std::env;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A moment in a publication.
#[derive(Debug, Clone, Copy)]
pub(super) enum Point {
    /// A file has been staged.
    FileWritten,
    /// The new site is complete and on the disk.
    BeforeSwap,
    /// The new site is in its place, the old one not yet removed.
    AfterSwap,
}

static WANTED: LazyLock<Option<String>> = LazyLock::new(|| env::var("POSTIL_TEST_STOP").ok());
static WRITTEN: AtomicUsize = AtomicUsize::new(0);

/// Stop here for good, if this is the moment that was asked for.
pub(super) fn at(point: Point) {
    let Some(wanted) = WANTED.as_deref() else {
        return;
    };
    let here = match point {
        Point::BeforeSwap => wanted == "before-swap",
        Point::AfterSwap => wanted == "after-swap",
        Point::FileWritten => {
            let written = WRITTEN.fetch_add(1, Ordering::Relaxed) + 1;
            wanted.strip_prefix("mid-write:").is_some_and(|n| n.parse() == Ok(written))
        }
    };
    if here {
        #[cfg(unix)]
        let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::STOP);
        // The signal may arrive a little later, and this must not go on meanwhile.
        loop {
            std::thread::park();
        }
    }
}
