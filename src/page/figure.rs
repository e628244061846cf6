//! A figure at its place: number, title, drawing, caption, source line, data.

use super::fill::record_text;
use super::links::View;
use crate::briefing::Briefing;
use crate::draw::{self, CellLink, Content, Drawing};
use crate::kind::{Data, Kind};
use crate::parse::escape;

/// The figure as HTML.
pub(super) fn figure(briefing: &Briefing, view: &View, number: usize) -> String {
    let annotation = briefing.registry.get(number);
    let Data::Figure(figure) = &annotation.record.data else { return String::new() };
    let Some(drawing) = briefing.drawings.get(&number) else { return String::new() };
    let anchor = escape(&Kind::Figure.anchor(annotation.record.id()));
    let label = briefing
        .figures
        .get(&number)
        .map(|(number, _)| format!("<span class=\"figure-number\">Figure {number}</span> "))
        .unwrap_or_default();
    let mut out = format!("<figure class=\"figure figure-{}\" id=\"{anchor}\"><figcaption>{label}", drawing.class);
    out.push_str(&format!("<span class=\"figure-title\">{}</span>", record_text(briefing, view, &annotation.label)));
    if let Some(unit) = &figure.unit {
        out.push_str(&format!(" <span class=\"figure-unit\">{}</span>", escape(unit)));
    }
    out.push_str(&format!(
        " <a class=\"permalink\" href=\"{}\" aria-label=\"This figure in the index of figures\">#</a></figcaption>\n",
        view.record(briefing, number)
    ));
    out.push_str(&drawn(briefing, view, drawing, &figure.title));
    if let Some(caption) = &annotation.main {
        out.push_str(&format!("<div class=\"figure-caption\">{}</div>\n", record_text(briefing, view, caption)));
    }
    for (name, body) in &annotation.texts {
        out.push_str(&format!("<p class=\"figure-meta\"><b>{name}:</b> {}</p>\n", record_text(briefing, view, body)));
    }
    out.push_str(&source_line(briefing, view, number));
    let rights: Vec<String> = [("Credit", &figure.credit), ("Licence", &figure.license)]
        .iter()
        .filter_map(|(name, text)| text.as_ref().map(|text| format!("{name}: {}", escape(text))))
        .collect();
    if !rights.is_empty() {
        out.push_str(&format!("<p class=\"figure-meta\">{}</p>\n", rights.join(" · ")));
    }
    if let Some(link) = data_link(briefing, view, number) {
        out.push_str(&format!("<p class=\"figure-data\"><a href=\"{}\" download>{}</a></p>\n", link.0, link.1));
    }
    out.push_str("</figure>\n");
    out
}

fn drawn(briefing: &Briefing, view: &View, drawing: &Drawing, title: &str) -> String {
    match &drawing.content {
        Content::Table(table) => {
            let address = |link: CellLink<'_>| Some(view.record(briefing, briefing.registry.find(link.kind, link.id)?));
            draw::table_html(table, title, &address) + "\n"
        }
        Content::Picture { path, size, alt } => {
            let href = format!("{}{path}", view.root);
            format!("<p class=\"figure-picture\">{}</p>\n", draw::img(&href, *size, alt, ""))
        }
    }
}

/// The sources that the figure's record names, each a link.
fn source_line(briefing: &Briefing, view: &View, number: usize) -> String {
    let record = &briefing.registry.get(number).record;
    let sources: Vec<String> = record
        .common
        .sources
        .iter()
        .filter_map(|support| {
            let source = briefing.registry.find(Kind::Source, &support.id.value)?;
            let place = support.locator.as_ref().map(|locator| format!(", {}", escape(locator))).unwrap_or_default();
            Some(format!("<a href=\"{}\">{}</a>{place}", view.record(briefing, source), briefing.short_name(source)))
        })
        .collect();
    match sources.len() {
        0 => String::new(),
        1 => format!("<p class=\"figure-source\">Source: {}</p>\n", sources[0]),
        _ => format!("<p class=\"figure-source\">Sources: {}</p>\n", sources.join("; ")),
    }
}

/// The address of the figure's data, and what the link says.
pub(super) fn data_link(briefing: &Briefing, view: &View, number: usize) -> Option<(String, String)> {
    let drawing = briefing.drawings.get(&number)?;
    let file = drawing.file.as_deref().filter(|_| drawing.class == "table");
    if let Some(file) = file {
        let form = file.rsplit_once('.').map_or("file", |(_, end)| end).to_uppercase();
        return Some((view.asset(file), format!("Data ({form})")));
    }
    drawing.csv.as_ref()?;
    Some((view.asset(&inline_data_path(briefing, number)), "Data (CSV)".to_owned()))
}

/// Where the data of a figure are written that stand in its record.
pub(crate) fn inline_data_path(briefing: &Briefing, number: usize) -> String {
    format!("figures/{}.csv", briefing.registry.get(number).record.id())
}
