//! All files are compared with what is known of them, in case no report came of a change. Nobody waits for it.

use std::path::Path;
use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};

use super::Signal;
use crate::output::stand_back;
use crate::read::snapshot::{FOLDERS, Snapshot};

/// What the files hold, as they were found by a comparison.
pub(super) struct Compared {
    /// The turn of the session in which it was begun: what was read since then is newer.
    pub(super) turn: usize,
    /// The files.
    pub(super) fresh: Snapshot,
}

/// Compares in the background, and tells what was found.
pub(super) fn compare(root: &Path, known: &Snapshot, turn: usize, signals: Sender<Signal>) -> std::io::Result<JoinHandle<()>> {
    let (root, known) = (root.to_owned(), known.clone());
    thread::Builder::new().name("compare".to_owned()).spawn(move || {
        stand_back();
        let fresh = known.renewed(&root, &FOLDERS);
        // Nobody listens any more once the session ends.
        let _ = signals.send(Signal::Compared(Compared { turn, fresh }));
    })
}
