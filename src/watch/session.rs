//! A session: from the first build to the signal to stop.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::compare::compare;
use super::follow::{Batch, Follower};
use super::guard::Names;
use super::panel::panel;
use super::server::{self, Door};
use super::site::Site;
use super::writer::{Job, Writer};
use super::{News, Plan, Round, Shown, Trouble, Whole, is_there};
use crate::budget;
use crate::build::{Edition, Memo, edition};
use crate::output::{Cache, Protected};
use crate::read::snapshot::{FOLDERS, Snapshot};
use crate::text::{Diagnostic, Diagnostics, Place, Span, rules};

/// Watches until the signal to stop, and writes then what is still to be written.
///
/// # Errors
/// Nothing can be served. Whatever happens later is told, and lived with.
pub fn run(plan: &Plan<'_>, tell: &mut dyn FnMut(News<'_>)) -> Result<(), Trouble> {
    let (send, signals) = mpsc::channel();
    let door = Door::open(plan.port).map_err(|error| Trouble::Port(plan.port, error))?;
    let address = server::address(door.port);
    let (show, shown) = watch::channel(Arc::<Shown>::default());
    server::serve(door, Names::new(&plan.hosts), shown, send.clone()).map_err(Trouble::Io)?;
    tell(News::Serving { address: &address });
    let writer = Writer::start(send.clone()).map_err(Trouble::Io)?;
    // Files are followed before they are read, so that no change falls between.
    let mut follower = Follower::start(&plan.root, (send.clone(), signals));
    let mut polls = false;
    let cache = Arc::new(Cache::of(&plan.root));
    let mut session = Session { plan, cache, memo: memo_of(plan), snapshot: Snapshot::default(), now: Now::default(), show, writer };
    session.snapshot = Snapshot::read(&plan.root, &FOLDERS);
    session.build(tell);
    let mut turn = 0;
    let mut comparison: Option<JoinHandle<()>> = None;
    loop {
        if follower.polls() && !std::mem::replace(&mut polls, follower.polls()) {
            tell(News::Polling);
        }
        let fresh = match follower.next() {
            Batch::Paths(paths) => session.snapshot.refreshed(&plan.root, &FOLDERS, &paths),
            Batch::All => session.snapshot.renewed(&plan.root, &FOLDERS),
            // One that takes that long is still to come to an end.
            Batch::Quiet if comparison.as_ref().is_some_and(|one| !one.is_finished()) => continue,
            Batch::Quiet => match compare(&plan.root, &session.snapshot, turn, send.clone()) {
                Ok(begun) => {
                    comparison = Some(begun);
                    continue;
                }
                Err(_) => session.snapshot.renewed(&plan.root, &FOLDERS),
            },
            // What was saved meanwhile is newer, and will be compared in its turn.
            Batch::Compared(compared) if compared.turn != turn => continue,
            Batch::Compared(compared) => compared.fresh,
            Batch::Whole(whole) => {
                session.whole(whole, tell);
                continue;
            }
            Batch::Written(Ok(published)) => {
                tell(News::Written(&published));
                continue;
            }
            Batch::Written(Err(error)) => {
                tell(News::Unwritten(&error));
                continue;
            }
            Batch::Stop => break,
        };
        if fresh != session.snapshot {
            turn += 1;
            session.snapshot = fresh;
            session.build(tell);
        }
    }
    session.end(tell);
    // What the last writing came to.
    while let Some(result) = follower.left() {
        match result {
            Ok(published) => tell(News::Written(&published)),
            Err(error) => tell(News::Unwritten(&error)),
        }
    }
    Ok(())
}

/// What is shown now.
#[derive(Default)]
struct Now {
    /// The last good site.
    site: Option<Arc<Site>>,
    /// Whether it is what the files come to now.
    is_good: bool,
    found: Diagnostics,
    took: Duration,
}

struct Session<'p> {
    plan: &'p Plan<'p>,
    cache: Arc<Cache>,
    memo: Memo,
    snapshot: Snapshot,
    now: Now,
    show: watch::Sender<Arc<Shown>>,
    writer: Writer,
}

impl Session<'_> {
    /// Reads the briefing, shows what came of it, and has the rest of the site made and written.
    fn build(&mut self, tell: &mut dyn FnMut(News<'_>)) {
        // Whatever is still being made is out of date.
        self.writer.put(None);
        let start = Instant::now();
        let edition = if is_there(&self.plan.root) { self.make() } else { Err(gone()) };
        let is_good = edition.is_ok();
        self.now.is_good = is_good;
        match edition {
            Ok(edition) => {
                self.now.found = edition.findings().clone();
                let dest = (self.plan.output)(&self.snapshot);
                self.now.site = Some(Arc::new(Site { edition, cache: self.cache.clone(), dest }));
            }
            Err(found) => self.now.found = found,
        }
        self.now.took = start.elapsed();
        self.show();
        tell(News::Built(self.round(is_good, None)));
        self.writer.put(self.job().filter(|_| is_good));
    }

    /// All files were made: pages that nobody has looked at may have brought findings.
    fn whole(&mut self, whole: Whole, tell: &mut dyn FnMut(News<'_>)) {
        let Whole { site, diagnostics } = whole;
        // An older site concerns nobody any more, and one that stands for files with errors has nothing to say of them.
        if !self.now.is_good || !self.now.site.as_ref().is_some_and(|now| Arc::ptr_eq(now, &site)) {
            return;
        }
        let changed = site.edition.changes();
        if diagnostics != self.now.found {
            self.now.found = diagnostics;
            self.show();
        }
        tell(News::Whole(self.round(true, Some(changed))));
        if self.plan.explain {
            tell(News::Explained(&site.edition.explain()));
        }
    }

    fn show(&self) {
        let panel = panel(&self.now.found, &self.snapshot, &self.plan.root).into();
        self.show.send_replace(Arc::new(Shown { built: true, site: self.now.site.clone(), panel }));
    }

    fn round(&self, is_good: bool, changed: Option<usize>) -> Round<'_> {
        let counts = self.now.site.as_ref().filter(|_| is_good && !self.now.found.has_errors()).map(|site| site.edition.counts());
        Round { diagnostics: &self.now.found, snapshot: &self.snapshot, counts, took: self.now.took, changed }
    }

    /// The reading itself. A fault of the program ends no session.
    fn make(&mut self) -> Result<Arc<Edition>, Diagnostics> {
        let options = (self.plan.options)();
        let Self { snapshot, cache, memo, .. } = self;
        let result = catch_unwind(AssertUnwindSafe(|| edition(snapshot, &options, &**cache, memo, &|_| {})));
        result.unwrap_or_else(|_| {
            self.memo = memo_of(self.plan);
            Err(failed(FAULT))
        })
    }

    fn job(&self) -> Option<Job> {
        let root = &self.plan.root;
        let protected = Protected::new(root.clone(), root.join("content"), vec![root.join("themes")]);
        Some(Job { protected, site: self.now.site.clone()? })
    }

    /// Writes what is left to be written.
    fn end(self, tell: &mut dyn FnMut(News<'_>)) {
        self.writer.finish();
        self.cache.tidy(budget::CACHE);
        if let Some(trouble) = self.cache.trouble() {
            tell(News::NotKept(trouble));
        }
    }
}

fn memo_of(plan: &Plan<'_>) -> Memo {
    if plan.explain { Memo::explaining() } else { Memo::keeping() }
}

/// What is said where the program itself is at fault.
pub(super) const FAULT: &str = "the program has failed over this, which is a fault of its own; the next save tries again";

/// What is found when the content cannot be reached.
fn gone() -> Diagnostics {
    failed("there is no folder `content`, or nothing in it; it is waited for")
}

/// What is found where a build has failed as a whole.
pub(super) fn failed(message: &str) -> Diagnostics {
    std::iter::once(Diagnostic::new(&rules::IO, Place::new("content", Span::default()), message)).collect()
}
