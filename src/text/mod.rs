//! Places in text and what can be said about them: spans, lines, diagnostics, rules.

mod control;
mod date;
mod diagnostic;
mod lines;
mod nearest;
mod rule;
mod span;

pub use control::{forbidden, forbidden_message};
pub use date::WrittenDate;
pub use diagnostic::{Diagnostic, Diagnostics, Label, Place, Severity};
pub(crate) use lines::floor_boundary;
pub use lines::{LineTable, Position};
pub use nearest::{nearest, suggestion};
pub use rule::{Rule, rules};
pub(crate) use span::SPANNED;
pub use span::{Span, Spanned};
