//! Finding a quotation in a copy.

use std::ops::Range;

use super::class::{in_word, squeezed};
use super::fold::Folded;
use super::pattern::{Piece, pieces};
use super::word::cuts;
use crate::budget;
use crate::text::Span;

/// Characters of the copy that are kept on either side of a quotation.
const CONTEXT: usize = 30;

/// A quotation that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The bytes of the copy's text, from the first word to the last.
    pub span: Span,
    /// What stands before it in one line: about thirty characters, of whole words, as in a W3C `TextQuoteSelector`.
    pub prefix: String,
    /// What stands after it, likewise.
    pub suffix: String,
}

/// Looks for a quotation in a copy.
///
/// An ellipsis in brackets, or a bare one at either end, parts it into pieces that must follow one another; one letter in
/// brackets, as in `[T]he`, fits either case. No piece begins or ends within a word or a number. Brackets and dots that the
/// source has itself are found as well.
#[must_use]
pub fn find(quote: &str, copy: &Folded<'_>) -> Option<Found> {
    let quote = Folded::new(quote);
    if quote.text().len() > budget::QUOTE || !quote.text().contains(char::is_alphanumeric) {
        return None;
    }
    let place = [false, true].into_iter().find_map(|edited| chain(&pieces(&quote, edited), copy))?;
    let span = copy.back(place);
    let (before, after) = (&copy.original()[..span.start], &copy.original()[span.end..]);
    Some(Found { span, prefix: prefix(before), suffix: suffix(after) })
}

/// The first place where all pieces follow one another, each near the one before it.
fn chain(pieces: &[Piece<'_>], copy: &Folded<'_>) -> Option<Range<usize>> {
    let (first, rest) = pieces.split_first()?;
    let mut places = places(first, copy);
    if rest.is_empty() {
        return places.next();
    }
    let mut reached: Vec<Range<usize>> = places.collect();
    for piece in rest {
        reached = self::places(piece, copy)
            .filter_map(|place| {
                let before = reached.partition_point(|one| one.end <= place.start);
                let last = reached.get(before.checked_sub(1)?)?;
                (place.start - last.end <= budget::QUOTE_GAP).then_some(last.start..place.end)
            })
            .collect();
    }
    reached.into_iter().next()
}

/// The places of a piece that cut no word.
fn places<'c>(piece: &'c Piece<'_>, copy: &'c Folded<'_>) -> impl Iterator<Item = Range<usize>> + 'c {
    let stands = |at| copy.is_edge(at) && !cuts(copy, at);
    piece.places(copy).filter(move |place| stands(place.start) && stands(place.end))
}

/// The last words before a quotation.
fn prefix(before: &str) -> String {
    let start = before.char_indices().rev().nth(2 * CONTEXT).map_or(0, |(at, _)| at);
    let near = squeezed(&before[start..]);
    let Some((cut, _)) = near.char_indices().rev().nth(CONTEXT - 1) else { return near.trim().to_owned() };
    let within = near[..cut].chars().next_back().is_some_and(in_word);
    let words = near[cut..].trim_start_matches(|one| within && in_word(one)).trim();
    if words.is_empty() { near[cut..].trim().to_owned() } else { words.to_owned() }
}

/// The first words after a quotation.
fn suffix(after: &str) -> String {
    let end = after.char_indices().nth(2 * CONTEXT).map_or(after.len(), |(at, _)| at);
    let near = squeezed(&after[..end]);
    let Some((cut, _)) = near.char_indices().nth(CONTEXT) else { return near.trim().to_owned() };
    let within = near[cut..].chars().next().is_some_and(in_word);
    let words = near[..cut].trim_end_matches(|one| within && in_word(one)).trim();
    if words.is_empty() { near[..cut].trim().to_owned() } else { words.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'c>(quote: &str, copy: &'c str) -> Option<&'c str> {
        find(quote, &Folded::new(copy)).map(|found| &copy[found.span.range()])
    }

    #[test]
    fn typesetting_is_no_difference() {
        let copy = "He said:\r\n  “It’s   ﬁne – really”… and\u{a0}left\u{ad}.";
        assert_eq!(found("\"It's fine - really\"... and left.", copy), Some("“It’s   ﬁne – really”… and\u{a0}left\u{ad}."));
        assert_eq!(found("it's fine", copy), None, "case counts");
        assert_eq!(found("郑州「制造」高质量 ABC 发展", "在郑州“制\n造”高 质量ＡＢＣ发展。"), Some("郑州“制\n造”高 质量ＡＢＣ发展"));
        assert_eq!(found("café", "the cafe\u{301} there"), Some("cafe\u{301}"));
    }

    #[test]
    fn words_and_numbers_are_whole() {
        for (quote, copy) in [
            ("8", "80 or 18 or 8.5 or 1,8"),
            ("fell by 3", "fell by 3.2"),
            ("fell by 3", "fell by 3,200"),
            ("200 units", "3,200 units"),
            ("fell by 3", "fell by 3\u{202f}200"),
            ("200 units", "3\u{a0}200 units"),
            ("art of", "start of"),
            ("the star", "the start"),
            ("of", "oﬃce"),
            ("5", "5G"),
        ] {
            assert_eq!(found(quote, copy), None, "{quote} in {copy}");
        }
        assert_eq!(found("fell by 3", "It fell by 3. Then 200."), Some("fell by 3"));
        assert_eq!(found("growth", "real growth¹ in"), Some("growth"));
        assert_eq!(found("增长3", "同比增长3个"), Some("增长3"));
        assert_eq!(found("start", "the start, and star"), Some("start"));
        assert_eq!(found("star", "the start, and star"), Some("star"));
    }

    #[test]
    fn a_hyphen_at_the_end_of_a_line_is_read_both_ways() {
        let copy = "the govern-\n  ment of a high-\nquality short-\nterm COVID-\n19 plan of 2020-\n2024";
        assert_eq!(found("government of a high-quality", copy), Some("govern-\n  ment of a high-\nquality"));
        assert_eq!(found("govern-ment of a highquality short- term", copy), Some("govern-\n  ment of a high-\nquality short-\nterm"));
        assert_eq!(found("quality", copy), Some("quality"));
        assert_eq!(found("COVID-19 plan of 2020-2024", copy), Some("COVID-\n19 plan of 2020-\n2024"));
        assert_eq!(found("high-\nquality govern-\nment", "of high-quality government"), Some("high-quality government"));
        assert_eq!(found("co-operate", "to cooperate"), None);
        assert_eq!(found("government", "the govern\u{ad}\nment"), Some("govern\u{ad}\nment"));
    }

    #[test]
    fn an_omission_parts_a_quotation() {
        let copy = "Output fell. The plant, which is old, makes steel. The end of it.";
        assert_eq!(found("The plant […] makes steel", copy), Some("The plant, which is old, makes steel"));
        assert_eq!(found("… [t]he plant, [ ... ] steel (…) end …", copy), Some("The plant, which is old, makes steel. The end"));
        assert_eq!(found("makes steel [...] The plant", copy), None, "in order");
        assert_eq!(found("The […] makes […] of it", copy), Some("The plant, which is old, makes steel. The end of it"));
        assert_eq!(found("[O]utput", "a\n(…)\noutput"), Some("output"));
        assert_eq!(found("grew [a] lot (…) more", "It grew [a] lot (...) more."), Some("grew [a] lot (...) more"));
        let far = format!("begin {} end", "x ".repeat(budget::QUOTE_GAP));
        assert_eq!(found("begin [...] end", &far), None);
        assert_eq!(found("begin [...] end", &format!("{far} begin y end")), Some("begin y end"));
    }

    #[test]
    fn nothing_is_not_found() {
        for quote in ["", " ", "…", "[...]", "—", "[T]"] {
            assert_eq!(found(quote, "a T (—) … \"\" b"), None, "{quote}");
        }
        assert_eq!(found("a", ""), None);
    }

    /// A passage is found in its own text wherever it is cut out, if no word is cut.
    #[test]
    fn what_is_copied_out_is_found() {
        const BITS: [&str; 24] = [
            "a", "B", "é", "e\u{301}", "ﬁ", "中", "，", "。", "1", "２", "²", " ", "\n", "-", "—", "“", "'", ".", "...", "…", "\u{ad}",
            "\u{200b}", "[", "ｶﾞ",
        ];
        let mut seed = 7_u64;
        let mut random = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            usize::try_from(seed >> 33).unwrap_or_default() % below
        };
        let mut found_many = 0;
        for _ in 0..20_000 {
            let bits: Vec<&str> = (0..12).map(|_| BITS[random(BITS.len())]).collect();
            let (start, end) = (random(12), random(12));
            let (start, end) = (start.min(end), start.max(end) + 1);
            let (head, quote, tail) = (bits[..start].concat(), bits[start..end].concat(), bits[end..].concat());
            let copy = format!("{head} {quote} {tail}");
            let place = find(&quote, &Folded::new(&copy)).map(|found| found.span);
            let Some(place) = place else {
                // A comma, a hyphen or an ellipsis at the edge reads in another way beside other text.
                let edge = |one: char| !one.is_alphanumeric();
                assert!(
                    !quote.contains(char::is_alphanumeric) || quote.starts_with(edge) || quote.ends_with(edge),
                    "{quote:?} in {copy:?}"
                );
                continue;
            };
            assert!(Folded::new(&copy[place.range()]).text().contains(char::is_alphanumeric), "{quote:?} in {copy:?}");
            found_many += 1;
        }
        assert!(found_many > 10_000, "{found_many}");
    }

    #[test]
    fn context_is_of_whole_words_in_one_line() {
        let copy = "In March, the land of the\nCentral Plains is full of  spring, and Henan is full of vitality.";
        let found = find("is full of spring", &Folded::new(copy)).expect("it is there");
        assert_eq!((found.prefix.as_str(), found.suffix.as_str()), ("land of the Central Plains", ", and Henan is full of"));
        let found = find("中", &Folded::new("上下中左右")).expect("it is there");
        assert_eq!((found.prefix.as_str(), found.suffix.as_str()), ("上下", "左右"));
    }
}
