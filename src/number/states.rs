//! Whether a passage states a claim's value.

use std::sync::Arc;

use super::amount::{Amount, AmountKind, amounts};
use super::cursor::{joins, word_at};
use super::date::PartialDate;
use super::hedge::{Hedge, contradict};
use super::rank;
use super::unit::{Unit, Units};
use super::words::COUNTING;

/// Two numbers are equal where they differ by no more than this part of them.
const EQUAL: f64 = 1e-9;
/// How far a part in words, such as `a third`, may be from a value that is printed as 33.3%.
const PART: f64 = 0.005;
/// Units of claims that say that the value is a date.
const DATES: [&str; 4] = ["date", "year", "month", "day"];

/// How a claim's value is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Op {
    /// Just this.
    #[default]
    Equal,
    /// More than this.
    More,
    /// This or more.
    AtLeast,
    /// Less than this.
    Less,
    /// This or less.
    AtMost,
    /// Near this.
    About,
}

impl Op {
    const fn hedge(self) -> Option<Hedge> {
        match self {
            Self::Equal => None,
            Self::More | Self::AtLeast => Some(Hedge::More),
            Self::Less | Self::AtMost => Some(Hedge::Less),
            Self::About => Some(Hedge::About),
        }
    }
}

/// A claim's value, as its author wrote it in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stated<'a> {
    /// The value: `3.2`, `2024-03-30`, `80 cm -> 2 mm`, `3-5`, `thousands`.
    pub value: &'a str,
    /// Its unit.
    pub unit: Option<&'a str>,
    /// How it is meant.
    pub op: Op,
    /// Whether the claim is about a place in an order.
    pub rank: bool,
    /// Whether the claim is about a time.
    pub date: bool,
}

/// What a passage says of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// It states the value.
    Yes,
    /// It states these, and none of them is the value.
    Other(Vec<Amount>),
    /// It states no number.
    None,
}

/// Whether a passage states a value.
#[must_use]
pub fn states(passage: &str, stated: &Stated, units: &Units) -> Verdict {
    let found = amounts(passage, units);
    let wanted = Want::all(stated, units);
    let in_words = wanted.len() != 1 && says(passage, stated.value);
    let each = || wanted.iter().all(|want| want.met(passage, &found, stated));
    if in_words || (!wanted.is_empty() && each()) {
        Verdict::Yes
    } else if found.is_empty() {
        Verdict::None
    } else {
        Verdict::Other(found)
    }
}

/// One number of a value.
struct Want {
    low: f64,
    high: f64,
    /// Half a unit of its last digit.
    half: f64,
    /// What the claim's unit multiplies it by, apart from the unit itself.
    magnitude: f64,
    unit: Option<Arc<Unit>>,
    date: Option<PartialDate>,
    hedge: Option<Hedge>,
}

impl Want {
    fn all(stated: &Stated, units: &Units) -> Vec<Self> {
        let unit = stated.unit.unwrap_or_default().trim();
        let dated = stated.date || DATES.contains(&unit);
        let phrase = units.phrase(unit);
        let want = |amount: Amount| {
            let date = match amount.kind {
                AmountKind::Date(date) if dated || date.month.is_some() => Some(date),
                _ => None,
            };
            let magnitude = if amount.unit.is_some() { 1.0 } else { phrase.magnitude };
            let (low, high, half) = (amount.low, amount.high, amount.precision);
            let hedge = amount.hedge.or(stated.op.hedge());
            Self { low, high, half, magnitude, unit: amount.unit.or_else(|| phrase.unit.clone()), date, hedge }
        };
        amounts(stated.value, units).into_iter().map(want).collect()
    }

    /// Whether the passage, in which these amounts were found, states this number.
    fn met(&self, passage: &str, found: &[Amount], stated: &Stated) -> bool {
        if let Some(date) = self.date {
            return found.iter().any(|one| matches!(one.kind, AmountKind::Date(own) if own.states(date)));
        }
        let ends = if self.low < self.high { vec![self.low, self.high] } else { vec![self.low] };
        let by_number = ends.iter().all(|end| found.iter().any(|one| self.fits(one, *end)));
        by_number || (stated.rank && same(self.low, 1.0, 0.0) && rank::is_first(passage)) || self.counted(passage)
    }

    fn fits(&self, found: &Amount, value: f64) -> bool {
        let known = found.unit.as_ref().zip(self.unit.as_ref());
        let alike = known.is_none_or(|(own, other)| own.base == other.base);
        if !found.is_number() || !alike {
            return false;
        }
        [found.low, found.high].into_iter().any(|end| {
            // Prose says "fell by 3%" where the record has −3, and "fell by more than 3%" where that is less than −3.
            let turned = end >= 0.0 && value < 0.0;
            let (value, hedge) = if turned { (value.abs(), self.hedge.map(Hedge::turned)) } else { (value, self.hedge) };
            !contradict(found.hedge, hedge) && self.equals(found, end, value, known.is_some())
        })
    }

    fn equals(&self, found: &Amount, end: f64, value: f64, both_known: bool) -> bool {
        let scaled = value * self.magnitude * self.unit.as_ref().map_or(1.0, |unit| unit.factor);
        let near = |printed: f64, value: f64, scale: f64| {
            let slack = slack(found) * scale;
            let part = if found.kind == AmountKind::Fraction { (self.half * scaled / value).abs().min(PART) } else { 0.0 };
            same(printed, value, part) || hedged(found.hedge, printed, value, slack)
        };
        if both_known {
            return near(end * found.factor(), scaled, found.factor());
        }
        // An unknown unit does not matter; and of a part, the percentage and the plain number are both usual.
        let share = |unit: &Option<Arc<Unit>>| unit.as_ref().is_some_and(|unit| unit.is_share());
        let plain = [value * self.magnitude, value].into_iter().chain(share(&self.unit).then_some(scaled));
        let mut pairs =
            plain.map(|value| (end, value, 1.0)).chain(share(&found.unit).then_some((end * found.factor(), value, found.factor())));
        pairs.any(|(printed, value, scale)| near(printed, value, scale))
    }

    /// `the single path`, `both firms`
    fn counted(&self, passage: &str) -> bool {
        let words = COUNTING.iter().filter(|(_, value)| same(self.low, *value, 0.0) && self.unit.is_none());
        words.into_iter().any(|(word, _)| says(passage, word))
    }
}

/// Whether two numbers are equal, or differ by no more than `slack`.
fn same(one: f64, other: f64, slack: f64) -> bool {
    (one - other).abs() <= EQUAL * one.abs().max(other.abs()) + slack
}

/// Whether a hedged number, as it is printed, may stand for a value.
fn hedged(hedge: Option<Hedge>, printed: f64, value: f64, slack: f64) -> bool {
    let over = value - printed;
    match hedge {
        None => false,
        Some(Hedge::About) => over.abs() <= slack,
        Some(Hedge::More) => (0.0..2.0 * slack).contains(&over),
        Some(Hedge::Less) => (0.0..2.0 * slack).contains(&-over),
    }
}

/// How far a hedged number may be rounded: to its last digit, or to two digits where the rest are noughts.
fn slack(found: &Amount) -> f64 {
    let mut unit = 1.0;
    while unit < 1e300 && unit * 100.0 <= found.low.abs() {
        unit *= 10.0;
    }
    let round = same((found.low / unit).round() * unit, found.low, 0.0);
    if round { found.precision.max(unit / 2.0) } else { found.precision }
}

/// Whether a passage has these words, whatever their case and the spaces between them.
fn says(passage: &str, words: &str) -> bool {
    let fold = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let (passage, words) = (fold(passage), fold(words));
    let whole = |at: usize| {
        let end = at + words.len();
        let begins = !words.starts_with(joins) || !passage[..at].ends_with(joins);
        let ends = !words.ends_with(joins) || word_at(&passage, end).0.is_empty();
        begins && ends
    };
    !words.is_empty() && passage.match_indices(&words).any(|(at, _)| whole(at))
}

#[cfg(test)]
mod tests;
