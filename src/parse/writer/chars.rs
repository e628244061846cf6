//! Chinese characters, and what stands among them.

/// Chinese characters, and the kana that stand among them.
pub(super) fn is_han(one: char) -> bool {
    matches!(one, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Characters between which a line end is no space: Chinese characters and their punctuation.
pub(super) fn is_wide(one: char) -> bool {
    is_han(one) || matches!(one, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff65}' | '“' | '”' | '‘' | '’' | '—' | '…')
}
