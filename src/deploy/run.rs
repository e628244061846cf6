//! A plan is carried out: uploads in their order, then the target's memory, then removals.
//!
//! At every moment the files of the new site that are there are followed by whatever they need, and nothing of the old one
//! is removed before all of the new one is confirmed. Whatever fails, the target remembers what was begun.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::fault::{Fault, Kind};
use super::lock::{Lock, Pace};
use super::order::Step;
use super::plan::Plan;
use super::retry::Retry;
use super::state::{Files, State};
use super::survey::Survey;
use super::target::{Target, Upload, kept_path};
use super::work::{Work, batches};
use crate::briefing::{Observer, Stage};

/// Bytes of a file at a time that one request takes along with others.
const BATCH_BYTES: u64 = 64 * 1024 * 1024;

/// Where the bytes of the new site come from.
pub trait Source: Sync {
    /// The bytes of a file of the site.
    ///
    /// # Errors
    ///
    /// When they are not there any more.
    fn bytes(&self, path: &str) -> Result<Vec<u8>, Fault>;
}

/// How a deploy is run.
#[derive(Debug)]
pub struct Options {
    /// Whether what goes is kept for a rollback.
    pub keep: bool,
    /// Whether the plan goes back to the site before.
    pub back: bool,
    /// Whether much may be removed.
    pub many_deletions: bool,
    /// The token of this run's lock.
    pub token: String,
    /// Those of this project's last runs, which have ended.
    pub before: Vec<String>,
    /// How the lock is kept and watched.
    pub pace: Pace,
    /// When failed requests are made again.
    pub retry: Retry,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            keep: true,
            back: false,
            many_deletions: false,
            token: super::lock::token(),
            before: Vec::new(),
            pace: Pace::default(),
            retry: Retry::default(),
        }
    }
}

/// What a deploy did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Done {
    /// Files that were sent.
    pub sent: usize,
    /// Files that were removed.
    pub removed: usize,
    /// The target does not keep to conditions, so that it could not keep two runs apart.
    pub no_conditions: bool,
}

/// Carries out a plan that was made of this survey.
///
/// # Errors
///
/// The first fault. Nothing is removed then that the old site needs.
pub fn deploy(target: &dyn Target, plan: &Plan, source: &dyn Source, options: &Options, observe: Observer<'_>) -> Result<Done, Fault> {
    if plan.is_settled() {
        return Ok(Done::default());
    }
    if !options.many_deletions {
        plan.guard()?;
    }
    if target.abilities().at_once {
        return locked(target, plan, source, options, observe, &|| Ok(()));
    }
    observe("waiting for the target".into());
    let lock = Lock::take(target, &options.token, &options.before, options.pace, &options.retry)?;
    let result = std::thread::scope(|scope| {
        scope.spawn(|| lock.keep_fresh());
        let result = locked(target, plan, source, options, observe, &|| lock.check());
        lock.end();
        result
    });
    lock.give_back(result.is_ok());
    result.map(|done| Done { no_conditions: !lock.honoured, ..done })
}

/// The work that needs the lock: another look first, since somebody may have been there before it was taken.
fn locked(
    target: &dyn Target,
    plan: &Plan,
    source: &dyn Source,
    options: &Options,
    observe: Observer<'_>,
    check: &(dyn Fn() -> Result<(), Fault> + Sync),
) -> Result<Done, Fault> {
    let now = Survey::take(target, &plan.wanted, &options.retry)?;
    if Plan::new(plan.wanted.clone(), &now, &target.abilities())? != *plan {
        return Err(Fault::new(Kind::Moved, "the target has changed since the plan was made"));
    }
    let run = Run { target, plan, source, options, observe, check, tags: Mutex::default() };
    let (memory, sent) = (&run.intent(&now), run.sent());
    if !target.abilities().at_once && sent > 0 {
        run.remember(memory)?;
    }
    run.keep(&now)?;
    for step in Step::ALL {
        run.upload(step)?;
    }
    let (state, gone) = run.outcome(memory);
    if !target.abilities().at_once && !gone.is_empty() {
        run.remember(&run.leaving(memory, &state))?;
    }
    run.remove(&gone)?;
    run.remember(&state)?;
    options.retry.run(|| target.finish())?;
    Ok(Done { sent, removed: plan.removed.len(), no_conditions: false })
}

struct Run<'r> {
    target: &'r dyn Target,
    plan: &'r Plan,
    source: &'r dyn Source,
    options: &'r Options,
    observe: Observer<'r>,
    check: &'r (dyn Fn() -> Result<(), Fault> + Sync),
    tags: Mutex<BTreeMap<String, Option<String>>>,
}

impl Run<'_> {
    fn sent(&self) -> usize {
        self.plan.added.len() + self.plan.changed.len()
    }

    /// What the target must remember before anything is sent.
    fn intent(&self, now: &Survey) -> State {
        let sent = self.plan.added.iter().chain(&self.plan.changed);
        let mut pending: Files = now.state.pending.clone();
        pending.extend(sent.filter_map(|path| Some((path.clone(), self.plan.wanted.get(path)?.clone()))));
        // What an interrupted run left and this one does not want is to go; until then it stays known.
        pending
            .extend(self.plan.removed.iter().filter(|(path, _)| !now.state.site.contains_key(*path)).map(|(a, b)| (a.clone(), b.clone())));
        let keeps = self.options.keep && !self.options.back && !self.target.abilities().history;
        let outgoing = if keeps { self.plan.outgoing(now) } else { BTreeSet::new() };
        let kept = now.state.kept.iter().cloned().chain(outgoing).collect();
        let back = self.options.back;
        // A way back that is interrupted goes on to the same site.
        let previous = if back { Some(self.plan.wanted.clone()) } else { now.state.previous.clone() };
        State { pending, back, previous, kept, ..now.state.clone() }
    }

    /// What the target must remember in the end, and what of it is to be removed then.
    fn outcome(&self, memory: &State) -> (State, Vec<String>) {
        let tags = self.tags.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut site = self.plan.wanted.clone();
        for (path, entry) in &mut site {
            if let Some(tag) = tags.get(path) {
                entry.tag.clone_from(tag);
            }
        }
        let keeps = self.options.keep && !self.options.back;
        let differs = |path: &String| memory.site.get(path).is_some_and(|old| site.get(path).is_none_or(|new| new.hash != old.hash));
        let kept: BTreeSet<String> = memory.kept.iter().filter(|path| keeps && differs(path)).cloned().collect();
        // Tags and headers may change without the site being another one.
        let same = site.len() == memory.site.len() && !memory.site.keys().any(differs);
        let (previous, kept) = match (keeps, same) {
            (true, true) => (memory.previous.clone(), memory.kept.clone()),
            (true, false) => (Some(memory.site.clone()).filter(|site| !site.is_empty()), kept),
            (false, _) => (None, BTreeSet::new()),
        };
        let unkept = memory.kept.difference(&kept).map(|path| kept_path(path));
        let gone = self.plan.removed.keys().cloned().chain(unkept).collect();
        (State { site, pending: Files::new(), leaving: Files::new(), back: false, previous, kept, ..memory.clone() }, gone)
    }

    /// What the target must remember while files are removed.
    fn leaving(&self, memory: &State, state: &State) -> State {
        // A way back that is interrupted here is still one.
        let previous = if memory.back { memory.previous.clone() } else { state.previous.clone() };
        State { leaving: self.plan.removed.clone(), kept: memory.kept.clone(), back: memory.back, previous, ..state.clone() }
    }

    fn remember(&self, state: &State) -> Result<(), Fault> {
        (self.check)()?;
        let [spare, memory] = state.uploads();
        if !self.target.abilities().at_once {
            self.options.retry.run(|| self.target.write(std::slice::from_ref(&spare)))?;
        }
        self.options.retry.run(|| self.target.write(std::slice::from_ref(&memory))).map(drop)
    }

    /// Keeps what is to be replaced or removed.
    fn keep(&self, now: &Survey) -> Result<(), Fault> {
        if !self.options.keep || self.options.back {
            return Ok(());
        }
        let outgoing = self.plan.outgoing(now);
        let paths: Vec<&str> = outgoing.iter().map(String::as_str).collect();
        self.counted("keeping what is there", &paths, &|batch| {
            self.options.retry.run(|| self.target.keep(batch)).map(|()| Vec::<()>::new())
        })
        .map(drop)
    }

    fn upload(&self, step: Step) -> Result<(), Fault> {
        let paths = self.plan.uploads(step);
        let tagged = self.counted(step.name(), &paths, &|batch| {
            let mut tags = Vec::with_capacity(batch.len());
            for part in self.parts(batch) {
                let uploads = part.iter().map(|path| self.file(path)).collect::<Result<Vec<Upload>, Fault>>()?;
                tags.extend(self.options.retry.run(|| self.target.write(&uploads)).map_err(|fault| fault.while_doing(&named(part)))?);
            }
            Ok(tags)
        })?;
        let mut known = self.tags.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        known.extend(paths.into_iter().map(str::to_owned).zip(tagged));
        Ok(())
    }

    /// Cuts a batch where it would be too much for the memory of this machine.
    fn parts<'b>(&self, batch: &'b [&'b str]) -> impl Iterator<Item = &'b [&'b str]> {
        let size = |path: &&str| self.plan.wanted.get(*path).map_or(0, |entry| entry.size);
        let mut sum = 0;
        batch.chunk_by(move |one, next| {
            sum = if sum == 0 { size(one) } else { sum } + size(next);
            let fits = sum <= BATCH_BYTES;
            sum = if fits { sum } else { 0 };
            fits
        })
    }

    fn file(&self, path: &str) -> Result<Upload, Fault> {
        let entry = self.plan.wanted.get(path);
        let bytes = self.source.bytes(path)?;
        match entry {
            Some(entry) if entry.holds(&bytes) => Ok(Upload { path: path.to_owned(), bytes, headers: entry.headers.clone() }),
            _ => Err(Fault::new(Kind::Source, format!("`{path}` has changed since the plan was made"))),
        }
    }

    fn remove(&self, gone: &[String]) -> Result<(), Fault> {
        let paths: Vec<&str> = gone.iter().map(String::as_str).collect();
        let remove = |batch: &[&str]| self.options.retry.run(|| self.target.remove(batch)).map(|()| Vec::<()>::new());
        self.counted("removing what is gone", &paths, &remove).map(drop)
    }

    /// Does something for all of these, while the lock is held, and tells how far it is.
    fn counted<'p, T: Send>(&self, name: &str, paths: &[&'p str], what: Work<'_, &'p str, T>) -> Result<Vec<T>, Fault> {
        if paths.is_empty() {
            return Ok(Vec::new());
        }
        let (done, all, abilities) = (AtomicUsize::new(0), paths.len(), self.target.abilities());
        (self.observe)(Stage { name, count: Some((0, all)) });
        batches(paths, abilities.batch, abilities.workers, &|batch: &[&'p str]| {
            (self.check)()?;
            let result = what(batch)?;
            let done = done.fetch_add(batch.len(), Ordering::Relaxed) + batch.len();
            (self.observe)(Stage { name, count: Some((done, all)) });
            Ok(result)
        })
    }
}

/// Files as a message names them.
fn named(paths: &[&str]) -> String {
    match paths {
        [one] => format!("`{one}`"),
        [first, ..] => format!("`{first}` and {} more", paths.len() - 1),
        [] => String::new(),
    }
}
