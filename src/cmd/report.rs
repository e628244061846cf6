//! Diagnostics on the terminal, in the manner of rustc; alone knows the renderer of excerpts.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::build::plural;
use super::cli::Common;
use super::{Ending, message};
use crate::read::snapshot::{CONFIG, Snapshot};
use crate::text::{Diagnostic, Diagnostics, Place, Severity};

/// Lines of a file that are shown around a place.
const CONTEXT: usize = 1;
/// A line longer than this is shown without its text.
const LONGEST: usize = 4_000;

/// Prints the findings, and says how the command must end: done where none is an error.
pub(super) fn print(diagnostics: &Diagnostics, snapshot: &Snapshot, common: &Common) -> Ending {
    let renderer = Renderer::styled().decor_style(DecorStyle::Ascii);
    for diagnostic in diagnostics {
        if !common.quiet || diagnostic.severity == Severity::Error {
            message(&format!("{}\n", renderer.render(&[group(diagnostic, snapshot)])));
        }
    }
    let errors = || diagnostics.iter().filter(|one| one.severity == Severity::Error);
    let in_config = |one: &Diagnostic| one.place.as_ref().is_some_and(|place| &*place.path == CONFIG);
    if errors().next().is_none() {
        Ending::Done
    } else if errors().all(in_config) {
        Ending::Usage
    } else {
        Ending::Errors
    }
}

/// Prints how many findings there were.
pub(super) fn summary(diagnostics: &Diagnostics, common: &Common, end: &str) {
    let (errors, warnings) = (diagnostics.count(Severity::Error), diagnostics.count(Severity::Warning));
    let mut parts = Vec::new();
    if errors > 0 {
        parts.push(plural(errors, "error"));
    }
    if warnings > 0 && !common.quiet {
        parts.push(plural(warnings, "warning"));
    }
    if !parts.is_empty() {
        let end = if end.is_empty() { String::new() } else { format!("; {end}") };
        message(&format!("{}{end}", parts.join(", ")));
    }
}

fn group<'d>(diagnostic: &'d Diagnostic, snapshot: &'d Snapshot) -> Group<'d> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(diagnostic.message.as_str()).id(diagnostic.rule.name));
    if let Some(place) = &diagnostic.place {
        group = with_place(group, place, "", AnnotationKind::Primary, snapshot);
    }
    for label in &diagnostic.related {
        group = with_place(group, &label.place, &label.text, AnnotationKind::Context, snapshot);
    }
    diagnostic.help.iter().fold(group, |group, line| group.element(Level::HELP.message(line.as_str())))
}

fn with_place<'d>(group: Group<'d>, place: &'d Place, label: &'d str, kind: AnnotationKind, snapshot: &'d Snapshot) -> Group<'d> {
    let Some(excerpt) = excerpt(place, snapshot) else {
        return group.element(Origin::path(&*place.path).line(1).char_column(1));
    };
    let mut annotation = kind.span(excerpt.span);
    if !label.is_empty() {
        annotation = annotation.label(label);
    }
    group.element(Snippet::source(excerpt.text).path(&*place.path).line_start(excerpt.first_line).annotation(annotation))
}

/// The lines around a place.
struct Excerpt<'t> {
    text: &'t str,
    first_line: usize,
    span: std::ops::Range<usize>,
}

/// Only these lines go to the renderer: it reads all that it is given, and a file may be large.
fn excerpt<'t>(place: &Place, snapshot: &'t Snapshot) -> Option<Excerpt<'t>> {
    let bytes = snapshot.get(&place.path)?;
    let text = valid_start(bytes);
    let start = crate::text::floor_boundary(text, place.span.start);
    let end = crate::text::floor_boundary(text, place.span.end.max(start));
    let mut from = line_start(text, start);
    for _ in 0..CONTEXT {
        from = if from == 0 { 0 } else { line_start(text, from - 1) };
    }
    // A long span, such as a whole box, is shown by its first line.
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let to = line_end;
    let excerpt = &text[from..to];
    if excerpt.lines().any(|line| line.len() > LONGEST) {
        return None;
    }
    let first_line = memchr::memchr_iter(b'\n', &bytes[..from]).count() + 1;
    let span = start - from..end.min(line_end).max(start) - from;
    Some(Excerpt { text: excerpt, first_line, span })
}

/// The part of the bytes that is text.
fn valid_start(bytes: &[u8]) -> &str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |at| at + 1)
}
