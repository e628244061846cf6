//! The lines of a slope chart: which of the data's dimensions stands at its two axes, and which are its lines.

use std::collections::BTreeMap;

use super::super::super::plot::{Along, Plot, Point};
use super::super::scene::{Scene, Style};
use crate::text::WrittenDate;

/// What a slope chart shows.
pub(super) struct Slopes<'a> {
    /// The names of the two axes.
    pub heads: [&'a str; 2],
    /// The lines, in the order of the data.
    pub lines: Vec<Line<'a>>,
}

/// A line of a slope chart.
pub(super) struct Line<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its points, left and right.
    pub points: [Option<&'a Point>; 2],
    /// How it is painted.
    pub style: Style,
    /// Whether the author wants it to stand out.
    pub is_chosen: bool,
}

/// Which dimension stands at the axes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Across {
    /// Two series; lines are names.
    Series([usize; 2]),
    /// Two names; lines are series.
    Names([usize; 2]),
}

/// The lines of a plot area.
pub(super) fn slopes<'a>(scene: &Scene<'a>) -> Slopes<'a> {
    let names: &[String] = if let Along::Names(names) = &scene.plot.along { names } else { &[] };
    let series = &scene.plot.series;
    let (heads, across) = match across(scene.plot, names) {
        across @ Across::Series(two) => (two.map(|at| series.get(at).map_or("", String::as_str)), across),
        across @ Across::Names(two) => (two.map(|at| names.get(at).map_or("", String::as_str)), across),
    };
    let mut first: BTreeMap<(usize, usize), &'a Point> = BTreeMap::new();
    for point in &scene.points {
        first.entry((point.slot(), point.series)).or_insert(point);
    }
    let line = |number: usize, name: &'a str| {
        let point = |end: usize| match across {
            Across::Series(two) | Across::Names(two) if end == 1 && two[0] == two[1] => None,
            Across::Series(two) => first.get(&(number, two[end])).copied(),
            Across::Names(two) => first.get(&(two[end], number)).copied(),
        };
        let chosen = scene.look.highlight.iter().any(|one| one == name);
        let series = if matches!(across, Across::Names(_)) { number } else { 0 };
        Line { name, points: [point(0), point(1)], style: Style { series, muted: false }, is_chosen: chosen }
    };
    let mut lines: Vec<Line<'a>> = match across {
        Across::Series(_) => scene.names.iter().map(|(number, name)| line(*number, name)).collect(),
        Across::Names(_) => series.iter().enumerate().map(|(number, name)| line(number, name)).collect(),
    };
    lines.retain(|line| line.points.iter().any(Option::is_some));
    let any_chosen = lines.iter().any(|line| line.is_chosen);
    for line in &mut lines {
        line.style.muted = any_chosen && !line.is_chosen;
    }
    Slopes { heads, lines }
}

/// The dimension of two entries; of others, the first and the last of what is dates, or else of the series.
fn across(plot: &Plot, names: &[String]) -> Across {
    let dates = |all: &[String]| !all.is_empty() && all.iter().all(|one| WrittenDate::read(one).is_some());
    let names_are_dates = dates(names) && !dates(&plot.series);
    let by_series = match (plot.series.len(), names.len()) {
        (2, 2) => !names_are_dates,
        (2, _) => true,
        (0 | 1, _) | (_, 2) => false,
        _ => !names_are_dates,
    };
    let (all, count) = if by_series { (plot.series.as_slice(), plot.series.len()) } else { (names, names.len()) };
    let mut two = [0, count.saturating_sub(1)];
    // Of two dates, the earlier is on the left.
    let [first, last] = two.map(|at| all.get(at).and_then(|one| WrittenDate::read(one)));
    if first.zip(last).is_some_and(|(first, last)| last < first) {
        two.reverse();
    }
    if by_series { Across::Series(two) } else { Across::Names(two) }
}

#[cfg(test)]
mod tests {
    use super::super::super::law::plot_of;
    use super::*;

    fn across_of(csv: &str) -> Across {
        let plot = plot_of("chart = \"slope\"", csv);
        let Along::Names(names) = &plot.along else { panic!("names") };
        across(&plot, names)
    }

    #[test]
    fn the_axes_are_the_dimension_of_two() {
        assert_eq!(across_of("city,before,after\na,1,2\nb,1,2\nc,1,2\n"), Across::Series([0, 1]));
        assert_eq!(across_of("year,steel,iron,tin\n2010,1,2,3\n2020,1,2,3\n"), Across::Names([0, 1]));
        assert_eq!(across_of("year,steel,iron\n2010,1,2\n2020,1,2\n"), Across::Names([0, 1]));
        assert_eq!(across_of("city,before,after\na,1,2\nb,1,2\n"), Across::Series([0, 1]));
    }

    #[test]
    fn of_more_they_are_the_first_and_the_last() {
        assert_eq!(across_of("year,steel,iron,tin\n2020,1,2,3\n2015,1,2,3\n2010,1,2,3\n"), Across::Names([2, 0]));
        assert_eq!(across_of("city,2010,2015,2020\na,1,2,3\nb,1,2,3\nc,1,2,3\n"), Across::Series([0, 2]));
        assert_eq!(across_of("year,steel\n2010,1\n2015,1\n2020,1\n"), Across::Names([0, 2]));
    }
}
