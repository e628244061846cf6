//! Whether a passage says that something is the first of its kind.

use super::cursor::{joins, next_word, word_at};
use super::words::{Meaning, meaning};

/// Words that say so by themselves.
const FIRST: &[&str] = &["top", "leading", "foremost", "leader", "leads", "lead", "best", "most", "champion", "首位", "榜首", "最大"];

/// Words in `est` that are no superlatives.
const NO_SUPERLATIVES: &[&str] = &[
    "arrest",
    "budapest",
    "conquest",
    "contest",
    "crest",
    "digest",
    "everest",
    "forest",
    "guest",
    "harvest",
    "honest",
    "inquest",
    "interest",
    "invest",
    "manifest",
    "midwest",
    "modest",
    "northwest",
    "protest",
    "quest",
    "request",
    "rest",
    "southwest",
    "suggest",
    "test",
    "unrest",
    "west",
    "zest",
    "reinvest",
    "attest",
    "behest",
    "bequest",
    "chest",
    "nest",
    "pest",
    "vest",
    "ingest",
    "detest",
    "infest",
    "divest",
];

/// Words before a superlative by which it holds for several: `among the largest`, `one of the largest`.
const SEVERAL: [&str; 3] = ["among", "amongst", "of"];

/// Whether a superlative says that something is in the first place alone.
pub(super) fn is_first(passage: &str) -> bool {
    let mut at = 0;
    let mut before: [String; 2] = Default::default();
    while at < passage.len() {
        let (word, end) = word_at(passage, at);
        if word.is_empty() {
            let rest = &passage[at..];
            if FIRST.iter().any(|known| !known.is_ascii() && rest.starts_with(known)) {
                return true;
            }
            let one = rest.chars().next();
            // A new clause begins: what stood before has nothing to do with the next word.
            if one.is_some_and(|one| ".,;:".contains(one)) {
                before = Default::default();
            }
            at += one.map_or(1, char::len_utf8);
            continue;
        }
        let lower = word.to_lowercase();
        if superlative(&lower) && !shared(&before) && !counted(passage, end) {
            return true;
        }
        before.rotate_left(1);
        before[1] = lower;
        at = end;
    }
    false
}

fn superlative(word: &str) -> bool {
    FIRST.contains(&word) || (word.len() > 4 && word.ends_with("est") && !NO_SUPERLATIVES.contains(&word) && word.chars().all(joins))
}

/// `among the largest`, `second largest`
fn shared(before: &[String; 2]) -> bool {
    let place = matches!(meaning(&before[1]), Some(Meaning::Ordinal(place)) if place > 1);
    place || before.iter().any(|word| SEVERAL.contains(&word.as_str()))
}

/// `top three`, `the ten largest` with the number after it.
fn counted(passage: &str, end: usize) -> bool {
    let (next, _) = next_word(passage, end);
    let many = matches!(meaning(next), Some(Meaning::Small(number) | Meaning::Tens(number)) if number != 1);
    many || (next.starts_with(|one: char| one.is_ascii_digit()) && next != "1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn superlatives_count_unless_shared() {
        for first in ["the largest supplier in the world", "China's biggest", "top of the table", "number one, leading", "全国首位"] {
            assert!(is_first(first), "{first}");
        }
        for other in
            ["among the largest", "one of the largest", "the second-largest", "top three", "top 10", "in the interest of", "", "the west"]
        {
            assert!(!is_first(other), "{other}");
        }
    }
}
