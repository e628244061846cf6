//! The styles of the archive, and what this room must know of one.

use std::sync::Arc;

use hayagriva::archive::{ArchivedStyle, LOCALES};
use hayagriva::citationberg::taxonomy::{NumberVariable, Variable};
use hayagriva::citationberg::{self, CitationFormat, IndependentStyle, Locale, SortKey, StyleCategory, StyleClass, VerticalAlign};

use crate::cite::cluster::{Collapse, Joint};
use crate::cite::markup::escaped;

/// A style of the archive.
#[derive(Debug, Clone)]
pub struct Style {
    pub(super) csl: Arc<IndependentStyle>,
}

/// The names of all styles.
pub(in crate::cite) fn names() -> impl Iterator<Item = &'static str> {
    ArchivedStyle::all().iter().flat_map(|style| style.names()).copied()
}

impl Style {
    /// The style of a name.
    pub(in crate::cite) fn find(name: &str) -> Option<Self> {
        match ArchivedStyle::by_name(name)?.get() {
            citationberg::Style::Independent(csl) => Some(Self { csl: Arc::new(csl) }),
            citationberg::Style::Dependent(_) => None,
        }
    }

    pub(super) fn is_note(&self) -> bool {
        self.csl.settings.class == StyleClass::Note
    }

    pub(super) fn is_numeric(&self) -> bool {
        self.csl.info.category.iter().any(|category| matches!(category, StyleCategory::CitationFormat { format: CitationFormat::Numeric }))
    }

    /// Whether the style comes from the Chinese national standard, which prints
    /// each entry with the terms of its own language.
    pub(super) fn is_chinese(&self) -> bool {
        self.csl.default_locale.as_ref().is_some_and(|code| code.0.starts_with("zh"))
    }

    /// Whether the list is sorted; else it follows the text.
    pub(super) fn sorts(&self) -> bool {
        let number = Variable::Number(NumberVariable::CitationNumber);
        let sort = self.csl.bibliography.as_ref().and_then(|list| list.sort.as_ref());
        sort.and_then(|sort| sort.keys.first()).is_some_and(|key| !matches!(key, SortKey::Variable { variable, .. } if *variable == number))
    }

    /// Whether the style puts letters after the years of sources with the same mark.
    pub(super) fn letters(&self) -> bool {
        self.csl.citation.disambiguate_add_year_suffix && !self.is_numeric() && !self.is_note()
    }

    /// Whether the style adds the given names of different people with the same mark.
    pub(super) fn adds_given_names(&self) -> bool {
        self.csl.citation.disambiguate_add_givenname && !self.is_numeric() && !self.is_note()
    }

    /// Whether the style tells sources with the same mark apart.
    pub(super) fn tells_apart(&self) -> bool {
        self.letters() || self.adds_given_names()
    }

    /// Whether a mark depends on nothing but its source: it is no number.
    pub(super) fn marks_stand_alone(&self) -> bool {
        !self.is_numeric()
    }

    /// How the style joins the items of a cluster.
    pub(super) fn joint(&self) -> Joint {
        let citation = &self.csl.citation;
        let layout = &citation.layout;
        let raised = layout.vertical_align == Some(VerticalAlign::Sup);
        let html = |text: &Option<String>| {
            let text = escaped(text.as_deref().unwrap_or_default());
            if raised && !text.is_empty() { format!("<sup>{text}</sup>") } else { text }
        };
        Joint {
            prefix: html(&layout.prefix),
            suffix: html(&layout.suffix),
            delimiter: html(&layout.delimiter),
            raised,
            sort: citation.sort.is_some(),
            collapse: citation.collapse.map(|collapse| match collapse {
                citationberg::Collapse::CitationNumber => Collapse::Numbers,
                _ => Collapse::Authors,
            }),
        }
    }
}

/// The locales of these codes. All sixty would take some forty milliseconds to decode, a few take one.
pub(super) fn locales(codes: &[&str]) -> Vec<Locale> {
    let wanted = LOCALES.iter().filter(|bytes| archived_code(bytes).is_none_or(|code| codes.contains(&code)));
    wanted.filter_map(|bytes| ciborium::from_reader(*bytes).ok()).collect()
}

/// The code of a locale of the archive, read from the head of its CBOR: the key `@xml:lang`, then a short text
/// (major type 3, its length in the low five bits).
fn archived_code(bytes: &'static [u8]) -> Option<&'static str> {
    const KEY: &[u8] = b"@xml:lang";
    let head = bytes.get(..64)?;
    let at = head.windows(KEY.len()).position(|window| window == KEY)? + KEY.len();
    let length = usize::from(bytes.get(at)?.checked_sub(0x60).filter(|length| *length < 24)?);
    std::str::from_utf8(bytes.get(at + 1..at + 1 + length)?).ok()
}

/// The locale that is nearest to a language tag: the same, the one of the
/// country that the language is named for, the first of the language, or English.
pub(super) fn locale_code(language: &str) -> &'static str {
    let codes = || LOCALES.iter().filter_map(|bytes| archived_code(bytes));
    let primary = language.split(['-', '_']).next().unwrap_or_default().to_lowercase();
    if language.to_lowercase().starts_with("zh-hant") {
        return "zh-TW";
    }
    let home = format!("{primary}-{primary}");
    let exact = |code: &&str| code.eq_ignore_ascii_case(language);
    let of_home = |code: &&str| primary != "en" && code.eq_ignore_ascii_case(&home);
    let of_language = |code: &&str| primary != "en" && code.split('-').next() == Some(&primary);
    codes().find(exact).or_else(|| codes().find(of_home)).or_else(|| codes().find(of_language)).unwrap_or("en-US")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_tag_finds_its_locale() {
        for (language, code) in [
            ("en", "en-US"),
            ("en-GB", "en-GB"),
            ("zh", "zh-CN"),
            ("zh-Hans", "zh-CN"),
            ("zh-Hant-TW", "zh-TW"),
            ("de", "de-DE"),
            ("ja", "ja-JP"),
            ("tlh", "en-US"),
            ("", "en-US"),
        ] {
            assert_eq!(locale_code(language), code, "{language}");
        }
    }

    #[test]
    fn every_locale_tells_its_code_at_its_head() {
        for bytes in LOCALES {
            let code = archived_code(bytes).expect("a code");
            let decoded = locales(&[code]);
            assert_eq!(decoded.len(), 1, "{code}");
            assert_eq!(decoded[0].lang.as_ref().map(|lang| lang.0.as_str()), Some(code));
        }
    }

    #[test]
    fn every_style_of_the_archive_loads() {
        for name in names() {
            assert!(Style::find(name).is_some(), "{name}");
        }
    }
}
