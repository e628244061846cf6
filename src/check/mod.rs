//! The rules over the whole briefing, one function each. What a single text or name shows by itself is found where it
//! is read: in `parse/` and `briefing/`.

mod abbreviations;
mod citations;
mod claims;
mod figures;
mod headings;
mod held;
mod names;
mod numbers;
mod own_address;
mod settle;
mod terms;
mod unused;
mod values;

pub use held::Held;
pub use settle::settle;

use std::collections::BTreeMap;
use std::sync::Mutex;

use crate::briefing::{Briefing, Resolved, Web};
use crate::parse::Section;
use crate::read::config;
use crate::text::{Diagnostics, Level, Rule, WrittenDate};

/// What rules over records look at. As long as the web is the same, they find the same.
struct Records<'b> {
    web: &'b Web,
    /// The day by which ages are counted.
    today: Option<WrittenDate>,
}

/// What rules over a section look at: the section itself, and of all others only what the web has of them. As long as
/// both are the same, they find the same.
struct Text<'b> {
    briefing: &'b Briefing,
    /// The number of the section.
    number: usize,
    section: &'b Section,
    resolved: &'b [Resolved],
    /// What is offered in the place of keys that are not known.
    near: &'b Mutex<BTreeMap<String, Option<String>>>,
}

/// What rules look at that compare sections.
struct Scene<'b> {
    briefing: &'b Briefing,
}

/// Rules over records.
const RECORDS: &[fn(&Records<'_>, &mut Diagnostics)] = &[
    claims::without_source,
    claims::single_source,
    claims::stale,
    figures::without_texts,
    names::duplicates,
    unused::unused,
    values::statements,
    values::rows,
];

/// Rules over each section.
const TEXT: &[fn(&Text<'_>, &mut Diagnostics)] = &[
    citations::naked,
    citations::without_locator,
    figures::images_without_alt,
    headings::jumps,
    headings::empty,
    numbers::without_claim,
    own_address::own_address,
    values::passages,
];

/// Rules over all sections together.
const WHOLE: &[fn(&Scene<'_>, &mut Diagnostics)] = &[abbreviations::unexpanded, figures::unplaced, terms::before_definition];

/// Holds the briefing against every rule. Ages are counted by `today`.
pub fn check(briefing: &Briefing, today: Option<WrittenDate>, diagnostics: &mut Diagnostics) {
    Held::new(briefing, today, None).tell(diagnostics);
}

/// Whether anybody asked for a rule in a section; a rule that costs time is not run for nothing.
fn asked(briefing: &Briefing, rule: &Rule, section: &Section) -> bool {
    config::level(&section.head.lints, rule).unwrap_or_else(|| briefing.config.level(rule)) != Level::Allow
}
