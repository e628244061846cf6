//! Claims: what they rest on, and how long ago that was looked at.

use std::collections::BTreeSet;

use super::Records;
use crate::kind::{Claim, ClaimKind, Confidence, Data, Kind, Record};
use crate::text::{Diagnostic, Diagnostics, WrittenDate, rules};

/// The claims of a briefing, each with its record.
fn claims<'s>(scene: &'s Records<'_>) -> impl Iterator<Item = (&'s Record, &'s Claim)> {
    let registry = &scene.web.registry;
    registry.of(Kind::Claim).filter_map(|number| {
        let record = &registry.get(number).record;
        match &record.data {
            Data::Claim(claim) => Some((record, &**claim)),
            _ => None,
        }
    })
}

/// `claim-without-source`. A derived claim rests on the claims of its formula.
pub(super) fn without_source(scene: &Records<'_>, diagnostics: &mut Diagnostics) {
    for (record, _) in claims(scene).filter(|(record, claim)| record.common.sources.is_empty() && claim.derived.is_none()) {
        let message = format!("the claim `{}` names no source", record.id());
        let found = Diagnostic::new(&rules::CLAIM_WITHOUT_SOURCE, record.place.clone(), message);
        diagnostics.push(
            found.help("add `sources = [{ id = \"…\", locator = \"p. 3\" }]`, or `derived` where it is worked out from other claims"),
        );
    }
}

/// `single-source`: high confidence in what one source says. That somebody said something, and what is printed as
/// the date of a text, needs no second source.
pub(super) fn single_source(scene: &Records<'_>, diagnostics: &mut Diagnostics) {
    for (record, claim) in claims(scene) {
        let reported = matches!(claim.kind, Some(ClaimKind::Attribution | ClaimKind::Date));
        let sources: BTreeSet<&str> = record.common.sources.iter().map(|support| support.id.value.as_str()).collect();
        if claim.confidence != Some(Confidence::High) || reported || claim.derived.is_some() || sources.len() != 1 {
            continue;
        }
        let message = format!("the claim `{}` is held with high confidence and rests on one source", record.id());
        let found = Diagnostic::new(&rules::SINGLE_SOURCE, record.place_of("confidence"), message);
        diagnostics.push(found.help("name a second, independent source, or set `confidence = \"moderate\"`"));
    }
}

/// `stale-claim`: checked longer ago than the site allows. Without a day to count by, nothing is stale.
pub(super) fn stale(scene: &Records<'_>, diagnostics: &mut Diagnostics) {
    let (Some(today), limit) = (scene.today, scene.web.config.checks.stale_after) else { return };
    for (record, claim) in claims(scene) {
        let Some(checked) = claim.checked.as_deref().and_then(WrittenDate::read) else { continue };
        let age = months(today) - months(checked);
        if age > i32::from(limit) {
            let message = format!("the claim `{}` was checked {age} months ago; {limit} are allowed", record.id());
            let found = Diagnostic::new(&rules::STALE_CLAIM, record.place_of("checked"), message);
            diagnostics.push(found.help("look at its sources again, and write the day into `checked`"));
        }
    }
}

fn months(date: WrittenDate) -> i32 {
    i32::from(date.year) * 12 + i32::from(date.month.unwrap_or(12))
}
