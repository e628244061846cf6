//! The repository's own briefing: it builds without a finding, and every link of it leads somewhere.

mod common;

use std::path::Path;
use std::sync::OnceLock;

use common::lines;
use common::site::Site;
use postil::build::{self, Built, Options};
use postil::read::snapshot::Snapshot;
use postil::text::Diagnostics;

fn snapshot() -> Snapshot {
    Snapshot::read(Path::new(env!("CARGO_MANIFEST_DIR")), &["content", "themes"])
}

/// The site, built once with warnings counted as errors.
fn built() -> &'static Built {
    static BUILT: OnceLock<Built> = OnceLock::new();
    BUILT.get_or_init(|| build::build(&snapshot(), &Options { strict: true, ..Options::default() }, &|_| {}))
}

#[test]
fn it_builds_without_a_finding() {
    let found = lines(&built().diagnostics, &snapshot());
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert!(built().counts.sections > 3 && built().counts.annotations > 100, "{:?}", built().counts);
}

#[test]
fn every_link_leads_somewhere_and_ids_are_unique() {
    let faults = Site::of(&built().files).faults();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn links_hold_under_a_sub_path() {
    let moved = built().files.iter().cloned().map(|mut file| {
        file.path = format!("a/b/{}", file.path);
        file
    });
    let faults = Site::of(&moved.collect::<Vec<_>>()).faults();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_page_fetches_from_another_host() {
    let fetched = Site::of(&built().files).fetched();
    assert!(fetched.is_empty(), "{}", fetched.join("\n"));
}

#[test]
fn every_record_is_used() {
    let briefing = build::assemble(&snapshot(), &Options::default(), &|_| {}, &mut Diagnostics::default());
    let unused: Vec<String> = (0..briefing.registry.len())
        .filter(|number| {
            briefing.uses[*number].is_empty() && !briefing.figures.contains_key(number) && !briefing.carried.contains_key(number)
        })
        .map(|number| briefing.registry.get(number).record.anchor())
        .collect();
    assert!(unused.is_empty(), "{} records are used nowhere: {unused:?}", unused.len());
}
