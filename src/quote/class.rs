//! What a character counts for when two texts are compared.

use crate::text::forbidden;

/// What a character counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// It is compared as it is, up to its Unicode form.
    Plain,
    /// White space: any run of it counts as one space.
    White,
    /// A quotation mark or an apostrophe: all kinds count as one, since which kind is a matter of typesetting.
    Mark,
    /// A hyphen, a dash or a minus: all count as one, for the same reason.
    Dash,
    /// A dot or several dots in one character.
    Dot,
    /// It is not seen and does not count: a soft hyphen, a mark of direction, a variation selector.
    Nothing,
}

/// What a character counts for.
pub(super) fn class(one: char) -> Class {
    match one {
        '.' | '‥' | '…' | '⋯' => Class::Dot,
        '"'
        | '\''
        | '`'
        | '´'
        | '«'
        | '»'
        | '‘'..='‟'
        | '′'
        | '″'
        | '‹'
        | '›'
        | '「'..='』'
        | '〝'..='〟'
        | '﹁'..='﹄'
        | '＂'
        | '＇'
        | '｀'
        | '｢'
        | '｣' => Class::Mark,
        '-' | '‐'..='―' | '⁃' | '−' | '﹘' | '﹣' | '－' => Class::Dash,
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2060}'..='\u{2064}'
        | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{e0100}'..='\u{e01ef}' => Class::Nothing,
        _ if one.is_whitespace() => Class::White,
        _ if forbidden(one) => Class::Nothing,
        _ => Class::Plain,
    }
}

/// Chinese and Japanese characters with their punctuation: white space beside one is a matter of typesetting.
pub(super) fn han(one: char) -> bool {
    let wide = matches!(one, '\u{2e80}'..='\u{31ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}'
        | '\u{20000}'..='\u{3ffff}' | '！'..='／' | '：'..='＠' | '［'..='｀' | '｛'..='\u{ff9f}');
    wide && class(one) == Class::Plain
}

/// Whether a character makes words that white space parts from their neighbours.
/// Chinese, Japanese, Korean, Thai, Lao, Tibetan, Burmese and Khmer may be quoted from any character on.
pub(super) fn in_word(one: char) -> bool {
    one.is_alphanumeric() && !matches!(one, '\u{e00}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..)
}

/// Raised digits: they count notes and are no part of the word before them.
pub(super) fn raised(one: char) -> bool {
    matches!(one, '¹' | '²' | '³' | '⁰'..='⁹')
}

/// A digit as it stands raised; anything else as it is.
pub(super) fn raise(one: char) -> char {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    one.to_digit(10).and_then(|digit| RAISED.get(digit as usize).copied()).unwrap_or(one)
}

/// White space that holds the digits of one number together.
pub(super) fn thin(one: char) -> bool {
    matches!(one, '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}')
}

/// A text as a reader sees it in one line: white space as single spaces, nothing unseen.
pub(super) fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for one in text.chars() {
        match class(one) {
            Class::Nothing => {}
            Class::White if out.is_empty() || out.ends_with(' ') => {}
            Class::White => out.push(' '),
            _ => out.push(one),
        }
    }
    out
}
