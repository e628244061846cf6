//! Flows: boxes in layers from the top down where they have room, or else in one column.

mod column;
mod layers;
mod order;
mod place;

use super::super::ink::{Ink, Paint};
use super::Diagram;

/// Below this width a flow is one column.
const WIDE: f64 = 480.0;

/// Draws boxes and arrows. Gives the height.
pub(super) fn draw(ink: &mut Ink, diagram: &Diagram, width: f64) -> f64 {
    let layered = if width >= WIDE { layers::draw(ink, diagram, width) } else { None };
    layered.unwrap_or_else(|| column::draw(ink, diagram, width))
}

/// The head of an arrow, with its tip at a place; `(dx, dy)` is a step of one pixel its way.
fn head(ink: &mut Ink, tip: (f64, f64), (dx, dy): (f64, f64)) {
    let back = (tip.0 - dx * 6.0, tip.1 - dy * 6.0);
    ink.path(&[(back.0 - dy * 4.0, back.1 - dx * 4.0), tip, (back.0 + dy * 4.0, back.1 + dx * 4.0)], false, "stroke-width=\"1.5\"");
}

/// The words for arrows from a box to itself: they are told in the box.
fn loops(diagram: &Diagram, at: usize) -> Vec<String> {
    let own = diagram.arrows.iter().filter(|arrow| arrow.from == at && arrow.to == at);
    own.map(|arrow| if arrow.label.is_empty() { "again and again".to_owned() } else { format!("again: {}", arrow.label) }).collect()
}

/// What is said of an arrow.
fn says(diagram: &Diagram, arrow: &super::Arrow) -> String {
    let label = if arrow.label.is_empty() { String::new() } else { format!(": {}", arrow.label) };
    format!("{} → {}{label}", diagram.boxes[arrow.from].text, diagram.boxes[arrow.to].text)
}

/// The words of an arrow, as a quiet text that leads to its record.
fn label(ink: &mut Ink, diagram: &Diagram, arrow: &super::Arrow, write: &dyn Fn(&mut Ink)) {
    let record = arrow.record.as_ref().map(|(kind, id)| (*kind, id.as_str()));
    ink.open_mark(&says(diagram, arrow), record);
    ink.open(Paint::Soft);
    write(ink);
    ink.close();
    ink.close_mark(record);
}
