//! Figures: charts, tables, timelines, diagrams and images, numbered in the order of their places.
//!
//! ```toml
//! [[figures]]
//! id = "steel"
//! kind = "table"
//! title = "Steel output"
//! caption = "Output of crude steel, 2020 to 2022."
//! data = "data/steel.csv"
//! unit = "million tonnes"
//! ```

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::chart::{Callout, Change, ChartKind, DiagramKind, Direction, FigureData, Labels, Names, Order, ReferenceLine, Scale};
use super::claim::Quantity;
use super::common::{Fact, Info, Named};
use crate::text::Spanned;

/// A figure.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
pub struct Figure {
    /// How it is drawn.
    pub kind: FigureKind,
    /// Its title.
    pub title: String,
    /// What it shows and how to read it, as Markdown.
    pub caption: Option<String>,
    /// What a reader who cannot see it must know.
    pub alt: Option<String>,
    /// Its data: a CSV, TSV or JSON file from the root of `content/`, or a list of claims. A cell that names a claim where
    /// a number is wanted stands for the claim's value.
    pub data: Option<Spanned<FigureData>>,
    /// The columns of inline data.
    #[serde(default)]
    pub columns: Vec<String>,
    /// The rows of inline data.
    #[serde(default)]
    pub rows: Vec<Spanned<Vec<Quantity>>>,
    /// The image file, from the root of `content/`.
    pub src: Option<Spanned<String>>,
    /// The unit of its numbers.
    pub unit: Option<String>,
    /// How its numbers were made, as Markdown.
    pub method: Option<String>,
    /// The licence under which it may be used.
    pub license: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
    /// What was changed in it, and when.
    #[serde(default)]
    pub changes: Vec<Change>,
    /// The kind of chart.
    pub chart: Option<Spanned<ChartKind>>,
    /// The column of names, dates or numbers along a chart; the dates of a timeline. Without it, the first that fits.
    pub x: Option<Spanned<String>>,
    /// The column of values, or several, each a series; the events of a timeline. Without it, those that fit.
    #[serde(default)]
    pub y: Names,
    /// The column that tells series apart; on a timeline, sorts of events.
    pub series: Option<Spanned<String>>,
    /// The column that parts the data into small charts of one scale.
    pub panels: Option<Spanned<String>>,
    /// The columns of the lower and the upper end of what is uncertain.
    pub uncertainty: Option<Spanned<[String; 2]>>,
    /// Which way bars run. Without it: upwards for dates and for few short names.
    pub direction: Option<Direction>,
    /// The order of the names. Without it, as in the data.
    pub order: Option<Order>,
    /// How numbers become lengths: `linear` without it.
    pub scale: Option<Spanned<Scale>>,
    /// The least and the greatest value of the axis. A bar that does not begin at zero is marked as broken.
    pub axis: Option<Spanned<[f64; 2]>>,
    /// Which values are printed at their marks. Without it: all, where there is room.
    pub labels: Option<Labels>,
    /// Names or series that stand out.
    #[serde(default)]
    pub highlight: Names,
    /// Lines across the chart, to compare with.
    #[serde(default)]
    pub references: Vec<ReferenceLine>,
    /// Words at single points.
    #[serde(default)]
    pub callouts: Vec<Callout>,
    /// Sorts of events of a timeline that have not happened, such as targets.
    #[serde(default)]
    pub planned: Names,
    /// The kind of diagram.
    pub diagram: Option<DiagramKind>,
    /// What a diagram shows: a line for each box, those inside it further to the right; in a flow, `a -> b: label`.
    pub text: Option<Spanned<String>>,
    /// What the signs `#word` at the ends of a diagram's lines mean.
    #[serde(default)]
    pub key: BTreeMap<String, String>,
}

/// How a figure is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FigureKind {
    /// Drawn from data as marks on axes.
    Chart,
    /// The data as a table.
    Table,
    /// Events along a line of time.
    Timeline,
    /// Boxes and their relations.
    Diagram,
    /// A bitmap file.
    Image,
    /// An SVG file.
    Svg,
}

impl FigureKind {
    /// The word, as an author writes it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Chart => "chart",
            Self::Table => "table",
            Self::Timeline => "timeline",
            Self::Diagram => "diagram",
            Self::Image => "image",
            Self::Svg => "svg",
        }
    }

    /// Whether the figure is made from a data file or rows, and not from a picture.
    #[must_use]
    pub const fn from_data(self) -> bool {
        matches!(self, Self::Chart | Self::Table | Self::Timeline | Self::Diagram)
    }
}

impl Figure {
    /// What is fixed about this kind.
    pub const INFO: Info = Info {
        name: "figure",
        plural: "figures",
        prefix: "fig",
        folder: "figures",
        title: "Figures",
        intro: "Every figure of the briefing, with its sources and the passages that refer to it.",
        text_keys: ("title", "caption"),
        lists: &["sources", "see"],
    };
}

impl Named for Figure {
    fn label(&self) -> &str {
        &self.title
    }

    fn main_text(&self) -> Option<&str> {
        self.caption.as_deref()
    }

    fn texts(&self) -> Vec<(&'static str, &str)> {
        self.method.as_deref().map(|method| ("Method", method)).into_iter().collect()
    }

    fn facts(&self) -> Vec<Fact> {
        [
            Fact::maybe("Unit", self.unit.as_ref()),
            Fact::maybe("Licence", self.license.as_ref()),
            Fact::maybe("Credit", self.credit.as_ref()),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
