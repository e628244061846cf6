//! What a page is about, as one graph in the vocabulary of schema.org.
//!
//! Every thing has one address, which is that of its anchor, and is described once, on the page that it belongs to; other
//! pages name it by that address. All addresses are full, so a site without one has no graph.

mod figure;
mod node;
mod records;

use serde_json::{Value, json};

use self::node::{Node, reference};
use super::cards;
use super::desk::Desk;
use crate::kind::Kind;
use crate::page::{self, Cited, PageHead, Shape};
use crate::read::publish::Part;

/// The graph of a page, fit for an element `script`.
pub(super) fn graph(desk: &Desk, shape: Shape, head: &PageHead, cited: Option<&Cited>) -> Option<String> {
    let url = head.canonical.as_deref()?;
    let mut nodes = match shape {
        Shape::Home | Shape::Section(_) => article(desk, shape, head, cited?, url),
        Shape::Register(Kind::Term) => records::terms(desk, head, url),
        Shape::Register(kind) => register(desk, kind, head, url),
        Shape::Figure(number) => figure::nodes(desk, number, head, url),
        Shape::Corrections => vec![collection("CollectionPage", desk, head, url).with("hasPart", corrections_named(desk)).done()],
        Shape::Order(_) | Shape::Print | Shape::Missing => vec![collection("WebPage", desk, head, url).done()],
    };
    if shape != Shape::Home {
        nodes.push(breadcrumbs(desk, shape, head));
    }
    let graph = json!({ "@context": "https://schema.org", "@graph": nodes });
    // Nothing in a text may end the element that holds it.
    Some(graph.to_string().replace('<', "\\u003c"))
}

/// The address of the briefing as a whole.
fn whole(desk: &Desk) -> String {
    desk.address.of("index.html#briefing")
}

/// The briefing, or one of its sections, with the claims that are first stated there.
fn article(desk: &Desk, shape: Shape, head: &PageHead, cited: &Cited, url: &str) -> Vec<Value> {
    let briefing = &desk.briefing;
    let section = desk.section(shape);
    let dates = section.map(|number| desk.dates(number)).unwrap_or_default();
    let published = dates.published.clone().or_else(|| cited.thing.date.clone());
    let changed = if shape == Shape::Home { desk.latest() } else { dates.changed };
    let named = |kind: Kind| section.map(|number| desk.used(number, kind)).unwrap_or_default();
    let all = |kind: Kind| named(kind).into_iter().map(|number| reference(&desk.address.of(&desk.place(number)))).collect::<Vec<_>>();
    let image = (cards::DRAWN && desk.makes(Part::Cards)).then(|| desk.address.of(&cards::path(&head.path)));
    let mentions: Vec<Value> = all(Kind::Claim).into_iter().chain(all(Kind::Term)).collect();
    let (kind, id) = if shape == Shape::Home { ("Report", whole(desk)) } else { ("Article", format!("{url}#section")) };
    let subtitle = section.and_then(|number| briefing.sections[number].head.subtitle.clone());
    let words = section.map(|number| briefing.sections[number].body.words);
    let mut node = Node::new(kind, &id)
        .with("url", url)
        .with("headline", head.title.as_str())
        .maybe("alternativeHeadline", subtitle)
        .with("abstract", head.description.as_str())
        .with("author", node::authors(&cited.thing))
        .maybe("publisher", desk.institution().map(node::organization))
        .maybe("datePublished", published.clone())
        .maybe("dateModified", changed.or(published))
        .maybe("inLanguage", cited.thing.language.clone())
        .maybe("image", image)
        .maybe("license", desk.license())
        .with("isAccessibleForFree", true)
        .maybe("wordCount", words)
        .with("citation", all(Kind::Source))
        .some("mentions", mentions);
    node = match shape {
        Shape::Home => {
            let sections = briefing.body_sections().map(|number| reference(&section_id(desk, number)));
            node.maybe("reportNumber", briefing.config.publish.number.clone()).some("hasPart", sections.collect())
        }
        _ => node.with("isPartOf", reference(&whole(desk))),
    };
    let corrections = section.map(|number| corrections(desk, number)).unwrap_or_default();
    let mut nodes = vec![node.some("correction", corrections).done()];
    let claims = named(Kind::Claim).into_iter().filter(|claim| briefing.uses[*claim].first().map(|one| one.section) == section);
    nodes.extend(claims.filter_map(|claim| records::claim(desk, claim, &id)));
    nodes
}

/// The address of a section as a thing, apart from its page.
fn section_id(desk: &Desk, number: usize) -> String {
    desk.address.of(&format!("{}#section", desk.briefing.addresses.pages[number]))
}

/// The corrections of a section, whole.
fn corrections(desk: &Desk, section: usize) -> Vec<Value> {
    let logged = page::corrections(&desk.briefing, section);
    let made = logged.iter().zip(&desk.briefing.sections[section].body.corrections).map(|(entry, correction)| {
        let id = desk.address.of(&format!("{}#{}", desk.briefing.addresses.pages[section], correction.anchor));
        Node::new("CorrectionComment", &id).with("text", page::words(&entry.body.0)).with("datePublished", entry.date.iso.as_str()).done()
    });
    made.collect()
}

/// The addresses of all corrections.
fn corrections_named(desk: &Desk) -> Vec<Value> {
    let sections = desk.briefing.sections.iter().zip(&desk.briefing.addresses.pages);
    let named = sections.flat_map(|(section, page)| section.body.corrections.iter().map(move |one| format!("{page}#{}", one.anchor)));
    named.map(|place| reference(&desk.address.of(&place))).collect()
}

/// A page that is made of other things.
fn collection(kind: &str, desk: &Desk, head: &PageHead, url: &str) -> Node {
    Node::new(kind, url)
        .with("url", url)
        .with("name", head.title.as_str())
        .with("description", head.description.as_str())
        .with("inLanguage", desk.briefing.config.language.as_str())
        .maybe("license", desk.license())
        .with("isPartOf", reference(&whole(desk)))
}

/// All records of a kind.
fn register(desk: &Desk, kind: Kind, head: &PageHead, url: &str) -> Vec<Value> {
    let page = collection("CollectionPage", desk, head, url);
    match kind {
        Kind::Source => std::iter::once(page.done()).chain(records::sources(desk)).collect(),
        Kind::Claim if desk.makes(Part::Claims) => {
            let data = records::claims_as_data(desk, head, url);
            vec![page.with("hasPart", reference(&format!("{url}#data"))).done(), data]
        }
        Kind::Figure => {
            let figures = desk.briefing.registry.of(Kind::Figure).flat_map(|number| figure::ids(desk, number));
            let figures: Vec<Value> = figures.map(|id| reference(&id)).collect();
            vec![page.some("hasPart", figures).done()]
        }
        _ => vec![page.done()],
    }
}

/// The way from the cover to a page.
fn breadcrumbs(desk: &Desk, shape: Shape, head: &PageHead) -> Value {
    let mut steps = vec![(desk.briefing.config.title.as_str(), "index.html".to_owned())];
    if let Shape::Figure(_) = shape {
        let info = Kind::Figure.info();
        steps.push((info.title, format!("{}/index.html", info.folder)));
    } else {
        let folders = head.path.match_indices('/').map(|(at, _)| format!("{}/index.html", &head.path[..at]));
        let title = |page: &str| Some(desk.briefing.sections[desk.briefing.addresses.section_at(page)?].title.as_str());
        steps.extend(folders.filter(|page| *page != head.path).filter_map(|page| Some((title(&page)?, page))));
    }
    steps.push((&head.title, head.path.clone()));
    let steps = steps
        .iter()
        .zip(1..)
        .map(|((name, path), position)| json!({ "@type": "ListItem", "position": position, "name": name, "item": desk.address.of(path) }));
    json!({ "@type": "BreadcrumbList", "itemListElement": steps.collect::<Vec<_>>() })
}
