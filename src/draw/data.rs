//! The data of a figure: from a CSV, TSV or JSON file, or from rows in the record.

use std::collections::BTreeMap;

use crate::budget;
use crate::kind::{Figure, FigureData, Record};
use crate::read::snapshot::Snapshot;
use crate::read::{Cell, Data, DataTable, Fault, Value, csv_table, json};
use crate::text::{Diagnostic, Diagnostics, Place, Span, rules, suggestion};

/// The figure's table; `None` where there is none, which is reported.
pub fn data_table(record: &Record, figure: &Figure, snapshot: &Snapshot, diagnostics: &mut Diagnostics) -> Option<DataTable> {
    let Some(FigureData::File(file)) = figure.data.as_ref().map(|data| &data.value) else { return inline(record, figure, diagnostics) };
    let path = format!("content/{file}");
    let Some((shared, _)) = snapshot.entry(&path) else {
        let known: Vec<&str> = snapshot.below("content").filter_map(|(path, _)| path.strip_prefix("content/")).collect();
        let known = known.into_iter().filter(|path| [".csv", ".tsv", ".json"].iter().any(|end| path.ends_with(end)));
        let diagnostic = Diagnostic::new(&rules::MISSING_DATA, record.place_of("data"), format!("there is no data file `{path}`"));
        diagnostics.push(diagnostic.maybe_help(suggestion(file, known)).help("a path of data counts from the content folder"));
        return None;
    };
    let text = snapshot.text(&path, diagnostics)?;
    let (table, faults) = match file.rsplit_once('.').map(|(_, end)| end) {
        Some("json") => rows_of_json(text),
        Some("tsv") => csv_table(text, b'\t'),
        _ => csv_table(text, b','),
    };
    let broken = !faults.is_empty();
    for fault in faults {
        diagnostics.push(fault.found_in(shared.clone()));
    }
    if table.columns.is_empty() && !broken {
        diagnostics.push(Diagnostic::new(&rules::BAD_DATA, Place::new(shared.clone(), Span::default()), "this data file is empty"));
    }
    if table.rows.len() > budget::TABLE_ROWS {
        let message = format!("this table has {} rows; a page shows at most {}", table.rows.len(), budget::TABLE_ROWS);
        diagnostics.push(Diagnostic::new(&rules::TOO_LARGE, Place::new(shared.clone(), Span::default()), message));
        return None;
    }
    (!table.columns.is_empty()).then_some(table)
}

fn inline(record: &Record, figure: &Figure, diagnostics: &mut Diagnostics) -> Option<DataTable> {
    if figure.columns.is_empty() {
        let diagnostic = Diagnostic::new(&rules::MISSING_DATA, record.place.clone(), format!("the figure `{}` has no data", record.id()));
        diagnostics.push(diagnostic.help("add `data = \"data/name.csv\"`, or `columns` and `rows`"));
        return None;
    }
    let mut rows = Vec::new();
    for row in &figure.rows {
        if row.value.len() == figure.columns.len() {
            rows.push(row.value.iter().map(|cell| Cell { text: cell.text.clone(), span: row.span }).collect());
        } else {
            let place = Place { path: record.place.path.clone(), span: row.span };
            let message = format!("this row has {} cells, the columns are {}", row.value.len(), figure.columns.len());
            diagnostics.push(Diagnostic::new(&rules::BAD_DATA, place, message));
        }
    }
    Some(DataTable { columns: figure.columns.clone(), rows })
}

/// A list of objects with the same keys.
fn rows_of_json(text: &str) -> (DataTable, Vec<Fault>) {
    let (value, mut faults) = json::json(text);
    let mut table = DataTable::default();
    let Data::List(items) = value.data else {
        if faults.is_empty() {
            faults.push(Fault::new(&rules::BAD_DATA, value.span, "data in JSON are a list of objects"));
        }
        return (table, faults);
    };
    for item in items {
        let Data::Table(object) = item.data else {
            faults.push(Fault::new(&rules::BAD_DATA, item.span, "each item of the list is an object"));
            continue;
        };
        if table.columns.is_empty() {
            table.columns = object.entries.iter().map(|entry| entry.key.clone()).collect();
        }
        let cell = |column: &String| object.get(column).and_then(Value::text).unwrap_or_default().to_owned();
        table.rows.push(table.columns.iter().map(|column| Cell { text: cell(column), span: item.span }).collect());
    }
    (table, faults)
}

/// The table as CSV: a cell with a comma, a quotation mark or a line end stands in quotation marks.
#[must_use]
pub fn csv_text(table: &DataTable) -> String {
    let quoted = |cell: &str| {
        if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
    };
    let line = |cells: Vec<&str>| cells.into_iter().map(quoted).collect::<Vec<_>>().join(",") + "\n";
    let mut out = line(table.columns.iter().map(String::as_str).collect());
    for row in &table.rows {
        out.push_str(&line(row.iter().map(|cell| cell.text.as_str()).collect()));
    }
    out
}

/// The table as JSON: what it is, the unit of its numbers, and a row of texts for each row. A cell is a text as the
/// data have it, since `> 46` is more than its number.
#[must_use]
pub fn json_text(figure: &Figure, table: &DataTable) -> String {
    let rows: Vec<BTreeMap<&str, &str>> = table
        .rows
        .iter()
        .map(|row| table.columns.iter().map(String::as_str).zip(row.iter().map(|cell| cell.text.as_str())).collect())
        .collect();
    let whole = serde_json::json!({ "title": figure.title, "unit": figure.unit, "columns": table.columns, "rows": rows });
    format!("{whole:#}\n")
}
