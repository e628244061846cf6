//! A register: all records of one kind, each with every passage that uses it.

use super::card::card;
use super::claims;
use super::data::{Entry, Group, Passage, Register, UseGroup};
use super::gallery;
use super::links::View;
use super::order;
use super::section::letter;
use crate::briefing::{Briefing, Use};
use crate::kind::Kind;
use crate::parse::{Target, slug};

/// The data of a kind's page.
pub(super) fn register(briefing: &Briefing, kind: Kind) -> Register {
    with_view(briefing, kind, &View::of_register())
}

/// The same for any page.
pub(super) fn with_view(briefing: &Briefing, kind: Kind, view: &View) -> Register {
    let info = kind.info();
    let records = ordered(briefing, kind);
    let sections = if kind == Kind::Claim { claims::sections(briefing, &records) } else { Vec::new() };
    Register {
        kind: info.name.to_owned(),
        title: info.title.to_owned(),
        intro: info.intro.to_owned(),
        count: records.len(),
        filters: match kind {
            Kind::Figure => gallery::filters(briefing, &records),
            Kind::Claim => claims::filters(briefing, &records, &sections),
            _ => Vec::new(),
        },
        orders: if kind == Kind::Claim && !view.print { order::links(briefing, view, None) } else { Vec::new() },
        groups: groups(briefing, view, kind, records, &sections),
    }
}

/// The order of a register: sources as their style lists them, terms and names by the alphabet, figures by their
/// numbers, claims and notes as the text brings them.
pub(super) fn ordered(briefing: &Briefing, kind: Kind) -> Vec<usize> {
    let mut records: Vec<usize> = briefing.registry.of(kind).collect();
    let name = |number: &usize| briefing.registry.get(*number).record.data.named().label().to_lowercase();
    match kind {
        Kind::Source => {
            let rank = briefing.source_ranks();
            records.sort_by_key(|number| (rank.get(number).copied().unwrap_or(usize::MAX), *number));
        }
        Kind::Term | Kind::Entity => records.sort_by_cached_key(|number| (name(number), *number)),
        Kind::Figure => records.sort_by_key(|number| (briefing.figures.get(number).map_or(usize::MAX, |(figure, _)| *figure), *number)),
        Kind::Claim | Kind::Note => {
            let first = |number: &usize| briefing.uses[*number].first().map_or((usize::MAX, 0), |one| (one.section, one.reference));
            records.sort_by_key(|number| (first(number), *number));
        }
    }
    records
}

/// Names go into groups by what they are, figures by their sections; every other register is one list.
fn groups(briefing: &Briefing, view: &View, kind: Kind, records: Vec<usize>, sections: &[usize]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for number in records {
        let (title, anchor) = match kind {
            Kind::Entity => briefing.registry.get(number).record.data.named().group().map(|title| (title.to_owned(), slug(title))),
            Kind::Figure => Some(gallery::group(briefing, number)),
            _ => None,
        }
        .map_or_else(|| (None, kind.info().folder.to_owned()), |(title, anchor)| (Some(title), anchor));
        let entry = entry(briefing, view, number, sections);
        // Two sections may have one title, but no anchor.
        match groups.iter_mut().find(|group| group.title == title && group.anchor == anchor) {
            Some(group) => group.entries.push(entry),
            None => groups.push(Group { title, anchor, entries: vec![entry] }),
        }
    }
    if kind == Kind::Entity {
        groups.sort_by(|a, b| a.title.cmp(&b.title));
    }
    groups
}

fn entry(briefing: &Briefing, view: &View, number: usize, sections: &[usize]) -> Entry {
    let kind = briefing.registry.get(number).record.kind;
    Entry {
        card: card(briefing, view, number),
        number: briefing.figures.get(&number).map(|(figure, _)| *figure),
        figure: (kind == Kind::Figure).then(|| gallery::item(briefing, view, number)),
        claim: claims::item(briefing, view, number, sections),
        uses: uses(briefing, view, number),
    }
}

/// The passages that use a record; a source's stand under their locators.
pub(super) fn uses(briefing: &Briefing, view: &View, number: usize) -> Vec<UseGroup> {
    let mut groups: Vec<UseGroup> = Vec::new();
    for (at, one) in briefing.uses[number].iter().enumerate() {
        let locator = locator(briefing, *one);
        let passage = passage(briefing, view, number, *one, at);
        // On the one-page print several uses in one section may have one way back.
        if view.print && groups.iter().flat_map(|group| &group.passages).any(|other| other.href == passage.href) {
            continue;
        }
        match groups.iter_mut().find(|group| group.locator == locator) {
            Some(group) => group.passages.push(passage),
            None => groups.push(UseGroup { locator, passages: vec![passage] }),
        }
    }
    groups
}

fn locator(briefing: &Briefing, one: Use) -> Option<String> {
    match &briefing.sections[one.section].body.references[one.reference].target {
        Target::Cite(items) => items.get(one.item).map(|item| item.locator.clone()).filter(|locator| !locator.is_empty()),
        _ => None,
    }
}

fn passage(briefing: &Briefing, view: &View, record: usize, one: Use, at: usize) -> Passage {
    let ordinal = briefing.ordinals[one.section][one.reference].get(one.item).copied().unwrap_or_default();
    let text = briefing.passage(one);
    Passage {
        href: view.mark(briefing, one.section, record, ordinal),
        letter: letter(at),
        section: briefing.sections[one.section].title.clone(),
        before: text.before,
        words: text.words,
        after: text.after,
    }
}
