//! A section's page.

use std::collections::BTreeMap;

use super::Shape;
use super::card::card;
use super::citation;
use super::contents;
use super::data::{HeadingItem, Html, Link, Passage, SectionData, UsedKind};
use super::fill::{Copy, Filler};
use super::history::{self, date};
use super::links::{View, section_anchor};
use super::notes::notes;
use crate::briefing::{Briefing, Resolved};
use crate::kind::Kind;
use crate::parse::{Section, Target, escape};

/// The data of a section's own page.
pub(super) fn section(briefing: &Briefing, number: usize) -> SectionData {
    let view = View::of_section(briefing, number);
    let mut data = text(briefing, number, view.clone());
    data.uses = uses(briefing, number, &view);
    data.parents = contents::parents(briefing, number, &view);
    data.children = contents::children(briefing, number, &view);
    let cover = briefing.cover();
    let neighbour = |other: usize| {
        let section = briefing.sections.get(other).filter(|_| cover.is_none_or(|cover| cover != number && cover != other))?;
        Some(Link { href: view.section(briefing, other, None), text: section.title.clone() })
    };
    data.previous = number.checked_sub(1).and_then(neighbour);
    data.next = neighbour(number + 1);
    data.mentions = mentions(briefing, number, &view);
    data.history = history::history(briefing, number, &view);
    data.citation = citation::citation(briefing, Shape::Section(number));
    data
}

/// The parts of a section that every page showing its text has.
pub(super) fn text(briefing: &Briefing, number: usize, view: View) -> SectionData {
    let section = &briefing.sections[number];
    let filler = Filler::of_section(briefing, number, view);
    let heading = |one: &crate::parse::Heading| HeadingItem { level: one.level, id: filler.anchor(&one.id), title: Html(one.html.clone()) };
    SectionData {
        title: Html(escape(&section.title)),
        subtitle: section.head.subtitle.clone(),
        summary: section.head.summary.clone(),
        date: date(section.head.date.as_ref()),
        updated: date(section.head.updated.as_ref()),
        authors: section.head.authors.clone(),
        language: section.head.language.clone(),
        draft: section.head.draft,
        words: section.body.words,
        minutes: minutes(section),
        body: Html(filler.fragment(&section.body.main, Copy::Canonical)),
        headings: section.body.headings.iter().map(heading).collect(),
        footnotes: notes(&filler),
        anchor: section_anchor(briefing, number),
        ..SectionData::default()
    }
}

/// One sentence about a section: its summary, or the beginning of its text.
pub(super) fn summary(section: &Section) -> String {
    section.head.summary.clone().unwrap_or_else(|| beginning(&section.body.lede))
}

/// As many whole words of a text as a search engine shows.
pub(super) fn beginning(text: &str) -> String {
    let Some((at, _)) = text.char_indices().nth(180) else { return text.to_owned() };
    let cut = text[..at].rfind(' ').unwrap_or(at);
    format!("{}…", &text[..cut])
}

/// Minutes to read: 230 words or 400 Chinese characters each.
pub(super) fn minutes(section: &Section) -> usize {
    let (han, words) = (section.body.han, section.body.words - section.body.han);
    ((han * 230 + words * 400).div_ceil(230 * 400)).max(1)
}

/// A mark of a section: its number among the references, its item, and the ordinal in its anchor.
struct Used {
    ordinals: Vec<usize>,
}

/// The annotations a section uses, kind by kind, in the order of first use.
fn uses(briefing: &Briefing, number: usize, view: &View) -> Vec<UsedKind> {
    let mut order: Vec<usize> = Vec::new();
    let mut used: BTreeMap<usize, Used> = BTreeMap::new();
    let resolved = &briefing.resolved[number];
    for (reference, target) in resolved.iter().enumerate() {
        let records: Vec<Option<usize>> = match target {
            Resolved::Cite(items) => items.clone(),
            Resolved::Record(record) => vec![Some(*record)],
            _ => Vec::new(),
        };
        // A figure is used where it stands, whether the text speaks of it or not; only its mark is a place to go back to.
        let place = matches!(briefing.sections[number].body.references[reference].target, Target::Place(_));
        for (item, record) in records.into_iter().enumerate() {
            let Some(record) = record else { continue };
            let entry = used.entry(record).or_insert_with(|| {
                order.push(record);
                Used { ordinals: Vec::new() }
            });
            if place {
                continue;
            }
            entry.ordinals.extend(briefing.ordinals[number][reference].get(item));
        }
    }
    Kind::ALL.iter().filter_map(|kind| used_kind(briefing, number, view, *kind, &order, &used)).collect()
}

fn used_kind(
    briefing: &Briefing,
    number: usize,
    view: &View,
    kind: Kind,
    order: &[usize],
    used: &BTreeMap<usize, Used>,
) -> Option<UsedKind> {
    let records: Vec<usize> = order.iter().copied().filter(|record| briefing.registry.get(*record).record.kind == kind).collect();
    if records.is_empty() {
        return None;
    }
    let cards = records.into_iter().map(|record| {
        let mut card = card(briefing, view, record);
        let ordinals = &used[&record].ordinals;
        let text = |ordinal: usize| if ordinals.len() == 1 { "Back to the text".to_owned() } else { ordinal.to_string() };
        card.back =
            ordinals.iter().map(|ordinal| Link { href: view.mark(briefing, number, record, *ordinal), text: text(*ordinal) }).collect();
        if card.back.is_empty() {
            card.back.push(Link { href: view.figure(briefing, record), text: "Back to the figure".to_owned() });
        }
        // All but the caption of a figure that stands on this page is there to be read.
        if briefing.figures.get(&record).is_some_and(|(_, section)| *section == number) {
            card.texts.clear();
            card.facts.clear();
            card.sources.clear();
        }
        card
    });
    Some(UsedKind {
        kind: kind.info().name.to_owned(),
        title: kind.info().title.to_owned(),
        href: format!("{}{}/index.html", view.root, kind.info().folder),
        cards: cards.collect(),
    })
}

/// Passages of other sections that link here.
fn mentions(briefing: &Briefing, number: usize, view: &View) -> Vec<Passage> {
    let passage = |(at, one): (usize, &crate::briefing::Use)| {
        let text = briefing.passage(*one);
        Passage {
            href: view.section(briefing, one.section, None),
            letter: letter(at),
            section: briefing.sections[one.section].title.clone(),
            before: text.before,
            words: text.words,
            after: text.after,
        }
    };
    briefing.mentions[number].iter().enumerate().map(passage).collect()
}

/// a, b, … z, aa, ab, …
pub(super) fn letter(number: usize) -> String {
    let last = char::from(b'a' + u8::try_from(number % 26).unwrap_or_default());
    match number / 26 {
        0 => last.to_string(),
        more => format!("{}{last}", letter(more - 1)),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn letters_go_on_after_z() {
        let letters: Vec<String> = [0, 25, 26, 27, 702].into_iter().map(super::letter).collect();
        assert_eq!(letters, ["a", "z", "aa", "ab", "aaa"]);
    }
}
