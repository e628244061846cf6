//! Terms that come before their definition.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Scene, asked};
use crate::kind::Kind;
use crate::text::{Diagnostic, Diagnostics, Place, rules};

/// `term-before-definition`: a reader meets a term in plain words before the mark that shows its definition, or in a
/// section before the one that declares it.
pub(super) fn before_definition(scene: &Scene<'_>, diagnostics: &mut Diagnostics) {
    let briefing = scene.briefing;
    let asked: Vec<bool> =
        (0..briefing.sections.len()).map(|section| asked(briefing, &rules::TERM_BEFORE_DEFINITION, &briefing.sections[section])).collect();
    if !asked.contains(&true) {
        return;
    }
    let declared: BTreeMap<&str, usize> = briefing.sections.iter().enumerate().map(|(at, section)| (section.path.as_ref(), at)).collect();
    for term in briefing.registry.of(Kind::Term) {
        let record = &briefing.registry.get(term).record;
        let first = briefing.uses[term].first();
        let home = declared.get(&*record.place.path).copied();
        if let Some(first) = first.filter(|first| home.is_some_and(|home| first.section < home) && asked[first.section]) {
            let section = &briefing.sections[first.section];
            let place = Place::new(section.path.clone(), section.body.references[first.reference].span);
            let message = format!("the term `{}` is used before the section that declares it", record.id());
            diagnostics.push(
                Diagnostic::new(&rules::TERM_BEFORE_DEFINITION, place, message)
                    .related(record.place.clone(), "it is declared here")
                    .help("declare it in this section, or in a register"),
            );
        }
        let mark = first.map(|first| (first.section, briefing.sections[first.section].body.references[first.reference].span.start));
        in_plain_words(scene, term, mark, &asked, diagnostics);
    }
}

/// Reports the first place of a term's name that comes before its first mark.
fn in_plain_words(scene: &Scene<'_>, term: usize, mark: Option<(usize, usize)>, asked: &[bool], diagnostics: &mut Diagnostics) {
    let Some(mark) = mark else { return };
    let briefing = scene.briefing;
    let record = &briefing.registry.get(term).record;
    // What is broken may hold an earlier mark.
    if briefing.registry.lost().has_name(record.id()) {
        return;
    }
    let names = record.data.named().names();
    for (number, section) in briefing.sections.iter().enumerate().take(mark.0 + 1).filter(|(number, _)| asked[*number]) {
        for block in &section.body.prose.blocks {
            // In the paragraph of the mark itself, the meaning is at hand.
            if block.place(0..block.text.len()).is_none_or(|whole| (number, whole.end) >= mark) {
                continue;
            }
            let Some((name, span)) = names.iter().find_map(|name| Some((*name, block.place(word(&block.text, name)?)?))) else { continue };
            let message = format!("“{name}” stands here before the mark that shows what it means");
            let found = Diagnostic::new(&rules::TERM_BEFORE_DEFINITION, Place::new(section.path.clone(), span), message);
            diagnostics.push(found.help(format!("mark it where it comes first: `[{name}](term:{})`", record.id())));
            return;
        }
    }
}

/// The first place of a name in a text as a word of its own.
fn word(text: &str, name: &str) -> Option<Range<usize>> {
    let joined = |one: Option<char>| one.is_some_and(|one| one.is_ascii_alphanumeric());
    let whole = |at: &usize| !joined(text[..*at].chars().next_back()) && !joined(text[at + name.len()..].chars().next());
    text.match_indices(name).map(|(at, _)| at).find(whole).map(|at| at..at + name.len())
}
