//! The rules over the whole briefing, one function each. What a single text or name shows by itself is found where it
//! is read: in `parse/` and `briefing/`.

mod abbreviations;
mod citations;
mod claims;
mod figures;
mod headings;
mod names;
mod numbers;
mod own_address;
mod settle;
mod terms;
mod unused;
mod values;

pub use settle::settle;

use rayon::prelude::*;

use crate::briefing::Briefing;
use crate::read::config;
use crate::text::{Diagnostics, Level, Rule, WrittenDate};

/// What the rules look at.
struct Scene<'b> {
    briefing: &'b Briefing,
    /// The day by which ages are counted.
    today: Option<WrittenDate>,
}

/// One rule, or a few that look at the same things.
type Check = fn(&Scene<'_>, &mut Diagnostics);

/// Every check.
const ALL: &[Check] = &[
    abbreviations::unexpanded,
    citations::naked,
    citations::without_locator,
    claims::without_source,
    claims::single_source,
    claims::stale,
    figures::unplaced,
    figures::without_texts,
    figures::images_without_alt,
    headings::jumps,
    headings::empty,
    names::duplicates,
    numbers::without_claim,
    own_address::own_address,
    terms::before_definition,
    unused::unused,
    values::mismatches,
];

/// Holds the briefing against every rule. Ages are counted by `today`.
pub fn check(briefing: &Briefing, today: Option<WrittenDate>, diagnostics: &mut Diagnostics) {
    let scene = Scene { briefing, today };
    let hold = |check: &Check| {
        let mut found = Diagnostics::default();
        check(&scene, &mut found);
        found
    };
    let found: Vec<Diagnostics> = ALL.par_iter().with_max_len(1).map(hold).collect();
    for found in found {
        diagnostics.append(found);
    }
}

impl Scene<'_> {
    /// Whether anybody asked for a rule in a section; a rule that costs time is not run for nothing.
    fn asked(&self, rule: &Rule, section: usize) -> bool {
        let own = config::level(&self.briefing.sections[section].head.lints, rule);
        own.unwrap_or_else(|| self.briefing.config.level(rule)) != Level::Allow
    }
}
