//! Charts: typed points to a drawing of one width.
//!
//! `scene` is what one plot area shows; `bar`, `dot`, `line` and their like each draw one kind of chart into a canvas
//! of its own; this file puts the legend, the canvases of small multiples and the list of callouts together.

mod along;
mod area;
mod axis;
mod bar;
mod beside;
mod course;
mod dot;
mod frame;
#[cfg(test)]
mod law;
mod legend;
mod line;
pub(in crate::draw) mod mark;
mod place;
mod scatter;
mod scene;
mod slope;
mod values;
mod words;

use super::ink::{Anchor, Canvas, Ink, LABEL, Paint};
use super::key::height;
use super::look::Look;
use super::plot::Plot;
use crate::font::{Weight, wrap};
use crate::kind::ChartKind;
use scene::Scene;

pub use words::value_text;
pub(in crate::draw) use words::value_words;

/// Room between the parts of a chart.
const GAP: f64 = 10.0;
/// The least width of a small multiple.
const PANEL: f64 = 190.0;

/// Draws a chart. `width` is in CSS pixels, from 280 on.
#[must_use]
pub fn chart(plot: &Plot, look: &Look, width: f64) -> Canvas {
    let values = values::Values::of(plot, look);
    let names = scene::order(plot, look);
    let mut canvas = legend::legend(plot, look, width);
    let columns = columns(plot.panels.len(), width);
    #[expect(clippy::cast_precision_loss, reason = "a handful of columns")]
    let own = (width - GAP * 2.0 * (columns - 1) as f64) / columns as f64;
    let panels: Vec<Canvas> =
        (0..plot.panels.len().max(1)).map(|number| panel(&Scene::new(plot, look, &names, &values, number, own))).collect();
    for row in panels.chunks(columns) {
        if canvas.height > 0.0 {
            canvas.height += GAP;
        }
        let mut x = 0.0;
        for one in row {
            canvas.ink.append(&one.ink, x, canvas.height);
            x += own + GAP * 2.0;
        }
        canvas.height += row.iter().fold(0.0, |most: f64, one| most.max(one.height));
    }
    callouts(&mut canvas, look);
    canvas
}

/// So many small charts side by side.
fn columns(panels: usize, width: f64) -> usize {
    let most = [3, 2].into_iter().find(|count: &usize| {
        #[expect(clippy::cast_precision_loss, reason = "two or three")]
        let room = PANEL * *count as f64;
        room <= width
    });
    panels.min(most.unwrap_or(1)).max(1)
}

/// One plot area, under its name.
fn panel(scene: &Scene<'_>) -> Canvas {
    let title = &scene.plot.panels.get(scene.panel).map_or("", String::as_str);
    let mut canvas = Canvas { width: scene.width, height: 0.0, ink: Ink::default() };
    if !title.is_empty() {
        let lines = wrap(title, LABEL, Weight::Bold, scene.width, 3).lines;
        canvas.ink.open(Paint::Ink);
        canvas.ink.lines((0.0, LABEL), Anchor::Start, &lines, Weight::Bold);
        canvas.ink.close();
        canvas.height = height(&lines) + 4.0;
    }
    let drawn = match scene.plot.chart {
        ChartKind::Bar | ChartKind::GroupedBar | ChartKind::StackedBar => bar::bars(scene),
        ChartKind::Dot | ChartKind::Range => dot::dots(scene),
        ChartKind::Slope => slope::slopes(scene),
        ChartKind::Line | ChartKind::Area => line::lines(scene),
        ChartKind::Scatter => scatter::scatter(scene),
    };
    canvas.ink.append(&drawn.ink, 0.0, canvas.height);
    canvas.height += drawn.height;
    canvas
}

/// What the numbers at single points say, in the order of the record.
fn callouts(canvas: &mut Canvas, look: &Look) {
    for (number, callout) in look.callouts.iter().enumerate() {
        canvas.height += if number == 0 { GAP } else { 2.0 };
        mark::badge(&mut canvas.ink, (8.0, canvas.height + 8.0), number);
        let lines = wrap(&callout.text, LABEL, Weight::Regular, canvas.width - 22.0, 8).lines;
        canvas.ink.open(Paint::Ink);
        canvas.ink.lines((22.0, canvas.height + LABEL), Anchor::Start, &lines, Weight::Regular);
        canvas.ink.close();
        canvas.height += height(&lines) + 2.0;
    }
}
