//! Words and numbers: where a quotation may begin and end, and what two passages have in common.

use std::ops::Range;

use super::class::{in_word, raised, thin};
use super::fold::Folded;

/// Whether a place of a folded text lies within a word or a number, so that no quotation may begin or end there.
pub(super) fn cuts(copy: &Folded<'_>, at: usize) -> bool {
    let (head, tail) = copy.text().split_at(at);
    let (Some(before), Some(after)) = (head.chars().next_back(), tail.chars().next()) else { return false };
    if copy.is_joint(at) {
        return false;
    }
    let follows = tail[after.len_utf8()..].chars().next().is_some_and(char::is_numeric);
    let precedes = head[..head.len() - before.len_utf8()].chars().next_back().is_some_and(char::is_numeric);
    if before.is_numeric() && parts_digits(copy, at, after) {
        return follows;
    }
    if after.is_numeric() && parts_digits(copy, at - before.len_utf8(), before) {
        return precedes;
    }
    in_word(before) && in_word(after) && !raised(written(copy, at))
}

/// Whether a character at a place may stand between two digits of one number.
fn parts_digits(copy: &Folded<'_>, at: usize, one: char) -> bool {
    match one {
        // A wide comma parts two numbers of a Chinese sentence.
        '.' | ',' => written(copy, at) == one,
        ' ' => thin(written(copy, at)),
        _ => false,
    }
}

/// The character of the original that stands at a place of the folded text.
fn written(copy: &Folded<'_>, at: usize) -> char {
    copy.original()[copy.back(at..at + 1).start..].chars().next().unwrap_or(' ')
}

/// The words of a folded text, in order. A number is one word with its separators and its per cent sign;
/// in scripts without spaces every character is a word.
pub(super) fn words(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut inside = false;
    let mut chars = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, one)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        let goes_on = inside && (in_word(one) || (before.is_numeric() && (one == '%' || (matches!(one, '.' | ',') && next.is_numeric()))));
        let end = at + one.len_utf8();
        match found.last_mut() {
            Some(last) if goes_on => last.end = end,
            _ if one.is_alphanumeric() => found.push(at..end),
            _ => {}
        }
        inside = goes_on || in_word(one);
        before = one;
    }
    found
}
