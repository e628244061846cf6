//! What the tests share: briefings made of texts, findings as lines, and pages as HTML.

// Each test file compiles this module for itself and uses a part of it.
#![allow(dead_code, unreachable_pub)]

pub mod briefing;
pub mod case;
pub mod law;
pub mod program;
pub mod run;
pub mod site;

use postil::build::{self, Built, Options};
use postil::raster::Nothing;
use postil::read::snapshot::Snapshot;
use postil::text::{Diagnostic, Diagnostics, LineTable, Place, Severity};

/// Builds a snapshot as the program does, without anything that the command line adds.
pub fn build(snapshot: &Snapshot) -> Built {
    build::build(snapshot, &Options::default(), &Nothing, &|_| {})
}

/// Checks a snapshot.
pub fn check(snapshot: &Snapshot) -> Diagnostics {
    build::check(snapshot, &Options::default(), &|_| {})
}

/// Findings as lines: `path:line:column severity[rule]: message`, then what belongs to it, indented.
pub fn lines(diagnostics: &Diagnostics, snapshot: &Snapshot) -> Vec<String> {
    diagnostics.iter().flat_map(|one| finding(one, snapshot)).collect()
}

fn finding(one: &Diagnostic, snapshot: &Snapshot) -> Vec<String> {
    let severity = match one.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let place = one.place.as_ref().map(|place| position(place, snapshot) + " ").unwrap_or_default();
    let mut lines = vec![format!("{place}{severity}[{}]: {}", one.rule.name, one.message)];
    lines.extend(one.related.iter().map(|label| format!("    also: {} {}", position(&label.place, snapshot), label.text)));
    lines.extend(one.help.iter().map(|help| format!("    help: {help}")));
    lines
}

/// A place as people write it. In a file that is not UTF-8, columns count up to the first broken byte.
fn position(place: &Place, snapshot: &Snapshot) -> String {
    let bytes: &[u8] = snapshot.get(&place.path).map_or(&[], |bytes| bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).expect("the bytes before the first fault"),
    };
    let at = LineTable::new(text).position(text, place.span.start);
    format!("{}:{}:{}", place.path, at.line, at.column)
}
