//! Citations: keys without brackets, and long sources without the place in them.

use std::collections::BTreeMap;

use super::Scene;
use crate::briefing::Resolved;
use crate::kind::{Data, Kind, Source, SourceType};
use crate::parse::{Body, Target};
use crate::text::{Cover, Diagnostic, Diagnostics, Place, nearest, offer, rules};

/// `naked-citation`: `@key` in running text, where the key is a source's or nearly one. Other words with `@` are names
/// of accounts.
pub(super) fn naked(scene: &Scene<'_>, diagnostics: &mut Diagnostics) {
    let registry = &scene.briefing.registry;
    let mut near: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for section in scene.briefing.sections.iter().filter(|section| !section.body.prose.handles.is_empty()) {
        let links = links(&section.body);
        for (key, span) in section.body.prose.handles.iter().filter(|(_, span)| !links.holds(*span)) {
            let known = registry.find(Kind::Source, key).is_some();
            let near = near.entry(key).or_insert_with(|| if known { Vec::new() } else { nearest(key, registry.ids(Kind::Source)) });
            if !known && near.is_empty() {
                continue;
            }
            let place = Place::new(section.path.clone(), *span);
            let found = Diagnostic::new(&rules::NAKED_CITATION, place, format!("`@{key}` without brackets is no citation"));
            diagnostics.push(if known {
                found.help(format!("write `[@{key}]`")).replace("put it in brackets", true, format!("[@{key}]"))
            } else {
                found.maybe_help(offer(near))
            });
        }
    }
}

/// The links of a text: a citation among the words of one would destroy it.
fn links(body: &Body) -> Cover {
    body.references.iter().map(|one| one.span).chain(body.outside.iter().map(|(_, link)| *link)).collect()
}

/// `citation-without-locator`: a book, report or law is cited, and not where in it.
pub(super) fn without_locator(scene: &Scene<'_>, diagnostics: &mut Diagnostics) {
    let briefing = scene.briefing;
    for (number, section) in briefing.sections.iter().enumerate() {
        if !scene.asked(&rules::CITATION_WITHOUT_LOCATOR, number) {
            continue;
        }
        for (reference, resolved) in section.body.references.iter().zip(briefing.resolved[number].iter()) {
            let (Target::Cite(items), Resolved::Cite(sources)) = (&reference.target, resolved) else { continue };
            for (item, source) in items.iter().zip(sources).filter(|(item, _)| item.locator.trim().is_empty()) {
                let Some(record) = source.map(|source| &briefing.registry.get(source).record) else { continue };
                if matches!(&record.data, Data::Source(source) if is_long(source)) {
                    let place = Place::new(section.path.clone(), item.span);
                    let found = Diagnostic::new(
                        &rules::CITATION_WITHOUT_LOCATOR,
                        place,
                        format!("`{}` is long, and the place in it is not said", item.key),
                    );
                    diagnostics.push(found.help(format!("write it: `[@{}, p. 3]`", item.key)));
                }
            }
        }
    }
}

/// Whether a reader would search for long in a source of this type.
fn is_long(source: &Source) -> bool {
    use SourceType as T;
    matches!(
        source.source_type,
        T::Book
            | T::Report
            | T::Thesis
            | T::Legislation
            | T::Regulation
            | T::Standard
            | T::Collection
            | T::Hearing
            | T::Treaty
            | T::LegalCase
    )
}
