//! When a section was published and changed, by what its author says: no clock, and no time of a file.

use crate::briefing::Briefing;
use crate::kind::Data;
use crate::text::{Spanned, WrittenDate};

/// The dates of a section, as machines read them: a year, a month or a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Dates {
    /// When it was published.
    pub published: Option<String>,
    /// When it was last changed: updated, corrected, or given another figure. When it was published, if nothing was.
    pub changed: Option<String>,
}

impl Dates {
    /// The dates of a section.
    pub(super) fn of(briefing: &Briefing, section: usize) -> Self {
        let head = &briefing.sections[section].head;
        let read = |written: &Spanned<String>| WrittenDate::read(&written.value).map(WrittenDate::iso);
        let published = head.date.as_ref().and_then(read);
        let corrections = briefing.sections[section].body.corrections.iter();
        let corrected = corrections.filter_map(|correction| WrittenDate::read(&correction.date).map(WrittenDate::iso));
        let drawn = briefing.placed[section].iter().flat_map(|number| match &briefing.registry.get(*number).record.data {
            Data::Figure(figure) => figure.changes.iter().filter_map(|change| read(&change.date)).collect(),
            _ => Vec::new(),
        });
        let updated = head.updated.as_ref().and_then(read);
        let changed = updated.into_iter().chain(corrected).chain(drawn).chain(published.clone()).max();
        Self { published, changed }
    }
}

/// The first moment of a date, in the form of RFC 3339.
pub(super) fn moment(date: &str) -> String {
    let full = match date.split('-').count() {
        1 => format!("{date}-01-01"),
        2 => format!("{date}-01"),
        _ => date.to_owned(),
    };
    format!("{full}T00:00:00Z")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_moment_is_the_first_of_its_date() {
        assert_eq!(
            ["2024", "2024-05", "2024-05-06"].map(super::moment),
            ["2024-01-01T00:00:00Z", "2024-05-01T00:00:00Z", "2024-05-06T00:00:00Z"]
        );
    }
}
