//! The entries of a `.bib` file, also of one that is broken in places.

use std::ops::Range;

use biblatex::{Pair, ParseError, ParseErrorKind, RawBibliography, RawChunk, RawEntry, Spanned};

use super::super::Fault;
use crate::budget;
use crate::text::{Span, rules};

/// How often a broken piece is tried without its tail.
const TRIES: usize = 8;

/// What a file declares. Places count from its start.
#[derive(Default)]
pub(super) struct Entries<'t> {
    /// The entries that can be read.
    pub(super) list: Vec<Spanned<RawEntry<'t>>>,
    /// What `@string` declares.
    pub(super) abbreviations: Vec<Pair<'t>>,
    /// The keys of the others.
    pub(super) lost: Vec<String>,
    /// What is broken.
    pub(super) faults: Vec<Fault>,
}

/// Reads a file. The library gives up at the first fault; then each entry is read by itself.
pub(super) fn entries(text: &str) -> Entries<'_> {
    let mut found = Entries::default();
    if found.take(text, 0..text.len()).is_err() {
        for piece in pieces(text, 0..text.len(), opens_entry) {
            found.piecewise(text, piece);
        }
    }
    found
}

/// The pieces of a part of a text, each from an `@` at the start of a line that `begins` an entry up to the next.
fn pieces(text: &str, part: Range<usize>, begins: fn(&str) -> bool) -> Vec<Range<usize>> {
    let mut starts = Vec::new();
    let mut at = part.start;
    for line in text[part.clone()].split_inclusive('\n') {
        let inside = line.trim_start();
        if inside.starts_with('@') && begins(inside) {
            starts.push(at + line.len() - inside.len());
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([part.end]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// Whether a line that begins with `@` goes on like an entry: a word, then a bracket.
fn opens_entry(line: &str) -> bool {
    let rest = line[1..].trim_start_matches(|one: char| one.is_ascii_alphanumeric());
    rest.len() + 1 < line.len() && rest.trim_start().starts_with(['{', '('])
}

impl<'t> Entries<'t> {
    /// Reads what stands between two entries' beginnings. An `@` that begins a line in it may belong to the text of a
    /// field, or begin an entry that lacks its brace: the latter, if what stands before it is whole.
    fn piecewise(&mut self, text: &'t str, piece: Range<usize>) {
        let Err(error) = self.take(text, piece.clone()) else { return };
        let doubtful = pieces(text, piece.clone(), |_| true);
        for part in doubtful.iter().skip(1).take(TRIES) {
            if self.take(text, piece.start..part.start).is_ok() {
                return self.piecewise(text, part.start..piece.end);
            }
        }
        self.miss(&text[piece.clone()], piece.start, &error);
    }

    /// Takes in the entries of a part of the file, if it is whole.
    fn take(&mut self, text: &'t str, part: Range<usize>) -> Result<(), ParseError> {
        let start = part.start;
        let mut raw = RawBibliography::parse(&text[part])?;
        for entry in &mut raw.entries {
            shift(&mut entry.span, start);
            shift(&mut entry.v.key.span, start);
            shift(&mut entry.v.kind.span, start);
            entry.v.fields.iter_mut().for_each(|field| shift_field(field, start));
        }
        raw.abbreviations.iter_mut().for_each(|field| shift_field(field, start));
        self.list.append(&mut raw.entries);
        self.abbreviations.append(&mut raw.abbreviations);
        Ok(())
    }

    /// Reports a part of the file that is broken, and keeps the names that it declares.
    fn miss(&mut self, part: &'t str, start: usize, error: &ParseError) {
        let (kind, rest) = word(&part[1..]);
        let inside = rest.trim_start().trim_start_matches(['{', '(']).trim_start();
        match kind.to_ascii_lowercase().as_str() {
            // These hold nothing that a briefing uses, and BibTeX itself takes a comment in any form.
            "comment" | "preamble" => return,
            "string" => {
                // The abbreviation stands for nothing, so that its uses are not reported, too.
                let name = inside[..inside.find('=').unwrap_or(0)].trim_end();
                self.abbreviations.push(Pair::new(Spanned::new(name, start..start), Spanned::new(Vec::new(), start..start)));
            }
            _ => {
                let key = inside.split([',', '}', '=']).next().unwrap_or_default().trim();
                self.lost.push(key.to_owned());
            }
        }
        let at_end = error.span.start >= part.trim_end().len();
        self.faults.push(if at_end { unclosed(part, start) } else { not_bibtex(error, start) });
    }
}

/// The word at the start of a text, and what follows it.
fn word(text: &str) -> (&str, &str) {
    text.split_at(text.find(|one: char| !one.is_ascii_alphanumeric()).unwrap_or(text.len()))
}

fn shift(span: &mut Range<usize>, by: usize) {
    *span = span.start + by..span.end + by;
}

fn shift_field(field: &mut Pair<'_>, by: usize) {
    shift(&mut field.key.span, by);
    shift(&mut field.value.span, by);
    field.value.v.iter_mut().for_each(|chunk| shift(&mut chunk.span, by));
}

/// What the library says of a part of a file that begins at `start`.
pub(super) fn not_bibtex(error: &ParseError, start: usize) -> Fault {
    let span = Span::from(error.span.clone()).shift(start);
    let message = match &error.kind {
        ParseErrorKind::UnexpectedEof => "this is not BibTeX: a value ends too soon".to_owned(),
        other => format!("this is not BibTeX: {other}"),
    };
    let fault = Fault::new(&rules::FRONT_MATTER, span, message);
    match error.kind {
        ParseErrorKind::UnexpectedEof | ParseErrorKind::MalformedCommand => {
            fault.help("a dollar sign is written `\\$`, a backslash `\\textbackslash`")
        }
        _ => fault,
    }
}

fn unclosed(part: &str, start: usize) -> Fault {
    let head = part.lines().next().unwrap_or_default().trim_end();
    Fault::new(&rules::FRONT_MATTER, Span::new(start, start + head.len()), "this is not BibTeX: the entry is not closed")
        .help("a brace or a quotation mark that is opened in it has no partner")
}

/// The library reads commands within commands by calling itself, so nobody may nest braces without end.
pub(super) fn too_deep(entry: &RawEntry<'_>) -> Option<Fault> {
    let chunks = entry.fields.iter().flat_map(|field| &field.value.v);
    let deep = chunks.filter(|chunk| matches!(chunk.v, RawChunk::Normal(text) if depth(text) > budget::VALUE_DEPTH)).map(|chunk| {
        let message = format!("braces are nested deeper than {}", budget::VALUE_DEPTH);
        Fault::new(&rules::TOO_LARGE, Span::from(chunk.span.clone()), message)
    });
    deep.into_iter().next()
}

/// How deep braces are nested at most. One that is escaped counts, too: the library does so inside a command.
fn depth(text: &str) -> usize {
    let (mut now, mut most) = (0_usize, 0);
    for byte in text.bytes() {
        match byte {
            b'{' => now += 1,
            b'}' => now = now.saturating_sub(1),
            _ => {}
        }
        most = most.max(now);
    }
    most
}
