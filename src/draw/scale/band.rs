//! A band for each name, with space between.

/// Bands of one width side by side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// Where the first step begins.
    pub start: f64,
    /// From the beginning of one band to that of the next.
    pub step: f64,
    /// The width of a band.
    pub width: f64,
}

impl Band {
    /// So many bands from `start` to `end`; `padding` is the part of a step that is left free, 0 to 1.
    #[must_use]
    pub fn new(count: usize, start: f64, end: f64, padding: f64) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "a count of names")]
        let step = (end - start) / count.max(1) as f64;
        Self { start, step, width: step * (1.0 - padding) }
    }

    /// Where a band begins.
    #[must_use]
    pub fn at(&self, number: usize) -> f64 {
        self.middle(number) - self.width / 2.0
    }

    /// The middle of a band.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a count of names")]
    pub fn middle(&self, number: usize) -> f64 {
        self.start + (number as f64 + 0.5) * self.step
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_share_the_space() {
        let band = Band::new(4, 0.0, 100.0, 0.2);
        assert_eq!((band.at(0), band.width, band.middle(3)), (2.5, 20.0, 87.5));
    }
}
