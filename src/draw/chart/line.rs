//! Lines and areas: points along an axis, joined.

use super::super::ink::{Area, Canvas, Ink, LABEL};
use super::super::reading::Bound;
use super::area;
use super::beside::{BADGE, Beside, Room, size, spread};
use super::course::{Course, Spot, courses, stacked};
use super::frame::Frame;
use super::mark::{self, RADIUS};
use super::scene::Scene;
use super::words::{says, value_text};
use crate::kind::{ChartKind, Kind, Labels};

/// A line of more points than this shows them only where something is to be said of one.
const SYMBOLS: usize = 30;
/// A chart of more points than this has marks only for those with a record, words or a sign of their own.
const MARKS: usize = 1000;
/// The most texts beside points.
const TEXTS: usize = 300;
/// From the last points to their values.
const END: f64 = 14.0;
/// From one value of a last point to the next.
const STEP: f64 = LABEL + 1.0;

/// Draws a chart of lines or of areas.
pub(super) fn lines(scene: &Scene<'_>) -> Canvas {
    let trial = Frame::draw(&mut Ink::default(), scene, 0.0, false);
    let right = right_room(scene, &trial, &courses(scene, &trial));
    let mut ink = Ink::default();
    let frame = Frame::draw(&mut ink, scene, right.unwrap_or(0.0), false);
    let courses = courses(scene, &frame);
    ink.open_quiet();
    for course in &courses {
        shape(&mut ink, scene, &frame, course);
    }
    ink.close();
    let besides = besides(&ink, scene, &frame, &courses, right.is_some());
    let few = scene.points.len() <= MARKS;
    let mut besides = besides.iter();
    for course in &courses {
        let count: usize = course.runs.iter().map(Vec::len).sum();
        for run in &course.runs {
            for (spot, beside) in run.iter().zip(besides.by_ref()) {
                let shown = is_shown(scene, spot, run.len(), count);
                if few || shown || spot.point.record.is_some() || beside.value.is_some() {
                    draw_mark(&mut ink, scene, &frame, (spot, run.len(), shown), beside);
                }
            }
        }
    }
    Canvas { width: scene.width, height: frame.height, ink }
}

/// The line of a series, or its area; behind a line the band of what is uncertain.
fn shape(ink: &mut Ink, scene: &Scene<'_>, frame: &Frame, course: &Course<'_>) {
    let is_area = scene.plot.chart == ChartKind::Area;
    if is_area && stacked(scene) {
        return area::layer(ink, course);
    }
    if is_area {
        area::pale(ink, course);
    }
    for run in course.runs.iter().filter(|run| run.len() > 1) {
        if !is_area && run.iter().any(|spot| spot.point.y.low < spot.point.y.high) {
            let end = |spot: &Spot<'_>, value: f64| (spot.at.0, frame.y(scene, value));
            let upper = run.iter().map(|spot| end(spot, spot.point.y.high));
            let lower = run.iter().rev().map(|spot| end(spot, spot.point.y.low));
            ink.open(mark::fill(course.style));
            ink.path(&upper.chain(lower).collect::<Vec<_>>(), true, "fill-opacity=\"0.15\"");
            ink.close();
        }
        let dashes = Some(mark::dash(course.style.series)).filter(|dashes| !dashes.is_empty());
        let dashes = dashes.map(|dashes| format!(" stroke-dasharray=\"{dashes}\"")).unwrap_or_default();
        let strong = if course.style.muted { "1.5" } else { "2" };
        ink.open(mark::stroke(course.style));
        let way: Vec<(f64, f64)> = run.iter().map(|spot| spot.at).collect();
        ink.path(&way, false, &format!("stroke-width=\"{strong}\" stroke-linejoin=\"round\"{dashes}"));
        ink.close();
    }
}

/// Whether a point has a sign, besides the line that goes through it.
fn is_shown(scene: &Scene<'_>, spot: &Spot<'_>, run: usize, count: usize) -> bool {
    let point = spot.point;
    let special = matches!(point.y.bound, Bound::More | Bound::Less) || scene.look.highlight.contains(&point.name);
    run == 1 || special || !scene.callouts(point).is_empty() || count <= SYMBOLS && !stacked(scene)
}

/// A point, with how many points its stretch has and whether it has a sign; without one it can still be pointed at.
fn draw_mark(ink: &mut Ink, scene: &Scene<'_>, frame: &Frame, (spot, run, shown): (&Spot<'_>, usize, bool), beside: &Beside) {
    let Spot { point, at, style, .. } = *spot;
    let record: Option<(Kind, &str)> = point.record.as_ref().map(|(kind, id)| (*kind, id.as_str()));
    ink.open_mark(&says(scene.plot, scene.look, point), record);
    if point.y.low < point.y.high && (run == 1 || scene.plot.chart == ChartKind::Area && shown) {
        let end = |value: f64| (at.0, frame.y(scene, spot.sum - point.y.value + value));
        mark::whisker(ink, end(point.y.low), end(point.y.high));
    }
    if shown {
        mark::symbol(ink, at, style);
    } else {
        ink.circle(at, RADIUS, "fill-opacity=\"0\"");
    }
    mark::bound(ink, point.y.bound, (at.0, at.1 - RADIUS), (at.0, at.1 + RADIUS), style);
    beside.draw(ink, style.muted);
    ink.close_mark(record);
}

/// Whether a point's value is to be printed; `end` where it is the first or the last of its line.
fn is_wanted(scene: &Scene<'_>, spot: &Spot<'_>, end: bool) -> bool {
    let chosen = !scene.look.highlight.is_empty();
    match scene.look.labels {
        Some(Labels::None) => false,
        Some(Labels::All) if scene.points.len() <= TEXTS => true,
        Some(Labels::All | Labels::Ends) => end,
        Some(Labels::Highlighted) => chosen && !spot.style.muted,
        None => end && !spot.style.muted || scene.look.highlight.contains(&spot.point.name),
    }
}

/// The last points of all lines that reach as far to the right as any and whose value is printed there, by the numbers of
/// their lines.
fn last<'a, 'b>(scene: &Scene<'_>, courses: &'b [Course<'a>]) -> Vec<(usize, &'b Spot<'a>)> {
    let ends = || courses.iter().enumerate().filter_map(|(number, course)| Some((number, course.runs.last()?.last()?)));
    let most = ends().fold(0.0, |most: f64, (_, spot)| most.max(spot.at.0));
    ends().filter(|(_, spot)| spot.at.0 > most - 0.5 && is_wanted(scene, spot, true)).collect()
}

/// The room on the right that the values of the last points need beyond the plot area; `None` where there are none, or
/// where they would take too much of it.
fn right_room(scene: &Scene<'_>, trial: &Frame, courses: &[Course<'_>]) -> Option<f64> {
    let last = last(scene, courses);
    let place = last.iter().map(|(_, spot)| spot.at.0).reduce(f64::max)?;
    let widest = last.iter().map(|(_, spot)| size(&value_text(&spot.point.y, scene.look.unit.as_deref())).0).fold(0.0, f64::max);
    let beyond = (place + END + widest - scene.width).max(0.0);
    // What is taken from the width moves a point by its part of the width, or a little more.
    let part = (place - trial.area.x - 2.0 * RADIUS) / (scene.width - trial.area.x);
    Some(if beyond > 0.0 { beyond / part.max(0.01) } else { 0.0 }).filter(|room| *room < 0.35 * scene.width)
}

/// What stands beside each point, in the order of drawing.
fn besides(ink: &Ink, scene: &Scene<'_>, frame: &Frame, courses: &[Course<'_>], column: bool) -> Vec<Beside> {
    let spots: Vec<&Spot<'_>> = courses.iter().flat_map(|course| course.runs.iter().flatten()).collect();
    let mut besides = vec![Beside::default(); spots.len()];
    let mut room = Room::new(ink, frame.room(scene));
    // The places of first and last points among all.
    let mut ends: Vec<(usize, usize)> = Vec::new();
    for course in courses {
        let first = ends.last().map_or(0, |(_, last)| last + 1);
        let count: usize = course.runs.iter().map(Vec::len).sum();
        ends.push((first, first + count - 1));
        for run in &course.runs {
            run.windows(2).for_each(|pair| room.line(pair[0].at, pair[1].at));
            run.iter().filter(|spot| is_shown(scene, spot, run.len(), count)).for_each(|spot| room.mark(spot.at, spot.point.y.bound));
        }
    }
    if column {
        for (course, beside) in at_the_end(scene, frame, courses) {
            besides[ends[course].1] = beside;
        }
    }
    besides.iter().filter_map(|beside| beside.value.as_ref()).for_each(|(_, area)| room.take(*area));
    for (spot, beside) in spots.iter().zip(&mut besides) {
        for number in scene.callouts(spot.point) {
            beside.badges.extend(room.near(spot.at, (BADGE, BADGE)).map(|area| (number, area)));
        }
    }
    // Texts over the full colours of a stack would not be read.
    if stacked(scene) {
        return besides;
    }
    let is_end: std::collections::BTreeSet<usize> = ends.iter().flat_map(|(first, last)| [*first, *last]).collect();
    let lasts = ends.iter().map(|(_, last)| *last);
    let wanted = lasts.chain(0..spots.len()).filter(|at| is_wanted(scene, spots[*at], is_end.contains(at)));
    for at in wanted.take(TEXTS) {
        if besides[at].value.is_none() {
            let text = value_text(&spots[at].point.y, scene.look.unit.as_deref());
            besides[at].value = room.beside(spots[at].at, size(&text)).map(|area| (text, area));
        }
    }
    besides
}

/// The values of the last points in a column on the right, with thin lines where they had to move; by the numbers of
/// their lines.
fn at_the_end(scene: &Scene<'_>, frame: &Frame, courses: &[Course<'_>]) -> Vec<(usize, Beside)> {
    let wish = |spot: &Spot<'_>| if stacked(scene) { f64::midpoint(spot.at.1, spot.base) } else { spot.at.1 };
    let mut last = last(scene, courses);
    let (from, to) = ((frame.area.y - LABEL / 2.0).max(0.0), frame.area.bottom() + LABEL / 2.0);
    // Where there is no room for all, those that stand back give way first, and then the later ones.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a handful of lines of text")]
    let most = ((to - from) / STEP) as usize;
    last.sort_by_key(|(_, spot)| (spot.style.muted, spot.style.series));
    last.truncate(most);
    last.sort_by(|(_, a), (_, b)| wish(a).total_cmp(&wish(b)));
    let wishes: Vec<f64> = last.iter().map(|(_, spot)| wish(spot)).collect();
    let heights = spread(&wishes, STEP, from, to).unwrap_or_default();
    let placed = last.iter().zip(wishes).zip(heights).map(|(((course, spot), wish), height)| {
        let text = value_text(&spot.point.y, scene.look.unit.as_deref());
        let (width, _) = size(&text);
        let area = Area { x: spot.at.0 + END, y: height - LABEL / 2.0, width, height: LABEL };
        let moved = (height - wish).abs() > 3.0;
        let leader = moved.then_some([(spot.at.0 + RADIUS + 1.0, wish), (area.x - 2.0, height)]);
        (*course, Beside { value: Some((text, area)), leader, ..Beside::default() })
    });
    placed.filter(|(_, beside)| beside.value.as_ref().is_some_and(|(_, area)| area.right() <= scene.width)).collect()
}
