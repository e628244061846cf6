//! What templates receive of registers: their entries, and what these are chosen and sorted by.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Card, FigureItem, OrderLink, Passage};

/// `register`: all annotations of one kind.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Register {
    /// The kind's name.
    pub kind: String,
    /// The heading.
    pub title: String,
    /// A sentence at the head.
    pub intro: String,
    /// How many entries there are.
    pub count: usize,
    /// The entries in groups, names by what they are and figures by their sections; one group without a title for
    /// every other kind.
    pub groups: Vec<Group>,
    /// What entries may be chosen by: figures by their kinds, claims by support, kind, confidence and section; others by
    /// nothing.
    pub filters: Vec<Filter>,
    /// The orders in which claims can be read, the one of this page first; none of other kinds, and none on the one-page
    /// print.
    pub orders: Vec<OrderLink>,
}

/// A group of a register.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Group {
    /// The heading, if the register is grouped.
    pub title: Option<String>,
    /// The anchor of the heading.
    pub anchor: String,
    /// The entries.
    pub entries: Vec<Entry>,
}

/// An entry of a register.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Entry {
    /// The annotation; its `anchor` is permanent.
    pub card: Card,
    /// The number of a figure that has a place.
    pub number: Option<usize>,
    /// What the index of figures shows of a figure.
    pub figure: Option<FigureItem>,
    /// What the register of claims is searched by.
    pub claim: Option<ClaimItem>,
    /// Every passage that uses it; a source's are grouped by locator.
    pub uses: Vec<UseGroup>,
}

/// The uses of an annotation with one locator.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct UseGroup {
    /// The place in the source.
    pub locator: Option<String>,
    /// The passages.
    pub passages: Vec<Passage>,
}

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

/// What an entry of the register of claims is chosen by.
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
    /// How to cite it; not on the one-page print.
    pub citation: Option<String>,
}
