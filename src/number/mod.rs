//! Numbers in prose: the amounts that a passage states, their units, and whether they are a claim's value; and
//! formulas by which one claim's value follows from others.
//!
//! From the ground up: `cursor` steps through a text; `numeral`, `words` and `spelled`, `date`, `hedge` and
//! [`Units`] each read one thing at one place; `reader` puts them together to [`Amount`]s; [`states`] compares
//! those with a claim's value; [`Formula`] and [`Measure`] calculate.

mod amount;
mod cursor;
mod date;
mod dictionary;
mod formula;
mod hedge;
mod link;
mod measure;
mod numeral;
mod part;
mod rank;
mod reader;
mod spelled;
mod states;
mod token;
mod unit;
mod words;

pub use amount::{Amount, AmountKind, amounts};
pub use date::PartialDate;
pub use formula::{Formula, FormulaError, Piece, crowded};
pub use hedge::Hedge;
pub use measure::{Measure, scaled, show, unscaled};
pub use states::{Op, Stated, Verdict, states};
pub use unit::{Phrase, Unit, UnitConfig, Units};
