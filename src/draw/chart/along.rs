//! The axis along the bottom of a chart: times, numbers or names, with as many texts as stand clear of each other.

use super::super::ink::{Anchor, Area, Ink, LABEL, LEADING, Paint};
use super::super::plot::Along;
use super::super::scale::{Band, Linear, TimeTick, time_ticks};
use super::scene::{Scene, order};
use super::values::Values;
use crate::font::{Weight, width, wrap};
use crate::text::WrittenDate;

/// The least space between two texts.
const APART: f64 = 8.0;
/// The most ticks.
const MOST: usize = 10;
/// From the plot area to the base line of the first texts.
const BASE_LINE: f64 = 17.0;
/// The most lines of a name.
const LINES: usize = 3;

/// The axis along the bottom.
#[derive(Debug)]
pub(super) struct Axis {
    places: Places,
    ticks: Vec<Tick>,
    /// The word that all texts leave out: `million`.
    word: Option<&'static str>,
}

/// Where a point stands along the axis.
#[derive(Debug)]
enum Places {
    /// On a scale.
    Scale(Linear),
    /// In the middle of its name's band; for each name's number, that of its band.
    Names(Vec<usize>, Band),
}

/// A place of the axis that has a text.
#[derive(Debug)]
struct Tick {
    x: f64,
    lines: Vec<String>,
    /// What its lines take from left to right, inside the drawing.
    from: f64,
    width: f64,
}

impl Axis {
    /// The axis of a plot area between two places.
    pub(super) fn new(scene: &Scene<'_>, range: (f64, f64)) -> Self {
        match &scene.plot.along {
            Along::Names(names) => Self::of_names(scene, names, range),
            Along::Times(dates) => Self::of_times(scene, dates, range),
            Along::Numbers => Self::of_numbers(scene, range),
        }
    }

    fn of_numbers(scene: &Scene<'_>, range: (f64, f64)) -> Self {
        let values = Values::along(scene.plot);
        let scale = Linear { domain: values.domain, range };
        let of = |count: usize| {
            let found = values.ticks(count);
            let ticks = found.at.iter().zip(&found.texts).map(|(value, text)| Tick::new(scale.at(*value), vec![text.clone()], scene.width));
            (ticks.collect::<Vec<_>>(), found.word)
        };
        let count = (2..=MOST).rev().find(|count| all_clear(&of(*count).0)).unwrap_or(2);
        let (ticks, word) = of(count);
        Self { places: Places::Scale(scale), ticks: clear(ticks), word }
    }

    fn of_times(scene: &Scene<'_>, dates: &[WrittenDate], range: (f64, f64)) -> Self {
        let middles = dates.iter().map(|date| middle(*date)).chain(scene.plot.points.iter().map(|point| point.x));
        let (low, high) = middles.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), one| (low.min(one), high.max(one)));
        let scale = Linear { domain: if low <= high { (low, high) } else { (0.0, 0.0) }, range };
        let tick = |(day, text): (f64, String)| Tick::new(scale.at(day), vec![text], scene.width);
        // The dates themselves say most where all of them have room.
        let own = |dates: &[WrittenDate]| dates.iter().map(|date| tick((middle(*date), short(*date)))).collect::<Vec<_>>();
        if dates.len() <= 3 * MOST && all_clear(&own(dates)) {
            return Self { places: Places::Scale(scale), ticks: own(dates), word: None };
        }
        let round = |count: usize| round_times(dates, (low, high), count).into_iter().map(tick).collect::<Vec<_>>();
        let ticks = (2..=MOST).rev().map(round).find(|ticks| ticks.len() > 1 && all_clear(ticks));
        let ends = || own(&[dates[0], dates[dates.len() - 1]]);
        Self { places: Places::Scale(scale), ticks: ticks.unwrap_or_else(|| clear(ends())), word: None }
    }

    fn of_names(scene: &Scene<'_>, names: &[String], range: (f64, f64)) -> Self {
        let order = order(scene.plot, scene.look);
        let band = Band::new(names.len(), range.0, range.1, 0.0);
        let mut bands = vec![0; names.len()];
        for (position, number) in order.iter().enumerate() {
            bands[*number] = position;
        }
        let every = |nth: usize, lines: usize| -> (Vec<Tick>, bool) {
            #[expect(clippy::cast_precision_loss, reason = "a count of names")]
            let room = (band.step * nth as f64 - APART).min(scene.width);
            let mut whole = true;
            let ticks = order.iter().enumerate().step_by(nth).map(|(position, number)| {
                let name = &names[*number];
                let wrapped = wrap(name, LABEL, Weight::Regular, room, lines);
                whole &= !wrapped.cut && name.split_whitespace().all(|word| width(word, LABEL, Weight::Regular) <= room || is_han(word));
                Tick::new(band.middle(position), wrapped.lines, scene.width)
            });
            let ticks = ticks.collect();
            (ticks, whole)
        };
        // Every name, or every second and so on, from where a text is wide enough to be one.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most a count of names")]
        let least = |room: f64| ((room / band.step.max(1e-6)).ceil().max(1.0) as usize).min(names.len().max(1));
        let most = least(90.0);
        let from = least(26.0);
        let tries = (from..=most).step_by((most - from) / 16 + 1);
        let found = tries.map(|nth| every(nth, LINES)).find(|(ticks, whole)| *whole && all_clear(ticks));
        let ticks = found.map_or_else(|| clear(every(most, LINES).0), |(ticks, _)| ticks);
        Self { places: Places::Names(bands, band), ticks, word: None }
    }

    /// The place of a point, by its `x`.
    pub(super) fn at(&self, x: f64) -> f64 {
        match &self.places {
            Places::Scale(scale) => scale.at(x),
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the place of a name is its number in a list")]
            Places::Names(bands, band) => band.middle(bands.get(x.max(0.0) as usize).copied().unwrap_or(0)),
        }
    }

    /// The room that it takes under the plot area.
    pub(super) fn room(&self) -> f64 {
        let most = self.ticks.iter().map(|tick| tick.lines.len()).max().unwrap_or(1).max(1);
        #[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
        let lines = (most - 1 + usize::from(self.word.is_some())) as f64;
        BASE_LINE + 4.0 + lines * LEADING
    }

    /// Draws it; `area` ends where it begins. `grid` draws its lines up through the plot area.
    pub(super) fn draw(&self, ink: &mut Ink, area: Area, grid: bool) {
        let (top, paint) = if grid { (area.y, Paint::Grid) } else { (area.bottom(), Paint::Axis) };
        ink.open_quiet();
        ink.open(paint);
        for tick in &self.ticks {
            ink.line((tick.x, top), (tick.x, area.bottom() + 4.0), "");
        }
        ink.close();
        ink.open(Paint::Soft);
        for tick in &self.ticks {
            let middle = tick.from + tick.width / 2.0;
            ink.lines((middle, area.bottom() + BASE_LINE), Anchor::Middle, &tick.lines, Weight::Regular);
        }
        if let Some(word) = self.word {
            ink.text((area.right(), area.bottom() + self.room() - 4.0), Anchor::End, word, Weight::Regular);
        }
        ink.close();
        ink.close();
    }
}

impl Tick {
    /// A tick whose lines stand around its place, or as near to that as the drawing's edges allow.
    fn new(x: f64, lines: Vec<String>, room: f64) -> Self {
        let own = lines.iter().map(|line| width(line, LABEL, Weight::Regular)).fold(0.0, f64::max);
        Self { x, from: (x - own / 2.0).min(room - own).max(0.0), width: own, lines }
    }

    fn clears(&self, next: &Self) -> bool {
        self.from + self.width + APART <= next.from
    }
}

/// Whether all ticks, from left to right, stand clear of each other.
fn all_clear(ticks: &[Tick]) -> bool {
    ticks.windows(2).all(|pair| pair[0].clears(&pair[1]))
}

/// The ticks without those that would stand on the one before them.
fn clear(ticks: Vec<Tick>) -> Vec<Tick> {
    let mut out: Vec<Tick> = Vec::new();
    for tick in ticks {
        if out.last().is_none_or(|last| last.clears(&tick)) {
            out.push(tick);
        }
    }
    out
}

/// Whether a word may break between any two of its characters.
fn is_han(word: &str) -> bool {
    word.chars().any(|one| one >= '\u{2e80}')
}

/// The middle of the days of a date: where its point stands.
fn middle(date: WrittenDate) -> f64 {
    let (first, last) = date.days();
    f64::midpoint(f64::from(first), f64::from(last))
}

/// A date with its month in three letters.
fn short(date: WrittenDate) -> String {
    let long = date.long();
    let words =
        long.split(' ').map(|word| if word.chars().all(char::is_alphabetic) { word.chars().take(3).collect() } else { word.to_owned() });
    words.collect::<Vec<String>>().join(" ")
}

/// About `count` first days of years or months. Where all dates are years, or months, they stand in their middle, as the
/// points do; and one of them says its year.
fn round_times(dates: &[WrittenDate], domain: (f64, f64), count: usize) -> Vec<(f64, String)> {
    let (Some(first), Some(last)) = (dates.first(), dates.last()) else { return Vec::new() };
    let month = dates.iter().any(|date| date.month.is_some());
    let day = dates.iter().any(|date| date.day.is_some());
    let place = |tick: &TimeTick| {
        let date = WrittenDate::of_day(tick.day);
        middle(WrittenDate { month: date.month.filter(|_| month), day: date.day.filter(|_| day), ..date })
    };
    let ticks = time_ticks(first.days().0, last.days().1, count);
    let yearless = ticks.iter().all(|tick| !tick.text.split(' ').any(|word| word.len() == 4));
    let within = ticks.iter().map(|tick| (place(tick), tick)).filter(|(at, _)| (domain.0..=domain.1).contains(at));
    let said = within.enumerate().map(|(number, (at, tick))| {
        let year = WrittenDate::of_day(tick.day).year;
        (at, if number == 0 && yearless { format!("{} {year}", tick.text) } else { tick.text.clone() })
    });
    said.collect()
}
