//! Slopes: lines between two upright axes, with their names and values at the ends.

mod label;
mod lines;
mod spread;

use super::super::ink::{Anchor, Area, Canvas, Ink, LABEL, LEADING, Paint};
use super::super::plot::Point;
use super::super::reading::Bound;
use super::mark::{self, RADIUS};
use super::scene::{Scene, Style};
use super::{axis, place, words};
use crate::font::{Weight, wrap};
use label::{Label, Labels};
use lines::{Line, Slopes};

/// From this width on, names stand at both ends, and else only at the right.
const WIDE: f64 = 420.0;
/// From a label that was moved to its axis: its leader stands between.
const LEADER: f64 = 24.0;
/// From a label that was not moved to its axis.
const NEAR: f64 = 11.0;

/// Draws slopes.
pub(super) fn slopes(scene: &Scene<'_>) -> Canvas {
    let slopes = lines::slopes(scene);
    let mut sides = label::labels(scene, &slopes.lines, scene.width >= WIDE);
    let whole = sides.iter().map(Labels::height).fold(0.0, f64::max);
    let height = (scene.width * 0.5).clamp(200.0, 300.0).max(whole);
    let [head, foot] = [Bound::More, Bound::Less].map(|bound| {
        let is_there = scene.points.iter().any(|point| point.y.bound == bound);
        if is_there { mark::ARROW + 2.0 } else { RADIUS + 4.0 }
    });
    for (side, labels) in sides.iter_mut().enumerate() {
        labels.arrange(|value| scene.values.at(value, (height, 0.0)), &slopes.lines, side, height);
    }
    let left = sides[0].room();
    let area = Area { x: left, y: 0.0, width: scene.width - left - sides[1].room(), height };
    let mut ink = Ink::default();
    let heads = heads(&mut ink, &slopes, area, scene.width);
    let area = Area { y: heads + head, ..area };
    let mut drawing = Drawing { scene, ink, area };
    drawing.axes();
    axis::references(&mut drawing.ink, scene, area, false);
    drawing.slopes(&slopes.lines);
    for labels in &sides {
        drawing.leaders(labels, &slopes.lines);
    }
    drawing.marks(&slopes.lines, &sides);
    drawing.badges(&slopes.lines);
    Canvas { width: scene.width, height: area.bottom() + foot, ink: drawing.ink }
}

/// The names of both axes over them, each in its half. Gives their height.
fn heads(ink: &mut Ink, slopes: &Slopes<'_>, area: Area, whole: f64) -> f64 {
    let half = whole / 2.0 - 6.0;
    let texts = slopes.heads.map(|head| wrap(head, LABEL, Weight::Bold, half, 3));
    let most = texts.iter().map(|text| text.lines.len()).max().unwrap_or(1);
    let rows = |lines: usize| LEADING * u32::try_from(lines).map_or(1.0, f64::from);
    let middles = [area.x.clamp(texts[0].width / 2.0, half - texts[0].width / 2.0), {
        let least = whole - half + texts[1].width / 2.0;
        area.right().clamp(least, (whole - texts[1].width / 2.0).max(least))
    }];
    ink.open(Paint::Ink);
    for (text, middle) in texts.iter().zip(middles) {
        let top = rows(most - text.lines.len());
        ink.lines((middle, top + LABEL), Anchor::Middle, &text.lines, Weight::Bold);
    }
    ink.close();
    rows(most) + 2.0
}

/// A chart in the making.
struct Drawing<'a> {
    scene: &'a Scene<'a>,
    ink: Ink,
    area: Area,
}

impl Drawing<'_> {
    fn x(&self, side: usize) -> f64 {
        if side == 0 { self.area.x } else { self.area.right() }
    }

    fn y(&self, value: f64) -> f64 {
        self.scene.values.at(value, (self.area.bottom(), self.area.y))
    }

    fn at(&self, side: usize, point: &Point) -> (f64, f64) {
        (self.x(side), self.y(point.y.value))
    }

    fn axes(&mut self) {
        self.ink.open_quiet();
        self.ink.open(Paint::Axis);
        for side in [0, 1] {
            let x = self.x(side);
            self.ink.line((x, self.area.y - 4.0), (x, self.area.bottom() + 4.0), "");
        }
        self.ink.close();
        self.ink.close();
    }

    /// The lines, those that stand back first.
    fn slopes(&mut self, lines: &[Line<'_>]) {
        self.ink.open_quiet();
        for line in in_front_last(lines) {
            let [Some(left), Some(right)] = line.points else { continue };
            let dash = match mark::dash(line.style.series) {
                "" => String::new(),
                dash => format!(" stroke-dasharray=\"{dash}\""),
            };
            let thick = match line.is_chosen {
                true => "2.5",
                false if lines.len() > label::MOST => "1",
                false => "1.75",
            };
            self.ink.open(mark::stroke(line.style));
            self.ink.line(self.at(0, left), self.at(1, right), &format!("stroke-width=\"{thick}\"{dash}"));
            self.ink.close();
        }
        self.ink.close();
    }

    /// Thin lines from labels to their points, where not all of them stand beside.
    fn leaders(&mut self, labels: &Labels, lines: &[Line<'_>]) {
        if !labels.are_moved {
            return;
        }
        let out = if labels.side == 0 { -1.0 } else { 1.0 };
        let x = self.x(labels.side);
        self.ink.open_quiet();
        self.ink.open(Paint::Axis);
        for label in &labels.all {
            let Some(point) = lines[label.line].points[labels.side] else { continue };
            let (from, to) = (self.y(point.y.value), self.area.y + label.middle);
            let way = [(x + out * (RADIUS + 2.5), from), (x + out * (LEADER - 7.0), to), (x + out * (LEADER - 3.0), to)];
            self.ink.path(&way, false, "stroke-width=\"0.75\"");
        }
        self.ink.close();
        self.ink.close();
    }

    fn marks(&mut self, lines: &[Line<'_>], sides: &[Labels; 2]) {
        let mut order: Vec<usize> = (0..lines.len()).collect();
        order.sort_by_key(|number| !lines[*number].style.muted);
        for number in order {
            for (side, labels) in sides.iter().enumerate() {
                let Some(point) = lines[number].points[side] else { continue };
                let record = point.record.as_ref().map(|(kind, id)| (*kind, id.as_str()));
                self.ink.open_mark(&words::says(self.scene.plot, self.scene.look, point), record);
                self.point(side, point, lines[number].style);
                if let Some(label) = labels.all.iter().find(|label| label.line == number) {
                    self.label(labels, label, &lines[number]);
                }
                self.ink.close_mark(record);
            }
        }
    }

    fn point(&mut self, side: usize, point: &Point, style: Style) {
        let at = self.at(side, point);
        let (low, high) = (self.y(point.y.low), self.y(point.y.high));
        if point.y.low < point.y.high {
            mark::whisker(&mut self.ink, (at.0, low), (at.0, high));
        }
        mark::bound(&mut self.ink, point.y.bound, (at.0, high), (at.0, low), style);
        mark::symbol(&mut self.ink, at, style);
    }

    /// The value beside the axis, and the name beyond it.
    fn label(&mut self, labels: &Labels, label: &Label, line: &Line<'_>) {
        let (out, anchor) = if labels.side == 0 { (-1.0, Anchor::End) } else { (1.0, Anchor::Start) };
        let x = self.x(labels.side) + out * labels.space();
        let y = self.area.y + label.middle + 4.0;
        self.ink.open(if line.style.muted { Paint::Soft } else { Paint::Ink });
        self.ink.text((x, y), anchor, &label.value, label::value_weight(line));
        let rows = u32::try_from(label.name.len()).map_or(1.0, f64::from);
        let at = (x + out * labels.name_at(), y - LEADING * (rows - 1.0) / 2.0);
        self.ink.lines(at, anchor, &label.name, label::name_weight(line));
        self.ink.close();
    }

    fn badges(&mut self, lines: &[Line<'_>]) {
        let mut taken = Vec::new();
        let room = (self.area.x + RADIUS, self.area.right() - RADIUS);
        for line in lines {
            for (side, point) in line.points.iter().enumerate() {
                let Some(point) = point else { continue };
                let (x, y) = self.at(side, point);
                let near = if side == 0 { x + RADIUS + 2.0 } else { x - RADIUS - 2.0 };
                place::badges(&mut self.ink, &self.scene.callouts(point), (near, y), room, &mut taken);
            }
        }
    }
}

/// Lines in the order of painting.
fn in_front_last<'a, 'b>(lines: &'b [Line<'a>]) -> Vec<&'b Line<'a>> {
    let mut lines: Vec<&Line<'_>> = lines.iter().collect();
    lines.sort_by_key(|line| !line.style.muted);
    lines
}

#[cfg(test)]
mod tests {
    use super::super::chart;
    use super::super::law::{hold, plot_of};
    use crate::draw::look::Look;
    use crate::kind::ChartKind;

    #[test]
    fn slopes_keep_the_laws() {
        hold(ChartKind::Slope, 300);
    }

    #[test]
    fn a_label_has_the_name_and_the_value() {
        let plot = plot_of("chart = \"slope\"", "city,before,after\nZhengzhou,10,25\nLuoyang,11,9.5\n");
        let texts =
            |width: f64| -> Vec<String> { chart(&plot, &Look::default(), width).ink.labels.into_iter().map(|label| label.text).collect() };
        assert_eq!(texts(612.0), ["before", "after", "10", "Zhengzhou", "25", "Zhengzhou", "11", "Luoyang", "9.5", "Luoyang"]);
        assert_eq!(texts(320.0), ["before", "after", "10", "25", "Zhengzhou", "11", "9.5", "Luoyang"]);
    }

    #[test]
    fn of_very_many_lines_only_the_outer_ones_have_labels() {
        let rows: Vec<String> = (0..40).map(|number| format!("n{number},{number},{}", number * 2)).collect();
        let plot = plot_of("chart = \"slope\"", &format!("name,2010,2020\n{}\n", rows.join("\n")));
        let canvas = chart(&plot, &Look::default(), 612.0);
        assert_eq!(canvas.ink.labels.len(), 2 + 2 * 4, "{:?}", canvas.ink.labels);
        assert_eq!(canvas.ink.svg.matches("class=\"mark\"").count(), 80);
    }
}
