//! A table as a picture: its first rows, for where a picture of every figure is wanted.

use super::ink::{Anchor, Canvas, Ink, LABEL, LEADING, Paint};
use super::key::height;
use super::plot::is_record;
use super::table::{heading, is_numeric};
use crate::font::{Weight, width as measure, wrap};
use crate::kind::Quantity;
use crate::read::DataTable;

/// Rows that are shown at most.
const ROWS: usize = 12;
/// Columns that are shown at most.
const COLUMNS: usize = 6;
/// The room without which a further column is left out.
const COLUMN: f64 = 96.0;
/// Lines that a cell may take.
const LINES: usize = 3;
/// Between two columns.
const APART: f64 = 16.0;
/// Above and below the words of a row.
const PAD: f64 = 6.0;

/// A column, with its place.
struct Column {
    /// Its number in the table.
    number: usize,
    numeric: bool,
    x: f64,
    width: f64,
}

/// Draws the first rows and columns of a table. Columns of records are left out: they are for links.
pub(super) fn board(table: &DataTable, unit: Option<&str>, width: f64) -> Canvas {
    let shown: Vec<usize> = (0..table.columns.len()).filter(|column| !is_record(table, *column)).collect();
    let most = (2..=COLUMNS).rev().find(|count| (0..*count).map(|_| COLUMN).sum::<f64>() <= width).unwrap_or(1).min(shown.len());
    let columns = columns(table, &shown[..most], width);
    let mut canvas = Canvas { width, height: 0.0, ink: Ink::default() };
    if let Some(unit) = unit {
        note(&mut canvas, &format!("in {unit}"));
    }
    let heads: Vec<String> = columns.iter().map(|column| heading(&table.columns[column.number])).collect();
    row(&mut canvas, &columns, &heads, Weight::Bold);
    rule(&mut canvas, Paint::Axis);
    for cells in table.rows.iter().take(ROWS) {
        let texts: Vec<String> = columns.iter().map(|column| text(&cells[column.number].text, column.numeric)).collect();
        row(&mut canvas, &columns, &texts, Weight::Regular);
        rule(&mut canvas, Paint::Grid);
    }
    let rest = [(table.rows.len().saturating_sub(ROWS), "row"), (shown.len() - most, "column")];
    let rest = rest.into_iter().filter(|(count, _)| *count > 0);
    let rest: Vec<String> = rest.map(|(count, what)| format!("{count} more {what}{}", if count == 1 { "" } else { "s" })).collect();
    if !rest.is_empty() {
        canvas.height += PAD;
        note(&mut canvas, &format!("… and {}", rest.join(" and ")));
    }
    canvas
}

/// A cell as the table of the page shows it.
fn text(cell: &str, numeric: bool) -> String {
    if numeric { Quantity { text: cell.to_owned() }.grouped() } else { cell.to_owned() }
}

/// Shares the width: what every column needs, and to those that need more than their share what the others leave.
fn columns(table: &DataTable, shown: &[usize], width: f64) -> Vec<Column> {
    let wanted = |number: usize| {
        let numeric = is_numeric(table, number);
        let cells = table.rows.iter().take(ROWS).map(|row| measure(&text(&row[number].text, numeric), LABEL, Weight::Regular));
        let head = measure(&heading(&table.columns[number]), LABEL, Weight::Bold);
        (numeric, cells.fold(head, f64::max) + 0.5)
    };
    let wanted: Vec<(bool, f64)> = shown.iter().map(|number| wanted(*number)).collect();
    let mut room = width - APART * shown.iter().skip(1).map(|_| 1.0).sum::<f64>();
    let mut left = shown.iter().map(|_| 1.0).sum::<f64>();
    let mut widths = vec![0.0; shown.len()];
    let mut by_need: Vec<usize> = (0..shown.len()).collect();
    by_need.sort_by(|a, b| wanted[*a].1.total_cmp(&wanted[*b].1));
    for at in by_need {
        widths[at] = wanted[at].1.min(room / left);
        room -= widths[at];
        left -= 1.0;
    }
    let mut x = 0.0;
    // What no column needs goes between them, up to a limit: rows of far cells are hard to follow.
    let more = room / (shown.iter().skip(1).map(|_| 1.0).sum::<f64>()).max(1.0);
    let mut out = Vec::new();
    for (at, number) in shown.iter().enumerate() {
        out.push(Column { number: *number, numeric: wanted[at].0, x, width: widths[at] });
        x += widths[at] + APART + more.clamp(0.0, 48.0);
    }
    out
}

fn row(canvas: &mut Canvas, columns: &[Column], texts: &[String], weight: Weight) {
    canvas.height += PAD;
    let mut own = LEADING;
    canvas.ink.open(Paint::Ink);
    for (column, text) in columns.iter().zip(texts) {
        let lines = wrap(text, LABEL, weight, column.width, LINES).lines;
        let (x, anchor) = if column.numeric { (column.x + column.width, Anchor::End) } else { (column.x, Anchor::Start) };
        canvas.ink.lines((x, canvas.height + LABEL), anchor, &lines, weight);
        own = own.max(height(&lines));
    }
    canvas.ink.close();
    canvas.height += own + PAD - 1.0;
}

fn rule(canvas: &mut Canvas, paint: Paint) {
    canvas.ink.open(paint);
    canvas.ink.line((0.0, canvas.height + 0.5), (canvas.width, canvas.height + 0.5), "");
    canvas.ink.close();
    canvas.height += 1.0;
}

/// A quiet line under what is drawn so far.
fn note(canvas: &mut Canvas, text: &str) {
    let lines = wrap(text, LABEL, Weight::Regular, canvas.width, 2).lines;
    canvas.ink.open(Paint::Soft);
    canvas.ink.lines((0.0, canvas.height + LABEL), Anchor::Start, &lines, Weight::Regular);
    canvas.ink.close();
    canvas.height += height(&lines) + 1.0;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::testing::{Chance, held};
    use crate::read::csv_table;

    #[test]
    fn records_are_left_out_and_the_rest_is_counted() {
        let mut csv = "name,value_of,record,a,b,c,d,e\n".to_owned();
        for row in 0..20 {
            csv.push_str(&format!("n{row},{row}000,claim:c{row},1,2,3,4,5\n"));
        }
        let (table, _) = csv_table(&csv, b',');
        let canvas = board(&table, Some("tonnes"), 612.0);
        assert!(canvas.ink.svg.contains("… and 8 more rows and 1 more column") && canvas.ink.svg.contains("in tonnes"));
        assert!(canvas.ink.svg.contains(">Value of<") && canvas.ink.svg.contains(">11,000<") && !canvas.ink.svg.contains("claim"));
    }

    #[test]
    fn laws_hold_for_random_tables() {
        let mut chance = Chance(3);
        for round in 0..300 {
            let columns = 1 + chance.below(8);
            let line = |chance: &mut Chance| (0..columns).map(|_| chance.name()).collect::<Vec<_>>().join(",") + "\n";
            let csv: String = (0..=chance.below(16)).map(|_| line(&mut chance)).collect();
            let (table, _) = csv_table(&csv, b',');
            for width in [280.0, 320.0, 612.0] {
                held(&board(&table, Some("x"), width), &format!("round {round}\n{csv}"));
            }
        }
    }
}
