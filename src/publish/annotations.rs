//! Every mark of the text as a W3C Web Annotation: what is marked, and the record that it leads to.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde_json::{Value, json};

use super::desk::Desk;
use super::marks::Marks;
use super::{Made, file};
use crate::briefing::{Resolved, mark_anchor};
use crate::kind::{Data, Kind};
use crate::output::OutFile;
use crate::page;

/// The file, which needs full addresses. Quotations are taken from the pages as they were made.
pub(super) fn files(desk: &Desk, pages: &[Made]) -> Vec<OutFile> {
    let Some(url) = desk.address.full(super::ANNOTATIONS) else { return Vec::new() };
    let mut found: Vec<(usize, Vec<Value>)> = pages.par_iter().filter_map(|made| of_page(desk, made)).collect();
    // The pages come as they were made; the sections have an order.
    found.sort_by_key(|(section, _)| *section);
    let items: Vec<Value> = found.into_iter().flat_map(|(_, items)| items).collect();
    let whole = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": url,
        "type": "AnnotationCollection",
        "label": format!("The marks of {}", desk.briefing.config.title),
        "total": items.len(),
        "first": { "id": format!("{url}#page"), "type": "AnnotationPage", "startIndex": 0, "items": items },
    });
    vec![file(super::ANNOTATIONS, format!("{whole}\n"))]
}

fn of_page(desk: &Desk, made: &Made) -> Option<(usize, Vec<Value>)> {
    let section = desk.section(made.shape)?;
    let briefing = &desk.briefing;
    let html = std::str::from_utf8(&made.file.bytes).ok()?;
    let address = &briefing.addresses.pages[section];
    let source = desk.address.of(address);
    let created = desk.dates[section].published.as_deref().map(super::dates::moment);
    let marks = Marks::read(html, "ref-");
    let mut items = Vec::new();
    for (number, ordinals) in marked(desk, section) {
        let kind = briefing.registry.get(number).record.kind;
        for ordinal in 1..=ordinals {
            let anchor = mark_anchor(&briefing.registry, number, ordinal);
            // A theme may leave marks out; a citation that is a note has its mark elsewhere.
            let Some(quote) = marks.quote(&anchor, matches!(kind, Kind::Claim | Kind::Term | Kind::Entity)) else { continue };
            let selector = json!({ "type": "TextQuoteSelector", "exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix });
            let mut item = json!({
                "id": desk.address.of(&format!("{address}#{anchor}")),
                "type": "Annotation",
                "motivation": motivation(kind),
                "body": body(desk, number),
                "target": { "source": source, "selector": selector },
            });
            if let Some(created) = &created {
                item["created"] = created.as_str().into();
            }
            items.push(item);
        }
    }
    Some((section, items))
}

/// The records that have marks in a section, with the number of each one's marks.
fn marked(desk: &Desk, section: usize) -> Vec<(usize, usize)> {
    let briefing = &desk.briefing;
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for (resolved, ordinals) in briefing.resolved[section].iter().zip(&briefing.ordinals[section]) {
        let records: Vec<Option<usize>> = match resolved {
            Resolved::Cite(items) => items.clone(),
            Resolved::Record(record) => vec![Some(*record)],
            _ => Vec::new(),
        };
        for (record, ordinal) in records.into_iter().zip(ordinals) {
            counts.extend(record.map(|record| (record, *ordinal)));
        }
    }
    let kinds = [Kind::Claim, Kind::Note, Kind::Source, Kind::Term, Kind::Entity];
    let used = kinds.into_iter().flat_map(|kind| desk.used(section, kind));
    used.filter_map(|number| Some((number, *counts.get(&number)?))).collect()
}

const fn motivation(kind: Kind) -> &'static str {
    match kind {
        Kind::Claim => "assessing",
        Kind::Note => "commenting",
        Kind::Term => "describing",
        Kind::Entity => "identifying",
        Kind::Source | Kind::Figure => "linking",
    }
}

/// What a mark says: the address of its record, and the words of claims and notes.
fn body(desk: &Desk, number: usize) -> Value {
    let annotation = desk.briefing.registry.get(number);
    let link = json!({ "type": "SpecificResource", "source": desk.address.of(&desk.place(number)), "purpose": "linking" });
    let text = match &annotation.record.data {
        Data::Claim(claim) => {
            let support = claim.support.map(|support| format!(" ({})", support.word())).unwrap_or_default();
            format!("{}{support}", page::plain(&desk.briefing, &annotation.label))
        }
        Data::Note(_) => annotation.main.as_ref().map(|body| page::plain(&desk.briefing, body)).unwrap_or_default(),
        _ => return link,
    };
    let language = desk.briefing.config.language.as_str();
    json!([{ "type": "TextualBody", "value": text, "format": "text/plain", "language": language }, link])
}
