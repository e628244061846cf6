//! What a chart's record asks for beside its points, with the value of every record that it names looked up.

use super::claims::Claims;
use super::plot::{Along, FaultPlace, Plot, PlotFault};
use super::reading::Reading;
use crate::kind::{ChartKind, Direction, Figure, Kind, Labels, Order, ReferenceLine, Scale};
use crate::number::Units;
use crate::text::{Spanned, suggestion};

/// The wishes of a chart's author. The default is what is drawn without any.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Look {
    /// The unit of the values.
    pub unit: Option<String>,
    /// Which way bars run.
    pub direction: Option<Direction>,
    /// The order of the names.
    pub order: Option<Order>,
    /// Whether equal ratios are equal lengths.
    pub log: bool,
    /// The ends of the axis.
    pub axis: Option<(f64, f64)>,
    /// Which values are printed.
    pub labels: Option<Labels>,
    /// Names and series that stand out.
    pub highlight: Vec<String>,
    /// Lines to compare with.
    pub references: Vec<Line>,
    /// Words at single points.
    pub callouts: Vec<Words>,
}

/// A line to compare with.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Where it stands.
    pub value: f64,
    /// What it says.
    pub label: String,
    /// The record that its value comes from.
    pub record: Option<(Kind, String)>,
}

/// Words at a point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The name of the point.
    pub at: String,
    /// Its series.
    pub series: Option<String>,
    /// The words.
    pub text: String,
}

impl Look {
    /// The wishes of a figure's record. Those that do not fit its points are reported and left out.
    #[must_use]
    pub fn read(figure: &Figure, plot: &Plot, claims: Claims<'_>, units: &Units, faults: &mut Vec<PlotFault>) -> Self {
        let unit = figure.unit.clone();
        let references = figure.references.iter().filter_map(|line| reference(line, unit.as_deref(), claims, units, faults)).collect();
        for name in &figure.highlight.0 {
            known(plot, name, true, faults);
        }
        let mut callouts = Vec::new();
        for callout in &figure.callouts {
            if known(plot, &callout.at, false, faults) && callout.series.as_ref().is_none_or(|series| known_series(plot, series, faults)) {
                let series = callout.series.as_ref().map(|series| series.value.clone());
                callouts.push(Words { at: callout.at.value.clone(), series, text: callout.text.clone() });
            }
        }
        Self {
            direction: figure.direction,
            order: figure.order,
            log: log(figure, plot, faults),
            axis: axis(figure, faults),
            labels: figure.labels,
            highlight: figure.highlight.0.iter().map(|name| name.value.clone()).collect(),
            references,
            callouts,
            unit,
        }
    }
}

fn reference(line: &ReferenceLine, unit: Option<&str>, claims: Claims<'_>, units: &Units, faults: &mut Vec<PlotFault>) -> Option<Line> {
    let mut wrong = |message: String| {
        faults.push(PlotFault { message, at: FaultPlace::Record(line.value.span), help: None });
        None
    };
    let written = &line.value.value.text;
    let (text, record, label) = if let Some(id) = written.strip_prefix("claim:") {
        let Some(claim) = claims(id) else { return wrong(format!("there is no claim `{id}` for this line")) };
        match super::claims::value(claim, unit, units) {
            Ok(text) => (text, Some((Kind::Claim, id.to_owned())), claim.label.clone()),
            Err(message) => return wrong(message),
        }
    } else {
        (written.clone(), None, None)
    };
    let Some(reading) = Reading::read(&text, unit, units) else { return wrong(format!("“{text}” is no number for a line")) };
    Some(Line { value: reading.value, label: line.label.clone().or(label).unwrap_or_default(), record })
}

/// Whether a name stands in the data: along the chart, or also among its series.
fn known(plot: &Plot, name: &Spanned<String>, series_too: bool, faults: &mut Vec<PlotFault>) -> bool {
    let names = plot.points.iter().map(|point| point.name.as_str());
    let series = plot.series.iter().filter(|_| series_too).map(String::as_str);
    let mut all: Vec<&str> = names.chain(series).collect();
    if let Along::Names(names) = &plot.along {
        all.extend(names.iter().map(String::as_str));
    }
    is_in(&all, name, "the data have no name", faults)
}

fn known_series(plot: &Plot, name: &Spanned<String>, faults: &mut Vec<PlotFault>) -> bool {
    is_in(&plot.series.iter().map(String::as_str).collect::<Vec<_>>(), name, "the data have no series", faults)
}

fn is_in(all: &[&str], name: &Spanned<String>, what: &str, faults: &mut Vec<PlotFault>) -> bool {
    let found = all.contains(&name.value.as_str());
    if !found {
        let help = suggestion(&name.value, all.iter().copied());
        faults.push(PlotFault { message: format!("{what} `{}`", name.value), at: FaultPlace::Record(name.span), help });
    }
    found
}

/// Whether the scale is logarithmic: lengths from zero, and values of zero or less, have no place on one.
fn log(figure: &Figure, plot: &Plot, faults: &mut Vec<PlotFault>) -> bool {
    let Some(scale) = figure.scale.as_ref().filter(|scale| scale.value == Scale::Log) else { return false };
    let lengths = matches!(plot.chart, ChartKind::Bar | ChartKind::GroupedBar | ChartKind::StackedBar | ChartKind::Area);
    let below = plot.points.iter().find(|point| point.y.low <= 0.0);
    let message = match below {
        _ if lengths => format!("a {} chart shows lengths from zero, which a logarithmic scale does not have", plot.chart.word()),
        Some(point) => format!("“{}” has a value of zero or less, which a logarithmic scale does not have", point.name),
        None => return true,
    };
    let help = lengths.then(|| "a dot plot shows the same without lengths: `chart = \"dot\"`".to_owned());
    faults.push(PlotFault { message, at: FaultPlace::Record(scale.span), help });
    false
}

/// The ends of the axis, the smaller one first.
fn axis(figure: &Figure, faults: &mut Vec<PlotFault>) -> Option<(f64, f64)> {
    let axis = figure.axis.as_ref()?;
    let [from, to] = axis.value;
    if from < to && from.is_finite() && to.is_finite() {
        return Some((from, to));
    }
    let message = "an axis goes from a smaller number to a greater one".to_owned();
    faults.push(PlotFault { message, at: FaultPlace::Record(axis.span), help: Some("`axis = [0, 100]`".to_owned()) });
    None
}
