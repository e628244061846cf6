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

/// The table in a box that scrolls by itself where the screen is narrow. `address` gives the address of a record that
/// a cell names; where it gives none, the cell stays as it is written.
#[must_use]
pub fn html(table: &DataTable, title: &str, address: &dyn Fn(CellLink<'_>) -> Option<String>) -> String {
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
            let href = link(cell).and_then(|link| Some((address(link)?, link.id)));
            let text = href.map_or_else(|| escape(&text), |(href, id)| format!("<a href=\"{href}\">{}</a>", escape(id)));
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
fn heading(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn is_numeric(table: &DataTable, column: usize) -> bool {
    let filled: Vec<&str> = table.rows.iter().map(|row| row[column].text.as_str()).filter(|text| !text.is_empty()).collect();
    !filled.is_empty() && filled.iter().all(|text| Quantity { text: (*text).to_owned() }.number().is_some())
}
