//! Signs with their words, in rows: the legend of a drawing that is no chart.

use super::ink::{Anchor, Ink, LABEL, LEADING, Paint};
use crate::font::{Weight, wrap};

/// Room for a sign, with the space up to its words.
const SIGN: f64 = 24.0;
/// Between two items of one row.
const APART: f64 = 18.0;
/// Lines that the words of one sign may take.
const LINES: usize = 6;

/// Draws the sign of an item's number around a point.
pub(super) type Sign<'a> = &'a dyn Fn(&mut Ink, usize, (f64, f64));

/// Draws items from a place on, in the room to its right. Gives the height.
pub(super) fn key(ink: &mut Ink, at: (f64, f64), room: f64, words: &[&str], sign: Sign<'_>) -> f64 {
    let (mut x, mut y, mut row) = (0.0, 0.0, 0.0_f64);
    for (number, text) in words.iter().enumerate() {
        let text = wrap(text, LABEL, Weight::Regular, room - SIGN, LINES);
        let own = SIGN + text.width;
        if x > 0.0 && x + own > room {
            y += row + 3.0;
            (x, row) = (0.0, 0.0);
        }
        sign(ink, number, (at.0 + x + 9.0, at.1 + y + LEADING / 2.0));
        ink.open(Paint::Soft);
        ink.lines((at.0 + x + SIGN, at.1 + y + LABEL), Anchor::Start, &text.lines, Weight::Regular);
        ink.close();
        row = row.max(height(&text.lines));
        x += own + APART;
    }
    y + row
}

/// The height of lines one below the other.
pub(super) fn height(lines: &[String]) -> f64 {
    lines.iter().map(|_| LEADING).sum()
}
