//! Findings as JSON, one object a line, for other programs.

use schemars::{JsonSchema, Schema, schema_for};
use serde::Serialize;

use super::locate::Locator;
use crate::text::{self, Diagnostic, Diagnostics};

/// One finding: a line of `postil check --format json`.
#[derive(Debug, Serialize, JsonSchema)]
struct Finding<'d> {
    /// The name of the rule that found it.
    rule: &'d str,
    /// The group of the rule.
    group: &'d str,
    /// How much it weighs.
    severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    message: &'d str,
    /// Where; none where it is about no file.
    place: Option<Place>,
    /// Other places that matter.
    related: Vec<Related<'d>>,
    /// The way out, one line each.
    help: &'d [String],
    /// The edit that mends it, where there is one.
    fix: Option<Fix<'d>>,
}

/// How much a finding weighs.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Severity {
    /// The site is not written while this stands.
    Error,
    /// Something to mend; the site is written all the same.
    Warning,
}

/// A range of a file. Lines and columns begin at 1, columns count characters; bytes begin at 0.
#[derive(Debug, Serialize, JsonSchema)]
struct Place {
    /// The file, from the folder in which the program was run.
    file: String,
    /// The line of the first character.
    line: usize,
    /// The column of the first character.
    column: usize,
    /// The line of the character after the last one.
    end_line: usize,
    /// The column of the character after the last one.
    end_column: usize,
    /// The first byte.
    start: usize,
    /// The byte after the last one.
    end: usize,
}

/// Another place that belongs to a finding.
#[derive(Debug, Serialize, JsonSchema)]
struct Related<'d> {
    /// Where.
    place: Place,
    /// What stands there.
    text: &'d str,
}

/// Edits that mend a finding together.
#[derive(Debug, Serialize, JsonSchema)]
struct Fix<'d> {
    /// What they do, in a few words.
    title: &'d str,
    /// Whether `postil check --fix` makes them; the others are offered to the author.
    safe: bool,
    /// The edits, which do not overlap.
    edits: Vec<Edit<'d>>,
}

/// A piece of text in place of another.
#[derive(Debug, Serialize, JsonSchema)]
struct Edit<'d> {
    /// What goes.
    place: Place,
    /// What comes.
    text: &'d str,
}

/// The shape of one line, from which the guide's reference page is made.
#[must_use]
pub fn schema() -> Schema {
    schema_for!(Finding<'static>)
}

/// Every finding as a line.
pub(super) fn write(diagnostics: &Diagnostics, locator: &Locator<'_>) -> String {
    let line = |one| serde_json::to_string(&finding(one, locator)).expect("texts, numbers and lists always have a JSON form") + "\n";
    diagnostics.iter().map(line).collect()
}

fn finding<'d>(one: &'d Diagnostic, locator: &Locator<'_>) -> Finding<'d> {
    let place = |place| located(place, locator);
    let related = |label: &'d text::Label| Related { place: place(&label.place), text: &label.text };
    let edit = |edit: &'d text::Edit| Edit { place: place(&edit.place), text: &edit.text };
    let fix = |fix: &'d text::Fix| Fix { title: &fix.title, safe: fix.safe, edits: fix.edits.iter().map(edit).collect() };
    Finding {
        rule: one.rule.name,
        group: one.rule.group.name,
        severity: match one.severity {
            text::Severity::Error => Severity::Error,
            text::Severity::Warning => Severity::Warning,
        },
        message: &one.message,
        place: one.place.as_ref().map(place),
        related: one.related.iter().map(related).collect(),
        help: &one.help,
        fix: one.fix.as_ref().map(fix),
    }
}

fn located(place: &text::Place, locator: &Locator<'_>) -> Place {
    let (first, after) = locator.lines(place);
    Place {
        file: locator.file(place),
        line: first.line,
        column: first.column,
        end_line: after.line,
        end_column: after.column,
        start: place.span.start,
        end: place.span.end,
    }
}
