//! A thousand bad files. Each is one file of a good briefing, spoilt. Whatever is in it: nothing panics; each finding has
//! a place that is there; and what is wrong elsewhere is found all the same.
//!
//! A case is named by the file and a number, and can be run alone: `POSTIL_CASE="content/terms.csv 17" cargo test --test
//! bad_input`.

#[path = "../common/mod.rs"]
mod common;
mod seeds;
mod spoil;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use postil::read::snapshot::Snapshot;
use postil::text::{Diagnostic, Diagnostics, Place};
use rayon::prelude::*;

use common::check;
use seeds::{BESIDE, MISTAKE, good, seeds};
use spoil::spoil;

/// How often each file is spoilt.
const EACH: usize = 43;

/// Rules whose findings may have no place, each with the reason.
const PLACELESS: [(&str, &str); 1] =
    [("template", "a template that is missing, or components that call one another without end, have no place")];

/// One spoilt file in the good briefing.
struct Case {
    /// The file and the number.
    name: String,
    /// How it was spoilt.
    way: String,
    path: &'static str,
    snapshot: Snapshot,
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (file, seed) in seeds().into_iter().enumerate() {
        for number in 0..EACH {
            let dice = u64::try_from(file * 1_000 + number).expect("a small number");
            let (way, bytes) = spoil(seed.bytes, number, dice);
            let mut snapshot = good(seed.path.starts_with("themes/"));
            snapshot.insert(seed.path, bytes);
            cases.push(Case { name: format!("{} {number}", seed.path), way, path: seed.path, snapshot });
        }
    }
    cases
}

/// What does not hold of a place.
fn misplaced(place: &Place, snapshot: &Snapshot) -> Option<String> {
    let built_in = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(&*place.path);
    let bytes = match snapshot.get(&place.path) {
        Some(bytes) => bytes.to_vec(),
        // The templates that the program brings along are in no briefing.
        None if place.path.starts_with("themes/default/") => std::fs::read(built_in).unwrap_or_default(),
        None => return Some(format!("there is no file {}", place.path)),
    };
    let span = place.span;
    if span.start > span.end || span.end > bytes.len() {
        return Some(format!("{place:?} is not in its file of {} bytes", bytes.len()));
    }
    let inside = std::str::from_utf8(&bytes).is_ok_and(|text| !text.is_char_boundary(span.start) || !text.is_char_boundary(span.end));
    inside.then(|| format!("{place:?} cuts a character"))
}

/// What does not hold of a finding.
fn faulty(found: &Diagnostic, snapshot: &Snapshot) -> Option<String> {
    if found.place.is_none() && !PLACELESS.iter().any(|(rule, _)| *rule == found.rule.name) {
        return Some("it has no place".to_owned());
    }
    let edits = found.fix.iter().flat_map(|fix| &fix.edits).map(|edit| &edit.place);
    let places = found.place.iter().chain(found.related.iter().map(|label| &label.place)).chain(edits);
    places.into_iter().find_map(|place| misplaced(place, snapshot))
}

/// What does not hold of all findings of a case.
fn wrong(case: &Case, found: &Diagnostics) -> Option<String> {
    for one in found {
        if let Some(fault) = faulty(one, &case.snapshot) {
            return Some(format!("{}: {}: {fault}", one.rule.name, one.message));
        }
    }
    let beside: Vec<&str> =
        found.iter().filter(|one| one.place.as_ref().is_some_and(|place| &*place.path == BESIDE)).map(|one| one.message.as_str()).collect();
    (beside != [MISTAKE]).then(|| format!("of the section beside was found {beside:?}"))
}

#[test]
fn the_good_briefing_has_its_one_mistake() {
    for themed in [false, true] {
        let snapshot = good(themed);
        let found = check(&snapshot);
        let errors: Vec<String> = common::lines(&found, &snapshot).into_iter().filter(|line| line.contains(" error[")).collect();
        assert_eq!(errors.len(), 1, "{}", errors.join("\n"));
        assert!(errors[0].contains(MISTAKE), "{}", errors[0]);
    }
}

/// Findings as lines, without those in one file.
fn outside(path: &str, snapshot: &Snapshot) -> BTreeSet<String> {
    let found = check(snapshot);
    let found = found.iter().filter(|one| one.place.as_ref().is_none_or(|place| &*place.path != path));
    found.map(|one| format!("{:?}: {}", one.place, one.message)).collect()
}

#[test]
fn a_file_that_cannot_be_read_is_the_only_one_to_blame() {
    let copies = |path: &str| path.starts_with("snapshots/") || path.contains("/img/");
    for seed in seeds().into_iter().filter(|seed| !copies(seed.path)) {
        let mut snapshot = good(seed.path.starts_with("themes/"));
        let before = outside(seed.path, &snapshot);
        let bytes = snapshot.get(seed.path).expect("a file of the briefing").to_vec();
        snapshot.insert(seed.path, [&bytes, &b"\xff"[..]].concat());
        let new: Vec<String> = outside(seed.path, &snapshot).difference(&before).cloned().collect();
        assert!(new.is_empty(), "{}:\n{}", seed.path, new.join("\n"));
    }
}

/// What became of a case.
struct Outcome {
    time: Duration,
    name: String,
    /// Whether fault was found with the file.
    faulted: bool,
    wrong: Option<String>,
}

fn tried(case: &Case) -> Outcome {
    let start = Instant::now();
    let result = catch_unwind(AssertUnwindSafe(|| check(&case.snapshot)));
    let time = start.elapsed();
    let (faulted, wrong) = match result {
        Ok(found) => (found.iter().any(|one| one.place.as_ref().is_some_and(|place| &*place.path == case.path)), wrong(case, &found)),
        Err(_) => (true, Some("it panicked".to_owned())),
    };
    let wrong = wrong.map(|wrong| format!("{} ({}): {wrong}", case.name, case.way));
    Outcome { time, name: case.name.clone(), faulted, wrong }
}

#[test]
fn a_thousand_bad_files_are_survived() {
    let asked = std::env::var("POSTIL_CASE").ok();
    let outcomes: Vec<Outcome> =
        cases().par_iter().filter(|case| asked.as_ref().is_none_or(|asked| *asked == case.name)).map(tried).collect();
    if let Some(slowest) = outcomes.iter().max_by_key(|one| one.time) {
        println!("{} cases; the slowest took {:?}: {}", outcomes.len(), slowest.time, slowest.name);
    }
    let wrong: Vec<&str> = outcomes.iter().filter_map(|one| one.wrong.as_deref()).collect();
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), outcomes.len(), wrong.join("\n"));
    let faulted = outcomes.iter().filter(|one| one.faulted).count();
    assert!(
        asked.is_some() || outcomes.len() >= 1_000 && faulted > outcomes.len() / 2,
        "{faulted} of {} were found fault with",
        outcomes.len()
    );
}
