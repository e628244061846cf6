//! The outside addresses of a briefing: what its texts link to, and where its sources stand.

use std::sync::Arc;

use super::Address;
use crate::briefing::Briefing;
use crate::kind::Data;
use crate::parse::{Annotation, Body};
use crate::text::{Place, Span};

/// Every outside address of a briefing, with its place, in the order of the records and sections.
pub fn gather(briefing: &Briefing) -> Vec<Address> {
    let mut found = Vec::new();
    for number in 0..briefing.registry.len() {
        let annotation = briefing.registry.get(number);
        of_source(annotation, &mut found);
        for body in annotation.bodies() {
            of_text(body, &annotation.record.place.path, &mut found);
        }
    }
    for section in &briefing.sections {
        of_text(&section.body, &section.path, &mut found);
    }
    found
}

fn of_text(body: &Body, path: &Arc<str>, found: &mut Vec<Address>) {
    let address = |(url, span): &(String, Span)| Address { url: url.clone(), places: vec![Place::new(path.clone(), *span)] };
    found.extend(body.outside.iter().map(address));
}

/// A source has its address, that of an archived copy, and the one that its DOI stands for.
fn of_source(annotation: &Annotation, found: &mut Vec<Address>) {
    let Data::Source(source) = &annotation.record.data else { return };
    let doi = source.doi.as_ref().map(|doi| format!("https://doi.org/{doi}"));
    for (key, url) in [("url", &source.url), ("archived", &source.archived), ("doi", &doi)] {
        found.extend(url.iter().map(|url| Address { url: url.clone(), places: vec![annotation.record.place_of(key)] }));
    }
}
