//! The layout of a timeline: rows from the top down, then the line, its signs and the words beside it.

use super::super::ink::{Anchor, Canvas, Ink, LABEL, LEADING, Paint};
use super::super::key::{height, key};
use super::sign;
use super::{Event, Timeline};
use crate::font::{Weight, width as measure, wrap};

/// Below this width a date stands over its event, and not beside it.
const WIDE: f64 = 480.0;
/// The size of the years.
const YEAR: f64 = 14.0;
/// Lines that an event may take.
const LINES: usize = 10;
/// From one event to the next.
const APART: f64 = 8.0;
/// Room between the timeline and what explains it.
const GAP: f64 = 14.0;

/// The places of the columns.
struct Columns {
    /// Where dates end that stand beside the line; `None` where they stand over their events.
    dates: Option<f64>,
    /// The upright of brackets.
    bracket: f64,
    /// The line of time.
    line: f64,
    /// The words.
    text: f64,
}

/// A row, with its upper edge.
struct Row {
    top: f64,
    what: What,
}

enum What {
    Year(i16),
    /// Years without events.
    Gap(String),
    Event(usize, Vec<String>),
}

pub(super) fn canvas(timeline: &Timeline, width: f64) -> Canvas {
    let mut ink = Ink::default();
    let mut top = legend(&mut ink, timeline, width);
    if top > 0.0 {
        top += GAP;
    }
    let columns = columns(timeline, width);
    let (rows, bottom) = rows(timeline, &columns, width, top);
    ink.open_quiet();
    stem(&mut ink, timeline, &rows, &columns, bottom);
    stretches(&mut ink, timeline, &rows, &columns);
    for row in &rows {
        head(&mut ink, row, &columns);
    }
    ink.close();
    for row in &rows {
        if let What::Event(number, lines) = &row.what {
            event(&mut ink, timeline, &timeline.events[*number], lines, row.top, &columns);
        }
    }
    let below = explained(&mut ink, timeline, width, bottom + GAP);
    Canvas { width, height: if below > 0.0 { bottom + GAP + below } else { bottom } + 2.0, ink }
}

/// The sorts of events, where there are several. Gives the height.
fn legend(ink: &mut Ink, timeline: &Timeline, width: f64) -> f64 {
    let sorts: Vec<&str> = timeline.sorts.iter().map(|name| if name.is_empty() { "other" } else { name }).collect();
    if sorts.len() < 2 {
        return 0.0;
    }
    let planned = |sort: usize| timeline.events.iter().any(|event| event.sort == sort && event.planned);
    key(ink, (0.0, 0.0), width, &sorts, &|ink, sort, at| sign::point(ink, at, sort, planned(sort)))
}

fn columns(timeline: &Timeline, width: f64) -> Columns {
    let brackets = timeline.events.iter().any(|event| event.date.month.is_none());
    let dates = (width >= WIDE).then(|| {
        let texts = timeline.events.iter().map(|event| measure(&event.when(), LABEL, Weight::Regular));
        let years = timeline.events.iter().map(|event| measure(&event.date.year.to_string(), YEAR, Weight::Bold));
        texts.chain(years).fold(0.0, f64::max)
    });
    let bracket = dates.map_or(7.0, |dates| dates + 16.0);
    let line = if brackets { bracket + sign::BRACKET } else { bracket };
    Columns { dates, bracket, line, text: line + 17.0 }
}

/// The rows, and where they end.
fn rows(timeline: &Timeline, columns: &Columns, width: f64, top: f64) -> (Vec<Row>, f64) {
    let mut rows = Vec::new();
    let mut y = top;
    let mut add = |what: What, height: f64, y: &mut f64| {
        rows.push(Row { top: *y, what });
        *y += height;
    };
    let mut before: Option<i16> = None;
    for (number, event) in timeline.events.iter().enumerate() {
        let year = event.date.year;
        if before != Some(year) {
            if let Some(gap) = before.and_then(|before| gap(before, year)) {
                add(What::Gap(gap), LEADING + APART * 2.0, &mut y);
            }
            add(What::Year(year), YEAR + APART, &mut y);
        }
        let lines = wrap(&event.text, LABEL, Weight::Regular, width - columns.text, LINES).lines;
        let date = if columns.dates.is_some() { 0.0 } else { LEADING };
        let last_of_year = timeline.events.get(number + 1).is_some_and(|next| next.date.year != year);
        let own = height(&lines) + date + APART + if last_of_year { APART } else { 0.0 };
        add(What::Event(number, lines), own, &mut y);
        before = Some(year);
    }
    (rows, y - APART)
}

/// What is said of years without events, if there are any between two years.
fn gap(before: i16, year: i16) -> Option<String> {
    let (first, last) = (before + 1, year - 1);
    match first.cmp(&last) {
        std::cmp::Ordering::Less => Some(format!("{first}–{last}: no events in the data")),
        std::cmp::Ordering::Equal => Some(format!("{first}: no events in the data")),
        std::cmp::Ordering::Greater => None,
    }
}

/// Where the point of a row stands.
fn middle(row: &Row) -> f64 {
    row.top + LEADING / 2.0
}

/// The line of time: dashed where years are left out, and from the last event that has happened on.
fn stem(ink: &mut Ink, timeline: &Timeline, rows: &[Row], columns: &Columns, bottom: f64) {
    let happened = timeline.events.iter().rposition(|event| !event.planned);
    let mut pieces: Vec<(f64, f64, bool)> = Vec::new();
    let mut add = |from: f64, to: f64, dashed: bool| match pieces.last_mut() {
        Some(last) if last.2 == dashed => last.1 = to,
        _ => pieces.push((from, to, dashed)),
    };
    let mut open = happened.is_none();
    for (at, row) in rows.iter().enumerate() {
        let end = rows.get(at + 1).map_or_else(|| (middle(row) + sign::REACH).min(bottom), |next| next.top);
        match &row.what {
            What::Event(number, _) if Some(*number) == happened => {
                add(row.top, middle(row), false);
                open = true;
                if at + 1 < rows.len() {
                    add(middle(row), end, true);
                }
            }
            What::Gap(_) => add(row.top, end, true),
            _ => add(row.top, end, open),
        }
    }
    for (from, to, dashed) in pieces {
        sign::stem(ink, columns.line, from, to, dashed);
    }
}

/// The months and the years in which events lie of which no more is known: from the first to the last event of each.
fn stretches(ink: &mut Ink, timeline: &Timeline, rows: &[Row], columns: &Columns) {
    let events: Vec<(f64, &Event)> = rows
        .iter()
        .filter_map(|row| match &row.what {
            What::Event(number, _) => Some((middle(row), &timeline.events[*number])),
            _ => None,
        })
        .collect();
    // What is known less precisely comes first, so a stretch that needs a sign begins with an event that asks for it.
    for months in events.chunk_by(|a, b| (a.1.date.year, a.1.date.month) == (b.1.date.year, b.1.date.month)) {
        if let [first, ..] = months
            && let Some(last) = months.last()
            && first.1.date.month.is_some()
            && first.1.date.day.is_none()
        {
            sign::month(ink, columns.line, first.0 - sign::REACH + 4.5, last.0 + sign::REACH - 4.5);
        }
    }
    for years in events.chunk_by(|a, b| a.1.date.year == b.1.date.year) {
        if let [first, ..] = years
            && let Some(last) = years.last()
            && first.1.date.month.is_none()
        {
            sign::year(ink, columns.bracket, first.0 - sign::REACH, last.0 + sign::REACH);
        }
    }
}

/// The head of a year, or what is said of years without events.
fn head(ink: &mut Ink, row: &Row, columns: &Columns) {
    match &row.what {
        What::Year(year) => {
            let (x, anchor) = columns.dates.map_or((columns.text, Anchor::Start), |dates| (dates, Anchor::End));
            ink.open(Paint::Ink);
            ink.text_sized((x, row.top + YEAR), anchor, &year.to_string(), YEAR, Weight::Bold);
            ink.close();
        }
        What::Gap(text) => {
            ink.open(Paint::Soft);
            ink.text((columns.text, row.top + LABEL + APART / 2.0), Anchor::Start, text, Weight::Regular);
            ink.close();
        }
        What::Event(..) => {}
    }
}

fn event(ink: &mut Ink, timeline: &Timeline, event: &Event, lines: &[String], top: f64, columns: &Columns) {
    let record = event.record.as_ref().map(|(kind, id)| (*kind, id.as_str()));
    ink.open_mark(&event.says(&timeline.sorts), record);
    let x = if event.date.month.is_none() { columns.bracket } else { columns.line };
    sign::point(ink, (x, top + LEADING / 2.0), event.sort, event.planned);
    ink.open(Paint::Soft);
    let base = top + LABEL;
    let text = if let Some(dates) = columns.dates {
        ink.text((dates, base), Anchor::End, &event.when(), Weight::Regular);
        base
    } else {
        ink.text((columns.text, base), Anchor::Start, &event.when(), Weight::Regular);
        base + LEADING
    };
    ink.close();
    ink.open(Paint::Ink);
    ink.lines((columns.text, text), Anchor::Start, lines, Weight::Regular);
    ink.close();
    ink.close_mark(record);
}

/// What a sign beside the sorts means.
#[derive(Clone, Copy)]
enum Sign {
    Day,
    Month,
    Year,
    Planned,
}

/// What the signs mean, under the timeline. Gives the height.
fn explained(ink: &mut Ink, timeline: &Timeline, width: f64, top: f64) -> f64 {
    let any = |is: fn(&Event) -> bool| timeline.events.iter().any(is);
    let (day, month, year) = (
        any(|event| event.date.day.is_some()),
        any(|event| event.date.month.is_some() && event.date.day.is_none()),
        any(|event| event.date.month.is_none()),
    );
    let signs = [
        (day && (month || year), Sign::Day, "on this day"),
        (month, Sign::Month, "some day of this month"),
        (year, Sign::Year, "some time in this year"),
        (any(|event| event.planned), Sign::Planned, "planned or expected"),
    ];
    let signs: Vec<(Sign, &str)> = signs.into_iter().filter(|(shown, ..)| *shown).map(|(_, sign, words)| (sign, words)).collect();
    let words: Vec<&str> = signs.iter().map(|(_, words)| *words).collect();
    ink.open_quiet();
    let height = key(ink, (0.0, top), width, &words, &|ink, number, at| draw(ink, signs[number].0, at));
    ink.close();
    height
}

/// A sign with a point of no sort.
fn draw(ink: &mut Ink, what: Sign, at: (f64, f64)) {
    let (x, y) = at;
    match what {
        Sign::Planned => {
            ink.open(Paint::Note);
            ink.circle(at, 4.5, "stroke-width=\"1.5\"");
            return ink.close();
        }
        Sign::Day => sign::stem(ink, x, y - sign::REACH, y + sign::REACH, false),
        Sign::Month => {
            sign::stem(ink, x, y - sign::REACH, y + sign::REACH, false);
            sign::month(ink, x, y - 4.5, y + 4.5);
        }
        Sign::Year => sign::year(ink, x, y - 7.0, y + 7.0),
    }
    ink.open(Paint::Muted);
    ink.circle(at, 4.5, "");
    ink.close();
}
