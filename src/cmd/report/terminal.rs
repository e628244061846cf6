//! Findings on the terminal, in the manner of rustc; alone knows the renderer of excerpts.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Patch, Renderer, Snippet};

use super::locate::{line_around, valid_start};
use crate::read::snapshot::Snapshot;
use crate::text::{Diagnostic, Edit, Fix, LineTable, Place, Severity};

/// Bytes of a line above which it is named and not shown: the renderer reads all that it is given.
const LONGEST: usize = 20_000;
/// Characters of a line that are shown on either side of an edit; paragraphs are long lines.
const AROUND: usize = 50;

/// A finding as text with colours.
pub(super) fn write(diagnostic: &Diagnostic, snapshot: &Snapshot) -> String {
    let renderer = Renderer::styled().decor_style(DecorStyle::Ascii);
    let suggestion = diagnostic.fix.as_ref().and_then(|fix| suggestion(fix, snapshot));
    let groups: Vec<Group<'_>> = std::iter::once(finding(diagnostic, snapshot)).chain(suggestion).collect();
    renderer.render(&groups)
}

fn finding<'d>(diagnostic: &'d Diagnostic, snapshot: &'d Snapshot) -> Group<'d> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(diagnostic.message.as_str()).id(diagnostic.rule.name));
    if let Some(place) = &diagnostic.place {
        group = group.element(excerpt(place, "", AnnotationKind::Primary, snapshot));
    }
    for label in &diagnostic.related {
        group = group.element(excerpt(&label.place, &label.text, AnnotationKind::Context, snapshot));
    }
    // What the edit says by itself is not said twice.
    let said = |line: &String| diagnostic.fix.as_ref().is_some_and(|fix| fix.title == *line);
    let help = diagnostic.help.iter().filter(|line| !said(line));
    help.fold(group, |group, line| group.element(Level::HELP.message(line.as_str())))
}

/// A place, with its line where that can be shown. Of a long place, such as a whole box, that is the first line.
fn excerpt<'d>(place: &'d Place, label: &'d str, kind: AnnotationKind, snapshot: &'d Snapshot) -> Element<'d> {
    let Some(bytes) = snapshot.get(&place.path) else { return Origin::path(&*place.path).into() };
    let text = valid_start(bytes);
    let start = crate::text::floor_boundary(text, place.span.start);
    let line = line_around(text, start);
    if line.len() > LONGEST {
        let at = LineTable::new(text).position(text, start);
        return Origin::path(&*place.path).line(at.line).char_column(at.column).into();
    }
    let end = crate::text::floor_boundary(text, place.span.end.max(start));
    let first = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let last = first + line.len();
    let annotation = kind.span(start.min(last) - first..end.min(last) - first);
    let annotation = if label.is_empty() { annotation } else { annotation.label(label) };
    let number = memchr::memchr_iter(b'\n', &bytes[..first]).count() + 1;
    Snippet::source(line).path(&*place.path).line_start(number).annotation(annotation).into()
}

/// The lines of a fix before and after it; none where it is about a file that was not read.
fn suggestion<'d>(fix: &'d Fix, snapshot: &'d Snapshot) -> Option<Group<'d>> {
    let mut group = Group::with_title(Level::HELP.secondary_title(fix.title.as_str()));
    for edits in by_line(&fix.edits, snapshot) {
        let path = &edits.first()?.place.path;
        let bytes = snapshot.get(path)?;
        let whole: Range<usize> = edits.iter().map(|edit| edit.place.span.start).min()?..edits.iter().map(|edit| edit.place.span.end).max()?;
        let shown = Window::around(valid_start(bytes), whole)?;
        let patches = edits.iter().map(|edit| {
            let span = edit.place.span;
            Patch::new(shown.inside(span.start)..shown.inside(span.end), edit.text.as_str())
        });
        let number = memchr::memchr_iter(b'\n', &bytes[..shown.start]).count() + 1;
        group = group.element(Snippet::source(shown.text.clone()).path(&**path).line_start(number).patches(patches));
    }
    (!group.is_empty()).then_some(group)
}

/// The edits of a fix, gathered where they stand in one line, in their order.
fn by_line<'d>(edits: &'d [Edit], snapshot: &Snapshot) -> Vec<Vec<&'d Edit>> {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| &edit.place);
    let mut lines: Vec<Vec<&Edit>> = Vec::new();
    for edit in sorted {
        let near = |last: &&Edit| {
            let between = last.place.span.end..edit.place.span.start;
            let bytes = snapshot.get(&edit.place.path).and_then(|bytes| bytes.get(between));
            last.place.path == edit.place.path && bytes.is_some_and(|bytes| !bytes.contains(&b'\n'))
        };
        match lines.last_mut() {
            Some(line) if line.last().is_some_and(near) => line.push(edit),
            _ => lines.push(vec![edit]),
        }
    }
    lines
}

/// A piece of a text, cut out of its lines where they are long.
struct Window {
    text: String,
    /// The byte of the whole text with which the piece begins, and how much stands before it here.
    start: usize,
    mark: usize,
}

impl Window {
    /// The piece around some bytes; none where they are not in the text, or too many to show.
    fn around(text: &str, bytes: Range<usize>) -> Option<Self> {
        let (before, after) = (text.get(..bytes.start)?, text.get(bytes.end..)?);
        let middle = text.get(bytes).filter(|middle| middle.len() < LONGEST)?;
        let head = before.char_indices().rev().take(AROUND).take_while(|(_, one)| *one != '\n').last().map_or(before.len(), |(at, _)| at);
        let tail = after.char_indices().take(AROUND).find(|(_, one)| *one == '\n').map_or_else(
            || after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at),
            |(at, _)| at,
        );
        let cut_before = if before[..head].is_empty() || before[..head].ends_with('\n') { "" } else { "…" };
        let cut_after = if after[tail..].is_empty() || after[tail..].starts_with(['\n', '\r']) { "" } else { "…" };
        let text = [cut_before, &before[head..], middle, after[..tail].trim_end_matches('\r'), cut_after].concat();
        Some(Self { text, start: head, mark: cut_before.len() })
    }

    /// Where a byte of the whole text stands in the piece.
    fn inside(&self, at: usize) -> usize {
        at - self.start + self.mark
    }
}
