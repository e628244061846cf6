//! What the head of a page tells machines.

use schemars::JsonSchema;
use serde::Serialize;

use super::Html;

/// What machines read of a page: search engines, reference managers, whoever shows a link as a card.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct Machines {
    /// Elements `meta`: Open Graph, and the names that reference managers know.
    pub metas: Vec<Meta>,
    /// Elements `link`: to what describes the page, to its other forms, to feeds.
    pub links: Vec<HeadLink>,
    /// What the page is about, as JSON-LD for an element `script`, in which nothing ends that element.
    pub graph: Option<Html>,
}

/// An element `meta`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Meta {
    /// The attribute that holds its name: `name` or `property`.
    pub attribute: &'static str,
    /// Its name.
    pub name: String,
    /// What it says.
    pub content: String,
}

/// An element `link`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct HeadLink {
    /// What it leads to: a word of the registry of link relations.
    pub rel: &'static str,
    /// Where it leads.
    pub href: String,
    /// The media type of what is there.
    pub media_type: Option<&'static str>,
    /// What a reader is told of it.
    pub title: Option<String>,
}
