//! Abbreviations that are nowhere written out.

use std::collections::BTreeSet;

use super::Scene;
use crate::text::{Diagnostic, Diagnostics, Place, rules};

/// Abbreviations that need no words: countries and bodies that everybody knows by them, and signs of measures.
const KNOWN: [&str; 12] = ["AD", "BC", "EU", "ID", "OK", "PDF", "TV", "UK", "UN", "US", "USA", "UTC"];

/// `unexpanded-abbreviation`: reported once, at its first place. It counts as written out where a term or an entity
/// has it among its names, where it stands in brackets beside other words, or where `[checks]` lists it.
pub(super) fn unexpanded(scene: &Scene<'_>, diagnostics: &mut Diagnostics) {
    let briefing = scene.briefing;
    let listed = &briefing.config.checks.abbreviations;
    let is_known = |name: &str| {
        KNOWN.contains(&name)
            || listed.iter().any(|known| known == name)
            || briefing.registry.is_called(name)
            || briefing.registry.lost().has_name(name)
    };
    let prose = || briefing.sections.iter().map(|section| (section, &section.body.prose));
    let mut doubtful: BTreeSet<&str> = prose().flat_map(|(_, prose)| &prose.abbreviations).map(|(name, _)| name.as_str()).collect();
    doubtful.retain(|name| !is_known(name));
    if doubtful.is_empty() {
        return;
    }
    for name in prose().flat_map(|(_, prose)| &prose.expanded) {
        doubtful.remove(name.as_str());
    }
    for (section, prose) in prose() {
        for (name, span) in prose.abbreviations.iter().filter(|(name, _)| doubtful.remove(name.as_str())) {
            let found = Diagnostic::new(
                &rules::UNEXPANDED_ABBREVIATION,
                Place::new(section.path.clone(), *span),
                format!("the abbreviation `{name}` is nowhere written out"),
            );
            let help = format!(
                "write it out once, as in “the long form ({name})”; or declare a term with `abbr = \"{name}\"`; or list it as `abbreviations` under [checks] in postil.toml"
            );
            diagnostics.push(found.help(help));
        }
    }
}
