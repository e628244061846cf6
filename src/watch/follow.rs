//! Following the author's files: what the system reports, gathered until a save is whole.
//!
//! A save is one event or twenty: a file is cut short and written, or another takes its name. What ends one (a file is
//! closed, a name has moved) is answered at once, and the milliseconds after it are awaited for the rest. What only
//! begins one is awaited for longer. Some time after the last event all files are compared, in case one was missed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant, SystemTime};

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::{Signal, Whole};
use crate::output::{OutputError, Published};
use crate::read::snapshot::{FOLDERS, is_part};

/// How long to wait for more after what ends a save, and after one of many.
const ABSORB: Duration = Duration::from_millis(5);
const ABSORB_MANY: Duration = Duration::from_millis(40);
/// How many paths are many.
const MANY: usize = 30;
/// How long to wait for the end of a save after what begins one.
const PATIENCE: Duration = Duration::from_millis(50);
/// After this time nobody is kept waiting, whatever goes on.
const LONGEST: Duration = Duration::from_secs(1);
/// After so much quiet, all files are compared.
const SETTLE: Duration = Duration::from_millis(1500);
/// How often files are compared that the system does not report.
const POLL: Duration = Duration::from_secs(1);
/// How often to look whether the folders are still the ones that are followed. When a disk goes away or comes back,
/// the system reports nothing.
const LOOK: Duration = Duration::from_secs(2);

/// What is to be done next.
pub(super) enum Batch {
    /// These paths from the root may have changed.
    Paths(BTreeSet<String>),
    /// Anything may have changed.
    All,
    /// All files of the site were made.
    Whole(Whole),
    /// The site was written, or could not be.
    Written(Result<Published, OutputError>),
    /// The end.
    Stop,
}

/// Follows the files of a briefing.
pub(super) struct Follower {
    root: PathBuf,
    watcher: Option<RecommendedWatcher>,
    signals: Receiver<Signal>,
    pending: Pending,
    /// When all files are to be compared.
    settle: Option<Instant>,
    /// Whether the system reports nothing, or not all.
    polls: bool,
    /// The folders that are followed.
    seen: Vec<Option<Identity>>,
}

impl Follower {
    /// Begins to follow. Where the system cannot report changes, files are compared from time to time.
    pub(super) fn start(root: &Path, (send, signals): (Sender<Signal>, Receiver<Signal>)) -> Self {
        let watcher = notify::recommended_watcher(move |event| {
            // Nobody listens any more once the session ends.
            let _ = send.send(Signal::Event(event));
        });
        let (watcher, root) = (watcher.ok(), root.to_owned());
        let mut follower = Self { root, watcher, signals, pending: Pending::default(), settle: None, polls: false, seen: Vec::new() };
        follower.attach();
        follower
    }

    /// Whether changes are found by comparing, because the system does not report them.
    pub(super) fn polls(&self) -> bool {
        self.polls
    }

    /// Asks for reports on all folders that are there. Those that are followed already stay so.
    fn attach(&mut self) {
        self.seen = seen(&self.root);
        let Some(watcher) = &mut self.watcher else {
            self.polls = true;
            return;
        };
        let mut fine = watcher.watch(&self.root, RecursiveMode::NonRecursive).is_ok();
        for folder in FOLDERS.iter().map(|name| self.root.join(name)).filter(|folder| folder.is_dir()) {
            fine &= watcher.watch(&folder, RecursiveMode::Recursive).is_ok();
        }
        self.polls = !fine;
    }

    /// Waits for the next thing to do.
    pub(super) fn next(&mut self) -> Batch {
        if self.polls {
            self.settle.get_or_insert_with(|| Instant::now() + POLL);
        }
        loop {
            let now = Instant::now();
            let due = self.pending.due.or(self.settle);
            if due.is_some_and(|due| due <= now) {
                return self.hand_over();
            }
            let wait = due.map_or(LOOK, |due| (due - now).min(LOOK));
            match self.signals.recv_timeout(wait) {
                Ok(Signal::Event(event)) => self.take(event),
                Ok(Signal::Whole(whole)) => return Batch::Whole(whole),
                Ok(Signal::Written(result)) => return Batch::Written(result),
                Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return Batch::Stop,
                Err(RecvTimeoutError::Timeout) if self.seen != seen(&self.root) => self.pending.rescan(),
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    /// What was told of writing after the end.
    pub(super) fn left(&self) -> Option<Result<Published, OutputError>> {
        self.signals.try_iter().find_map(|signal| if let Signal::Written(result) = signal { Some(result) } else { None })
    }

    fn hand_over(&mut self) -> Batch {
        let pending = std::mem::take(&mut self.pending);
        if pending.due.is_some() && !pending.all {
            self.settle = Some(Instant::now() + SETTLE);
            return Batch::Paths(pending.paths);
        }
        self.settle = None;
        if pending.all || self.polls {
            self.attach();
        }
        Batch::All
    }

    fn take(&mut self, event: notify::Result<Event>) {
        let Ok(event) = event else { return self.pending.rescan() };
        if event.need_rescan() {
            return self.pending.rescan();
        }
        let Some(weight) = weight(event.kind) else { return };
        for path in event.paths {
            let Some(path) = path.strip_prefix(&self.root).ok().and_then(slashed) else { continue };
            if path.is_empty() || FOLDERS.contains(&path.as_str()) {
                self.pending.rescan();
            } else if is_part(&path, &FOLDERS) {
                if is_temporary(&path) {
                    self.settle = Some(Instant::now() + SETTLE);
                } else {
                    self.pending.add(path, weight);
                }
            }
        }
    }
}

/// What tells one folder from another that stands in its place later.
type Identity = (Option<SystemTime>, u64, u64);

/// The root and the folders of the briefing, where they are there.
fn seen(root: &Path) -> Vec<Option<Identity>> {
    let identity = |folder: PathBuf| {
        let found = std::fs::metadata(folder).ok().filter(std::fs::Metadata::is_dir)?;
        #[cfg(unix)]
        let (device, number) = (std::os::unix::fs::MetadataExt::dev(&found), std::os::unix::fs::MetadataExt::ino(&found));
        #[cfg(not(unix))]
        let (device, number) = (0, 0);
        Some((found.created().ok(), device, number))
    };
    std::iter::once(root.to_owned()).chain(FOLDERS.iter().map(|name| root.join(name))).map(identity).collect()
}

/// What was reported since the last batch.
#[derive(Default)]
struct Pending {
    paths: BTreeSet<String>,
    all: bool,
    first: Option<Instant>,
    due: Option<Instant>,
}

impl Pending {
    fn add(&mut self, path: String, weight: Weight) {
        self.paths.insert(path);
        let many = self.all || self.paths.len() > MANY;
        self.wait(match weight {
            Weight::End if many => ABSORB_MANY,
            Weight::End => ABSORB,
            Weight::Begin => PATIENCE,
        });
    }

    fn rescan(&mut self) {
        self.all = true;
        self.wait(ABSORB_MANY);
    }

    fn wait(&mut self, time: Duration) {
        let now = Instant::now();
        let first = *self.first.get_or_insert(now);
        self.due = Some((now + time).min(first + LONGEST));
    }
}

/// What an event says of a save.
#[derive(Clone, Copy)]
enum Weight {
    /// It begins, or goes on.
    Begin,
    /// It has ended.
    End,
}

/// What an event weighs; nothing, where it is about reading.
fn weight(kind: EventKind) -> Option<Weight> {
    // Only Linux tells when a writer has closed a file.
    let closes = cfg!(target_os = "linux");
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Some(Weight::End),
        EventKind::Access(_) => None,
        EventKind::Create(CreateKind::File) | EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_)) if closes => {
            Some(Weight::Begin)
        }
        _ => Some(Weight::End),
    }
}

fn slashed(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.components().map(|part| part.as_os_str().to_str()).collect();
    parts.map(|parts| parts.join("/"))
}

/// Whether a name is one that editors give to files for a moment. Such a file is a part of the briefing only if it is
/// still there when all has settled.
fn is_temporary(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let endings = ["~", ".tmp", ".swp", ".swx", ".bak", ".part", ".crdownload"];
    endings.iter().any(|end| name.ends_with(end))
        || name.starts_with('#')
        || name.contains("___jb_")
        || (name.len() < 6 && name.bytes().all(|one| one.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{DataChange, RenameMode};

    #[test]
    fn reading_is_no_change_and_a_rename_is_a_whole_save() {
        let weigh = |kind| weight(kind).map(|one| matches!(one, Weight::End));
        assert_eq!(weigh(EventKind::Access(AccessKind::Open(AccessMode::Any))), None);
        assert_eq!(weigh(EventKind::Access(AccessKind::Close(AccessMode::Write))), Some(true));
        assert_eq!(weigh(EventKind::Modify(ModifyKind::Name(RenameMode::To))), Some(true));
        assert_eq!(weigh(EventKind::Modify(ModifyKind::Data(DataChange::Any))), Some(!cfg!(target_os = "linux")));
    }

    #[test]
    fn what_editors_leave_for_a_moment_is_known() {
        for name in ["a.md~", "4913", "#a.md#", "a.md.tmp", "a.md___jb_tmp___"] {
            assert!(is_temporary(&format!("content/{name}")), "{name}");
        }
        for name in ["a.md", "2024-steel.md", "tmp.md", "4913.md"] {
            assert!(!is_temporary(&format!("content/{name}")), "{name}");
        }
    }
}
