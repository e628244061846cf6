//! A session: from the first build to the signal to stop.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, mpsc};
use std::time::Instant;

use tokio::sync::watch;

use super::follow::{Batch, Follower};
use super::guard::Names;
use super::panel::panel;
use super::server::{self, Door};
use super::site::Site;
use super::writer::{Job, Writer};
use super::{News, Plan, Round, Shown, Trouble, is_there};
use crate::budget;
use crate::build::{Built, Memo, rebuild};
use crate::output::{Cache, Protected};
use crate::read::config::Config;
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
    let mut follower = Follower::start(&plan.root, (send, signals));
    if follower.polls() {
        tell(News::Polling);
    }
    let cache = Cache::of(&plan.root);
    let mut session = Session { plan, cache, memo: Memo::keeping(), snapshot: Snapshot::default(), good: None, show, writer };
    session.snapshot = Snapshot::read(&plan.root, &FOLDERS);
    session.build(tell);
    loop {
        let fresh = match follower.next() {
            Batch::Paths(paths) => session.snapshot.refreshed(&plan.root, &FOLDERS, &paths),
            Batch::All => session.snapshot.renewed(&plan.root, &FOLDERS),
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

struct Session<'p> {
    plan: &'p Plan<'p>,
    cache: Cache,
    memo: Memo,
    snapshot: Snapshot,
    /// The last good build.
    good: Option<Arc<Site>>,
    show: watch::Sender<Arc<Shown>>,
    writer: Writer,
}

impl Session<'_> {
    /// Builds, shows what came of it, and has it written.
    fn build(&mut self, tell: &mut dyn FnMut(News<'_>)) {
        let start = Instant::now();
        let built = if is_there(&self.plan.root) { self.make() } else { gone() };
        let good = !built.diagnostics.has_errors();
        let mut changed = 0;
        if good {
            let base = Config::read(&self.snapshot, &mut Diagnostics::default()).base_url.map(|base| base.value);
            let base = (self.plan.options)().base_url.or(base);
            let site = Site::new(&built.files, base, self.good.as_deref());
            changed = site.changes(self.good.as_deref());
            self.good = Some(Arc::new(site));
        }
        let panel = panel(&built.diagnostics, &self.snapshot, &self.plan.root).into();
        self.show.send_replace(Arc::new(Shown { built: true, site: self.good.clone(), panel }));
        let round = Round {
            diagnostics: &built.diagnostics,
            snapshot: &self.snapshot,
            counts: good.then_some(built.counts),
            took: start.elapsed(),
            changed,
        };
        tell(News::Built(round));
        self.writer.put(good.then(|| self.job(built)));
    }

    /// The build itself. A fault of the program ends no session.
    fn make(&mut self) -> Built {
        let options = (self.plan.options)();
        let Self { snapshot, cache, memo, .. } = self;
        let result = catch_unwind(AssertUnwindSafe(|| rebuild(snapshot, &options, cache, memo, &|_| {})));
        result.unwrap_or_else(|_| {
            self.memo = Memo::keeping();
            failed("the program has failed over this, which is a fault of its own; the next save tries again")
        })
    }

    fn job(&self, built: Built) -> Job {
        let root = &self.plan.root;
        let protected = Protected::new(root.clone(), root.join("content"), vec![root.join("themes")]);
        Job { dest: (self.plan.output)(&self.snapshot), protected, files: built.files }
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

/// What a build says when the content cannot be reached.
fn gone() -> Built {
    failed("there is no folder `content`, or nothing in it; it is waited for")
}

fn failed(message: &str) -> Built {
    let found = Diagnostic::new(&rules::IO, Place::new("content", Span::default()), message);
    Built { diagnostics: std::iter::once(found).collect(), ..Built::default() }
}
