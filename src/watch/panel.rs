//! Findings as HTML, for the panel over a page. All that comes from files is escaped.

use std::path::Path;

use super::editor::Editor;
use crate::parse::escape;
use crate::read::snapshot::Snapshot;
use crate::text::{Diagnostic, Diagnostics, LineTable, Place, Severity};
use crate::theme;

/// How many findings a panel lists.
const MOST: usize = 60;
/// Characters of a line that are shown on either side of the place.
const AROUND: usize = 70;

/// The panel over the pages of the briefing at this root; nothing where nothing was found.
pub(super) fn panel(diagnostics: &Diagnostics, snapshot: &Snapshot, root: &Path) -> String {
    if diagnostics.is_empty() {
        return String::new();
    }
    let editor = Editor::new(snapshot, root);
    let of = |severity| diagnostics.iter().filter(move |one| one.severity == severity);
    let (errors, warnings) = (diagnostics.count(Severity::Error), diagnostics.count(Severity::Warning));
    let mut html = String::new();
    if errors > 0 {
        let noun = if errors == 1 { "error" } else { "errors" };
        html.push_str(&format!("<section class=\"errors\" role=\"alert\"><h2>{errors} {noun}; the page is as it was before</h2>"));
        list(of(Severity::Error), errors, snapshot, &editor, &mut html);
        html.push_str("</section>");
    }
    if warnings > 0 {
        let noun = if warnings == 1 { "warning" } else { "warnings" };
        html.push_str(&format!("<details class=\"warnings\"><summary>{warnings} {noun}</summary>"));
        list(of(Severity::Warning), warnings, snapshot, &editor, &mut html);
        html.push_str("</details>");
    }
    html
}

fn list<'d>(findings: impl Iterator<Item = &'d Diagnostic>, all: usize, snapshot: &Snapshot, editor: &Editor, html: &mut String) {
    html.push_str("<ul>");
    for one in findings.take(MOST) {
        html.push_str(&format!("<li><p><b>{}</b> <code>{}</code></p>", escape(&one.message), escape(one.rule.name)));
        if let Some(place) = &one.place {
            excerpt(place, snapshot, editor, html);
        }
        for label in &one.related {
            html.push_str(&format!("<p>{}</p>", escape(&label.text)));
            excerpt(&label.place, snapshot, editor, html);
        }
        for help in &one.help {
            html.push_str(&format!("<p class=\"help\">{}</p>", escape(help)));
        }
        html.push_str("</li>");
    }
    html.push_str("</ul>");
    if all > MOST {
        html.push_str(&format!("<p>and {} more</p>", all - MOST));
    }
}

/// The place, and its line with the place marked, where the file is a text.
fn excerpt(place: &Place, snapshot: &Snapshot, editor: &Editor, html: &mut String) {
    let bytes = snapshot.get(&place.path).map(|bytes| bytes.as_slice()).or_else(|| theme::built_in(&place.path));
    let text = bytes.and_then(|bytes| std::str::from_utf8(bytes).ok());
    let Some(text) = text else {
        html.push_str(&format!("<p class=\"place\">{}</p>", escape(&place.path)));
        return;
    };
    let table = LineTable::new(text);
    let at = table.position(text, place.span.start);
    let shown = format!("{}:{}:{}", escape(&place.path), at.line, at.column);
    html.push_str(&match editor.address(&place.path, at.line, at.column) {
        Some(address) => format!("<p class=\"place\"><a href=\"{}\">{shown}</a></p>", escape(&address)),
        None => format!("<p class=\"place\">{shown}</p>"),
    });
    let line = table.line(text, place.span.start);
    let start = floor(text, place.span.start.clamp(line.start, line.end));
    let end = floor(text, place.span.end.clamp(start, line.end));
    let (before, marked, after) = (&text[line.start..start], &text[start..end], &text[end..line.end]);
    let cut = before.char_indices().rev().nth(AROUND).map_or(0, |(at, one)| at + one.len_utf8());
    let short = |text: &str| text.char_indices().nth(AROUND).map_or(text.len(), |(at, _)| at);
    html.push_str(&format!(
        "<pre>{}{}<mark>{}</mark>{}</pre>",
        if cut > 0 { "…" } else { "" },
        escape(&before[cut..]),
        escape(&marked[..short(marked)]),
        escape(&after[..short(after)]),
    ));
}

/// The nearest beginning of a character at or before a byte.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Span, rules};

    #[test]
    fn nothing_in_a_panel_is_markup_of_a_file() {
        let evil = "</li><script>alert(1)</script>";
        let snapshot = Snapshot::of([("content/<b>.md", format!("中{evil}\n"))]);
        let place = Place::new("content/<b>.md", Span::new(1, 9));
        let found = Diagnostic::new(&rules::IO, place.clone(), evil).help(evil).related(place, evil);
        let html = panel(&std::iter::once(found).collect(), &snapshot, Path::new("/a"));
        assert!(!html.contains("<script") && !html.contains("<b>.md"), "{html}");
        assert!(html.contains("content/&lt;b&gt;.md:1:1") && html.contains("<mark>"), "{html}");
        assert!(html.contains("<a href=\"vscode://file/a/content/%3Cb%3E.md:1:1\">"), "{html}");
        assert_eq!(panel(&Diagnostics::default(), &snapshot, Path::new("/a")), "");
    }
}
