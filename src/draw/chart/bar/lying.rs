//! Bars from left to right: a row for each name, which stands left of its bars, or above them where the page is narrow.

use super::super::super::ink::{Anchor, Area, Canvas, Ink, LABEL, LEADING, Paint};
use super::super::super::plot::Along;
use super::super::axis;
use super::super::scene::Scene;
use super::course::{Course, Crowd, Lane};
use super::stack::{Row, Stack, everywhere, most, rows};
use super::tip::{Tip, reserve};
use super::{NARROW, thin};
use crate::font::{Weight, Wrapped, wrap};

/// No chart is taller than about this.
const TALLEST: f64 = 6000.0;
/// Above so many names, only a few are written.
const MANY: usize = 200;
/// The part of the width that names may take.
pub(super) const NAMES: f64 = 0.38;
/// The part of the room beside the names that bars must have for their values to be written.
const BARS: f64 = 0.35;
/// Between names and bars.
const SPACE: f64 = 10.0;
/// From one bar to the next, where each has its value beside it.
const PITCH: f64 = 12.5;

/// How the rows of a chart are laid out.
#[derive(Debug, Clone, PartialEq)]
struct Plan {
    /// How thick a bar is.
    thick: f64,
    /// Between the bars of a name.
    inner: f64,
    /// Between two names.
    gap: f64,
    /// Whether names stand above their bars.
    above: bool,
    /// The name of each row in lines.
    names: Vec<Wrapped>,
    /// The room of names left of the bars.
    column: f64,
}

/// Draws lying bars.
pub(super) fn bars(scene: &Scene<'_>) -> Canvas {
    let rows = rows(scene);
    let all = everywhere(scene);
    let Some(plan) = Plan::choose(scene, &rows, &all) else { return thin::bars(scene, rows) };
    let (left, right) = span(scene, &all, plan.column, true);
    // Values that would take the bars' own room are told by the axis.
    let written = plan.thick + plan.inner >= PITCH && right - left >= (scene.width - plan.column) * BARS;
    let (left, right) = if written { (left, right) } else { span(scene, &all, plan.column, false) };
    let mut ink = Ink::default();
    let height = rows.iter().zip(&plan.names).fold(-plan.gap, |sum, (row, name)| sum + plan.height(row, name) + plan.gap);
    let area = Area { x: left, y: 2.0, width: right - left, height };
    let course = Course { upright: false, range: (left, right) };
    let needs_axis = scene.values.broken || !written || !is_told(scene, &rows, course, plan.thick);
    let room = if needs_axis { axis::bottom(&mut ink, scene, area) } else { 4.0 };
    let (mut y, mut crowd, last) = (area.y, Crowd::default(), rows.len() - 1);
    for (number, (row, name)) in rows.iter().zip(&plan.names).enumerate() {
        let stacks = row.stacks.iter().map(|stack| (stack, written && stack.is_wanted(scene, number == 0 || number == last)));
        let tips: Vec<(&Stack<'_>, Tip)> = stacks.map(|(stack, wanted)| (stack, Tip::of(scene, stack, wanted))).collect();
        plan.row(&mut ink, scene, (row, name), &tips, y, course, &mut crowd);
        y += plan.height(row, name) + plan.gap;
    }
    crowd.draw(&mut ink);
    ink.open_quiet();
    if !plan.above {
        base(&mut ink, scene, area);
    }
    axis::references(&mut ink, scene, area, true);
    ink.close();
    Canvas { width: scene.width, height: area.bottom() + room, ink }
}

/// The line from which bars begin. That it does not stand for zero is told by a tear in each bar.
fn base(ink: &mut Ink, scene: &Scene<'_>, area: Area) {
    let x = scene.values.at(scene.values.base(), (area.x, area.right()));
    ink.open(Paint::Axis);
    ink.line((x, area.y), (x, area.bottom()), "");
    ink.close();
}

/// From where to where the axis goes: as long as the values beyond the bars allow.
fn span(scene: &Scene<'_>, all: &[((usize, usize), Vec<Stack<'_>>)], column: f64, written: bool) -> (f64, f64) {
    let part = |value: f64| scene.values.at(value, (0.0, 1.0));
    let base = part(scene.values.base());
    let needs: Vec<(f64, bool, f64)> = all
        .iter()
        .flat_map(|(_, stacks)| stacks)
        .map(|stack| {
            let tip = Tip::of(scene, stack, written && stack.is_wanted(scene, true));
            (part(tip.from), part(tip.from) >= base, tip.room(tip.width()))
        })
        .collect();
    let (before, after) = reserve(&needs, scene.width - column - 2.0);
    (column + 1.0 + before, (scene.width - 1.0 - after).max(column + 2.0 + before))
}

/// Whether every value is written, so that ticks would say nothing more.
fn is_told(scene: &Scene<'_>, rows: &[Row<'_>], course: Course, thick: f64) -> bool {
    let last = rows.len() - 1;
    let inside = |stack: &Stack<'_>| {
        let lane = Lane { at: 0.0, thick };
        stack.segments.len() == 1 || stack.segments.iter().all(|segment| course.inner(scene, segment, lane).1)
    };
    let told = |number: usize, stack: &Stack<'_>| stack.is_wanted(scene, number == 0 || number == last) && inside(stack);
    rows.iter().enumerate().all(|(number, row)| row.stacks.iter().all(|stack| told(number, stack)))
}

impl Plan {
    /// The most generous layout that is not too tall; none where names are too many to be written.
    fn choose(scene: &Scene<'_>, rows: &[Row<'_>], all: &[((usize, usize), Vec<Stack<'_>>)]) -> Option<Self> {
        let above = scene.width < NARROW;
        // Bars are as thick in all small multiples as in the fullest one.
        let panels = all.chunk_by(|one, other| one.0.0 == other.0.0);
        let bars: Option<usize> = panels.map(|panel| panel.iter().map(|(_, stacks)| stacks.len()).sum()).max();
        let (thick, gap) = match bars.unwrap_or(1) {
            1 => (34.0, 12.0),
            2..=4 => (26.0, 14.0),
            5..=12 => (20.0, 11.0),
            _ => (16.0, 9.0),
        };
        // Bars of one name side by side are thinner, and set apart from those of the next.
        let (thick, gap) = if most(all) > 1 { (f64::min(thick, 17.0), gap + 4.0) } else { (thick, gap) };
        let tries = [(4, thick, gap), (2, 13.0, 8.0), (1, 8.0, 6.0), (1, 3.0, 4.0)];
        let mut plans = tries.into_iter().map(|(lines, thick, gap)| Self::new(scene, rows, above, lines, (thick, gap)));
        let fits = |plan: &Self| rows.iter().zip(&plan.names).map(|(row, name)| plan.height(row, name) + plan.gap).sum::<f64>() <= TALLEST;
        if rows.len() > MANY { None } else { plans.find(fits) }
    }

    fn new(scene: &Scene<'_>, rows: &[Row<'_>], above: bool, lines: usize, (thick, gap): (f64, f64)) -> Self {
        let room = if above { scene.width } else { scene.width * NAMES };
        let wrapped = |name: &str| wrap(name, LABEL, weight(scene, name), room, lines);
        // All small multiples keep the same room for names, also for those that are in others only.
        let column = match &scene.plot.along {
            Along::Names(all) if !above && scene.plot.panels.len() > 1 => all.iter().map(|name| wrapped(name).width).fold(0.0, f64::max),
            _ => 0.0,
        };
        let names: Vec<Wrapped> = rows.iter().map(|row| wrapped(row.name)).collect();
        let column = if above { 0.0 } else { names.iter().map(|name| name.width).fold(column, f64::max) + SPACE };
        let inner = if thick >= 12.0 { 2.0 } else { 0.5 };
        Self { thick, inner, gap, above, names, column }
    }

    fn bars_height(&self, row: &Row<'_>) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a count of bars")]
        let bars = row.stacks.len().max(1) as f64;
        bars * (self.thick + self.inner) - self.inner
    }

    /// The height of a row without the gap after it.
    fn height(&self, row: &Row<'_>, name: &Wrapped) -> f64 {
        let text = text_height(name);
        if self.above { text + 4.0 + self.bars_height(row) } else { self.bars_height(row).max(text) }
    }

    /// Draws a row whose upper edge is at `y`.
    #[expect(clippy::too_many_arguments, reason = "one row of the drawing, with all that the rows share")]
    fn row(
        &self,
        ink: &mut Ink,
        scene: &Scene<'_>,
        (row, name): (&Row<'_>, &Wrapped),
        tips: &[(&Stack<'_>, Tip)],
        y: f64,
        course: Course,
        crowd: &mut Crowd,
    ) {
        let (height, bars) = (self.height(row, name), self.bars_height(row));
        let top = if self.above { y + height - bars } else { y + (height - bars) / 2.0 };
        let write = |ink: &mut Ink| self.name(ink, scene, (row, name), (y, height));
        let shared = row.stacks.len() != 1;
        if shared {
            write(ink);
        }
        let mut at = top;
        for (stack, tip) in tips {
            let lane = Lane { at, thick: self.thick };
            course.draw(ink, scene, (stack, tip), lane, crowd, &|ink| {
                if !shared {
                    write(ink);
                }
            });
            at += self.thick + self.inner;
        }
        if tips.is_empty() {
            course.nothing(ink, scene, Lane { at, thick: self.thick });
        }
        if self.above {
            // A line through all rows would run through their names.
            let (left, right) = course.range;
            ink.open_quiet();
            base(ink, scene, Area { x: left, y: top - 2.0, width: right - left, height: bars + 4.0 });
            ink.close();
        }
    }

    fn name(&self, ink: &mut Ink, scene: &Scene<'_>, (row, name): (&Row<'_>, &Wrapped), (y, height): (f64, f64)) {
        let weight = weight(scene, row.name);
        let (x, anchor, top) =
            if self.above { (0.0, Anchor::Start, y) } else { (self.column - SPACE, Anchor::End, y + (height - text_height(name)) / 2.0) };
        if self.above {
            // Lines of the grid stop at the words.
            ink.open(Paint::Paper);
            ink.rect(Area { x, y: top, width: name.width + 3.0, height: text_height(name) }, "");
            ink.close();
        }
        ink.open(Paint::Ink);
        ink.lines((x, top + LABEL - 1.0), anchor, &name.lines, weight);
        ink.close();
    }
}

/// A name that stands out is bold.
pub(super) fn weight(scene: &Scene<'_>, name: &str) -> Weight {
    if scene.look.highlight.iter().any(|one| one == name) { Weight::Bold } else { Weight::Regular }
}

fn text_height(name: &Wrapped) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "at most four lines")]
    let lines = name.lines.len() as f64;
    lines * LEADING
}
