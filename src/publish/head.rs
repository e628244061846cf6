//! The head of a page: Open Graph, the names that reference managers know, and typed links.

use serde_json::Value;

use super::desk::Desk;
use super::{cards, jsonld};
use crate::kind::Kind;
use crate::page::data::Html;
use crate::page::{self, Cited, HeadLink, Machines, Meta, PageHead, Shape};
use crate::read::publish::Part;

/// What the head of a page tells machines. The page for what is not there tells them nothing.
pub(super) fn machines(desk: &Desk, shape: Shape, head: &PageHead) -> Machines {
    if shape == Shape::Missing {
        return Machines::default();
    }
    let cited = page::cited(&desk.briefing, shape);
    let mut metas = open_graph(desk, shape, head, cited.as_ref());
    if let Some(cited) = cited.as_ref().filter(|_| !matches!(shape, Shape::Figure(_))) {
        metas.extend(highwire(desk, shape, head, cited));
    }
    let graph = desk.makes(Part::JsonLd).then(|| jsonld::graph(desk, shape, head, cited.as_ref())).flatten();
    Machines { metas, links: links(desk, shape, head), graph: graph.map(Html) }
}

fn open_graph(desk: &Desk, shape: Shape, head: &PageHead, cited: Option<&Cited>) -> Vec<Meta> {
    let config = &desk.briefing.config;
    let dates = desk.section(shape).filter(|_| matches!(shape, Shape::Section(_))).map(|number| desk.dates(number));
    // A text without an author and a date is no article to those who read these names.
    let is_article = dates.is_some() && cited.is_some_and(|cited| !cited.thing.author.is_empty() && cited.thing.date.is_some());
    let mut metas = Vec::new();
    let mut property = |name: &str, content: &str| metas.push(meta("property", name, content));
    property("og:title", &head.title);
    property("og:type", if is_article { "article" } else { "website" });
    property("og:description", &head.description);
    property("og:site_name", &config.title);
    property("og:locale", &config.language.replace('-', "_"));
    if let Some(url) = &head.canonical {
        property("og:url", url);
    }
    let card = if cards::DRAWN && desk.makes(Part::Cards) { desk.address.full(&cards::path(&head.path)) } else { None };
    if let Some(card) = &card {
        property("og:image", card);
        property("og:image:type", "image/png");
        property("og:image:width", &cards::WIDTH.to_string());
        property("og:image:height", &cards::HEIGHT.to_string());
        property("og:image:alt", &format!("{} – {}", head.title, config.title));
    }
    if let Some(dates) = dates.filter(|_| is_article) {
        for (name, date) in [("published", &dates.published), ("modified", &dates.changed)] {
            if let Some(date) = date {
                property(&format!("article:{name}_time"), &super::dates::moment(date));
            }
        }
    }
    metas.push(meta("name", "twitter:card", if card.is_some() { "summary_large_image" } else { "summary" }));
    metas
}

/// The names by which Google Scholar and reference managers know a report.
fn highwire(desk: &Desk, shape: Shape, head: &PageHead, cited: &Cited) -> Vec<Meta> {
    let config = &desk.briefing.config;
    let thing = &cited.thing;
    let published = desk.section(shape).and_then(|number| desk.dates(number).published).or_else(|| thing.date.clone());
    let mut metas = Vec::new();
    let mut say = |name: &str, content: &str| metas.push(meta("name", &format!("citation_{name}"), content));
    say("title", &head.title);
    thing.author.iter().for_each(|name| say("author", name.trim_matches(['{', '}'])));
    if let Some(date) = published {
        let date = date.replace('-', "/");
        say("publication_date", &date);
        say("online_date", &date);
    }
    if let Some(name) = desk.institution() {
        say("technical_report_institution", name);
        say("publisher", name);
    }
    if let Some(number) = &config.publish.number {
        say("technical_report_number", number);
    }
    if let Some(language) = &thing.language {
        say("language", language);
    }
    if let Some(url) = &head.canonical {
        say("public_url", url);
        say("fulltext_html_url", url);
    }
    for source in desk.section(shape).into_iter().flat_map(|number| desk.used(number, Kind::Source)) {
        if let Some(item) = desk.source(source) {
            say("reference", &reference(&item));
        }
    }
    metas
}

/// A source as one line of named parts.
fn reference(item: &Value) -> String {
    let text = |member: &str| item.get(member).and_then(Value::as_str).map(str::to_owned);
    let names = item.get("author").and_then(Value::as_array).into_iter().flatten().map(name);
    let mut parts: Vec<(&str, String)> = text("title").map(|title| ("title", title)).into_iter().collect();
    parts.extend(names.map(|name| ("author", name)));
    parts.extend(date(item).map(|date| ("publication_date", date)));
    let container = if text("type").as_deref() == Some("article-journal") { "journal_title" } else { "inbook_title" };
    parts.extend(text("container-title").map(|title| (container, title)));
    parts.extend(text("publisher").map(|name| ("publisher", name)));
    parts.extend(text("DOI").map(|doi| ("doi", doi)));
    // A semicolon parts the names, so none may stand in a value.
    parts.iter().map(|(name, value)| format!("citation_{name}={}", value.replace(';', ","))).collect::<Vec<_>>().join("; ")
}

/// A name of CSL-JSON with the family name first.
fn name(name: &Value) -> String {
    let part = |member: &str| name.get(member).and_then(Value::as_str);
    match (part("literal"), part("family"), part("given")) {
        (Some(literal), ..) => literal.to_owned(),
        (None, Some(family), Some(given)) => format!("{family}, {given}"),
        (None, family, given) => family.or(given).unwrap_or_default().to_owned(),
    }
}

/// The date of an item as these names want it: `2024/05/01`.
fn date(item: &Value) -> Option<String> {
    super::csl::issued(item).map(|date| date.replace('-', "/"))
}

fn meta(attribute: &'static str, name: &str, content: &str) -> Meta {
    Meta { attribute, name: name.to_owned(), content: content.to_owned() }
}

const ATOM: &str = "application/atom+xml";
const CSL: &str = "application/vnd.citationstyles.csl+json";
const JSON: &str = "application/json";
const JSON_FEED: &str = "application/feed+json";
const JSON_LD: &str = "application/ld+json";

/// Typed links: what the page is to be cited by, what describes it, its other forms, its parts as files.
fn links(desk: &Desk, shape: Shape, head: &PageHead) -> Vec<HeadLink> {
    let mut links = Vec::new();
    let mut link = |rel: &'static str, href: String, media_type: Option<&'static str>, title: &str| {
        links.push(HeadLink { rel, href, media_type, title: Some(title.to_owned()).filter(|title| !title.is_empty()) });
    };
    let root = |path: &str| format!("{}{path}", head.root);
    let has_base = desk.address.base().is_some();
    if matches!(shape, Shape::Home | Shape::Section(_) | Shape::Figure(_)) {
        if let Some(url) = &head.canonical {
            link("cite-as", url.clone(), None, "");
        }
        link("describedby", page::citation::CSL_JSON.to_owned(), Some(CSL), "How to cite this page");
    }
    if has_base && desk.makes(Part::Annotations) && desk.section(shape).is_some() {
        link("describedby", root(super::ANNOTATIONS), Some(JSON_LD), "The marks of the text as annotations");
    }
    if desk.makes(Part::Markdown) && super::markdown::has_copy(shape) {
        link("alternate", "index.md".to_owned(), Some("text/markdown"), "This page in Markdown");
    }
    if has_base && desk.makes(Part::Feeds) {
        link("alternate", root(super::ATOM_FEED), Some(ATOM), "Sections and corrections (Atom)");
        link("alternate", root(super::JSON_FEED), Some(JSON_FEED), "Sections and corrections (JSON Feed)");
    }
    for (part, path, media_type) in items(desk, shape) {
        if desk.makes(part) {
            link("item", root(path), Some(media_type), "");
        }
    }
    if desk.makes(Part::Manifest) {
        link("manifest", root(super::MANIFEST), None, "");
        if cards::DRAWN {
            link("apple-touch-icon", root(super::manifest::TOUCH_ICON), None, "");
        }
    }
    links
}

/// The records of a register as files.
fn items(desk: &Desk, shape: Shape) -> Vec<(Part, &'static str, &'static str)> {
    match shape {
        Shape::Register(Kind::Claim) => {
            vec![(Part::Claims, super::CLAIMS_CSV, "text/csv"), (Part::Claims, super::CLAIMS_JSON, JSON)]
        }
        Shape::Register(Kind::Term) if desk.address.base().is_some() => vec![(Part::Glossary, super::GLOSSARY, JSON_LD)],
        Shape::Register(Kind::Source) => vec![
            (Part::Sources, super::SOURCES_CSL, CSL),
            (Part::Sources, super::SOURCES_BIB, "application/x-bibtex"),
            (Part::Sources, super::SOURCES_RIS, "application/x-research-info-systems"),
        ],
        _ => Vec::new(),
    }
}
