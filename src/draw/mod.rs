//! Figures: from a record, its data or its picture to the HTML that shows it.

mod board;
pub mod chart;
mod claims;
mod clean;
mod data;
mod describe;
pub mod diagram;
pub mod ink;
mod key;
pub mod look;
mod picture;
pub mod plot;
pub mod reading;
pub mod scale;
pub mod svg;
mod table;
#[cfg(test)]
mod testing;
pub mod timeline;

pub use claims::{Claims, Filled};
pub use clean::{Cleaned, Removal, SvgFault, clean};
pub use data::{csv_text, data_table, json_text};
pub use picture::{Picture, Size, Source, is_svg, size};
pub use table::{CellLink, html as table_html, link, links};

use std::sync::Arc;

use diagram::Diagram;
use look::Look;
use plot::{FaultPlace, Plot, PlotFault};
use svg::Drawn;
use timeline::Timeline;

use crate::kind::{ChartKind, Figure, FigureData, FigureKind, Record};
use crate::number::Units;
use crate::parse::escape;
use crate::read::DataTable;
use crate::read::snapshot::Snapshot;
use crate::text::{Diagnostic, Diagnostics, Place, rules, suggestion};

/// A figure, ready to be placed.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// The class that tells how it is drawn: the word of the figure's kind.
    pub class: &'static str,
    /// What is drawn.
    pub content: Content,
    /// Its data, in which every cell that named a claim where a number is wanted has the claim's value.
    pub table: Option<DataTable>,
    /// The cells of its table that stand for a claim.
    pub filled: Filled,
    /// The file of its data or picture, from the root of the content folder.
    pub file: Option<String>,
}

/// What a drawing shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Nothing but its table. The drawing is its small picture.
    Table(svg::Drawn),
    /// A picture of its data.
    Drawn(svg::Drawn),
    /// A picture of the content folder.
    Picture {
        /// The file from the root of the content folder.
        path: String,
        /// Its size in pixels, where the file tells it.
        size: Option<Size>,
        /// What a reader who cannot see it must know.
        alt: String,
    },
}

/// What drawing needs beside the figure's own record.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// The files.
    pub snapshot: &'a Snapshot,
    /// The units that numbers are read with.
    pub units: &'a Units,
    /// The claims whose values are drawn.
    pub claims: Claims<'a>,
}

/// Draws a figure. `None` where its data or picture is not there or not usable, which is reported.
pub fn drawing(record: &Record, figure: &Figure, desk: Desk<'_>, diagnostics: &mut Diagnostics) -> Option<Drawing> {
    match figure.kind {
        FigureKind::Chart | FigureKind::Table | FigureKind::Timeline => from_data(record, figure, desk, diagnostics),
        FigureKind::Diagram => diagram(record, figure, diagnostics),
        FigureKind::Image | FigureKind::Svg => picture(record, figure, desk.snapshot, diagnostics),
    }
}

fn from_data(record: &Record, figure: &Figure, desk: Desk<'_>, diagnostics: &mut Diagnostics) -> Option<Drawing> {
    let mut faults = Vec::new();
    let (mut table, file) = match figure.data.as_ref().map(|data| &data.value) {
        Some(FigureData::Claims(list)) => (claims::table(list, desk.claims), None),
        Some(FigureData::File(file)) => (data_table(record, figure, desk.snapshot, diagnostics)?, Some(file.clone())),
        None => (data_table(record, figure, desk.snapshot, diagnostics)?, None),
    };
    let filled = claims::fill(&mut table, figure, desk.claims, desk.units, &mut faults);
    let drawn = match figure.kind {
        FigureKind::Chart => chart_of(figure, &table, desk, &mut faults),
        FigureKind::Timeline => timeline_of(figure, &table, &mut faults),
        _ => None,
    };
    let data_path = file.as_ref().map_or_else(|| record.place.path.clone(), |file| format!("content/{file}").into());
    report(record, &data_path, faults, diagnostics);
    let content = drawn.map_or_else(|| Content::Table(small(figure, &table)), Content::Drawn);
    Some(Drawing { class: figure.kind.word(), content, table: Some(table), filled, file })
}

/// A chart of typed points; without a kind of its own, a line along dates and bars along names.
fn chart_of(figure: &Figure, table: &DataTable, desk: Desk<'_>, faults: &mut Vec<PlotFault>) -> Option<Drawn> {
    let chosen = figure.chart.as_ref().map(|chart| chart.value);
    let mut plot = Plot::read(figure, chosen.unwrap_or(ChartKind::Line), table, desk.units, faults)?;
    if chosen.is_none() && !matches!(plot.along, plot::Along::Times(_)) {
        plot = Plot::read(figure, ChartKind::Bar, table, desk.units, &mut Vec::new())?;
    }
    if plot.points.is_empty() {
        faults.push(PlotFault { message: "there is no value to draw".to_owned(), at: FaultPlace::Figure, help: None });
        return None;
    }
    let look = Look::read(figure, &plot, desk.claims, desk.units, faults);
    let canvases = svg::WIDTHS.map(|width| chart::chart(&plot, &look, width)).to_vec();
    let description = figure.alt.clone().unwrap_or_else(|| describe::chart(&plot, &look));
    Some(Drawn { canvases, title: describe::title(describe::chart_words(plot.chart), figure), description })
}

/// Events along a line of time.
fn timeline_of(figure: &Figure, table: &DataTable, faults: &mut Vec<PlotFault>) -> Option<Drawn> {
    let timeline = Timeline::read(figure, table, faults)?;
    let canvases = svg::WIDTHS.map(|width| timeline.canvas(width)).to_vec();
    let description = figure.alt.clone().unwrap_or_else(|| timeline.description());
    Some(Drawn { canvases, title: describe::title("Timeline", figure), description })
}

/// A diagram; its table lists its boxes.
fn diagram(record: &Record, figure: &Figure, diagnostics: &mut Diagnostics) -> Option<Drawing> {
    let mut faults = Vec::new();
    let read = Diagram::read(figure, &mut faults);
    report(record, &record.place.path, faults, diagnostics);
    let diagram = read?;
    let canvases = svg::WIDTHS.map(|width| diagram.canvas(width)).to_vec();
    let description = figure.alt.clone().unwrap_or_else(|| diagram.description());
    let drawn = Drawn { canvases, title: describe::title("Diagram", figure), description };
    let table = Some(diagram.table());
    Some(Drawing { class: figure.kind.word(), content: Content::Drawn(drawn), table, filled: Filled::new(), file: None })
}

/// A table as a picture, for lists of figures and as a bitmap.
fn small(figure: &Figure, table: &DataTable) -> Drawn {
    let canvases = svg::WIDTHS.map(|width| board::board(table, figure.unit.as_deref(), width)).to_vec();
    let count = describe::counted(table.rows.len(), "row", "rows");
    let description = figure.alt.clone().unwrap_or_else(|| format!("Table of {count}: {}.", table.columns.join(", ")));
    Drawn { canvases, title: describe::title("Table", figure), description }
}

/// Tells what is wrong with a figure's data at the place where it is written.
fn report(record: &Record, data: &Arc<str>, faults: Vec<PlotFault>, diagnostics: &mut Diagnostics) {
    for fault in faults {
        let place = match fault.at {
            FaultPlace::Data(span) => Place { path: data.clone(), span },
            FaultPlace::Record(span) => Place { path: record.place.path.clone(), span },
            FaultPlace::Figure => record.place.clone(),
        };
        diagnostics.push(Diagnostic::new(&rules::BAD_DATA, place, fault.message).maybe_help(fault.help));
    }
}

fn picture(record: &Record, figure: &Figure, snapshot: &Snapshot, diagnostics: &mut Diagnostics) -> Option<Drawing> {
    let Some(src) = &figure.src else {
        let diagnostic =
            Diagnostic::new(&rules::MISSING_IMAGE, record.place.clone(), format!("the figure `{}` names no picture", record.id()));
        diagnostics.push(diagnostic.help("add `src = \"figures/name.png\"`, a path from the content folder"));
        return None;
    };
    let path = format!("content/{}", src.value);
    let Some(bytes) = snapshot.get(&path) else {
        let known: Vec<&str> =
            snapshot.below("content").filter_map(|(path, _)| path.strip_prefix("content/")).filter(|path| !path.ends_with(".md")).collect();
        let diagnostic =
            Diagnostic::new(&rules::MISSING_IMAGE, record.place_of("src"), format!("there is no file `content/{}`", src.value));
        diagnostics.push(diagnostic.maybe_help(suggestion(&src.value, known)));
        return None;
    };
    let alt = figure.alt.clone().unwrap_or_else(|| figure.title.clone());
    let content = Content::Picture { path: src.value.clone(), size: size(&src.value, bytes), alt };
    Some(Drawing { class: figure.kind.word(), content, table: None, filled: Filled::new(), file: Some(src.value.clone()) })
}

/// An `img` element; `href` is the picture's address from the page.
#[must_use]
pub fn img(href: &str, size: Option<Size>, alt: &str, title: &str) -> String {
    let size = size.map(|size| format!(" width=\"{}\" height=\"{}\"", size.width, size.height)).unwrap_or_default();
    let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape(title)) };
    format!("<img src=\"{}\" alt=\"{}\"{size}{title} loading=\"lazy\" decoding=\"async\">", crate::parse::escape_href(href), escape(alt))
}
