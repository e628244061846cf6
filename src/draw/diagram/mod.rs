//! Diagrams: boxes in boxes, trees, and boxes with arrows, from a few lines of text.

mod flow;
mod frame;
mod nested;
#[cfg(test)]
mod tests;
mod text;
mod tree;

use super::ink::{Canvas, Ink};
use super::plot::PlotFault;
use crate::kind::{DiagramKind, Figure, Kind};
use crate::read::{Cell, DataTable};
use crate::text::Span;

/// Boxes and their relations.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagram {
    /// How they are laid out.
    pub kind: DiagramKind,
    /// The boxes. One that is in another comes after it.
    pub boxes: Vec<Node>,
    /// The arrows of a flow.
    pub arrows: Vec<Arrow>,
    /// The signs of boxes, in the order of their first use.
    pub signs: Vec<Sign>,
    /// Where the text stands in the record.
    pub span: Span,
}

/// A box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it says.
    pub text: String,
    /// The box that it is in.
    pub parent: Option<usize>,
    /// The record that it leads to.
    pub record: Option<(Kind, String)>,
    /// Its signs, each once.
    pub signs: Vec<usize>,
}

/// An arrow from one box to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrow {
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// What it says.
    pub label: String,
    /// The record that it leads to.
    pub record: Option<(Kind, String)>,
}

/// A sign of boxes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sign {
    /// The word for it in the text, without `#`.
    pub word: String,
    /// What it means.
    pub meaning: String,
}

impl Diagram {
    /// Reads the text of a diagram. What is wrong with it is reported.
    #[must_use]
    pub fn read(figure: &Figure, faults: &mut Vec<PlotFault>) -> Option<Self> {
        text::read(figure, faults)
    }

    /// Draws it. `width` is in CSS pixels, from 280 on.
    #[must_use]
    pub fn canvas(&self, width: f64) -> Canvas {
        let mut ink = Ink::default();
        let height = match self.kind {
            DiagramKind::Nested => nested::draw(&mut ink, self, width),
            DiagramKind::Tree => tree::draw(&mut ink, self, width),
            DiagramKind::Flow => flow::draw(&mut ink, self, width),
        };
        let height = height + frame::legend(&mut ink, self, height, width);
        Canvas { width, height, ink }
    }

    /// The boxes in a box, or those in none.
    fn children(&self, parent: Option<usize>) -> Vec<usize> {
        (0..self.boxes.len()).filter(|at| self.boxes[*at].parent == parent).collect()
    }

    /// The meanings of a box's signs.
    fn meanings(&self, node: &Node) -> String {
        node.signs.iter().map(|sign| self.signs[*sign].meaning.as_str()).collect::<Vec<_>>().join("; ")
    }

    /// What is said of a box.
    fn says(&self, node: &Node) -> String {
        let meanings = self.meanings(node);
        if meanings.is_empty() { node.text.clone() } else { format!("{} ({meanings})", node.text) }
    }

    /// What it shows as a table: a row for each box, and for each arrow of a flow.
    #[must_use]
    pub fn table(&self) -> DataTable {
        let flow = self.kind == DiagramKind::Flow;
        let signs = self.boxes.iter().any(|node| !node.signs.is_empty());
        let records = self.boxes.iter().any(|node| node.record.is_some()) || self.arrows.iter().any(|arrow| arrow.record.is_some());
        let columns = [
            (!flow, "box"),
            (!flow && self.boxes.iter().any(|node| node.parent.is_some()), "in"),
            (flow, "from"),
            (flow, "to"),
            (flow && self.arrows.iter().any(|arrow| !arrow.label.is_empty()), "label"),
            (signs, "meaning"),
            (records, "record"),
        ];
        let columns: Vec<&str> = columns.into_iter().filter(|(shown, _)| *shown).map(|(_, name)| name).collect();
        let rows = if flow { self.flow_rows() } else { self.box_rows() };
        let cell = |text: &str| Cell { text: text.to_owned(), span: self.span };
        let row = |cells: Vec<(&str, String)>| {
            let of = |name: &&str| cells.iter().find(|(own, _)| own == name).map_or("", |(_, text)| text.as_str());
            columns.iter().map(|name| cell(of(name))).collect()
        };
        DataTable { columns: columns.iter().map(|name| (*name).to_owned()).collect(), rows: rows.into_iter().map(row).collect() }
    }

    fn box_rows(&self) -> Vec<Vec<(&'static str, String)>> {
        let row = |node: &Node| {
            let parent = node.parent.map_or_else(String::new, |parent| self.boxes[parent].text.clone());
            vec![("box", node.text.clone()), ("in", parent), ("meaning", self.meanings(node)), ("record", cell_text(node.record.as_ref()))]
        };
        self.boxes.iter().map(row).collect()
    }

    /// The arrows, and then the boxes of which an arrow alone would not tell all.
    fn flow_rows(&self) -> Vec<Vec<(&'static str, String)>> {
        let name = |at: usize| self.boxes[at].text.clone();
        let arrows = self.arrows.iter().map(|arrow| {
            let record = cell_text(arrow.record.as_ref());
            vec![("from", name(arrow.from)), ("to", name(arrow.to)), ("label", arrow.label.clone()), ("record", record)]
        });
        let alone = |at: usize| !self.arrows.iter().any(|arrow| arrow.from == at || arrow.to == at);
        let told = self.boxes.iter().enumerate().filter(|(at, node)| alone(*at) || node.record.is_some() || !node.signs.is_empty());
        let boxes = told.map(|(_, node)| {
            vec![("from", node.text.clone()), ("meaning", self.meanings(node)), ("record", cell_text(node.record.as_ref()))]
        });
        arrows.chain(boxes).collect()
    }

    /// What it shows, in words.
    #[must_use]
    pub fn description(&self) -> String {
        let boxes = if self.boxes.len() == 1 { "one box".to_owned() } else { format!("{} boxes", self.boxes.len()) };
        let says = |at: usize| self.says(&self.boxes[at]);
        if self.kind == DiagramKind::Flow {
            let arrows = self.arrows.iter().map(|arrow| {
                let label = if arrow.label.is_empty() { String::new() } else { format!(" ({})", arrow.label) };
                format!("{} to {}{label}", self.boxes[arrow.from].text, self.boxes[arrow.to].text)
            });
            let arrows: Vec<String> = arrows.collect();
            let arrows = if arrows.is_empty() { String::new() } else { format!(" Arrows: {}.", arrows.join("; ")) };
            return format!("Diagram of {boxes} with arrows.{arrows}");
        }
        let what = if self.kind == DiagramKind::Tree { "Tree" } else { "Nested diagram" };
        let mut out = format!("{what} of {boxes}.");
        for parent in 0..self.boxes.len() {
            let inside = self.children(Some(parent));
            if !inside.is_empty() {
                let inside: Vec<String> = inside.into_iter().map(says).collect();
                out.push_str(&format!(" {}: {}.", self.boxes[parent].text, inside.join("; ")));
            }
        }
        out
    }
}

/// A record as a cell of a table names it.
fn cell_text(record: Option<&(Kind, String)>) -> String {
    record.map_or_else(String::new, |(kind, id)| format!("{}:{id}", kind.info().prefix))
}
