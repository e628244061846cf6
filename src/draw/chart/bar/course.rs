//! Bars of either direction on the drawing: their parts, and what stands beyond them.

use std::collections::BTreeMap;

use super::super::super::ink::{Anchor, Area, Ink, LABEL, Paint, number};
use super::super::super::reading::Bound;
use super::super::mark::{self, ARROW, Side};
use super::super::scene::{Scene, Style};
use super::super::words::{says, value_text};
use super::stack::{Segment, Stack};
use super::tip::{NOTE, SPACE, Tip};
use crate::font::{Weight, width};

/// From the middle of a text's line to its base line.
const MIDDLE: f64 = LABEL * 0.36;
/// Above so many values, a bar that leads nowhere is no mark of its own: no pointer could find it.
const CROWD: usize = 1000;

/// Which way bars run, and between which places.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Course {
    /// Whether they run upwards.
    pub upright: bool,
    /// The places of the least and the greatest value of the axis.
    pub range: (f64, f64),
}

/// Where a bar stands across its direction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Lane {
    /// Its left or upper edge.
    pub at: f64,
    /// How thick it is.
    pub thick: f64,
}

impl Lane {
    fn middle(self) -> f64 {
        self.at + self.thick / 2.0
    }
}

/// Bars that are too many for marks, as one path a style.
#[derive(Debug, Default)]
pub(super) struct Crowd(BTreeMap<(usize, bool), String>);

impl Crowd {
    /// Paints them.
    pub(super) fn draw(&self, ink: &mut Ink) {
        for ((series, muted), way) in &self.0 {
            ink.open(mark::fill(Style { series: *series, muted: *muted }));
            ink.shape(way, "");
            ink.close();
        }
    }

    fn push(&mut self, area: Area, style: Style) {
        let [x, y, width, height] = [area.x, area.y, area.width, area.height].map(number);
        self.0.entry((style.series, style.muted)).or_default().push_str(&format!("M{x} {y}h{width}v{height}h-{width}z"));
    }
}

impl Course {
    /// The place of a value.
    pub(super) fn place(&self, scene: &Scene<'_>, value: f64) -> f64 {
        scene.values.at(value, self.range)
    }

    /// A point by its places along the bars and across them.
    fn point(&self, along: f64, across: f64) -> (f64, f64) {
        if self.upright { (across, along) } else { (along, across) }
    }

    fn area(&self, from: f64, to: f64, lane: Lane) -> Area {
        let (start, length) = (from.min(to), (from - to).abs());
        if self.upright {
            Area { x: lane.at, y: start, width: lane.thick, height: length }
        } else {
            Area { x: start, y: lane.at, width: length, height: lane.thick }
        }
    }

    /// Whether what stands beyond a value is ahead of the base, and not behind it.
    fn is_ahead(&self, scene: &Scene<'_>, value: f64) -> bool {
        let (at, base) = (self.place(scene, value), self.place(scene, scene.values.base()));
        if self.upright { at <= base } else { at >= base }
    }

    const fn side(&self, ahead: bool) -> Side {
        match (self.upright, ahead) {
            (true, true) => Side::Up,
            (true, false) => Side::Down,
            (false, true) => Side::Right,
            (false, false) => Side::Left,
        }
    }

    /// A dash where a name has no value: that nothing is known is not the same as zero.
    pub(super) fn nothing(&self, ink: &mut Ink, scene: &Scene<'_>, lane: Lane) {
        let base = self.place(scene, scene.values.base());
        let dash = width("–", LABEL, Weight::Regular);
        let (x, y) = if self.upright { (lane.middle() - dash / 2.0, base - 5.0) } else { (base + 5.0, lane.middle() + 4.0) };
        if ink.is_free(&Area { x, y: y - LABEL, width: dash, height: LABEL * 1.2 }) {
            ink.open(Paint::Soft);
            ink.text((x, y), Anchor::Start, "–", Weight::Regular);
            ink.close();
        }
    }

    /// The text of a part's value and whether it fits into the part.
    pub(super) fn inner(&self, scene: &Scene<'_>, segment: &Segment<'_>, lane: Lane) -> (String, bool) {
        let text = value_text(&segment.point.y, scene.look.unit.as_deref());
        let area = self.area(self.place(scene, segment.from), self.place(scene, segment.to), lane);
        let fits = area.width >= width(&text, LABEL, Weight::Regular) + 8.0 && area.height >= LABEL + 3.0;
        (text, fits)
    }

    /// A bar with all that belongs to it. `name` writes its name, where that is a part of its mark.
    pub(super) fn draw(
        &self,
        ink: &mut Ink,
        scene: &Scene<'_>,
        (stack, tip): (&Stack<'_>, &Tip),
        lane: Lane,
        crowd: &mut Crowd,
        name: &dyn Fn(&mut Ink),
    ) {
        let single = stack.segments.len() == 1;
        if !single {
            name(ink);
        }
        for segment in &stack.segments {
            let record = segment.point.record.as_ref().map(|(kind, id)| (*kind, id.as_str()));
            let is_mark = record.is_some() || scene.points.len() <= CROWD;
            if is_mark {
                ink.open_mark(&says(scene.plot, scene.look, segment.point), record);
            }
            self.segment(ink, scene, segment, lane, if is_mark { None } else { Some(&mut *crowd) });
            if single {
                name(ink);
                self.tip(ink, scene, tip, lane);
            } else if !tip.text.is_empty() {
                self.plate(ink, scene, segment, lane);
            }
            if is_mark {
                ink.close_mark(record);
            }
        }
        if !single {
            self.tip(ink, scene, tip, lane);
        }
    }

    fn segment(&self, ink: &mut Ink, scene: &Scene<'_>, segment: &Segment<'_>, lane: Lane, crowd: Option<&mut Crowd>) {
        let (from, to) = (self.place(scene, segment.from), self.place(scene, segment.to));
        let area = self.area(from, to, lane);
        let style = scene.style(segment.point);
        if let Some(crowd) = crowd {
            crowd.push(area, style);
            return;
        }
        mark::block(ink, area, style);
        // A line of the paper parts a segment from the one before it, where there is room for one.
        if segment.from != 0.0 && (from - to).abs() > 4.0 && lane.thick > 4.0 {
            ink.open(Paint::Paper);
            ink.rect(self.area(from, from + (to - from).signum(), lane), "");
            ink.close();
        }
        if scene.values.broken {
            self.tear(ink, scene, segment, lane);
        }
        if segment.is_spread() {
            let (low, high) = segment.spread();
            let ends = [low, high].map(|value| self.point(self.place(scene, value), lane.middle()));
            mark::whisker(ink, ends[0], ends[1]);
        }
    }

    /// The sign that a bar is longer than it is drawn: a tear across it, next to the base.
    fn tear(&self, ink: &mut Ink, scene: &Scene<'_>, segment: &Segment<'_>, lane: Lane) {
        let (from, to) = (self.place(scene, segment.from), self.place(scene, segment.to));
        let teeth = [0.0, 0.25, 0.5, 0.75, 1.0].map(|part| lane.at + part * lane.thick);
        if (from - to).abs() < 20.0 {
            return;
        }
        let step = (to - from).signum();
        let edge = |near: f64| {
            let places = teeth.into_iter().zip([0.0, 4.0, 0.0, 4.0, 0.0]);
            places.map(move |(across, tooth)| self.point(from + step * (near + tooth), across))
        };
        let points: Vec<(f64, f64)> = edge(7.0).chain(edge(10.0).rev()).collect();
        ink.open(Paint::Paper);
        ink.path(&points, true, "");
        ink.close();
    }

    /// The value of a part, on paper of its own: the part's colour and hatching would be in its way.
    fn plate(&self, ink: &mut Ink, scene: &Scene<'_>, segment: &Segment<'_>, lane: Lane) {
        let (text, fits) = self.inner(scene, segment, lane);
        if !fits {
            return;
        }
        let along = f64::midpoint(self.place(scene, segment.from), self.place(scene, segment.to));
        let (x, y) = self.point(along, lane.middle());
        let own = width(&text, LABEL, Weight::Regular) + 5.0;
        ink.open(Paint::Paper);
        ink.rect(Area { x: x - own / 2.0, y: y - 7.5, width: own, height: 15.0 }, "rx=\"2\"");
        ink.close();
        ink.open(Paint::Ink);
        ink.text((x, y + MIDDLE), Anchor::Middle, &text, Weight::Regular);
        ink.close();
    }

    /// What stands beyond a bar's free end.
    fn tip(&self, ink: &mut Ink, scene: &Scene<'_>, tip: &Tip, lane: Lane) {
        let ahead = self.is_ahead(scene, tip.from);
        let (dx, dy) = self.side(ahead).step();
        let step = dx + dy;
        let mut along = self.place(scene, tip.from);
        if tip.has_arrow() {
            // The true value lies beyond the bar, or back within it, where an arrow could not be seen: either way the
            // arrow stands outside, and points to where the value is.
            let onward = (tip.bound == Bound::More) == ahead;
            let (near, far) = (along + step, along + step * (ARROW + 1.0));
            let from = self.point(if onward { near } else { far }, lane.middle());
            mark::arrow(ink, from, self.side(tip.bound == Bound::More), tip.style);
            along += step * (ARROW + SPACE);
        }
        if !tip.text.is_empty() {
            along += step * SPACE;
            let (x, y) = self.point(along, lane.middle());
            let (anchor, base, length) = match (self.upright, ahead) {
                (true, true) => (Anchor::Middle, y - 2.0, LABEL),
                (true, false) => (Anchor::Middle, y + LABEL - 2.0, LABEL),
                (false, true) => (Anchor::Start, y + MIDDLE, tip.width()),
                (false, false) => (Anchor::End, y + MIDDLE, tip.width()),
            };
            ink.open(Paint::Ink);
            ink.text((x, base), anchor, &tip.text, tip.weight);
            ink.close();
            along += step * length;
        }
        for note in &tip.notes {
            self.note(ink, scene, (along + step * NOTE / 2.0 + step, lane.middle()), step, *note);
            along += step * NOTE;
        }
    }

    /// The number of a callout, moved on where another text stands; left out where there is no free place.
    fn note(&self, ink: &mut Ink, scene: &Scene<'_>, at: (f64, f64), step: f64, note: usize) {
        for tries in 0..8_u32 {
            let (x, y) = self.point(at.0 + step * f64::from(tries) * NOTE, at.1);
            let area = Area { x: x - 8.0, y: y - 8.0, width: 16.0, height: 16.0 };
            if area.x >= -0.5 && area.right() <= scene.width + 0.5 && area.y >= -0.5 && ink.is_free(&area) {
                mark::badge(ink, (x, y), note);
                return;
            }
        }
    }
}
