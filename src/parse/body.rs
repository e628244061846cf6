//! A body with holes: HTML whose references are filled in once the whole briefing is known.

use super::prose::Prose;
use crate::kind::Kind;
use crate::read::Value;
use crate::text::{Silence, Span};

/// HTML with holes, in order of their places.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fragment {
    /// The HTML between the holes.
    pub html: String,
    /// Byte offsets in `html`, rising, and what goes there.
    pub holes: Vec<(usize, Hole)>,
}

/// What goes into a place of a fragment. Numbers index the lists of the [`Body`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hole {
    /// A whole mark: a citation, a term by its own name, an inserted statement, a placed figure, an image.
    Mark(usize),
    /// The beginning of a reference that has words of its own.
    Open(usize),
    /// The end of such a reference.
    Close(usize),
    /// The mark of a footnote, and which of that footnote's marks it is.
    FootnoteMark(usize, usize),
    /// The beginning of a block with margin notes: the range of [`Body::margins`].
    MarginOpen(usize, usize),
    /// The end of such a block.
    MarginClose,
    /// What is known of the words of a block quotation: its number among [`Body::quotations`].
    Verdict(usize),
    /// The beginning of an anchor, which a page that holds several sections tells apart.
    Prefix,
}

/// A note that stands in the margin beside a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Margin {
    /// A footnote.
    Footnote(usize),
    /// An editor's note, by its reference.
    Note(usize),
}

/// The parsed text of a section, or of one field of a record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    /// The text.
    pub main: Fragment,
    /// Its references, in order.
    pub references: Vec<Reference>,
    /// The plain texts of the blocks that hold references.
    pub blocks: Vec<String>,
    /// Its headings.
    pub headings: Vec<Heading>,
    /// Its footnotes, in order of their first mark.
    pub footnotes: Vec<Footnote>,
    /// Its margin notes.
    pub margins: Vec<Margin>,
    /// Its corrections.
    pub corrections: Vec<Correction>,
    /// Its quotations that name their source.
    pub quotations: Vec<Quotation>,
    /// The records of figures that are written in the text.
    pub charts: Vec<Value>,
    /// Addresses of other sites that it links to.
    pub outside: Vec<(String, Span)>,
    /// What checks must know of its running text.
    pub prose: Prose,
    /// Comments that let findings through.
    pub silences: Vec<Silence>,
    /// Words; a Chinese character counts as one.
    pub words: usize,
    /// How many of the words are Chinese characters.
    pub han: usize,
    /// The plain text of its first paragraph.
    pub lede: String,
}

/// One use of something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// What is used.
    pub target: Target,
    /// Whether it has words of its own.
    pub words: bool,
    /// Its place in the file.
    pub span: Span,
    /// The block that holds it.
    pub block: usize,
    /// Its place in the plain text of that block.
    pub at: Span,
    /// The footnote that holds it.
    pub footnote: Option<usize>,
}

/// What a reference uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Sources: `[see @a; @b, pp. 3-4]`.
    Cite(Vec<CiteItem>),
    /// A record of a kind: `[[fig:steel]]`, `[words](claim:x)`.
    Record(Kind, String),
    /// A figure at its place: `![[fig:steel]]`.
    Place(String),
    /// A bare name: a term, a section, or a heading: `[[pmi]]`, `[[02-energy#prices]]`.
    Bare(String, Option<String>),
    /// A file of the content folder, from its root: `[words](02-energy.md#prices)`.
    File(String, Option<String>),
    /// An image file, from the root of the content folder.
    Image {
        /// The file.
        path: String,
        /// Its alternative text.
        alt: String,
        /// Its title.
        title: String,
    },
}

/// One source of a citation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CiteItem {
    /// The source's id.
    pub key: String,
    /// Where the id stands in the file.
    pub span: Span,
    /// Words before it, such as `see`.
    pub prefix: String,
    /// The place in the source, as written.
    pub locator: String,
    /// Whether the author is left out: `[-@a]`.
    pub suppress_author: bool,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its HTML, with holes left out.
    pub html: String,
    /// Its plain text.
    pub text: String,
    /// Its place in the file.
    pub span: Span,
    /// Whether nothing stands between it and the next heading of its level or a higher one.
    pub empty: bool,
}

/// A footnote.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Footnote {
    /// The label that its author gave it.
    pub label: String,
    /// What its anchors are made of: the label's letters, told apart from other labels.
    pub anchor: String,
    /// Its text.
    pub fragment: Fragment,
    /// How many marks lead to it.
    pub marks: usize,
    /// The place of its definition.
    pub span: Span,
}

/// A correction box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Its date, as written.
    pub date: String,
    /// Its anchor.
    pub anchor: String,
    /// Its place in the file.
    pub span: Span,
    /// The text of the box, without its title.
    pub fragment: Fragment,
}

/// A block quotation whose last line names its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// The words, as plain text.
    pub text: String,
    /// The citation in its last line, by its number among the references.
    pub reference: usize,
    /// The place of the words in the file.
    pub span: Span,
}

/// Stands in a block's plain text for a reference that has no words of its own; its number follows, then [`HOLE_END`].
/// The two are non-characters of Unicode, which no text holds.
pub(crate) const HOLE_START: char = '\u{fdd0}';
/// Ends the number of a hole in a plain text.
pub(crate) const HOLE_END: char = '\u{fdd1}';
