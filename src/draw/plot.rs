//! What a chart shows: the points of its data, typed, with the columns that its record names or that fit.

use std::collections::{BTreeMap, BTreeSet};

use super::reading::{Reading, is_missing};
use super::table::link;
use crate::kind::{ChartKind, Figure, Kind};
use crate::number::Units;
use crate::read::{Cell, DataTable};
use crate::text::{Span, WrittenDate, suggestion};

/// The points of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Plot {
    /// The kind of chart.
    pub chart: ChartKind,
    /// What stands along it.
    pub along: Along,
    /// The names of the series; one empty name where there is only one.
    pub series: Vec<String>,
    /// The names of the small charts; one empty name where there is only one.
    pub panels: Vec<String>,
    /// The points, in the order of the data.
    pub points: Vec<Point>,
}

/// What stands along a chart: its names, or what they measure.
#[derive(Debug, Clone, PartialEq)]
pub enum Along {
    /// Names, each once, in the order of the data.
    Names(Vec<String>),
    /// Dates; a point's `x` is the middle of its days, counted from 1970.
    Times(Vec<WrittenDate>),
    /// Numbers.
    Numbers,
}

/// One mark of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// What it is called: the cell of the column along the chart.
    pub name: String,
    /// Its place along the chart: the number of its name, its day, or its number.
    pub x: f64,
    /// Its value.
    pub y: Reading,
    /// Its series.
    pub series: usize,
    /// Its small chart.
    pub panel: usize,
    /// The record that its row names.
    pub record: Option<(Kind, String)>,
}

impl Point {
    /// The number of its name, where the chart stands on names.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the place of a name is its number in a list")]
    pub fn slot(&self) -> usize {
        self.x.max(0.0) as usize
    }
}

/// How dates are written, for who wrote one otherwise.
pub(super) const DATE_HELP: &str = "a date is a year, a month or a day: `2024`, `2024-05`, `2024-05-01`";

/// What is wrong with the data of a chart, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlotFault {
    /// What is wrong.
    pub message: String,
    /// The cell or the key of the record.
    pub at: FaultPlace,
    /// What may help.
    pub help: Option<String>,
}

/// Where a fault is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultPlace {
    /// At bytes of the data.
    Data(Span),
    /// At bytes of the record.
    Record(Span),
    /// At the record as a whole.
    Figure,
}

/// The columns of a chart, by their numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// What stands along it.
    pub x: usize,
    /// The values.
    pub y: Vec<usize>,
    /// The names of series.
    pub series: Option<usize>,
    /// The names of small charts.
    pub panels: Option<usize>,
    /// The ends of what is uncertain.
    pub uncertainty: Option<[usize; 2]>,
    /// The records of the rows.
    pub record: Option<usize>,
}

impl Plot {
    /// Types the data of a chart. What cannot be drawn is reported and left out.
    #[must_use]
    pub fn read(figure: &Figure, chart: ChartKind, table: &DataTable, units: &Units, faults: &mut Vec<PlotFault>) -> Option<Self> {
        let columns = Columns::choose(figure, table, units, faults)?;
        let unit = figure.unit.as_deref();
        let along = along(table, columns.x, chart, units);
        let slots = slots(&along);
        let mut plot = Self { chart, along, series: Vec::new(), panels: Vec::new(), points: Vec::new() };
        for (number, row) in table.rows.iter().enumerate() {
            let name = row[columns.x].text.clone();
            let Some(x) = plot.place(&name, &slots, unit, units) else {
                let what = if matches!(plot.along, Along::Times(_)) { "is no date" } else { "is no number" };
                faults.push(bad_cell(table, number, columns.x, what));
                continue;
            };
            let panel = entry(&mut plot.panels, columns.panels.map_or("", |column| &row[column].text));
            let record = columns.record.and_then(|column| link(&row[column])).map(|link| (link.kind, link.id.to_owned()));
            for column in &columns.y {
                let series = columns.series.map_or_else(
                    || if columns.y.len() > 1 { table.columns[*column].as_str() } else { "" },
                    |column| row[column].text.as_str(),
                );
                let series = entry(&mut plot.series, series);
                // A claim that is not there is told of elsewhere.
                if is_missing(&row[*column].text) || link(&row[*column]).is_some() {
                    continue;
                }
                let Some(mut y) = Reading::read(&row[*column].text, unit, units) else {
                    let what = unit.map_or_else(|| "is no number".to_owned(), |unit| format!("is no number of {unit}"));
                    faults.push(bad_cell(table, number, *column, &what));
                    continue;
                };
                if let Some(ends) = columns.uncertainty {
                    widen(&mut y, ends.map(|end| &row[end]), unit, units);
                }
                plot.points.push(Point { name: name.clone(), x, y, series, panel, record: record.clone() });
            }
        }
        Some(plot)
    }

    /// The place of a name along the chart.
    fn place(&self, name: &str, slots: &BTreeMap<String, u32>, unit: Option<&str>, units: &Units) -> Option<f64> {
        match &self.along {
            Along::Names(_) => slots.get(name).copied().map(f64::from),
            Along::Times(_) => {
                let (first, last) = WrittenDate::read(name)?.days();
                Some(f64::midpoint(f64::from(first), f64::from(last)))
            }
            Along::Numbers => Reading::read(name, unit, units).map(|reading| reading.value),
        }
    }
}

/// The numbers of the names along a chart.
fn slots(along: &Along) -> BTreeMap<String, u32> {
    let Along::Names(names) = along else { return BTreeMap::new() };
    names.iter().cloned().zip(0..).collect()
}

/// The number of a name in a list, to which it is added where it is new.
fn entry(names: &mut Vec<String>, name: &str) -> usize {
    names.iter().position(|one| one == name).unwrap_or_else(|| {
        names.push(name.to_owned());
        names.len() - 1
    })
}

/// What stands along the chart, by the cells of its column. Where most are dates, one that is none is a slip.
fn along(table: &DataTable, column: usize, chart: ChartKind, units: &Units) -> Along {
    let cells: Vec<&str> = table.rows.iter().map(|row| row[column].text.as_str()).collect();
    let mut dates: Vec<WrittenDate> = cells.iter().filter_map(|cell| WrittenDate::read(cell)).collect();
    let mostly = |count: usize| count * 2 > cells.len();
    let numbers = || mostly(cells.iter().filter(|cell| is_plain_number(cell, units)).count());
    match chart {
        ChartKind::Scatter if !mostly(dates.len()) || numbers() => Along::Numbers,
        ChartKind::Line | ChartKind::Area | ChartKind::Scatter if mostly(dates.len()) => {
            dates.sort_unstable();
            dates.dedup();
            Along::Times(dates)
        }
        ChartKind::Line | ChartKind::Area if numbers() => Along::Numbers,
        _ => {
            let mut seen = BTreeSet::new();
            Along::Names(cells.into_iter().filter(|cell| seen.insert(*cell)).map(str::to_owned).collect())
        }
    }
}

/// Whether a cell along a chart is a number, and not words around one, as `Week 1` is.
fn is_plain_number(cell: &str, units: &Units) -> bool {
    let begins = cell.trim_start().starts_with(|one: char| one.is_ascii_digit() || matches!(one, '-' | '−' | '+' | '.'));
    begins && Reading::read(cell, None, units).is_some()
}

/// Takes the ends of what is uncertain from their columns; a cell that is no number leaves its end as it is.
fn widen(reading: &mut Reading, ends: [&Cell; 2], unit: Option<&str>, units: &Units) {
    let [low, high] = ends.map(|cell| Reading::read(&cell.text, unit, units).map(|reading| reading.value));
    reading.low = low.unwrap_or(reading.low).min(reading.value);
    reading.high = high.unwrap_or(reading.high).max(reading.value);
}

/// A cell that cannot be used, with its place.
pub(super) fn bad_cell(table: &DataTable, row: usize, column: usize, what: &str) -> PlotFault {
    let cell = &table.rows[row][column];
    PlotFault {
        message: format!("row {}, column `{}`: “{}” {what}", row + 1, table.columns[column], cell.text),
        at: FaultPlace::Data(cell.span),
        help: Some(if what == "is no date" { DATE_HELP } else { "a cell without a value is empty, or `–`" }.to_owned()),
    }
}

impl Columns {
    /// The columns that the record names, or else those that fit.
    fn choose(figure: &Figure, table: &DataTable, units: &Units, faults: &mut Vec<PlotFault>) -> Option<Self> {
        let mut named = |name: &crate::text::Spanned<String>| find(table, &name.value, name.span, faults);
        let x = figure.x.as_ref().map(&mut named);
        let series = figure.series.as_ref().map(&mut named);
        let panels = figure.panels.as_ref().map(&mut named);
        let y: Vec<Option<usize>> = figure.y.0.iter().map(&mut named).collect();
        let uncertainty = figure.uncertainty.as_ref().map(|ends| ends.value.clone().map(|name| find(table, &name, ends.span, faults)));
        // A name that is not there has been reported; what would be drawn without it is not what was meant.
        let all_there = [x, series, panels].into_iter().flatten().chain(y.iter().copied()).all(|one| one.is_some());
        if !all_there || uncertainty.is_some_and(|ends| ends.contains(&None)) {
            return None;
        }
        let (x, series, panels) = (x.flatten(), series.flatten(), panels.flatten());
        let uncertainty = uncertainty.and_then(|[low, high]| low.zip(high)).map(|(low, high)| [low, high]);
        let record = (0..table.columns.len()).find(|column| is_record(table, *column));
        let mut taken: BTreeSet<usize> = [series, panels, record].into_iter().flatten().chain(uncertainty.into_iter().flatten()).collect();
        let y: Vec<usize> = y.into_iter().flatten().collect();
        let x = x.or_else(|| (0..table.columns.len()).find(|column| !taken.contains(column) && !y.contains(column)))?;
        taken.insert(x);
        let y = if y.is_empty() {
            let free = (0..table.columns.len()).filter(|column| !taken.contains(column));
            free.filter(|column| is_numeric(table, *column, figure.unit.as_deref(), units)).collect()
        } else {
            y
        };
        if y.is_empty() {
            let message = "no column of this figure's data holds numbers to draw".to_owned();
            faults.push(PlotFault { message, at: FaultPlace::Figure, help: Some("name the column of values: `y = \"…\"`".to_owned()) });
            return None;
        }
        Some(Self { x, y, series, panels, uncertainty, record })
    }
}

/// The number of the column of a name. A name that the data do not have is reported.
pub(super) fn find(table: &DataTable, name: &str, span: Span, faults: &mut Vec<PlotFault>) -> Option<usize> {
    let at = table.columns.iter().position(|column| column == name);
    if at.is_none() {
        let help = suggestion(name, table.columns.iter().map(String::as_str));
        faults.push(PlotFault { message: format!("the data have no column `{name}`"), at: FaultPlace::Record(span), help });
    }
    at
}

/// Whether every filled cell of a column names a record.
pub(super) fn is_record(table: &DataTable, column: usize) -> bool {
    let mut filled = table.rows.iter().map(|row| &row[column]).filter(|cell| !is_missing(&cell.text)).peekable();
    filled.peek().is_some() && filled.all(|cell| link(cell).is_some())
}

/// Whether half of the filled cells of a column are numbers, or more: then one that is not is a slip.
fn is_numeric(table: &DataTable, column: usize, unit: Option<&str>, units: &Units) -> bool {
    let filled: Vec<&str> = table.rows.iter().map(|row| row[column].text.as_str()).filter(|text| !is_missing(text)).collect();
    let numbers = filled.iter().filter(|text| Reading::read(text, unit, units).is_some()).count();
    !filled.is_empty() && numbers * 2 >= filled.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::csv_table;

    fn plot(more: &str, csv: &str) -> (Option<Plot>, Vec<String>) {
        let chart = ChartKind::Bar;
        let text = format!("id = \"f\"\nkind = \"chart\"\ntitle = \"T\"\n{more}");
        let (value, mut faults) = crate::read::toml(&text);
        let crate::read::Data::Table(mut record) = value.data else { panic!("a table") };
        record.take("id");
        let figure: Figure = crate::read::fill(&record, Span::default(), &[], &mut faults).expect("a figure");
        let (table, _) = csv_table(csv, b',');
        let mut found = Vec::new();
        let plot = Plot::read(&figure, figure.chart.as_ref().map_or(chart, |chart| chart.value), &table, &Units::default(), &mut found);
        (plot, found.into_iter().map(|fault| fault.message).collect())
    }

    #[test]
    fn columns_are_found_by_what_they_hold() {
        let (plot, faults) = plot("unit = \"%\"", "class,growth,record\nemerging,10.3,claim:a\nhigh-tech,>11.7,claim:b\n");
        let plot = plot.expect("a plot");
        assert!(faults.is_empty());
        assert_eq!(plot.along, Along::Names(vec!["emerging".to_owned(), "high-tech".to_owned()]));
        assert_eq!(plot.points[1].record, Some((Kind::Claim, "b".to_owned())));
        assert_eq!(plot.points.len(), 2);
    }

    #[test]
    fn several_columns_are_several_series() {
        let (plot, _) = plot("chart = \"line\"", "year,steel,iron\n2020,1,2\n2021,3,–\n");
        let plot = plot.expect("a plot");
        assert_eq!((plot.series, plot.points.len()), (vec!["steel".to_owned(), "iron".to_owned()], 3));
        assert!(matches!(plot.along, Along::Times(dates) if dates.len() == 2));
    }

    #[test]
    fn what_cannot_be_drawn_is_told_with_its_place() {
        assert_eq!(plot("y = \"grwth\"", "class,growth\na,1\n").1, ["the data have no column `grwth`"]);
        assert_eq!(plot("", "class,growth\na,1\nb,abc\nc,3\n").1, ["row 2, column `growth`: “abc” is no number"]);
        assert_eq!(plot("", "class,growth\na,x\n").1, ["no column of this figure's data holds numbers to draw"]);
    }
}
