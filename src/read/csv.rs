//! CSV and TSV: registers as records, data files as tables; alone knows the CSV library.

use csv::{ByteRecord, ReaderBuilder};

use super::{Data, Fault, Table, Value};
use crate::text::{Span, rules};

/// One cell of a data table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The text of the cell.
    pub text: String,
    /// Where its line stands.
    pub span: Span,
}

/// The header and rows of a data file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DataTable {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows, each as long as the header.
    pub rows: Vec<Vec<Cell>>,
}

/// Reads a table with a header line. A ragged row is a fault with its line.
#[must_use]
pub fn csv_table(text: &str, delimiter: u8) -> (DataTable, Vec<Fault>) {
    let mut faults = Vec::new();
    let mut table = DataTable::default();
    for (number, (span, cells)) in rows(text, delimiter, &mut faults).into_iter().enumerate() {
        if number == 0 {
            table.columns = cells;
            continue;
        }
        if cells.len() != table.columns.len() {
            let message = format!("this row has {} cells, the header has {}", cells.len(), table.columns.len());
            faults.push(Fault::new(&rules::BAD_DATA, span, message).help("a cell with a comma stands in double quotation marks"));
            continue;
        }
        table.rows.push(cells.into_iter().map(|text| Cell { text, span }).collect());
    }
    (table, faults)
}

/// Reads a register: each row becomes a record. An empty cell is no value; `a.b` as a column name makes a table
/// `a` with the key `b`; a column in `lists` holds several values parted by `;`.
#[must_use]
pub fn csv_records(text: &str, lists: &[&str]) -> (Vec<Value>, Vec<Fault>) {
    let (table, faults) = csv_table(text, b',');
    let columns: Vec<(String, Span)> = table.columns.into_iter().map(|name| (name.clone(), place(text, &name))).collect();
    let records = table.rows.iter().map(|row| record(&columns, row, lists)).collect();
    (records, faults)
}

/// Where a column's name stands: in the header, which is the first line with anything in it.
fn place(text: &str, name: &str) -> Span {
    let start = text.find(|one| !matches!(one, '\r' | '\n' | '\u{feff}')).unwrap_or_default();
    let header = text[start..].lines().next().unwrap_or_default();
    let at = start + header.find(name).unwrap_or_default();
    Span::new(at, (at + name.len()).min(text.len()))
}

fn record(columns: &[(String, Span)], row: &[Cell], lists: &[&str]) -> Value {
    let mut record = Table::default();
    let span = row.first().map_or_else(Span::default, |cell| cell.span);
    for ((column, key_span), cell) in columns.iter().zip(row).filter(|(_, cell)| !cell.text.trim().is_empty()) {
        let plain = |text: &str| Value::new(cell.span, Data::Plain(text.trim().to_owned()));
        let value = if lists.contains(&column.as_str()) {
            Value::new(cell.span, Data::List(cell.text.split(';').map(plain).collect()))
        } else {
            plain(&cell.text)
        };
        match column.split_once('.') {
            Some((outer, inner)) => nest(&mut record, outer, inner, *key_span, value),
            None => record.push(column.clone(), *key_span, value),
        }
    }
    Value::new(span, Data::Table(record))
}

fn nest(record: &mut Table, outer: &str, inner: &str, key_span: Span, value: Value) {
    let span = value.span;
    if let Some(Value { data: Data::Table(table), .. }) =
        record.entries.iter_mut().find(|entry| entry.key == outer).map(|entry| &mut entry.value)
    {
        table.push(inner, key_span, value);
        return;
    }
    let mut table = Table::default();
    table.push(inner, key_span, value);
    record.push(outer, key_span, Value::new(span, Data::Table(table)));
}

/// A quotation mark that is not closed makes one cell of all that follows, which the library lets pass.
fn unclosed(text: &str, last_row: usize) -> Option<Fault> {
    let row = text[last_row..].trim_end();
    let in_quotes = row.contains(['\n', '\r']) || row.starts_with('"') || row.contains(",\"") || row.contains("\t\"");
    let open = in_quotes && row.matches('"').count() % 2 == 1;
    open.then(|| {
        Fault::new(&rules::BAD_DATA, Span::new(last_row, last_row), "a quotation mark of this row is not closed")
            .help("within a cell, a quotation mark is written twice")
    })
}

fn rows(text: &str, delimiter: u8, faults: &mut Vec<Fault>) -> Vec<(Span, Vec<String>)> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(&text.as_bytes()[start..]);
    let mut row = ByteRecord::new();
    let mut out = Vec::new();
    loop {
        let before = (start + usize::try_from(reader.position().byte()).unwrap_or_default()).min(text.len());
        // Empty lines, and the second half of a line end of Windows, are not yet the row.
        let from = text[before..].find(|one| !matches!(one, '\r' | '\n')).map_or(before, |at| before + at);
        match reader.read_byte_record(&mut row) {
            Ok(true) => {}
            Ok(false) => {
                faults.extend(out.last().and_then(|(span, _): &(Span, _)| unclosed(text, span.start)));
                return out;
            }
            Err(error) => {
                faults.push(Fault::new(&rules::BAD_DATA, Span::new(from, from), format!("this is not CSV: {error}")));
                return out;
            }
        }
        let end = text[from..].find('\n').map_or(text.len(), |at| from + at);
        let cells = row.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect();
        out.push((Span::new(from, end), cells));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ragged_rows_are_faults_and_cells_nest() {
        let (table, faults) = csv_table("a,b\n1,2\n3\n", b',');
        assert_eq!((table.rows.len(), faults.len()), (1, 1));
        let (records, _) = csv_records("id,aliases,forms.zh\nx,a;b,中\n", &["aliases"]);
        let Data::Table(record) = &records[0].data else { panic!("a table") };
        assert!(matches!(&record.get("aliases").map(|value| &value.data), Some(Data::List(list)) if list.len() == 2));
        assert!(matches!(&record.get("forms").map(|value| &value.data), Some(Data::Table(_))));
    }
}
