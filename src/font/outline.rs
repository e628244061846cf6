//! The shapes of letters, for what is drawn without a drawing.

use std::sync::LazyLock;

use ttf_parser::{Face, OutlineBuilder};

use super::Weight;

/// A step along the edge of a letter. Lengths are parts of an em, counted to the right and downwards from where the
/// letter begins on its line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step {
    /// Begins at a point.
    Move([f32; 2]),
    /// A straight line to a point.
    Line([f32; 2]),
    /// A curve with one handle to a point.
    Quad([f32; 2], [f32; 2]),
    /// A curve with two handles to a point.
    Cubic([f32; 2], [f32; 2], [f32; 2]),
    /// Back to where it began.
    Close,
}

/// A letter.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Letter {
    /// Its edge.
    pub steps: Vec<Step>,
    /// How far the next one stands from it.
    pub advance: f32,
}

/// The letter for a character, out of the first bundled font that has it.
#[must_use]
pub fn letter(one: char, weight: Weight) -> Option<Letter> {
    let faces = match weight {
        Weight::Regular => [&*REGULAR, &*HAN],
        Weight::Bold => [&*BOLD, &*HAN],
    };
    faces.into_iter().flatten().find_map(|face| {
        let glyph = face.glyph_index(one)?;
        let em = f32::from(face.units_per_em());
        let mut pen = Pen { steps: Vec::new(), scale: 1.0 / em };
        // A space has no edge, and a place all the same.
        let _ = face.outline_glyph(glyph, &mut pen);
        Some(Letter { steps: pen.steps, advance: f32::from(face.glyph_hor_advance(glyph)?) / em })
    })
}

static REGULAR: LazyLock<Option<Face<'static>>> = LazyLock::new(|| Face::parse(super::REGULAR, 0).ok());
static BOLD: LazyLock<Option<Face<'static>>> = LazyLock::new(|| Face::parse(super::BOLD, 0).ok());
static HAN: LazyLock<Option<Face<'static>>> = LazyLock::new(|| Face::parse(super::HAN, 0).ok());

struct Pen {
    steps: Vec<Step>,
    scale: f32,
}

impl Pen {
    fn at(&self, x: f32, y: f32) -> [f32; 2] {
        [x * self.scale, -y * self.scale]
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.steps.push(Step::Move(self.at(x, y)));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.steps.push(Step::Line(self.at(x, y)));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.steps.push(Step::Quad(self.at(x1, y1), self.at(x, y)));
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.steps.push(Step::Cubic(self.at(x1, y1), self.at(x2, y2), self.at(x, y)));
    }

    fn close(&mut self) {
        self.steps.push(Step::Close);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_come_from_the_font_that_has_them() {
        for (one, weight) in [('a', Weight::Regular), ('ä', Weight::Bold), ('河', Weight::Bold)] {
            let letter = letter(one, weight).expect("a letter");
            assert!(letter.steps.len() > 5 && letter.advance > 0.3, "{one}");
        }
        assert!(letter(' ', Weight::Regular).is_some_and(|space| space.steps.is_empty() && space.advance > 0.1));
        assert_eq!(letter('\u{fdd0}', Weight::Regular), None);
    }
}
