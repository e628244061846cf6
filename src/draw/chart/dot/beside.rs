//! What is written beside the marks of a row, and the room that it needs.

use super::super::super::ink::LABEL;
use super::super::super::plot::Point;
use super::super::super::reading::{Bound, Reading};
use super::super::mark::{ARROW, RADIUS, Side};
use super::super::place::{APART, BADGE, Demand};
use super::super::scene::Scene;
use super::super::words::value_text;
use super::row::{Row, Text};
use crate::font::{Weight, width};
use crate::kind::Labels;

/// The way from a value to the true one, where only that is known.
pub(super) const fn side(reading: &Reading) -> Option<Side> {
    match reading.bound {
        Bound::More => Some(Side::Right),
        Bound::Less => Some(Side::Left),
        Bound::Exact | Bound::Between | Bound::About => None,
    }
}

/// Whether a value is not just the middle of its stretch.
pub(super) fn is_off_middle(reading: &Reading) -> bool {
    (reading.value - f64::midpoint(reading.low, reading.high)).abs() > (reading.high - reading.low) * 1e-6
}

/// How far a mark reaches to the left and to the right: pixels from values.
pub(super) fn reaches(segment: bool, point: &Point) -> [[(f64, f64); 2]; 2] {
    let y = &point.y;
    let body = if segment { 2.0 } else { RADIUS + 1.0 };
    let end = |wanted: Side, outer: f64| {
        let arrow = if side(y) == Some(wanted) { ARROW } else { 1.0 };
        if segment { [(outer, body.max(arrow)), (outer, body)] } else { [(y.value, body), (outer, arrow)] }
    };
    [end(Side::Left, y.low), end(Side::Right, y.high)]
}

/// The values that are written in a row: each beside its mark, both ends of a range, or only the outermost.
pub(super) fn texts(scene: &Scene<'_>, points: &[&Point], segments: bool) -> Vec<Text> {
    let unit = scene.look.unit.as_deref();
    let wanted = |point: &Point| match scene.look.labels {
        Some(Labels::None) => false,
        Some(Labels::Highlighted) => !scene.look.highlight.is_empty() && !scene.style(point).muted,
        _ => true,
    };
    let text = |point: usize, words: String, sides: [Option<Side>; 2]| {
        let width = width(&words, LABEL, Weight::Regular);
        Text { point, words, width, sides }
    };
    let (left, right) = (Some(Side::Left), Some(Side::Right));
    let least = (0..points.len()).min_by(|a, b| points[*a].y.value.total_cmp(&points[*b].y.value));
    let most = (0..points.len()).rev().max_by(|a, b| points[*a].y.value.total_cmp(&points[*b].y.value));
    let is_range = scene.plot.chart == crate::kind::ChartKind::Range;
    let mut out = Vec::new();
    for (number, point) in points.iter().enumerate().filter(|(_, point)| wanted(point)) {
        // What stands at one place is said once.
        if points[..number].iter().any(|before| before.y == point.y && wanted(before)) {
            continue;
        }
        let whole = value_text(&point.y, unit);
        if segments && point.y.low < point.y.high {
            let [low, high] = ends(&point.y).map(|end| value_text(&end, unit));
            out.push(text(number, low, [left, None]));
            out.push(text(number, high, [right, None]));
        } else if points.len() == 1 {
            out.push(text(number, whole, [right, left]));
        } else if Some(number) == most {
            out.push(text(number, whole, [right, None]));
        } else if Some(number) == least {
            out.push(text(number, whole, [left, None]));
        } else if !is_range && scene.look.labels != Some(Labels::Ends) {
            out.push(text(number, whole, [right, left]));
        }
    }
    out
}

/// The two ends of a range, each meant as the whole is.
fn ends(reading: &Reading) -> [Reading; 2] {
    let end = |value: f64, bound: Bound| {
        let bound = if reading.bound == bound || reading.bound == Bound::About { reading.bound } else { Bound::Exact };
        Reading { bound, ..Reading::exact(value) }
    };
    [end(reading.low, Bound::Less), end(reading.high, Bound::More)]
}

/// The room that the marks of a row need with what must stand beside them. Where several marks stand in a row, only
/// the outermost are sure of their texts.
pub(super) fn demands(scene: &Scene<'_>, row: &Row<'_>) -> Vec<Demand> {
    let mut out = Vec::new();
    for (number, point) in row.points.iter().enumerate() {
        let room = |wanted: Side| {
            let here = row.texts.iter().find(|text| text.point == number && text.sides[0] == Some(wanted));
            here.filter(|text| row.points.len() == 1 || text.sides[1].is_none()).map_or(0.0, |text| text.width + APART)
        };
        #[expect(clippy::cast_precision_loss, reason = "a few callouts")]
        let badges = scene.callouts(point).len() as f64 * (BADGE + 2.0);
        let [left, right] = reaches(row.is_segment(number), point);
        let part = |value: f64| scene.values.at(value, (0.0, 1.0));
        out.extend(left.map(|(value, reach)| Demand { part: part(value), before: reach + room(Side::Left), after: 0.0 }));
        out.extend(right.map(|(value, reach)| Demand { part: part(value), before: 0.0, after: reach + room(Side::Right) + badges }));
    }
    out
}
