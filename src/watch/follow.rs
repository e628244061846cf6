//! Following the author's files: what the system reports, gathered until a save is whole.
//!
//! A save is one event or twenty: a file is cut short and written, or another takes its name. Some time after the last
//! event all files are compared, in case one was missed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant, SystemTime};

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RenameMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::compare::Compared;
use super::pending::{Pending, Ready, Sign};
use super::{Signal, Whole};
use crate::output::{OutputError, Published};
use crate::read::snapshot::{FOLDERS, is_part};

/// After so much quiet, all files are compared.
const SETTLE: Duration = Duration::from_millis(1500);
/// How long what is due may be kept by reports that came before it.
const GRACE: Duration = Duration::from_millis(100);
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
    /// All has been quiet for a while, so that the files are to be compared, in case a change was not reported.
    Quiet,
    /// They were compared.
    Compared(Compared),
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
    /// How long files were when they were last saved.
    lengths: BTreeMap<String, u64>,
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
        let mut follower = Self {
            root,
            watcher,
            signals,
            pending: Pending::default(),
            lengths: BTreeMap::new(),
            settle: None,
            polls: false,
            seen: Vec::new(),
        };
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
            let due = self.pending.due().or(self.settle);
            // What was reported before it comes first, unless there is no end of reports.
            if due.is_some_and(|due| due + GRACE <= now)
                && let Some(batch) = self.hand_over()
            {
                return batch;
            }
            match self.signals.recv_timeout(due.map_or(LOOK, |due| due.saturating_duration_since(now).min(LOOK))) {
                Ok(Signal::Event(event)) => self.take(event),
                Ok(Signal::Whole(whole)) => return Batch::Whole(whole),
                Ok(Signal::Written(result)) => return Batch::Written(result),
                Ok(Signal::Compared(compared)) => return Batch::Compared(compared),
                Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return Batch::Stop,
                Err(RecvTimeoutError::Timeout) if due.is_some_and(|due| due <= Instant::now()) => {
                    if let Some(batch) = self.hand_over() {
                        return batch;
                    }
                }
                Err(RecvTimeoutError::Timeout) if self.seen != seen(&self.root) => self.pending.rescan(Instant::now()),
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    /// What was told of writing after the end.
    pub(super) fn left(&self) -> Option<Result<Published, OutputError>> {
        self.signals.try_iter().find_map(|signal| if let Signal::Written(result) = signal { Some(result) } else { None })
    }

    /// What is to be read now.
    fn hand_over(&mut self) -> Option<Batch> {
        let now = Instant::now();
        match self.pending.take(now) {
            Some(Ready::Paths(paths)) => {
                self.settle = Some(now + SETTLE);
                return Some(Batch::Paths(paths));
            }
            Some(Ready::All) => {
                self.attach();
                self.settle = None;
                return Some(Batch::All);
            }
            // What is still being written comes before all is compared.
            None if self.pending.due().is_some() || self.settle.is_none_or(|settle| settle > now) => return None,
            None if self.polls => self.attach(),
            None => {}
        }
        self.settle = None;
        Some(Batch::Quiet)
    }

    fn take(&mut self, event: notify::Result<Event>) {
        let now = Instant::now();
        let Some(event) = event.ok().filter(|event| !event.need_rescan()) else { return self.pending.rescan(now) };
        let Some(sign) = sign(event.kind) else { return };
        for file in event.paths {
            let Some(path) = file.strip_prefix(&self.root).ok().and_then(slashed) else { continue };
            if path.is_empty() || FOLDERS.contains(&path.as_str()) {
                self.pending.rescan(now);
            } else if is_part(&path, &FOLDERS) {
                if is_temporary(&path) {
                    self.settle = Some(now + SETTLE);
                } else {
                    let sign = seen_as(sign, &path, &file, &mut self.lengths);
                    self.pending.add(path, sign, now);
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

/// What an event says of its paths; nothing, where it is about reading.
fn sign(kind: EventKind) -> Option<Sign> {
    // Only Linux tells when a writer has closed a file.
    let closes = cfg!(target_os = "linux");
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Some(Sign::Saved),
        EventKind::Access(_) => None,
        EventKind::Create(CreateKind::File) if closes => Some(Sign::Made),
        EventKind::Modify(ModifyKind::Data(_)) if closes => Some(Sign::Written),
        EventKind::Modify(ModifyKind::Metadata(_)) if closes => Some(Sign::Touched),
        EventKind::Modify(ModifyKind::Name(RenameMode::To)) if closes => Some(Sign::Saved),
        // Each of the two names was reported by itself.
        EventKind::Modify(ModifyKind::Name(RenameMode::Both)) if closes => None,
        EventKind::Modify(ModifyKind::Name(RenameMode::From)) | EventKind::Remove(_) => Some(Sign::Gone),
        _ => Some(Sign::Changed),
    }
}

/// What an event says of a file, after a look at it. One that is empty is still to be written; one that has lost more
/// than half of its length may be, for a moment; and a second name of a file has all that the file holds.
fn seen_as(sign: Sign, path: &str, file: &Path, lengths: &mut BTreeMap<String, u64>) -> Sign {
    let found = matches!(sign, Sign::Saved | Sign::Made).then(|| std::fs::symlink_metadata(file)).and_then(Result::ok);
    match (sign, found) {
        (Sign::Saved, Some(found)) if found.is_file() && found.len() == 0 => Sign::Made,
        (Sign::Saved, Some(found)) if found.is_file() => {
            let before = lengths.insert(path.to_owned(), found.len());
            if before.is_some_and(|before| found.len() < before / 2) { Sign::Changed } else { Sign::Saved }
        }
        (Sign::Made, Some(found)) if found.is_symlink() || has_names(&found) => Sign::Changed,
        _ => sign,
    }
}

/// Whether a file has more than one name.
#[cfg(unix)]
fn has_names(found: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(found) > 1
}
#[cfg(not(unix))]
fn has_names(_: &Metadata) -> bool {
    false
}

fn slashed(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.components().map(|part| part.as_os_str().to_str()).collect();
    parts.map(|parts| parts.join("/"))
}

/// Whether a name is one that editors give to files for a moment. Such a file is a part of the briefing only if it is
/// still there when all has settled.
fn is_temporary(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let endings = [".tmp", ".swp", ".swx", ".bak", ".part", ".crdownload", ".crswap", ".vsctmp"];
    endings.iter().any(|end| name.ends_with(end))
        || name.contains("___jb_")
        || name.contains(".sb-")
        || (name.len() < 6 && name.bytes().all(|one| one.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{DataChange, RenameMode};

    #[test]
    fn reading_is_no_change_and_a_rename_is_a_whole_save() {
        let linux = |there, elsewhere| if cfg!(target_os = "linux") { there } else { elsewhere };
        assert_eq!(sign(EventKind::Access(AccessKind::Open(AccessMode::Any))), None);
        assert_eq!(sign(EventKind::Access(AccessKind::Close(AccessMode::Write))), Some(Sign::Saved));
        assert_eq!(sign(EventKind::Modify(ModifyKind::Name(RenameMode::To))), Some(linux(Sign::Saved, Sign::Changed)));
        assert_eq!(sign(EventKind::Modify(ModifyKind::Data(DataChange::Any))), Some(linux(Sign::Written, Sign::Changed)));
    }

    #[test]
    fn an_empty_file_is_still_to_be_written_and_a_second_name_is_whole() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let [empty, full, linked] = ["empty", "full", "linked"].map(|name| folder.path().join(name));
        std::fs::write(&empty, "").expect("a file");
        std::fs::write(&full, "words").expect("a file");
        let mut lengths = BTreeMap::new();
        let mut seen_as = |sign, file: &Path| seen_as(sign, "a.md", file, &mut lengths);
        assert_eq!([&empty, &full].map(|file| seen_as(Sign::Saved, file)), [Sign::Made, Sign::Saved]);
        std::fs::write(&full, "wor").expect("a file");
        assert_eq!([&full, &full].map(|file| seen_as(Sign::Saved, file)), [Sign::Saved; 2], "shorter");
        std::fs::write(&full, "words and more words").expect("a file");
        assert_eq!(seen_as(Sign::Saved, &full), Sign::Saved);
        std::fs::write(&full, "words").expect("a file");
        assert_eq!(seen_as(Sign::Saved, &full), Sign::Changed, "much shorter");
        assert_eq!([&full, &linked].map(|file| seen_as(Sign::Made, file)), [Sign::Made; 2]);
        std::fs::hard_link(&full, &linked).expect("a second name");
        assert_eq!(seen_as(Sign::Made, &linked), if cfg!(unix) { Sign::Changed } else { Sign::Made });
    }

    /// What is handed over at last after these events on the file `content/a.md`.
    fn handed(root: &Path, events: Vec<notify::Result<Event>>) -> Batch {
        let (send, signals) = std::sync::mpsc::channel();
        let mut follower = Follower::start(root, (send.clone(), signals));
        for event in events {
            send.send(Signal::Event(event)).expect("somebody listens");
        }
        follower.next()
    }

    #[test]
    fn where_the_system_has_lost_reports_all_files_are_compared() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let saved = || Event::new(EventKind::Access(AccessKind::Close(AccessMode::Write))).add_path(root.path().join("content/a.md"));
        let lost = Event::new(EventKind::Other).set_flag(notify::event::Flag::Rescan);
        let Batch::Paths(paths) = handed(root.path(), vec![Ok(saved())]) else { panic!("one path") };
        assert_eq!(paths.into_iter().collect::<Vec<_>>(), ["content/a.md"]);
        assert!(matches!(handed(root.path(), vec![Ok(saved()), Ok(lost), Ok(saved())]), Batch::All));
        assert!(matches!(handed(root.path(), vec![Err(notify::Error::generic("no more"))]), Batch::All));
    }

    #[test]
    fn what_editors_leave_for_a_moment_is_known() {
        for name in ["4913", "a.md.tmp", "a.md___jb_tmp___", "a.md.sb-1a2b3c4d-x5y6z7", "a.md.crswap"] {
            assert!(is_temporary(&format!("content/{name}")), "{name}");
        }
        for name in ["a.md", "2024-steel.md", "tmp.md", "4913.md"] {
            assert!(!is_temporary(&format!("content/{name}")), "{name}");
        }
        for name in ["a.md~", "#a.md#", ".#a.md", ".a.md.swp", ".git/HEAD", ".hg/store"] {
            assert!(!is_part(&format!("content/{name}"), &FOLDERS), "{name}");
        }
    }
}
