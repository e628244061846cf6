//! Findings told to whoever runs the program: on the terminal, or in a form for other programs.

mod github;
mod json;
mod locate;
mod sarif;
mod terminal;

use std::collections::BTreeSet;

pub use json::schema;

use super::build::plural;
use super::cli::{CheckFormat, Common};
use super::{Ending, message};
use crate::read::snapshot::{CONFIG, Snapshot};
use crate::text::{Diagnostics, Severity};
use locate::{Locator, folder_of};

/// Prints the findings to standard error, and says how the command must end: done where none is an error.
pub(super) fn print(diagnostics: &Diagnostics, snapshot: &Snapshot, common: &Common) -> Ending {
    let locator = Locator::new(diagnostics, snapshot, String::new());
    for diagnostic in diagnostics {
        if !common.quiet || diagnostic.severity == Severity::Error {
            message(&format!("{}\n", terminal::write(diagnostic, &locator)));
        }
    }
    ending(diagnostics)
}

/// Prints the findings in a form; in one for other programs they are the result, and go to standard output.
pub(super) fn print_as(format: CheckFormat, diagnostics: &Diagnostics, snapshot: &Snapshot, common: &Common) -> Ending {
    let locator = || Locator::new(diagnostics, snapshot, folder_of(&common.root));
    let text = match format {
        CheckFormat::Text => return print(diagnostics, snapshot, common),
        CheckFormat::Json => json::write(diagnostics, &locator()),
        CheckFormat::Sarif => sarif::write(diagnostics, &locator()),
        CheckFormat::Github => github::write(diagnostics, &locator()),
    };
    match super::result(&text) {
        Ending::Done => ending(diagnostics),
        failed => failed,
    }
}

/// How a command ends that found this.
fn ending(diagnostics: &Diagnostics) -> Ending {
    let mut errors = diagnostics.iter().filter(|one| one.severity == Severity::Error).peekable();
    if errors.peek().is_none() {
        Ending::Done
    } else if errors.all(|one| one.place.as_ref().is_some_and(|place| &*place.path == CONFIG)) {
        Ending::Usage
    } else {
        Ending::Errors
    }
}

/// Prints how many findings there were, and what can be done about them.
pub(super) fn summary(diagnostics: &Diagnostics, common: &Common, end: &str) {
    let (errors, warnings) = (diagnostics.count(Severity::Error), diagnostics.count(Severity::Warning));
    let mut parts = Vec::new();
    if errors > 0 {
        parts.push(plural(errors, "error"));
    }
    if warnings > 0 && !common.quiet {
        parts.push(plural(warnings, "warning"));
    }
    if parts.is_empty() {
        return;
    }
    let end = if end.is_empty() { String::new() } else { format!("; {end}") };
    message(&format!("{}{end}", parts.join(", ")));
    if !common.quiet {
        ways_out(diagnostics);
    }
}

/// What mends some of the findings, and what tells more about them.
fn ways_out(diagnostics: &Diagnostics) {
    let mendable = diagnostics.iter().filter(|one| super::fix::safe_fix(one).is_some()).count();
    if mendable > 0 {
        message(&format!("{} can be mended by `postil check --fix`", plural(mendable, "finding")));
    }
    let rules: BTreeSet<&str> = diagnostics.iter().map(|one| one.rule.name).collect();
    match rules.len() {
        0 => {}
        1 => message(&format!("For more about it: `postil explain {}`", rules.first().unwrap_or(&""))),
        _ => {
            let first = diagnostics.iter().next().map_or("", |one| one.rule.name);
            message(&format!("For more about each: `postil explain RULE`, such as `postil explain {first}`"));
        }
    }
}
