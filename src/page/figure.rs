//! A figure as HTML: number, title, drawing, caption, source line, links to its files and to its page.

use super::data::Link;
use super::fill::record_text;
use super::links::View;
use crate::briefing::Briefing;
use crate::draw::ink::MarkLink;
use crate::draw::{self, CellLink, Content, Drawing, svg};
use crate::kind::{Data, Figure, FigureKind, Kind};
use crate::parse::escape;

/// Where a figure is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// In a section's text, among other things.
    Placed,
    /// On its own page, whose heading is its title, as large as it is clear.
    Alone,
}

/// The figure as HTML, at its place.
pub(super) fn figure(briefing: &Briefing, view: &View, number: usize) -> String {
    written(briefing, view, number, Manner::Placed)
}

/// The figure as HTML, on its own page.
pub(super) fn alone(briefing: &Briefing, view: &View, number: usize) -> String {
    written(briefing, view, number, Manner::Alone)
}

fn written(briefing: &Briefing, view: &View, number: usize, manner: Manner) -> String {
    let annotation = briefing.registry.get(number);
    let Data::Figure(figure) = &annotation.record.data else { return String::new() };
    let mut out = head(briefing, view, number, figure, manner);
    // What could not be drawn was reported; its caption and sources stand all the same, and so does its anchor.
    if let Some(drawing) = briefing.drawings.get(&number) {
        out.push_str(&drawn(briefing, view, drawing, &figure.title));
    }
    if let Some(caption) = &annotation.main {
        out.push_str(&format!("<div class=\"figure-caption\">{}</div>\n", record_text(briefing, view, caption)));
    }
    for (name, body) in &annotation.texts {
        let name = if *name == "Method" { "How it was made" } else { name };
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
    if let Some(drawing) = briefing.drawings.get(&number).filter(|_| !view.print) {
        out.push_str(&data(briefing, view, drawing, &figure.title, manner));
    }
    // Its own page has these below, and paper has no use for them.
    if manner == Manner::Placed && !view.print {
        out.push_str(&elsewhere(briefing, view, number));
    }
    out.push_str("</figure>\n");
    out
}

/// The opening of the element, with what names the figure.
fn head(briefing: &Briefing, view: &View, number: usize, figure: &Figure, manner: Manner) -> String {
    let annotation = briefing.registry.get(number);
    let anchor = escape(&Kind::Figure.anchor(annotation.record.id()));
    // Beside the title, or where the heading of the page has said that.
    let unit = figure.unit.as_ref().map(|unit| match manner {
        Manner::Placed => format!(" <span class=\"figure-unit\">({})</span>", escape(unit)),
        Manner::Alone => format!(" <span class=\"figure-unit\">Unit: {}</span>", escape(unit)),
    });
    let unit = unit.unwrap_or_default();
    let word = figure.kind.word();
    let alone = if manner == Manner::Alone { " figure-alone" } else { "" };
    let label = briefing
        .figures
        .get(&number)
        .map(|(number, _)| format!("<span class=\"figure-number\">Figure {number}</span> "))
        .unwrap_or_default();
    let title = record_text(briefing, view, &annotation.label);
    format!(
        "<figure class=\"figure figure-{word}{alone}\" id=\"{anchor}\"><figcaption>{label}<span class=\"figure-title\">{title}</span>{unit}</figcaption>\n"
    )
}

fn drawn(briefing: &Briefing, view: &View, drawing: &Drawing, title: &str) -> String {
    match &drawing.content {
        Content::Table(_) => table(briefing, view, drawing, title),
        Content::Drawn(drawn) => {
            let address = |link: &MarkLink| Some(view.record(briefing, briefing.registry.find(link.kind, &link.id)?));
            format!("<div class=\"drawings\">{}</div>\n", svg::inline(drawn, view.print, &address))
        }
        Content::Picture { path, alt, .. } => {
            format!("<p class=\"figure-picture\">{}</p>\n", briefing.picture(path, &view.root, alt, ""))
        }
    }
}

/// What is drawn, as a table that opens.
fn data(briefing: &Briefing, view: &View, drawing: &Drawing, title: &str, manner: Manner) -> String {
    let table = table(briefing, view, drawing, title);
    if table.is_empty() || !matches!(drawing.content, Content::Drawn(_)) {
        return String::new();
    }
    let open = if manner == Manner::Alone { " open" } else { "" };
    format!("<details class=\"data-table\"{open}><summary>Data as a table</summary>\n{table}</details>\n")
}

/// The data as a table, in which every cell that names a record leads to it.
fn table(briefing: &Briefing, view: &View, drawing: &Drawing, title: &str) -> String {
    let Some(table) = &drawing.table else { return String::new() };
    let named = |link: CellLink<'_>| {
        let number = briefing.registry.find(link.kind, link.id)?;
        Some((view.record(briefing, number), words(briefing, number)))
    };
    draw::table_html(table, title, &named) + "\n"
}

/// The words for a record in a table, as HTML.
fn words(briefing: &Briefing, number: usize) -> String {
    let record = &briefing.registry.get(number).record;
    match &record.data {
        Data::Claim(claim) => escape(claim.label.as_deref().unwrap_or(record.id())),
        Data::Source(_) => briefing.short_name(number),
        Data::Term(_) | Data::Entity(_) | Data::Figure(_) => escape(record.data.named().label()),
        Data::Note(_) => escape(record.id()),
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

/// One line of links: the figure's files, how to cite it, and its permanent address.
fn elsewhere(briefing: &Briefing, view: &View, number: usize) -> String {
    let page = view.record(briefing, number);
    let files = files(briefing, view, number).into_iter().map(|file| format!("<a href=\"{}\" download>{}</a>", file.href, file.text));
    let links = files.chain([format!("<a href=\"{page}#cite\">Cite</a>"), format!("<a href=\"{page}\">Permalink</a>")]);
    format!("<p class=\"figure-links\">{}</p>\n", links.collect::<Vec<_>>().join(" · "))
}

/// The files of a figure, each named by its form.
pub(super) fn files(briefing: &Briefing, view: &View, number: usize) -> Vec<Link> {
    let link = |path: &str, form: &str| Link { href: view.asset(path), text: form.to_uppercase() };
    let Some(drawing) = briefing.drawings.get(&number) else { return Vec::new() };
    match &drawing.content {
        Content::Picture { path, .. } => vec![link(path, path.rsplit_once('.').map_or("file", |(_, end)| end))],
        _ => forms(drawing).iter().map(|form| link(&file(briefing, number, form), form)).collect(),
    }
}

/// The forms in which a figure's data and drawing are written, by the endings of their files. A picture's file is the
/// author's own.
pub(crate) fn forms(drawing: &Drawing) -> &'static [&'static str] {
    let has_drawing = matches!(&drawing.content, Content::Table(drawn) | Content::Drawn(drawn) if !drawn.canvases.is_empty());
    match (drawing.table.is_some(), has_drawing) {
        (true, true) if cfg!(feature = "png") => &["csv", "json", "svg", "png"],
        (false, true) if cfg!(feature = "png") => &["svg", "png"],
        (true, true) => &["csv", "json", "svg"],
        (false, true) => &["svg"],
        (true, false) => &["csv", "json"],
        (false, false) => &[],
    }
}

/// The address of a figure's page, from the root of the site.
pub(crate) fn page(briefing: &Briefing, number: usize) -> String {
    format!("{}/{}/index.html", Kind::Figure.info().folder, briefing.registry.get(number).record.id())
}

/// The address of a file of a figure, from the root of the site: its data and its drawing stand beside its page.
pub(crate) fn file(briefing: &Briefing, number: usize, form: &str) -> String {
    let id = briefing.registry.get(number).record.id();
    format!("{}/{id}/{id}.{form}", Kind::Figure.info().folder)
}

/// The address of a figure's small drawing, from the root of the site.
pub(crate) fn small_file(briefing: &Briefing, number: usize) -> String {
    let id = briefing.registry.get(number).record.id();
    format!("{}/{id}/{id}-small.svg", Kind::Figure.info().folder)
}

/// The address of a mark's record as the files of figures give it.
pub(crate) fn from_figure(briefing: &Briefing, link: &MarkLink) -> Option<String> {
    Some(View::of_figure().record(briefing, briefing.registry.find(link.kind, &link.id)?))
}

/// What a reader calls a figure of this kind.
pub(super) fn word(briefing: &Briefing, number: usize) -> &'static str {
    match &briefing.registry.get(number).record.data {
        Data::Figure(figure) if matches!(figure.kind, FigureKind::Image | FigureKind::Svg) => "picture",
        Data::Figure(figure) => figure.kind.word(),
        _ => "",
    }
}

/// Whether a figure is drawn in its page, and not fetched as a picture.
pub(super) fn is_drawn(briefing: &Briefing, number: usize) -> bool {
    briefing.drawings.get(&number).is_some_and(|drawing| matches!(drawing.content, Content::Drawn(_)))
}
