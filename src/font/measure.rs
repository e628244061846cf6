//! How wide a text is, by the advance widths of the bundled fonts.

use std::sync::LazyLock;

use ttf_parser::Face;

/// What a face of a reader's system may be wider than the measured one.
const ALLOWANCE: f64 = 1.05;
/// Characters whose widths are looked up once: Latin with its accents, Greek, Cyrillic, punctuation, arrows, signs.
const TABLE: u32 = 0x2600;

/// How strong the letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weight {
    /// As running text.
    #[default]
    Regular,
    /// As headings.
    Bold,
}

/// Advance widths in parts of an em, by character.
struct Widths {
    table: Vec<f32>,
    /// What a character gets that the font does not have.
    unknown: f32,
}

impl Widths {
    fn of(font: &[u8]) -> Self {
        let unknown = 0.6;
        let Ok(face) = Face::parse(font, 0) else { return Self { table: Vec::new(), unknown } };
        let em = f32::from(face.units_per_em());
        let advance = |code: u32| {
            let glyph = face.glyph_index(char::from_u32(code)?)?;
            Some(f32::from(face.glyph_hor_advance(glyph)?) / em)
        };
        Self { table: (0..TABLE).map(|code| advance(code).unwrap_or(unknown)).collect(), unknown }
    }

    fn of_char(&self, one: char) -> f32 {
        let code = u32::from(one);
        if is_wide(code) {
            return 1.0;
        }
        if is_silent(code) {
            return 0.0;
        }
        usize::try_from(code).ok().and_then(|at| self.table.get(at)).copied().unwrap_or(self.unknown)
    }
}

/// Han characters, kana, Hangul, full-width forms and pictographs fill a square.
const fn is_wide(code: u32) -> bool {
    matches!(code, 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe4f | 0xff01..=0xff60 | 0xffe0..=0xffe6 | 0x1f300..=0x1faff | 0x20000..=0x3fffd)
}

/// Marks that stand on the character before them, and signs that show nothing.
const fn is_silent(code: u32) -> bool {
    matches!(code, 0x300..=0x36f | 0x200b..=0x200f | 0x2060..=0x2064 | 0xfe00..=0xfe0f | 0xfeff)
}

static REGULAR: LazyLock<Widths> = LazyLock::new(|| Widths::of(super::REGULAR));
static BOLD: LazyLock<Widths> = LazyLock::new(|| Widths::of(super::BOLD));

/// How wide a text on one line may be, in the unit of `size`, which is the height of an em.
#[must_use]
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let widths = match weight {
        Weight::Regular => &*REGULAR,
        Weight::Bold => &*BOLD,
    };
    let ems = text.chars().fold(0.0, |ems, one| ems + f64::from(widths.of_char(one)));
    ems * size * ALLOWANCE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_font() {
        // Noto Sans: 572 units of 1,000 a digit.
        let digits = width("0123456789", 10.0, Weight::Regular);
        assert!((digits - 57.2 * ALLOWANCE).abs() < 0.01, "{digits}");
        assert!(width("Steel", 10.0, Weight::Bold) > width("Steel", 10.0, Weight::Regular));
        assert!((width("河南", 10.0, Weight::Regular) - 20.0 * ALLOWANCE).abs() < 0.01);
        assert!((width("e\u{301}", 10.0, Weight::Regular) - width("e", 10.0, Weight::Regular)).abs() < 0.01);
        assert_eq!(width("", 10.0, Weight::Regular).to_bits(), 0);
    }
}
