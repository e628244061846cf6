//! Budgets: how large, deep or slow anything may be. One place, so that each can be tested.

/// A text file (Markdown, register, configuration, template), in bytes.
pub const TEXT_FILE: usize = 16 * 1024 * 1024;
/// Nesting of values in front matter, registers and data files.
pub const VALUE_DEPTH: usize = 32;
/// Values in one front matter or register file.
pub const VALUE_COUNT: usize = 500_000;
/// Nesting of a section's text: quotations in items in quotations, and emphasis in links in all of them.
pub const TEXT_DEPTH: usize = 64;
/// Length of a code line that is highlighted, in bytes; a longer line stays plain.
pub const HIGHLIGHT_LINE: usize = 2_000;
/// Length of a code block that is highlighted, in bytes; a longer block stays plain.
pub const HIGHLIGHT_BLOCK: usize = 256 * 1024;
/// Rows of a data table that stands in a page.
pub const TABLE_ROWS: usize = 10_000;
/// Characters of text on either side of a reference in a back link.
pub const PASSAGE: usize = 90;
/// Depth of folders in `content/`.
pub const FOLDER_DEPTH: usize = 32;
/// A formula of a derived claim, in bytes.
pub const FORMULA: usize = 2_000;
/// Brackets in one another in such a formula.
pub const FORMULA_DEPTH: usize = 32;
/// A kept copy of a source as a file, in bytes: a saved page may carry its pictures within.
pub const COPY_FILE: usize = 32 * 1024 * 1024;
/// The text of a kept copy, in bytes.
pub const COPY_TEXT: usize = 8 * 1024 * 1024;
/// Instructions in the pages of a PDF.
pub const PDF_STEPS: usize = 5_000_000;
/// Bytes of a kept copy that an ellipsis in a quotation may stand for.
pub const QUOTE_GAP: usize = 6_000;
/// Bytes of a quotation, folded, that are looked for.
pub const QUOTE: usize = 16 * 1024;
/// Bytes that the abbreviations and the parents of a BibTeX file may bring to its entries, beside four times its own.
pub const BIBTEX_SHARED: usize = 1024 * 1024;
/// A picture as a file, in bytes.
pub const IMAGE_FILE: usize = 64 * 1024 * 1024;
/// Pixels of a picture: width times height.
pub const IMAGE_PIXELS: u64 = 100_000_000;
/// Memory that reading one picture may ask for, in bytes.
pub const IMAGE_MEMORY: u64 = 512 * 1024 * 1024;
/// Pixels of a drawing as a bitmap: width times height.
pub const DRAWING_PIXELS: u64 = 32_000_000;
/// An author's SVG file, in bytes.
pub const SVG_FILE: usize = 8 * 1024 * 1024;
/// Elements in one another in an SVG file.
pub const SVG_DEPTH: usize = 100;
/// Elements and texts of an SVG file.
pub const SVG_NODES: u32 = 200_000;
/// Elements of an SVG file after every reference to another part of it is followed.
pub const SVG_DRAWN: u64 = 1_000_000;
/// What is kept from one run for the next, in bytes.
pub const CACHE: u64 = 512 * 1024 * 1024;
/// One piece of it.
pub const CACHE_ENTRY: u64 = 128 * 1024 * 1024;
/// Connections to the server of `postil watch`.
pub const CONNECTIONS: usize = 200;
/// The head of a request to it, in bytes.
pub const REQUEST_HEAD: usize = 64 * 1024;

/// Bytes of pages that a session keeps until they are written; the others are made again for that.
pub const HELD: u64 = 16 << 20;
/// A file that is made together with others, below which it is kept until it is written whatever they come to, in bytes.
pub const SPARED: u64 = 64 << 10;
