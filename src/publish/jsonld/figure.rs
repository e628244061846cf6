//! A figure as a picture and as data.

use serde_json::{Value, json};

use super::super::desk::Desk;
use super::node::{Node, organization, reference};
use crate::draw::Content;
use crate::kind::{Data, Figure, Kind};
use crate::page::{self, PageHead};

/// The addresses of a figure's picture and data, as far as it has them.
pub(super) fn ids(desk: &Desk, number: usize) -> Vec<String> {
    let page = desk.address.of(&desk.place(number));
    let has = [(image(desk, number).is_some(), "image"), (!data(desk, number).is_empty(), "data")];
    has.into_iter().filter(|(has, _)| *has).map(|(_, anchor)| format!("{page}#{anchor}")).collect()
}

/// The figure's page, its picture and its data.
pub(super) fn nodes(desk: &Desk, number: usize, head: &PageHead, url: &str) -> Vec<Value> {
    let annotation = desk.briefing.registry.get(number);
    let Data::Figure(figure) = &annotation.record.data else { return Vec::new() };
    let parts: Vec<Value> = ids(desk, number).iter().map(|id| reference(id)).collect();
    let mut nodes = vec![super::collection("WebPage", desk, head, url).some("hasPart", parts).done()];
    let sources = annotation.record.common.sources.iter().filter_map(|support| {
        let source = desk.briefing.registry.find(Kind::Source, &support.id.value)?;
        Some(reference(&desk.address.of(&desk.place(source))))
    });
    let sources: Vec<Value> = sources.collect();
    let credit = figure.credit.as_deref().or(desk.institution());
    let caption = annotation.main.as_ref().map(|body| page::plain(&desk.briefing, body)).filter(|text| !text.is_empty());
    let caption = caption.unwrap_or_else(|| head.title.clone());
    if let Some(image) = image(desk, number) {
        let node = Node::new("ImageObject", &format!("{url}#image"))
            .with("name", head.title.as_str())
            .with("contentUrl", desk.address.of(&image))
            .with("caption", caption.as_str())
            .maybe("creditText", credit)
            .maybe("license", license(desk, figure));
        nodes.push(node.some("isBasedOn", sources.clone()).done());
    }
    let files = data(desk, number);
    if !files.is_empty() {
        // Those who list data want to read more than a few words of it.
        let description = format!("{caption} {}, from {}.", head.title, desk.briefing.config.title);
        let node = Node::new("Dataset", &format!("{url}#data"))
            .with("name", head.title.as_str())
            .with("description", description)
            .maybe("license", license(desk, figure))
            .maybe("creator", credit.map(organization))
            .with("distribution", files);
        nodes.push(node.some("isBasedOn", sources).done());
    }
    nodes
}

/// The file of the picture: a bitmap where there is one.
fn image(desk: &Desk, number: usize) -> Option<String> {
    let drawing = desk.briefing.drawings.get(&number)?;
    if let Content::Picture { path, .. } = &drawing.content {
        return Some(path.clone());
    }
    let form = ["png", "svg"].into_iter().find(|form| page::figure_forms(drawing).contains(form))?;
    Some(page::figure_file(&desk.briefing, number, form))
}

/// The files of the data.
fn data(desk: &Desk, number: usize) -> Vec<Value> {
    let Some(drawing) = desk.briefing.drawings.get(&number) else { return Vec::new() };
    let form = |(form, media): (&str, &str)| {
        let url = desk.address.of(&page::figure_file(&desk.briefing, number, form));
        page::figure_forms(drawing).contains(&form).then(|| json!({ "@type": "DataDownload", "contentUrl": url, "encodingFormat": media }))
    };
    [("csv", "text/csv"), ("json", "application/json")].into_iter().filter_map(form).collect()
}

/// The figure's own licence, or that of the whole; the address of the latter where both are one.
fn license<'d>(desk: &'d Desk, figure: &'d Figure) -> Option<&'d str> {
    let own = figure.license.as_deref().filter(|own| Some(*own) != desk.briefing.config.license.as_deref());
    own.or(desk.license())
}
