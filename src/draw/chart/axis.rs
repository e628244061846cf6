//! Axes of values: lines of the grid, ticks with their texts, and lines to compare with.

use super::super::ink::{ASCENT, Anchor, Area, Ink, LABEL, LEADING, Paint};
use super::scene::Scene;
use super::values::Ticks;
use crate::font::{Weight, width, wrap};

/// Room under a plot area for the texts of ticks.
pub(super) const BOTTOM: f64 = 20.0;
/// From the texts of a left axis to the plot area.
const SPACE: f64 = 6.0;

/// So many ticks as have room along a bottom axis.
fn bottom_ticks(scene: &Scene<'_>, length: f64) -> Ticks {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a handful")]
    let count = (length / 70.0).clamp(2.0, 8.0) as usize;
    scene.values.ticks(count)
}

fn left_ticks(scene: &Scene<'_>, length: f64) -> Ticks {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a handful")]
    let count = (length / 45.0).clamp(2.0, 8.0) as usize;
    scene.values.ticks(count)
}

/// The values along the bottom of a plot area, its grid, and the word that the texts leave out. Gives the room that it
/// takes under the area.
pub(super) fn bottom(ink: &mut Ink, scene: &Scene<'_>, area: Area) -> f64 {
    let ticks = bottom_ticks(scene, area.width);
    ink.open_quiet();
    grid(ink, &ticks, |value| {
        let x = scene.values.at(value, (area.x, area.right()));
        ((x, area.y), (x, area.bottom()))
    });
    ink.open(Paint::Soft);
    for (value, text) in ticks.at.iter().zip(&ticks.texts) {
        let x = scene.values.at(*value, (area.x, area.right()));
        inside(ink, x, area.bottom() + 15.0, text, scene.width);
    }
    let mut room = BOTTOM;
    if let Some(title) = title(scene, &ticks) {
        let right = area.right().max(width(&title, LABEL, Weight::Regular));
        ink.text((right, area.bottom() + BOTTOM + LABEL), Anchor::End, &title, Weight::Regular);
        room += LEADING + 2.0;
    }
    ink.close();
    ink.close();
    room
}

/// The room that the texts of a left axis take, for a plot area of a height.
pub(super) fn left_room(scene: &Scene<'_>, height: f64) -> f64 {
    let texts = left_ticks(scene, height).texts;
    texts.iter().fold(0.0, |most: f64, text| most.max(width(text, LABEL, Weight::Regular))) + SPACE
}

/// The room over a plot area for the word that the texts of a left axis leave out, and half a line.
pub(super) fn left_head(scene: &Scene<'_>, height: f64) -> f64 {
    let ticks = left_ticks(scene, height);
    if title(scene, &ticks).is_some() { LEADING + 8.0 } else { 8.0 }
}

/// The values along the left of a plot area, and its grid.
pub(super) fn left(ink: &mut Ink, scene: &Scene<'_>, area: Area) {
    let ticks = left_ticks(scene, area.height);
    ink.open_quiet();
    grid(ink, &ticks, |value| {
        let y = scene.values.at(value, (area.bottom(), area.y));
        ((area.x, y), (area.right(), y))
    });
    ink.open(Paint::Soft);
    for (value, text) in ticks.at.iter().zip(&ticks.texts) {
        let y = scene.values.at(*value, (area.bottom(), area.y));
        let taken = Area { x: 0.0, y: y + 4.0 - LABEL * ASCENT, width: area.x, height: LABEL };
        if ink.is_free(&taken) {
            ink.text((area.x - SPACE, y + 4.0), Anchor::End, text, Weight::Regular);
        }
    }
    if let Some(title) = title(scene, &ticks) {
        ink.text((0.0, LABEL - 1.0), Anchor::Start, &title, Weight::Regular);
    }
    ink.close();
    ink.close();
}

/// The word that ticks leave out, with the unit: `million vehicles`.
fn title(scene: &Scene<'_>, ticks: &Ticks) -> Option<String> {
    let word = ticks.word?;
    let title = scene.look.unit.as_deref().map_or_else(|| word.to_owned(), |unit| format!("{word} {unit}"));
    wrap(&title, LABEL, Weight::Regular, scene.width, 1).lines.pop()
}

fn grid(ink: &mut Ink, ticks: &Ticks, ends: impl Fn(f64) -> ((f64, f64), (f64, f64))) {
    ink.open(Paint::Grid);
    for value in &ticks.at {
        let (from, to) = ends(*value);
        ink.line(from, to, "");
    }
    ink.close();
}

/// A text around a place, moved inside the drawing where it would stand out of it; left out where another stands.
pub(super) fn inside(ink: &mut Ink, x: f64, y: f64, text: &str, room: f64) {
    let own = width(text, LABEL, Weight::Regular);
    let left = (x - own / 2.0).min(room - own).max(0.0);
    let area = Area { x: left - 4.0, y: y - LABEL * ASCENT, width: own + 8.0, height: LABEL };
    if ink.is_free(&area) {
        ink.text((left, y), Anchor::Start, text, Weight::Regular);
    }
}

/// Lines to compare with, across a plot area. `upright` where values run from left to right. Their words stand in the
/// legend; the lines stop at the words that are already there.
pub(super) fn references(ink: &mut Ink, scene: &Scene<'_>, area: Area, upright: bool) {
    for (number, line) in scene.look.references.iter().enumerate() {
        let dash = format!("stroke-width=\"1.5\" stroke-dasharray=\"{}\"", super::mark::reference_dash(number));
        let (across, ends) = if upright {
            (scene.values.at(line.value, (area.x, area.right())), (area.y, area.bottom()))
        } else {
            (scene.values.at(line.value, (area.bottom(), area.y)), (area.x, area.right()))
        };
        ink.open(Paint::Reference);
        for (from, to) in clear(ink, across, ends, upright) {
            let (from, to) = if upright { ((across, from), (across, to)) } else { ((from, across), (to, across)) };
            ink.line(from, to, &dash);
        }
        ink.close();
    }
}

/// The pieces of a line on which no text stands.
fn clear(ink: &Ink, across: f64, ends: (f64, f64), upright: bool) -> Vec<(f64, f64)> {
    const ROOM: f64 = 2.0;
    let taken = ink.labels.iter().map(|label| {
        let Area { x, y, width, height } = label.area;
        if upright { ((x, x + width), (y, y + height)) } else { ((y, y + height), (x, x + width)) }
    });
    let mut taken: Vec<(f64, f64)> =
        taken.filter(|(over, _)| over.0 - ROOM < across && across < over.1 + ROOM).map(|(_, along)| along).collect();
    taken.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut pieces = Vec::new();
    let mut from = ends.0;
    for (start, end) in taken {
        pieces.push((from, (start - ROOM).min(ends.1)));
        from = from.max(end + ROOM);
    }
    pieces.push((from, ends.1));
    pieces.retain(|(from, to)| to - from > 1.0);
    pieces
}

/// The line from which bars begin.
pub(super) fn base(ink: &mut Ink, scene: &Scene<'_>, area: Area, upright: bool) {
    ink.open(Paint::Axis);
    if upright {
        let x = scene.values.at(scene.values.base(), (area.x, area.right()));
        ink.line((x, area.y), (x, area.bottom()), "");
        if scene.values.broken {
            super::mark::zigzag(ink, (x, area.bottom()), true);
        }
    } else {
        let y = scene.values.at(scene.values.base(), (area.bottom(), area.y));
        ink.line((area.x, y), (area.right(), y), "");
        if scene.values.broken {
            super::mark::zigzag(ink, (area.x, y), false);
        }
    }
    ink.close();
}
