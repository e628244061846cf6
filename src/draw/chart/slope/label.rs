//! The labels at the two axes of a slope chart: which lines have one, what it says, and where it stands.

use super::super::super::ink::{LABEL, LEADING};
use super::super::scene::Scene;
use super::super::words::value_text;
use super::lines::Line;
use super::spread::{Wanted, spread};
use super::{LEADER, NEAR};
use crate::font::{Weight, width, wrap};
use crate::kind;

/// So many lines have labels unless the author asks for all.
pub(super) const MOST: usize = 25;
/// Between a value and its name.
const APART: f64 = 6.0;

/// The label of a line at one axis.
pub(super) struct Label {
    /// The number of the line.
    pub line: usize,
    /// The name, in lines; none where it stands at the other axis.
    pub name: Vec<String>,
    /// The value.
    pub value: String,
    /// The middle of the label, from the upper end of the axis.
    pub middle: f64,
}

/// The labels at one axis.
pub(super) struct Labels {
    /// Which axis: 0 is the left one.
    pub side: usize,
    /// The labels, from above once they are arranged.
    pub all: Vec<Label>,
    /// Whether some stand not beside their points.
    pub are_moved: bool,
    /// The width of the column of values.
    values: f64,
    /// The width of the column of names.
    names: f64,
}

impl Label {
    fn height(&self) -> f64 {
        let rows = u32::try_from(self.name.len().max(1)).map_or(1.0, f64::from);
        LEADING * rows + if rows > 1.0 { 4.0 } else { 0.0 }
    }
}

impl Labels {
    /// How high all labels are together.
    pub(super) fn height(&self) -> f64 {
        self.all.iter().map(Label::height).sum()
    }

    /// From the axis to the labels.
    pub(super) fn space(&self) -> f64 {
        if self.are_moved { LEADER } else { NEAR }
    }

    /// From the beginning of the values to that of the names.
    pub(super) fn name_at(&self) -> f64 {
        if self.values > 0.0 { self.values + APART } else { 0.0 }
    }

    /// From the axis to the edge of the drawing.
    pub(super) fn room(&self) -> f64 {
        let text = if self.names > 0.0 { self.name_at() + self.names } else { self.values };
        if text > 0.0 { self.space() + text } else { NEAR }
    }

    /// Gives each label its place beside an axis of a height.
    pub(super) fn arrange(&mut self, y: impl Fn(f64) -> f64, lines: &[Line<'_>], side: usize, height: f64) {
        let place = |label: &Label, side: usize| lines[label.line].points[side].map_or(0.0, |point| y(point.y.value));
        // Where two lines meet, the one that comes from above stands above.
        self.all.sort_by(|a, b| {
            let by = |side: usize| place(a, side).total_cmp(&place(b, side));
            by(side).then(by(1 - side)).then(a.line.cmp(&b.line))
        });
        let wanted: Vec<Wanted> = self.all.iter().map(|label| Wanted { middle: place(label, side), height: label.height() }).collect();
        // Labels may stand out half a line at both ends, as one beside an outermost point does.
        let middles = spread(&wanted, -LEADING / 2.0, height + LEADING / 2.0);
        self.are_moved = middles.iter().zip(&wanted).any(|(middle, wanted)| (middle - wanted.middle).abs() > 1.5);
        for (label, middle) in self.all.iter_mut().zip(middles) {
            label.middle = middle;
        }
    }
}

/// How strong the name of a line is.
pub(super) const fn name_weight(line: &Line<'_>) -> Weight {
    if line.is_chosen { Weight::Bold } else { Weight::Regular }
}

/// How strong its values are.
pub(super) const fn value_weight(line: &Line<'_>) -> Weight {
    name_weight(line)
}

/// The labels at both axes. `both` where names stand at both, and not only at the right.
pub(super) fn labels(scene: &Scene<'_>, lines: &[Line<'_>], both: bool) -> [Labels; 2] {
    let mut sides = [0, 1].map(|side| labels_at(scene, lines, side, both));
    let taken: f64 = sides.iter().map(|labels| labels.name_at() + labels.names + LEADER).sum();
    // Where values leave no room for lines, they stand in the titles of the marks and in the table.
    if scene.width - taken < scene.width * 0.2 {
        for labels in &mut sides {
            labels.values = 0.0;
            labels.all.iter_mut().for_each(|label| label.value.clear());
            labels.all.retain(|label| !label.name.is_empty());
        }
    }
    sides
}

fn labels_at(scene: &Scene<'_>, lines: &[Line<'_>], side: usize, both: bool) -> Labels {
    let room = scene.width * if both || side == 0 { 0.22 } else { 0.3 };
    let mut labels = Labels { side, all: Vec::new(), are_moved: false, values: 0.0, names: 0.0 };
    for number in labelled(scene, lines, side) {
        let line = &lines[number];
        let Some(point) = line.points[side] else { continue };
        let has_value = scene.look.labels != Some(kind::Labels::None);
        let value = if has_value { value_text(&point.y, scene.look.unit.as_deref()) } else { String::new() };
        // A line that does not reach the right axis has its name at the left one.
        let has_name = both || side == 1 || line.points[1].is_none();
        let name = if has_name { wrap(line.name, LABEL, name_weight(line), room, 4).lines } else { Vec::new() };
        let name: Vec<String> = name.into_iter().filter(|row| !row.is_empty()).collect();
        labels.values = labels.values.max(width(&value, LABEL, value_weight(line)));
        labels.names = name.iter().map(|row| width(row, LABEL, name_weight(line))).fold(labels.names, f64::max);
        if !(name.is_empty() && value.is_empty()) {
            labels.all.push(Label { line: number, name, value, middle: 0.0 });
        }
    }
    labels
}

/// The lines that have labels at an axis: all, or where these are too many those that stand out, or else the highest and
/// the lowest.
fn labelled(scene: &Scene<'_>, lines: &[Line<'_>], side: usize) -> Vec<usize> {
    let chosen = || (0..lines.len()).filter(|number| lines[*number].is_chosen).collect::<Vec<_>>();
    let wanted = scene.look.labels;
    if wanted == Some(kind::Labels::Highlighted) {
        return chosen();
    }
    if lines.len() <= MOST || wanted == Some(kind::Labels::All) {
        return (0..lines.len()).collect();
    }
    let chosen = chosen();
    if !chosen.is_empty() {
        return chosen;
    }
    let value = |number: &usize| lines[*number].points[side].map(|point| point.y.value);
    let there = || (0..lines.len()).filter_map(|number| value(&number).map(|value| (number, value)));
    let most = there().max_by(|a, b| a.1.total_cmp(&b.1));
    let least = there().min_by(|a, b| a.1.total_cmp(&b.1));
    let mut ends: Vec<usize> = [most, least].into_iter().flatten().map(|(number, _)| number).collect();
    ends.dedup();
    ends
}
