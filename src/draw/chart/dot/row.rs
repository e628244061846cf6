//! The rows of a chart of dots: their names in lines, their marks side by side where they would hide each other, and
//! their heights.

use super::super::super::ink::{LABEL, LEADING};
use super::super::super::plot::Point;
use super::super::mark::{RADIUS, Side};
use super::super::scene::Scene;
use super::{HIGHEST, beside};
use crate::font::{Weight, wrap};
use crate::kind::ChartKind;

/// From one lane of a row to the next.
pub(super) const LANE: f64 = 9.0;
/// From the names to the rows.
pub(super) const NAME_SPACE: f64 = 10.0;
/// A row has at most so many lanes; what does not fit into them may hide each other.
const LANES: usize = 5;
/// The least height of a row.
const LEAST: f64 = 18.0;

/// A row of a chart.
pub(super) struct Row<'a> {
    /// Its name, in lines.
    pub lines: Vec<String>,
    /// How strong its name is.
    pub weight: Weight,
    /// Its points, in the order of the data.
    pub points: Vec<&'a Point>,
    /// What is written beside them.
    pub texts: Vec<Text>,
    /// The lane of each point, from above.
    lanes: Vec<usize>,
    /// Whether its points are ranges that each are one mark.
    segments: bool,
    /// Two marks nearer than this take two lanes.
    near: f64,
    /// Where it begins.
    pub top: f64,
    /// Its height.
    pub height: f64,
    /// The middle of its marks.
    pub middle: f64,
}

/// A value beside a mark.
pub(super) struct Text {
    /// The number of the mark in its row.
    pub point: usize,
    /// What is written.
    pub words: String,
    /// How wide it is.
    pub width: f64,
    /// On which sides of the mark it may stand, the better one first.
    pub sides: [Option<Side>; 2],
}

impl Row<'_> {
    /// Whether a point is drawn as the stretch that it may be in, and not as a point.
    pub(super) fn is_segment(&self, number: usize) -> bool {
        self.segments && self.points[number].y.low < self.points[number].y.high
    }

    /// The height of a point's middle.
    pub(super) fn lane_middle(&self, number: usize) -> f64 {
        self.middle + LANE * (count(self.lanes[number]) - (self.lane_count() - 1.0) / 2.0)
    }

    /// How many lines the name has.
    pub(super) fn lines(&self) -> f64 {
        count(self.lines.len())
    }

    /// The base line of a name's first line, beside the row.
    pub(super) fn first_line(&self) -> f64 {
        self.middle + 4.0 - LEADING * (self.lines() - 1.0) / 2.0
    }

    fn lane_count(&self) -> f64 {
        count(self.lanes.iter().max().map_or(1, |most| most + 1))
    }

    fn marks_height(&self) -> f64 {
        (LANE * (self.lane_count() - 1.0) + 2.0 * RADIUS).max(LABEL)
    }
}

#[expect(clippy::cast_precision_loss, reason = "lines and lanes of a row")]
fn count(number: usize) -> f64 {
    number as f64
}

/// The rows of a plot area, not yet arranged. `beside` where names stand left of them.
pub(super) fn rows<'a>(scene: &Scene<'a>, beside: bool) -> Vec<Row<'a>> {
    let mut points: std::collections::BTreeMap<usize, Vec<&Point>> = std::collections::BTreeMap::new();
    for point in &scene.points {
        points.entry(point.slot()).or_default().push(point);
    }
    let (room, most) = if beside { (scene.width * 0.38 - NAME_SPACE, 5) } else { (scene.width, 6) };
    let segments = scene.plot.chart == ChartKind::Range && scene.plot.series.len() < 2;
    // Points of a range keep to its line, unless they stand at just one place.
    let near = match scene.plot.chart {
        ChartKind::Range if !segments => 1.0,
        ChartKind::Range => 2.0 * RADIUS,
        _ => 1.6 * RADIUS,
    };
    let mut row = |(number, name): &(usize, &'a str)| {
        let points = points.remove(number).filter(|points| !points.is_empty())?;
        let weight = if scene.look.highlight.iter().any(|one| one == name) { Weight::Bold } else { Weight::Regular };
        let lines = wrap(name, LABEL, weight, room, most).lines;
        let texts = beside::texts(scene, &points, segments);
        let lanes = vec![0; points.len()];
        Some(Row { lines, weight, points, texts, lanes, segments, near, top: 0.0, height: 0.0, middle: 0.0 })
    };
    scene.names.iter().filter_map(&mut row).collect()
}

/// Whether there are so many rows that they must be low.
pub(super) fn is_dense(rows: &[Row<'_>]) -> bool {
    rows.iter().map(|row| row.lines() * LEADING + LEAST).sum::<f64>() > HIGHEST
}

/// The width of the column of names.
pub(super) fn name_column(rows: &[Row<'_>]) -> f64 {
    let lines = rows.iter().flat_map(|row| row.lines.iter().map(|line| crate::font::width(line, LABEL, row.weight)));
    lines.fold(0.0, f64::max) + NAME_SPACE
}

/// Gives each row its place, and each point its lane. Gives the height of all.
pub(super) fn arrange(rows: &mut [Row<'_>], beside: bool, x: impl Fn(f64) -> f64) -> f64 {
    let space = if rows.len() > 30 { 6.0 } else { 12.0 };
    for row in rows.iter_mut() {
        row.lanes = lanes(row, &x);
        let lines = row.lines() * LEADING;
        row.height = if beside { lines.max(row.marks_height()) + space } else { lines + row.marks_height() + space };
        row.middle = if beside { row.height / 2.0 } else { lines + row.marks_height() / 2.0 + 3.0 };
    }
    let whole: f64 = rows.iter().map(|row| row.height).sum();
    if whole > HIGHEST {
        let height = HIGHEST / count(rows.len());
        for row in rows.iter_mut() {
            row.lanes.fill(0);
            row.lines.truncate(1);
            (row.height, row.middle) = (height, height / 2.0);
        }
    }
    let mut top = 0.0;
    for row in rows.iter_mut() {
        row.top = top;
        row.middle += top;
        top += row.height;
    }
    top
}

/// Lanes in which points do not hide each other.
fn lanes(row: &Row<'_>, x: impl Fn(f64) -> f64) -> Vec<usize> {
    let mut lanes: Vec<Vec<(f64, f64)>> = Vec::new();
    let place = |point: &&Point| {
        let stretch = if row.segments { (x(point.y.low), x(point.y.high)) } else { (x(point.y.value), x(point.y.value)) };
        let is_free = |lane: &Vec<(f64, f64)>| lane.iter().all(|(from, to)| stretch.1 + row.near <= *from || to + row.near <= stretch.0);
        let at = lanes.iter().position(is_free).unwrap_or(lanes.len());
        if at == lanes.len() && at < LANES {
            lanes.push(Vec::new());
        }
        let at = at.min(LANES - 1);
        lanes[at].push(stretch);
        at
    };
    row.points.iter().map(place).collect()
}
