//! Scatter charts: a point for each pair of numbers, or of a date and a number.

use std::collections::BTreeSet;

use super::super::ink::{Canvas, Ink, number};
use super::super::plot::Point;
use super::beside::{BADGE, Beside, Room, size};
use super::frame::Frame;
use super::mark::{self, RADIUS};
use super::scene::{Scene, Style};
use super::words::{says, value_text};
use crate::kind::{Kind, Labels};

/// A chart of more points than this draws most of them as plain dots without words, to keep its file small.
const MARKS: usize = 1000;
/// The radius of a plain dot.
const DOT: f64 = 2.5;
/// The most values that are printed.
const TEXTS: usize = 300;

/// Draws a scatter chart.
pub(super) fn scatter(scene: &Scene<'_>) -> Canvas {
    let mut ink = Ink::default();
    let frame = Frame::draw(&mut ink, scene, 0.0, true);
    let few = scene.points.len() <= MARKS;
    let mut points = scene.points.clone();
    // What is highlighted lies on top.
    points.sort_by_key(|point| !scene.style(point).muted);
    let (marks, plain): (Vec<&Point>, Vec<&Point>) = points.into_iter().partition(|point| few || is_special(scene, point));
    dots(&mut ink, scene, &frame, &plain);
    let besides = besides(&ink, scene, &frame, &marks);
    for (point, beside) in marks.iter().zip(&besides) {
        draw_mark(&mut ink, scene, &frame, point, beside);
    }
    Canvas { width: scene.width, height: frame.height, ink }
}

/// Whether a point is more than one among thousands.
fn is_special(scene: &Scene<'_>, point: &Point) -> bool {
    point.record.is_some() || scene.look.highlight.contains(&point.name) || !scene.callouts(point).is_empty()
}

fn place(scene: &Scene<'_>, frame: &Frame, point: &Point) -> (f64, f64) {
    (frame.axis.at(point.x), frame.y(scene, point.y.value))
}

/// A place to half a pixel.
fn half((x, y): (f64, f64)) -> (String, String) {
    (number((x * 2.0).round() / 2.0), number((y * 2.0).round() / 2.0))
}

/// Dots without words: those of one style are one path of points with round ends.
fn dots(ink: &mut Ink, scene: &Scene<'_>, frame: &Frame, points: &[&Point]) {
    let mut points: Vec<(Style, &Point)> = points.iter().map(|point| (scene.style(point), *point)).collect();
    points.sort_by_key(|(style, _)| (!style.muted, style.series));
    ink.open_quiet();
    for group in points.chunk_by(|(a, _), (b, _)| a == b) {
        // What is less than half a pixel apart is one dot.
        let halves: BTreeSet<(String, String)> = group.iter().map(|(_, point)| half(place(scene, frame, point))).collect();
        let mut way = String::new();
        for (x, y) in halves {
            way.push_str(&format!("M{x} {y}h.01"));
        }
        ink.open(mark::stroke(group[0].0));
        ink.shape(&way, &format!("stroke-width=\"{}\" stroke-linecap=\"round\"", DOT * 2.0));
        ink.close();
    }
    ink.close();
}

fn draw_mark(ink: &mut Ink, scene: &Scene<'_>, frame: &Frame, point: &Point, beside: &Beside) {
    let (at, style) = (place(scene, frame, point), scene.style(point));
    let record: Option<(Kind, &str)> = point.record.as_ref().map(|(kind, id)| (*kind, id.as_str()));
    ink.open_mark(&says(scene.plot, scene.look, point), record);
    if point.y.low < point.y.high {
        mark::whisker(ink, (at.0, frame.y(scene, point.y.low)), (at.0, frame.y(scene, point.y.high)));
    }
    mark::symbol(ink, at, style);
    mark::bound(ink, point.y.bound, (at.0, at.1 - RADIUS), (at.0, at.1 + RADIUS), style);
    beside.draw(ink, style.muted);
    ink.close_mark(record);
}

/// Whether a point's value is to be printed. Points have no names, and values of all of them would be a thicket: without
/// a wish it is only those of points that are highlighted by what they are called.
fn is_wanted(scene: &Scene<'_>, point: &Point) -> bool {
    match scene.look.labels {
        Some(Labels::None) => false,
        Some(Labels::All) => true,
        Some(Labels::Highlighted) => !scene.look.highlight.is_empty() && !scene.style(point).muted,
        Some(Labels::Ends) | None => scene.look.highlight.contains(&point.name),
    }
}

/// What stands beside each point.
fn besides(ink: &Ink, scene: &Scene<'_>, frame: &Frame, points: &[&Point]) -> Vec<Beside> {
    let mut room = Room::new(ink, frame.room(scene));
    for point in points {
        room.mark(place(scene, frame, point), point.y.bound);
    }
    let mut besides = vec![Beside::default(); points.len()];
    for (point, beside) in points.iter().zip(&mut besides) {
        for number in scene.callouts(point) {
            beside.badges.extend(room.near(place(scene, frame, point), (BADGE, BADGE)).map(|area| (number, area)));
        }
    }
    let wanted = points.iter().zip(&mut besides).filter(|(point, _)| is_wanted(scene, point));
    for (point, beside) in wanted.take(TEXTS) {
        let text = value_text(&point.y, scene.look.unit.as_deref());
        beside.value = room.beside(place(scene, frame, point), size(&text)).map(|area| (text, area));
    }
    besides
}
