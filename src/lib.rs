//! Postil: a static-site generator for annotated long-form briefings.
//!
//! The way of the data, each type made once and never changed after:
//!
//! [`read::snapshot::Snapshot`] (path to bytes) → [`parse::Section`] (one file; a body with holes) →
//! [`briefing::Briefing`] (order, registers, numbers, back links) → [`page::Page`] (plain data for one template) →
//! [`output::OutFile`] (path, bytes) → `output/`. Findings ([`text::Diagnostics`]) travel along.
//!
//! The modules stand in floors: a module uses only modules of floors above its own line. `tests/tidy.rs` reads this list.

pub mod budget;
pub mod text;

pub mod font;

pub mod number;
pub mod quote;
pub mod raster;

pub mod read;

pub mod kind;

pub mod cite;

pub mod parse;

pub mod draw;

pub mod briefing;

pub mod check;

pub mod page;

pub mod theme;

pub mod output;

pub mod publish;

pub mod build;

#[cfg(feature = "links")]
pub mod links;

#[cfg(feature = "deploy")]
pub mod deploy;

#[cfg(feature = "watch")]
pub mod watch;

pub mod cmd;
