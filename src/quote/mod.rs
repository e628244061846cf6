//! Quotations held to kept copies: the words of a source are looked for in the copy of it that the author keeps.
//!
//! [`copy_text`] makes a text of a kept file, [`Folded`] makes a text comparable, [`find`] looks for a quotation in it and
//! [`nearest`] for what comes nearest. What was found is written down in a [`Lock`], so that a machine without the copies still
//! knows that the words were verified, and any change of a quotation or a copy is noticed.

mod class;
mod copy;
mod find;
mod fold;
mod html;
mod lock;
mod near;
mod pattern;
mod pdf;
mod radical;
mod word;

pub use copy::{CopyError, CopyText, copy_text};
pub use find::{Found, find};
pub use fold::Folded;
pub use lock::{CopyEntry, Lock, QuoteEntry, hash_copy, hash_quote};
pub use near::{Near, nearest};
