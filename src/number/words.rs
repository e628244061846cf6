//! The words that say numbers, as data.

/// What a word means for a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Meaning {
    /// Zero to nineteen.
    Small(u16),
    /// Twenty to ninety.
    Tens(u16),
    /// A hundred, a dozen, or a thousand and more, which multiply.
    Times(f64),
    /// A place in an order; with `a` or a number before it, from `third` on, also a part.
    Ordinal(u16),
    /// The place that belongs to a word that multiplies.
    OrdinalTimes(f64),
    /// A part by its name: `half`, `quarter`.
    Part(u16),
    /// Parts in the plural: `thirds`.
    Parts(u16),
    /// So many times as much.
    Multiple(u16),
    /// `a` and `an`.
    Article,
}

use Meaning::{Article, Multiple, Ordinal, OrdinalTimes, Part, Parts, Small, Tens, Times};

/// The words, in order.
const WORDS: &[(&str, Meaning)] = &[
    ("a", Article),
    ("an", Article),
    ("billion", Times(1e9)),
    ("billionth", OrdinalTimes(1e9)),
    ("double", Multiple(2)),
    ("doubled", Multiple(2)),
    ("dozen", Times(12.0)),
    ("eight", Small(8)),
    ("eighteen", Small(18)),
    ("eighteenth", Ordinal(18)),
    ("eighth", Ordinal(8)),
    ("eighths", Parts(8)),
    ("eightieth", Ordinal(80)),
    ("eighty", Tens(80)),
    ("eleven", Small(11)),
    ("eleventh", Ordinal(11)),
    ("fifteen", Small(15)),
    ("fifteenth", Ordinal(15)),
    ("fifth", Ordinal(5)),
    ("fifths", Parts(5)),
    ("fiftieth", Ordinal(50)),
    ("fifty", Tens(50)),
    ("first", Ordinal(1)),
    ("five", Small(5)),
    ("fortieth", Ordinal(40)),
    ("forty", Tens(40)),
    ("four", Small(4)),
    ("fourteen", Small(14)),
    ("fourteenth", Ordinal(14)),
    ("fourth", Ordinal(4)),
    ("fourths", Parts(4)),
    ("half", Part(2)),
    ("halves", Parts(2)),
    ("hundred", Times(100.0)),
    ("hundredth", OrdinalTimes(100.0)),
    ("hundredths", Parts(100)),
    ("million", Times(1e6)),
    ("millionth", OrdinalTimes(1e6)),
    ("nine", Small(9)),
    ("nineteen", Small(19)),
    ("nineteenth", Ordinal(19)),
    ("ninetieth", Ordinal(90)),
    ("ninety", Tens(90)),
    ("ninth", Ordinal(9)),
    ("ninths", Parts(9)),
    ("one", Small(1)),
    ("quadruple", Multiple(4)),
    ("quadrupled", Multiple(4)),
    ("quarter", Part(4)),
    ("quarters", Parts(4)),
    ("second", Ordinal(2)),
    ("seven", Small(7)),
    ("seventeen", Small(17)),
    ("seventeenth", Ordinal(17)),
    ("seventh", Ordinal(7)),
    ("sevenths", Parts(7)),
    ("seventieth", Ordinal(70)),
    ("seventy", Tens(70)),
    ("six", Small(6)),
    ("sixteen", Small(16)),
    ("sixteenth", Ordinal(16)),
    ("sixth", Ordinal(6)),
    ("sixths", Parts(6)),
    ("sixtieth", Ordinal(60)),
    ("sixty", Tens(60)),
    ("ten", Small(10)),
    ("tenth", Ordinal(10)),
    ("tenths", Parts(10)),
    ("third", Ordinal(3)),
    ("thirds", Parts(3)),
    ("thirteen", Small(13)),
    ("thirteenth", Ordinal(13)),
    ("thirtieth", Ordinal(30)),
    ("thirty", Tens(30)),
    ("thousand", Times(1e3)),
    ("thousandth", OrdinalTimes(1e3)),
    ("thousandths", Parts(1000)),
    ("three", Small(3)),
    ("thrice", Multiple(3)),
    ("treble", Multiple(3)),
    ("trebled", Multiple(3)),
    ("trillion", Times(1e12)),
    ("triple", Multiple(3)),
    ("tripled", Multiple(3)),
    ("twelfth", Ordinal(12)),
    ("twelve", Small(12)),
    ("twentieth", Ordinal(20)),
    ("twenty", Tens(20)),
    ("twice", Multiple(2)),
    ("two", Small(2)),
    ("zero", Small(0)),
];

/// The longest of the words, so that others need no look.
const LONGEST: usize = 11;

/// Words before `half` and `quarters` that make a time of it: the first half, the last three quarters.
pub(super) const OF_A_YEAR: &[&str] = &[
    "first", "second", "latter", "other", "last", "former", "each", "per", "this", "next", "later", "earlier", "past", "previous", "final",
];

/// Words after `a third` that make a part of it; before other words it is one more thing.
pub(super) const AFTER_A_PART: &[&str] = &[
    "of", "more", "less", "fewer", "higher", "lower", "larger", "smaller", "bigger", "as", "from", "to", "in", "on", "by", "and", "or",
    "since", "over", "between", "compared",
];

/// Words that take a number after a hyphen; after others it is a name (`COVID-19`).
pub(super) const TAKES_A_NUMBER: &[&str] =
    &["mid", "pre", "post", "early", "late", "top", "sub", "under", "over", "circa", "plus", "minus", "all", "another", "to"];

/// Words that a number follows as a mark, not as a count: it is then a place in an order.
pub(super) const MARKED: &[&str] = &[
    "number",
    "no",
    "nos",
    "figure",
    "figures",
    "fig",
    "figs",
    "table",
    "tables",
    "chapter",
    "section",
    "part",
    "page",
    "p",
    "pp",
    "para",
    "paras",
    "paragraph",
    "paragraphs",
    "article",
    "annex",
    "line",
    "lines",
    "appendix",
    "step",
    "phase",
    "stage",
    "volume",
    "vol",
    "version",
    "footnote",
];

/// Words that count without being a number: only a claim's value shows that they are meant so.
pub(super) const COUNTING: &[(&str, f64)] =
    &[("single", 1.0), ("sole", 1.0), ("only", 1.0), ("both", 2.0), ("pair", 2.0), ("couple", 2.0), ("trio", 3.0)];

/// What a word means, in whatever letters.
pub(super) fn meaning(word: &str) -> Option<Meaning> {
    if word.len() > LONGEST || !word.is_ascii() {
        return None;
    }
    let lower;
    let word = if word.bytes().any(|one| one.is_ascii_uppercase()) {
        lower = word.to_ascii_lowercase();
        &lower
    } else {
        word
    };
    WORDS.binary_search_by(|(known, _)| (*known).cmp(word)).ok().map(|at| WORDS[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_in_order_and_none_is_too_long() {
        assert!(WORDS.is_sorted_by(|a, b| a.0 < b.0));
        assert_eq!(WORDS.iter().map(|(word, _)| word.len()).max(), Some(LONGEST));
        assert_eq!(meaning("Twenty"), Some(Tens(20)));
        assert_eq!(meaning("wordy"), None);
    }
}
