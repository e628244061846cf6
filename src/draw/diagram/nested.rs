//! Boxes in boxes: those that hold nothing stand side by side where they have room.

use super::super::ink::{Anchor, Area, Ink, Paint};
use super::Diagram;
use super::frame::{self, Setting, Words};
use crate::font::Weight;

/// Between two boxes.
const GAP: f64 = 8.0;
/// The least width of a box that holds nothing.
const LEAF: f64 = 110.0;
/// The least width of a box that holds others, where it has neighbours.
const HOLDER: f64 = 190.0;

/// A box with its size, and the rows of boxes in it.
struct Plan {
    at: usize,
    words: Words,
    width: f64,
    height: f64,
    rows: Vec<Vec<Plan>>,
}

/// The layout of a diagram of some width.
struct Layout<'d> {
    diagram: &'d Diagram,
    /// From the edges of a box to the boxes in it.
    inner: f64,
}

/// Draws the boxes. Gives the height.
pub(super) fn draw(ink: &mut Ink, diagram: &Diagram, width: f64) -> f64 {
    let layout = Layout { diagram, inner: if width < 480.0 { 6.0 } else { 10.0 } };
    let rows = layout.arrange(&diagram.children(None), width);
    let height = total(&rows);
    layout.draw(ink, &rows, (0.0, 0.0), 0);
    height
}

/// The height of rows one below the other.
fn total(rows: &[Vec<Plan>]) -> f64 {
    rows.iter().map(|row| row.iter().fold(0.0, |most: f64, plan| most.max(plan.height)) + GAP).sum::<f64>() - GAP
}

impl Layout<'_> {
    fn plan(&self, at: usize, width: f64) -> Plan {
        let inside = self.diagram.children(Some(at));
        let weight = if inside.is_empty() { Weight::Regular } else { Weight::Bold };
        let words = frame::measure(&self.diagram.boxes[at], &[], width, weight);
        let mut height = words.height;
        let mut rows = Vec::new();
        if !inside.is_empty() {
            rows = self.arrange(&inside, width - self.inner * 2.0);
            height += total(&rows) + self.inner;
        }
        Plan { at, words, width, height, rows }
    }

    /// Rows of boxes: neighbours that hold others, or that hold nothing, are set as one grid.
    fn arrange(&self, boxes: &[usize], width: f64) -> Vec<Vec<Plan>> {
        let holds = |at: usize| self.diagram.boxes.iter().any(|node| node.parent == Some(at));
        let mut rows = Vec::new();
        for run in boxes.chunk_by(|a, b| holds(*a) == holds(*b)) {
            rows.extend(if run.first().is_some_and(|at| holds(*at)) { self.holders(run, width) } else { self.leaves(run, width) });
        }
        rows
    }

    /// As few rows as there is room for, and those as even as may be.
    fn leaves(&self, run: &[usize], width: f64) -> Vec<Vec<Plan>> {
        let widest = run.iter().map(|at| frame::whole_words(&self.diagram.boxes[*at])).fold(LEAF, f64::max);
        let most = (1..=run.len()).rev().find(|count| share(width, *count) >= widest).unwrap_or(1);
        let columns = run.len().div_ceil(run.len().div_ceil(most));
        self.grid(run, width, columns)
    }

    /// One below the other, or in so many columns as make the figure much lower.
    fn holders(&self, run: &[usize], width: f64) -> Vec<Vec<Plan>> {
        let mut best = self.grid(run, width, 1);
        for columns in 2..=run.len().min(3) {
            if share(width, columns) >= HOLDER {
                let other = self.grid(run, width, columns);
                // Boxes of unlike heights beside each other leave holes, which only much less height outweighs.
                if total(&other) < total(&best) * 0.7 {
                    best = other;
                }
            }
        }
        best
    }

    fn grid(&self, run: &[usize], width: f64, columns: usize) -> Vec<Vec<Plan>> {
        let own = share(width, columns);
        run.chunks(columns).map(|row| row.iter().map(|at| self.plan(*at, own)).collect()).collect()
    }

    /// Draws rows; the boxes of one row are as high as the highest.
    fn draw(&self, ink: &mut Ink, rows: &[Vec<Plan>], at: (f64, f64), depth: usize) {
        let mut y = at.1;
        for row in rows {
            let height = row.iter().fold(0.0, |most: f64, plan| most.max(plan.height));
            let mut x = at.0;
            for plan in row {
                let fill = if depth.is_multiple_of(2) { Paint::Panel } else { Paint::Paper };
                let setting = Setting { fill, anchor: Anchor::Start, top: !plan.rows.is_empty() };
                frame::draw(ink, self.diagram, plan.at, &plan.words, Area { x, y, width: plan.width, height }, setting);
                self.draw(ink, &plan.rows, (x + self.inner, y + plan.words.height), depth + 1);
                x += plan.width + GAP;
            }
            y += height + GAP;
        }
    }
}

/// The width of one of several columns.
fn share(width: f64, columns: usize) -> f64 {
    let columns: f64 = (0..columns).map(|_| 1.0).sum();
    (width - GAP * (columns - 1.0)) / columns
}
