//! Every mark of the text as a W3C Web Annotation: what is marked, and the record that it leads to.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::desk::Desk;
use super::file;
use super::marks::{Marks, Quote};
use crate::briefing::{Resolved, mark_anchor};
use crate::kind::{Data, Kind};
use crate::output::OutFile;
use crate::page::{self, Shape};
use crate::read::publish::Part;

/// What the marks of a page quote, in the order of their anchors.
#[derive(Debug, Default)]
pub struct Quotes(Vec<(Box<str>, Quote)>);

impl Quotes {
    fn get(&self, anchor: &str) -> Option<&Quote> {
        let at = self.0.binary_search_by(|(known, _)| (**known).cmp(anchor)).ok()?;
        Some(&self.0[at].1)
    }
}

/// The section of which a page shows the text, where its marks are told of.
#[must_use]
pub fn quoted(desk: &Desk, shape: Shape) -> Option<usize> {
    desk.section(shape).filter(|_| desk.makes(Part::Annotations) && desk.address.base().is_some())
}

/// What the marks of a section quote in its page, as that was made.
#[must_use]
pub fn quotes(desk: &Desk, section: usize, html: &[u8]) -> Quotes {
    let marks = Marks::read(&String::from_utf8_lossy(html), "ref-");
    let registry = &desk.briefing.registry;
    let quote = |(anchor, number): (String, usize)| {
        let own = matches!(registry.get(number).record.kind, Kind::Claim | Kind::Term | Kind::Entity);
        // A theme may leave marks out; a citation that is a note has its mark elsewhere.
        let quote = marks.quote(&anchor, own)?;
        Some((anchor.into(), quote))
    };
    let mut quotes: Vec<_> = anchors(desk, section).filter_map(quote).collect();
    quotes.sort_unstable_by(|(one, _): &(Box<str>, Quote), (other, _)| one.cmp(other));
    Quotes(quotes)
}

/// The file, which needs full addresses.
pub(super) fn files(desk: &Desk, quotes: &[(usize, Arc<Quotes>)]) -> Vec<OutFile> {
    let Some(url) = desk.address.full(super::ANNOTATIONS) else { return Vec::new() };
    // The pages come as they were made; the sections have an order.
    let quotes: BTreeMap<usize, &Quotes> = quotes.iter().map(|(section, quotes)| (*section, &**quotes)).collect();
    let items = Items { desk, quotes };
    let collection = Collection {
        context: "http://www.w3.org/ns/anno.jsonld",
        r#type: "AnnotationCollection",
        label: format!("The marks of {}", desk.briefing.config.title),
        total: items.count(),
        first: Page { id: format!("{url}#page"), r#type: "AnnotationPage", start_index: 0, items },
        id: url,
    };
    // Texts, numbers and lists of them can always be written.
    vec![file(super::ANNOTATIONS, serde_json::to_string(&collection).unwrap_or_default() + "\n")]
}

#[derive(Serialize)]
struct Collection<'d> {
    #[serde(rename = "@context")]
    context: &'static str,
    id: String,
    r#type: &'static str,
    label: String,
    total: usize,
    first: Page<'d>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Page<'d> {
    id: String,
    r#type: &'static str,
    start_index: usize,
    items: Items<'d>,
}

/// All annotations. There may be very many, so that each is made when it is written.
struct Items<'d> {
    desk: &'d Desk,
    quotes: BTreeMap<usize, &'d Quotes>,
}

impl Items<'_> {
    fn count(&self) -> usize {
        let quoted = |(section, quotes): (&usize, &&Quotes)| {
            let is_quoted = |(anchor, _): &(String, usize)| quotes.get(anchor).is_some();
            anchors(self.desk, *section).filter(is_quoted).count()
        };
        self.quotes.iter().map(quoted).sum()
    }
}

impl Serialize for Items<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.quotes.iter().flat_map(|(section, quotes)| of_section(self.desk, *section, quotes)))
    }
}

fn of_section(desk: &Desk, section: usize, quotes: &Quotes) -> Vec<Value> {
    let briefing = &desk.briefing;
    let address = &briefing.addresses.pages[section];
    let source = desk.address.of(address);
    let created = desk.dates(section).published.as_deref().map(super::dates::moment);
    let item = |(anchor, number): (String, usize)| {
        let quote = quotes.get(&anchor)?;
        let selector = json!({ "type": "TextQuoteSelector", "exact": quote.exact(), "prefix": quote.prefix(), "suffix": quote.suffix() });
        let mut item = json!({
            "id": desk.address.of(&format!("{address}#{anchor}")),
            "type": "Annotation",
            "motivation": motivation(briefing.registry.get(number).record.kind),
            "body": body(desk, number),
            "target": { "source": source, "selector": selector },
        });
        if let Some(created) = &created {
            item["created"] = created.as_str().into();
        }
        Some(item)
    };
    anchors(desk, section).filter_map(item).collect()
}

/// The anchors of all marks in a section, with the record of each.
fn anchors(desk: &Desk, section: usize) -> impl Iterator<Item = (String, usize)> {
    let anchor = |number, ordinal| (mark_anchor(&desk.briefing.registry, number, ordinal), number);
    marked(desk, section).into_iter().flat_map(move |(number, ordinals)| (1..=ordinals).map(move |ordinal| anchor(number, ordinal)))
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
