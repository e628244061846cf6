//! The inside of a citation's brackets: `see @a; -@b, pp. 3-4`.

use super::body::CiteItem;
use crate::text::Span;

/// Whether bracketed text is a citation: some item of it begins with `@` or `-@`, after words if need be.
/// `[me@example.org]` and `[sic]` are none.
#[must_use]
pub(super) fn is_citation(inside: &str) -> bool {
    inside.split(';').any(|item| key_at(item).is_some())
}

/// Reads the inside of the brackets; `start` is its first byte in the file. Items without a key are kept as the
/// prefix of the next one, so that no word is lost.
pub(super) fn items(inside: &str, start: usize) -> Vec<CiteItem> {
    let mut items: Vec<CiteItem> = Vec::new();
    let mut carried = String::new();
    let mut at = start;
    for part in inside.split(';') {
        match key_at(part) {
            None if items.is_empty() => {
                carried.push_str(part.trim());
                carried.push_str("; ");
            }
            None => {
                if let Some(last) = items.last_mut() {
                    last.locator.push_str("; ");
                    last.locator.push_str(part.trim());
                }
            }
            Some((sign, key_from)) => {
                let key_to = key_from + key_len(&part[key_from..]);
                let rest = part[key_to..].trim_start_matches([',', '，', '、']).trim();
                items.push(CiteItem {
                    key: part[key_from..key_to].to_owned(),
                    span: Span::new(at + key_from, at + key_to),
                    prefix: format!("{carried}{}", part[..sign].trim()),
                    locator: rest.to_owned(),
                    suppress_author: part[sign..].starts_with('-'),
                });
                carried.clear();
            }
        }
        at += part.len() + 1;
    }
    items
}

/// Where the sign (`@` or `-@`) of an item begins, and where its key does.
fn key_at(item: &str) -> Option<(usize, usize)> {
    let (at, _) = item.match_indices('@').find(|(at, _)| {
        let before = item[..*at].chars().next_back();
        let starts = before.is_none_or(|one| one.is_whitespace() || one == '-' || !one.is_alphanumeric() && !one.is_ascii_punctuation());
        starts && key_len(&item[at + 1..]) > 0
    })?;
    let sign = if item[..at].ends_with('-') { at - 1 } else { at };
    Some((sign, at + 1))
}

/// The key at the start of a text, which may be empty.
pub(super) fn key(text: &str) -> &str {
    &text[..key_len(text)]
}

/// The length of a key: letters, digits and `_ - : . + / #`, of which punctuation does not end it.
fn key_len(text: &str) -> usize {
    let fits = |one: char| one.is_alphanumeric() || "_-:.+/#".contains(one);
    let end = text.find(|one| !fits(one)).unwrap_or(text.len());
    text[..end].trim_end_matches(['-', ':', '.', '+', '/', '#']).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_the_author() {
        let one = |text: &str| items(text, 1).remove(0);
        assert_eq!(one("@nbs-2022, p. 3").locator, "p. 3");
        assert_eq!(one("@统计局2022，第3页").key, "统计局2022");
        assert_eq!(one("@统计局2022，第3页").locator, "第3页");
        assert!(one("-@a").suppress_author);
        let two = items("see @a; @b, pp. 3-4", 1);
        assert_eq!((two[0].prefix.as_str(), two[1].key.as_str(), two[1].locator.as_str()), ("see", "b", "pp. 3-4"));
        assert_eq!(two[1].span, Span::new(10, 11));
    }

    #[test]
    fn what_is_no_citation() {
        for text in ["me@example.org", "sic", "@", "a @ b"] {
            assert!(!is_citation(text), "{text}");
        }
        assert!(is_citation("see @a"));
    }
}
