//! The area under a line, with the hatching of its series.

use super::super::ink::{Ink, Paint, number};
use super::course::{Course, Spot};
use super::mark;

/// From one line of a hatching to the next.
const STEP: f64 = 8.0;
/// The hatching of an area with more points than this would be a thicket.
const MOST: usize = 400;

/// One layer of a stack, in its full colour and parted from the others by a line of the paper.
pub(super) fn layer(ink: &mut Ink, course: &Course<'_>) {
    for run in course.runs.iter().filter(|run| run.len() > 1) {
        let outline = outline(run);
        ink.open(mark::fill(course.style));
        ink.path(&outline, true, "");
        ink.close();
        hatch(ink, &outline, course.style.series, Paint::Hatch, "");
        ink.open(Paint::Hatch);
        ink.path(&run.iter().map(|spot| spot.at).collect::<Vec<_>>(), false, "stroke-width=\"2\" stroke-opacity=\"1\"");
        ink.close();
    }
}

/// An area by itself: pale, so that what lies behind it is seen.
pub(super) fn pale(ink: &mut Ink, course: &Course<'_>) {
    for run in course.runs.iter().filter(|run| run.len() > 1) {
        let outline = outline(run);
        ink.open(mark::fill(course.style));
        ink.path(&outline, true, "fill-opacity=\"0.22\"");
        ink.close();
        hatch(ink, &outline, course.style.series, mark::stroke(course.style), " stroke-opacity=\"0.4\"");
    }
}

/// Along the line, and back along the base.
fn outline(run: &[Spot<'_>]) -> Vec<(f64, f64)> {
    run.iter().map(|spot| spot.at).chain(run.iter().rev().map(|spot| (spot.at.0, spot.base))).collect()
}

/// Lines over an area, in the directions of the series: as [`mark::hatch`] has them for rectangles.
fn hatch(ink: &mut Ink, outline: &[(f64, f64)], series: usize, paint: Paint, more: &str) {
    let diagonal = std::f64::consts::FRAC_1_SQRT_2;
    // Each direction as the step across its lines.
    let (rising, falling) = ((diagonal, diagonal), (-diagonal, diagonal));
    let across: &[(f64, f64)] = match series % 6 {
        1 => &[rising],
        2 => &[falling],
        3 => &[(0.0, 1.0)],
        4 => &[rising, falling],
        5 => &[(1.0, 0.0)],
        _ => &[],
    };
    if across.is_empty() || outline.len() > 2 * MOST {
        return;
    }
    let way: String = across.iter().map(|step| cuts(outline, *step)).collect();
    ink.open(paint);
    ink.shape(&way, &format!("stroke-width=\"1\"{more}"));
    ink.close();
}

/// The parts of parallel lines that lie within an outline; `across` is the step of one pixel from line to line.
fn cuts(outline: &[(f64, f64)], across: (f64, f64)) -> String {
    let high = |(x, y): (f64, f64)| x * across.0 + y * across.1;
    let wide = |(x, y): (f64, f64)| x * across.1 - y * across.0;
    let heights = outline.iter().map(|point| high(*point));
    let (low, top) = heights.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, top), one| (low.min(one), top.max(one)));
    let mut way = String::new();
    let mut at = ((low / STEP).floor() + 1.0) * STEP;
    while at < top {
        let edges = outline.iter().zip(outline.iter().cycle().skip(1));
        let mut ends: Vec<f64> = Vec::new();
        for (from, to) in edges {
            let (a, b) = (high(*from), high(*to));
            // Half-open, so that a corner counts once.
            if (a <= at) != (b <= at) {
                ends.push(wide(*from) + (wide(*to) - wide(*from)) * (at - a) / (b - a));
            }
        }
        ends.sort_by(f64::total_cmp);
        for pair in ends.chunks_exact(2) {
            let place = |along: f64| (across.0 * at + across.1 * along, across.1 * at - across.0 * along);
            let (from, to) = (place(pair[0]), place(pair[1]));
            way.push_str(&format!("M{} {}L{} {}", number(from.0), number(from.1), number(to.0), number(to.1)));
        }
        at += STEP;
    }
    way
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hatching_ends_at_the_outline() {
        // A triangle over (0, 0) to (32, 0): its level lines get shorter towards the tip at (16, 16).
        let triangle = [(0.0, 0.0), (32.0, 0.0), (16.0, 16.0)];
        assert_eq!(cuts(&triangle, (0.0, 1.0)), "M8 8L24 8");
        assert_eq!(cuts(&triangle, (1.0, 0.0)), "M8 8L8 0M16 16L16 0M24 8L24 0");
    }
}
