//! Bars of more names than can be written: each is a thin line, and only those that readers look for first have words.

use super::super::super::ink::{Anchor, Area, Canvas, Ink, LABEL, LEADING, Paint};
use super::super::super::reading::Bound;
use super::super::super::scale::grouped;
use super::super::axis;
use super::super::scene::Scene;
use super::course::{Course, Crowd, Lane};
use super::lying::{NAMES, weight};
use super::stack::{Row, Stack};
use super::tip::{Tip, reserve};
use crate::font::{Weight, Wrapped, width, wrap};

/// How tall the rows are together, at most.
const TALLEST: f64 = 3600.0;
/// From one bar to the next, at most.
const PITCH: f64 = 6.0;
/// So many names at most are written, beside the highlighted ones.
const WRITTEN: usize = 24;

/// Draws thin bars.
pub(super) fn bars(scene: &Scene<'_>, rows: Vec<Row<'_>>) -> Canvas {
    let rows = &rows.into_iter().filter(|row| !row.stacks.is_empty()).collect::<Vec<_>>();
    #[expect(clippy::cast_precision_loss, reason = "a count of bars")]
    let count = rows.iter().map(|row| row.stacks.len()).sum::<usize>() as f64;
    let pitch = (TALLEST / count.max(1.0)).min(PITCH);
    let mut ink = Ink::default();
    ink.open(Paint::Soft);
    let note = format!("{} names. A few are written here, all of them in the table.", count_text(rows.len()));
    let lines = wrap(&note, LABEL, Weight::Regular, scene.width, 3).lines;
    ink.lines((0.0, LABEL), Anchor::Start, &lines, Weight::Regular);
    ink.close();
    #[expect(clippy::cast_precision_loss, reason = "at most three lines")]
    let head = lines.len() as f64 * LEADING + LABEL;
    let chosen = chosen(scene, rows);
    let widest = chosen.iter().map(|number| name(scene, &rows[*number], scene.width * NAMES).width).fold(0.0, f64::max);
    let column = widest + 1.0;
    let (from, to) = span(scene, rows, &chosen, column);
    let area = Area { x: from, y: head, width: to - from, height: count * pitch };
    let course = Course { upright: false, range: (from, to) };
    let room = axis::bottom(&mut ink, scene, area);
    let (mut y, mut crowd, mut places) = (head, Crowd::default(), Vec::with_capacity(rows.len()));
    for row in rows {
        places.push(y);
        for stack in &row.stacks {
            // An arrow or a number is wider than the bar itself.
            let tip = Tip { bound: Bound::Exact, notes: Vec::new(), ..Tip::of(scene, stack, false) };
            course.draw(&mut ink, scene, (stack, &tip), Lane { at: y, thick: pitch * 0.8 }, &mut crowd, &|_| ());
            y += pitch;
        }
    }
    crowd.draw(&mut ink);
    ink.open(Paint::Ink);
    for number in chosen {
        words(&mut ink, scene, &rows[number], places[number] + pitch * 0.4, column, course);
    }
    ink.close();
    ink.open_quiet();
    axis::base(&mut ink, scene, area, true);
    axis::references(&mut ink, scene, area, true);
    ink.close();
    Canvas { width: scene.width, height: area.bottom() + room, ink }
}

fn count_text(count: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a count of names")]
    let count = count as f64;
    grouped(count, 0)
}

/// The rows whose names are written where they have room: highlighted ones, the first and the last, and then those of
/// the greatest size.
fn chosen(scene: &Scene<'_>, rows: &[Row<'_>]) -> Vec<usize> {
    let size = |number: &usize| rows[*number].stacks.iter().map(|stack| stack.end().abs()).fold(0.0, f64::max);
    let mut sized: Vec<usize> = (0..rows.len()).collect();
    sized.sort_by(|one, other| size(other).total_cmp(&size(one)));
    let mut out: Vec<usize> = (0..rows.len()).filter(|number| weight(scene, rows[*number].name) == Weight::Bold).collect();
    out.extend([0, rows.len() - 1]);
    out.extend(sized.into_iter().take(WRITTEN));
    out
}

/// From where to where the axis goes, with room for the values that are written.
fn span(scene: &Scene<'_>, rows: &[Row<'_>], chosen: &[usize], column: f64) -> (f64, f64) {
    let part = |value: f64| scene.values.at(value, (0.0, 1.0));
    let base = part(scene.values.base());
    let stacks = chosen.iter().filter_map(|number| single(&rows[*number]));
    let needs: Vec<(f64, bool, f64)> = stacks
        .map(|stack| {
            let tip = Tip::of(scene, stack, true);
            (part(tip.from), part(tip.from) >= base, tip.width() + 6.0)
        })
        // Values that would take the bars' own room are told by the axis.
        .filter(|need| need.2 <= (scene.width - column) * 0.3)
        .collect();
    let (before, after) = reserve(&needs, scene.width - column - 10.0);
    (column + 9.0 + before, scene.width - 1.0 - after)
}

/// The name of a row on one line.
fn name(scene: &Scene<'_>, row: &Row<'_>, room: f64) -> Wrapped {
    wrap(row.name, LABEL, weight(scene, row.name), room, 1)
}

fn single<'a, 'b>(row: &'b Row<'a>) -> Option<&'b Stack<'a>> {
    row.stacks.first().filter(|_| row.stacks.len() == 1)
}

/// The name of a row and its value, where no other row's words stand.
fn words(ink: &mut Ink, scene: &Scene<'_>, row: &Row<'_>, middle: f64, column: f64, course: Course) {
    let base = middle + LABEL * 0.36;
    let line = Area { x: 0.0, y: base - LABEL, width: scene.width, height: LABEL + 4.0 };
    if !ink.is_free(&line) {
        return;
    }
    ink.lines((column, base), Anchor::End, &name(scene, row, column).lines, weight(scene, row.name));
    let Some(stack) = single(row) else { return };
    let tip = Tip::of(scene, stack, true);
    let (at, start) = (course.place(scene, tip.from), course.place(scene, scene.values.base()));
    let own = width(&tip.text, LABEL, tip.weight);
    let (x, anchor, fits) = if at >= start {
        (at + 4.0, Anchor::Start, at + 4.0 + own <= scene.width)
    } else {
        (at - 4.0, Anchor::End, at - 4.0 - own >= column + 4.0)
    };
    if fits {
        ink.text((x, base), anchor, &tip.text, tip.weight);
    }
}
