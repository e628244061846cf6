//! The way of a series through a plot area: its points in their order, broken where a value is missing, stacked on the
//! series before it where they are parts of a sum.

use std::collections::BTreeMap;

use super::super::plot::{Along, Point};
use super::frame::Frame;
use super::scene::{Scene, Style};
use crate::kind::ChartKind;

/// A point at its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot<'a> {
    /// The point.
    pub point: &'a Point,
    /// How it is painted.
    pub style: Style,
    /// Its place.
    pub at: (f64, f64),
    /// The height from which its area begins.
    pub base: f64,
    /// The value at its place: its own, or a sum.
    pub sum: f64,
}

/// A series.
#[derive(Debug)]
pub(super) struct Course<'a> {
    /// How its line is painted: muted only where all its points are.
    pub style: Style,
    /// Its points, in stretches without a gap.
    pub runs: Vec<Vec<Spot<'a>>>,
}

/// Whether the areas of several series stand on each other. Below zero there is no such sum to show.
pub(super) fn stacked(scene: &Scene<'_>) -> bool {
    scene.plot.chart == ChartKind::Area && scene.plot.series.len() > 1 && scene.plot.points.iter().all(|point| point.y.value >= 0.0)
}

/// The series with a point here; those that stand back come first, to be drawn below the others.
pub(super) fn courses<'a>(scene: &Scene<'a>, frame: &Frame) -> Vec<Course<'a>> {
    let stacked = stacked(scene);
    let known = known(scene, frame);
    let mut series: BTreeMap<usize, Vec<&'a Point>> = BTreeMap::new();
    for point in &scene.points {
        series.entry(point.series).or_default().push(point);
    }
    // The sums so far, by what stands at exactly one place.
    let mut sums: BTreeMap<u64, f64> = BTreeMap::new();
    let mut courses = Vec::new();
    for (number, points) in series {
        let mut spots: Vec<Spot<'a>> = Vec::new();
        for point in points {
            let from = if stacked { sums.get(&point.x.to_bits()).copied().unwrap_or(0.0) } else { scene.values.base() };
            let to = if stacked { from + point.y.value } else { point.y.value };
            sums.insert(point.x.to_bits(), to);
            let at = (frame.axis.at(point.x), frame.y(scene, to));
            spots.push(Spot { point, style: scene.style(point), at, base: frame.y(scene, from), sum: to });
        }
        spots.sort_by(|a, b| a.at.0.total_cmp(&b.at.0));
        let style = Style { series: number, muted: spots.iter().all(|spot| spot.style.muted) };
        courses.push(Course { style, runs: runs(scene, &spots, &known) });
    }
    courses.sort_by_key(|course| !course.style.muted);
    courses
}

/// All places along the axis at which there could be a point.
fn known(scene: &Scene<'_>, frame: &Frame) -> Vec<f64> {
    let mut known: Vec<f64> = scene.points.iter().map(|point| frame.axis.at(point.x)).collect();
    match &scene.plot.along {
        Along::Names(names) => known.extend((0_u32..).zip(names).map(|(number, _)| frame.axis.at(f64::from(number)))),
        Along::Times(dates) => known.extend(dates.iter().map(|date| {
            let (first, last) = date.days();
            frame.axis.at(f64::midpoint(f64::from(first), f64::from(last)))
        })),
        Along::Numbers => {}
    }
    known.sort_by(f64::total_cmp);
    known.dedup();
    known
}

/// The stretches of a series without a gap. Among several series, one without any neighbouring values has a rhythm of its
/// own, every fifth year perhaps, and is whole.
fn runs<'a>(scene: &Scene<'_>, spots: &[Spot<'a>], known: &[f64]) -> Vec<Vec<Spot<'a>>> {
    let number = |spot: &Spot<'_>| known.partition_point(|one| *one < spot.at.0);
    let steps = || spots.windows(2).map(|pair| number(&pair[1]) - number(&pair[0])).filter(|step| *step > 0);
    let alone = scene.plot.series.len() < 2 && scene.plot.panels.len() < 2;
    let rhythm = !alone && steps().count() > 1 && steps().all(|step| step > 1);
    let whole = |a: &Spot<'_>, b: &Spot<'_>| rhythm || number(b) - number(a) <= 1;
    spots.chunk_by(whole).map(<[Spot<'a>]>::to_vec).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::ink::Ink;
    use super::super::super::look::Look;
    use super::super::super::plot::Plot;
    use super::super::super::reading::Reading;
    use super::super::values::Values;
    use super::*;

    /// The sums of the points of each stretch of each series; a value of -1 is missing.
    fn sums(chart: ChartKind, series: &[&[f64]]) -> Vec<Vec<Vec<f64>>> {
        let mut points = Vec::new();
        for (number, values) in series.iter().enumerate() {
            for (x, value) in (0_u32..).zip(*values).filter(|(_, value)| **value >= 0.0) {
                let y = Reading::exact(*value);
                points.push(Point { name: x.to_string(), x: f64::from(x), y, series: number, panel: 0, record: None });
            }
        }
        let names = (0..series[0].len()).map(|number| number.to_string()).collect();
        let series = (0..series.len()).map(|number| number.to_string()).collect();
        let plot = Plot { chart, along: Along::Names(names), series, panels: vec![String::new()], points };
        let look = Look::default();
        let (values, order) = (Values::of(&plot, &look), super::super::scene::order(&plot, &look));
        let scene = Scene::new(&plot, &look, &order, &values, 0, 612.0);
        let frame = Frame::draw(&mut Ink::default(), &scene, 0.0, false);
        let sums = |course: Course<'_>| course.runs.iter().map(|run| run.iter().map(|spot| spot.sum).collect()).collect();
        courses(&scene, &frame).into_iter().map(sums).collect()
    }

    #[test]
    fn a_missing_value_is_a_gap_unless_a_series_has_a_rhythm_of_its_own() {
        assert_eq!(sums(ChartKind::Line, &[&[1.0, 2.0, -1.0, 4.0]]), [[vec![1.0, 2.0], vec![4.0]]]);
        let two = sums(ChartKind::Line, &[&[1.0, 2.0, 3.0, 4.0, 5.0], &[1.0, -1.0, 3.0, -1.0, 5.0]]);
        assert_eq!(two[1], [[1.0, 3.0, 5.0]]);
    }

    #[test]
    fn areas_stand_on_each_other() {
        assert_eq!(sums(ChartKind::Area, &[&[1.0, 2.0], &[10.0, 20.0]]), [[[1.0, 2.0]], [[11.0, 22.0]]]);
        assert_eq!(sums(ChartKind::Area, &[&[1.0, 2.0]]), [[[1.0, 2.0]]]);
    }
}
