//! Claims in the data of a figure: the cells that name one where a number is wanted get its value.

use std::collections::BTreeMap;

use super::plot::{FaultPlace, PlotFault};
use super::reading::Reading;
use super::table::link;
use crate::kind::{Claim, ClaimDatum, Figure, Kind, Operator};
use crate::number::{Units, show};
use crate::read::{Cell, DataTable};
use crate::text::Spanned;

/// Finds a claim by its id.
pub type Claims<'a> = &'a dyn Fn(&str) -> Option<&'a Claim>;

/// The cells that got a claim's value, by row and column, with the claim's id.
pub type Filled = BTreeMap<(usize, usize), String>;

/// The table of a figure whose data are claims: what each is called, its value, its series and the record.
pub(super) fn table(list: &[Spanned<ClaimDatum>], claims: Claims<'_>) -> DataTable {
    let has_series = list.iter().any(|datum| datum.value.series.is_some());
    let mut columns = vec!["name".to_owned(), "value".to_owned()];
    if has_series {
        columns.push("series".to_owned());
    }
    columns.push("record".to_owned());
    let row = |datum: &Spanned<ClaimDatum>| {
        let claim = datum.value.claim.strip_prefix("claim:").and_then(claims);
        let named = datum.value.label.as_deref().or_else(|| claim.map(|claim| claim.label.as_deref().unwrap_or(&claim.statement)));
        let mut texts = vec![named.unwrap_or(&datum.value.claim), &datum.value.claim];
        if has_series {
            texts.push(datum.value.series.as_deref().unwrap_or_default());
        }
        texts.push(&datum.value.claim);
        texts.into_iter().map(|text| Cell { text: text.to_owned(), span: datum.span }).collect()
    };
    DataTable { columns, rows: list.iter().map(row).collect() }
}

/// Puts values in the place of claims, where a column is of numbers: because the figure names it among its values,
/// or because its other cells are no claims.
pub(super) fn fill(table: &mut DataTable, figure: &Figure, claims: Claims<'_>, units: &Units, faults: &mut Vec<PlotFault>) -> Filled {
    let mut filled = Filled::new();
    let columns: Vec<usize> = (0..table.columns.len()).filter(|column| wants_values(table, figure, *column, units)).collect();
    for column in columns {
        for (number, row) in table.rows.iter_mut().enumerate() {
            let Some(id) = link(&row[column]).filter(|link| link.kind == Kind::Claim).map(|link| link.id.to_owned()) else { continue };
            // A claim that is not there is told of where all names of records are looked up.
            let Some(claim) = claims(&id) else { continue };
            match value(claim, figure.unit.as_deref(), units) {
                Ok(text) => row[column].text = text,
                Err(message) => {
                    faults.push(PlotFault {
                        message: format!("row {}, column `{}`: {message}", number + 1, table.columns[column]),
                        at: FaultPlace::Data(row[column].span),
                        help: Some("write the number itself, and name the claim in a column of its own".to_owned()),
                    });
                    row[column].text = String::new();
                }
            }
            filled.insert((number, column), id);
        }
    }
    filled
}

fn wants_values(table: &DataTable, figure: &Figure, column: usize, units: &Units) -> bool {
    let name = &table.columns[column];
    if figure.y.0.iter().any(|one| one.value == *name) {
        return true;
    }
    let cells = || table.rows.iter().map(|row| &row[column]);
    if !cells().any(|cell| link(cell).is_some_and(|link| link.kind == Kind::Claim)) {
        return false;
    }
    // Where the record's own list is the data, the second column holds the values.
    let listed = matches!(figure.data.as_ref().map(|data| &data.value), Some(crate::kind::FigureData::Claims(_)));
    if listed { column == 1 } else { cells().any(|cell| link(cell).is_none() && Reading::read(&cell.text, None, units).is_some()) }
}

/// A claim's value as a cell in the figure's unit: `> 46`.
pub(super) fn value(claim: &Claim, unit: Option<&str>, units: &Units) -> Result<String, String> {
    let Some(value) = &claim.value else { return Err("this claim has no value to draw".to_owned()) };
    let factor = factor(claim.unit.as_deref(), unit, units).ok_or_else(|| {
        format!("this claim is in {}, the figure in {}", claim.unit.as_deref().unwrap_or_default(), unit.unwrap_or_default())
    })?;
    let sign = match claim.op {
        None | Some(Operator::Equal) => "",
        Some(Operator::More | Operator::AtLeast) => "> ",
        Some(Operator::Less | Operator::AtMost) => "< ",
        Some(Operator::About) => "≈ ",
    };
    // A value that needs no other unit keeps its digits as the record has them.
    if (factor - 1.0).abs() < 1e-12 {
        return Ok(format!("{sign}{}", value.grouped()));
    }
    let Some(reading) = Reading::read(&value.text, None, units) else { return Err(format!("“{}” is no number", value.text)) };
    let [low, high] = [reading.low, reading.high].map(|number| show(number * factor));
    Ok(if reading.low < reading.high { format!("{sign}{low}–{high}") } else { format!("{sign}{low}") })
}

/// What a number in one unit is to be multiplied with to be in another; `None` where they measure different things.
fn factor(own: Option<&str>, wanted: Option<&str>, units: &Units) -> Option<f64> {
    let Some(wanted) = wanted else { return Some(1.0) };
    let (own, wanted) = (units.phrase(own.unwrap_or_default()), units.phrase(wanted));
    match (&own.unit, &wanted.unit) {
        (Some(a), Some(b)) if a.base != b.base => None,
        (Some(_), Some(_)) => Some(own.scale() / wanted.scale()),
        _ => Some(own.magnitude / wanted.magnitude),
    }
}
