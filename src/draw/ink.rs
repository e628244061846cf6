//! SVG, written piece by piece: equal calls give equal bytes, and every text knows the room it takes.
//!
//! Colours are classes. A page sets them by its style sheet, for light, dark and print; the presentation attributes
//! beside them hold where there is none: in a file by itself, and in a bitmap.

use crate::font::{self, Weight};
use crate::kind::Kind;
use crate::parse::escape;

/// The height of an em of labels, in the drawing's own unit, which is a CSS pixel.
pub const LABEL: f64 = 12.0;
/// From one line of a label to the next.
pub const LEADING: f64 = 15.0;
/// From the top of a line's em to its base line.
pub const ASCENT: f64 = 0.8;

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Its left edge.
    pub x: f64,
    /// Its upper edge.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

impl Area {
    /// Its right edge.
    #[must_use]
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// Its lower edge.
    #[must_use]
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// Whether two rectangles share more than an edge.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }
}

/// A text of a drawing, with the room it takes.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The words.
    pub text: String,
    /// Their room.
    pub area: Area,
}

/// The record that a mark leads to; its address is filled in where the drawing stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkLink {
    /// Where in the drawing's text the address goes.
    pub at: usize,
    /// The kind of the record.
    pub kind: Kind,
    /// Its id.
    pub id: String,
}

/// Where a text is anchored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// At its left end.
    Start,
    /// In its middle.
    Middle,
    /// At its right end.
    End,
}

/// What a stroke or an area is painted with. `Series` counts from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// The colour of a series, as an area.
    Series(usize),
    /// The colour of a series, as a line.
    SeriesLine(usize),
    /// A series that stands back behind highlighted ones.
    Muted,
    /// The same, as a line.
    MutedLine,
    /// The paper, under what must be seen.
    Paper,
    /// The paper with a line of the series' colour around: a floor, a target, what has not happened.
    Hollow(usize),
    /// The text.
    Ink,
    /// A line in the text's colour.
    InkLine,
    /// A quiet text.
    Soft,
    /// A line of the axis.
    Axis,
    /// A line of the grid.
    Grid,
    /// A line to compare with.
    Reference,
    /// Lines over an area, which tell its series apart from others without colour.
    Hatch,
    /// The ring of a callout's number: paper within, text colour around.
    Note,
    /// A quiet area: a band of uncertainty, a box.
    Panel,
}

/// Colours of series, in the order of use. They were searched for: each two differ by 24 or more in CIE Lab, also as
/// readers with each of the common kinds of colour blindness see them; `tests/charts.rs` holds them to 20.
pub const SERIES: [&str; 6] = ["#4a6b8b", "#c18027", "#04a17d", "#622433", "#312274", "#554700"];

impl Paint {
    /// The class, and the attributes where no style sheet says more.
    #[must_use]
    pub fn attributes(self) -> String {
        let series = |at: usize| SERIES[at % SERIES.len()];
        let number = |at: usize| at % SERIES.len() + 1;
        match self {
            Self::Series(at) => format!("class=\"c{}\" fill=\"{}\"", number(at), series(at)),
            Self::SeriesLine(at) => format!("class=\"l{}\" fill=\"none\" stroke=\"{}\"", number(at), series(at)),
            Self::Hollow(at) => format!("class=\"h{}\" fill=\"#fff\" stroke=\"{}\"", number(at), series(at)),
            Self::Muted => "class=\"muted\" fill=\"#b5b0a6\"".to_owned(),
            Self::MutedLine => "class=\"muted-line\" fill=\"none\" stroke=\"#b5b0a6\"".to_owned(),
            Self::Paper => "class=\"paper\" fill=\"#fff\"".to_owned(),
            Self::Ink => "class=\"ink\" fill=\"#22201d\"".to_owned(),
            Self::InkLine => "class=\"ink-line\" fill=\"none\" stroke=\"#22201d\"".to_owned(),
            Self::Soft => "class=\"soft\" fill=\"#5f594f\"".to_owned(),
            Self::Axis => "class=\"axis\" fill=\"none\" stroke=\"#8a8377\"".to_owned(),
            Self::Grid => "class=\"grid\" fill=\"none\" stroke=\"#e3ded3\"".to_owned(),
            Self::Reference => "class=\"reference\" fill=\"none\" stroke=\"#97301f\"".to_owned(),
            Self::Hatch => "class=\"hatch\" fill=\"none\" stroke=\"#fff\" stroke-opacity=\"0.6\"".to_owned(),
            Self::Note => "class=\"note\" fill=\"#fff\" stroke=\"#22201d\"".to_owned(),
            Self::Panel => "class=\"panel\" fill=\"#f1ede3\"".to_owned(),
        }
    }
}

/// The body of a drawing in the making.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ink {
    /// The elements so far.
    pub svg: String,
    /// Where addresses of records go.
    pub links: Vec<MarkLink>,
    /// Every text, in the order of writing.
    pub labels: Vec<Label>,
    /// The link that is being written.
    open: Option<OpenMark>,
}

/// A link whose name waits for the words that are seen in it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct OpenMark {
    /// Where its name goes.
    name: usize,
    /// How many texts there were before it.
    labels: usize,
    /// What it says.
    says: String,
}

/// The letters and digits of a text, as words.
fn bare(text: &str) -> String {
    let words = text.split(|one: char| !one.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

impl Ink {
    /// Opens a group. Every opening has its [`close`](Self::close).
    pub fn open(&mut self, paint: Paint) {
        self.svg.push_str(&format!("<g {}>", paint.attributes()));
    }

    /// Opens a group that assistive technology leaves out: axes and grids, which the description and the table tell better.
    pub fn open_quiet(&mut self) {
        self.svg.push_str("<g aria-hidden=\"true\">");
    }

    /// Closes a group.
    pub fn close(&mut self) {
        self.svg.push_str("</g>\n");
    }

    /// Opens a mark: what stands for one row of the data. `says` is what a pointer that rests on it is told.
    pub fn open_mark(&mut self, says: &str, record: Option<(Kind, &str)>) {
        let title = escape(says);
        if let Some((kind, id)) = record {
            self.svg.push_str("<a href=\"");
            self.links.push(MarkLink { at: self.svg.len(), kind, id: id.to_owned() });
            self.svg.push_str("\" class=\"mark\"");
            self.open = Some(OpenMark { name: self.svg.len(), labels: self.labels.len(), says: says.to_owned() });
            self.svg.push_str(&format!("><title>{title}</title>"));
        } else {
            self.svg.push_str(&format!("<g class=\"mark\"><title>{title}</title>"));
        }
    }

    /// Closes a mark; `record` is as it was opened with. The name of a link holds the words that are seen in it, so that
    /// who speaks to the page can call it by them.
    pub fn close_mark(&mut self, record: Option<(Kind, &str)>) {
        if let Some(open) = self.open.take() {
            let seen = self.labels[open.labels..].iter().map(|label| label.text.as_str()).collect::<Vec<_>>().join(" ");
            let name = if bare(&open.says).contains(&bare(&seen)) { open.says } else { format!("{seen}. {}", open.says) };
            let rest = self.svg.split_off(open.name);
            self.svg.push_str(&format!(" aria-label=\"{}\"{rest}", escape(&name)));
        }
        self.svg.push_str(if record.is_some() { "</a>\n" } else { "</g>\n" });
    }

    /// Writes another drawing into this one, moved to the right and down.
    pub fn append(&mut self, other: &Self, right: f64, down: f64) {
        if other.svg.is_empty() {
            return;
        }
        let moved = right != 0.0 || down != 0.0;
        if moved {
            self.svg.push_str(&format!("<g transform=\"translate({} {})\">", number(right), number(down)));
        }
        let start = self.svg.len();
        self.links.extend(other.links.iter().map(|link| MarkLink { at: link.at + start, ..link.clone() }));
        self.labels.extend(other.labels.iter().map(|label| {
            let area = Area { x: label.area.x + right, y: label.area.y + down, ..label.area };
            Label { text: label.text.clone(), area }
        }));
        self.svg.push_str(&other.svg);
        if moved {
            self.svg.push_str("</g>\n");
        }
    }

    /// Whether a text would stand clear of every text so far.
    #[must_use]
    pub fn is_free(&self, area: &Area) -> bool {
        !self.labels.iter().any(|label| label.area.overlaps(area))
    }

    /// A rectangle. One of no width or height is left out.
    pub fn rect(&mut self, area: Area, more: &str) {
        if area.width > 0.0 && area.height > 0.0 {
            let [x, y, width, height] = [area.x, area.y, area.width, area.height].map(number);
            self.svg.push_str(&format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{}/>", spaced(more)));
        }
    }

    /// A line between two points.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), more: &str) {
        let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(number);
        self.svg.push_str(&format!("<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"{}/>", spaced(more)));
    }

    /// A circle.
    pub fn circle(&mut self, at: (f64, f64), radius: f64, more: &str) {
        let [x, y, radius] = [at.0, at.1, radius].map(number);
        self.svg.push_str(&format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"{}/>", spaced(more)));
    }

    /// A path through points, closed or not.
    pub fn path(&mut self, points: &[(f64, f64)], closed: bool, more: &str) {
        let Some((first, rest)) = points.split_first() else { return };
        let mut way = format!("M{} {}", number(first.0), number(first.1));
        for (x, y) in rest {
            way.push_str(&format!("L{} {}", number(*x), number(*y)));
        }
        if closed {
            way.push('Z');
        }
        self.shape(&way, more);
    }

    /// A path in SVG's own words.
    pub fn shape(&mut self, way: &str, more: &str) {
        self.svg.push_str(&format!("<path d=\"{way}\"{}/>", spaced(more)));
    }

    /// A text of labels' size on one line; `y` is its base line.
    pub fn text(&mut self, at: (f64, f64), anchor: Anchor, text: &str, weight: Weight) {
        self.text_sized(at, anchor, text, LABEL, weight);
    }

    /// A text of another size.
    pub fn text_sized(&mut self, at: (f64, f64), anchor: Anchor, text: &str, size: f64, weight: Weight) {
        if text.is_empty() {
            return;
        }
        let width = font::width(text, size, weight);
        let (left, word) = match anchor {
            Anchor::Start => (at.0, ""),
            Anchor::Middle => (at.0 - width / 2.0, " text-anchor=\"middle\""),
            Anchor::End => (at.0 - width, " text-anchor=\"end\""),
        };
        let area = Area { x: left, y: at.1 - size * ASCENT, width, height: size };
        self.labels.push(Label { text: text.to_owned(), area });
        let weight = if weight == Weight::Bold { " font-weight=\"700\"" } else { "" };
        let size = if (size - LABEL).abs() < 0.01 { String::new() } else { format!(" font-size=\"{}\"", number(size)) };
        self.svg.push_str(&format!("<text x=\"{}\" y=\"{}\"{word}{weight}{size}>{}</text>\n", number(at.0), number(at.1), escape(text)));
    }

    /// Lines of a text, one below the other; `y` is the base line of the first.
    pub fn lines(&mut self, at: (f64, f64), anchor: Anchor, lines: &[String], weight: Weight) {
        let mut y = at.1;
        for line in lines {
            self.text((at.0, y), anchor, line, weight);
            y += LEADING;
        }
    }
}

fn spaced(more: &str) -> String {
    if more.is_empty() { String::new() } else { format!(" {more}") }
}

/// A coordinate: to a hundredth, without needless signs.
#[must_use]
pub fn number(value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    // There is no minus zero in a drawing, and what is not a number would break it.
    let rounded = if rounded == 0.0 || !rounded.is_finite() { 0.0 } else { rounded };
    rounded.to_string()
}

/// A finished drawing of one width.
#[derive(Debug, Clone, PartialEq)]
pub struct Canvas {
    /// Its width, in CSS pixels.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// What is drawn.
    pub ink: Ink,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_never_break_a_drawing() {
        assert_eq!([0.0, -0.001, 12.345_6, -3.0, f64::NAN, f64::INFINITY].map(number), ["0", "0", "12.35", "-3", "0", "0"]);
    }

    #[test]
    fn texts_are_escaped_and_measured() {
        let mut ink = Ink::default();
        ink.text((100.0, 20.0), Anchor::End, "a < b", Weight::Regular);
        assert_eq!(ink.svg, "<text x=\"100\" y=\"20\" text-anchor=\"end\">a &lt; b</text>\n");
        let area = ink.labels[0].area;
        assert!((area.right() - 100.0).abs() < 1e-9 && area.width > 20.0);
    }

    #[test]
    fn a_mark_keeps_the_place_of_its_address() {
        let mut ink = Ink::default();
        let record = Some((Kind::Claim, "steel"));
        ink.open_mark("2022: 3.2%", record);
        ink.close_mark(record);
        let at = ink.links[0].at;
        assert!(ink.svg[..at].ends_with("href=\"") && ink.svg[at..].starts_with('"'));
    }
}
