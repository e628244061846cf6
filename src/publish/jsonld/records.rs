//! Sources, terms and claims as things of a graph.

use serde_json::{Value, json};

use super::super::{csl, desk::Desk};
use super::node::{Node, author, organization, reference};
use crate::kind::{Data, Kind, SourceType};
use crate::page::{self, PageHead};
use crate::parse::safe_url;

/// All sources.
pub(super) fn sources(desk: &Desk) -> Vec<Value> {
    let source = |number: usize| {
        let Data::Source(source) = &desk.briefing.registry.get(number).record.data else { return None };
        let item = desk.source(number)?;
        let web = |url: &Option<String>| url.clone().filter(|url| url.starts_with("http") && safe_url(url));
        let authors: Vec<Value> = item.get("author").and_then(Value::as_array).into_iter().flatten().map(author).collect();
        let node = Node::new(type_of(source.source_type), &desk.address.of(&desk.place(number)))
            .maybe("name", source.title.clone())
            .maybe("alternateName", source.original_title.clone())
            .some("author", authors)
            .maybe("publisher", source.publisher.as_deref().map(organization))
            .maybe("datePublished", csl::issued(&item))
            .maybe("inLanguage", source.language.clone())
            .maybe("url", web(&source.url))
            .maybe("archivedAt", web(&source.archived));
        Some(node.done())
    };
    desk.briefing.registry.of(Kind::Source).filter_map(source).collect()
}

/// The nearest word of schema.org for a kind of document.
const fn type_of(source_type: SourceType) -> &'static str {
    match source_type {
        SourceType::ArticleNewspaper => "NewsArticle",
        SourceType::ArticleJournal => "ScholarlyArticle",
        SourceType::Article | SourceType::ArticleMagazine => "Article",
        SourceType::Book => "Book",
        SourceType::Chapter => "Chapter",
        SourceType::Dataset => "Dataset",
        SourceType::Bill | SourceType::Legislation | SourceType::Regulation | SourceType::Treaty => "Legislation",
        SourceType::Report => "Report",
        SourceType::Thesis => "Thesis",
        SourceType::Map => "Map",
        SourceType::PostWeblog => "BlogPosting",
        SourceType::Webpage => "WebPage",
        _ => "CreativeWork",
    }
}

/// The glossary and its terms.
pub(super) fn terms(desk: &Desk, head: &PageHead, url: &str) -> Vec<Value> {
    let briefing = &desk.briefing;
    let term = |number: usize| {
        let annotation = briefing.registry.get(number);
        let Data::Term(term) = &annotation.record.data else { return None };
        let id = desk.address.of(&desk.place(number));
        let others: Vec<Value> = term.abbr.iter().chain(&term.aliases).map(|name| name.as_str().into()).collect();
        let node = Node::new("DefinedTerm", &id)
            .with("name", page::plain(briefing, &annotation.label))
            .some("alternateName", others)
            .with("termCode", annotation.record.id())
            .maybe("description", annotation.main.as_ref().map(|body| page::plain(briefing, body)))
            .with("inDefinedTermSet", reference(url))
            .with("url", id.as_str());
        Some(node.done())
    };
    let terms: Vec<Value> = briefing.registry.of(Kind::Term).filter_map(term).collect();
    let named: Vec<Value> = terms.iter().filter_map(|term| term.get("@id").and_then(Value::as_str).map(reference)).collect();
    let set = super::collection("DefinedTermSet", desk, head, url).with("hasDefinedTerm", named).done();
    std::iter::once(set).chain(terms).collect()
}

/// A claim as it first stands in a text.
pub(super) fn claim(desk: &Desk, number: usize, appearance: &str) -> Option<Value> {
    let annotation = desk.briefing.registry.get(number);
    let Data::Claim(claim) = &annotation.record.data else { return None };
    let sources = annotation.record.common.sources.iter().filter_map(|support| {
        let source = desk.briefing.registry.find(Kind::Source, &support.id.value)?;
        Some(reference(&desk.address.of(&desk.place(source))))
    });
    let said = claim.said_by.as_ref().map(|who| format!("Said by {who}."));
    let support = claim.support.map(|support| format!("Support: {}.", support.word()));
    let about: Vec<String> = [said, support].into_iter().flatten().collect();
    let node = Node::new("Claim", &desk.address.of(&desk.place(number)))
        .with("text", page::plain(&desk.briefing, &annotation.label))
        .maybe("description", Some(about.join(" ")))
        .with("appearance", reference(appearance))
        .some("citation", sources.collect());
    Some(node.done())
}

/// The register of claims as a set of data.
pub(super) fn claims_as_data(desk: &Desk, head: &PageHead, url: &str) -> Value {
    let count = desk.briefing.registry.count(Kind::Claim);
    let title = &desk.briefing.config.title;
    let file = |path: &str, form: &str| json!({ "@type": "DataDownload", "contentUrl": desk.address.of(path), "encodingFormat": form });
    let files = vec![file(super::super::CLAIMS_CSV, "text/csv"), file(super::super::CLAIMS_JSON, "application/json")];
    Node::new("Dataset", &format!("{url}#data"))
        .with("name", format!("{}: {title}", head.title))
        .with(
            "description",
            format!("{count} claims of {title}: each with who says it, how well it is supported, its value and its sources."),
        )
        .maybe("license", desk.license())
        .maybe("creator", desk.institution().map(organization))
        .with("distribution", files)
        .done()
}
