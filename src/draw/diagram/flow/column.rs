//! A flow in one column: arrows to the next box run between the two, others along the right side.

use super::super::super::ink::{Anchor, Area, Ink, LABEL, Paint};
use super::super::super::key::height;
use super::super::frame::{self, Setting, Words};
use super::super::{Arrow, Diagram};
use super::{head, label, loops, order};
use crate::font::{Weight, wrap};

/// The widest box.
const WIDEST: f64 = 420.0;
/// Lines along the side at most; further arrows are told in words only.
const LANES: usize = 5;
/// From one line along the side to the next.
const LANE: f64 = 11.0;
/// Where an arrow to the next box runs, from the left edge.
const DOWN: f64 = 18.0;
/// Where the words of arrows begin.
const TEXT: f64 = 32.0;
/// The least room between two boxes.
const GAP: f64 = 24.0;

/// An arrow along the side.
struct Side {
    arrow: usize,
    lane: usize,
}

/// Draws boxes and arrows. Gives the height.
pub(super) fn draw(ink: &mut Ink, diagram: &Diagram, width: f64) -> f64 {
    let line = order::line(diagram);
    let mut rank = vec![0; diagram.boxes.len()];
    for (at, one) in line.iter().enumerate() {
        rank[*one] = at;
    }
    let sides = sides(diagram, &rank);
    let lanes: f64 = sides.iter().map(|side| side.lane + 1).max().map_or(0.0, |count| (0..count).map(|_| LANE).sum::<f64>() + 8.0);
    let own = (width - lanes).min(WIDEST);
    let mut areas = vec![Area { x: 0.0, y: 0.0, width: own, height: 0.0 }; diagram.boxes.len()];
    let mut y = 0.0;
    for (at, one) in line.iter().enumerate() {
        let words = frame::measure(&diagram.boxes[*one], &loops(diagram, *one), own, Weight::Regular);
        areas[*one] = Area { y, height: words.height, ..areas[*one] };
        boxed(ink, diagram, *one, &words, areas[*one]);
        y += words.height;
        let next = line.get(at + 1).copied();
        y = between(ink, diagram, &sides, (*one, next), (y, own));
    }
    ink.open_quiet();
    ink.open(Paint::Axis);
    for (at, side) in sides.iter().enumerate() {
        draw_side(ink, diagram, &sides, at, side, &areas);
    }
    ink.close();
    ink.close();
    y
}

fn boxed(ink: &mut Ink, diagram: &Diagram, at: usize, words: &Words, area: Area) {
    frame::draw(ink, diagram, at, words, area, Setting { fill: Paint::Panel, anchor: Anchor::Start, top: false });
}

/// The arrows that run along the side, each in the first line that is free all its way; short ones first.
fn sides(diagram: &Diagram, rank: &[usize]) -> Vec<Side> {
    let ends = |arrow: &Arrow| {
        let (from, to) = (rank[arrow.from], rank[arrow.to]);
        (from.min(to), from.max(to))
    };
    let apart = |arrow: &Arrow| arrow.from != arrow.to && rank[arrow.to] != rank[arrow.from] + 1;
    let mut arrows: Vec<usize> = (0..diagram.arrows.len()).filter(|at| apart(&diagram.arrows[*at])).collect();
    arrows.sort_by_key(|at| {
        let (first, last) = ends(&diagram.arrows[*at]);
        (last - first, first)
    });
    let mut taken: Vec<Vec<(usize, usize)>> = vec![Vec::new(); LANES];
    let mut out = Vec::new();
    for arrow in arrows {
        let (first, last) = ends(&diagram.arrows[arrow]);
        let free = |lane: &Vec<(usize, usize)>| lane.iter().all(|(from, to)| last < *from || *to < first);
        if let Some(lane) = taken.iter().position(free) {
            taken[lane].push((first, last));
            out.push(Side { arrow, lane });
        }
    }
    out
}

/// What is between a box and the next: the arrow to it, and the words of all arrows that begin here. Gives where it ends.
fn between(ink: &mut Ink, diagram: &Diagram, sides: &[Side], (one, next): (usize, Option<usize>), (top, own): (f64, f64)) -> f64 {
    let mut y = top + 4.0;
    let mut follows = false;
    for (number, arrow) in diagram.arrows.iter().enumerate().filter(|(_, arrow)| arrow.from == one && arrow.to != one) {
        let down = Some(arrow.to) == next;
        follows |= down;
        let drawn = down || sides.iter().any(|side| side.arrow == number);
        if drawn && arrow.label.is_empty() {
            continue;
        }
        let target = &diagram.boxes[arrow.to].text;
        let text = match (down, arrow.label.is_empty()) {
            (true, _) => arrow.label.clone(),
            (false, true) => format!("to {target}"),
            (false, false) => format!("to {target}: {}", arrow.label),
        };
        let lines = wrap(&text, LABEL, Weight::Regular, own - TEXT, 4).lines;
        label(ink, diagram, arrow, &|ink| ink.lines((TEXT, y + LABEL), Anchor::Start, &lines, Weight::Regular));
        y += height(&lines);
    }
    if next.is_none() {
        return if y > top + 4.0 { y } else { top };
    }
    let bottom = (y + 4.0).max(top + GAP);
    if follows {
        ink.open_quiet();
        ink.open(Paint::Axis);
        ink.line((DOWN, top), (DOWN, bottom), "stroke-width=\"1.5\"");
        head(ink, (DOWN, bottom), (0.0, 1.0));
        ink.close();
        ink.close();
    }
    bottom
}

/// An arrow from the right side of a box to that of another. Ends at one box are spread over its height.
fn draw_side(ink: &mut Ink, diagram: &Diagram, sides: &[Side], at: usize, side: &Side, areas: &[Area]) {
    let arrow = &diagram.arrows[side.arrow];
    let place = |one: usize| {
        let ends = sides.iter().enumerate().filter(|(_, other)| {
            let other = &diagram.arrows[other.arrow];
            other.from == one || other.to == one
        });
        let before: f64 = ends.clone().filter(|(other, _)| *other < at).map(|_| 1.0).sum();
        let all: f64 = ends.map(|_| 1.0).sum();
        let area = areas[one];
        (area.right(), area.y + area.height * (before + 1.0) / (all + 1.0))
    };
    let (from, to) = (place(arrow.from), place(arrow.to));
    let x = areas[arrow.from].right() + 12.0 + (0..side.lane).map(|_| LANE).sum::<f64>();
    ink.path(&[from, (x, from.1), (x, to.1), to], false, "stroke-width=\"1.25\"");
    head(ink, to, (-1.0, 0.0));
}
