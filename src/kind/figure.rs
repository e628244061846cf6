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

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
    /// The data file (CSV, TSV or JSON), from the root of `content/`.
    pub data: Option<Spanned<String>>,
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
