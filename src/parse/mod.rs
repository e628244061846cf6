//! From a section's text to its body with holes: Markdown, references, headings, code.

mod body;
mod chart;
mod citation;
mod highlight;
mod links;
mod lost;
mod markdown;
mod order;
mod prose;
mod quote;
mod records;
mod sanitise;
mod section;
mod sentence;
mod slug;
mod url;
mod writer;

pub use self::url::{encoded, escape, escape_href, path_of, safe_url};
pub use body::{Body, CiteItem, Correction, Footnote, Fragment, Heading, Hole, Margin, Quotation, Reference, Target};
pub(crate) use body::{HOLE_END, HOLE_START};
pub use lost::Lost;
pub use markdown::{Options, Spans, markdown};
pub use order::{SortKey, prefix};
pub use prose::{Prose, Words};
pub(crate) use records::is_register;
pub use records::{Annotation, Register, register};
pub use section::{Head, Section, section};
pub use slug::slug;
