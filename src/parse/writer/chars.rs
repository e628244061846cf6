//! Characters with a part to play: forbidden ones, Chinese ones.

/// Characters that no text has: controls but tab and line ends, bidirectional overrides, non-characters.
pub(super) fn forbidden(one: char) -> bool {
    matches!(one, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}'
        | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}' | '\u{f8f0}' | '\u{f8f1}')
}

/// Chinese characters, and the kana that stand among them.
pub(super) fn is_han(one: char) -> bool {
    matches!(one, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Characters between which a line end is no space: Chinese characters and their punctuation.
pub(super) fn is_wide(one: char) -> bool {
    is_han(one) || matches!(one, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff65}' | '“' | '”' | '‘' | '’' | '—' | '…')
}
