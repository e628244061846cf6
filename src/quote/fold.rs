//! A text folded for comparison, with the way back to the bytes that it was made of.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use super::class::{Class, class, han};
use super::radical::character;
use crate::text::Span;

/// A text as it is compared: what only typesetting changes is one and the same in it.
///
/// Runs of white space are one space, and none beside a Chinese or Japanese character; quotation marks are `"`, dashes are
/// `-`, an ellipsis is `…`, ligatures and wide forms are plain (NFKC); what is not seen is dropped. A word that was broken
/// at the end of a line is whole, and the place is kept, so that it is found with its hyphen, too. Case is kept.
#[derive(Debug, Clone)]
pub struct Folded<'t> {
    original: Cow<'t, str>,
    text: String,
    runs: Vec<Run>,
    joints: Vec<usize>,
}

/// A stretch of the folded text and what it was made of.
#[derive(Debug, Clone, Copy)]
struct Run {
    /// Where it begins in the folded text.
    folded: usize,
    /// The bytes of the original.
    original: Span,
    /// Whether both are equal byte for byte, so that there is a way back from each.
    exact: bool,
}

impl<'t> Folded<'t> {
    /// Folds a text.
    #[must_use]
    pub fn new(original: &'t str) -> Self {
        let text = String::with_capacity(original.len());
        let out = Self { original: original.into(), text, runs: Vec::new(), joints: Vec::new() };
        let mut folder = Folder { original, out, gap: None, last: None };
        let mut at = 0;
        while let Some(one) = original[at..].chars().next() {
            at = folder.step(at, one);
        }
        folder.out
    }

    /// The same, with a text of its own.
    #[must_use]
    pub fn into_owned(self) -> Folded<'static> {
        let Self { original, text, runs, joints } = self;
        Folded { original: original.into_owned().into(), text, runs, joints }
    }

    /// The text that was folded.
    #[must_use]
    pub fn original(&self) -> &str {
        &self.original
    }

    /// The folded text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether a hyphen at the end of a line was left out here.
    pub(super) fn is_joint(&self, at: usize) -> bool {
        self.joints.binary_search(&at).is_ok()
    }

    /// The bytes of the original that a range of the folded text was made of; the range is not empty.
    pub(super) fn back(&self, range: Range<usize>) -> Span {
        let (first, last) = (self.run(range.start), self.run(range.end.saturating_sub(1)));
        let start = first.original.start + if first.exact { range.start - first.folded } else { 0 };
        let end = if last.exact { last.original.start + (range.end - last.folded) } else { last.original.end };
        Span::new(start, end)
    }

    /// Whether a place of the folded text is one of the original as well, and not in the middle of what one character became.
    pub(super) fn is_edge(&self, at: usize) -> bool {
        let run = self.run(at);
        at == self.text.len() || run.exact || at == run.folded
    }

    /// The run that holds a place of the folded text.
    fn run(&self, at: usize) -> Run {
        let next = self.runs.partition_point(|run| run.folded <= at);
        next.checked_sub(1).map_or(Run { folded: 0, original: Span::default(), exact: true }, |at| self.runs[at])
    }
}

/// The text as far as it has been folded.
struct Folder<'t> {
    original: &'t str,
    out: Folded<'t>,
    /// White space that has been passed and not been written yet.
    gap: Option<Span>,
    /// The last character that was written, as it stands in the original.
    last: Option<char>,
}

impl Folder<'_> {
    /// Folds what begins at `at` with the character `one`, and says where it ends.
    fn step(&mut self, at: usize, one: char) -> usize {
        let text = self.original;
        let after = at + one.len_utf8();
        match class(one) {
            Class::Plain if one.is_ascii() => self.ascii(at),
            Class::Plain => self.cluster(at, one),
            Class::White => {
                let end = run_end(text, at, Class::White);
                self.gap = Some(Span::new(self.gap.map_or(at, |gap| gap.start), end));
                end
            }
            Class::Mark => {
                // Two single marks are how a typewriter makes a double one.
                let twice = matches!(one, '\'' | '`' | '‘' | '’') && text[after..].starts_with(one);
                let end = if twice { after + one.len_utf8() } else { after };
                self.put("\"", Span::new(at, end));
                end
            }
            Class::Dash => self.dash(at, one),
            Class::Dot => {
                let end = run_end(text, at, Class::Dot);
                let dots = &text[at..end];
                self.put(if dots.len() > 2 { "…" } else { dots }, Span::new(at, end));
                end
            }
            Class::Nothing if one == '\u{ad}' && self.gap.is_none() => next_line(text, after).map_or(after, |(next, _)| next),
            Class::Nothing => after,
        }
    }

    /// A stretch of plain ASCII, which is most of most texts.
    fn ascii(&mut self, at: usize) -> usize {
        let text = self.original;
        let plain = |byte: &u8| byte.is_ascii() && class(char::from(*byte)) == Class::Plain;
        let mut end = at + text.as_bytes()[at..].iter().take_while(|byte| plain(byte)).count();
        if text[end..].chars().next().is_some_and(extends) {
            end -= 1;
        }
        if end == at {
            return self.cluster(at, char::from(text.as_bytes()[at]));
        }
        self.put(&text[at..end], Span::new(at, end));
        end
    }

    /// A character with the marks on it, in its compatible composed form.
    fn cluster(&mut self, at: usize, one: char) -> usize {
        let text = self.original;
        let after = at + one.len_utf8();
        let marks: usize = text[after..].chars().take_while(|one| extends(*one)).map(char::len_utf8).sum();
        let cluster = &text[at..after + marks];
        let span = Span::new(at, after + marks);
        if let Some(whole) = character(one) {
            self.put(whole.encode_utf8(&mut [0; 4]), span);
        } else if marks == 0 && is_nfkc_quick(std::iter::once(one)) == IsNormalized::Yes {
            self.put(cluster, span);
        } else {
            self.put(&cluster.nfkc().collect::<String>(), span);
        }
        span.end
    }

    /// A dash or several. A single hyphen between a word and the end of its line joins it to the next line.
    fn dash(&mut self, at: usize, one: char) -> usize {
        let text = self.original;
        let end = run_end(text, at, Class::Dash);
        let hyphen = matches!(one, '-' | '‐') && end == at + one.len_utf8() && self.gap.is_none();
        let before = self.last.filter(|last| hyphen && last.is_alphanumeric() && !han(*last));
        let Some((before, (next, after))) = before.zip(next_line(text, end)) else {
            self.put("-", Span::new(at, end));
            return end;
        };
        if before.is_alphabetic() && after.is_alphabetic() {
            self.out.joints.push(self.out.text.len());
        } else {
            // Years and numbers are not broken by a typesetter: the hyphen is the author's.
            self.put("-", Span::new(at, end));
        }
        next
    }

    /// Writes what `from` has become, after the white space before it.
    fn put(&mut self, folded: &str, from: Span) {
        let original = &self.original[from.range()];
        let beside_han = self.last.is_none_or(han) || original.chars().next().is_none_or(han);
        if let Some(gap) = self.gap.take().filter(|_| !beside_han) {
            self.push(" ", gap);
        }
        self.push(folded, from);
        self.last = original.chars().next_back();
    }

    fn push(&mut self, folded: &str, from: Span) {
        let out = &mut self.out;
        let at = out.text.len();
        let exact = &self.original[from.range()] == folded;
        out.text.push_str(folded);
        match out.runs.last_mut() {
            Some(last) if exact && last.exact && last.original.end == from.start => last.original.end = from.end,
            _ => out.runs.push(Run { folded: at, original: from, exact }),
        }
    }
}

/// Where a run of characters of one class ends; what is not seen does not end it.
fn run_end(text: &str, at: usize, of: Class) -> usize {
    let mut end = at;
    for (offset, one) in text[at..].char_indices() {
        match class(one) {
            Class::Nothing => {}
            class if class == of => end = at + offset + one.len_utf8(),
            _ => break,
        }
    }
    end
}

/// Where the next line begins, and with which letter or digit, if `at` is the end of a line.
fn next_line(text: &str, at: usize) -> Option<(usize, char)> {
    let end = run_end(text, at, Class::White);
    let next = text[end..].chars().next().filter(|next| next.is_alphanumeric() && !han(*next))?;
    text[at..end].contains(['\n', '\r', '\u{c}', '\u{2028}', '\u{2029}']).then_some((end, next))
}

/// Whether a character belongs to the one before it.
fn extends(one: char) -> bool {
    !one.is_ascii() && (is_combining_mark(one) || matches!(one, '\u{1160}'..='\u{11ff}' | '\u{ff9e}' | '\u{ff9f}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        Folded::new(text).text().to_owned()
    }

    #[test]
    fn what_only_typesetting_changes_is_the_same() {
        for (text, expected) in [
            (" a\t\r\n b\u{a0}c ", "a b c"),
            ("“a” ‘b’ «c» 「d」『e』 f’s ``g''", "\"a\" \"b\" \"c\" \"d\"\"e\" f\"s \"g\""),
            ("a–b — c −3 ‐ d--e", "a-b - c -3 - d-e"),
            ("a... b… c…… d.. e. …. ⋯", "a… b… c… d.. e. … …"),
            ("oﬃce Ａ１ ㎡ ½", "office A1 m2 1⁄2"),
            ("e\u{301} ｶﾞ 한", "éガ한"),
            ("⾼质量增⻓", "高质量增长"),
            ("pro\u{ad}duc\u{200b}tion\u{feff} \u{202e}x", "production x"),
            ("中 文，\n“ 引 ”\n用 AI 的", "中文,\"引\"用AI的"),
            ("ab-\ncd e-\n5 f -\ng 3-\nh i-\n中", "abcd e-5 f - g 3-h i-中"),
            ("ab\u{ad}\ncd", "abcd"),
            ("", ""),
        ] {
            assert_eq!(folded(text), expected, "{text:?}");
        }
    }

    #[test]
    fn every_place_leads_back() {
        let text = "  “oﬃce”…  e\u{301}\u{ad} 中 文 high-\nly ２\u{200b}\t—x";
        let copy = Folded::new(text);
        assert_eq!(copy.text(), "\"office\"… é中文highly 2 -x");
        for (start, one) in copy.text().char_indices() {
            let span = copy.back(start..start + one.len_utf8());
            let back = &text[span.range()];
            assert!(!copy.is_edge(start) || one == ' ' || folded(back).starts_with(one), "{one} came of {back:?}");
        }
        let word = copy.text().find("high").expect("it is there");
        assert_eq!(&text[copy.back(word..word + 6).range()], "high-\nly");
        assert_eq!(copy.joints, [word + 4]);
        assert_eq!(&text[copy.back(0..copy.text().len()).range()], text.trim());
    }
}
