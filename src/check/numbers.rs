//! Numbers of the running text that nobody answers for.

use super::Scene;
use crate::text::{Diagnostic, Diagnostics, Place, rules};

/// `number-without-claim`: a figure outside any marked claim, in a sentence without a citation.
pub(super) fn without_claim(scene: &Scene<'_>, diagnostics: &mut Diagnostics) {
    for (number, section) in scene.briefing.sections.iter().enumerate() {
        if !scene.asked(&rules::NUMBER_WITHOUT_CLAIM, number) {
            continue;
        }
        for span in &section.body.prose.numbers {
            let place = Place::new(section.path.clone(), *span);
            let found = Diagnostic::new(&rules::NUMBER_WITHOUT_CLAIM, place, "nobody answers for this number");
            diagnostics.push(found.help("mark the passage with its claim, `[words](claim:id)`, or cite a source in its sentence"));
        }
    }
}
