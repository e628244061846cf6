//! A finished drawing as SVG: in a page, where the style sheet colours it and its marks are links, and as a file.

use super::ink::{Anchor, Canvas, Ink, LABEL, MarkLink, Paint, number};
use super::key::height;
use crate::font::{Weight, wrap};
use crate::parse::escape;

/// A figure that is drawn: a picture of data, in the widths that pages need.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// From the narrowest to the widest.
    pub canvases: Vec<Canvas>,
    /// What it is, in one line: the name of the picture for who does not see it.
    pub title: String,
    /// What it shows: its values, or what its author says of it.
    pub description: String,
}

/// The widths in which figures are drawn, in CSS pixels: for a phone, and for a column of text.
pub const WIDTHS: [f64; 2] = [320.0, 612.0];

/// Colours of a drawing that stands by itself, where the reader's system is dark.
const DARK: &str = include_str!("dark.css");

/// The address of a record from where the drawing stands; `None` where it has none.
pub type Address<'a> = &'a dyn Fn(&MarkLink) -> Option<String>;

/// All widths, one after the other: the page's style shows the one that fits. For `paper`, the widest alone.
#[must_use]
pub fn inline(drawn: &Drawn, paper: bool, address: Address<'_>) -> String {
    let widest = drawn.canvases.len().saturating_sub(1);
    let mut out = String::new();
    for (at, canvas) in drawn.canvases.iter().enumerate().skip(if paper { widest } else { 0 }) {
        let class = if at == widest { "drawing wide" } else { "drawing narrow" };
        out.push_str(&open(drawn, canvas, &format!(" class=\"{class}\"")));
        out.push_str(&body(canvas, address));
        out.push_str("</svg>\n");
    }
    out
}

/// What stands around a drawing that goes out by itself: a figure that is passed on still says what it is and where
/// it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frame {
    /// The figure's title.
    pub title: String,
    /// The unit of its values.
    pub unit: Option<String>,
    /// Its sources, its credit and licence, the briefing: each a paragraph.
    pub foot: Vec<String>,
}

/// Room around what is in the frame.
const MARGIN: f64 = 16.0;
/// The height of an em of the frame's title.
const TITLE: f64 = 16.0;

/// A file by itself. `themed` adds colours for dark systems, which a bitmap has no use for.
#[must_use]
pub fn file(drawn: &Drawn, frame: &Frame, themed: bool, address: Address<'_>) -> String {
    drawn.canvases.last().map(|drawing| whole(drawn, &framed(drawing, frame), themed, address)).unwrap_or_default()
}

/// The narrow drawing as a file, for lists of figures: nothing around it, and no mark leads anywhere.
#[must_use]
pub fn small(drawn: &Drawn) -> String {
    drawn.canvases.first().map(|drawing| whole(drawn, drawing, true, &|_| None)).unwrap_or_default()
}

fn whole(drawn: &Drawn, canvas: &Canvas, themed: bool, address: Address<'_>) -> String {
    let mut out = open(drawn, canvas, " xmlns=\"http://www.w3.org/2000/svg\"");
    if themed {
        out.push_str(&format!("<style>{DARK}</style>\n"));
    }
    let [width, height] = [canvas.width, canvas.height].map(number);
    out.push_str(&format!("<rect class=\"paper\" width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n"));
    out.push_str(&body(canvas, address));
    out.push_str("</svg>\n");
    out
}

/// A drawing with its title above and its sources below.
fn framed(drawing: &Canvas, frame: &Frame) -> Canvas {
    let mut ink = Ink::default();
    let mut y = head(&mut ink, frame, drawing.width);
    ink.append(&drawing.ink, MARGIN, y);
    y += drawing.height + MARGIN;
    ink.open(Paint::Soft);
    for text in &frame.foot {
        let lines = wrap(text, LABEL, Weight::Regular, drawing.width, 4).lines;
        ink.lines((MARGIN, y + LABEL), Anchor::Start, &lines, Weight::Regular);
        y += height(&lines);
    }
    ink.close();
    Canvas { width: drawing.width + 2.0 * MARGIN, height: y + MARGIN, ink }
}

/// Writes the title and the unit, and gives the place of what follows.
fn head(ink: &mut Ink, frame: &Frame, width: f64) -> f64 {
    const LEAD: f64 = TITLE * 1.3;
    let mut y = MARGIN;
    let title = wrap(&frame.title, TITLE, Weight::Bold, width, 4).lines;
    ink.open(Paint::Ink);
    for line in &title {
        ink.text_sized((MARGIN, y + TITLE), Anchor::Start, line, TITLE, Weight::Bold);
        y += LEAD;
    }
    ink.close();
    if let Some(unit) = &frame.unit {
        ink.open(Paint::Soft);
        let lines = wrap(unit, LABEL, Weight::Regular, width, 2).lines;
        ink.lines((MARGIN, y + LABEL + 2.0), Anchor::Start, &lines, Weight::Regular);
        ink.close();
        y += height(&lines) + 2.0;
    }
    y + 10.0
}

fn open(drawn: &Drawn, canvas: &Canvas, more: &str) -> String {
    let [width, height] = [canvas.width, canvas.height].map(number);
    // A picture is one thing to assistive technology; one whose marks lead somewhere is a group of links.
    let role = if canvas.ink.links.is_empty() { "img" } else { "group" };
    format!(
        "<svg{more} viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"{role}\" \
         font-family=\"'Noto Sans', 'Segoe UI', system-ui, sans-serif\" font-size=\"12\">\n<title>{}</title><desc>{}</desc>\n",
        escape(&drawn.title),
        escape(&drawn.description)
    )
}

/// What is drawn, with the addresses of its marks. One without an address stays a mark, and is no link.
fn body(canvas: &Canvas, address: Address<'_>) -> String {
    let mut out = String::with_capacity(canvas.ink.svg.len() + 64 * canvas.ink.links.len());
    let mut from = 0;
    for link in &canvas.ink.links {
        out.push_str(&canvas.ink.svg[from..link.at]);
        out.push_str(&address(link).unwrap_or_default());
        from = link.at;
    }
    out.push_str(&canvas.ink.svg[from..]);
    out
}
