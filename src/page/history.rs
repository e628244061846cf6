//! The history of a section: when it was published, what was changed and corrected in it since.

use super::corrections;
use super::data::{Date, HistoryItem, Link};
use super::links::View;
use super::plate;
use crate::briefing::Briefing;
use crate::text::{Spanned, WrittenDate};

/// The history of a section as its own page tells it, the latest first.
pub(super) fn history(briefing: &Briefing, number: usize, view: &View) -> Vec<HistoryItem> {
    let head = &briefing.sections[number].head;
    let mut items: Vec<HistoryItem> = Vec::new();
    for correction in corrections::of_section(briefing, number, view) {
        items.push(HistoryItem { date: correction.date, word: "corrected", link: Some(correction.link), body: Some(correction.body) });
    }
    let placed = briefing.figures.iter().filter(|(_, (_, section))| *section == number);
    for (figure, _) in placed {
        let link = Link { href: view.record(briefing, *figure), text: plate::title(briefing, *figure) };
        items.extend(plate::changes(briefing, *figure).into_iter().map(|change| HistoryItem {
            date: change.date,
            word: "figure",
            link: Some(link.clone()),
            body: Some(super::data::Html(crate::parse::escape(&change.text))),
        }));
    }
    let plain = |word, date: Option<Date>| date.map(|date| HistoryItem { date, word, link: None, body: None });
    items.extend(plain("updated", date(head.updated.as_ref())));
    items.extend(plain("published", date(head.date.as_ref())));
    items.sort_by(|a, b| b.date.iso.cmp(&a.date.iso));
    items
}

/// A date of the front matter.
pub(super) fn date(written: Option<&Spanned<String>>) -> Option<Date> {
    let date = WrittenDate::read(&written?.value)?;
    Some(Date { iso: date.iso(), text: date.long() })
}
