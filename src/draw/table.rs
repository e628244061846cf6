//! A data table as HTML: the first column heads its row, columns of numbers are set right.

use crate::kind::{Kind, Quantity};
use crate::parse::escape;
use crate::read::{Cell, DataTable};

/// The record that a cell names: `claim:steel-2022`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellLink<'t> {
    /// The kind.
    pub kind: Kind,
    /// The id.
    pub id: &'t str,
    /// The cell.
    pub cell: &'t Cell,
}

/// The cells of a table that are nothing but the name of a record.
pub fn links(table: &DataTable) -> impl Iterator<Item = CellLink<'_>> {
    table.rows.iter().flatten().filter_map(link)
}

/// The record that a cell names, if it does nothing else.
pub fn link(cell: &Cell) -> Option<CellLink<'_>> {
    let (prefix, id) = cell.text.split_once(':')?;
    let named = !id.is_empty() && !id.contains(char::is_whitespace);
    Kind::by_prefix(prefix).filter(|_| named).map(|kind| CellLink { kind, id, cell })
}

/// The table in a box that scrolls by itself where the screen is narrow. `record` gives the address of a record that a
/// cell names, and its words as HTML; where it gives none, the cell stays as it is written.
#[must_use]
pub fn html(table: &DataTable, title: &str, record: &dyn Fn(CellLink<'_>) -> Option<(String, String)>) -> String {
    let numeric: Vec<bool> = (0..table.columns.len()).map(|column| is_numeric(table, column)).collect();
    let class = |column: usize| if numeric[column] { " class=\"align-right\"" } else { "" };
    let mut out =
        format!("<div class=\"table-scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Table: {}\"><table>\n<thead><tr>", escape(title));
    for (column, name) in table.columns.iter().enumerate() {
        out.push_str(&format!("<th scope=\"col\"{}>{}</th>", class(column), escape(&heading(name))));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        out.push_str("<tr>");
        for (column, cell) in row.iter().enumerate() {
            let text = if numeric[column] { Quantity { text: cell.text.clone() }.grouped() } else { cell.text.clone() };
            let named = link(cell).and_then(record);
            let text = named.map_or_else(|| escape(&text), |(href, words)| format!("<a href=\"{href}\">{words}</a>"));
            if column == 0 {
                out.push_str(&format!("<th scope=\"row\"{}>{text}</th>", class(column)));
            } else {
                out.push_str(&format!("<td{}>{text}</td>", class(column)));
            }
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>");
    out
}

/// A column's name with its first letter raised and underscores as spaces.
pub(super) fn heading(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Whether every filled cell of a column is a number.
pub(super) fn is_numeric(table: &DataTable, column: usize) -> bool {
    let filled: Vec<&str> =
        table.rows.iter().map(|row| row[column].text.as_str()).filter(|text| !super::reading::is_missing(text)).collect();
    !filled.is_empty() && filled.iter().all(|text| is_number(text))
}

/// Whether a cell is a number, or one with a sign for what is not known of it: `>46`, `3–5`, `46±2`.
fn is_number(text: &str) -> bool {
    let bare = text.trim().trim_start_matches(['>', '<', '=', '≥', '≤', '≈', '~', ' ']).trim_end_matches(['%', ' ']);
    bare.split(['–', '±']).all(|part| Quantity { text: part.trim().replace('−', "-") }.number().is_some())
}
