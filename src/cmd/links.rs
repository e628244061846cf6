//! `postil links`: outside addresses are asked whether they still answer. No other command uses the network for this.

use std::time::{Duration, SystemTime};

use super::build::plural;
use super::cli::{Common, LinksArgs};
use super::progress::Progress;
use super::{Ending, failure, message, project, report};
use crate::briefing::Briefing;
use crate::build::{Options, assemble};
use crate::check::settle;
use crate::links::{self, Address, Report};
use crate::text::{Diagnostic, Diagnostics, Rule, Severity, rules};

pub(super) fn run(args: &LinksArgs, common: &Common) -> Ending {
    let progress = Progress::start(common);
    let snapshot = match project::read(common) {
        Ok(snapshot) => snapshot,
        Err(ending) => return ending,
    };
    let mut faults = Diagnostics::default();
    let options = Options { drafts: args.drafts, ..Options::default() };
    let briefing = assemble(&snapshot, &options, &|step| progress.step(step), &mut faults);
    // Warnings are for `check` to tell; an error may hide addresses.
    let faults = settle(faults, &briefing, false).settle(|one| Some(one.severity).filter(|severity| *severity == Severity::Error));
    let readable = report::print(&faults, &snapshot, common);
    if readable == Ending::Usage {
        return readable;
    }
    let observe = |done: usize, all: usize, url: &str| progress.step(format!("{done} of {all} addresses: {url}").as_str());
    let found = links::check(links::gather(&briefing), &common.root.join(links::CACHE), &asked(args, &briefing), &observe);
    progress.end();
    let diagnostics = findings(&found, &briefing, args.strict);
    let alive = report::print(&diagnostics, &snapshot, common);
    report::summary(&diagnostics, common, "");
    if !common.quiet {
        tell(&found, args);
    }
    if failed(&found) {
        Ending::Failed
    } else if readable == Ending::Done {
        alive
    } else {
        readable
    }
}

/// What the command line asks for.
fn asked(args: &LinksArgs, briefing: &Briefing) -> links::Options {
    let usual = links::Options::at(SystemTime::now());
    let timeout = Duration::from_secs(args.timeout);
    links::Options {
        fresh: args.fresh,
        max_age: Duration::from_hours(u64::from(args.max_age) * 24),
        patience: Duration::from_hours(u64::from(args.patience)),
        delay: Duration::from_secs(args.delay),
        connect: usual.connect.min(timeout),
        timeout,
        skip: briefing.config.links.skip.clone(),
        ..usual
    }
}

fn findings(report: &Report, briefing: &Briefing, strict: bool) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    for (address, reason) in &report.dead {
        let message = format!("`{}` is dead: {reason}", address.url);
        diagnostics.push(finding(&rules::DEAD_URL, address, message).help("name where it is now, or an archived copy"));
    }
    for (address, to) in &report.moved {
        let message = format!("`{}` has moved for good", address.url);
        diagnostics.push(finding(&rules::MOVED_URL, address, message).help(format!("write `{to}`")));
    }
    // A comment that lets other findings through is not idle because this command does not make them.
    settle(diagnostics, briefing, strict).settle(|one| Some(one.severity).filter(|_| one.rule != &rules::ALLOW_COMMENT))
}

fn finding(rule: &'static Rule, address: &Address, message: String) -> Diagnostic {
    let mut places = address.places.iter().cloned();
    let diagnostic = match places.next() {
        Some(place) => Diagnostic::new(rule, place, message),
        None => Diagnostic::placeless(rule, message),
    };
    places.fold(diagnostic, |diagnostic, place| diagnostic.related(place, "it is named here, too"))
}

/// What is no finding: addresses in doubt, and how many there are of each kind.
fn tell(report: &Report, args: &LinksArgs) {
    if let Some(reason) = &report.cache_lost {
        message(&format!("the cache `{}` could not be read, and is begun anew: {reason}", links::CACHE));
    }
    for (address, reason) in &report.suspects {
        message(&format!("`{}` failed: {reason}", address.url));
    }
    if !report.suspects.is_empty() {
        let hours = plural(args.patience.into(), "hour");
        message(&format!("an address is dead once it fails again, {hours} or more after its first failure"));
    }
    let counts = [
        (report.good, "good"),
        (report.moved.len(), "moved"),
        (report.refused, "closed to programs"),
        (report.suspects.len(), "in doubt"),
        (report.dead.len(), "dead"),
        (report.skipped, "skipped"),
    ];
    let counts: Vec<String> = counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    message(&match counts.as_slice() {
        [] => "there are no outside addresses".to_owned(),
        counts => format!("outside addresses: {}; {} from the cache", counts.join(", "), report.cached),
    });
}

/// Tells what kept the run from its work.
fn failed(report: &Report) -> bool {
    if report.offline {
        failure(
            "no host answers, so nothing is held against any",
            "look whether this machine has a network; all other commands work without",
        );
    }
    if let Some(reason) = &report.cache_unwritten {
        let help = "make the folder writable: without the cache no address is ever known to have failed twice";
        failure(&format!("cannot write `{}`: {reason}", links::CACHE), help);
    }
    report.offline || report.cache_unwritten.is_some()
}
