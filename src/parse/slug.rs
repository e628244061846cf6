//! Anchors from the words of a heading.

use unicode_normalization::UnicodeNormalization;

/// The anchor for a text: lower case, words joined by hyphens, letters and digits of any script kept, accents of
/// Latin letters as they are. An empty result becomes `section`.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for one in text.nfc().flat_map(char::to_lowercase) {
        if one.is_alphanumeric() || one == '_' {
            out.push(one);
        } else if (one.is_whitespace() || one == '-' || one == '–' || one == '—' || one == '/') && !out.ends_with('-') && !out.is_empty()
        {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    if out.is_empty() { "section".to_owned() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_any_script() {
        assert_eq!(slug("The Restored Number"), "the-restored-number");
        assert_eq!(slug("  30% – and 80%! "), "30-and-80");
        assert_eq!(slug("中试基地"), "中试基地");
        assert_eq!(slug("***"), "section");
    }
}
