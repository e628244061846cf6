//! The signs of a timeline: points by their sort, pieces of the line for months, brackets for years.

use super::super::chart::mark;
use super::super::ink::{Ink, Paint};

/// From the line to the upright of a bracket.
pub(super) const BRACKET: f64 = 11.0;
/// How far the ends of a bracket and of a month's piece reach over the middle of a row.
pub(super) const REACH: f64 = 9.0;

/// The point of an event: the shape and the colour of its sort, hollow where it has not happened.
pub(super) fn point(ink: &mut Ink, at: (f64, f64), sort: usize, planned: bool) {
    // After six sorts the colours come again, with other shapes.
    let shape = sort + sort / 6;
    if planned {
        ink.open(Paint::Hollow(sort));
        ink.svg.push_str("<g stroke-width=\"2\">");
        mark::outline(ink, at, shape);
        ink.svg.push_str("</g>");
    } else {
        ink.open(Paint::Series(sort));
        mark::outline(ink, at, shape);
    }
    ink.close();
}

/// The piece of the line for a month.
pub(super) fn month(ink: &mut Ink, x: f64, from: f64, to: f64) {
    ink.open(Paint::MutedLine);
    ink.line((x, from), (x, to), "stroke-width=\"10\" stroke-linecap=\"round\" stroke-opacity=\"0.5\"");
    ink.close();
}

/// The bracket of a year, with its upright at a place.
pub(super) fn year(ink: &mut Ink, x: f64, from: f64, to: f64) {
    ink.open(Paint::Axis);
    ink.path(&[(x + 6.0, from), (x, from), (x, to), (x + 6.0, to)], false, "stroke-width=\"1.25\"");
    ink.close();
}

/// A piece of the line of time; one that nothing has happened in yet, or that is cut short, is dashed.
pub(super) fn stem(ink: &mut Ink, x: f64, from: f64, to: f64, dashed: bool) {
    ink.open(Paint::Axis);
    ink.line((x, from), (x, to), if dashed { "stroke-width=\"1.5\" stroke-dasharray=\"2 4\"" } else { "stroke-width=\"1.5\"" });
    ink.close();
}
