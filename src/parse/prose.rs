//! What checks must know of running text: its numbers, its abbreviations, and marks that look like Markdown of other
//! programs. It is found while the text is read, because only then are all places known.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::body::{HOLE_START, Reference, Target};
use super::sentence::{Sentences, first_word, last_word};
use crate::kind::Kind;
use crate::text::{Cover, Span};

/// What is found in the running text of a section. Places are bytes of its file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prose {
    /// Numbers that no claim and no citation covers.
    pub numbers: Vec<Span>,
    /// Words in capitals, each at its first place.
    pub abbreviations: BTreeMap<String, Span>,
    /// Abbreviations that stand in brackets beside their long form.
    pub expanded: Vec<String>,
    /// Words that begin with `@`, without it; the place holds it.
    pub handles: Vec<(String, Span)>,
    /// The plain words of each block, where a check will ask for them.
    pub blocks: Vec<Words>,
}

/// The plain words of one block, with the places of their pieces in the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// The words; spaces stand for code.
    pub text: String,
    pieces: Vec<(Range<usize>, Span)>,
}

impl Words {
    /// The place in the file of a part of the text.
    #[must_use]
    pub fn place(&self, part: Range<usize>) -> Option<Span> {
        place(&self.pieces, part)
    }
}

/// The plain text of one block, as it is written.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// The text. References without words of their own leave a hole.
    pub text: String,
    /// Where pieces of the text stand in the file: the range in `text`, and the range there.
    pieces: Vec<(Range<usize>, Span)>,
    /// Parts of the text that are no prose: code.
    code: Vec<Range<usize>>,
}

impl Block {
    /// Adds a piece of running text that stands at `span`.
    pub(super) fn push(&mut self, text: &str, span: Span) {
        let start = self.text.len();
        self.text.push_str(text);
        self.pieces.push((start..self.text.len(), span));
    }

    /// Adds code.
    pub(super) fn push_code(&mut self, code: &str) {
        let start = self.text.len();
        self.text.push_str(code);
        self.code.push(start..self.text.len());
    }

    /// The place in the file of a part of the text.
    pub(super) fn place(&self, part: Range<usize>) -> Option<Span> {
        place(&self.pieces, part)
    }

    /// The words, with spaces in the place of code, so that places hold.
    fn words(&self) -> Words {
        let mut text = String::with_capacity(self.text.len());
        let mut from = 0;
        for code in &self.code {
            text.push_str(&self.text[from..code.start]);
            text.extend(std::iter::repeat_n(' ', code.len()));
            from = code.end;
        }
        text.push_str(&self.text[from..]);
        Words { text, pieces: self.pieces.clone() }
    }

    fn is_code(&self, at: usize) -> bool {
        let number = self.code.partition_point(|code| code.start <= at);
        number.checked_sub(1).is_some_and(|number| self.code[number].contains(&at))
    }
}

/// The place in the file of a part of a text of which these are the pieces.
fn place(pieces: &[(Range<usize>, Span)], part: Range<usize>) -> Option<Span> {
    // The byte, and the one after it. A piece that is longer or shorter in the file has one place, that of the whole.
    let at = |offset: usize| {
        let number = pieces.partition_point(|(piece, _)| piece.start <= offset).checked_sub(1)?;
        let (piece, span) = &pieces[number];
        let byte = span.start + (offset - piece.start);
        Some(if piece.len() == span.range().len() && byte < span.end { (byte, byte + 1) } else { (span.start, span.end) })
    };
    let (start, last) = (at(part.start)?, at(part.end.saturating_sub(1).max(part.start))?);
    Some(Span::new(start.0, last.1.max(start.0)))
}

/// What a block is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Setting {
    /// A heading: its numbers are names.
    pub heading: bool,
    /// A quotation with its source: it is cited as a whole.
    pub sourced: bool,
    /// A section for which a check will ask for the words.
    pub keep: bool,
}

impl Prose {
    /// Takes in a block. `references` are those that lie in it.
    pub(super) fn take(&mut self, block: &Block, references: &[Reference], setting: Setting) {
        if block.pieces.is_empty() {
            return;
        }
        let bytes = block.text.as_bytes();
        if !setting.heading && !setting.sourced && bytes.iter().any(u8::is_ascii_digit) {
            self.numbers(block, references);
        }
        self.capitals(block);
        if bytes.contains(&b'@') {
            self.handles(block);
        }
        if setting.keep && !setting.heading && !setting.sourced {
            self.blocks.push(block.words());
        }
    }

    fn numbers(&mut self, block: &Block, references: &[Reference]) {
        let words = |one: &Reference| one.words && matches!(one.target, Target::Record(..));
        let cites = |one: &Reference| match one.target {
            Target::Cite(_) => true,
            Target::Record(kind, _) => kind == Kind::Claim && !one.words,
            _ => false,
        };
        let cites: BTreeSet<usize> = references.iter().filter(|one| cites(one)).map(|one| one.at.start).collect();
        let worded: Cover = references.iter().filter(|one| words(one)).map(|one| one.at).collect();
        let sentences = Sentences::of(&block.text);
        for number in digits(&block.text) {
            if worded.holds(number.clone().into()) || block.is_code(number.start) || is_name(&block.text, &number) {
                continue;
            }
            let sentence = sentences.around(&number);
            if cites.range(sentence.start..=sentence.end).next().is_none() {
                self.numbers.extend(block.place(number));
            }
        }
    }

    fn capitals(&mut self, block: &Block) {
        let text = &block.text;
        for word in capitals(text) {
            if block.is_code(word.start) {
                continue;
            }
            let name = &text[word.clone()];
            let bracketed = text[..word.start].ends_with(['(', '（']) && text[word.end..].starts_with([')', '）', ',', ';']);
            let explained = text[word.end..].starts_with(" (") || text[word.end..].starts_with("（");
            if bracketed || explained {
                self.expanded.push(name.to_owned());
            }
            if !self.abbreviations.contains_key(name)
                && let Some(span) = block.place(word.clone())
            {
                self.abbreviations.insert(name.to_owned(), span);
            }
        }
    }

    fn handles(&mut self, block: &Block) {
        for (at, _) in block.text.match_indices('@') {
            let before = block.text[..at].chars().next_back();
            if block.is_code(at) || before.is_some_and(|one| one.is_alphanumeric() || "/._-@".contains(one)) {
                continue;
            }
            let key = super::citation::key(&block.text[at + 1..]);
            if let Some(span) = block.place(at..at + 1 + key.len()).filter(|_| !key.is_empty()) {
                self.handles.push((key.to_owned(), span));
            }
        }
    }
}

/// Runs of digits, with the separators and signs inside them.
fn digits(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            // The number of a hole is no number of the author's.
            at = match text[at..].strip_prefix(HOLE_START) {
                Some(rest) => text.len() - rest.trim_start_matches(|one: char| one.is_ascii_digit()).len(),
                None => at + text[at..].chars().next().map_or(1, char::len_utf8),
            };
            continue;
        }
        let start = at;
        while at < bytes.len() && (bytes[at].is_ascii_digit() || matches!(bytes[at], b'.' | b',') && digit_at(bytes, at + 1)) {
            at += 1;
        }
        found.push(start..at);
    }
    found
}

fn digit_at(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(u8::is_ascii_digit)
}

/// Units that may stand directly after a number.
const GLUED: [&str; 20] =
    ["bn", "cm", "g", "ha", "k", "kg", "km", "kV", "kW", "kWh", "m", "mm", "MW", "GW", "MWh", "GWh", "t", "tn", "V", "W"];
/// Words after which a number is the name of a part.
const PARTS: [&str; 26] = [
    "section",
    "sections",
    "chapter",
    "chapters",
    "paragraph",
    "paragraphs",
    "para",
    "paras",
    "page",
    "pages",
    "p",
    "pp",
    "line",
    "lines",
    "figure",
    "figures",
    "table",
    "tables",
    "note",
    "notes",
    "part",
    "step",
    "article",
    "item",
    "version",
    "no",
];
/// Months, as dates name them.
const MONTHS: [&str; 23] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
];

/// Whether digits are a name, a date or the number of a part, and no figure that somebody must answer for.
fn is_name(text: &str, number: &Range<usize>) -> bool {
    let (before, after) = (&text[..number.start], &text[number.end..]);
    let written = &text[number.clone()];
    let letter = |one: Option<char>| one.is_some_and(char::is_alphabetic);
    let mut back = before.chars().rev();
    let (last, second) = (back.next(), back.next());
    let glued_before = letter(last) && !is_han(last) || matches!(last, Some('-' | '_')) && letter(second);
    let tail: &str = &after[..after.find(|one: char| !one.is_ascii_alphabetic()).unwrap_or(after.len())];
    let ordinal = matches!(tail, "st" | "nd" | "rd" | "th");
    if glued_before || !tail.is_empty() && !ordinal && !GLUED.contains(&tail) {
        return true;
    }
    let year = written.len() == 4 && matches!(written.parse::<u16>(), Ok(1900..=2100)) && !after.starts_with(['%', '‰']);
    let in_iso_date =
        after.starts_with('-') && digit_at(after.as_bytes(), 1) || last == Some('-') && second.is_some_and(|one| one.is_ascii_digit());
    let word_before = last_word(before.trim_end().trim_end_matches('.'));
    let word_after = first_word(after.trim_start());
    let month = MONTHS.contains(&word_before.as_str()) && written.len() <= 2 || MONTHS.contains(&word_after.as_str());
    let han_date = after.starts_with(['年', '月', '日']);
    year || in_iso_date || month || han_date || PARTS.contains(&word_before.as_str()) || before.ends_with(['§', '№', '#'])
}

fn is_han(one: Option<char>) -> bool {
    one.is_some_and(|one| ('\u{3400}'..='\u{9fff}').contains(&one))
}

/// Words of two to six capitals, with digits among them: `GDP`, `SF6`. Roman numerals, and words that are shouted,
/// are none.
fn capitals(text: &str) -> Vec<Range<usize>> {
    const SHOUTED: [&str; 26] = [
        "ALL", "AND", "ANY", "ARE", "BE", "BUT", "DO", "FOR", "IN", "IS", "MAY", "MUST", "NEVER", "NO", "NOT", "OF", "ON", "ONLY", "OR",
        "SHALL", "SHOULD", "THE", "TO", "TODO", "WAS", "WE",
    ];
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_uppercase() {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && (bytes[at].is_ascii_uppercase() || bytes[at].is_ascii_digit()) {
            at += 1;
        }
        let name = &text[start..at];
        let capitals = name.bytes().filter(u8::is_ascii_uppercase).count();
        let joined =
            |one: Option<char>| one.is_some_and(|one| one.is_alphanumeric() && !is_han(Some(one)) || matches!(one, '_' | '-' | '/'));
        // A plural `s` belongs to the word: `TBMs`.
        let after = text[at..].strip_prefix('s').unwrap_or(&text[at..]);
        let whole = !joined(text[..start].chars().next_back()) && !joined(after.chars().next());
        let roman = name.bytes().all(|one| b"IVX".contains(&one));
        if whole && (2..=6).contains(&capitals) && name.len() <= 8 && !roman && !SHOUTED.contains(&name) {
            found.push(start..at);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uncovered(text: &str) -> Vec<&str> {
        digits(text).into_iter().filter(|number| !is_name(text, number)).map(|number| &text[number]).collect()
    }

    #[test]
    fn only_figures_count_as_numbers() {
        assert_eq!(uncovered("It fell by 3.2% to 1,600 in 2022, from 80cm."), ["3.2", "1,600", "80"]);
        for name in ["COVID-19 and SF6", "the 3B rocket", "30 March 2024", "March 30, 2024", "2024-03-30", "see p. 35", "2024年3月"] {
            assert_eq!(uncovered(name), Vec::<&str>::new(), "{name}");
        }
    }

    #[test]
    fn capitals_are_abbreviations() {
        let found = |text: &'static str| capitals(text).into_iter().map(|part| &text[part]).collect::<Vec<_>>();
        assert_eq!(found("GDP and TBMs, but NOT part II of A-B or SF6 or HTML5x"), ["GDP", "TBM", "SF6"]);
    }
}
