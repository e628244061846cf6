//! A claim's value as a number to calculate with, and a calculated number as a text.

use super::amount::{Amount, amounts};
use super::hedge;
use super::numeral;
use super::unit::Units;

/// A value that is one number, with the scale of its unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measure {
    /// The number, in its unit.
    pub number: f64,
    /// Half a unit of its last printed digit.
    pub precision: f64,
    /// What one of its unit is: a hundredth for a percent, a million for millions, 0.001 m for a millimetre.
    pub scale: f64,
}

impl Measure {
    /// Reads a claim's value; `None` where it is not a single number.
    #[must_use]
    pub fn read(value: &str, unit: Option<&str>, units: &Units) -> Option<Self> {
        let found = amounts(value, units);
        let [only] = found.as_slice() else { return None };
        let alone = only.is_number() && !only.is_range() && is_all(only, value);
        let scale = if only.unit.is_some() { only.factor() } else { units.scale(unit) };
        alone.then_some(Self { number: only.low, precision: only.precision, scale })
    }

    /// The value in the base of its unit.
    #[must_use]
    pub fn scaled(&self) -> f64 {
        self.number * self.scale
    }

    /// A calculated number in this value's unit.
    #[must_use]
    pub fn unscaled(&self, result: f64) -> f64 {
        result / self.scale
    }

    /// Whether a calculated number, in the base of the unit, is this value: within the tolerance, which is a number in
    /// the value's unit or a percentage of the value; without one, to the last printed digit. `None` where the
    /// tolerance cannot be read.
    #[must_use]
    pub fn agrees(&self, result: f64, tolerance: Option<&str>) -> Option<bool> {
        let allowed = match tolerance {
            None => self.precision + 1e-9 * self.number.abs(),
            Some(text) => self.allowed(text)?,
        };
        Some((self.unscaled(result) - self.number).abs() <= allowed)
    }

    fn allowed(&self, text: &str) -> Option<f64> {
        let text = text.trim();
        let number = numeral::read(text, 0)?;
        match text[number.end..].trim() {
            "" => Some(number.value),
            "%" => Some(number.value / 100.0 * self.number.abs()),
            _ => None,
        }
        // A number that is read from text is rarely the one meant to the last bit.
        .map(|allowed| allowed * (1.0 + 1e-9))
    }
}

/// Whether nothing but hedges stands around an amount.
fn is_all(amount: &Amount, value: &str) -> bool {
    let start = hedge::before(value, amount.span.start).map_or(amount.span.start, |(_, start)| start);
    let end = hedge::after(value, amount.span.end).map_or(amount.span.end, |(_, end)| end);
    value[..start].trim().is_empty() && value[end..].trim().is_empty()
}

/// A claim's value in the base of its unit: percent as hundredths, magnitudes taken in, lengths in metres; `None`
/// where it is not a single number.
#[must_use]
pub fn scaled(value: &str, unit: Option<&str>, units: &Units) -> Option<f64> {
    Measure::read(value, unit, units).map(|measure| measure.scaled())
}

/// A calculated number in a claim's unit.
#[must_use]
pub fn unscaled(result: f64, unit: Option<&str>, units: &Units) -> f64 {
    result / units.scale(unit)
}

/// A calculated number as people read it: at most four digits after the point that say something, thousands in groups
/// from 10,000 on, no exponent.
#[must_use]
pub fn show(number: f64) -> String {
    let size = number.abs();
    let mut places = 4;
    let mut first = 0.1;
    while size > 0.0 && size < first && places < 16 {
        places += 1;
        first /= 10.0;
    }
    let text = format!("{size:.places$}");
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let decimals = decimals.trim_end_matches('0');
    let nothing = decimals.is_empty() && whole == "0";
    let sign = if number < 0.0 && !nothing { "−" } else { "" };
    let point = if decimals.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{decimals}", grouped(whole))
}

fn grouped(whole: &str) -> String {
    if whole.len() < 5 || !whole.bytes().all(|one| one.is_ascii_digit()) {
        return whole.to_owned();
    }
    let mut out = String::new();
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_scaled_by_their_unit() {
        let units = Units::default();
        for (value, unit, expected) in [
            ("3.2", Some("%"), Some(0.032)),
            ("3.2%", None, Some(0.032)),
            ("-4.5", Some("% year on year"), Some(-0.045)),
            ("1.76", Some("million vehicles"), Some(1_760_000.0)),
            ("1,600", None, Some(1600.0)),
            ("2023", Some("vehicles"), Some(2023.0)),
            ("80 cm", None, Some(0.8)),
            ("80", Some("cm"), Some(0.8)),
            ("about 50", None, Some(50.0)),
            (">2x", None, Some(2.0)),
            ("100亿元", None, Some(1e10)),
            ("3 named", None, None),
            ("80 cm -> 2 mm", None, None),
            ("3-5", None, None),
            ("2024-03-30", None, None),
            ("thousands", None, None),
            ("", None, None),
        ] {
            let found = scaled(value, unit, &units);
            let equal = found.zip(expected).map_or(found == expected, |(a, b)| (a - b).abs() <= 1e-9 * b.abs());
            assert!(equal, "{value} {unit:?}: {found:?}");
        }
        assert!((unscaled(0.032, Some("%"), &units) - 3.2).abs() < 1e-9);
    }

    #[test]
    fn results_agree_to_the_last_digit_or_within_a_tolerance() {
        let units = Units::default();
        for (value, unit, result, tolerance, agrees) in [
            ("3.2", Some("%"), 0.0324, None, Some(true)),
            ("3.2", Some("%"), 0.0326, None, Some(false)),
            ("3.2", Some("%"), 0.0326, Some("0.5"), Some(true)),
            ("3.2", Some("%"), 0.0326, Some("2%"), Some(true)),
            ("3.2", Some("%"), 0.0326, Some("1%"), Some(false)),
            ("1600", None, 1600.4, None, Some(true)),
            ("1.76", Some("million"), 1_763_000.0, None, Some(true)),
            ("-4.5", Some("%"), -0.045, None, Some(true)),
            ("10", None, 10.5, Some("0.5"), Some(true)),
            ("10", None, 10.0, Some("a bit"), None),
        ] {
            let measure = Measure::read(value, unit, &units).unwrap_or_else(|| panic!("{value}"));
            assert_eq!(measure.agrees(result, tolerance), agrees, "{value} {result} {tolerance:?}");
        }
    }

    #[test]
    fn results_are_shown_short() {
        for (number, text) in [
            (0.0, "0"),
            (87.5, "87.5"),
            (1.0 / 3.0, "0.3333"),
            (2.0 / 3.0, "0.6667"),
            (0.000_123_456, "0.0001235"),
            (1600.0, "1600"),
            (1_763_000.000_04, "1,763,000"),
            (12_345.678_9, "12,345.6789"),
            (-0.5, "−0.5"),
            (-1e-300, "0"),
            (1e21, "1,000,000,000,000,000,000,000"),
        ] {
            assert_eq!(show(number), text);
        }
    }
}
