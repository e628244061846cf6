//! Words that say how sure a number is, or on which side of it the truth lies.

use super::cursor::{char_before, next_word, previous_word, wide, word_before};

/// How a number is hedged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hedge {
    /// This or more.
    More,
    /// This or less.
    Less,
    /// Near this.
    About,
}

use Hedge::{About, Less, More};

impl Hedge {
    /// The same of the number with the other sign.
    pub(super) const fn turned(self) -> Self {
        match self {
            More => Less,
            Less => More,
            About => About,
        }
    }
}

/// Words before a number. The longest that fits counts, so that `no more than` is not `more than`; a phrase without
/// a hedge only looks like one.
const BEFORE: &[(&str, Option<Hedge>)] = &[
    ("more than", Some(More)),
    ("over", Some(More)),
    ("all over", None),
    ("above", Some(More)),
    ("at least", Some(More)),
    ("upwards of", Some(More)),
    ("upward of", Some(More)),
    ("no fewer than", Some(More)),
    ("no less than", Some(More)),
    ("not less than", Some(More)),
    ("not fewer than", Some(More)),
    ("in excess of", Some(More)),
    ("exceed", Some(More)),
    ("exceeds", Some(More)),
    ("exceeded", Some(More)),
    ("exceeding", Some(More)),
    ("beyond", Some(More)),
    ("past", Some(More)),
    ("the past", None),
    ("surpass", Some(More)),
    ("surpassed", Some(More)),
    ("surpasses", Some(More)),
    ("surpassing", Some(More)),
    ("topped", Some(More)),
    ("greater than", Some(More)),
    ("higher than", Some(More)),
    ("larger than", Some(More)),
    ("a minimum of", Some(More)),
    ("minimum", Some(More)),
    ("less than", Some(Less)),
    ("fewer than", Some(Less)),
    ("lower than", Some(Less)),
    ("smaller than", Some(Less)),
    ("under", Some(Less)),
    ("below", Some(Less)),
    ("up to", Some(Less)),
    ("as many as", Some(Less)),
    ("as much as", Some(Less)),
    ("at most", Some(Less)),
    ("no more than", Some(Less)),
    ("not more than", Some(Less)),
    ("no greater than", Some(Less)),
    ("a maximum of", Some(Less)),
    ("maximum", Some(Less)),
    ("nearly", Some(Less)),
    ("almost", Some(Less)),
    ("approaching", Some(Less)),
    ("not quite", Some(Less)),
    ("about", Some(About)),
    ("around", Some(About)),
    ("roughly", Some(About)),
    ("some", Some(About)),
    ("approximately", Some(About)),
    ("approx", Some(About)),
    ("circa", Some(About)),
    ("ca", Some(About)),
    ("c", Some(About)),
    ("close to", Some(About)),
    ("near", Some(About)),
    ("more or less", Some(About)),
    ("an estimated", Some(About)),
    ("in the region of", Some(About)),
    ("in the order of", Some(About)),
    ("on the order of", Some(About)),
];

/// Words after a number.
const AFTER: &[(&str, Hedge)] = &[
    ("or more", More),
    ("and more", More),
    ("or above", More),
    ("or over", More),
    ("or higher", More),
    ("and above", More),
    ("plus", More),
    ("or less", Less),
    ("or fewer", Less),
    ("or under", Less),
    ("or below", Less),
    ("or so", About),
];

/// Signs and Chinese words before a number; an arrow is no sign.
const SIGNS_BEFORE: &[(&str, Option<Hedge>)] = &[
    (">", Some(More)),
    ("->", None),
    (">=", Some(More)),
    ("≥", Some(More)),
    ("超过", Some(More)),
    ("超", Some(More)),
    ("逾", Some(More)),
    ("高于", Some(More)),
    ("至少", Some(More)),
    ("不少于", Some(More)),
    ("<", Some(Less)),
    ("<=", Some(Less)),
    ("≤", Some(Less)),
    ("近", Some(Less)),
    ("将近", Some(Less)),
    ("接近", Some(Less)),
    ("不到", Some(Less)),
    ("不足", Some(Less)),
    ("低于", Some(Less)),
    ("至多", Some(Less)),
    ("最多", Some(Less)),
    ("不超过", Some(Less)),
    ("~", Some(About)),
    ("～", Some(About)),
    ("∼", Some(About)),
    ("≈", Some(About)),
    ("±", Some(About)),
    ("约", Some(About)),
    ("大约", Some(About)),
    ("大概", Some(About)),
];

/// Signs and Chinese words after a number.
const SIGNS_AFTER: &[(&str, Hedge)] = &[("+", More), ("以上", More), ("以下", Less), ("以内", Less), ("左右", About), ("上下", About)];

/// The words of the longest phrase.
const MOST_WORDS: usize = 4;

/// The hedge before an offset, with its start.
pub(super) fn before(text: &str, at: usize) -> Option<(Hedge, usize)> {
    let ahead = text.get(..at)?.trim_end();
    if char_before(ahead, ahead.len()).is_some_and(|one| wide(one) || !one.is_alphanumeric()) {
        let signs = SIGNS_BEFORE.iter().filter(|(sign, _)| ahead.ends_with(sign));
        if let Some((sign, hedge)) = signs.max_by_key(|(sign, _)| sign.len()) {
            return hedge.map(|hedge| (hedge, ahead.len() - sign.len()));
        }
    }
    let mut phrase = String::new();
    let mut end = ahead.len();
    let mut best = None;
    for _ in 0..MOST_WORDS {
        // `ca. 30`: only the nearest word may be cut short.
        let tail = if phrase.is_empty() { text[..end].trim_end_matches('.') } else { text[..end].trim_end() };
        let (word, start) = word_before(text, tail.len());
        if word.is_empty() {
            break;
        }
        phrase = if phrase.is_empty() { word.to_lowercase() } else { format!("{} {phrase}", word.to_lowercase()) };
        end = start;
        if let Some((_, hedge)) = BEFORE.iter().find(|(known, _)| *known == phrase) {
            best = hedge.map(|hedge| (hedge, start));
        }
    }
    best
}

/// The hedge after an offset, with its end.
pub(super) fn after(text: &str, at: usize) -> Option<(Hedge, usize)> {
    let rest = text.get(at..)?;
    if let Some((sign, hedge)) = SIGNS_AFTER.iter().find(|(sign, _)| rest.starts_with(sign)) {
        // `7+28` is a sum or a name.
        let sum = *sign == "+" && rest[1..].starts_with(char::is_alphanumeric);
        return (!sum).then_some((*hedge, at + sign.len()));
    }
    let (first, end) = next_word(text, at);
    if first.is_empty() {
        return None;
    }
    let (second, second_end) = next_word(text, end);
    let both = format!("{first} {second}");
    AFTER.iter().find_map(|(known, hedge)| {
        let end = if *known == both { second_end } else { end };
        (*known == both || *known == first).then_some((*hedge, end))
    })
}

/// Whether two hedges, or a hedge and an operator, cannot both hold.
pub(super) fn contradict(one: Option<Hedge>, other: Option<Hedge>) -> bool {
    matches!((one, other), (Some(More), Some(Less)) | (Some(Less), Some(More)))
}

/// Whether the word before an offset opens a range.
pub(super) fn opened(text: &str, at: usize, words: &[&str]) -> bool {
    let start = before(text, at).map_or(at, |(_, start)| start);
    words.iter().any(|word| previous_word(text, start).eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hedges_stand_before_and_after() {
        for (text, hedge) in [
            ("more than ", Some(More)),
            ("No more than ", Some(Less)),
            ("just under ", Some(Less)),
            ("passed the ", None),
            ("past ", Some(More)),
            ("in the past ", None),
            ("about ", Some(About)),
            ("more or less ", Some(About)),
            ("ca. ", Some(About)),
            (">= ", Some(More)),
            ("~", Some(About)),
            ("不超过", Some(Less)),
            ("超过", Some(More)),
            ("", None),
        ] {
            assert_eq!(before(text, text.len()).map(|one| one.0), hedge, "{text}");
        }
        for (text, hedge) in [
            ("+ firms", Some(More)),
            ("+28", None),
            (" or so", Some(About)),
            ("-plus", Some(More)),
            (" or fewer firms", Some(Less)),
            ("以上", Some(More)),
            (" firms", None),
        ] {
            assert_eq!(after(text, 0).map(|one| one.0), hedge, "{text}");
        }
    }
}
