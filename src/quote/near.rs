//! The passage of a copy that comes nearest to a quotation that is not in it.

use std::collections::HashMap;
use std::ops::Range;

use super::class::squeezed;
use super::fold::Folded;
use super::word::words;
use crate::text::Span;

/// Words of a quotation that are compared.
const WORDS: usize = 400;
/// Passages that are compared word by word.
const PASSAGES: usize = 8;

/// A passage that shares words with a quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// The bytes of the copy's text.
    pub span: Span,
    /// The passage in one line.
    pub text: String,
}

/// Finds the passage that shares most words with a quotation in the same order, if it shares half of them.
#[must_use]
pub fn nearest(quote: &str, copy: &Folded<'_>) -> Option<Near> {
    let quote = Folded::new(quote);
    let mut wanted = words(quote.text());
    wanted.truncate(WORDS);
    let needed = wanted.len().div_ceil(2).max(wanted.len().min(2));
    if needed == 0 {
        return None;
    }
    let ids: HashMap<String, usize> = wanted.iter().rev().map(|word| quote.text()[word.clone()].to_lowercase()).zip(0..).collect();
    let id = |text: &str, word: &Range<usize>| {
        let word = &text[word.clone()];
        if word.contains(char::is_uppercase) { ids.get(&word.to_lowercase()) } else { ids.get(word) }.copied()
    };
    let asked: Vec<Option<usize>> = wanted.iter().map(|word| id(quote.text(), word)).collect();
    let places = words(copy.text());
    let stream: Vec<Option<usize>> = places.iter().map(|word| id(copy.text(), word)).collect();
    let width = (asked.len() + asked.len() / 2 + 1).min(stream.len());
    let shared = passages(&asked, &stream, width, needed).into_iter().filter_map(|start| {
        let common = common(&asked, &stream[start..start + width]);
        let (first, last) = (common.first()?, common.last()?);
        // What is not shared at either end of the quotation stands there in other words.
        let from = widened(copy.text(), &places, start + first.1, first.0, false);
        let to = widened(copy.text(), &places, start + last.1, asked.len() - 1 - last.0, true);
        (common.len() >= needed).then_some((common.len(), from, to))
    });
    // Of equals the tightest, then the first.
    let (_, from, to) = shared.min_by_key(|(count, from, to)| (std::cmp::Reverse(*count), to - from, *from))?;
    let span = copy.back(places[from].start..places[to].end);
    Some(Near { span, text: squeezed(&copy.original()[span.range()]).trim().to_owned() })
}

/// Where the passages begin that share most words with the quotation, in whatever order.
fn passages(asked: &[Option<usize>], stream: &[Option<usize>], width: usize, needed: usize) -> Vec<usize> {
    let mut wanted = vec![0_usize; asked.len()];
    asked.iter().flatten().for_each(|id| wanted[*id] += 1);
    let mut seen = vec![0_usize; asked.len()];
    let mut shared = 0;
    let mut best: Vec<(usize, usize)> = Vec::new();
    for end in 0..stream.len() {
        if let Some(id) = stream[end] {
            seen[id] += 1;
            shared += usize::from(seen[id] <= wanted[id]);
        }
        if let Some(id) = end.checked_sub(width).and_then(|gone| stream[gone]) {
            shared -= usize::from(seen[id] <= wanted[id]);
            seen[id] -= 1;
        }
        let Some(start) = (end + 1).checked_sub(width).filter(|_| shared >= needed) else { continue };
        match best.last_mut() {
            Some(last) if start - last.1 < width => {
                if shared > last.0 {
                    *last = (shared, start);
                }
            }
            _ => best.push((shared, start)),
        }
    }
    best.sort_by_key(|(shared, start)| (std::cmp::Reverse(*shared), *start));
    best.into_iter().take(PASSAGES).map(|(_, start)| start).collect()
}

/// The words that both have in the same order, by their places in each: a longest common subsequence.
fn common(asked: &[Option<usize>], passage: &[Option<usize>]) -> Vec<(usize, usize)> {
    let columns = passage.len() + 1;
    let mut lengths = vec![0_u16; (asked.len() + 1) * columns];
    for row in (0..asked.len()).rev() {
        for column in (0..passage.len()).rev() {
            let at = row * columns + column;
            lengths[at] =
                if asked[row] == passage[column] { lengths[at + columns + 1] + 1 } else { lengths[at + columns].max(lengths[at + 1]) };
        }
    }
    let mut pairs = Vec::new();
    let (mut row, mut column) = (0, 0);
    while row < asked.len() && column < passage.len() {
        let at = row * columns + column;
        if asked[row] == passage[column] {
            pairs.push((row, column));
            (row, column) = (row + 1, column + 1);
        } else if lengths[at + columns] >= lengths[at + 1] {
            row += 1;
        } else {
            column += 1;
        }
    }
    pairs
}

/// The word up to `by` words further on or back, within the sentence.
fn widened(text: &str, places: &[Range<usize>], from: usize, by: usize, forward: bool) -> usize {
    let mut at = from;
    for _ in 0..by {
        let next = if forward { at + 1 } else { at.wrapping_sub(1) };
        let Some(other) = places.get(next) else { break };
        let between = &text[places[at].end.min(other.end)..places[at].start.max(other.start)];
        if between.contains(['。', '！', '？', '!', '?']) || between.contains(". ") {
            break;
        }
        at = next;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(quote: &str, copy: &str) -> Option<String> {
        nearest(quote, &Folded::new(copy)).map(|near| near.text)
    }

    #[test]
    fn the_passage_that_shares_most_words_is_shown() {
        let copy = "Steel grew. In 2022 steel output fell by 3.2% to 35 million tons,\nsaid the report. Output of coal rose by 3.5%.";
        assert_eq!(near("In 2022 output fell by 3.5%", copy).as_deref(), Some("In 2022 steel output fell by 3.2%"));
        assert_eq!(near("Output rose by 9%", copy).as_deref(), Some("Output of coal rose by 3.5%"));
        assert_eq!(near("Said THE report", copy).as_deref(), Some("said the report"));
        assert_eq!(near("nothing of this is there", copy), None);
        assert_eq!(near("of the", "of a"), None);
        assert_eq!(near("", copy), None);
        assert_eq!(near("a b", ""), None);
        assert_eq!(near("全省增长百分之三点二", "去年全省同比增长百分之三点五。").as_deref(), Some("全省同比增长百分之三点五"));
    }

    #[test]
    fn the_last_word_of_the_copy_counts() {
        assert_eq!(near("one two thre", "zero one two three").as_deref(), Some("one two three"));
    }
}
