//! Abbreviations that are nowhere written out.

use std::collections::BTreeSet;

use super::Scene;
use crate::kind::Kind;
use crate::text::{Diagnostic, Diagnostics, Place, rules};

/// Abbreviations that need no words: countries and bodies that everybody knows by them, and signs of measures.
const KNOWN: [&str; 12] = ["AD", "BC", "EU", "ID", "OK", "PDF", "TV", "UK", "UN", "US", "USA", "UTC"];

/// `unexpanded-abbreviation`: reported once, at its first place. It counts as written out where a term or an entity
/// has it among its names, where it stands in brackets beside other words, or where `[checks]` lists it.
pub(super) fn unexpanded(scene: &Scene<'_>, diagnostics: &mut Diagnostics) {
    let briefing = scene.briefing;
    let mut known: BTreeSet<&str> = KNOWN.into_iter().collect();
    known.extend(briefing.config.checks.abbreviations.iter().map(String::as_str));
    known.extend(briefing.sections.iter().flat_map(|section| section.body.prose.expanded.iter().map(String::as_str)));
    for number in briefing.registry.of(Kind::Term).chain(briefing.registry.of(Kind::Entity)) {
        let named = briefing.registry.get(number).record.data.named();
        known.extend(named.names().into_iter().flat_map(words));
    }
    for section in &briefing.sections {
        for (name, span) in &section.body.prose.abbreviations {
            if known.insert(name) && !briefing.registry.lost().has_name(name) {
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
}

/// The words of a name: a firm that is called `CREG Equipment` explains `CREG`.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|one: char| !one.is_alphanumeric()).filter(|word| !word.is_empty())
}
