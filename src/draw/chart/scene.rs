//! What one plot area shows: its points, the names along it in their order, and the scale it shares with the others.

use std::collections::{BTreeMap, BTreeSet};

use super::super::look::Look;
use super::super::plot::{Along, Plot, Point};
use super::values::Values;
use crate::kind::Order;

/// One plot area.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    /// The whole chart.
    pub plot: &'a Plot,
    /// What its author asks for.
    pub look: &'a Look,
    /// The names along it, in the order of drawing, each with its number in the data; none where it is times or
    /// numbers.
    pub names: Vec<(usize, &'a str)>,
    /// The points of this plot area.
    pub points: Vec<&'a Point>,
    /// The scale of values, the same for all plot areas of a chart.
    pub values: &'a Values,
    /// The number of this plot area.
    pub panel: usize,
    /// Its width.
    pub width: f64,
}

/// How a mark is painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    /// The number of its series, from 0.
    pub series: usize,
    /// Whether it stands back behind what is highlighted.
    pub muted: bool,
}

/// The names of a chart, by their numbers, in the order of drawing.
pub(super) fn order(plot: &Plot, look: &Look) -> Vec<usize> {
    let Along::Names(names) = &plot.along else { return Vec::new() };
    let mut numbers: Vec<usize> = (0..names.len()).collect();
    // A name with several values goes by their sum where they are stacked, and else by its first.
    let mut sizes: BTreeMap<usize, f64> = BTreeMap::new();
    for point in &plot.points {
        let size = sizes.entry(point.slot()).or_insert(f64::NAN);
        if size.is_nan() {
            *size = point.y.value;
        } else if plot.chart == crate::kind::ChartKind::StackedBar {
            *size += point.y.value;
        }
    }
    let size = |number: &usize| sizes.get(number).copied().unwrap_or(f64::NAN);
    match look.order {
        None | Some(Order::Data) => {}
        Some(Order::Ascending) => numbers.sort_by(|a, b| size(a).total_cmp(&size(b))),
        Some(Order::Descending) => numbers.sort_by(|a, b| size(b).total_cmp(&size(a))),
        Some(Order::Name) => numbers.sort_by_key(|number| names[*number].to_lowercase()),
    }
    numbers
}

impl<'a> Scene<'a> {
    /// The plot area of a number.
    pub(super) fn new(plot: &'a Plot, look: &'a Look, order: &[usize], values: &'a Values, panel: usize, width: f64) -> Self {
        let points: Vec<&Point> = plot.points.iter().filter(|point| point.panel == panel).collect();
        let mut names = Vec::new();
        if let Along::Names(all) = &plot.along {
            // A name without a value keeps its place: that nothing is known is part of the data. Among small charts, only
            // in those that have something to say of it.
            let here: BTreeSet<usize> = points.iter().map(|point| point.slot()).collect();
            let shown = order.iter().filter(|number| plot.panels.len() < 2 || here.contains(number));
            names = shown.map(|number| (*number, all[*number].as_str())).collect();
        }
        Self { plot, look, names, points, values, panel, width }
    }

    /// How a point is painted.
    pub(super) fn style(&self, point: &Point) -> Style {
        let series = self.plot.series.get(point.series).map_or("", String::as_str);
        let chosen = &self.look.highlight;
        let muted = !chosen.is_empty() && !chosen.iter().any(|one| *one == point.name || *one == series);
        Style { series: point.series, muted }
    }

    /// The numbers of the callouts at a point, from 0.
    pub(super) fn callouts(&self, point: &Point) -> Vec<usize> {
        let series = self.plot.series.get(point.series).map_or("", String::as_str);
        let here = |words: &super::super::look::Words| words.at == point.name && words.series.as_ref().is_none_or(|one| one == series);
        let found = self.look.callouts.iter().enumerate().filter(|(_, words)| here(words));
        found.map(|(number, _)| number).collect()
    }
}
