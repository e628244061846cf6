//! A figure written where it stands: a fenced block of keys in TOML, a line `---`, and the data as CSV.
//!
//! ````markdown
//! ```chart
//! title = "Steel output"
//! unit = "million tonnes"
//! ---
//! year,output
//! 2021,1035
//! 2022,1018
//! ```
//! ````

use super::slug::slug;
use crate::read::{self, Data, Fault, Table, Value};
use crate::text::{Span, rules};

/// The line between the keys and the data.
const FENCE: &str = "---";

/// Reads a block as the figure's record, and gives its id. `at` is the block's first byte in its file, `opening` the
/// place of the fence, for what is wrong with the whole.
pub(super) fn read(block: &str, at: usize, opening: Span) -> (Option<(String, Value)>, Vec<Fault>) {
    let (keys, data) = halves(block);
    let (value, mut faults) = read::toml(keys);
    let Data::Table(mut table) = value.data else { return (None, faults) };
    if let Some((start, csv)) = data {
        rows(&mut table, csv, start, &mut faults);
    }
    if table.get("kind").is_none() {
        table.push("kind", Span::default(), Value::new(Span::default(), Data::Text("chart".to_owned())));
    }
    let named = |key: &str| table.get(key).and_then(Value::text).filter(|text| !text.trim().is_empty()).map(str::to_owned);
    let id = named("id").or_else(|| named("title").map(|title| slug(&title)));
    let mut value = Value::new(Span::new(0, block.len()), Data::Table(table));
    value.shift(at);
    for fault in &mut faults {
        fault.span = fault.span.shift(at);
    }
    let Some(id) = id else {
        faults.push(Fault::new(&rules::WRONG_TYPE, opening, "this chart has no title").help("begin the block with `title = \"…\"`"));
        return (None, faults);
    };
    if let Data::Table(table) = &mut value.data
        && table.get("id").is_none()
    {
        table.push("id", opening, Value::new(opening, Data::Text(id.clone())));
    }
    (Some((id, value)), faults)
}

/// The keys, and the data with their first byte.
fn halves(block: &str) -> (&str, Option<(usize, &str)>) {
    let mut at = 0;
    for line in block.split_inclusive('\n') {
        let next = at + line.len();
        if line.trim_end() == FENCE {
            return (&block[..at], Some((next, &block[next..])));
        }
        at = next;
    }
    (block, None)
}

/// The data as the record's columns and rows.
fn rows(table: &mut Table, csv: &str, start: usize, faults: &mut Vec<Fault>) {
    let (data, found) = read::csv_table(csv, b',');
    faults.extend(found.into_iter().map(|fault| Fault { span: fault.span.shift(start), ..fault }));
    let whole = Span::new(start, start + csv.len());
    let text = |text: &str, span: Span| Value::new(span, Data::Text(text.to_owned()));
    let columns = data.columns.iter().map(|column| text(column, whole)).collect();
    let row = |cells: &Vec<read::Cell>| {
        let span = cells.iter().map(|cell| cell.span.shift(start)).reduce(|a, b| Span::new(a.start.min(b.start), a.end.max(b.end)));
        let cells = cells.iter().map(|cell| text(&cell.text, cell.span.shift(start))).collect();
        Value::new(span.unwrap_or(whole), Data::List(cells))
    };
    let rows = data.rows.iter().map(row).collect();
    table.push("columns", whole, Value::new(whole, Data::List(columns)));
    table.push("rows", whole, Value::new(whole, Data::List(rows)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_data_become_one_record() {
        let (read, faults) = read("title = \"Steel output\"\n---\nyear,output\n2021,1035\n", 100, Span::new(92, 100));
        let (id, value) = read.expect("a record");
        assert!(faults.is_empty());
        assert_eq!(id, "steel-output");
        let Data::Table(table) = value.data else { panic!("a table") };
        assert_eq!(table.get("kind").and_then(Value::text), Some("chart"));
        let Some(Data::List(rows)) = table.get("rows").map(|rows| &rows.data) else { panic!("rows") };
        assert_eq!((rows.len(), rows[0].span), (1, Span::new(139, 148)));
    }

    #[test]
    fn what_is_wrong_has_its_place_in_the_file() {
        let (read, faults) = read("unit = \"%\"\n---\na,b\n1\n", 100, Span::new(92, 100));
        assert!(read.is_none());
        let faults: Vec<(Span, &str)> = faults.iter().map(|fault| (fault.span, fault.message.as_str())).collect();
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert!(faults[0].0.start >= 119 && faults[1].0 == Span::new(92, 100), "{faults:?}");
    }
}
