//! Figures: from a record, its data or its picture to the HTML that shows it.

mod clean;
mod data;
pub mod ink;
mod picture;
pub mod plot;
pub mod reading;
pub mod scale;
mod table;

pub use clean::{Cleaned, SvgFault, clean};
pub use data::{csv_text, data_table};
pub use picture::{Size, size};
pub use table::{CellLink, html as table_html, link, links};

use crate::kind::{Figure, FigureData, Record};
use crate::parse::escape;
use crate::read::DataTable;
use crate::read::snapshot::Snapshot;
use crate::text::{Diagnostic, Diagnostics, rules, suggestion};

/// A figure, ready to be placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// The class that tells how it is drawn: `table`, `image` or `svg`.
    pub class: &'static str,
    /// What is drawn.
    pub content: Content,
    /// The file of its data or picture, from the root of the content folder.
    pub file: Option<String>,
    /// Its data as CSV, where they stand in the record and not in a file.
    pub csv: Option<String>,
}

/// What a drawing shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A table.
    Table(DataTable),
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

/// Draws a figure. `None` where its data or picture is not there or not usable, which is reported.
pub fn drawing(record: &Record, figure: &Figure, snapshot: &Snapshot, diagnostics: &mut Diagnostics) -> Option<Drawing> {
    if figure.kind.from_data() {
        let table = data_table(record, figure, snapshot, diagnostics)?;
        Some(from_data(figure, table))
    } else {
        picture(record, figure, snapshot, diagnostics)
    }
}

fn from_data(figure: &Figure, table: DataTable) -> Drawing {
    let file = match figure.data.as_ref().map(|data| &data.value) {
        Some(FigureData::File(file)) => Some(file.clone()),
        _ => None,
    };
    let csv = file.is_none().then(|| csv_text(&table));
    Drawing { class: "table", content: Content::Table(table), file, csv }
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
    let class = if src.value.ends_with(".svg") { "svg" } else { "image" };
    let alt = figure.alt.clone().unwrap_or_else(|| figure.title.clone());
    let content = Content::Picture { path: src.value.clone(), size: size(&src.value, bytes), alt };
    Some(Drawing { class, content, file: Some(src.value.clone()), csv: None })
}

/// An `img` element; `href` is the picture's address from the page.
#[must_use]
pub fn img(href: &str, size: Option<Size>, alt: &str, title: &str) -> String {
    let size = size.map(|size| format!(" width=\"{}\" height=\"{}\"", size.width, size.height)).unwrap_or_default();
    let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape(title)) };
    format!("<img src=\"{}\" alt=\"{}\"{size}{title} loading=\"lazy\" decoding=\"async\">", crate::parse::escape_href(href), escape(alt))
}
