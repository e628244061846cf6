//! The headings of a section: their order, and what stands under them.

use super::Text;
use crate::text::{Diagnostic, Diagnostics, Place, Span, rules};

/// `heading-jump`: a heading more than one level below the one before it. The section's title is of the first level.
pub(super) fn jumps(text: &Text<'_>, diagnostics: &mut Diagnostics) {
    let mut before = 1;
    for heading in &text.section.body.headings {
        if heading.level > before + 1 {
            let place = Place::new(text.section.path.clone(), heading.span);
            let message = format!("this heading is of level {}, and the one before it of level {before}", heading.level);
            let marks = "#".repeat(usize::from(before) + 1);
            diagnostics.push(Diagnostic::new(&rules::HEADING_JUMP, place, message).help(format!("begin it with `{marks}`")));
        }
        before = heading.level;
    }
}

/// `empty-section`: a section without text, or a heading with nothing under it. The pages of the cover and of a part
/// show their contents, so these need no text of their own.
pub(super) fn empty(text: &Text<'_>, diagnostics: &mut Diagnostics) {
    let section = text.section;
    let body = &section.body;
    let bare = body.main.html.trim().is_empty() && body.main.holes.is_empty();
    if bare && !section.content_path.ends_with("index.md") {
        let place = Place::new(section.path.clone(), Span::default());
        let found = Diagnostic::new(&rules::EMPTY_SECTION, place, "this section has no text");
        diagnostics.push(found.help("write it, or set `draft = true` in its front matter until it is written"));
    }
    for heading in body.headings.iter().filter(|heading| heading.empty) {
        let place = Place::new(section.path.clone(), heading.span);
        let found = Diagnostic::new(&rules::EMPTY_SECTION, place, "nothing stands under this heading");
        diagnostics.push(found.help("write its text, or delete the heading"));
    }
}
