//! Citations: keys without brackets, and long sources without the place in them.

use std::sync::PoisonError;

use super::{Text, asked};
use crate::briefing::Resolved;
use crate::kind::{Data, Kind, Source, SourceType};
use crate::parse::{Body, Target};
use crate::text::{Cover, Diagnostic, Diagnostics, Place, nearest, offer, rules};

/// `naked-citation`: `@key` in running text, where the key is a source's or nearly one. Other words with `@` are names
/// of accounts.
pub(super) fn naked(text: &Text<'_>, diagnostics: &mut Diagnostics) {
    let handles = &text.section.body.prose.handles;
    if handles.is_empty() {
        return;
    }
    let links = links(&text.section.body);
    for (key, span) in handles.iter().filter(|(_, span)| !links.holds(*span)) {
        let place = Place::new(text.section.path.clone(), *span);
        let found = Diagnostic::new(&rules::NAKED_CITATION, place, format!("`@{key}` without brackets is no citation"));
        if text.briefing.registry.find(Kind::Source, key).is_some() {
            diagnostics.push(found.help(format!("write `[@{key}]`")).replace("put it in brackets", true, format!("[@{key}]")));
        } else if let Some(near) = near(text, key) {
            diagnostics.push(found.help(near));
        }
    }
}

/// The sources that are nearly called so, as an offer. One account may be named in many sections, and is looked for once.
fn near(text: &Text<'_>, key: &str) -> Option<String> {
    let mut known = text.near.lock().unwrap_or_else(PoisonError::into_inner);
    let look = || offer(&nearest(key, text.briefing.registry.ids(Kind::Source)));
    known.entry(key.to_owned()).or_insert_with(look).clone()
}

/// The links of a text: a citation among the words of one would destroy it.
fn links(body: &Body) -> Cover {
    body.references.iter().map(|one| one.span).chain(body.outside.iter().map(|(_, link)| *link)).collect()
}

/// `citation-without-locator`: a book, report or law is cited, and not where in it.
pub(super) fn without_locator(text: &Text<'_>, diagnostics: &mut Diagnostics) {
    if !asked(text.briefing, &rules::CITATION_WITHOUT_LOCATOR, text.section) {
        return;
    }
    for (reference, resolved) in text.section.body.references.iter().zip(text.resolved) {
        let (Target::Cite(items), Resolved::Cite(sources)) = (&reference.target, resolved) else { continue };
        for (item, source) in items.iter().zip(sources).filter(|(item, _)| item.locator.trim().is_empty()) {
            let Some(record) = source.map(|source| &text.briefing.registry.get(source).record) else { continue };
            if matches!(&record.data, Data::Source(source) if is_long(source)) {
                let place = Place::new(text.section.path.clone(), item.span);
                let message = format!("`{}` is long, and the place in it is not said", item.key);
                let found = Diagnostic::new(&rules::CITATION_WITHOUT_LOCATOR, place, message);
                diagnostics.push(found.help(format!("write it: `[@{}, p. 3]`", item.key)));
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
