//! Places in text and what can be said about them: spans, lines, diagnostics, rules.

mod clock;
mod control;
mod cover;
mod date;
mod diagnostic;
mod level;
mod lines;
mod nearest;
mod rule;
mod silence;
mod span;

pub use clock::time_of_day;
pub use control::{forbidden, forbidden_message};
pub use cover::Cover;
pub use date::WrittenDate;
pub use diagnostic::{Diagnostic, Diagnostics, Edit, Fix, Label, Place, Severity};
pub use level::Level;
pub(crate) use lines::floor_boundary;
pub use lines::{LineTable, Position};
pub use nearest::{nearest, offer, same_but_for_signs, suggestion};
pub use rule::{Group, Rule, rules};
pub use silence::Silence;
pub(crate) use span::{AS_WRITTEN, SPANNED};
pub use span::{Span, Spanned};
