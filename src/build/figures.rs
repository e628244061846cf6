//! Files of figures: their data as CSV and JSON, their drawings as SVG and PNG.

use super::layout::Origin;
use crate::briefing::Briefing;
use crate::draw::svg;
use crate::draw::{Content, Drawing, csv_text, json_text};
use crate::kind::Data;
use crate::page;
use crate::raster::Store;
use crate::read::snapshot::Bytes;
use crate::text::Diagnostic;

/// The width of a drawing as a bitmap: twice that of a column of text, with its margins.
#[cfg(feature = "png")]
const BITMAP: u32 = 1288;

/// A form of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Its data or its drawing, by the ending of the file.
    Named(&'static str),
    /// What the list of figures shows of it.
    Small,
}

/// All files of figures.
pub(super) fn origins(briefing: &Briefing) -> impl Iterator<Item = (String, Origin)> + '_ {
    briefing.drawings.iter().flat_map(move |(number, drawing)| {
        let (number, form) = (*number, |form| (page::figure_file(briefing, *number, form), Form::Named(form)));
        let small = small(drawing).map(|_| (page::small_figure_file(briefing, number), Form::Small));
        let forms = page::figure_forms(drawing).iter().copied().map(form).chain(small);
        forms.map(move |(path, form)| (path, Origin::Figure(number, form)))
    })
}

/// The bytes of one file.
#[cfg_attr(not(feature = "png"), expect(unused_variables, reason = "only bitmaps are kept"))]
pub(super) fn file(briefing: &Briefing, number: usize, form: Form, store: &dyn Store) -> Result<Bytes, Diagnostic> {
    let text = match form {
        #[cfg(feature = "png")]
        Form::Named("png") => return bitmap(briefing, number, store),
        Form::Named(form) => text(briefing, number, form),
        Form::Small => briefing.drawings.get(&number).and_then(small).map(svg::small),
    };
    // Only files of which there is something to make are in the layout.
    Ok(text.unwrap_or_default().into_bytes().into())
}

fn text(briefing: &Briefing, number: usize, form: &str) -> Option<String> {
    let drawing = briefing.drawings.get(&number)?;
    let Data::Figure(figure) = &briefing.registry.get(number).record.data else { return None };
    match form {
        "csv" => Some(csv_text(drawing.table.as_ref()?)),
        "json" => Some(json_text(figure, drawing.table.as_ref()?)),
        _ => Some(svg::file(drawn(drawing)?, &page::figure_frame(briefing, number), true, &|link| page::from_figure(briefing, link))),
    }
}

fn drawn(drawing: &Drawing) -> Option<&svg::Drawn> {
    match &drawing.content {
        Content::Table(drawn) | Content::Drawn(drawn) => Some(drawn),
        Content::Picture { .. } => None,
    }
}

/// What the list of figures shows of a figure that is drawn.
fn small(drawing: &Drawing) -> Option<&svg::Drawn> {
    drawn(drawing).filter(|drawn| !drawn.canvases.is_empty())
}

/// The drawing as a bitmap, whose marks lead nowhere.
#[cfg(feature = "png")]
fn bitmap(briefing: &Briefing, number: usize, store: &dyn Store) -> Result<Bytes, Diagnostic> {
    use crate::raster::{DrawingFault, png};
    use crate::text::rules;
    let Some(drawn) = briefing.drawings.get(&number).and_then(drawn) else { return Ok(Bytes::default()) };
    let record = &briefing.registry.get(number).record;
    let made = png(&svg::file(drawn, &page::figure_frame(briefing, number), false, &|_| None), BITMAP, store).map_err(|fault| {
        let rule = if matches!(fault, DrawingFault::Pixels { .. }) { &rules::TOO_LARGE } else { &rules::BAD_IMAGE };
        let diagnostic =
            Diagnostic::new(rule, record.place.clone(), format!("the drawing of the figure `{}`, as a bitmap, {fault}", record.id()));
        diagnostic.help("show less in one figure: part its data into two")
    });
    made.map(|bytes| bytes.to_vec().into())
}
