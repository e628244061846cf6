//! Trees: from left to right where that is small enough, or else as a list whose branches are further to the right.

use super::super::ink::{Anchor, Area, Ink, Paint, number};
use super::Diagram;
use super::frame::{self, Setting, Words};
use crate::font::Weight;

/// Below this width a tree is a list.
const WIDE: f64 = 480.0;
/// Levels that stand side by side.
const LEVELS: usize = 3;
/// Ends of branches in a tree from left to right.
const LEAVES: usize = 14;
/// Between two boxes of a level.
const GAP: f64 = 8.0;
/// Between two levels, for the lines.
const LINES: f64 = 36.0;
/// The widest box of a tree from left to right.
const WIDEST: f64 = 230.0;

const SETTING: Setting = Setting { fill: Paint::Panel, anchor: Anchor::Start, top: false };

/// Draws the boxes. Gives the height.
pub(super) fn draw(ink: &mut Ink, diagram: &Diagram, width: f64) -> f64 {
    let depths = depths(diagram);
    let levels = depths.iter().max().map_or(1, |deepest| deepest + 1);
    let leaves = (0..diagram.boxes.len()).filter(|at| diagram.children(Some(*at)).is_empty()).count();
    if width >= WIDE && levels <= LEVELS && leaves <= LEAVES {
        sideways(ink, diagram, &depths, levels, width)
    } else {
        list(ink, diagram, &depths, width)
    }
}

/// How many boxes each box is in.
fn depths(diagram: &Diagram) -> Vec<usize> {
    let mut depths: Vec<usize> = Vec::new();
    for node in &diagram.boxes {
        depths.push(node.parent.map_or(0, |parent| depths[parent] + 1));
    }
    depths
}

fn weight(depth: usize) -> Weight {
    if depth == 0 { Weight::Bold } else { Weight::Regular }
}

/// A box below the other, with lines from each to those in it.
fn list(ink: &mut Ink, diagram: &Diagram, depths: &[usize], width: f64) -> f64 {
    let step = if width < WIDE { 16.0 } else { 26.0 };
    let mut areas: Vec<Area> = Vec::new();
    let mut words: Vec<Words> = Vec::new();
    let mut y = 0.0;
    for (node, depth) in diagram.boxes.iter().zip(depths) {
        let x: f64 = (0..*depth).map(|_| step).sum();
        let own = frame::measure(node, &[], width - x, weight(*depth));
        areas.push(Area { x, y, width: own.width, height: own.height });
        y += own.height + GAP - 2.0;
        words.push(own);
    }
    branches(ink, diagram, |parent, at| {
        let (from, to) = (areas[parent], areas[at]);
        let [x, start, end, side] = [from.x + step / 2.0, from.bottom(), to.y + to.height / 2.0, to.x].map(number);
        format!("M{x} {start}V{end}H{side}")
    });
    for (at, area) in areas.iter().enumerate() {
        frame::draw(ink, diagram, at, &words[at], *area, SETTING);
    }
    y - GAP + 2.0
}

/// The lines from boxes to those in them, as one path: where they run together they are then not darker.
fn branches(ink: &mut Ink, diagram: &Diagram, way: impl Fn(usize, usize) -> String) {
    let ways = diagram.boxes.iter().enumerate().filter_map(|(at, node)| Some(way(node.parent?, at)));
    let ways: String = ways.collect();
    if !ways.is_empty() {
        ink.open_quiet();
        ink.open(Paint::Axis);
        ink.shape(&ways, "stroke-width=\"1.25\"");
        ink.close();
        ink.close();
    }
}

/// A tree whose levels are columns.
struct Sideways<'d> {
    diagram: &'d Diagram,
    words: Vec<Words>,
    /// The upper edges of the boxes.
    tops: Vec<f64>,
}

fn sideways(ink: &mut Ink, diagram: &Diagram, depths: &[usize], levels: usize, width: f64) -> f64 {
    let count: f64 = (0..levels).map(|_| 1.0).sum();
    let room = ((width - LINES * (count - 1.0)) / count).min(WIDEST);
    let words: Vec<Words> = diagram.boxes.iter().zip(depths).map(|(node, depth)| frame::measure(node, &[], room, weight(*depth))).collect();
    let mut tree = Sideways { diagram, tops: vec![0.0; words.len()], words };
    let mut height = 0.0;
    for root in diagram.children(None) {
        height += tree.place(root, height) + GAP * 2.0;
    }
    let mut lefts = vec![0.0; levels];
    let mut widths = vec![0.0_f64; levels];
    for (own, depth) in tree.words.iter().zip(depths) {
        widths[*depth] = widths[*depth].max(own.width);
    }
    for level in 1..levels {
        lefts[level] = lefts[level - 1] + widths[level - 1] + LINES;
    }
    let area = |at: usize| {
        let (own, level) = (&tree.words[at], depths[at]);
        Area { x: lefts[level], y: tree.tops[at], width: widths[level], height: own.height }
    };
    branches(ink, diagram, |parent, at| {
        let (from, to) = (area(parent), area(at));
        let (start, turn, end) = (from.y + from.height / 2.0, from.right() + LINES / 2.0, to.y + to.height / 2.0);
        let [x, start, turn, end, side] = [from.right(), start, turn, end, to.x].map(number);
        format!("M{x} {start}H{turn}V{end}H{side}")
    });
    for at in 0..diagram.boxes.len() {
        frame::draw(ink, diagram, at, &tree.words[at], area(at), SETTING);
    }
    height - GAP * 2.0
}

impl Sideways<'_> {
    /// Places a box and its branches from some height down. Gives the height that they take.
    fn place(&mut self, at: usize, top: f64) -> f64 {
        let own = self.words[at].height;
        let inside = self.diagram.children(Some(at));
        let (Some(first), Some(last)) = (inside.first(), inside.last()) else {
            self.tops[at] = top;
            return own;
        };
        let mut y = top;
        for child in &inside {
            y += self.place(*child, y) + GAP;
        }
        let branches = y - GAP - top;
        // A box that is higher than its branches has them in its middle.
        if own > branches {
            let mut y = top + (own - branches) / 2.0;
            for child in &inside {
                y += self.place(*child, y) + GAP;
            }
        }
        let middle = |at: usize| self.tops[at] + self.words[at].height / 2.0;
        let height = own.max(branches);
        self.tops[at] = (f64::midpoint(middle(*first), middle(*last)) - own / 2.0).clamp(top, top + height - own);
        height
    }
}
