//! Locators: which page, paragraph or table of a source is meant.

/// A locator: what it counts, in CSL's words, and the numbers as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Locator<'a> {
    /// `page`, `paragraph`, `table`, ...
    pub(super) label: &'static str,
    /// `3`, `3-4`, `IV`.
    pub(super) value: &'a str,
}

/// The words that stand before a number, in lower case and without their stop.
const BEFORE: &[(&str, &str)] = &[
    ("p", "page"),
    ("pp", "page"),
    ("pg", "page"),
    ("page", "page"),
    ("pages", "page"),
    ("para", "paragraph"),
    ("paras", "paragraph"),
    ("par", "paragraph"),
    ("¶", "paragraph"),
    ("¶¶", "paragraph"),
    ("paragraph", "paragraph"),
    ("paragraphs", "paragraph"),
    ("sec", "section"),
    ("sect", "section"),
    ("secs", "section"),
    ("§", "section"),
    ("§§", "section"),
    ("section", "section"),
    ("sections", "section"),
    ("ch", "chapter"),
    ("chs", "chapter"),
    ("chap", "chapter"),
    ("chaps", "chapter"),
    ("chapter", "chapter"),
    ("chapters", "chapter"),
    ("fig", "figure"),
    ("figs", "figure"),
    ("figure", "figure"),
    ("figures", "figure"),
    ("table", "table"),
    ("tables", "table"),
    ("tab", "table"),
    ("tbl", "table"),
    ("l", "line"),
    ("ll", "line"),
    ("line", "line"),
    ("lines", "line"),
    ("vol", "volume"),
    ("vols", "volume"),
    ("volume", "volume"),
    ("volumes", "volume"),
    ("n", "note"),
    ("nn", "note"),
    ("note", "note"),
    ("notes", "note"),
    ("fn", "note"),
    ("col", "column"),
    ("cols", "column"),
    ("column", "column"),
    ("columns", "column"),
    ("v", "verse"),
    ("vv", "verse"),
    ("verse", "verse"),
    ("verses", "verse"),
    ("pt", "part"),
    ("pts", "part"),
    ("part", "part"),
    ("parts", "part"),
    ("app", "appendix"),
    ("appendix", "appendix"),
    ("fol", "folio"),
    ("folio", "folio"),
    ("no", "issue"),
    ("issue", "issue"),
    ("页", "page"),
    ("段", "paragraph"),
    ("节", "section"),
    ("章", "chapter"),
    ("表", "table"),
    ("图", "figure"),
    ("注", "note"),
    ("行", "line"),
    ("卷", "volume"),
];

/// The words that stand after a number: `第3页`, `第2章`.
const AFTER: &[(&str, &str)] = &[
    ("页", "page"),
    ("頁", "page"),
    ("段", "paragraph"),
    ("节", "section"),
    ("節", "section"),
    ("章", "chapter"),
    ("表", "table"),
    ("图", "figure"),
    ("圖", "figure"),
    ("行", "line"),
    ("卷", "volume"),
    ("栏", "column"),
    ("期", "issue"),
    ("部分", "part"),
];

impl<'a> Locator<'a> {
    /// Reads a locator; none where the words are not a label with a number,
    /// so that they must be printed as they stand.
    pub(super) fn parse(written: &'a str) -> Option<Self> {
        let written = written.trim();
        if is_value(written) && written.starts_with(|c: char| c.is_ascii_digit()) {
            return Some(Self { label: "page", value: written });
        }
        Self::chinese(written).or_else(|| Self::labelled(written))
    }

    /// `第3页`, `3页`, `第二章`.
    fn chinese(written: &'a str) -> Option<Self> {
        let counted = written.strip_prefix('第').unwrap_or(written);
        AFTER.iter().find_map(|&(word, label)| {
            let value = counted.strip_suffix(word)?.trim();
            (is_value(value) || is_chinese_number(value)).then_some(Self { label, value })
        })
    }

    /// `p. 3`, `pp. 3-4`, `§5`, `表2`, `Table A-1`.
    fn labelled(written: &'a str) -> Option<Self> {
        let split = written.find(|c: char| c.is_ascii_digit() || c.is_whitespace() || c == '.')?;
        let (word, rest) = written.split_at(split);
        let label = BEFORE.iter().find(|(name, _)| name.eq_ignore_ascii_case(word))?.1;
        let value = rest.strip_prefix('.').unwrap_or(rest).trim();
        is_value(value).then_some(Self { label, value })
    }
}

/// Numbers, ranges and lists of them, Roman numbers, and numbers like `A-1`.
fn is_value(value: &str) -> bool {
    let roman = |part: &str| part.bytes().all(|b| b"ivxlcdmIVXLCDM".contains(&b));
    let number = |part: &str| {
        part.len() < 12 && part.bytes().any(|b| b.is_ascii_digit()) && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '.')
    };
    let letter = |part: &str| part.len() == 1 && part.bytes().all(|b| b.is_ascii_uppercase());
    let mut parts = value.split(['-', '–', '—', ',', '&', '~', '～', '、', ' ']).filter(|p| !p.is_empty()).peekable();
    parts.peek().is_some() && parts.all(|part| number(part) || roman(part) || letter(part))
}

fn is_chinese_number(value: &str) -> bool {
    !value.is_empty() && value.chars().all(|c| "〇零一二三四五六七八九十百千".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_words_give_a_label() {
        for (written, label, value) in [
            ("3", "page", "3"),
            ("p. 3", "page", "3"),
            ("pp. 3-4", "page", "3-4"),
            ("pp. 3, 5–7", "page", "3, 5–7"),
            ("p.xii", "page", "xii"),
            ("Pages 3", "page", "3"),
            ("para. 36", "paragraph", "36"),
            ("§5", "section", "5"),
            ("§ 5.2", "section", "5.2"),
            ("ch. IV", "chapter", "IV"),
            ("chap. 2", "chapter", "2"),
            ("fig. 3b", "figure", "3b"),
            ("Table A-1", "table", "A-1"),
            ("lines 3-9", "line", "3-9"),
            ("n. 4", "note", "4"),
            ("vol. 2", "volume", "2"),
            ("col. 3", "column", "3"),
            ("v. 7", "verse", "7"),
            ("第3页", "page", "3"),
            ("第3-4页", "page", "3-4"),
            ("第二章", "chapter", "二"),
            ("表2", "table", "2"),
            ("图 3", "figure", "3"),
            ("5段", "paragraph", "5"),
            ("页 12", "page", "12"),
        ] {
            assert_eq!(Locator::parse(written), Some(Locator { label, value }), "{written}");
        }
    }

    #[test]
    fn other_words_stay_free() {
        for written in ["", "abstract", "passim", "opening remarks", "p.", "p. three", "table of contents", "第三页左"] {
            assert_eq!(Locator::parse(written), None, "{written}");
        }
    }
}
