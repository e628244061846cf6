//! Charts for tests, and what holds for every chart, whatever its data: texts stand inside and clear of each other,
//! nothing is no number, and equal data give equal bytes.

use super::super::ink::{Area, Canvas};
use super::super::look::{Line, Look, Words};
use super::super::plot::{Along, Plot, Point};
use super::super::reading::{Bound, Reading};
use crate::kind::{ChartKind, Figure, Kind, Labels, Order};
use crate::number::Units;
use crate::read::csv_table;
use crate::text::Span;

/// A plot of what a record says, and of its data.
pub(super) fn plot_of(keys: &str, csv: &str) -> Plot {
    let (value, mut faults) = crate::read::toml(&format!("id = \"f\"\nkind = \"chart\"\ntitle = \"T\"\n{keys}"));
    let crate::read::Data::Table(mut record) = value.data else { panic!("a table") };
    record.take("id");
    let figure: Figure = crate::read::fill(&record, Span::default(), &[], &mut faults).expect("a figure");
    let (table, _) = csv_table(csv, b',');
    let kind = figure.chart.as_ref().expect("a kind of chart").value;
    Plot::read(&figure, kind, &table, &Units::default(), &mut Vec::new()).expect("a plot")
}

/// Numbers that look random and are the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % most.max(1)
    }

    fn part(&mut self) -> f64 {
        f64::from(u32::try_from(self.below(10_001)).unwrap_or(0)) / 10_000.0
    }

    fn one_of<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }

    fn name(&mut self, number: usize) -> String {
        let long = self.one_of(&[1, 5, 12, 30, 120]);
        let letters: Vec<char> = self.one_of(&["abcdefg hij", "MWÄß", "河南省制造业，发展 ", "il1. -"]).chars().collect();
        let mut name: String = (0..long).map(|_| self.one_of(&letters)).collect();
        name.push_str(&number.to_string());
        name
    }

    fn value(&mut self, size: f64) -> Reading {
        let value = match self.below(6) {
            0 => 0.0,
            1 => size,
            2 => -size * self.part(),
            _ => size * self.part(),
        };
        let spread = if self.below(5) == 0 { size.abs() * 0.2 * self.part() } else { 0.0 };
        let bound = self.one_of(&[Bound::Exact, Bound::Exact, Bound::Exact, Bound::More, Bound::Less, Bound::About]);
        Reading { value, low: value - spread, high: value + spread * f64::from(u8::from(self.below(3) > 0)), bound }
    }
}

fn any_plot(chance: &mut Chance, chart: ChartKind) -> Plot {
    let rows = chance.one_of(&[1, 2, 3, 8, 25, 60]);
    let names: Vec<String> = (0..rows).map(|number| chance.name(number)).collect();
    let series: Vec<String> = match chance.one_of(&[1, 1, 2, 2, 4]) {
        1 => vec![String::new()],
        count => (0..count).map(|number| chance.name(number)).collect(),
    };
    let panels: Vec<String> = match chance.one_of(&[1, 1, 1, 3]) {
        1 => vec![String::new()],
        count => (0..count).map(|number| chance.name(number)).collect(),
    };
    let size = chance.one_of(&[1.0, 100.0, 1e-9, 1e18, 123_456.789, 3e6]);
    let same = (chance.below(8) == 0).then(|| chance.value(size));
    let mut points = Vec::new();
    for (number, name) in names.iter().enumerate() {
        for one in 0..series.len() {
            for panel in 0..panels.len() {
                if chance.below(12) == 0 && !points.is_empty() {
                    continue;
                }
                let y = same.clone().unwrap_or_else(|| chance.value(size));
                let record = (chance.below(3) == 0).then(|| (Kind::Claim, "a".to_owned()));
                points.push(Point { name: name.clone(), x: f64::from(u32::try_from(number).unwrap_or(0)), y, series: one, panel, record });
            }
        }
    }
    Plot { chart, along: Along::Names(names), series, panels, points }
}

fn any_look(chance: &mut Chance, plot: &Plot) -> Look {
    let point = |chance: &mut Chance| chance.one_of(&plot.points);
    let mut look = Look { unit: chance.one_of(&[None, Some("%".to_owned()), Some("million tonnes".to_owned())]), ..Look::default() };
    look.log = chance.below(6) == 0;
    look.order = chance.one_of(&[None, Some(Order::Descending), Some(Order::Name)]);
    look.labels = chance.one_of(&[None, None, Some(Labels::All), Some(Labels::Ends), Some(Labels::None), Some(Labels::Highlighted)]);
    if chance.below(3) == 0 {
        look.highlight.push(point(chance).name);
    }
    if chance.below(4) == 0 {
        look.references.push(Line { value: point(chance).y.value, label: chance.name(0), record: None });
    }
    for _ in 0..chance.one_of(&[0, 0, 1, 3]) {
        look.callouts.push(Words { at: point(chance).name, series: None, text: chance.name(0) });
    }
    if chance.below(8) == 0 {
        let value = point(chance).y.value;
        look.axis = Some((value, value + value.abs().max(1.0)));
    }
    look
}

/// What is wrong with a drawing; empty where nothing is.
pub(super) fn faults(canvas: &Canvas) -> Vec<String> {
    let mut faults = Vec::new();
    let whole = Area { x: 0.0, y: 0.0, width: canvas.width, height: canvas.height };
    let labels = &canvas.ink.labels;
    for (number, label) in labels.iter().enumerate() {
        let area = label.area;
        if area.x < -0.01 || area.y < -0.01 || area.right() > whole.width + 0.01 || area.bottom() > whole.height + 0.01 {
            faults.push(format!("“{}” stands out of {whole:?}: {area:?}", label.text));
        }
        if let Some(other) = labels[..number].iter().find(|other| other.area.overlaps(&area)) {
            faults.push(format!("“{}” stands in “{}”: {area:?}, {:?}", label.text, other.text, other.area));
        }
    }
    if ["NaN", "inf"].iter().any(|word| canvas.ink.svg.contains(&format!("\"{word}"))) || !canvas.height.is_finite() {
        faults.push("what is no number is drawn".to_owned());
    }
    if canvas.ink.svg.matches("<g").count() != canvas.ink.svg.matches("</g>").count() {
        faults.push("a group is not closed".to_owned());
    }
    faults
}

/// Draws a kind of chart with many data, at several widths.
pub(super) fn hold(kind: ChartKind, cases: u64) {
    for seed in 0..cases {
        let chance = &mut Chance(seed);
        let plot = any_plot(chance, kind);
        let look = any_look(chance, &plot);
        for width in [300.0, 320.0, 612.0] {
            let canvas = super::chart(&plot, &look, width);
            let faults = faults(&canvas);
            assert!(faults.is_empty(), "case {seed} at {width}: {faults:#?}\n{look:#?}");
            assert!(width > 300.0 || canvas == super::chart(&plot, &look, width), "case {seed}");
        }
    }
}
