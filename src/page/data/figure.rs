//! What templates receive of figures: a figure's own page, and what the index shows of it.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Citation, Date, Html, Link, UseGroup};

/// `figure`: one figure.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct FigurePage {
    /// The id.
    pub id: String,
    /// The number of a figure that has a place.
    pub number: Option<usize>,
    /// `chart`, `table`, `timeline`, `diagram` or `picture`.
    pub word: String,
    /// The title.
    pub title: Html,
    /// The figure itself, with its caption, method, sources, rights, and its data as a table.
    pub body: Html,
    /// Its files: data, drawing or picture.
    pub files: Vec<Link>,
    /// How to cite it.
    pub citation: Option<Citation>,
    /// Its place in a section.
    pub section: Option<Link>,
    /// Every passage that refers to it.
    pub uses: Vec<UseGroup>,
    /// What was changed in it, the latest first.
    pub changes: Vec<FigureChange>,
    /// The pages above it: the index of figures.
    pub parents: Vec<Link>,
    /// The figure before.
    pub previous: Option<Link>,
    /// The figure after.
    pub next: Option<Link>,
}

/// A change of a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FigureChange {
    /// When.
    pub date: Date,
    /// What, as plain text.
    pub text: String,
}

/// A figure in the index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FigureItem {
    /// `chart`, `table`, `timeline`, `diagram` or `picture`.
    pub word: String,
    /// The title.
    pub title: Html,
    /// Its picture in small, if it has one.
    pub thumbnail: Option<Thumbnail>,
    /// Its place in a section.
    pub section: Option<Link>,
    /// How many passages refer to it.
    pub uses: usize,
}

/// A picture in small.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Thumbnail {
    /// The address of the picture.
    pub href: String,
    /// Its width in pixels, where it is known.
    pub width: Option<u32>,
    /// Its height in pixels, where it is known.
    pub height: Option<u32>,
}
