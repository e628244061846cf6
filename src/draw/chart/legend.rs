//! The legend of a chart: its series, its lines to compare with, and the signs that need words.

use super::super::ink::{Anchor, Area, Canvas, Ink, LABEL, LEADING, Paint};
use super::super::look::Look;
use super::super::plot::Plot;
use super::super::reading::Bound;
use super::super::reading::Reading;
use super::mark::{self, Side};
use super::scene::Style;
use super::words::value_text;
use crate::font::{Weight, wrap};
use crate::kind::ChartKind;

/// Between the sign of an item and its words.
const SPACE: f64 = 6.0;
/// Between two items of one row.
const APART: f64 = 16.0;

/// What the sign of an item is.
enum Sign {
    Series(usize),
    Reference(usize),
    Floor,
    Ceiling,
    Spread,
    Broken,
}

/// The legend as rows over the chart; nothing where one series needs no words.
pub(super) fn legend(plot: &Plot, look: &Look, width: f64) -> Canvas {
    let mut canvas = Canvas { width, height: 0.0, ink: Ink::default() };
    // Dashes show in a longer line, beside the point in its middle.
    let sign_width = if plot.chart == ChartKind::Line && plot.series.len() > 1 { 34.0 } else { 18.0 };
    let indent = sign_width + SPACE;
    let mut x = 0.0;
    let mut row: f64 = 0.0;
    for (sign, text) in items(plot, look) {
        let words = wrap(&text, LABEL, Weight::Regular, width - indent, 4);
        let own = indent + words.width;
        if x > 0.0 && x + own > width {
            canvas.height += row + 3.0;
            (x, row) = (0.0, 0.0);
        }
        draw(&mut canvas.ink, &sign, Area { x, y: canvas.height, width: sign_width, height: LEADING }, plot, look);
        canvas.ink.open(Paint::Ink);
        canvas.ink.lines((x + indent, canvas.height + LABEL), Anchor::Start, &words.lines, Weight::Regular);
        canvas.ink.close();
        #[expect(clippy::cast_precision_loss, reason = "at most four lines")]
        let height = words.lines.len() as f64 * LEADING;
        row = row.max(height);
        x += own + APART;
    }
    canvas.height += row;
    canvas
}

fn items(plot: &Plot, look: &Look) -> Vec<(Sign, String)> {
    let mut items: Vec<(Sign, String)> = Vec::new();
    // The lines of slopes are named at their ends.
    if plot.series.len() > 1 && plot.chart != ChartKind::Slope {
        items.extend(plot.series.iter().enumerate().map(|(number, name)| (Sign::Series(number), name.clone())));
    }
    for (number, line) in look.references.iter().enumerate() {
        let value = value_text(&Reading::exact(line.value), look.unit.as_deref());
        let text = if line.label.is_empty() { value } else { format!("{}: {value}", line.label) };
        items.push((Sign::Reference(number), text));
    }
    let any = |bound: Bound| plot.points.iter().any(|point| point.y.bound == bound);
    if any(Bound::More) {
        items.push((Sign::Floor, "more than this; how much more is not said".to_owned()));
    }
    if any(Bound::Less) {
        items.push((Sign::Ceiling, "less than this; how much less is not said".to_owned()));
    }
    if plot.chart != ChartKind::Range && plot.points.iter().any(|point| point.y.low < point.y.high) {
        items.push((Sign::Spread, "range of the value".to_owned()));
    }
    if super::values::Values::of(plot, look).broken {
        items.push((Sign::Broken, "the axis does not begin at zero".to_owned()));
    }
    items
}

fn draw(ink: &mut Ink, sign: &Sign, room: Area, plot: &Plot, look: &Look) {
    let (x, y) = (room.x + room.width / 2.0, room.y + room.height / 2.0);
    let chosen = |series: usize| plot.series.get(series).is_some_and(|name| look.highlight.contains(name));
    let is_chosen_by_series = (0..plot.series.len()).any(chosen);
    let style = |series: usize| Style { series, muted: is_chosen_by_series && !chosen(series) };
    match sign {
        Sign::Series(series) => match plot.chart {
            ChartKind::Line => {
                ink.open(mark::stroke(style(*series)));
                ink.line((room.x, y), (room.right(), y), &dashed("2", mark::dash(*series)));
                ink.close();
                mark::symbol(ink, (x, y), style(*series));
            }
            ChartKind::Dot | ChartKind::Range | ChartKind::Slope | ChartKind::Scatter => mark::symbol(ink, (x, y), style(*series)),
            _ => mark::block(ink, Area { x: x - 8.0, y: y - 6.0, width: 16.0, height: 12.0 }, style(*series)),
        },
        Sign::Reference(number) => {
            ink.open(Paint::Reference);
            ink.line((room.x, y), (room.right(), y), &dashed("1.5", mark::reference_dash(*number)));
            ink.close();
        }
        Sign::Floor | Sign::Ceiling => {
            // What holds for several series is in the colour of none.
            ink.open(if plot.series.len() > 1 { Paint::InkLine } else { mark::stroke(style(0)) });
            let (start, side) =
                if matches!(sign, Sign::Floor) { (-mark::ARROW / 2.0, Side::Right) } else { (mark::ARROW / 2.0, Side::Left) };
            mark::arrow_shape(ink, (x + start, y), side);
            ink.close();
        }
        Sign::Spread if plot.chart == ChartKind::Line => {
            ink.open(Paint::Series(0));
            ink.rect(Area { x: x - 9.0, y: y - 6.0, width: 18.0, height: 12.0 }, "fill-opacity=\"0.15\"");
            ink.close();
        }
        Sign::Spread => mark::whisker(ink, (x - 8.0, y), (x + 8.0, y)),
        Sign::Broken => {
            ink.open(Paint::Axis);
            ink.line((x - 9.0, y), (x + 9.0, y), "");
            mark::zigzag(ink, (x - 10.0, y), false);
            ink.close();
        }
    }
}

fn dashed(thick: &str, dash: &str) -> String {
    if dash.is_empty() { format!("stroke-width=\"{thick}\"") } else { format!("stroke-width=\"{thick}\" stroke-dasharray=\"{dash}\"") }
}
