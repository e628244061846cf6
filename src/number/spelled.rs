//! Numbers in words: `twenty-one`, `two thousand three hundred`, `a third`, `half a million`, `threefold`.

use super::cursor::{char_before, digit_at, next_word, previous_word, skip_gap, skip_space, word_at};
use super::words::{AFTER_A_PART, Meaning, OF_A_YEAR, meaning};

/// How a number is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A count or an amount.
    Cardinal,
    /// A place in an order.
    Ordinal,
    /// A part of something.
    Fraction,
    /// So many times as much.
    Multiple,
}

/// A number in words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spelled {
    /// One past its last byte.
    pub end: usize,
    /// What it says.
    pub value: f64,
    /// How it is meant.
    pub sort: Sort,
}

/// Reads the number that begins with the word at `at`.
pub(super) fn read(text: &str, at: usize) -> Option<Spelled> {
    let (word, end) = word_at(text, at);
    let spelled = |value: f64, sort| Some(Spelled { end, value, sort });
    let Some(found) = meaning(word) else { return fold(word, end) };
    match found {
        Meaning::Small(_) | Meaning::Tens(_) => Some(cardinal(text, at, Sum::default())),
        // `the trillion-yuan level`: a word that multiplies counts alone where it is tied to the next.
        Meaning::Times(_) if text[end..].starts_with('-') => Some(cardinal(text, at, Sum::of_one())),
        Meaning::Ordinal(2) if ["per", "a", "each", "every", "split"].contains(&previous_word(text, at)) => None,
        Meaning::Ordinal(place) => spelled(f64::from(place), Sort::Ordinal),
        Meaning::OrdinalTimes(place) => spelled(place, Sort::Ordinal),
        Meaning::Part(2) => half(text, at, end),
        Meaning::Multiple(times) => spelled(f64::from(times), Sort::Multiple),
        Meaning::Article => article(text, end),
        Meaning::Times(_) | Meaning::Part(_) | Meaning::Parts(_) => None,
    }
}

/// `threefold`
fn fold(word: &str, end: usize) -> Option<Spelled> {
    match meaning(word.strip_suffix("fold")?)? {
        Meaning::Small(times) | Meaning::Tens(times) => Some(Spelled { end, value: f64::from(times), sort: Sort::Multiple }),
        Meaning::Times(times) => Some(Spelled { end, value: times, sort: Sort::Multiple }),
        _ => None,
    }
}

/// `a hundred`, `a million`, `a third`, `a quarter of a million`
fn article(text: &str, end: usize) -> Option<Spelled> {
    let at = skip_space(text, end);
    let (word, after) = word_at(text, at);
    let part = match meaning(word)? {
        Meaning::Times(_) => return Some(cardinal(text, at, Sum::of_one())),
        Meaning::Part(part) => part,
        Meaning::Ordinal(part) if part > 2 => part,
        _ => return None,
    };
    let value = 1.0 / f64::from(part);
    if let Some((magnitude, end)) = of_magnitude(text, after) {
        return Some(Spelled { end, value: value * magnitude, sort: Sort::Cardinal });
    }
    let (next, _) = next_word(text, after);
    (next.is_empty() || AFTER_A_PART.contains(&next)).then_some(Spelled { end: after, value, sort: Sort::Fraction })
}

fn half(text: &str, at: usize, end: usize) -> Option<Spelled> {
    if OF_A_YEAR.contains(&previous_word(text, at).to_ascii_lowercase().as_str()) || char_before(text, at) == Some('-') {
        return None;
    }
    match of_magnitude(text, end) {
        Some((magnitude, end)) => Some(Spelled { end, value: 0.5 * magnitude, sort: Sort::Cardinal }),
        // `half-hearted` says no number.
        None => (!text[end..].starts_with('-')).then_some(Spelled { end, value: 0.5, sort: Sort::Fraction }),
    }
}

/// A magnitude that a part is taken of: `a million`, `of a million`, `million`.
fn of_magnitude(text: &str, end: usize) -> Option<(f64, usize)> {
    let mut at = skip_gap(text, end);
    for little in ["of", "a"] {
        let (word, after) = word_at(text, at);
        if word == little {
            at = skip_space(text, after);
        }
    }
    let (word, after) = word_at(text, at);
    match meaning(word)? {
        Meaning::Times(magnitude) => Some((magnitude, after)),
        _ => None,
    }
}

/// A number under way: what is closed by a thousand or more, and what is still open.
struct Sum {
    closed: f64,
    open: f64,
    /// Only a number below this may be added to the open part.
    room: f64,
    /// A word that multiplies must be smaller than the one before it.
    largest: f64,
}

impl Default for Sum {
    fn default() -> Self {
        Self { closed: 0.0, open: 0.0, room: 100.0, largest: f64::INFINITY }
    }
}

impl Sum {
    fn of_one() -> Self {
        Self { open: 1.0, room: 0.0, ..Self::default() }
    }

    fn value(&self) -> f64 {
        self.closed + self.open
    }

    /// Takes a word in, if it can follow what there is.
    fn add(&mut self, meaning: Meaning) -> bool {
        match meaning {
            Meaning::Small(number) => self.put(f64::from(number), 0.0),
            Meaning::Tens(number) => self.put(f64::from(number), 10.0),
            Meaning::Times(factor) if factor < 1e3 => {
                let fits = self.open > 0.0 && self.open < factor;
                if fits {
                    (self.open, self.room) = (self.open * factor, if factor < 100.0 { 0.0 } else { 100.0 });
                }
                fits
            }
            Meaning::Times(factor) => {
                let fits = self.open > 0.0 && factor < self.largest;
                if fits {
                    (self.closed, self.open, self.room, self.largest) = (self.closed + self.open * factor, 0.0, 100.0, factor);
                }
                fits
            }
            _ => false,
        }
    }

    fn put(&mut self, number: f64, room: f64) -> bool {
        let fits = number < self.room;
        if fits {
            (self.open, self.room) = (self.open + number, room);
        }
        fits
    }

    /// How a word that ends a number ends this one.
    fn finish(&self, last: Meaning, in_a_year: bool) -> Option<(f64, Sort)> {
        let plain = self.closed == 0.0 && self.open > 0.0;
        let one = plain && self.open < 2.0;
        match last {
            Meaning::Ordinal(place) if f64::from(place) < self.room && self.value() > 0.0 => {
                Some((self.value() + f64::from(place), Sort::Ordinal))
            }
            Meaning::Ordinal(part) if one && part > 2 => Some((1.0 / f64::from(part), Sort::Fraction)),
            Meaning::OrdinalTimes(factor) if plain => Some((self.open * factor, Sort::Ordinal)),
            Meaning::Part(part) if one => Some((1.0 / f64::from(part), Sort::Fraction)),
            Meaning::Parts(part) if plain && !in_a_year => Some((self.open / f64::from(part), Sort::Fraction)),
            _ => None,
        }
    }
}

fn cardinal(text: &str, at: usize, mut sum: Sum) -> Spelled {
    let (mut here, mut end) = (at, at);
    loop {
        let (mut word, mut after) = word_at(text, here);
        // `a hundred and five`, but not `five and six`.
        if word == "and" && sum.value() >= 100.0 && sum.room >= 100.0 {
            (word, after) = word_at(text, skip_space(text, after));
        }
        let Some(found) = meaning(word) else { break };
        if matches!(found, Meaning::Times(_)) && tied(text, end, here, after) {
            break;
        }
        if !sum.add(found) {
            if let Some((value, sort)) = sum.finish(found, in_a_year(text, at, after)) {
                return Spelled { end: after, value, sort };
            }
            break;
        }
        end = after;
        here = skip_gap(text, end);
    }
    Spelled { end, value: sum.value(), sort: Sort::Cardinal }
}

/// Whether a magnitude belongs to the word after it, and not to the number before: `seven trillion-level clusters` are
/// seven, `a 100-billion-level chain` is of a hundred billion.
pub(super) fn tied(text: &str, end: usize, magnitude: usize, after: usize) -> bool {
    let apart = text[end..magnitude].contains(|one: char| one.is_whitespace());
    let joined = text[after..].strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_alphabetic));
    apart && joined
}

/// Whether quarters are those of a year: `the first three quarters`, `three quarters of 2023`.
fn in_a_year(text: &str, at: usize, after: usize) -> bool {
    let (of, end) = next_word(text, after);
    OF_A_YEAR.contains(&previous_word(text, at)) || (of == "of" && digit_at(text, skip_space(text, end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read() {
        use Sort::{Cardinal, Fraction, Multiple, Ordinal};
        for (text, value, sort, end) in [
            ("two machines", 2.0, Cardinal, 3),
            ("twenty-one", 21.0, Cardinal, 10),
            ("ninety nine", 99.0, Cardinal, 11),
            ("a hundred and five", 105.0, Cardinal, 18),
            ("two thousand three hundred", 2300.0, Cardinal, 26),
            ("six hundred million and one", 6e8 + 1.0, Cardinal, 27),
            ("Three million", 3e6, Cardinal, 13),
            ("five six", 5.0, Cardinal, 4),
            ("five and six", 5.0, Cardinal, 4),
            ("a dozen", 12.0, Cardinal, 7),
            ("two dozen", 24.0, Cardinal, 9),
            ("half a million", 5e5, Cardinal, 14),
            ("a quarter of a million", 2.5e5, Cardinal, 22),
            ("trillion-yuan", 1e12, Cardinal, 8),
            ("seven trillion-level clusters", 7.0, Cardinal, 5),
            ("seven trillion", 7e12, Cardinal, 14),
            ("half of it", 0.5, Fraction, 4),
            ("a third of", 1.0 / 3.0, Fraction, 7),
            ("two-thirds", 2.0 / 3.0, Fraction, 10),
            ("three quarters.", 0.75, Fraction, 14),
            ("three quarters of 2023", 3.0, Cardinal, 5),
            ("one third", 1.0 / 3.0, Fraction, 9),
            ("one half", 0.5, Fraction, 8),
            ("second", 2.0, Ordinal, 6),
            ("twenty-first", 21.0, Ordinal, 12),
            ("six-millionth", 6e6, Ordinal, 13),
            ("two first", 2.0, Cardinal, 3),
            ("twice", 2.0, Multiple, 5),
            ("threefold", 3.0, Multiple, 9),
            ("zero", 0.0, Cardinal, 4),
        ] {
            assert_eq!(read(text, 0), Some(Spelled { end, value, sort }), "{text}");
        }
        for text in ["a third firm", "a second", "million", "dozens", "thousands", "quarters", "half-hearted", "and", "", "manifold"] {
            assert_eq!(read(text, 0), None, "{text}");
        }
        assert_eq!(read("the first half", 10), None);
        assert_eq!(read("first three quarters", 6), Some(Spelled { end: 11, value: 3.0, sort: Cardinal }));
    }
}
