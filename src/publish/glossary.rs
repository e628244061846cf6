//! The glossary in SKOS: each term a concept, with its names in all languages.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::desk::Desk;
use super::file;
use crate::kind::{Data, Kind, Term};
use crate::output::OutFile;
use crate::page;
use crate::text::{Diagnostics, Place, Span};

/// The file, which needs full addresses.
pub(super) fn files(desk: &Desk) -> Vec<OutFile> {
    let briefing = &desk.briefing;
    if desk.address.base().is_none() || briefing.registry.count(Kind::Term) == 0 {
        return Vec::new();
    }
    let language = briefing.config.language.as_str();
    let info = Kind::Term.info();
    let scheme = desk.address.of(&format!("{}/index.html", info.folder));
    let concepts: Vec<Value> = briefing.registry.of(Kind::Term).filter_map(|number| concept(desk, number, &scheme)).collect();
    let tops: Vec<Value> = concepts.iter().map(|concept| json!({ "@id": concept["@id"] })).collect();
    let title = format!("{}: {}", briefing.config.title, info.title);
    let head = json!({
        "@id": scheme,
        "@type": "skos:ConceptScheme",
        "dct:title": { "@value": title, "@language": language },
        "skos:hasTopConcept": tops,
    });
    let graph: Vec<Value> = std::iter::once(head).chain(concepts).collect();
    let context = json!({ "skos": "http://www.w3.org/2004/02/skos/core#", "dct": "http://purl.org/dc/terms/" });
    let whole = json!({ "@context": context, "@graph": graph });
    vec![file(super::GLOSSARY, format!("{whole:#}\n"))]
}

fn concept(desk: &Desk, number: usize, scheme: &str) -> Option<Value> {
    let briefing = &desk.briefing;
    let annotation = briefing.registry.get(number);
    let Data::Term(term) = &annotation.record.data else { return None };
    let language = briefing.config.language.as_str();
    let label = page::plain(briefing, &annotation.label);
    let (preferred, others) = names(term, language, &label);
    let tagged = |(language, text): (&str, &str)| json!({ "@value": text, "@language": language });
    let mut concept = Map::new();
    let mut say = |name: &str, value: Value| concept.insert(name.to_owned(), value);
    say("@id", desk.address.of(&desk.place(number)).into());
    say("@type", "skos:Concept".into());
    say("skos:notation", annotation.record.id().into());
    say("skos:prefLabel", preferred.iter().map(|(language, text)| tagged((language, text))).collect());
    if !others.is_empty() {
        say("skos:altLabel", others.iter().map(|(language, text)| tagged((language, text))).collect());
    }
    if let Some(body) = &annotation.main {
        say("skos:definition", tagged((language, &page::plain(briefing, body))));
    }
    say("skos:inScheme", json!({ "@id": scheme }));
    say("skos:topConceptOf", json!({ "@id": scheme }));
    let related: Vec<Value> = related(desk, number).into_iter().map(|id| json!({ "@id": id })).collect();
    if !related.is_empty() {
        say("skos:related", related.into());
    }
    Some(Value::Object(concept))
}

/// The names by language: one that is preferred, and the others, none of which is a preferred one.
fn names<'t>(term: &'t Term, language: &'t str, label: &'t str) -> (BTreeMap<&'t str, &'t str>, BTreeSet<(&'t str, &'t str)>) {
    let mut preferred = BTreeMap::from([(language, label)]);
    let mut others: BTreeSet<(&str, &str)> = term.abbr.iter().chain(&term.aliases).map(|name| (language, name.as_str())).collect();
    for (tag, form) in &term.forms {
        if preferred.contains_key(tag.as_str()) {
            others.insert((tag, &form.form));
        } else {
            preferred.insert(tag, &form.form);
        }
    }
    others.retain(|(tag, name)| preferred.get(tag) != Some(name) && !name.trim().is_empty());
    (preferred, others)
}

/// The other terms that a term names.
fn related(desk: &Desk, number: usize) -> Vec<String> {
    let briefing = &desk.briefing;
    let place = Place::new("", Span::default());
    let see = &briefing.registry.get(number).record.common.see;
    // What is not there was reported when the briefing was indexed.
    let named = see.iter().filter_map(|see| briefing.scope().named(&see.value, Kind::Term, &place, &mut Diagnostics::default()));
    let terms = named.filter(|other| *other != number && briefing.registry.get(*other).record.kind == Kind::Term);
    terms.map(|other| desk.address.of(&desk.place(other))).collect()
}
