//! A data table as HTML: the first column heads its row, columns of numbers are set right.

use crate::kind::Quantity;
use crate::parse::escape;
use crate::read::DataTable;

/// The table in a box that scrolls by itself where the screen is narrow.
pub(super) fn html(table: &DataTable, title: &str) -> String {
    let numeric: Vec<bool> = (0..table.columns.len()).map(|column| is_numeric(table, column)).collect();
    let class = |column: usize| if numeric[column] { " class=\"align-right\"" } else { "" };
    let mut out = format!("<div class=\"table-scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Table: {}\"><table>\n<thead><tr>", escape(title));
    for (column, name) in table.columns.iter().enumerate() {
        out.push_str(&format!("<th scope=\"col\"{}>{}</th>", class(column), escape(&heading(name))));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        out.push_str("<tr>");
        for (column, cell) in row.iter().enumerate() {
            let text = if numeric[column] { Quantity { text: cell.text.clone() }.grouped() } else { cell.text.clone() };
            let text = escape(&text);
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
