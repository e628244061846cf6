//! Small steps through a text by byte offsets: the word here, the word before, the gap between.

/// Whether a character is Chinese, Japanese or Korean: it stands beside a number without a space and means nothing by it.
pub(super) fn wide(one: char) -> bool {
    matches!(one, '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}')
}

/// Whether a character joins its neighbours to one word.
pub(super) fn joins(one: char) -> bool {
    one.is_ascii_alphanumeric() || (!one.is_ascii() && one.is_alphanumeric() && !wide(one))
}

/// The value of an ASCII or fullwidth digit.
pub(super) fn digit(one: char) -> Option<char> {
    match one {
        '0'..='9' => Some(one),
        '０'..='９' => char::from_digit(u32::from(one) - u32::from('０'), 10),
        _ => None,
    }
}

/// The character at an offset.
pub(super) fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// The character before an offset.
pub(super) fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// The word that begins at an offset, with its end; empty where none does.
pub(super) fn word_at(text: &str, at: usize) -> (&str, usize) {
    let rest = text.get(at..).unwrap_or_default();
    // Most words are ASCII, and most of a text is words.
    let ascii = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let length = rest[ascii..].find(|one| !joins(one)).map_or(rest.len(), |more| ascii + more);
    (&rest[..length], at + length)
}

/// The word that ends at an offset, with its start; empty where none does.
pub(super) fn word_before(text: &str, at: usize) -> (&str, usize) {
    let rest = text.get(..at).unwrap_or_default();
    let kept = rest.trim_end_matches(joins).len();
    (&rest[kept..], kept)
}

/// The offset after any white space.
pub(super) fn skip_space(text: &str, at: usize) -> usize {
    text.get(at..).map_or(at, |rest| at + rest.len() - rest.trim_start().len())
}

/// The offset after white space, or after one hyphen that ties two words together.
pub(super) fn skip_gap(text: &str, at: usize) -> usize {
    let tied = text.get(at..).and_then(|rest| rest.strip_prefix(['-', '‑'])).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    if tied { at + char_at(text, at).map_or(0, char::len_utf8) } else { skip_space(text, at) }
}

/// The word after a gap, with its end; empty where something else follows.
pub(super) fn next_word(text: &str, at: usize) -> (&str, usize) {
    word_at(text, skip_gap(text, at))
}

/// The word before an offset, where only white space lies between.
pub(super) fn previous_word(text: &str, at: usize) -> &str {
    let end = text.get(..at).map_or(0, |rest| rest.trim_end().len());
    word_before(text, end).0
}

/// Whether the text at an offset begins with a digit.
pub(super) fn digit_at(text: &str, at: usize) -> bool {
    char_at(text, at).and_then(digit).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_gaps() {
        assert_eq!(word_at("km2, 约", 0), ("km2", 3));
        assert_eq!(word_before("of m²", 6), ("m²", 3));
        assert_eq!(next_word("ten-year", 3), ("year", 8));
        assert_eq!(next_word("ten - year", 3).0, "");
        assert_eq!(previous_word("over\n30", 5), "over");
        assert_eq!(word_at("约30", 0).0, "");
        assert_eq!(word_at("a", 9), ("", 9));
    }
}
