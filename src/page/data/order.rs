//! What templates receive of the claims in other orders than the text's.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Html, Link};

/// `order`: all claims by value, by date or by source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Order {
    /// `value`, `date` or `source`.
    pub by: &'static str,
    /// The heading.
    pub title: String,
    /// A sentence at the head.
    pub intro: &'static str,
    /// How many claims there are.
    pub count: usize,
    /// All orders that there are, the text's first.
    pub orders: Vec<OrderLink>,
    /// The claims in groups: of one unit, of one year, of one source.
    pub groups: Vec<OrderGroup>,
}

/// An order in which claims can be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OrderLink {
    /// What the claims are in the order of: `the text`, `value`, `date` or `source`.
    pub text: String,
    /// The page that has them in this order.
    pub href: String,
    /// Whether this is that page.
    pub here: bool,
}

/// Claims that stand together in an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OrderGroup {
    /// The heading: a unit, a year, a source as the citation style writes it.
    pub title: Html,
    /// The anchor of the heading.
    pub anchor: String,
    /// The permanent address of a source.
    pub href: Option<String>,
    /// The claims.
    pub rows: Vec<OrderRow>,
}

/// A claim in an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OrderRow {
    /// The few words that name it, or else its statement; without links.
    pub label: Html,
    /// Its permanent address.
    pub href: String,
    /// Its value with the unit.
    pub value: Option<String>,
    /// When it holds.
    pub as_of: Option<String>,
    /// Its support, in one word.
    pub support: Option<String>,
    /// The place in the source, where claims stand under their sources.
    pub locator: Option<String>,
    /// The first section that uses it.
    pub section: Option<Link>,
}
