//! Characters that have no business in a text.

/// Characters that no text has: controls but tab and line ends, bidirectional overrides, non-characters.
#[must_use]
pub fn forbidden(one: char) -> bool {
    matches!(one, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}'
        | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}' | '\u{f8f0}' | '\u{f8f1}')
}

/// What a finding says of one.
#[must_use]
pub fn forbidden_message(one: char) -> String {
    format!("this is the character U+{:04X}, which has no business in a text", u32::from(one))
}
