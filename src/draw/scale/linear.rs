//! Equal differences as equal lengths.

/// A scale from numbers to places.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Linear {
    /// The least and the greatest number.
    pub domain: (f64, f64),
    /// Their places.
    pub range: (f64, f64),
}

impl Linear {
    /// The place of a number. Where all numbers are one, that is the middle.
    #[must_use]
    pub fn at(&self, value: f64) -> f64 {
        let (low, high) = self.domain;
        // Halves, so that the difference of two huge numbers is not infinite.
        let span = high / 2.0 - low / 2.0;
        let part = if span == 0.0 { 0.5 } else { (value / 2.0 - low / 2.0) / span };
        self.range.0 + part * (self.range.1 - self.range.0)
    }
}

/// The step between about `count` ticks, as a power of ten times 1, 2 or 5, and its sign of inversion: d3's tick
/// increment. A negative answer is one over the step, which keeps decimals exact.
fn increment(low: f64, high: f64, count: f64) -> f64 {
    let step = (high / count - low / count).max(f64::MIN_POSITIVE);
    let power = step.log10().floor();
    let error = step / 10_f64.powf(power);
    let factor = if error >= 50_f64.sqrt() {
        10.0
    } else if error >= 10_f64.sqrt() {
        5.0
    } else if error >= 2_f64.sqrt() {
        2.0
    } else {
        1.0
    };
    if power >= 0.0 { factor * 10_f64.powf(power) } else { -(10_f64.powf(-power)) / factor }
}

/// About `count` round numbers from `low` to `high`, in order.
#[must_use]
pub fn ticks(low: f64, high: f64, count: usize) -> Vec<f64> {
    if !(low.is_finite() && high.is_finite()) || count == 0 {
        return Vec::new();
    }
    if low >= high {
        return vec![low];
    }
    #[expect(clippy::cast_precision_loss, reason = "a handful of ticks")]
    let step = increment(low, high, count as f64);
    if !step.is_finite() || step == 0.0 {
        return vec![low, high];
    }
    let index = |value: f64| if step > 0.0 { value / step } else { value * -step };
    let value = |at: f64| if step > 0.0 { at * step } else { at / -step };
    let (first, last) = (index(low).ceil(), index(high).floor());
    let mut out = Vec::new();
    let mut at = first;
    // Never more than a few times as many as were asked for, whatever rounding does.
    while at <= last && out.len() <= 10 * count {
        out.push(value(at) + 0.0);
        at += 1.0;
    }
    out
}

/// Ends moved out to round numbers.
#[must_use]
pub fn nice(low: f64, high: f64, count: usize) -> (f64, f64) {
    if !(low.is_finite() && high.is_finite()) || low >= high || count == 0 {
        return (low, high);
    }
    #[expect(clippy::cast_precision_loss, reason = "a handful of ticks")]
    let step = increment(low, high, count as f64);
    let ends = if step > 0.0 {
        ((low / step).floor() * step, (high / step).ceil() * step)
    } else {
        ((low * -step).floor() / -step, (high * -step).ceil() / -step)
    };
    if ends.0.is_finite() && ends.1.is_finite() { (ends.0 + 0.0, ends.1 + 0.0) } else { (low, high) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round() {
        assert_eq!(ticks(0.0, 11.7, 5), [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
        assert_eq!(ticks(0.0, 1.0, 5), [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
        assert_eq!(ticks(-4.5, 4.0, 4), [-4.0, -2.0, 0.0, 2.0, 4.0]);
        assert_eq!(ticks(3.0, 3.0, 5), [3.0]);
        assert!(ticks(-1e308, 1e308, 5).len() > 1);
        assert!(ticks(1.0, 1.0 + 1e-12, 5).len() < 60);
        assert!(ticks(f64::NAN, 1.0, 5).is_empty());
    }

    #[test]
    fn ends_are_moved_out() {
        assert_eq!(nice(0.0, 11.7, 5), (0.0, 12.0));
        assert_eq!(nice(-0.7, 4.0, 5), (-1.0, 4.0));
        assert_eq!(nice(0.0, 23_900.0, 5), (0.0, 25_000.0));
    }

    #[test]
    fn places_are_in_proportion() {
        let scale = Linear { domain: (0.0, 10.0), range: (100.0, 0.0) };
        assert_eq!([0.0, 5.0, 10.0].map(|value| crate::draw::ink::number(scale.at(value))), ["100", "50", "0"]);
        assert!((Linear { domain: (3.0, 3.0), range: (0.0, 10.0) }.at(3.0) - 5.0).abs() < 1e-9);
        let huge = Linear { domain: (-1e308, 1e308), range: (0.0, 10.0) };
        assert!((huge.at(0.0) - 5.0).abs() < 1e-9);
    }
}
