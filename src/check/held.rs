//! What was found in a briefing, parted by what it was found in: a briefing that is much the same is held only to what may
//! find something else there.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use super::{RECORDS, Records, Scene, TEXT, Text, WHOLE};
use crate::briefing::Briefing;
use crate::text::{Diagnostics, WrittenDate};

/// The findings of all rules.
#[derive(Debug, Default)]
pub struct Held {
    today: Option<WrittenDate>,
    records: Arc<Diagnostics>,
    sections: Vec<Arc<Diagnostics>>,
    whole: Diagnostics,
}

impl Held {
    /// Holds a briefing to every rule. `before` is what was found in an earlier one.
    #[must_use]
    pub fn new(briefing: &Briefing, today: Option<WrittenDate>, before: Option<(&Briefing, &Self)>) -> Self {
        let alike = before.filter(|(before, _)| briefing.has_web_of(before));
        let near = Mutex::new(BTreeMap::new());
        let section = |number: usize| match alike {
            Some((before, held)) if briefing.has_section_of(before, number) => held.sections[number].clone(),
            _ => Arc::new(text(briefing, number, &near)),
        };
        let sections = || (0..briefing.sections.len()).into_par_iter().with_min_len(64).map(section).collect();
        let records = || match alike.filter(|(_, held)| held.today == today) {
            Some((_, held)) => held.records.clone(),
            None => Arc::new(run(RECORDS, &Records { web: briefing.web(), today })),
        };
        let whole = || run(WHOLE, &Scene { briefing });
        let (sections, (records, whole)) = rayon::join(sections, || rayon::join(records, whole));
        Self { today, records, sections, whole }
    }

    /// Tells all that was found.
    pub fn tell(&self, diagnostics: &mut Diagnostics) {
        diagnostics.extend(&self.records);
        self.sections.iter().for_each(|found| diagnostics.extend(found));
        diagnostics.extend(&self.whole);
    }
}

fn text(briefing: &Briefing, number: usize, near: &Mutex<BTreeMap<String, Option<String>>>) -> Diagnostics {
    let (section, resolved) = (&briefing.sections[number], &briefing.resolved[number]);
    let text = Text { briefing, number, section, resolved, near };
    let mut found = Diagnostics::default();
    for rule in TEXT {
        rule(&text, &mut found);
    }
    found
}

/// Runs rules that look at the same, each by itself.
fn run<S: Sync>(rules: &[fn(&S, &mut Diagnostics)], scene: &S) -> Diagnostics {
    let hold = |rule: &fn(&S, &mut Diagnostics)| {
        let mut found = Diagnostics::default();
        rule(scene, &mut found);
        found
    };
    let found: Vec<Diagnostics> = rules.par_iter().with_max_len(1).map(hold).collect();
    let mut all = Diagnostics::default();
    for found in found {
        all.append(found);
    }
    all
}
