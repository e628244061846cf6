//! What a figure's record says of how its data are drawn: the kind of chart, its columns, scale, marks and callouts.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use super::claim::Quantity;
use super::either::{Either, text_or_list, text_or_table};
use crate::text::Spanned;

/// The data of a figure: a file, or claims.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum FigureData {
    /// A CSV, TSV or JSON file, from the root of `content/`.
    File(String),
    /// Claims, whose values are drawn.
    Claims(Vec<Spanned<ClaimDatum>>),
}

/// A claim whose value is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ClaimDatum {
    /// The claim, as `claim:id`.
    pub claim: String,
    /// What its mark is called; without it the claim's `label`, or else its statement.
    pub label: Option<String>,
    /// The series that its mark belongs to.
    pub series: Option<String>,
}

impl<'de> Deserialize<'de> for FigureData {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = text_or_list(deserializer, "a file, or a list of claims such as [\"claim:a\", \"claim:b\"]")?;
        Ok(match written {
            Either::Text(file) => Self::File(file),
            Either::More(claims) => Self::Claims(claims),
        })
    }
}

impl<'de> Deserialize<'de> for ClaimDatum {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Full {
            claim: String,
            label: Option<String>,
            series: Option<String>,
        }
        let written = text_or_table(deserializer, "a claim such as \"claim:a\", or a table with `claim`, `label` and `series`")?;
        Ok(match written {
            Either::Text(claim) => Self { claim, label: None, series: None },
            Either::More(Full { claim, label, series }) => Self { claim, label, series },
        })
    }
}

/// One name, or a list of names.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Names(pub Vec<Spanned<String>>);

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Written(Either<Vec<Spanned<String>>>);
        impl<'de> Deserialize<'de> for Written {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                text_or_list(deserializer, "a name, or a list of names").map(Self)
            }
        }
        let written = Spanned::<Written>::deserialize(deserializer)?;
        Ok(Self(match written.value.0 {
            Either::Text(name) => vec![Spanned { value: name, span: written.span }],
            Either::More(names) => names,
        }))
    }
}

/// Declares an enum of words that an author writes.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal $(| $alias:literal)*,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $word $(, alias = $alias)*)] $variant,)+
        }

        impl $name {
            /// The word, as an author writes it.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }
    };
}

words! {
    /// A kind of chart.
    ChartKind {
        /// A bar for each value, from zero.
        Bar = "bar",
        /// Bars of several series side by side.
        GroupedBar = "grouped-bar",
        /// Bars of several series on top of each other; their sum must mean something.
        StackedBar = "stacked-bar",
        /// Points along an axis, joined.
        Line = "line",
        /// The space under a line, from zero; several series are stacked.
        Area = "area",
        /// A point for each value, one row a name.
        Dot = "dot",
        /// Two points a name, joined: before and after.
        Slope = "slope",
        /// From one value to another, one row a name.
        Range = "range" | "dumbbell",
        /// A point for each pair of numbers.
        Scatter = "scatter",
    }
}

words! {
    /// Which way bars run.
    Direction {
        /// From left to right, each name beside its bar.
        Horizontal = "horizontal",
        /// Upwards, each name under its bar.
        Vertical = "vertical",
    }
}

words! {
    /// The order of the names of a chart.
    Order {
        /// As in the data.
        Data = "data",
        /// The smallest value first.
        Ascending = "ascending",
        /// The largest value first.
        Descending = "descending",
        /// By name.
        Name = "name",
    }
}

words! {
    /// How numbers become lengths.
    Scale {
        /// Equal differences are equal lengths.
        Linear = "linear",
        /// Equal ratios are equal lengths.
        Log = "log",
    }
}

words! {
    /// Which values are printed at their marks.
    Labels {
        /// All of them.
        All = "all",
        /// Those that are highlighted.
        Highlighted = "highlighted",
        /// The first and the last of each line.
        Ends = "ends",
        /// None.
        None = "none",
    }
}

words! {
    /// A kind of diagram.
    DiagramKind {
        /// Boxes in boxes.
        Nested = "nested",
        /// A root with branches.
        Tree = "tree",
        /// Boxes with arrows between them.
        Flow = "flow",
    }
}

/// A line across a chart, at a value to compare with.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReferenceLine {
    /// Where it stands: a number, or `claim:id`.
    pub value: Spanned<Quantity>,
    /// What it says.
    pub label: Option<String>,
}

/// A few words at one point of a chart.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Callout {
    /// The name of the point, as the data have it.
    pub at: Spanned<String>,
    /// Its series, where there are several.
    pub series: Option<Spanned<String>>,
    /// The words.
    pub text: String,
}

/// Something that was changed in a figure.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// When, as a date.
    pub date: Spanned<String>,
    /// What, as plain text.
    pub text: String,
}
