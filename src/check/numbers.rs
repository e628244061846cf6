//! Numbers of the running text that nobody answers for.

use super::{Text, asked};
use crate::text::{Diagnostic, Diagnostics, Place, rules};

/// `number-without-claim`: a figure outside any marked claim, in a sentence without a citation.
pub(super) fn without_claim(text: &Text<'_>, diagnostics: &mut Diagnostics) {
    if !asked(text.briefing, &rules::NUMBER_WITHOUT_CLAIM, text.section) {
        return;
    }
    for span in &text.section.body.prose.numbers {
        let place = Place::new(text.section.path.clone(), *span);
        let found = Diagnostic::new(&rules::NUMBER_WITHOUT_CLAIM, place, "nobody answers for this number");
        diagnostics.push(found.help("mark the passage with its claim, `[words](claim:id)`, or cite a source in its sentence"));
    }
}
