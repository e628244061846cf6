//! The marks of charts: told apart by shape and hatching as well as by colour.

use super::super::ink::{Anchor, Area, Ink, Paint, number};
use super::super::reading::Bound;
use super::scene::Style;
use crate::font::Weight;

/// The radius of a point.
pub(super) const RADIUS: f64 = 4.5;

/// The paint of a mark's area.
pub(super) const fn fill(style: Style) -> Paint {
    if style.muted { Paint::Muted } else { Paint::Series(style.series) }
}

/// The paint of a mark's line.
pub(super) const fn stroke(style: Style) -> Paint {
    if style.muted { Paint::MutedLine } else { Paint::SeriesLine(style.series) }
}

/// The dashes of a series' line; the first is whole.
pub(super) const fn dash(series: usize) -> &'static str {
    ["", "7 3", "2 3", "9 3 2 3", "4 2", "12 3"][series % 6]
}

/// The dashes of a line to compare with.
pub(super) const fn reference_dash(at: usize) -> &'static str {
    ["5 3", "2 3", "10 3 2 3"][at % 3]
}

/// An area of a series with its hatching.
pub(super) fn block(ink: &mut Ink, area: Area, style: Style) {
    ink.open(fill(style));
    ink.rect(area, "");
    ink.close();
    hatch(ink, area, style.series);
}

/// Lines over an area, by its series: none for the first.
pub(super) fn hatch(ink: &mut Ink, area: Area, series: usize) {
    let way = hatching(area, series);
    if !way.is_empty() {
        ink.open(Paint::Hatch);
        ink.shape(&way, "");
        ink.close();
    }
}

/// The lines over an area, as a path.
pub(in crate::draw) fn hatching(area: Area, series: usize) -> String {
    const STEP: f64 = 6.0;
    let mut way = String::new();
    if area.width < 1.0 || area.height < 1.0 {
        return way;
    }
    let kind = series % 6;
    if matches!(kind, 1 | 4) {
        slanted(&mut way, area, STEP, false);
    }
    if matches!(kind, 2 | 4) {
        slanted(&mut way, area, STEP, true);
    }
    if kind == 3 {
        let mut y = area.y + STEP / 2.0;
        while y < area.bottom() - 1.0 {
            way.push_str(&format!("M{} {}H{}", number(area.x), number(y), number(area.right())));
            y += STEP;
        }
    }
    if kind == 5 {
        let mut x = area.x + STEP / 2.0;
        while x < area.right() - 1.0 {
            way.push_str(&format!("M{} {}V{}", number(x), number(area.y), number(area.bottom())));
            x += STEP;
        }
    }
    way
}

/// Lines at half a right angle, cut off at the area's edges; `falling` ones go down to the right.
fn slanted(way: &mut String, area: Area, step: f64, falling: bool) {
    let mut at = step;
    while at < area.width + area.height {
        // From the left or lower edge to the upper or right one.
        let (from_x, from_y) = if at < area.height { (0.0, at) } else { (at - area.height, area.height) };
        let (to_x, to_y) = if at < area.width { (at, 0.0) } else { (area.width, at - area.width) };
        let (from_y, to_y) = if falling { (area.height - from_y, area.height - to_y) } else { (from_y, to_y) };
        way.push_str(&format!(
            "M{} {}L{} {}",
            number(area.x + from_x),
            number(area.y + from_y),
            number(area.x + to_x),
            number(area.y + to_y)
        ));
        at += step;
    }
}

/// The point of a series: a circle, a square, a triangle, a diamond, a cross or a hollow circle.
pub(super) fn symbol(ink: &mut Ink, at: (f64, f64), style: Style) {
    if style.series % 6 == 5 {
        ink.open(if style.muted { Paint::MutedLine } else { Paint::Hollow(style.series) });
        ink.circle(at, RADIUS - 0.5, "stroke-width=\"2\"");
        ink.close();
        return;
    }
    ink.open(fill(style));
    outline(ink, at, style.series);
    ink.close();
}

/// The shape of a series' point, painted as the group around it says. The sixth, which [`symbol`] leaves hollow, is a
/// triangle that stands on its tip.
pub(in crate::draw) fn outline(ink: &mut Ink, at: (f64, f64), series: usize) {
    let (x, y) = at;
    let r = RADIUS;
    match series % 6 {
        0 => ink.circle(at, r, ""),
        1 => ink.rect(Area { x: x - r + 0.5, y: y - r + 0.5, width: 2.0 * r - 1.0, height: 2.0 * r - 1.0 }, ""),
        2 => ink.path(&[(x, y - r - 0.5), (x + r + 0.5, y + r - 0.5), (x - r - 0.5, y + r - 0.5)], true, ""),
        3 => ink.path(&[(x, y - r - 1.0), (x + r + 1.0, y), (x, y + r + 1.0), (x - r - 1.0, y)], true, ""),
        4 => {
            let (long, short) = (r, r / 3.0);
            let cross = [
                (-short, -long),
                (short, -long),
                (short, -short),
                (long, -short),
                (long, short),
                (short, short),
                (short, long),
                (-short, long),
                (-short, short),
                (-long, short),
                (-long, -short),
                (-short, -short),
            ];
            ink.path(&cross.map(|(dx, dy)| (x + dx, y + dy)), true, "");
        }
        _ => ink.path(&[(x, y + r + 0.5), (x + r + 0.5, y - r + 0.5), (x - r - 0.5, y - r + 0.5)], true, ""),
    }
}

/// Which way something grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// To the left.
    Left,
    /// To the right.
    Right,
    /// Upwards.
    Up,
    /// Downwards.
    Down,
}

impl Side {
    /// The step of one pixel this way.
    pub(super) const fn step(self) -> (f64, f64) {
        match self {
            Self::Left => (-1.0, 0.0),
            Self::Right => (1.0, 0.0),
            Self::Up => (0.0, -1.0),
            Self::Down => (0.0, 1.0),
        }
    }
}

/// The length of an [`arrow`].
pub(super) const ARROW: f64 = 13.0;

/// An open arrow away from a value that is a floor or a ceiling: the true one lies this way.
pub(super) fn arrow(ink: &mut Ink, at: (f64, f64), side: Side, style: Style) {
    ink.open(stroke(style));
    arrow_shape(ink, at, side);
    ink.close();
}

/// The lines of an [`arrow`], painted as the group around them says.
pub(super) fn arrow_shape(ink: &mut Ink, at: (f64, f64), side: Side) {
    let (dx, dy) = side.step();
    let tip = (at.0 + dx * ARROW, at.1 + dy * ARROW);
    let back = (tip.0 - dx * 5.0, tip.1 - dy * 5.0);
    ink.line(at, tip, "stroke-width=\"2\"");
    ink.path(&[(back.0 - dy * 4.5, back.1 - dx * 4.5), tip, (back.0 + dy * 4.5, back.1 + dx * 4.5)], false, "stroke-width=\"2\"");
}

/// The arrow of a value on an upright axis, where the true one lies beyond it: from its upper or its lower end.
pub(super) fn bound(ink: &mut Ink, bound: Bound, upper: (f64, f64), lower: (f64, f64), style: Style) {
    match bound {
        Bound::More => arrow(ink, upper, Side::Up, style),
        Bound::Less => arrow(ink, lower, Side::Down, style),
        Bound::Exact | Bound::Between | Bound::About => {}
    }
}

/// The span of what is uncertain, with short ends across it.
pub(super) fn whisker(ink: &mut Ink, from: (f64, f64), to: (f64, f64)) {
    let upright = (from.0 - to.0).abs() < (from.1 - to.1).abs();
    let (dx, dy) = if upright { (3.5, 0.0) } else { (0.0, 3.5) };
    ink.open(Paint::InkLine);
    ink.line(from, to, "stroke-width=\"1.5\"");
    for (x, y) in [from, to] {
        ink.line((x - dx, y - dy), (x + dx, y + dy), "stroke-width=\"1.5\"");
    }
    ink.close();
}

/// The number of a callout, from 0, in a ring: 8 pixels around its middle.
pub(super) fn badge(ink: &mut Ink, at: (f64, f64), callout: usize) {
    ink.open(Paint::Note);
    ink.circle(at, 7.5, "stroke-width=\"1.25\"");
    ink.close();
    ink.open(Paint::Ink);
    ink.text_sized((at.0, at.1 + 3.5), Anchor::Middle, &(callout + 1).to_string(), 10.0, Weight::Bold);
    ink.close();
}

/// The sign that an axis does not begin at zero: a break in its line.
pub(super) fn zigzag(ink: &mut Ink, at: (f64, f64), upright: bool) {
    let (x, y) = at;
    let points = if upright {
        [(x, y - 5.0), (x - 4.5, y - 7.5), (x + 4.5, y - 12.5), (x, y - 15.0)]
    } else {
        [(x + 5.0, y), (x + 7.5, y - 4.5), (x + 12.5, y + 4.5), (x + 15.0, y)]
    };
    let gap = if upright {
        Area { x: x - 1.0, y: y - 15.0, width: 2.0, height: 10.0 }
    } else {
        Area { x: x + 5.0, y: y - 1.0, width: 10.0, height: 2.0 }
    };
    ink.open(Paint::Paper);
    ink.rect(gap, "stroke=\"none\"");
    ink.close();
    ink.path(&points, false, "stroke-width=\"1.5\"");
}
