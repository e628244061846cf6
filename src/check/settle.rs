//! What becomes of the findings: the site's levels, a section's own, and the comments that let one through.

use std::collections::{BTreeMap, BTreeSet};

use crate::briefing::Briefing;
use crate::read::config::{self, Lints};
use crate::read::snapshot::{CONFIG, LOCK};
use crate::text::{Diagnostic, Diagnostics, Level, Severity, Silence, rules};

/// Puts the findings in order, and gives each the severity that the site, its section and a comment beside it want.
/// Comments that let nothing through are reported, too.
#[must_use]
pub fn settle(mut diagnostics: Diagnostics, briefing: &Briefing, strict: bool) -> Diagnostics {
    let levels = Levels::new(briefing);
    let used: BTreeSet<usize> = diagnostics.iter().flat_map(|one| levels.silencing(one)).collect();
    // What is broken may hold what a comment lets through.
    let doubtful = !briefing.registry.lost().is_empty();
    for (number, silence) in briefing.silences.iter().enumerate() {
        for fault in silence.faults(doubtful || used.contains(&number)) {
            diagnostics.push(fault);
        }
    }
    let unread = Unread::of(&diagnostics);
    diagnostics.settle(|one| {
        let severity = levels.severity(one).filter(|severity| !unread.explains(one, *severity))?;
        Some(if strict { Severity::Error } else { severity })
    })
}

/// Files beside the content that could not be read: much that is found then says nothing of the content.
struct Unread {
    config: bool,
    lock: bool,
}

impl Unread {
    fn of(diagnostics: &Diagnostics) -> Self {
        let of_whole_files = [&rules::FRONT_MATTER, &rules::NOT_UTF8, &rules::TOO_LARGE, &rules::IO];
        let broken = |file: &str| {
            diagnostics.iter().any(|one| of_whole_files.contains(&one.rule) && one.place.as_ref().is_some_and(|place| &*place.path == file))
        };
        Self { config: broken(CONFIG), lock: broken(LOCK) }
    }

    /// Whether a finding comes of that: a warning that the site may have set aside, or a verdict that was remembered.
    fn explains(&self, one: &Diagnostic, severity: Severity) -> bool {
        let inside = |file: &str| one.place.as_ref().is_some_and(|place| &*place.path == file);
        self.config && severity == Severity::Warning && !inside(CONFIG)
            || self.lock && [&rules::LOCK_OUTDATED, &rules::QUOTE_UNVERIFIED].contains(&one.rule)
    }
}

/// The levels of the site and of its sections, and the comments of each file by their numbers.
struct Levels<'b> {
    briefing: &'b Briefing,
    sections: BTreeMap<&'b str, &'b Lints>,
    silences: BTreeMap<&'b str, Vec<(usize, &'b Silence)>>,
}

impl<'b> Levels<'b> {
    fn new(briefing: &'b Briefing) -> Self {
        let own = briefing.sections.iter().filter(|section| !section.head.lints.is_empty());
        let sections = own.map(|section| (section.path.as_ref(), &section.head.lints)).collect();
        let mut silences: BTreeMap<&str, Vec<(usize, &Silence)>> = BTreeMap::new();
        for (number, silence) in briefing.silences.iter().enumerate() {
            silences.entry(&*silence.place.path).or_default().push((number, silence));
        }
        Self { briefing, sections, silences }
    }

    /// The level of a finding before comments are heard.
    fn level(&self, diagnostic: &Diagnostic) -> Level {
        let site = self.briefing.config.level(diagnostic.rule);
        if site == Level::Forbid {
            return site;
        }
        let section = diagnostic.place.as_ref().and_then(|place| self.sections.get(&*place.path));
        section.and_then(|lints| config::level(lints, diagnostic.rule)).unwrap_or(site)
    }

    fn severity(&self, diagnostic: &Diagnostic) -> Option<Severity> {
        let level = self.level(diagnostic);
        // A comment about comments would silence itself.
        let silenced =
            level != Level::Forbid && diagnostic.rule != &rules::ALLOW_COMMENT && self.letting_through(diagnostic).next().is_some();
        if silenced { None } else { level.severity() }
    }

    /// The comments that let a finding through which would be reported.
    fn silencing(&self, diagnostic: &Diagnostic) -> Vec<usize> {
        if matches!(self.level(diagnostic), Level::Allow | Level::Forbid) {
            return Vec::new();
        }
        self.letting_through(diagnostic).collect()
    }

    fn letting_through(&self, diagnostic: &Diagnostic) -> impl Iterator<Item = usize> {
        let beside = diagnostic.place.as_ref().and_then(|place| self.silences.get(&*place.path));
        beside.into_iter().flatten().filter(|(_, silence)| silence.lets_through(diagnostic)).map(|(number, _)| *number)
    }
}
