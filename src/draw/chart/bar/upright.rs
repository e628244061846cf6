//! Bars that stand on their names: for times, and for few short names.

use super::super::super::ink::{Anchor, Area, Canvas, Ink, LABEL, LEADING, Paint};
use super::super::axis;
use super::super::scene::Scene;
use super::NARROW;
use super::course::{Course, Crowd, Lane};
use super::lying::weight;
use super::stack::{Row, Stack, everywhere, most, rows};
use super::tip::{Tip, reserve};
use crate::font::{Weight, width, wrap};

/// The widest band of a name: fewer bars make a narrower chart.
const STEP: f64 = 120.0;
/// The widest of several bars of a name.
const GROUPED: f64 = 40.0;
/// Room that a name needs, so that some of it can be read.
const NAME: f64 = 46.0;
/// Between the texts of two names.
const APART: f64 = 6.0;

/// The bands of names side by side, and the bars in them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bands {
    /// Where the first begins.
    pub left: f64,
    /// From one name to the next.
    pub step: f64,
    /// How thick a bar is.
    pub thick: f64,
    /// Between the bars of a name.
    inner: f64,
    /// The most bars of a name.
    most: usize,
}

impl Bands {
    /// The bands of so many names, each with as many bars at most, between two edges.
    #[expect(clippy::cast_precision_loss, reason = "counts of names and bars")]
    pub(super) fn new(names: usize, most: usize, left: f64, right: f64) -> Self {
        let bars = most.max(1) as f64;
        let step = ((right - left) / names.max(1) as f64).min(STEP.max(bars * GROUPED * 1.4));
        let inner = if step / bars > 16.0 { 2.0 } else { 0.0 };
        let widest = match (most, names) {
            (..=1, 1) => 36.0,
            (..=1, _) => 52.0,
            _ => GROUPED,
        };
        let thick = ((step * 0.72 - (bars - 1.0) * inner) / bars).clamp(step * 0.1 / bars, widest);
        Self { left, step, thick, inner, most }
    }

    /// The room of the value on a bar.
    pub(super) fn room(&self) -> f64 {
        if self.most > 1 { self.thick + self.inner } else { self.step - 4.0 }
    }

    /// Whether the value of a bar is to be written, and has room.
    fn have_room(&self, scene: &Scene<'_>, stack: &Stack<'_>, is_end: bool) -> bool {
        stack.is_wanted(scene, is_end) && Tip::of(scene, stack, true).width() <= self.room()
    }

    #[expect(clippy::cast_precision_loss, reason = "a count of names")]
    fn middle(&self, number: usize) -> f64 {
        self.left + (number as f64 + 0.5) * self.step
    }

    /// Where a bar of a name stands that has so many.
    #[expect(clippy::cast_precision_loss, reason = "counts of bars")]
    fn lane(&self, number: usize, bar: usize, bars: usize) -> Lane {
        let whole = bars as f64 * (self.thick + self.inner) - self.inner;
        Lane { at: self.middle(number) - whole / 2.0 + bar as f64 * (self.thick + self.inner), thick: self.thick }
    }
}

/// How a chart of upright bars is laid out.
struct Plan {
    bands: Bands,
    area: Area,
    /// Where what stands under the bars ends, and their names begin.
    foot: f64,
    /// Whether every value is written, so that the axis has nothing to tell.
    told: bool,
    /// Whether any value is written.
    written: bool,
}

/// Draws upright bars.
pub(super) fn bars(scene: &Scene<'_>) -> Canvas {
    let rows = rows(scene);
    let plan = Plan::choose(scene, rows.len());
    let area = plan.area;
    let course = Course { upright: true, range: (area.bottom(), area.y) };
    let mut ink = Ink::default();
    if !plan.told {
        axis::left(&mut ink, scene, area);
    }
    let names = Names::of(&rows, plan.bands, plan.foot + 5.0);
    let (mut crowd, last) = (Crowd::default(), rows.len() - 1);
    for (number, row) in rows.iter().enumerate() {
        let shared = row.stacks.len() != 1;
        let write = |ink: &mut Ink| names.write(ink, scene, row.name, number);
        if shared {
            write(&mut ink);
        }
        if row.stacks.is_empty() {
            course.nothing(&mut ink, scene, plan.bands.lane(number, 0, 1));
        }
        for (bar, stack) in row.stacks.iter().enumerate() {
            let tip = plan.tip(scene, stack, number == 0 || number == last);
            let lane = plan.bands.lane(number, bar, row.stacks.len());
            course.draw(&mut ink, scene, (stack, &tip), lane, &mut crowd, &|ink| {
                if !shared {
                    write(ink);
                }
            });
        }
    }
    crowd.draw(&mut ink);
    ink.open_quiet();
    axis::base(&mut ink, scene, area, false);
    axis::references(&mut ink, scene, area, false);
    ink.close();
    let lowest = ink.labels.iter().map(|label| label.area.bottom()).fold(plan.foot, f64::max);
    Canvas { width: scene.width, height: lowest + 4.0, ink }
}

impl Plan {
    fn choose(scene: &Scene<'_>, names: usize) -> Self {
        let all = everywhere(scene);
        let stacks = || all.iter().flat_map(|(_, stacks)| stacks);
        let height = if scene.width < NARROW { (scene.width * 0.62).max(150.0) } else { scene.width * 0.4 };
        let free = Bands::new(names, most(&all), 0.0, scene.width);
        let trial = Course { upright: true, range: (height, LEADING * 2.0) };
        let inside = |stack: &Stack<'_>| {
            let fits = |segment| trial.inner(scene, segment, Lane { at: 0.0, thick: free.thick }).1;
            stack.segments.len() == 1 || stack.segments.iter().all(fits)
        };
        // Either every value is written, or the axis tells them; then only what the author asks for is written beside it.
        let told = !scene.values.broken && stacks().all(|stack| free.have_room(scene, stack, false) && inside(stack));
        let (bands, head) = if told {
            (free, 2.0)
        } else {
            (Bands::new(names, most(&all), axis::left_room(scene, height), scene.width), axis::left_head(scene, height))
        };
        let written = told || scene.look.labels.is_some() || stacks().all(|stack| bands.have_room(scene, stack, true));
        #[expect(clippy::cast_precision_loss, reason = "a count of names")]
        let area = Area { x: bands.left, y: head, width: names as f64 * bands.step, height };
        let plan = Self { bands, area, foot: area.bottom(), told, written };
        let part = |value: f64| scene.values.at(value, (0.0, 1.0));
        let base = part(scene.values.base());
        let tips = stacks().map(|stack| plan.tip(scene, stack, true));
        let needs: Vec<(f64, bool, f64)> = tips.map(|tip| (part(tip.from), part(tip.from) >= base, tip.room(LABEL))).collect();
        let (below, above) = reserve(&needs, height);
        let area = Area { y: head + above, height: (height - above - below).max(40.0), ..area };
        Self { area, foot: area.bottom() + below, ..plan }
    }

    fn tip(&self, scene: &Scene<'_>, stack: &Stack<'_>, is_end: bool) -> Tip {
        Tip::of(scene, stack, self.written && self.bands.have_room(scene, stack, is_end))
    }
}

/// The names under the bars: all of them, or every second or so where there is no room for more.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Names {
    bands: Bands,
    /// From one written name to the next.
    every: usize,
    /// The upper edge of their first lines.
    y: f64,
}

impl Names {
    fn of(rows: &[Row<'_>], bands: Bands, y: f64) -> Self {
        let widest = rows.iter().map(|row| width(row.name, LABEL, Weight::Bold)).fold(0.0, f64::max);
        let need = (widest + APART).min(NAME);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of names, from one on")]
        let every = (need / bands.step.max(0.001)).ceil().max(1.0) as usize;
        Self { bands, every, y }
    }

    /// Writes a name where it is one that is written.
    fn write(&self, ink: &mut Ink, scene: &Scene<'_>, name: &str, number: usize) {
        if !number.is_multiple_of(self.every) {
            return;
        }
        #[expect(clippy::cast_precision_loss, reason = "a count of names")]
        let room = (self.every as f64 * self.bands.step).min(scene.width) - APART;
        let weight = weight(scene, name);
        let words = wrap(name, LABEL, weight, room, 4);
        // A name at the edge that is wider than its band is moved inwards.
        let half = words.width / 2.0;
        let x = self.bands.middle(number).min(scene.width - half).max(half);
        #[expect(clippy::cast_precision_loss, reason = "at most four lines")]
        let area = Area { x: x - half, y: self.y + 2.0, width: words.width, height: words.lines.len() as f64 * LEADING };
        if ink.is_free(&area) {
            ink.open(Paint::Ink);
            ink.lines((x, self.y + LABEL), Anchor::Middle, &words.lines, weight);
            ink.close();
        }
    }
}
