//! Figures: placed, described, captioned, sourced, licensed.

use super::{Records, Scene, Text};
use crate::kind::{Data, Figure, Kind, Record};
use crate::parse::Target;
use crate::text::{Diagnostic, Diagnostics, Place, rules};

/// `unplaced-figure`: a figure that is referred to and stands nowhere.
pub(super) fn unplaced(scene: &Scene<'_>, diagnostics: &mut Diagnostics) {
    let briefing = scene.briefing;
    if briefing.figures.len() == briefing.registry.count(Kind::Figure) {
        return;
    }
    for number in briefing.registry.of(Kind::Figure).filter(|number| !briefing.figures.contains_key(number)) {
        // One that nothing uses at all is found as unused.
        let Some(first) = briefing.uses[number].first() else { continue };
        let record = &briefing.registry.get(number).record;
        // What is broken may place it.
        if briefing.registry.lost().has_name(record.id()) {
            continue;
        }
        let section = &briefing.sections[first.section];
        let place = Place::new(section.path.clone(), section.body.references[first.reference].span);
        let found = Diagnostic::new(&rules::UNPLACED_FIGURE, record.place.clone(), format!("the figure `{}` is never placed", record.id()));
        let help = format!("put `![[fig:{}]]` alone in a paragraph", record.id());
        diagnostics.push(found.related(place, "it is referred to here").help(help));
    }
}

/// `missing-alt`, `missing-caption`, `figure-without-source` and `figure-without-license`.
pub(super) fn without_texts(scene: &Records<'_>, diagnostics: &mut Diagnostics) {
    let registry = &scene.web.registry;
    for number in registry.of(Kind::Figure) {
        let record = &registry.get(number).record;
        let Data::Figure(figure) = &record.data else { continue };
        for found in missing(record, figure) {
            diagnostics.push(found);
        }
    }
}

fn missing(record: &Record, figure: &Figure) -> Vec<Diagnostic> {
    let id = record.id();
    let empty = |text: &Option<String>| text.as_ref().is_none_or(|text| text.trim().is_empty());
    let finding = |rule, message: String, help: &str| Diagnostic::new(rule, record.place.clone(), message).help(help);
    let mut found = Vec::new();
    // What is made from data is shown as text.
    if !figure.kind.from_data() && empty(&figure.alt) {
        let help = "add `alt`: what a reader who cannot see the figure must know";
        found.push(finding(&rules::MISSING_ALT, format!("the figure `{id}` has no alternative text"), help));
    }
    if empty(&figure.caption) {
        let help = "add `caption`: what the figure shows, and how to read it";
        found.push(finding(&rules::MISSING_CAPTION, format!("the figure `{id}` has no caption"), help));
    }
    if record.common.sources.is_empty() {
        let help = "add `sources`: a list of ids, or of tables with `id` and `locator`";
        found.push(finding(&rules::FIGURE_WITHOUT_SOURCE, format!("the figure `{id}` names no source"), help));
    }
    // What is drawn here from data is under the licence of the site; a picture has one of its own.
    if !figure.kind.from_data() && empty(&figure.license) {
        let help = "add `license`: its name, such as `CC BY 4.0`, or the words of whoever gave leave";
        found.push(finding(&rules::FIGURE_WITHOUT_LICENSE, format!("the picture of the figure `{id}` has no licence"), help));
    }
    found
}

/// `missing-alt` for images that stand in the text.
pub(super) fn images_without_alt(text: &Text<'_>, diagnostics: &mut Diagnostics) {
    for reference in &text.section.body.references {
        let Target::Image { path, alt, .. } = &reference.target else { continue };
        if alt.trim().is_empty() {
            let place = Place::new(text.section.path.clone(), reference.span);
            let found = Diagnostic::new(&rules::MISSING_ALT, place, format!("the image `{path}` has no alternative text"));
            diagnostics.push(found.help("write what it shows between the brackets: `![what it shows](file.png)`"));
        }
    }
}
