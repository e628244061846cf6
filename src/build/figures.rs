//! Files of figures: their data as CSV and JSON, their drawings as SVG and PNG.

use rayon::prelude::*;

use crate::briefing::Briefing;
use crate::draw::svg;
use crate::draw::{Content, Drawing, csv_text, json_text};
use crate::kind::Data;
use crate::output::OutFile;
use crate::page;
use crate::raster::Store;
use crate::text::{Diagnostic, Diagnostics};

/// The width of a drawing as a bitmap: twice that of a column of text, with its margins.
#[cfg(feature = "png")]
const BITMAP: u32 = 1288;

/// The addresses of all files of figures.
pub(super) fn paths(briefing: &Briefing) -> impl Iterator<Item = String> + '_ {
    let of_figure = move |number: usize, drawing: &Drawing| {
        let forms = page::figure_forms(drawing).iter().map(move |form| page::figure_file(briefing, number, form));
        forms.chain(small(drawing).map(|_| page::small_figure_file(briefing, number)))
    };
    briefing.drawings.iter().flat_map(move |(number, drawing)| of_figure(*number, drawing))
}

/// The files.
pub(super) fn files(briefing: &Briefing, store: &dyn Store, diagnostics: &mut Diagnostics) -> Vec<OutFile> {
    let drawings: Vec<(&usize, &Drawing)> = briefing.drawings.iter().collect();
    let made: Vec<Vec<Result<OutFile, Diagnostic>>> =
        drawings.into_par_iter().map(|(number, drawing)| of_figure(briefing, *number, drawing, store)).collect();
    let mut files = Vec::new();
    for made in made.into_iter().flatten() {
        match made {
            Ok(file) => files.push(file),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    files
}

#[cfg_attr(not(feature = "png"), expect(unused_variables, reason = "only bitmaps are kept"))]
fn of_figure(briefing: &Briefing, number: usize, drawing: &Drawing, store: &dyn Store) -> Vec<Result<OutFile, Diagnostic>> {
    let Data::Figure(figure) = &briefing.registry.get(number).record.data else { return Vec::new() };
    let drawn = match &drawing.content {
        Content::Table(drawn) | Content::Drawn(drawn) => Some(drawn),
        Content::Picture { .. } => None,
    };
    let file = |form: &&str| {
        let bytes = match *form {
            "csv" => Ok(csv_text(drawing.table.as_ref()?).into_bytes()),
            "json" => Ok(json_text(figure, drawing.table.as_ref()?).into_bytes()),
            "svg" => {
                Ok(svg::file(drawn?, &page::figure_frame(briefing, number), true, &|link| page::from_figure(briefing, link)).into_bytes())
            }
            #[cfg(feature = "png")]
            "png" => bitmap(briefing, number, drawn?, store),
            _ => return None,
        };
        Some(bytes.map(|bytes| OutFile { path: page::figure_file(briefing, number, form), bytes: bytes.into() }))
    };
    let small = small(drawing)
        .map(|drawn| OutFile { path: page::small_figure_file(briefing, number), bytes: svg::small(drawn).into_bytes().into() });
    page::figure_forms(drawing).iter().filter_map(file).chain(small.map(Ok)).collect()
}

/// What the list of figures shows of a figure that is drawn.
fn small(drawing: &Drawing) -> Option<&svg::Drawn> {
    match &drawing.content {
        Content::Table(drawn) | Content::Drawn(drawn) if !drawn.canvases.is_empty() => Some(drawn),
        _ => None,
    }
}

/// The drawing as a bitmap, whose marks lead nowhere.
#[cfg(feature = "png")]
fn bitmap(briefing: &Briefing, number: usize, drawn: &svg::Drawn, store: &dyn Store) -> Result<Vec<u8>, Diagnostic> {
    use crate::raster::{DrawingFault, png};
    use crate::text::rules;
    let record = &briefing.registry.get(number).record;
    let made = png(&svg::file(drawn, &page::figure_frame(briefing, number), false, &|_| None), BITMAP, store).map_err(|fault| {
        let rule = if matches!(fault, DrawingFault::Pixels { .. }) { &rules::TOO_LARGE } else { &rules::BAD_IMAGE };
        let diagnostic =
            Diagnostic::new(rule, record.place.clone(), format!("the drawing of the figure `{}`, as a bitmap, {fault}", record.id()));
        diagnostic.help("show less in one figure: part its data into two")
    });
    made.map(|bytes| bytes.to_vec())
}
