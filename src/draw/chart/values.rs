//! The scale of a chart's values: from where to where, and its ticks.

use std::collections::BTreeMap;

use super::super::look::Look;
use super::super::plot::{Plot, Point};
use super::super::reading::Bound;
use super::super::scale::{Linear, Log, nice, tick_texts, ticks};
use crate::kind::ChartKind;

/// From where to where the values of a chart go.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Values {
    /// The least and the greatest number of the axis.
    pub domain: (f64, f64),
    /// Whether equal ratios are equal lengths.
    pub log: bool,
    /// Whether bars do not begin at zero, because the author asks for it.
    pub broken: bool,
}

/// The ticks of an axis.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ticks {
    /// Their values.
    pub at: Vec<f64>,
    /// Their texts.
    pub texts: Vec<String>,
    /// The word that all texts leave out: `million`.
    pub word: Option<&'static str>,
}

impl Values {
    /// The scale of a chart's values.
    pub(super) fn of(plot: &Plot, look: &Look) -> Self {
        let from_zero = from_zero(plot);
        let stacked = plot.chart == ChartKind::StackedBar || (plot.chart == ChartKind::Area && plot.series.len() > 1);
        let mut all: Vec<f64> =
            if stacked { sums(plot) } else { plot.points.iter().flat_map(|point| [point.y.low, point.y.high, point.y.value]).collect() };
        all.extend(look.references.iter().map(|line| line.value));
        let floors = plot.points.iter().any(|point| point.y.bound == Bound::More);
        Self::over(&all, look.log && !from_zero, from_zero, floors, look.axis)
    }

    /// The scale of numbers along a scatter chart or a line.
    pub(super) fn along(plot: &Plot) -> Self {
        let all: Vec<f64> = plot.points.iter().map(|point| point.x).collect();
        let (low, high) = ends(&all);
        let (low, high) = if low < high { (low, high) } else { (low - 1.0, high + 1.0) };
        Self { domain: if plot.chart == ChartKind::Scatter { nice(low, high, 5) } else { (low, high) }, log: false, broken: false }
    }

    fn over(all: &[f64], log: bool, from_zero: bool, floors: bool, axis: Option<(f64, f64)>) -> Self {
        let (mut low, mut high) = ends(all);
        if let Some((from, to)) = axis {
            return Self { domain: (from, to), log: log && from > 0.0, broken: from_zero && (from > 0.0 || to < 0.0) };
        }
        if log && low > 0.0 {
            let scale = Log::nice(low, high, (0.0, 1.0));
            return Self { domain: scale.domain, log: true, broken: false };
        }
        // An axis that leaves zero out only does so where zero is far from all values.
        let near = low >= 0.0 && low < high * 0.6 || high <= 0.0 && high > low * 0.6;
        if from_zero || near {
            (low, high) = (low.min(0.0), high.max(0.0));
        }
        if low >= high {
            // All values are one: it stands in the middle, or reaches from zero.
            let room = if low == 0.0 { 1.0 } else { low.abs() * 0.1 };
            (low, high) = (low - if low == 0.0 { 0.0 } else { room }, high + room);
        }
        // An open arrow beyond the greatest value must have its room.
        if floors {
            high += (high / 2.0 - low / 2.0) * 0.1;
        }
        Self { domain: nice(low, high, 5), log: false, broken: false }
    }

    /// The place of a value between two ends; one beyond the axis stands at its end.
    pub(super) fn at(&self, value: f64, range: (f64, f64)) -> f64 {
        let value = value.clamp(self.domain.0.min(self.domain.1), self.domain.1.max(self.domain.0));
        if self.log { Log { domain: self.domain, range }.at(value) } else { Linear { domain: self.domain, range }.at(value) }
    }

    /// Where bars begin: at zero, or at the end of an axis that leaves it out.
    pub(super) fn base(&self) -> f64 {
        0.0_f64.clamp(self.domain.0, self.domain.1.max(self.domain.0))
    }

    /// About so many ticks.
    pub(super) fn ticks(&self, count: usize) -> Ticks {
        if self.log {
            // Ticks of all magnitudes cannot share one: `100`, `10,000`, `1 million`.
            let at = Log { domain: self.domain, range: (0.0, 1.0) }.ticks(count);
            let text = |value: &f64| {
                let (texts, word) = tick_texts(&[*value]);
                texts.into_iter().chain(word.map(str::to_owned)).collect::<Vec<_>>().join(" ")
            };
            return Ticks { texts: at.iter().map(text).collect(), at, word: None };
        }
        let at = ticks(self.domain.0, self.domain.1, count);
        let (texts, word) = tick_texts(&at);
        Ticks { at, texts, word }
    }
}

/// Whether the lengths of a chart are its values, so that they must begin at zero.
fn from_zero(plot: &Plot) -> bool {
    matches!(plot.chart, ChartKind::Bar | ChartKind::GroupedBar | ChartKind::StackedBar | ChartKind::Area)
}

/// The least and the greatest of some numbers; zero and one where there are none.
fn ends(all: &[f64]) -> (f64, f64) {
    let least = all.iter().copied().filter(|one| one.is_finite()).reduce(f64::min);
    let most = all.iter().copied().filter(|one| one.is_finite()).reduce(f64::max);
    least.zip(most).unwrap_or((0.0, 1.0))
}

/// How far the stacks of a chart reach, below zero and above it.
fn sums(plot: &Plot) -> Vec<f64> {
    // Names and times are told apart by the bits of their places: sums go by what stands at exactly one place.
    let mut sums: BTreeMap<(usize, u64), (f64, f64)> = BTreeMap::new();
    for Point { x, y, panel, .. } in &plot.points {
        let sum = sums.entry((*panel, x.to_bits())).or_default();
        if y.value < 0.0 { sum.0 += y.value } else { sum.1 += y.value }
    }
    sums.into_values().flat_map(|(below, above)| [below, above]).collect()
}
