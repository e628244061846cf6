//! What templates receive of registers: what their entries are chosen and sorted by.

use schemars::JsonSchema;
use serde::Serialize;

/// Words of which every entry of a register has one, for whoever wants to see only some.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Filter {
    /// `support`, `kind`, `confidence` or `section`.
    pub name: String,
    /// What readers call it.
    pub title: String,
    /// The words.
    pub choices: Vec<Choice>,
}

/// A word that entries of a register share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Choice {
    /// The word; `none` for entries that give none, and a section's place among the choices.
    pub word: String,
    /// What readers call it.
    pub text: String,
    /// What it means, where readers must be told.
    pub meaning: Option<String>,
    /// How many entries share it.
    pub count: usize,
}

/// What an entry of the register of claims is chosen and sorted by.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ClaimItem {
    /// The word for its support.
    pub support: String,
    /// The word for its kind.
    pub kind: String,
    /// The word for the desk's confidence.
    pub confidence: String,
    /// The sections that use it, by their places among the choices.
    pub sections: Vec<usize>,
    /// Its value, if that is a number.
    pub number: Option<f64>,
    /// The unit of the value.
    pub unit: Option<String>,
    /// When it holds: a date, or the first year that its text names.
    pub time: Option<String>,
    /// How to cite it; not on the one-page print.
    pub citation: Option<String>,
}
