//! Timelines: what happened, and what is planned, along an upright line of time.
//!
//! A date is shown as precise as it is known. An event of a day is a point on the line; one of a month is a point in a
//! thick piece of the line, somewhere in which it lies; one of a year is a point in a bracket beside the line.

mod layout;
mod sign;
#[cfg(test)]
mod tests;

use super::ink::Canvas;
use super::plot::{DATE_HELP, FaultPlace, PlotFault, bad_cell, find, is_record};
use super::reading::is_missing;
use super::table::link;
use crate::kind::{Figure, Kind};
use crate::read::DataTable;
use crate::text::{Spanned, WrittenDate, suggestion};

/// Events, in the order of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    /// The events. One of which only the year is known comes first in its year, and so with months.
    pub events: Vec<Event>,
    /// The names of the sorts of events; one empty name where they are not sorted.
    pub sorts: Vec<String>,
}

/// An event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub date: WrittenDate,
    /// The same, as the data have it.
    pub written: String,
    /// What.
    pub text: String,
    /// Its sort.
    pub sort: usize,
    /// Whether it has not happened, such as a target.
    pub planned: bool,
    /// The record that its row names.
    pub record: Option<(Kind, String)>,
}

/// The columns of a timeline, by their numbers.
struct Columns {
    date: usize,
    text: usize,
    sort: Option<usize>,
    record: Option<usize>,
}

impl Timeline {
    /// Types the data of a timeline. What cannot be drawn is reported and left out.
    #[must_use]
    pub fn read(figure: &Figure, table: &DataTable, faults: &mut Vec<PlotFault>) -> Option<Self> {
        let columns = Columns::choose(figure, table, faults)?;
        let mut timeline = Self { events: Vec::new(), sorts: Vec::new() };
        for (number, row) in table.rows.iter().enumerate() {
            let (written, text) = (row[columns.date].text.trim(), row[columns.text].text.trim());
            if is_missing(written) && is_missing(text) {
                continue;
            }
            let sort = columns.sort.map_or("", |column| row[column].text.trim());
            let sort = timeline.sort(sort);
            let Some(date) = WrittenDate::read(written) else {
                let meant = WrittenDate::mended(written).map(|date| format!("did you mean `{date}`?"));
                let help = meant.unwrap_or_else(|| DATE_HELP.to_owned());
                faults.push(PlotFault { help: Some(help), ..bad_cell(table, number, columns.date, "is no date") });
                continue;
            };
            let record = columns.record.and_then(|column| link(&row[column])).map(|link| (link.kind, link.id.to_owned()));
            let planned = figure.planned.0.iter().any(|name| name.value == timeline.sorts[sort]);
            timeline.events.push(Event { date, written: written.to_owned(), text: text.to_owned(), sort, planned, record });
        }
        timeline.check_planned(&figure.planned.0, faults);
        timeline.events.sort_by_key(|event| event.date);
        (!timeline.events.is_empty()).then_some(timeline)
    }

    /// The number of a sort, which is added where it is new.
    fn sort(&mut self, name: &str) -> usize {
        self.sorts.iter().position(|one| one == name).unwrap_or_else(|| {
            self.sorts.push(name.to_owned());
            self.sorts.len() - 1
        })
    }

    fn check_planned(&self, planned: &[Spanned<String>], faults: &mut Vec<PlotFault>) {
        for name in planned.iter().filter(|name| !self.sorts.contains(&name.value)) {
            let message = format!("no event is of the sort `{}`", name.value);
            let help = suggestion(&name.value, self.sorts.iter().map(String::as_str));
            let help = help.unwrap_or_else(|| "name the column of sorts: `series = \"…\"`".to_owned());
            faults.push(PlotFault { message, at: FaultPlace::Record(name.span), help: Some(help) });
        }
    }

    /// Draws it. `width` is in CSS pixels, from 280 on.
    #[must_use]
    pub fn canvas(&self, width: f64) -> Canvas {
        layout::canvas(self, width)
    }

    /// What it shows, in words.
    #[must_use]
    pub fn description(&self) -> String {
        let (Some(first), Some(last)) = (self.events.first(), self.events.last()) else { return String::new() };
        let (from, to) = (first.date.long(), last.date.long());
        let [only] = self.events.as_slice() else {
            let when = if from == to { format!("in {from}") } else { format!("from {from} to {to}") };
            let planned = self.events.iter().filter(|event| event.planned).count();
            let planned = match planned {
                0 => String::new(),
                1 => ", of which 1 is planned".to_owned(),
                more => format!(", of which {more} are planned"),
            };
            return format!("Timeline of {} events {when}{planned}. First: {}; last: {}.", self.events.len(), first.text, last.text);
        };
        let planned = if only.planned { "planned " } else { "" };
        format!("Timeline of one {planned}event. {from}: {}.", only.text)
    }
}

impl Event {
    /// What is said of its mark.
    fn says(&self, sorts: &[String]) -> String {
        let sort = sorts.get(self.sort).map_or("", String::as_str);
        let more: Vec<&str> = [sort, if self.planned { "planned" } else { "" }].into_iter().filter(|one| !one.is_empty()).collect();
        let more = if more.is_empty() { String::new() } else { format!(" ({})", more.join(", ")) };
        format!("{}: {}{more}", self.date.long(), self.text)
    }

    /// Its date beside the line, under the head of its year. A year says that it is no more than that.
    fn when(&self) -> String {
        let long = self.date.long();
        match long.rsplit_once(' ') {
            Some((day, _)) => day.to_owned(),
            None => format!("in {long}"),
        }
    }
}

impl Columns {
    /// The columns that the record names, or else those that fit.
    fn choose(figure: &Figure, table: &DataTable, faults: &mut Vec<PlotFault>) -> Option<Self> {
        let mut named = |name: &Spanned<String>| find(table, &name.value, name.span, faults);
        let (date, sort, text) =
            (figure.x.as_ref().map(&mut named), figure.series.as_ref().map(&mut named), figure.y.0.first().map(&mut named));
        // A name that is not there has been reported; what would be drawn without it is not what was meant.
        if [date, sort, text].contains(&Some(None)) {
            return None;
        }
        if let Some(second) = figure.y.0.get(1) {
            let message = format!("a timeline has one column of events; `{}` is left out", second.value);
            faults.push(PlotFault { message, at: FaultPlace::Record(second.span), help: None });
        }
        let (date, sort, text) = (date.flatten(), sort.flatten(), text.flatten());
        let all = 0..table.columns.len();
        let record = all.clone().find(|column| is_record(table, *column));
        let Some(date) = date.or_else(|| all.clone().find(|column| Some(*column) != sort && is_dated(table, *column))) else {
            let message = "no column of this figure's data holds dates".to_owned();
            faults.push(PlotFault { message, at: FaultPlace::Figure, help: Some("name the column of dates: `x = \"…\"`".to_owned()) });
            return None;
        };
        let taken = [Some(date), sort, record];
        let Some(text) = text.or_else(|| all.clone().find(|column| !taken.contains(&Some(*column)))) else {
            let message = "the data of this figure have dates, and no column of events".to_owned();
            faults.push(PlotFault { message, at: FaultPlace::Figure, help: Some("name the column of events: `y = \"…\"`".to_owned()) });
            return None;
        };
        Some(Self { date, text, sort, record })
    }
}

/// Whether most filled cells of a column are dates: then one that is not is a slip.
fn is_dated(table: &DataTable, column: usize) -> bool {
    let filled: Vec<&str> = table.rows.iter().map(|row| row[column].text.as_str()).filter(|text| !is_missing(text)).collect();
    let dates = filled.iter().filter(|text| WrittenDate::read(text).is_some()).count();
    !filled.is_empty() && dates * 2 > filled.len()
}
