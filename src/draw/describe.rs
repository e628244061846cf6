//! A chart in words: what it is, from where to where its values go, and what stands out.

use super::chart::value_words;
use super::look::Look;
use super::plot::{Along, Plot, Point};
use super::reading::Bound;
use crate::kind::{ChartKind, Figure};

/// The name of a drawn figure.
pub(super) fn title(what: &str, figure: &Figure) -> String {
    format!("{what}: {}", figure.title)
}

/// The words for a kind of chart.
pub(super) const fn chart_words(chart: ChartKind) -> &'static str {
    match chart {
        ChartKind::Bar => "Bar chart",
        ChartKind::GroupedBar => "Grouped bar chart",
        ChartKind::StackedBar => "Stacked bar chart",
        ChartKind::Line => "Line chart",
        ChartKind::Area => "Area chart",
        ChartKind::Dot => "Dot plot",
        ChartKind::Slope => "Slope chart",
        ChartKind::Range => "Range chart",
        ChartKind::Scatter => "Scatter plot",
    }
}

/// What a chart shows, from its data.
pub(super) fn chart(plot: &Plot, look: &Look) -> String {
    let unit = look.unit.as_deref();
    let mut out = format!("{} of {}", chart_words(plot.chart), counted(plot.points.len(), "value", "values"));
    if plot.series.len() > 1 {
        out.push_str(&format!(" in {}: {}", counted(plot.series.len(), "series", "series"), listed(&plot.series)));
    }
    if let Along::Times(dates) = &plot.along
        && let [first, .., last] = dates.as_slice()
    {
        out.push_str(&format!(", from {} to {}", first.long(), last.long()));
    }
    let least = plot.points.iter().min_by(|a, b| a.y.value.total_cmp(&b.y.value));
    let most = plot.points.iter().max_by(|a, b| a.y.value.total_cmp(&b.y.value));
    if let Some((least, most)) = least.zip(most) {
        let name = |point: &Point| {
            let series = plot.series.get(point.series).map_or("", String::as_str);
            let panel = plot.panels.get(point.panel).map_or("", String::as_str);
            let parts: Vec<&str> = [panel, series, point.name.as_str()].into_iter().filter(|one| !one.is_empty()).collect();
            parts.join(", ")
        };
        if plot.points.len() == 1 {
            out.push_str(&format!(": {}, {}.", name(most), value_words(&most.y, unit)));
        } else if least.y.value.total_cmp(&most.y.value).is_eq() {
            out.push_str(&format!(", all {}.", value_words(&most.y, unit)));
        } else {
            out.push_str(&format!(
                ". Highest: {}, {}; lowest: {}, {}.",
                name(most),
                value_words(&most.y, unit),
                name(least),
                value_words(&least.y, unit)
            ));
        }
    }
    let bounds = |bound: Bound| plot.points.iter().filter(|point| point.y.bound == bound).count();
    for (bound, one, many) in [(Bound::More, "is a floor", "are floors"), (Bound::Less, "is a ceiling", "are ceilings")] {
        match bounds(bound) {
            0 => {}
            1 => out.push_str(&format!(" One value {one}.")),
            count => out.push_str(&format!(" {} values {many}.", spelled(count))),
        }
    }
    for line in &look.references {
        let value = value_words(&super::reading::Reading::exact(line.value), unit);
        let label = if line.label.is_empty() { "Line to compare with" } else { &line.label };
        out.push_str(&format!(" {label}: {value}."));
    }
    out
}

/// A number of things, small ones in words.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("one {one}") } else { format!("{} {many}", spelled(count).to_lowercase()) }
}

fn spelled(count: usize) -> String {
    const WORDS: [&str; 13] = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"];
    WORDS.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned())
}

/// A few names, and how many more there are.
fn listed(names: &[String]) -> String {
    const MOST: usize = 6;
    let shown = names.iter().take(MOST).map(String::as_str).collect::<Vec<_>>().join(", ");
    if names.len() > MOST { format!("{shown} and {} more", names.len() - MOST) } else { shown }
}
