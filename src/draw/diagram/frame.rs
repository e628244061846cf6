//! A box of a diagram: its words, its outline, its signs; and the legend of signs.

use super::super::chart::mark::hatching;
use super::super::ink::{Anchor, Area, Ink, LABEL, LEADING, Paint, number};
use super::super::key::{height, key};
use super::{Diagram, Node};
use crate::font::{Weight, width as measure_text, wrap};

/// From the left and right edges to the words.
pub(super) const SIDE: f64 = 8.0;
/// From the upper and lower edges to the words.
const ENDS: f64 = 6.0;
/// The width of a hatched stripe.
const STRIPE: f64 = 9.0;
/// Lines that the words of a box may take.
const LINES: usize = 8;
/// Room between a diagram and its legend.
const GAP: f64 = 14.0;

/// The words of a box, in lines.
#[derive(Debug, Clone)]
pub(super) struct Words {
    pub lines: Vec<String>,
    /// Quiet lines under them.
    pub notes: Vec<String>,
    pub weight: Weight,
    /// The width that a box around them has.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

/// How signs are drawn: every other one as an outline, every other one as a stripe.
enum Sign {
    Outline(&'static str),
    /// A stripe, with its hatching.
    Stripe(usize),
}

fn sign(number: usize) -> Sign {
    let outline = ["5 3", "1.5 2.5", "10 3 2 3", "14 5"];
    let stripe = [1, 3, 2, 4];
    if number.is_multiple_of(2) { Sign::Outline(outline[number / 2 % 4]) } else { Sign::Stripe(stripe[number / 2 % 4]) }
}

/// The room that stripes take at the left of a box.
fn stripes(signs: &[usize]) -> f64 {
    signs.iter().filter(|one| matches!(sign(**one), Sign::Stripe(_))).map(|_| STRIPE).sum()
}

/// Breaks the words of a box for a room of a width.
pub(super) fn measure(node: &Node, notes: &[String], room: f64, weight: Weight) -> Words {
    let around = SIDE * 2.0 + stripes(&node.signs);
    let words = wrap(&node.text, LABEL, weight, room - around, LINES);
    let mut width = words.width;
    let mut lines = Vec::new();
    for note in notes {
        let note = wrap(note, LABEL, Weight::Regular, room - around, 3);
        width = width.max(note.width);
        lines.extend(note.lines);
    }
    let height = height(&words.lines) + height(&lines) + ENDS * 2.0;
    Words { lines: words.lines, notes: lines, weight, width: width + around, height }
}

/// The width of a box whose longest word stays whole.
pub(super) fn whole_words(node: &Node) -> f64 {
    let longest = node.text.split_whitespace().map(|word| measure_text(word, LABEL, Weight::Regular)).fold(0.0, f64::max);
    longest + SIDE * 2.0 + stripes(&node.signs)
}

/// How a box is set.
#[derive(Clone, Copy)]
pub(super) struct Setting {
    pub fill: Paint,
    /// Where its words are anchored.
    pub anchor: Anchor,
    /// Whether they stand at its upper edge, and not in its middle.
    pub top: bool,
}

/// Draws a box with its link.
pub(super) fn draw(ink: &mut Ink, diagram: &Diagram, at: usize, words: &Words, area: Area, setting: Setting) {
    let node = &diagram.boxes[at];
    let record = node.record.as_ref().map(|(kind, id)| (*kind, id.as_str()));
    ink.open_mark(&diagram.says(node), record);
    panel(ink, &node.signs, area, setting.fill);
    let left = area.x + stripes(&node.signs);
    let x = match setting.anchor {
        Anchor::Start => left + SIDE,
        Anchor::Middle => f64::midpoint(left, area.right()),
        Anchor::End => area.right() - SIDE,
    };
    let above = if setting.top { 0.0 } else { (area.height - words.height) / 2.0 };
    let base = area.y + above + ENDS + LABEL - 0.5;
    ink.open(Paint::Ink);
    ink.lines((x, base), setting.anchor, &words.lines, words.weight);
    ink.close();
    if !words.notes.is_empty() {
        ink.open(Paint::Soft);
        ink.lines((x, base + height(&words.lines)), setting.anchor, &words.notes, Weight::Regular);
        ink.close();
    }
    ink.close_mark(record);
}

/// A box without words.
fn panel(ink: &mut Ink, signs: &[usize], area: Area, fill: Paint) {
    ink.open(fill);
    ink.rect(area, "rx=\"3\"");
    ink.close();
    ink.open(Paint::Axis);
    let (mut outlines, mut left) = (0.0, area.x);
    for one in signs {
        match sign(*one) {
            Sign::Outline(dash) => {
                let inside = inset(area, 0.75 + outlines * 3.0);
                ink.rect(inside, &format!("rx=\"3\" stroke-width=\"1.5\" stroke-dasharray=\"{dash}\""));
                outlines += 1.0;
            }
            Sign::Stripe(kind) => {
                let stripe = Area { x: left, width: STRIPE, ..area };
                ink.shape(&format!("{}M{} {}v{}", hatching(stripe, kind), number(stripe.right()), number(area.y), number(area.height)), "");
                left += STRIPE;
            }
        }
    }
    if outlines == 0.0 {
        ink.rect(inset(area, 0.5), "rx=\"3\"");
    }
    ink.close();
}

fn inset(area: Area, by: f64) -> Area {
    Area { x: area.x + by, y: area.y + by, width: area.width - by * 2.0, height: area.height - by * 2.0 }
}

/// What the signs mean, under a diagram. Gives the height.
pub(super) fn legend(ink: &mut Ink, diagram: &Diagram, top: f64, width: f64) -> f64 {
    if diagram.signs.is_empty() {
        return 0.0;
    }
    let meanings: Vec<&str> = diagram.signs.iter().map(|sign| sign.meaning.as_str()).collect();
    let sample = |ink: &mut Ink, number: usize, at: (f64, f64)| {
        let area = Area { x: at.0 - 9.0, y: at.1 - 6.5, width: 18.0, height: 13.0 };
        panel(ink, &[number], area, Paint::Paper);
    };
    ink.open_quiet();
    let height = key(ink, (0.0, top + GAP), width, &meanings, &sample);
    ink.close();
    height.max(LEADING) + GAP + 2.0
}
