//! The corrections log.

use super::data::{CorrectionEntry, Corrections, Date, Html, Link};
use super::fill::{Copy, Filler};
use super::links::{View, section_anchor};
use crate::briefing::Briefing;
use crate::parse::Correction;
use crate::text::WrittenDate;

/// How many corrections there are.
pub(super) fn count(briefing: &Briefing) -> usize {
    briefing.sections.iter().map(|section| section.body.corrections.len()).sum()
}

/// The data of the log, the latest correction first.
pub(super) fn corrections(briefing: &Briefing) -> Corrections {
    let view = View::of_register();
    let mut entries: Vec<CorrectionEntry> = (0..briefing.sections.len()).flat_map(|number| of_section(briefing, number, &view)).collect();
    entries.sort_by(|a, b| b.date.iso.cmp(&a.date.iso));
    Corrections { entries }
}

/// The corrections of a section as the log tells them, in the order of its text.
pub(crate) fn logged(briefing: &Briefing, number: usize) -> Vec<CorrectionEntry> {
    of_section(briefing, number, &View::of_register())
}

/// The corrections of a section, in the order of its text. Each is a copy of what stands there: its marks have no
/// anchors, and on a page without the section's text its links lead to the registers.
pub(super) fn of_section(briefing: &Briefing, number: usize, view: &View) -> Vec<CorrectionEntry> {
    let section = &briefing.sections[number];
    let entry = |correction: &Correction| {
        let mut filler = Filler::of_section(briefing, number, view.clone());
        filler.ordinals = &[];
        let text = WrittenDate::read(&correction.date).map_or_else(|| correction.date.clone(), WrittenDate::long);
        CorrectionEntry {
            date: Date { iso: correction.date.clone(), text },
            anchor: format!("{}-{}", section_anchor(briefing, number), correction.anchor),
            link: Link { href: view.section(briefing, number, Some(&correction.anchor)), text: section.title.clone() },
            body: Html(filler.fragment(&correction.fragment, Copy::Repeated)),
        }
    };
    section.body.corrections.iter().map(entry).collect()
}
