//! A cell of a data table as a number to draw: its value, how far it may be off, and how it is meant.

use crate::number::{Amount, Hedge, Units, amounts};

/// How a value is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Bound {
    /// Just this; where it has a spread, this in the middle.
    #[default]
    Exact,
    /// Somewhere between its ends, as `3–5` says.
    Between,
    /// This or more: a floor.
    More,
    /// This or less: a ceiling.
    Less,
    /// Near this.
    About,
}

/// A number to draw.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The value, in the figure's unit; the middle of a range.
    pub value: f64,
    /// The lower end of what it may be; equal to `value` where nothing is said.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// How it is meant.
    pub bound: Bound,
}

/// Signs and words for a cell without a value.
const MISSING: [&str; 11] = ["", "-", "–", "—", "−", "…", "...", "n/a", "na", "nan", "null"];

/// Whether a cell says that there is no value.
#[must_use]
pub fn is_missing(text: &str) -> bool {
    MISSING.contains(&text.trim().to_lowercase().as_str())
}

impl Reading {
    /// Just this number.
    #[must_use]
    pub const fn exact(value: f64) -> Self {
        Self { value, low: value, high: value, bound: Bound::Exact }
    }

    /// Reads a cell; `None` where it is not one number, one range, or a number with its spread. A number with a unit of
    /// its own is given in the figure's.
    #[must_use]
    pub fn read(text: &str, unit: Option<&str>, units: &Units) -> Option<Self> {
        let plain = text.trim().replace('\u{2212}', "-");
        if let Some(value) = plain.parse().ok().filter(|value: &f64| value.is_finite()) {
            return Some(Self::exact(value));
        }
        if let Some((middle, spread)) = plain.split_once('±') {
            let (middle, spread) = (Self::read(middle, unit, units)?, Self::read(spread, unit, units)?.value.abs());
            return Some(Self { low: middle.value - spread, high: middle.value + spread, ..middle });
        }
        let found = amounts(&plain, units);
        let [only] = found.as_slice() else { return None };
        let factor = in_unit(&plain, only, unit, units)?;
        let (low, high) = (only.low * factor, only.high * factor);
        let bound = match only.hedge {
            None if low < high => Bound::Between,
            None => Bound::Exact,
            Some(Hedge::More) => Bound::More,
            Some(Hedge::Less) => Bound::Less,
            Some(Hedge::About) => Bound::About,
        };
        let value = f64::midpoint(low, high);
        (alone(&plain, only) && value.is_finite()).then_some(Self { value, low, high, bound })
    }
}

/// What an amount is to be multiplied with to be in the figure's unit; `None` where the two measure different things.
fn in_unit(text: &str, amount: &Amount, unit: Option<&str>, units: &Units) -> Option<f64> {
    let Some(phrase) = unit.map(|unit| units.phrase(unit)) else { return Some(1.0) };
    match (&amount.unit, &phrase.unit) {
        (Some(own), Some(wanted)) if own.base != wanted.base => None,
        (Some(own), Some(_)) => Some(own.factor / phrase.scale()),
        // Without a unit of its own, a number is in the figure's; a magnitude that it names has been taken in.
        _ => Some(if has_magnitude(text, amount) { 1.0 / phrase.magnitude } else { 1.0 }),
    }
}

/// Whether an amount says `million` or the like: then it is more than its digits.
fn has_magnitude(text: &str, amount: &Amount) -> bool {
    let digits: String = text[amount.span.range()].chars().take_while(|one| !one.is_alphabetic()).collect();
    let digits: String = digits.chars().filter(|one| one.is_ascii_digit() || *one == '.').collect();
    digits.parse().is_ok_and(|plain: f64| amount.low.abs() > plain * 1.5)
}

/// Whether a cell holds no words but those that hedge its number.
fn alone(text: &str, amount: &Amount) -> bool {
    let after = text[amount.span.end..].trim_matches([' ', '.', '+', '*']);
    let before = text[..amount.span.start].trim_matches([' ', '>', '<', '=', '~', '≈', '≥', '≤']);
    after.chars().filter(|one| one.is_alphabetic()).count() <= 12 && before.split_whitespace().count() <= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, unit: &str) -> Option<(f64, f64, f64, Bound)> {
        let reading = Reading::read(text, Some(unit), &Units::default())?;
        Some((reading.value, reading.low, reading.high, reading.bound))
    }

    fn exact(value: f64) -> (f64, f64, f64, Bound) {
        (value, value, value, Bound::Exact)
    }

    #[test]
    fn cells_are_numbers_as_people_write_them() {
        assert_eq!(read("46", "%"), Some(exact(46.0)));
        assert_eq!(read("1,600", "orders"), Some(exact(1600.0)));
        assert_eq!(read("−4.5", "%"), Some(exact(-4.5)));
        assert_eq!(read("3.2%", "%"), Some(exact(3.2)));
        assert_eq!(read("abc", "%"), None);
        assert_eq!(read("3 of 5", "%"), None);
    }

    #[test]
    fn bounds_and_ranges_are_kept() {
        assert_eq!(read("more than 46", "%"), Some((46.0, 46.0, 46.0, Bound::More)));
        assert_eq!(read(">46", "%"), Some((46.0, 46.0, 46.0, Bound::More)));
        assert_eq!(read("about 50%", "%"), Some((50.0, 50.0, 50.0, Bound::About)));
        assert_eq!(read("3–5", "years"), Some((4.0, 3.0, 5.0, Bound::Between)));
        assert_eq!(read("46±2", "%"), Some((46.0, 44.0, 48.0, Bound::Exact)));
    }

    #[test]
    fn units_are_brought_together() {
        assert_eq!(read("1.76 million", "million vehicles"), Some(exact(1.76)));
        assert_eq!(read("over 46", "million vehicles"), Some((46.0, 46.0, 46.0, Bound::More)));
        assert_eq!(read("80 cm", "m"), Some(exact(0.8)));
        assert_eq!(read("80 cm", "%"), None);
    }

    #[test]
    fn what_is_not_there_is_said_in_many_ways() {
        assert!(["", " ", "–", "n/a", "NA", "…"].iter().all(|text| is_missing(text)));
        assert!(!is_missing("0"));
    }
}
