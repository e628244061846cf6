//! A quotation as a pattern: pieces that an ellipsis parts, each with hyphens and bracketed letters that may be read in two ways.

use std::ops::Range;

use super::fold::Folded;

/// A stretch of a quotation without an omission.
#[derive(Debug)]
pub(super) struct Piece<'q> {
    before: Vec<Part<'q>>,
    /// What is looked for first: the longest run of words.
    anchor: &'q str,
    after: Vec<Part<'q>>,
}

/// What a piece is made of.
#[derive(Debug, Clone, Copy)]
enum Part<'q> {
    /// Words that stand there as they are.
    Words(&'q str),
    /// A hyphen, which may have been left out at the end of a line of the copy. Empty where the quotation itself was broken there.
    Hyphen(&'q str),
    /// A letter in brackets, whose case the author changed.
    Letter(char),
}

/// The pieces of a quotation. Unless `edited`, it is one piece, and its brackets and ellipses are words of the source.
pub(super) fn pieces<'q>(quote: &'q Folded<'_>, edited: bool) -> Vec<Piece<'q>> {
    let piece = |range| Piece::new(quote, range, edited);
    let text = quote.text();
    if edited { parted(text).into_iter().filter_map(piece).collect() } else { piece(0..text.len()).into_iter().collect() }
}

/// What the omissions of a quotation leave of it: those in brackets, and bare ones at either end.
fn parted(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut from = 0;
    for (at, dots) in text.match_indices('…') {
        let (head, tail) = (text[..at].trim_end(), text[at + dots.len()..].trim_start());
        if (head.ends_with('[') && tail.starts_with(']')) || (head.ends_with('(') && tail.starts_with(')')) {
            ranges.push(from..head.len() - 1);
            from = text.len() - tail.len() + 1;
        }
    }
    ranges.push(from..text.len());
    if let Some(first) = ranges.first_mut() {
        let rest = text[first.clone()].trim_start().trim_start_matches('…');
        first.start = first.end - rest.len();
    }
    if let Some(last) = ranges.last_mut() {
        last.end = last.start + text[last.clone()].trim_end().trim_end_matches('…').len();
    }
    ranges
}

impl<'q> Piece<'q> {
    /// The piece in a range of a quotation, if any word is in it.
    fn new(quote: &'q Folded<'_>, range: Range<usize>, edited: bool) -> Option<Self> {
        let text = &quote.text()[..range.end];
        let start = range.end - text[range].trim_start().len();
        let text = text.trim_end();
        let mut parts = Vec::new();
        let mut from = start;
        let mut at = start;
        while let Some(one) = text.get(at..).and_then(|rest| rest.chars().next()) {
            let letter = Some(&text[at..]).filter(|_| edited).and_then(bracketed);
            let (part, end) = match one {
                _ if quote.is_joint(at) && from < at => (Part::Hyphen(""), at),
                '-' => {
                    let end = at + if text[at..].starts_with("- ") { 2 } else { 1 };
                    (Part::Hyphen(&text[at..end]), end)
                }
                _ => match letter {
                    Some(letter) => (Part::Letter(letter), at + letter.len_utf8() + 2),
                    None => {
                        at += one.len_utf8();
                        continue;
                    }
                },
            };
            parts.push(Part::Words(&text[from..at]));
            parts.push(part);
            (from, at) = (end, end);
        }
        parts.push(Part::Words(text.get(from..).unwrap_or_default()));
        parts.retain(|part| !matches!(part, Part::Words("")));
        let longest = (0..parts.len()).max_by_key(|at| parts[*at].words().len())?;
        let anchor = Some(parts[longest].words()).filter(|words| !words.is_empty())?;
        let after = parts.split_off(longest + 1);
        parts.truncate(longest);
        Some(Self { before: parts, anchor, after })
    }

    /// The places of a folded copy where the piece stands, in order.
    pub(super) fn places<'c>(&'c self, copy: &'c Folded<'_>) -> impl Iterator<Item = Range<usize>> + 'c {
        let finder = memchr::memmem::Finder::new(self.anchor);
        let mut from = 0;
        std::iter::from_fn(move || {
            let at = from + finder.find(&copy.text().as_bytes()[from..])?;
            from = at + 1;
            Some(at)
        })
        .filter_map(move |at| self.around(copy, at))
    }

    /// The whole piece, if the rest of it stands around an anchor.
    fn around(&self, copy: &Folded<'_>, at: usize) -> Option<Range<usize>> {
        let start = self.before.iter().rev().try_fold(at, |at, part| part.ending(copy, at))?;
        let end = self.after.iter().try_fold(at + self.anchor.len(), |at, part| part.beginning(copy, at))?;
        Some(start..end)
    }
}

impl<'q> Part<'q> {
    /// Its words, if it is made of words.
    fn words(self) -> &'q str {
        if let Part::Words(words) = self { words } else { "" }
    }

    /// Where the part ends, if it begins at a place of the copy.
    fn beginning(self, copy: &Folded<'_>, at: usize) -> Option<usize> {
        let rest = &copy.text()[at..];
        match self {
            Part::Words(words) => rest.starts_with(words).then_some(at + words.len()),
            Part::Hyphen(_) if copy.is_joint(at) => Some(at),
            Part::Hyphen("") => Some(at + usize::from(rest.starts_with('-'))),
            Part::Hyphen(hyphen) => rest.starts_with(hyphen).then_some(at + hyphen.len()),
            Part::Letter(letter) => rest.chars().next().filter(|one| alike(*one, letter)).map(|one| at + one.len_utf8()),
        }
    }

    /// Where the part begins, if it ends at a place of the copy.
    fn ending(self, copy: &Folded<'_>, at: usize) -> Option<usize> {
        let rest = &copy.text()[..at];
        match self {
            Part::Words(words) => rest.ends_with(words).then(|| at - words.len()),
            Part::Hyphen(_) if copy.is_joint(at) => Some(at),
            Part::Hyphen("") => Some(at - usize::from(rest.ends_with('-'))),
            Part::Hyphen(hyphen) => rest.ends_with(hyphen).then(|| at - hyphen.len()),
            Part::Letter(letter) => rest.chars().next_back().filter(|one| alike(*one, letter)).map(|one| at - one.len_utf8()),
        }
    }
}

/// The letter of `[T]he`.
fn bracketed(text: &str) -> Option<char> {
    let mut chars = text.strip_prefix('[')?.chars();
    let letter = chars.next().filter(|one| one.is_alphabetic())?;
    (chars.next() == Some(']')).then_some(letter)
}

/// Whether two letters are one but for their case.
fn alike(one: char, other: char) -> bool {
    one.to_lowercase().eq(other.to_lowercase())
}
