//! The bars of each name: what starts where, and how far it goes.

use std::collections::BTreeMap;

use super::super::super::plot::Point;
use super::super::super::reading::{Bound, Reading};
use super::super::scene::Scene;
use crate::kind::{ChartKind, Labels};

/// One value as a part of a bar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Segment<'a> {
    /// What it stands for.
    pub point: &'a Point,
    /// Where it begins: at zero, or where the segment before it ends.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
}

impl Segment<'_> {
    /// The ends of what the value may be, where the segment stands.
    pub(super) fn spread(&self) -> (f64, f64) {
        let reading = &self.point.y;
        (self.from + reading.low, self.from + reading.high)
    }

    /// Whether the value may be more or less than it is drawn.
    pub(super) fn is_spread(&self) -> bool {
        self.point.y.low < self.point.y.high
    }
}

/// One bar: a value, or several that add up.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stack<'a> {
    /// Its parts, from the base outwards.
    pub segments: Vec<Segment<'a>>,
}

/// A name with its bars.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row<'a> {
    /// The name.
    pub name: &'a str,
    /// Its bars, in the order of the series.
    pub stacks: Vec<Stack<'a>>,
}

impl Stack<'_> {
    /// How far it goes, away from zero: up, where anything in it is above zero.
    pub(super) fn end(&self) -> f64 {
        let upper = self.segments.iter().filter(|one| one.point.y.value > 0.0).map(|one| one.to).reduce(f64::max);
        upper.unwrap_or_else(|| self.segments.iter().map(|one| one.to).fold(0.0, f64::min))
    }

    /// The same, with what its values may be.
    pub(super) fn reach(&self) -> f64 {
        let end = self.end();
        let spreads = self.segments.iter().filter(|one| one.is_spread()).map(Segment::spread);
        spreads.fold(end, |reach, (low, high)| if end < 0.0 { reach.min(low) } else { reach.max(high) })
    }

    /// Its value, or the sum of its values.
    pub(super) fn total(&self) -> Reading {
        let mut readings = self.segments.iter().map(|one| &one.point.y);
        let Some(first) = readings.next() else { return Reading::exact(0.0) };
        readings.fold(first.clone(), |sum, one| Reading {
            value: sum.value + one.value,
            low: sum.low + one.low,
            high: sum.high + one.high,
            bound: both(sum.bound, one.bound),
        })
    }

    /// Whether its value is to be written; `is_end` for the first and the last name.
    pub(super) fn is_wanted(&self, scene: &Scene<'_>, is_end: bool) -> bool {
        match scene.look.labels {
            None | Some(Labels::All) => true,
            Some(Labels::Highlighted) => !scene.look.highlight.is_empty() && self.segments.iter().any(|one| !scene.style(one.point).muted),
            Some(Labels::Ends) => is_end,
            Some(Labels::None) => false,
        }
    }
}

/// How a sum is meant: a floor and a ceiling make neither.
const fn both(one: Bound, other: Bound) -> Bound {
    match (one, other) {
        (Bound::Exact, bound) | (bound, Bound::Exact) => bound,
        (Bound::Between, Bound::Between) => Bound::Between,
        (Bound::More, Bound::More | Bound::About) | (Bound::About, Bound::More) => Bound::More,
        (Bound::Less, Bound::Less | Bound::About) | (Bound::About, Bound::Less) => Bound::Less,
        _ => Bound::About,
    }
}

/// The names of a plot area with their bars, in the order of drawing.
pub(super) fn rows<'a>(scene: &Scene<'a>) -> Vec<Row<'a>> {
    let mut stacks = grouped(scene.points.iter().copied(), scene.plot.chart);
    let names = scene.names.iter();
    names.map(|(number, name)| Row { name, stacks: stacks.remove(&(scene.panel, *number)).unwrap_or_default() }).collect()
}

/// The bars of each name in each plot area of the chart: what all of them measure their room by, so that equal values
/// are equal lengths.
pub(super) fn everywhere<'a>(scene: &Scene<'a>) -> Vec<((usize, usize), Vec<Stack<'a>>)> {
    grouped(scene.plot.points.iter(), scene.plot.chart).into_iter().collect()
}

/// The most bars that a name has.
pub(super) fn most(stacks: &[((usize, usize), Vec<Stack<'_>>)]) -> usize {
    stacks.iter().map(|(_, stacks)| stacks.len()).max().unwrap_or(1)
}

fn grouped<'a>(points: impl Iterator<Item = &'a Point>, chart: ChartKind) -> BTreeMap<(usize, usize), Vec<Stack<'a>>> {
    let mut groups: BTreeMap<(usize, usize), Vec<&Point>> = BTreeMap::new();
    for point in points {
        groups.entry((point.panel, point.slot())).or_default().push(point);
    }
    let stacks = |mut points: Vec<&'a Point>| {
        points.sort_by_key(|point| point.series);
        if chart == ChartKind::StackedBar {
            vec![stacked(&points)]
        } else {
            points.into_iter().map(|point| Stack { segments: vec![Segment { point, from: 0.0, to: point.y.value }] }).collect()
        }
    };
    groups.into_iter().map(|(place, points)| (place, stacks(points))).collect()
}

/// Values one on the other: those above zero upwards, those below it downwards.
fn stacked<'a>(points: &[&'a Point]) -> Stack<'a> {
    let (mut below, mut above) = (0.0, 0.0);
    let segments = points.iter().map(|point| {
        let end = if point.y.value < 0.0 { &mut below } else { &mut above };
        let from = *end;
        *end += point.y.value;
        Segment { point, from, to: *end }
    });
    Stack { segments: segments.collect() }
}
