//! The plot area of a chart that runs along an axis: its size, both axes, and the lines to compare with.

use super::super::ink::{Area, Ink};
use super::super::reading::Bound;
use super::along::Axis;
use super::axis;
use super::mark::{ARROW, RADIUS};
use super::scene::Scene;
use crate::kind::ChartKind;

/// Canvases that are less wide are those of phones.
const NARROW: f64 = 420.0;

/// A plot area with its axes.
#[derive(Debug)]
pub(super) struct Frame {
    /// Where values have their places.
    pub area: Area,
    /// The axis along the bottom.
    pub axis: Axis,
    /// The height of the whole drawing.
    pub height: f64,
}

impl Frame {
    /// Draws the axes of a plot area that leaves some room free on its right. `grid` draws lines for the lower axis, too.
    pub(super) fn draw(ink: &mut Ink, scene: &Scene<'_>, right: f64, grid: bool) -> Self {
        let height = height(scene);
        let any = |bound: Bound| scene.points.iter().any(|point| point.y.bound == bound);
        // An open arrow may begin at the last place of the axis.
        let [above, below] = [Bound::More, Bound::Less].map(|bound| if any(bound) { ARROW + RADIUS } else { 0.0 });
        let left = axis::left_room(scene, height);
        let area = Area { x: left, y: axis::left_head(scene, height) + above, width: (scene.width - left - right).max(40.0), height };
        let inset = if scene.plot.chart == ChartKind::Area { 0.0 } else { RADIUS + 2.0 };
        let axis = Axis::new(scene, (area.x + inset, area.right() - inset));
        let whole = Area { height: height + below, ..area };
        axis.draw(ink, whole, grid);
        axis::left(ink, scene, area);
        ink.open_quiet();
        axis::base(ink, scene, area, false);
        axis::references(ink, scene, area, false);
        ink.close();
        let height = whole.bottom() + axis.room();
        Self { area, axis, height }
    }

    /// Where texts may stand beside points: not among those of the axes.
    pub(super) fn room(&self, scene: &Scene<'_>) -> Area {
        Area { x: self.area.x, y: 0.0, width: scene.width - self.area.x, height: self.area.bottom() }
    }

    /// The height of a value.
    pub(super) fn y(&self, scene: &Scene<'_>, value: f64) -> f64 {
        scene.values.at(value, (self.area.bottom(), self.area.y))
    }
}

/// The height of the plot area, by the width of the drawing.
fn height(scene: &Scene<'_>) -> f64 {
    let part = if scene.width < NARROW { 0.75 } else { 0.55 };
    if scene.plot.panels.len() > 1 { (scene.width * part * 0.8).max(110.0) } else { (scene.width * part).max(180.0) }
}

#[cfg(test)]
mod tests {
    use super::super::chart;
    use crate::draw::ink::Canvas;
    use crate::draw::look::{Line, Look, Words};
    use crate::draw::plot::{Along, Plot, Point};
    use crate::draw::reading::{Bound, Reading};
    use crate::kind::{ChartKind, Kind, Labels};
    use crate::text::WrittenDate;

    /// Numbers that look random and are the same each time.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, sides: u32) -> u32 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            u32::try_from(self.0 >> 33).unwrap_or(0) % sides.max(1)
        }

        fn pick<T: Clone>(&mut self, from: &[T]) -> T {
            from[self.below(u32::try_from(from.len()).unwrap_or(1)) as usize].clone()
        }

        fn name(&mut self) -> String {
            let letters: Vec<char> = self.pick(&["abc def ghi", "Wide Words And", "河南省电力", "x"]).chars().collect();
            let most = self.pick(&[4, 20, 120]);
            (0..=self.below(most)).map(|_| self.pick(&letters)).collect()
        }

        fn value(&mut self, size: f64) -> f64 {
            (f64::from(self.below(2001)) - 600.0) / 7.0 * size
        }

        fn reading(&mut self, size: f64) -> Reading {
            let value = self.value(size);
            let spread = if self.below(4) == 0 { size * f64::from(self.below(30)) } else { 0.0 };
            let bound = self.pick(&[Bound::Exact, Bound::Exact, Bound::Exact, Bound::More, Bound::Less, Bound::About]);
            Reading { value, low: value - spread, high: value + spread, bound }
        }
    }

    /// What stands along a chart, with the name and the place of each row.
    fn along(dice: &mut Dice, chart: ChartKind, rows: u32) -> (Along, Vec<(String, f64)>) {
        let kind = if chart == ChartKind::Scatter { dice.below(2) } else { dice.below(3) };
        if kind == 0 {
            let size = dice.pick(&[1e-9, 1.0, 1e6, 1e18]);
            return (Along::Numbers, (0..rows).map(|_| dice.value(size)).map(|x| (x.to_string(), x)).collect());
        }
        if kind == 1 {
            let precision = dice.below(4);
            let text = |dice: &mut Dice| match precision {
                0 => format!("{:04}", dice.below(9999)),
                1 => format!("{}", 1990 + dice.below(40)),
                2 => format!("20{:02}-{:02}", dice.below(4), 1 + dice.below(12)),
                _ => format!("2024-{:02}-{:02}", 1 + dice.below(3), 1 + dice.below(28)),
            };
            let mut dates: Vec<WrittenDate> = (0..rows).filter_map(|_| WrittenDate::read(&text(dice))).collect();
            let places = dates.iter().map(|date| (date.iso(), f64::midpoint(f64::from(date.days().0), f64::from(date.days().1)))).collect();
            dates.sort_unstable();
            dates.dedup();
            return (Along::Times(dates), places);
        }
        let names: Vec<String> = (0..rows).map(|number| format!("{}{number}", dice.name())).collect();
        let places = names.iter().zip(0_u32..).map(|(name, number)| (name.clone(), f64::from(number))).collect();
        (Along::Names(names), places)
    }

    fn any_plot(dice: &mut Dice) -> (Plot, Look) {
        let chart = dice.pick(&[ChartKind::Line, ChartKind::Area, ChartKind::Scatter]);
        let rows = dice.pick(&[1, 2, 5, 12, 60]);
        let (along, places) = along(dice, chart, rows);
        let (series, panels) = (dice.pick(&[1, 1, 2, 5, 8]), dice.pick(&[1, 1, 1, 4]));
        let (size, alike) = (dice.pick(&[1e-9, 1e-2, 1.0, 1.0, 1e5, 1e16]), dice.below(8) == 0);
        let mut points = Vec::new();
        for (name, x) in &places {
            for series in 0..series {
                let y = if alike { Reading::exact(size) } else { dice.reading(size) };
                let record = (dice.below(3) == 0).then(|| (Kind::Claim, "a".to_owned()));
                let panel = dice.below(panels) as usize;
                if dice.below(6) > 0 {
                    points.push(Point { name: name.clone(), x: *x, y, series, panel, record });
                }
            }
        }
        let called = dice.pick(&places).0;
        let look = Look {
            unit: dice.pick(&[
                None,
                Some("%".to_owned()),
                Some("tonnes".to_owned()),
                Some("tonnes of crude steel that were made in mills of the province in a year".to_owned()),
            ]),
            log: dice.below(4) == 0,
            labels: dice.pick(&[None, None, Some(Labels::All), Some(Labels::Highlighted), Some(Labels::Ends), Some(Labels::None)]),
            highlight: dice.pick(&[Vec::new(), Vec::new(), vec![called.clone()], vec!["series 0".to_owned()]]),
            references: dice.pick(&[Vec::new(), vec![Line { value: size, label: "the same".to_owned(), record: None }]]),
            callouts: dice.pick(&[Vec::new(), vec![Words { at: called, series: None, text: "here".to_owned() }]]),
            ..Look::default()
        };
        let named =
            |count: usize, word: &str| if count > 1 { (0..count).map(|at| format!("{word} {at}")).collect() } else { vec![String::new()] };
        (Plot { chart, along, series: named(series, "series"), panels: named(panels as usize, "panel"), points }, look)
    }

    fn faults(canvas: &Canvas) -> Option<String> {
        let svg = &canvas.ink.svg;
        if svg.contains("NaN") || svg.contains("inf") {
            return Some("what is no number is drawn".to_owned());
        }
        if svg.matches("<g").count() != svg.matches("</g>").count() || svg.matches("<a ").count() != svg.matches("</a>").count() {
            return Some("a group is not closed".to_owned());
        }
        for (number, label) in canvas.ink.labels.iter().enumerate() {
            let area = &label.area;
            if area.x < -0.01 || area.y < -0.01 || area.right() > canvas.width + 0.01 || area.bottom() > canvas.height + 0.01 {
                return Some(format!("{label:?} stands out of {} × {}", canvas.width, canvas.height));
            }
            if let Some(other) = canvas.ink.labels[..number].iter().find(|other| other.area.overlaps(area)) {
                return Some(format!("{label:?} stands on {other:?}"));
            }
        }
        None
    }

    #[test]
    fn charts_along_an_axis_keep_their_words_apart_and_inside() {
        for seed in 0..300 {
            let (plot, look) = any_plot(&mut Dice(seed));
            for width in [320.0, 612.0] {
                let canvas = chart(&plot, &look, width);
                assert_eq!(faults(&canvas), None, "seed {seed}, width {width}: {:?} {:?}", plot.chart, look);
                assert_eq!(canvas, chart(&plot, &look, width));
            }
        }
    }
}
