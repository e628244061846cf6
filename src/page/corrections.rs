//! The corrections log.

use super::data::{CorrectionEntry, Corrections, Date, Html, Link};
use super::fill::{Copy, Filler};
use super::links::{View, section_anchor};
use crate::briefing::Briefing;
use crate::text::WrittenDate;

/// How many corrections there are.
pub(super) fn count(briefing: &Briefing) -> usize {
    briefing.sections.iter().map(|section| section.body.corrections.len()).sum()
}

/// The data of the log, the latest correction first.
pub(super) fn corrections(briefing: &Briefing) -> Corrections {
    let mut entries = Vec::new();
    for (number, section) in briefing.sections.iter().enumerate() {
        // In the log the text is a copy: its marks have no anchors, and its links lead to the registers.
        let view = View::of_register();
        for correction in &section.body.corrections {
            let mut filler = Filler::of_section(briefing, number, View { section: None, ..view.clone() });
            filler.ordinals = &[];
            let text = WrittenDate::read(&correction.date).map_or_else(|| correction.date.clone(), WrittenDate::long);
            entries.push(CorrectionEntry {
                date: Date { iso: correction.date.clone(), text },
                anchor: format!("{}-{}", section_anchor(briefing, number), correction.anchor),
                link: Link { href: view.section(briefing, number, Some(&correction.anchor)), text: section.title.clone() },
                body: Html(filler.fragment(&correction.fragment, Copy::Repeated)),
            });
        }
    }
    entries.sort_by(|a, b| b.date.iso.cmp(&a.date.iso));
    Corrections { entries }
}
