//! Equal ratios as equal lengths. Only numbers above zero have a place.

/// A logarithmic scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Log {
    /// The least and the greatest number, both above zero.
    pub domain: (f64, f64),
    /// Their places.
    pub range: (f64, f64),
}

impl Log {
    /// A scale over whole powers of ten around the numbers.
    #[must_use]
    pub fn nice(low: f64, high: f64, range: (f64, f64)) -> Self {
        let floor = 10_f64.powf(low.log10().floor()).max(f64::MIN_POSITIVE);
        let ceiling = 10_f64.powf(high.log10().ceil()).min(f64::MAX);
        let domain = if floor < ceiling { (floor, ceiling) } else { (floor / 10.0, floor * 10.0) };
        Self { domain, range }
    }

    /// The place of a number.
    #[must_use]
    pub fn at(&self, value: f64) -> f64 {
        let (low, high) = (self.domain.0.ln(), self.domain.1.ln());
        let part = if high > low { (value.ln() - low) / (high - low) } else { 0.5 };
        self.range.0 + part * (self.range.1 - self.range.0)
    }

    /// Powers of ten, every one or every second or so; with twos and fives between them where there are few.
    #[must_use]
    pub fn ticks(&self, count: usize) -> Vec<f64> {
        let (first, last) = (self.domain.0.log10().round(), self.domain.1.log10().round());
        #[expect(clippy::cast_precision_loss, reason = "a handful of ticks")]
        let every = ((last - first) / count.max(1) as f64).ceil().max(1.0);
        let mut out = Vec::new();
        let mut power = first;
        while power <= last {
            out.push(10_f64.powf(power));
            power += every;
        }
        if out.len() > 3 {
            return out;
        }
        let between = out.iter().flat_map(|one| [*one, one * 2.0, one * 5.0]);
        between.filter(|one| *one >= self.domain.0 * 0.999 && *one <= self.domain.1 * 1.001).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_ten_stand_evenly() {
        let scale = Log::nice(3.0, 12_000.0, (0.0, 100.0));
        assert_eq!(scale.domain, (1.0, 100_000.0));
        assert!((scale.at(10.0) - 20.0).abs() < 1e-9);
        assert_eq!(scale.ticks(6), [1.0, 10.0, 100.0, 1000.0, 10_000.0, 100_000.0]);
        assert_eq!(Log::nice(10.0, 90.0, (0.0, 1.0)).ticks(6), [10.0, 20.0, 50.0, 100.0]);
        assert_eq!(Log::nice(10.0, 10.0, (0.0, 1.0)).domain, (1.0, 100.0));
    }
}
