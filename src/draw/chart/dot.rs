//! Dots, and the ranges between them: a row for each name, a mark for each of its values.

mod beside;
mod row;
#[cfg(test)]
mod tests;

use super::super::ink::{Anchor, Area, Canvas, Ink, LABEL, LEADING, Paint};
use super::super::plot::Point;
use super::mark::{self, RADIUS, Side};
use super::place::{self, text_area};
use super::scene::{Scene, Style};
use super::{axis, words};
use crate::font::{Weight, width};
use crate::kind::ChartKind;
use row::{Row, Text};

/// From this width on, names stand left of their rows, and else above them.
const WIDE: f64 = 420.0;
/// Half the thickness of a range that is one mark.
const THICK: f64 = 4.0;
/// A chart is not higher than this, however many rows it has.
const HIGHEST: f64 = 6000.0;

/// Draws dots or ranges.
pub(super) fn dots(scene: &Scene<'_>) -> Canvas {
    let mut rows = row::rows(scene, scene.width >= WIDE);
    let mut beside = scene.width >= WIDE;
    if !beside && row::is_dense(&rows) {
        rows = row::rows(scene, true);
        beside = true;
    }
    let names = if beside { row::name_column(&rows) } else { 0.0 };
    let demands: Vec<place::Demand> = rows.iter().flat_map(|row| beside::demands(scene, row)).collect();
    let (left, right) = place::fit((names + 0.5, scene.width - 0.5), &demands);
    let height = row::arrange(&mut rows, beside, |value| scene.values.at(value, (left, right)));
    let area = Area { x: left, y: 0.0, width: right - left, height };
    let mut ink = Ink::default();
    let room = axis::bottom(&mut ink, scene, area);
    guides(&mut ink, &rows, area);
    axis::references(&mut ink, scene, area, true);
    let mut drawing = Drawing { scene, ink, area, names: if beside { Some(names) } else { None }, taken: Vec::new() };
    for row in &rows {
        drawing.row(row);
    }
    Canvas { width: scene.width, height: height + room, ink: drawing.ink }
}

/// A quiet line for each row.
fn guides(ink: &mut Ink, rows: &[Row<'_>], area: Area) {
    ink.open_quiet();
    ink.open(Paint::Grid);
    for row in rows {
        ink.line((area.x, row.middle), (area.right(), row.middle), "");
    }
    ink.close();
    ink.close();
}

/// A chart in the making.
struct Drawing<'a> {
    scene: &'a Scene<'a>,
    ink: Ink,
    area: Area,
    /// The width of the column of names; none where they stand above their rows.
    names: Option<f64>,
    /// Room of the row's marks, in which no text may stand.
    taken: Vec<Area>,
}

impl Drawing<'_> {
    fn x(&self, value: f64) -> f64 {
        self.scene.values.at(value, (self.area.x, self.area.right()))
    }

    fn row(&mut self, row: &Row<'_>) {
        self.connect(row);
        self.taken = row.points.iter().enumerate().map(|(number, point)| self.room(row, number, point)).collect();
        // A name is part of the link where its whole row leads to one record.
        let one_record = row.points.iter().all(|point| point.record == row.points[0].record);
        if !one_record {
            self.name(row);
        }
        for (number, point) in row.points.iter().enumerate() {
            let record = point.record.as_ref().map(|(kind, id)| (*kind, id.as_str()));
            self.ink.open_mark(&words::says(self.scene.plot, self.scene.look, point), record);
            if number == 0 && one_record {
                self.name(row);
            }
            if row.points.len() == 1 {
                // The whole row is one target.
                let area = Area { x: 0.0, y: row.top, width: self.scene.width, height: row.height };
                self.ink.rect(area, "fill-opacity=\"0\"");
            }
            self.point(row, number, point);
            let here = row.texts.iter().filter(|text| text.point == number);
            here.for_each(|text| self.text(row, text, self.scene.style(point)));
            self.ink.close_mark(record);
        }
        for (number, point) in row.points.iter().enumerate() {
            let mut taken = std::mem::take(&mut self.taken);
            let y = row.lane_middle(number);
            place::badges(&mut self.ink, &self.scene.callouts(point), (taken[number].right(), y), (0.0, self.scene.width), &mut taken);
            self.taken = taken;
        }
    }

    /// The line between the outer points of a range.
    fn connect(&mut self, row: &Row<'_>) {
        if self.scene.plot.chart != ChartKind::Range || row.points.len() < 2 {
            return;
        }
        let places = row.points.iter().map(|point| self.x(point.y.value));
        let (from, to) = places.fold((f64::INFINITY, f64::NEG_INFINITY), |(from, to), x| (from.min(x), to.max(x)));
        self.ink.open_quiet();
        self.ink.open(Paint::MutedLine);
        self.ink.line((from, row.middle), (to, row.middle), "stroke-width=\"3\"");
        self.ink.close();
        self.ink.close();
    }

    /// The room that a mark takes in its row.
    fn room(&self, row: &Row<'_>, number: usize, point: &Point) -> Area {
        let [left, right] = beside::reaches(row.is_segment(number), point);
        let left = left.map(|(value, reach)| self.x(value) - reach).into_iter().fold(f64::INFINITY, f64::min);
        let right = right.map(|(value, reach)| self.x(value) + reach).into_iter().fold(f64::NEG_INFINITY, f64::max);
        Area { x: left, y: row.lane_middle(number) - RADIUS, width: right - left, height: 2.0 * RADIUS }
    }

    fn name(&mut self, row: &Row<'_>) {
        let widths: Vec<f64> = row.lines.iter().map(|line| width(line, LABEL, row.weight)).collect();
        let widest = widths.iter().copied().fold(0.0, f64::max);
        let (at, anchor) = match self.names {
            Some(column) => ((column - row::NAME_SPACE, row.first_line()), Anchor::End),
            None => ((0.0, row.top + LABEL), Anchor::Start),
        };
        if self.names.is_none() {
            // Lines of the grid stop at the letters.
            for (number, width) in (0_u32..).zip(widths) {
                self.plate(Area { x: 0.0, y: row.top + 1.0 + LEADING * f64::from(number), width: width + 3.0, height: LEADING });
            }
        }
        let left = if anchor == Anchor::End { at.0 - widest } else { at.0 };
        let area = Area { x: left, y: at.1 - LABEL, width: widest, height: LEADING * row.lines() };
        // Where rows are lower than letters, only some have their names.
        if self.ink.is_free(&area) && area.y >= -1.0 {
            self.ink.open(Paint::Ink);
            self.ink.lines(at, anchor, &row.lines, row.weight);
            self.ink.close();
        }
    }

    fn plate(&mut self, area: Area) {
        self.ink.open(Paint::Paper);
        self.ink.rect(area, "");
        self.ink.close();
    }

    fn point(&mut self, row: &Row<'_>, number: usize, point: &Point) {
        let style = self.scene.style(point);
        let (x, y) = (self.x(point.y.value), row.lane_middle(number));
        let (low, high) = (self.x(point.y.low), self.x(point.y.high));
        if row.is_segment(number) {
            self.ink.open(mark::fill(style));
            let more = format!("rx=\"{THICK}\"");
            self.ink.rect(Area { x: low, y: y - THICK, width: (high - low).max(2.0), height: 2.0 * THICK }, &more);
            self.ink.close();
            if beside::is_off_middle(&point.y) {
                self.ink.open(Paint::Note);
                self.ink.circle((x, y), THICK - 1.0, "");
                self.ink.close();
            }
        } else if point.y.low < point.y.high {
            mark::whisker(&mut self.ink, (low, y), (high, y));
        }
        match beside::side(&point.y) {
            Some(Side::Left) => mark::arrow(&mut self.ink, (low.min(x), y), Side::Left, style),
            Some(side) => mark::arrow(&mut self.ink, (high.max(x), y), side, style),
            None => {}
        }
        if !row.is_segment(number) {
            mark::symbol(&mut self.ink, (x, y), style);
        }
    }

    /// A value beside its mark, where there is room for it.
    fn text(&mut self, row: &Row<'_>, text: &Text, style: Style) {
        let own = self.taken[text.point];
        let y = row.lane_middle(text.point) + 4.0;
        for side in text.sides {
            let Some(side) = side else { continue };
            let left = if side == Side::Left { own.x - place::APART - text.width } else { own.right() + place::APART };
            let area = text_area(left, y, &text.words);
            let inside = left >= self.names.unwrap_or(0.0) - 0.01 && left + text.width <= self.scene.width + 0.01;
            if inside && area.y >= -1.0 && self.ink.is_free(&area) && !self.taken.iter().any(|one| one.overlaps(&area)) {
                self.plate(area);
                self.ink.open(if style.muted { Paint::Soft } else { Paint::Ink });
                self.ink.text((left, y), Anchor::Start, &text.words, Weight::Regular);
                self.ink.close();
                // What is free beside this mark begins after its text.
                if side == Side::Right {
                    self.taken[text.point].width += place::APART + text.width;
                }
                return;
            }
        }
    }
}
