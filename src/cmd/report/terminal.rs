//! Findings on the terminal, in the manner of rustc; alone knows the renderer of excerpts.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};

use super::locate::Locator;
use crate::text::{Diagnostic, Edit, Fix, Place, Severity};

/// Bytes of a line above which it is named and not shown: the renderer reads all that it is given.
const LONGEST: usize = 20_000;
/// Characters of a line that are shown on either side of an edit; paragraphs are long lines.
const AROUND: usize = 60;

/// A finding as text with colours.
pub(super) fn write(diagnostic: &Diagnostic, locator: &Locator<'_>) -> String {
    let renderer = Renderer::styled().decor_style(DecorStyle::Ascii);
    let suggestion = diagnostic.fix.as_ref().and_then(|fix| suggestion(title(diagnostic, fix), fix, locator));
    let shown = suggestion.as_ref().and(diagnostic.fix.as_ref()).map(|fix| title(diagnostic, fix));
    let groups: Vec<Group<'_>> = std::iter::once(finding(diagnostic, shown, locator)).chain(suggestion).collect();
    // The renderer makes most control characters visible, but not those that some terminals obey as well.
    renderer.render(&groups).replace(|one| matches!(one, '\u{80}'..='\u{9f}'), "\u{fffd}")
}

/// What stands above the edits of a fix: the line of help that says the same, if there is one, or its own title.
fn title<'d>(diagnostic: &'d Diagnostic, fix: &'d Fix) -> &'d str {
    let asks = |line: &str| {
        fix.title
            .strip_prefix("write ")
            .is_some_and(|name| line.strip_prefix("did you mean ").and_then(|rest| rest.strip_suffix('?')) == Some(name))
    };
    diagnostic.help.iter().map(String::as_str).find(|line| asks(line)).unwrap_or(&fix.title)
}

/// The finding itself. A line of help that is `shown` above the edits is not said twice.
fn finding<'d>(diagnostic: &'d Diagnostic, shown: Option<&str>, locator: &Locator<'d>) -> Group<'d> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(diagnostic.message.as_str()).id(diagnostic.rule.name));
    if let Some(place) = &diagnostic.place {
        group = with_place(group, place, "", AnnotationKind::Primary, locator);
    }
    for label in &diagnostic.related {
        group = with_place(group, &label.place, &label.text, AnnotationKind::Context, locator);
    }
    let help = diagnostic.help.iter().map(String::as_str).filter(|line| shown != Some(*line));
    help.fold(group, |group, line| group.element(Level::HELP.message(line)))
}

/// Adds a place, with its line where that can be shown. Of a long place, such as a whole box, that is the first line.
fn with_place<'d>(group: Group<'d>, place: &'d Place, label: &'d str, kind: AnnotationKind, locator: &Locator<'d>) -> Group<'d> {
    let origin = Origin::path(&*place.path);
    let named = |group: Group<'d>, origin: Origin<'d>| {
        let group = group.element(origin);
        if label.is_empty() { group } else { group.element(Level::NOTE.message(label)) }
    };
    let Some((text, line)) = locator.line(place) else { return named(group, origin) };
    let at = locator.lines(place).0;
    if line.len() > LONGEST {
        return named(group, origin.line(at.line).char_column(at.column));
    }
    let inside = |at: usize| crate::text::floor_boundary(text, at).clamp(line.start, line.end) - line.start;
    let start = inside(place.span.start);
    let annotation = kind.span(start..inside(place.span.end).max(start));
    let annotation = if label.is_empty() { annotation } else { annotation.label(label) };
    group.element(Snippet::source(&text[line]).path(&*place.path).line_start(at.line).annotation(annotation))
}

/// The lines of a fix before and after it; none where it is about a file that was not read.
fn suggestion<'d>(title: &'d str, fix: &'d Fix, locator: &Locator<'d>) -> Option<Group<'d>> {
    let mut group = Group::with_title(Level::HELP.secondary_title(title));
    for edits in by_line(&fix.edits, locator) {
        let place = &edits.first()?.place;
        let (text, _) = locator.line(place)?;
        let whole: Range<usize> =
            edits.iter().map(|edit| edit.place.span.start).min()?..edits.iter().map(|edit| edit.place.span.end).max()?;
        let shown = Window::around(text, whole)?;
        let patches = edits.iter().map(|edit| {
            let span = edit.place.span;
            Patch::new(shown.inside(span.start)..shown.inside(span.end), edit.text.as_str())
        });
        let number = locator.lines(place).0.line;
        group = group.element(Snippet::source(shown.text.clone()).path(&*place.path).line_start(number).patches(patches));
    }
    (!fix.edits.is_empty()).then_some(group)
}

/// The edits of a fix, gathered where they stand in one line, in their order.
fn by_line<'d>(edits: &'d [Edit], locator: &Locator<'_>) -> Vec<Vec<&'d Edit>> {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| &edit.place);
    let mut lines: Vec<Vec<&Edit>> = Vec::new();
    for edit in sorted {
        let near = |last: &&Edit| {
            let between = last.place.span.end..edit.place.span.start;
            let text = locator.line(&edit.place).and_then(|(text, _)| text.as_bytes().get(between));
            last.place.path == edit.place.path && text.is_some_and(|text| !text.contains(&b'\n'))
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
        let mut rest = after.char_indices().enumerate();
        let tail = rest.find(|(count, (_, one))| *count == AROUND || *one == '\n').map_or(after.len(), |(_, (at, _))| at);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::snapshot::Snapshot;
    use crate::text::{Diagnostics, Span, rules};
    use proptest::prelude::*;

    /// How many cells of a terminal the characters that the tests use take.
    fn cells(text: &str) -> usize {
        text.chars().map(|one| if one > '\u{2e80}' && one != '\u{fffd}' { 2 } else { 1 }).sum()
    }

    fn written(diagnostic: &Diagnostic, snapshot: &Snapshot) -> String {
        let mut diagnostics = Diagnostics::default();
        diagnostics.push(diagnostic.clone());
        write(diagnostic, &Locator::new(&diagnostics, snapshot, String::new()))
    }

    fn plain(diagnostic: &Diagnostic, snapshot: &Snapshot) -> Vec<String> {
        anstream::adapter::strip_str(&written(diagnostic, snapshot)).to_string().lines().map(str::to_owned).collect()
    }

    /// What stands above the first row of carets.
    fn underlined(lines: &[String]) -> String {
        let at = lines.iter().position(|line| line.contains('^')).expect("carets");
        let carets = &lines[at];
        let start = carets.find('^').expect("a caret");
        let width = carets.matches('^').count();
        let mut column = 0;
        let inside = |one: &char| {
            let here = column;
            column += cells(&one.to_string());
            (start..start + width).contains(&here)
        };
        lines[at - 1].chars().filter(inside).collect()
    }

    #[test]
    fn carets_stand_under_their_characters() {
        let long = "中文".repeat(90);
        for before in ["", "plain ", "产量下降了", "😀 中文, ", "\u{202e}x", &long] {
            for after in ["", " after", "中文。", &long] {
                let text = format!("first\n{before}[@key]{after}\r\nlast\n");
                let start = text.find("[@").expect("it is there");
                let snapshot = Snapshot::of([("content/a.md", text)]);
                let place = Place::new("content/a.md", Span::new(start, start + 6));
                let lines = plain(&Diagnostic::new(&rules::UNKNOWN_SOURCE, place, "x"), &snapshot);
                assert_eq!(underlined(&lines), "[@key]", "{}", lines.join("\n"));
                assert_eq!(lines[1].trim(), format!("--> content/a.md:2:{}", before.chars().count() + 1));
            }
        }
    }

    #[test]
    fn what_cannot_be_shown_is_named() {
        let one = |path: &str, span| {
            plain(
                &Diagnostic::new(&rules::IO, Place::new(path, span), "x"),
                &Snapshot::of([("a", "x\n".to_owned() + &"y".repeat(LONGEST + 1))]),
            )
        };
        assert_eq!(one("a", Span::new(4, 5))[1].trim(), "--> a:2:3");
        assert_eq!(one("copies/b.txt", Span::new(7, 9))[1].trim(), "--> copies/b.txt");
        assert_eq!(one("a", Span::new(900_000, 900_001))[1].trim(), format!("--> a:2:{}", LONGEST + 2));
        let fix = Fix::safe("delete it", vec![Edit { place: Place::new("copies/b.txt", Span::new(0, 1)), text: String::new() }]);
        let found = Diagnostic::new(&rules::IO, Place::new("copies/b.txt", Span::default()), "x").help("delete it").fix(fix);
        let found = found.related(Place::new("copies/c.txt", Span::new(3, 4)), "the copy says: y");
        let lines = plain(&found, &Snapshot::default());
        assert_eq!(lines.last().map(|line| line.trim()), Some("= help: delete it"), "{}", lines.join("\n"));
        assert!(lines.iter().any(|line| line.trim() == "= note: the copy says: y"), "{}", lines.join("\n"));
    }

    #[test]
    fn a_terminal_obeys_nothing_that_a_text_says() {
        let snapshot = Snapshot::of([("a", "\u{1b}]0;x\u{7}\u{9b}31m")]);
        let shown = written(&Diagnostic::new(&rules::IO, Place::new("a", Span::new(0, 1)), "\u{1b}[2J\u{9d}"), &snapshot);
        assert!(!shown.contains(['\u{7}', '\u{9b}', '\u{9d}']) && !shown.contains("\u{1b}]") && !shown.contains("\u{1b}[2J"), "{shown:?}");
    }

    proptest! {
        #[test]
        fn any_finding_can_be_shown(text in "([a-c \t\r\n中😀é\u{301}\u{200d}]{0,9}\n?){0,4}", cuts in proptest::collection::vec((0..40_usize, "[x中\n ]{0,3}"), 0..6)) {
            let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let mut places: Vec<usize> = cuts.iter().map(|(at, _)| bounds[at % bounds.len()]).collect();
            places.sort_unstable();
            let edits: Vec<Edit> = places.chunks_exact(2).zip(&cuts).map(|(ends, (_, text))| {
                Edit { place: Place::new("a", Span::new(ends[0], ends[1])), text: text.clone() }
            }).collect();
            let first = edits.first().map_or(Span::default(), |edit| edit.place.span);
            let found = Diagnostic::new(&rules::IO, Place::new("a", first), "x").fix(Fix::guess("y", edits));
            written(&found, &Snapshot::of([("a", &text)]));
        }
    }
}
