//! Laws and cases of bars.

use super::super::super::ink::Area;
use super::super::super::look::{Line, Look, Words};
use super::super::super::plot::{Plot, Point};
use super::super::super::reading::{Bound, Reading};
use super::super::chart;
use super::*;
use crate::kind::{ChartKind, Kind, Labels, Order};

/// A small generator of numbers that are the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        let at = self.roll(of.len() as u64);
        of[usize::try_from(at).expect("a place in a list")]
    }

    fn name(&mut self) -> String {
        if self.roll(5) == 0 {
            let length = self.roll(24) + 1;
            return (0..length).map(|_| self.pick(&['河', '南', '省', '制', '造', '业', '，', '新'])).collect();
        }
        let length = self.pick(&[1, 2, 4, 12, 30, 120]);
        (0..length).map(|_| self.pick(&['a', 'e', 'n', 's', 't', 'W', 'm', ' ', 'i', 'l', '-'])).collect()
    }

    fn reading(&mut self) -> Reading {
        let digit = f64::from(u32::try_from(self.roll(9_999)).expect("small"));
        let size = self.pick(&[1e-9, 0.01, 1.0, 1.0, 1.0, 1234.5678, 1e9, 1e14]);
        let value = self.pick(&[1.0, 1.0, -1.0, 0.0]) * digit * size;
        let spread = self.pick(&[0.0, 0.0, 0.1]) * value.abs();
        let bound = self.pick(&[Bound::Exact, Bound::Exact, Bound::More, Bound::Less, Bound::About]);
        Reading { value, low: value - spread, high: value + spread, bound }
    }

    fn chart(&mut self) -> (Plot, Look) {
        let rows = self.pick(&[1, 2, 3, 5, 8, 12, 30, 60, 230]);
        let equal = self.roll(6) == 0;
        let names: Vec<String> =
            (0..rows).map(|row| if self.roll(40) == 0 { "2024".to_owned() } else { format!("{}{row}", self.name()) }).collect();
        let names = if self.roll(4) == 0 { (0..rows).map(|row| (1900 + row).to_string()).collect() } else { names };
        let (series, panels) = (self.pick(&[1, 1, 2, 3, 7]), self.pick(&[1, 1, 1, 2, 4]));
        let same = self.reading();
        let mut points = Vec::new();
        for (row, name) in names.iter().enumerate() {
            for series in 0..series {
                if self.roll(8) > 0 {
                    let y = if equal { same.clone() } else { self.reading() };
                    let record = (self.roll(3) == 0).then(|| (Kind::Claim, "steel".to_owned()));
                    let x = f64::from(u32::try_from(row).expect("small"));
                    points.push(Point { name: name.clone(), x, y, series, panel: row % panels, record });
                }
            }
        }
        let highlight = if self.roll(3) == 0 { vec![names[0].clone()] } else { Vec::new() };
        let callouts = (0..self.roll(3)).map(|at| Words { at: names[0].clone(), series: None, text: format!("Words {at}") }).collect();
        let look = Look {
            unit: self.pick(&[Some("%"), Some("tonnes"), None]).map(str::to_owned),
            direction: self.pick(&[None, None, Some(Direction::Horizontal), Some(Direction::Vertical)]),
            order: self.pick(&[None, Some(Order::Descending)]),
            axis: self.pick(&[None, None, None, Some((5.0, 500.0)), Some((-8.0, 40.0))]),
            labels: self.pick(&[None, None, Some(Labels::All), Some(Labels::None), Some(Labels::Ends), Some(Labels::Highlighted)]),
            references: if self.roll(4) == 0 { vec![Line { value: 3.0, label: "limit".to_owned(), record: None }] } else { Vec::new() },
            highlight,
            callouts,
            ..Look::default()
        };
        let kind = self.pick(&[ChartKind::Bar, ChartKind::GroupedBar, ChartKind::StackedBar]);
        let plot = Plot {
            chart: kind,
            along: Along::Names(names),
            series: (0..series).map(|at| format!("series {at}")).collect(),
            panels: (0..panels).map(|at| format!("panel {at}")).collect(),
            points,
        };
        (plot, look)
    }
}

fn check(canvas: &Canvas, case: &str) {
    for (number, label) in canvas.ink.labels.iter().enumerate() {
        let Area { x, y, .. } = label.area;
        let inside = x >= -0.01 && y >= -0.01 && label.area.right() <= canvas.width + 0.01 && label.area.bottom() <= canvas.height + 0.01;
        assert!(inside, "{case}: “{}” at {:?} of {} by {}", label.text, label.area, canvas.width, canvas.height);
        let small = Area { x: x + 0.01, y: y + 0.01, width: label.area.width - 0.02, height: label.area.height - 0.02 };
        let other = canvas.ink.labels[..number].iter().find(|other| other.area.overlaps(&small));
        assert!(other.is_none(), "{case}: “{}” {:?} over {other:?}", label.text, label.area);
    }
    assert!(!canvas.ink.svg.contains("NaN") && !canvas.ink.svg.contains("inf"), "{case}");
    assert_eq!(canvas.ink.svg.matches("<g").count(), canvas.ink.svg.matches("</g>").count(), "{case}");
    assert!(canvas.height < 26_000.0, "{case}: {} tall", canvas.height);
}

#[test]
fn words_stay_inside_and_apart_whatever_the_data() {
    let mut dice = Dice(7);
    for case in 0..300 {
        let (plot, look) = dice.chart();
        for width in [320.0, 612.0] {
            let canvas = chart(&plot, &look, width);
            check(&canvas, &format!("case {case}, {width} wide, {:?}", plot.chart));
        }
        assert_eq!(chart(&plot, &look, 320.0), chart(&plot, &look, 320.0));
    }
}

fn simple(values: &[(&str, Reading)]) -> Plot {
    let names = values.iter().map(|(name, _)| (*name).to_owned()).collect();
    let points = values.iter().zip(0_u32..).map(|((name, y), x)| Point {
        name: (*name).to_owned(),
        x: f64::from(x),
        y: y.clone(),
        series: 0,
        panel: 0,
        record: None,
    });
    let points = points.collect();
    Plot { chart: ChartKind::Bar, along: Along::Names(names), series: vec![String::new()], panels: vec![String::new()], points }
}

/// The number of an attribute of every rectangle of the first series.
fn sizes(canvas: &Canvas, attribute: &str) -> Vec<f64> {
    let bars = canvas.ink.svg.split("<g class=\"c1\"").skip(1);
    let values = bars.filter_map(|bar| bar.split_once(&format!(" {attribute}=\"")).and_then(|(_, rest)| rest.split_once('"')));
    values.filter_map(|(value, _)| value.parse().ok()).collect()
}

#[test]
fn lengths_are_in_proportion_both_ways() {
    let plot = simple(&[("a", Reading::exact(2.0)), ("b", Reading::exact(-6.0)), ("c", Reading::exact(8.0))]);
    for (direction, attribute) in [(Direction::Horizontal, "width"), (Direction::Vertical, "height")] {
        let look = Look { direction: Some(direction), ..Look::default() };
        for width in [320.0, 612.0] {
            let sizes = sizes(&chart(&plot, &look, width), attribute);
            assert_eq!(sizes.len(), 3);
            assert!((sizes[1] / sizes[0] - 3.0).abs() < 0.01 && (sizes[2] / sizes[0] - 4.0).abs() < 0.01, "{sizes:?}");
        }
    }
}

#[test]
fn times_and_few_short_names_stand_and_long_names_lie() {
    let is_tall = |names: &[&str]| {
        let values: Vec<(&str, Reading)> = names.iter().map(|name| (*name, Reading::exact(3.0))).collect();
        let canvas = chart(&simple(&values), &Look::default(), 612.0);
        sizes(&canvas, "height")[0] > sizes(&canvas, "width")[0]
    };
    assert!(is_tall(&["2020", "2021", "2022"]));
    assert!(is_tall(&["Henan", "China"]));
    assert!(!is_tall(&["Henan"]));
    assert!(!is_tall(&["Provincial industrial technology research institutes", "Alliances", "Laboratories", "Bases"]));
}

#[test]
fn a_floor_points_onwards_and_a_value_that_is_sure_does_not() {
    let floor = Reading { bound: Bound::More, ..Reading::exact(7.0) };
    let canvas = chart(
        &simple(&[("a", floor), ("b", Reading::exact(5.0))]),
        &Look { direction: Some(Direction::Horizontal), ..Look::default() },
        612.0,
    );
    let texts: Vec<&str> = canvas.ink.labels.iter().map(|label| label.text.as_str()).collect();
    assert!(texts.ends_with(&["a", "> 7", "b", "5"]), "{texts:?}");
    let marks: Vec<&str> = canvas.ink.svg.split("class=\"mark\"").skip(1).collect();
    assert!(marks[0].contains("class=\"l1\"") && !marks[1].contains("class=\"l1\""));
}

#[test]
fn ten_thousand_names_are_thin_lines_with_a_few_words() {
    let names: Vec<String> = (0..10_000).map(|at| format!("Name {at}")).collect();
    let values: Vec<(&str, Reading)> =
        names.iter().zip(1_u32..).map(|(name, at)| (name.as_str(), Reading::exact(f64::from(at % 997)))).collect();
    let canvas = chart(&simple(&values), &Look::default(), 320.0);
    assert!(canvas.height < 6000.0 && canvas.ink.svg.len() < 400_000, "{} tall, {} bytes", canvas.height, canvas.ink.svg.len());
    check(&canvas, "ten thousand names");
}
