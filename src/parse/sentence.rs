//! Where sentences end.

use std::ops::Range;

/// Words before a full stop that does not end a sentence.
const SHORT: [&str; 17] =
    ["p", "pp", "para", "paras", "no", "nos", "vol", "ca", "cf", "e.g", "i.e", "mr", "ms", "dr", "fig", "approx", "st"];
/// What may stand between a full stop and the end of its sentence.
const CLOSING: [char; 4] = ['"', '”', '’', ')'];

/// The sentences of a text, found once for all that is asked of it.
pub(super) struct Sentences {
    /// For each sentence, where its text ends, and where a citation after the full stop may still begin.
    ends: Vec<(usize, usize)>,
    length: usize,
}

impl Sentences {
    /// Finds the sentences of a text. In a table the row is one.
    pub(super) fn of(text: &str) -> Self {
        let closed = |end: usize| text.len() - text[end..].trim_start_matches(|one| one == ' ' || CLOSING.contains(&one)).len();
        let stops = text.char_indices().filter(|(at, one)| ends(text, *at, *one));
        let ends = stops.map(|(at, one)| at + one.len_utf8()).map(|end| (end, closed(end))).collect();
        Self { ends, length: text.len() }
    }

    /// The sentence around a part of the text.
    pub(super) fn around(&self, part: &Range<usize>) -> Range<usize> {
        let number = self.ends.partition_point(|(end, _)| *end <= part.start);
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before].0);
        start..self.ends.get(number).map_or(self.length, |(_, closed)| *closed)
    }
}

/// Whether a sentence ends with the character `one` at `at`.
fn ends(text: &str, at: usize, one: char) -> bool {
    match one {
        '。' | '！' | '？' => true,
        '.' | '!' | '?' => {
            let next = text[at + one.len_utf8()..].trim_start_matches(CLOSING);
            let parted = next.is_empty() || next.starts_with(char::is_whitespace);
            let starts = || next.trim_start().chars().next().is_none_or(|one| !one.is_lowercase() && !one.is_ascii_digit());
            parted && starts() && !(one == '.' && SHORT.contains(&last_word(&text[..at]).as_str()))
        }
        _ => false,
    }
}

/// The word that a text ends with, in lower case. A word that is longer than any of the lists has is cut.
pub(super) fn last_word(text: &str) -> String {
    let letters = text.chars().rev().take_while(|one| !matches!(one, ' ' | '(' | '（' | '\u{a0}')).take(LONGEST);
    let letters: Vec<char> = letters.collect();
    letters.into_iter().rev().flat_map(char::to_lowercase).collect()
}

/// The word that a text begins with, in lower case. A word that is longer than any of the lists has is cut.
pub(super) fn first_word(text: &str) -> String {
    let letters = text.chars().take_while(|one| !matches!(one, ' ' | ',' | '.' | ')' | ';')).take(LONGEST);
    letters.flat_map(char::to_lowercase).collect()
}

const LONGEST: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_the_next_begins() {
        let text = "One is 1. Two is 2 (p. 3). Three.";
        let at = text.find("2 ").expect("a number");
        assert_eq!(&text[Sentences::of(text).around(&(at..at + 1))], " Two is 2 (p. 3). ");
        assert_eq!(&text[Sentences::of(text).around(&(0..1))], "One is 1. ");
        let chinese = "产量下降。价格上升";
        assert_eq!(&chinese[Sentences::of(chinese).around(&(18..21))], "价格上升");
    }
}
