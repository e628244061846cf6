//! A run: the cache first, then the hosts side by side, then the report.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;

use super::address::{Address, Folded, Target, fold};
use super::ask::Asker;
use super::cache::Cache;
use super::ledger::{Ledger, MOMENT};
use super::outcome::Outcome;
use super::{Options, Report};

/// Good addresses that are asked where nobody answered, to tell whether there is a network.
const CONTROLS: usize = 3;

/// Hears how many of all addresses are done, and the last of them.
pub type Observer<'o> = &'o dyn Fn(usize, usize, &str);

/// Checks addresses, with the cache at `path`.
pub fn check(addresses: Vec<Address>, path: &Path, options: &Options, observe: Observer<'_>) -> Report {
    let (cache, cache_lost) = Cache::read(path);
    let Folded { targets, unreadable, skipped } = fold(addresses, &options.skip);
    let known = |target: &&Target| {
        let entry = cache.addresses.get(target.key()).filter(|_| !options.fresh);
        entry.is_some_and(|entry| entry.is_fresh(options.now, options.max_age))
    };
    let (cached, asked): (Vec<&Target>, Vec<&Target>) = targets.iter().partition(known);
    let mut ledger = Ledger::new(cache, path, options);
    if !asked.is_empty() {
        let asker = Asker::new(options);
        ask_all(&asked, &asker, options.threads, &mut ledger, observe);
        if ledger.in_doubt() && is_online(&asked, &cached, &asker) {
            ledger.believe();
        }
        ledger.cache.forget(options.now, &targets.iter().map(Target::key).collect());
        ledger.save();
    }
    let mut report =
        Report { dead: unreadable, cached: cached.len(), skipped, cache_lost, offline: ledger.in_doubt(), ..Report::default() };
    report.cache_unwritten = ledger.unwritten.take();
    for target in targets {
        report.add(target, &ledger.cache);
    }
    report
}

/// Asks for all of these; each outcome is entered as it comes.
fn ask_all(asked: &[&Target], asker: &Asker<'_>, threads: usize, ledger: &mut Ledger<'_>, observe: Observer<'_>) {
    let hosts = by_host(asked);
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        for _ in 0..threads.clamp(1, hosts.len().max(1)) {
            let (sender, next, hosts) = (sender.clone(), &next, &hosts);
            scope.spawn(move || work(hosts, next, asker, &sender));
        }
        drop(sender);
        let mut done = 0;
        loop {
            match receiver.recv_timeout(MOMENT) {
                Ok((target, outcome)) => {
                    ledger.enter(target.key(), outcome);
                    done += 1;
                    observe(done, asked.len(), &target.address.url);
                }
                Err(RecvTimeoutError::Timeout) => ledger.save_now_and_then(),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
    });
}

/// The work of one thread: one host after the other, until none is left.
fn work<'t>(hosts: &[Vec<&'t Target>], next: &AtomicUsize, asker: &Asker<'_>, sender: &Sender<(&'t Target, Outcome)>) {
    while let Some(host) = hosts.get(next.fetch_add(1, Ordering::Relaxed)) {
        for target in host {
            if sender.send((target, asker.outcome(&target.url))).is_err() {
                return;
            }
        }
    }
}

/// The targets of each host. The longest list comes first, because nothing shortens it.
fn by_host<'t>(targets: &[&'t Target]) -> Vec<Vec<&'t Target>> {
    let mut hosts: BTreeMap<&str, Vec<&Target>> = BTreeMap::new();
    for target in targets {
        hosts.entry(target.url.host_str().unwrap_or_default()).or_default().push(target);
    }
    let mut hosts: Vec<Vec<&Target>> = hosts.into_values().collect();
    hosts.sort_by_key(|targets| Reverse(targets.len()));
    hosts
}

/// Whether there is a network, where nobody answered: another address that was good may. Without any such address,
/// one host that is silent is believed to be down, and not several.
fn is_online(asked: &[&Target], cached: &[&Target], asker: &Asker<'_>) -> bool {
    if cached.is_empty() {
        return asked.iter().map(|target| target.url.host_str()).collect::<BTreeSet<_>>().len() == 1;
    }
    cached.iter().take(CONTROLS).any(|target| asker.outcome(&target.url).answered())
}

impl Report {
    /// Adds what the cache knows of a target.
    fn add(&mut self, target: Target, cache: &Cache) {
        let Some(entry) = cache.addresses.get(target.key()) else { return };
        match (&entry.outcome, entry.outcome.fault()) {
            (_, Some(reason)) if entry.is_dead() => self.dead.push((target.address, reason)),
            (_, Some(reason)) => self.suspects.push((target.address, reason)),
            (Outcome::Moved { to }, None) => self.moved.push((target.address, to.clone())),
            (Outcome::Refused { .. }, None) => self.refused += 1,
            (_, None) => self.good += 1,
        }
    }
}
