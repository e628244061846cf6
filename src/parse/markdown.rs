//! Markdown to a body with holes; this room alone knows the Markdown library.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{BrokenLink, CowStr, Event, Parser, Tag, TagEnd};

use super::body::Body;
use super::quote::correction_date;
use super::writer::Writer;
use super::{citation, sanitise};
use crate::budget;
use crate::text::{Diagnostic, Diagnostics, Place, Span, rules, suggestion};

/// How Markdown is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Options {
    /// Curly quotation marks and dashes.
    pub smart_punctuation: bool,
    /// Raw HTML passes as it stands.
    pub trusted_html: bool,
    /// The words of each block are kept, for checks that look for terms in them.
    pub keep_words: bool,
}

/// Where the places of a text lie in its file.
#[derive(Debug, Clone, Copy)]
pub enum Spans {
    /// The text stands in the file from this byte on.
    From(usize),
    /// The text was written with escapes, so that only the place of the whole is known.
    Whole(Span),
}

impl Spans {
    /// The place in the file of a range of the text.
    pub(super) fn place(self, range: Range<usize>) -> Span {
        match self {
            Self::From(base) => Span::from(range).shift(base),
            Self::Whole(span) => span,
        }
    }
}

/// The file that a text stands in, for links and diagnostics.
#[derive(Debug, Clone)]
pub(super) struct Origin {
    /// The file from the root of the briefing.
    pub path: Arc<str>,
    /// The file from the root of the content folder.
    pub content_path: String,
    /// Where the text stands in it.
    pub spans: Spans,
}

/// Parses a text. `path` is its file from the root of the briefing, `content_path` from that of the content folder.
pub fn markdown(text: &str, path: &Arc<str>, content_path: &str, spans: Spans, options: Options, diagnostics: &mut Diagnostics) -> Body {
    let origin = Origin { path: path.clone(), content_path: content_path.to_owned(), spans };
    let callback = |link: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
        let inside = link.reference.as_ref();
        let known = citation::is_citation(inside) || correction_date(inside).is_some();
        (known && shortcut(text, &link.span)).then(|| ("".into(), "".into()))
    };
    let parser = Parser::new_with_broken_link_callback(text, parser_options(options), Some(callback));
    let definitions: Vec<(String, Range<usize>)> = parser
        .reference_definitions()
        .iter()
        .filter(|(label, _)| label.starts_with('@'))
        .map(|(label, one)| (label.to_owned(), one.span.clone()))
        .collect();
    let mut events: Vec<(Event<'_>, Range<usize>)> = parser.into_offset_iter().collect();
    if let Some(range) = too_deep(&events) {
        let message = format!("this text is nested deeper than {}, and is not read", budget::TEXT_DEPTH);
        diagnostics.push(Diagnostic::new(&rules::TOO_LARGE, Place::new(path.clone(), origin.spans.place(range)), message));
        events.clear();
    }
    swallowed(definitions, &origin, diagnostics);
    let mut body = Writer::new(text, &origin, &events, options.keep_words, diagnostics).write();
    let runs = plain_runs(&events);
    undefined(&marks_as_text(text, &runs), &body, &origin, diagnostics);
    foreign(text, &runs, &origin, diagnostics);
    if body.raw_html && !options.trusted_html {
        let (clean, changed) = sanitise::clean(&body.body.main);
        body.body.main = clean;
        let mut any = changed;
        for footnote in &mut body.body.footnotes {
            let (clean, changed) = sanitise::clean(&footnote.fragment);
            footnote.fragment = clean;
            any |= changed;
        }
        if any {
            let place = Place::new(path.clone(), origin.spans.place(body.raw_span));
            let diagnostic = Diagnostic::new(&rules::RAW_HTML, place, "raw HTML that is not allowed was taken out of this section");
            diagnostics.push(diagnostic.help("write it as Markdown, or set `raw_html = \"trusted\"` under [markdown] in postil.toml"));
        }
    }
    // What has grown piece by piece has room to grow on, a third of it and more; a copy takes what it needs.
    body.body.clone()
}

/// Where the nesting goes over its budget.
fn too_deep(events: &[(Event<'_>, Range<usize>)]) -> Option<Range<usize>> {
    let mut depth = 0_usize;
    let over = events.iter().find(|(event, _)| {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > budget::TEXT_DEPTH
    });
    over.map(|(_, range)| range.start..range.start)
}

/// Only `[…]` by itself is a citation, never the second half of `[words][…]`.
fn shortcut(text: &str, span: &Range<usize>) -> bool {
    text[span.clone()].starts_with('[') && !text[..span.start].ends_with(']')
}

fn parser_options(options: Options) -> pulldown_cmark::Options {
    use pulldown_cmark::Options as Markdown;
    let mut on = Markdown::ENABLE_TABLES
        | Markdown::ENABLE_FOOTNOTES
        | Markdown::ENABLE_STRIKETHROUGH
        | Markdown::ENABLE_TASKLISTS
        | Markdown::ENABLE_HEADING_ATTRIBUTES
        | Markdown::ENABLE_GFM
        | Markdown::ENABLE_WIKILINKS;
    on.set(Markdown::ENABLE_SMART_PUNCTUATION, options.smart_punctuation);
    on
}

/// `[@key]: …` at the start of a line defines a link and swallows every citation of that key.
fn swallowed(definitions: Vec<(String, Range<usize>)>, origin: &Origin, diagnostics: &mut Diagnostics) {
    for (label, range) in definitions {
        let place = Place::new(origin.path.clone(), origin.spans.place(range));
        let diagnostic = Diagnostic::new(
            &rules::CITATION_DEFINITION,
            place,
            format!("`[{label}]:` at the start of a line defines a link, so every `[{label}]` stops being a citation"),
        );
        diagnostics.push(diagnostic.help("put words before the citation, or take the colon away"));
    }
}

/// Ranges of plain text. The parser gives brackets as texts of their own, so neighbouring texts are read as one; a
/// backslash before a mark parts them.
fn plain_runs(events: &[(Event<'_>, Range<usize>)]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut in_code = false;
    for (event, range) in events {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(_) if !in_code => match runs.last_mut().filter(|run| run.end == range.start) {
                Some(run) => run.end = range.end,
                None => runs.push(range.clone()),
            },
            _ => {}
        }
    }
    runs
}

/// Marks of other Markdown programs, which mean nothing here: boxes between colons, and footnotes in their place.
fn foreign(text: &str, runs: &[Range<usize>], origin: &Origin, diagnostics: &mut Diagnostics) {
    let mut report = |rule, range: Range<usize>, message: &str, help: &str| {
        let place = Place::new(origin.path.clone(), origin.spans.place(range));
        diagnostics.push(Diagnostic::new(rule, place, message).help(help));
    };
    for run in runs {
        let inside = &text[run.clone()];
        let line = text[..run.start].rfind('\n').map_or(0, |at| at + 1);
        let escaped = text[..run.start].ends_with('\\');
        if inside.starts_with(":::") && !escaped && text[line..run.start].trim_start_matches('>').trim().is_empty() {
            let message = "a line of colons is shown as it stands, and opens no box";
            report(&rules::COLON_FENCE, run.start..run.end, message, "write a box as a block quote: `> [!NOTE]`, then `> ` and its text");
        }
        for (at, mark) in inside.match_indices("^[").filter(|(at, _)| *at > 0 || !escaped) {
            let range = run.start + at..run.start + at + mark.len();
            report(
                &rules::INLINE_FOOTNOTE,
                range,
                "`^[` begins no footnote here, and is shown as it stands",
                "write `[^label]` here, and `[^label]: …` in a paragraph of its own",
            );
        }
    }
}

/// Footnote marks that the parser left as text, because nothing defines them: label and place.
fn marks_as_text(text: &str, runs: &[Range<usize>]) -> Vec<(String, Range<usize>)> {
    let marks = runs.iter().cloned().flat_map(|run| {
        let inside = &text[run.clone()];
        inside.match_indices("[^").filter_map(move |(at, start)| {
            let label = inside[at + start.len()..]
                .split([']', '['])
                .next()
                .filter(|label| inside[at + start.len() + label.len()..].starts_with(']'))?;
            let from = run.start + at;
            let fits = !label.is_empty() && !label.contains(char::is_whitespace) && !text[..from].ends_with('\\');
            fits.then(|| (label.to_owned(), from..from + start.len() + label.len() + 1))
        })
    });
    marks.collect()
}

fn undefined(unknown: &[(String, Range<usize>)], body: &super::writer::Written, origin: &Origin, diagnostics: &mut Diagnostics) {
    for (label, range) in unknown {
        let known = body.body.footnotes.iter().map(|one| one.label.as_str()).chain(body.unused.iter().map(String::as_str));
        let place = Place::new(origin.path.clone(), origin.spans.place(range.clone()));
        let diagnostic = Diagnostic::new(&rules::UNDEFINED_FOOTNOTE, place, format!("the footnote `{label}` is not defined"));
        let way_out = suggestion(label, known).unwrap_or_else(|| format!("define it in a paragraph of its own: `[^{label}]: …`"));
        diagnostics.push(diagnostic.help(way_out));
    }
}
