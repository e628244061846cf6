//! Glyphs with places to lines and words.

use crate::quote::class::raise;

/// A gap from here on is a space: in parts of the font's size.
const SPACE: f64 = 0.15;
/// From here on up or down, or from here on back, another line begins: likewise.
const NEXT_LINE: f64 = 0.6;
/// Smaller and higher than this a digit is raised: likewise.
const RAISED: (f64, f64) = (0.85, 0.15);

/// A vector on the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Vector {
    /// To the right.
    pub(super) x: f64,
    /// Upwards.
    pub(super) y: f64,
}

impl Vector {
    fn dot(self, other: Self) -> f64 {
        self.x * other.x + self.y * other.y
    }

    fn cross(self, other: Self) -> f64 {
        self.x * other.y - self.y * other.x
    }

    fn plus(self, other: Self, by: f64) -> Self {
        Self { x: self.x + other.x * by, y: self.y + other.y * by }
    }
}

/// What stands at one place of a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    /// Where it begins, on the line that the letters stand on.
    pub(super) origin: Vector,
    /// The direction of writing, of length one.
    pub(super) along: Vector,
    /// How far it reaches in that direction.
    pub(super) advance: f64,
    /// The size of its font on the page.
    pub(super) size: f64,
}

/// The text of the pages as far as it has been read.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// The text.
    pub(super) text: String,
    /// How many glyphs there were.
    pub(super) glyphs: usize,
    /// How many of them stand for no known letter.
    pub(super) unreadable: usize,
    /// The last glyph on the line; its size is that of the line.
    last: Option<Glyph>,
}

impl Lines {
    /// Adds a glyph and the letters that it stands for.
    pub(super) fn add(&mut self, glyph: Glyph, letters: Option<&str>) {
        self.glyphs += 1;
        let letters = letters.unwrap_or_else(|| {
            self.unreadable += 1;
            "\u{fffd}"
        });
        let Some(last) = self.last.filter(|last| last.along.dot(glyph.along) > 0.9) else {
            return self.begin(glyph, letters);
        };
        let moved = glyph.origin.plus(last.origin, -1.0);
        let gap = last.along.dot(moved) - last.advance;
        let up = last.along.cross(moved);
        let size = last.size.max(glyph.size);
        // A glyph may be drawn twice to make it bold.
        if moved.dot(moved).sqrt() < size * 0.1 && last.advance > size * 0.2 && self.text.ends_with(letters) {
            return;
        }
        if up.abs() > size * NEXT_LINE || gap < -size * NEXT_LINE {
            return self.begin(glyph, letters);
        }
        if gap > size * SPACE && !self.text.ends_with(char::is_whitespace) && !letters.starts_with(char::is_whitespace) {
            self.text.push(' ');
        }
        let (smaller, higher) = RAISED;
        if glyph.size < last.size * smaller && up > last.size * higher {
            self.text.extend(letters.chars().map(raise));
            let origin = glyph.origin.plus(Vector { x: last.along.y, y: -last.along.x }, up);
            self.last = Some(Glyph { origin, size: last.size, ..glyph });
        } else {
            self.text.push_str(letters);
            self.last = Some(glyph);
        }
    }

    /// Ends a line, such as the last of a page.
    pub(super) fn end(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        self.last = None;
    }

    fn begin(&mut self, glyph: Glyph, letters: &str) {
        self.end();
        self.text.push_str(letters);
        self.last = Some(glyph);
    }
}
