//! What tests of drawings share: figures from a few lines, numbers that look random, and laws that every drawing keeps.

use super::ink::Canvas;
use crate::kind::Figure;

/// A figure's record from its kind and more lines of TOML.
pub(super) fn figure(kind: &str, more: &str) -> Figure {
    let (value, mut faults) = crate::read::toml(&format!("kind = \"{kind}\"\ntitle = \"T\"\n{more}"));
    let crate::read::Data::Table(record) = value.data else { panic!("a table") };
    let figure = crate::read::fill(&record, crate::text::Span::default(), &[], &mut faults);
    figure.unwrap_or_else(|| panic!("a figure: {faults:?}"))
}

/// Numbers that look random, and are the same in each run.
pub(super) struct Chance(pub u64);

impl Chance {
    /// A number below another.
    pub(super) fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % most
    }

    /// A name of up to 120 letters: Latin words, one long word, or Chinese.
    pub(super) fn name(&mut self) -> String {
        let most = if self.below(4) == 0 { 120 } else { 24 };
        let length = 1 + self.below(most);
        let letters: Vec<char> = match self.below(4) {
            0 => "河南省制造业发展三年行动计划，".chars().collect(),
            1 => "abcdefgMW".chars().collect(),
            _ => "ab cde fgh-ij klm".chars().collect(),
        };
        let name: String = (0..length).map(|_| letters[self.below(letters.len())]).collect();
        format!("x{}", name.trim().trim_matches('-').trim())
    }
}

/// Every text lies inside the drawing, no two cover each other, and every group is closed.
pub(super) fn held(canvas: &Canvas, about: &str) {
    let svg = &canvas.ink.svg;
    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{about}");
    let count = |what: &str| svg.matches(what).count();
    assert_eq!((count("<g"), count("<a ")), (count("</g>"), count("</a>")), "{about}");
    let labels = &canvas.ink.labels;
    for label in labels {
        let area = label.area;
        let inside = area.x >= -0.01 && area.y >= -0.01 && area.right() <= canvas.width + 0.01 && area.bottom() <= canvas.height + 0.01;
        assert!(inside, "“{}” at {area:?} leaves {} × {}: {about}", label.text, canvas.width, canvas.height);
    }
    for (at, label) in labels.iter().enumerate() {
        let other = labels[at + 1..].iter().find(|other| other.area.overlaps(&label.area));
        assert!(other.is_none(), "“{}” {:?} and {other:?} cover each other: {about}", label.text, label.area);
    }
}
