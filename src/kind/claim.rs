//! Claims: statements that the briefing reports or makes, each with who says it and how well it is supported.
//!
//! ```toml
//! [[claims]]
//! id = "steel-2022"
//! statement = "Steel output fell by 3.2% in 2022."
//! kind = "quantity"
//! value = 3.2
//! unit = "%"
//! said_by = "the statistics bureau"
//! support = "attributed"
//! sources = [{ id = "nbs-2022", locator = "p. 3", quote = "fell by 3.2 per cent" }]
//! ```

use std::fmt;

use schemars::JsonSchema;
use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize};

use super::common::{Fact, Info, Named};
use crate::text::AS_WRITTEN;

/// A statement with its support.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
pub struct Claim {
    /// The claim in one sentence that stands by itself, as Markdown.
    pub statement: String,
    /// A few words that name it in figures and lists.
    pub label: Option<String>,
    /// What sort of claim it is.
    pub kind: Option<ClaimKind>,
    /// Its value, as the prose states it.
    pub value: Option<Quantity>,
    /// The unit of the value.
    pub unit: Option<String>,
    /// How the value is meant: `=`, `>`, `>=`, `<`, `<=` or `about`.
    pub op: Option<Operator>,
    /// When it holds.
    pub as_of: Option<String>,
    /// Who says it.
    pub said_by: Option<String>,
    /// How well it is supported.
    pub support: Option<Support>,
    /// How sure the desk is of it.
    pub confidence: Option<Confidence>,
    /// The information's credibility on the Admiralty scale, 1 (confirmed) to 6 (cannot be judged).
    pub credibility: Option<Credibility>,
    /// When it was last checked, as a date.
    pub checked: Option<String>,
    /// Who checked it.
    pub checked_by: Option<String>,
    /// How its value follows from other claims: a formula over their ids, such as `a / b`. Percentages count as
    /// hundredths, and values in their units' base: millions as such, millimetres as metres.
    pub derived: Option<String>,
    /// How far the formula's result may differ from the value: a number in the value's unit, or a percentage of the
    /// value; without one, half of the last digit printed.
    pub tolerance: Option<Quantity>,
}

/// What sort of claim it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ClaimKind {
    /// A number of something.
    Quantity,
    /// A time.
    Date,
    /// A place in an order.
    Rank,
    /// Something that happened.
    Event,
    /// Something that is to be reached.
    Target,
    /// That somebody said something.
    Attribution,
    /// An assessment, a description or a cause.
    Judgement,
}

impl ClaimKind {
    /// All of them.
    pub const ALL: [Self; 7] = [Self::Quantity, Self::Date, Self::Rank, Self::Event, Self::Target, Self::Attribution, Self::Judgement];

    /// The word that a reader sees.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Quantity => "quantity",
            Self::Date => "date",
            Self::Rank => "rank",
            Self::Event => "event",
            Self::Target => "target",
            Self::Attribution => "attribution",
            Self::Judgement => "judgement",
        }
    }
}

/// How a value is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum Operator {
    /// Just this.
    #[serde(rename = "=")]
    Equal,
    /// More than this.
    #[serde(rename = ">")]
    More,
    /// This or more.
    #[serde(rename = ">=")]
    AtLeast,
    /// Less than this.
    #[serde(rename = "<")]
    Less,
    /// This or less.
    #[serde(rename = "<=")]
    AtMost,
    /// Near this.
    #[serde(rename = "about")]
    About,
}

impl Operator {
    const fn word(self) -> &'static str {
        match self {
            Self::Equal => "",
            Self::More => "more than ",
            Self::AtLeast => "at least ",
            Self::Less => "less than ",
            Self::AtMost => "at most ",
            Self::About => "about ",
        }
    }
}

/// How well a claim is supported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Support {
    /// Checked against an independent source.
    Verified,
    /// Somebody who is named says so.
    Attributed,
    /// Printed without saying who says so.
    Unattributed,
    /// An estimate, and called one.
    Estimate,
    /// A forecast, plan or target.
    Forecast,
    /// Contradicted by another source.
    Disputed,
    /// A damaged reading that the desk has mended.
    Restored,
    /// Worked out by this briefing from other claims.
    Computed,
}

impl Support {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Verified,
        Self::Attributed,
        Self::Unattributed,
        Self::Estimate,
        Self::Forecast,
        Self::Disputed,
        Self::Restored,
        Self::Computed,
    ];

    /// What a reader is told of it.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Verified => "checked against an independent source",
            Self::Attributed => "somebody who is named says so",
            Self::Unattributed => "printed without saying who says so",
            Self::Estimate => "an estimate, and called one",
            Self::Forecast => "a forecast, a plan or a target",
            Self::Disputed => "contradicted by another source",
            Self::Restored => "a damaged reading, mended here",
            Self::Computed => "worked out here from other claims",
        }
    }

    /// The word that a reader sees.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Attributed => "attributed",
            Self::Unattributed => "unattributed",
            Self::Estimate => "estimate",
            Self::Forecast => "forecast",
            Self::Disputed => "disputed",
            Self::Restored => "restored",
            Self::Computed => "computed",
        }
    }
}

/// How sure the desk is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// A guess with reasons.
    Low,
    /// More likely than not.
    #[serde(alias = "medium")]
    Moderate,
    /// As good as certain.
    High,
}

impl Confidence {
    /// All of them, the surest first.
    pub const ALL: [Self; 3] = [Self::High, Self::Moderate, Self::Low];

    /// The word that a reader sees.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Moderate => "moderate",
            Self::High => "high",
        }
    }
}

/// A step of the Admiralty scale for information.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Credibility(u8);

impl<'de> Deserialize<'de> for Credibility {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let step = u8::deserialize(deserializer)?;
        if (1..=6).contains(&step) {
            Ok(Self(step))
        } else {
            Err(serde::de::Error::custom("credibility goes from 1 (confirmed) to 6 (cannot be judged)"))
        }
    }
}

impl fmt::Display for Credibility {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        const WORDS: [&str; 6] = ["confirmed", "probably true", "possibly true", "doubtful", "improbable", "cannot be judged"];
        write!(out, "{} ({})", self.0, WORDS[usize::from(self.0 - 1)])
    }
}

/// A number or a short text, as its author wrote it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Quantity {
    /// The text.
    pub text: String,
}

impl Quantity {
    /// The number, if it is one.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        self.text.replace([',', '\u{202f}', ' '], "").parse().ok()
    }

    /// The value as a reader sees it: whole numbers from 10,000 on in groups of three.
    #[must_use]
    pub fn grouped(&self) -> String {
        let (sign, digits) = self.text.strip_prefix('-').map_or(("", self.text.as_str()), |rest| ("−", rest));
        if digits.len() < 5 || !digits.bytes().all(|one| one.is_ascii_digit()) {
            return format!("{sign}{digits}");
        }
        let head = digits.len() % 3;
        let mut groups: Vec<&str> = if head > 0 { vec![&digits[..head]] } else { Vec::new() };
        groups.extend((head..digits.len()).step_by(3).map(|at| &digits[at..at + 3]));
        format!("{sign}{}", groups.join(","))
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NumberOrText;
        impl<'de> Visitor<'de> for NumberOrText {
            type Value = Quantity;
            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a number or a text")
            }
            fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Quantity, D::Error> {
                deserializer.deserialize_any(self)
            }
            fn visit_i64<E>(self, number: i64) -> Result<Quantity, E> {
                Ok(Quantity { text: number.to_string() })
            }
            fn visit_f64<E>(self, number: f64) -> Result<Quantity, E> {
                Ok(Quantity { text: number.to_string() })
            }
            fn visit_str<E>(self, text: &str) -> Result<Quantity, E> {
                Ok(Quantity { text: text.to_owned() })
            }
        }
        deserializer.deserialize_newtype_struct(AS_WRITTEN, NumberOrText)
    }
}

impl Claim {
    /// The value with its operator and unit, as a reader sees it.
    #[must_use]
    pub fn value_text(&self) -> Option<String> {
        let value = self.value.as_ref()?.grouped();
        let op = self.op.map_or("", Operator::word);
        Some(format!("{op}{}", with_unit(&value, self.unit.as_deref())))
    }
}

/// A number with its unit, as a reader sees it.
#[must_use]
pub fn with_unit(number: &str, unit: Option<&str>) -> String {
    let unit = unit.unwrap_or_default();
    let space = if unit.is_empty() || unit.starts_with('%') { "" } else { " " };
    format!("{number}{space}{unit}")
}

impl Claim {
    /// What is fixed about this kind.
    pub const INFO: Info = Info {
        name: "claim",
        plural: "claims",
        prefix: "claim",
        folder: "claims",
        title: "Claims register",
        intro: "Every claim the briefing reports, who says it, and how well it is supported.",
        text_keys: ("statement", ""),
        lists: &["sources", "see"],
    };
}

impl Named for Claim {
    fn label(&self) -> &str {
        &self.statement
    }

    fn facts(&self) -> Vec<Fact> {
        [
            Fact::maybe("Support", self.support.map(Support::word)),
            Fact::maybe("Said by", self.said_by.as_ref()),
            Fact::maybe("Value", self.value_text()),
            Fact::maybe("As of", self.as_of.as_ref()),
            Fact::maybe("Kind", self.kind.map(ClaimKind::word)),
            Fact::maybe("Confidence", self.confidence.map(Confidence::word)),
            Fact::maybe("Credibility", self.credibility),
            Fact::maybe("Checked", self.checked.as_ref()),
            Fact::maybe("Checked by", self.checked_by.as_ref()),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_grouped() {
        let grouped = |text: &str| Quantity { text: text.to_owned() }.grouped();
        assert_eq!(grouped("30000"), "30,000");
        assert_eq!(grouped("1600"), "1600");
        assert_eq!(grouped("-1760000"), "−1,760,000");
        assert_eq!(grouped("80 cm"), "80 cm");
    }
}
