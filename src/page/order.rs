//! The claims in other orders than the text's, as a printed index has them: by value, by date, by source. Each order is a
//! page of light rows that lead to the claims' own entries, so that nobody needs a script to sort them.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::claims::{claim, time};
use super::data::{Html, Link, Order, OrderGroup, OrderLink, OrderRow};
use super::fill::{record_text, support, without_links};
use super::links::View;
use super::register::ordered;
use crate::briefing::Briefing;
use crate::kind::{Claim, ClaimKind, Kind, Quantity};
use crate::parse::{escape, slug};

/// What claims are put in order by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Their values, unit by unit.
    Value,
    /// The times for which they hold.
    Date,
    /// The sources that carry them.
    Source,
}

impl By {
    const ALL: [Self; 3] = [Self::Value, Self::Date, Self::Source];

    const fn word(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Date => "date",
            Self::Source => "source",
        }
    }

    /// What the page is called.
    pub(super) fn title(self) -> String {
        format!("Claims by {}", self.word())
    }

    /// What the page says of itself.
    pub(super) const fn intro(self) -> &'static str {
        match self {
            Self::Value => "Every claim with its value, unit by unit, the largest first: only values in one unit can be compared.",
            Self::Date => "Every claim by the time for which it holds, the latest first.",
            Self::Source => "Every claim under each of the sources that carry it, with the place in the source.",
        }
    }

    /// The address of the page from the root of the site.
    pub(super) fn path(self) -> String {
        format!("{}/by-{}/index.html", Kind::Claim.info().folder, self.word())
    }

    /// Whether any claim has what this order goes by.
    fn is_there(self, briefing: &Briefing) -> bool {
        briefing.registry.of(Kind::Claim).any(|number| match self {
            Self::Value => value(briefing, number).is_some(),
            Self::Date => date(briefing, number).is_some(),
            Self::Source => sources(briefing, number).next().is_some(),
        })
    }

    /// The orders in which a briefing's claims can be read, beside the text's.
    pub(super) fn of(briefing: &Briefing) -> impl Iterator<Item = Self> + '_ {
        Self::ALL.into_iter().filter(|by| by.is_there(briefing))
    }
}

/// The ways from one order to the others; none where the text's is the only one.
pub(super) fn links(briefing: &Briefing, view: &View, here: Option<By>) -> Vec<OrderLink> {
    let other = |by: By| OrderLink { text: by.word().to_owned(), href: view.asset(&by.path()), here: here == Some(by) };
    let others: Vec<OrderLink> = By::of(briefing).map(other).collect();
    if others.is_empty() {
        return others;
    }
    let text = OrderLink { text: "the text".to_owned(), href: view.register(Kind::Claim), here: here.is_none() };
    [text].into_iter().chain(others).collect()
}

/// The data of a page of claims in order.
pub(super) fn order(briefing: &Briefing, by: By) -> Order {
    let view = View::of_order();
    let claims = ordered(briefing, Kind::Claim);
    let groups = match by {
        By::Value => by_value(briefing, &view, &claims),
        By::Date => by_date(briefing, &view, &claims),
        By::Source => by_source(briefing, &view, &claims),
    };
    Order { by: by.word(), title: by.title(), intro: by.intro(), count: claims.len(), orders: links(briefing, &view, Some(by)), groups }
}

/// What holds the units of which only one claim has a value.
const ALONE: (u8, &str) = (1, "Units of one claim each");

/// The claims whose values have one unit. Then come units with nothing to compare, numbers without a unit, and claims
/// without a number or a value.
fn by_value(briefing: &Briefing, view: &View, claims: &[usize]) -> Vec<OrderGroup> {
    let mut groups: Vec<(u8, String, Vec<usize>)> = Vec::new();
    for number in claims {
        let (rank, title) = unit(briefing, *number);
        match groups.iter_mut().find(|(_, other, _)| *other == title) {
            Some((_, _, claims)) => claims.push(*number),
            None => groups.push((rank, title, vec![*number])),
        }
    }
    let (alone, mut groups): (Vec<_>, Vec<_>) = groups.into_iter().partition(|(rank, _, claims)| *rank == 0 && claims.len() == 1);
    groups.extend((!alone.is_empty()).then(|| (ALONE.0, ALONE.1.to_owned(), by_unit(alone))));
    groups.sort_by(|(rank, title, _), (other_rank, other, _)| {
        rank.cmp(other_rank).then_with(|| title.to_lowercase().cmp(&other.to_lowercase())).then_with(|| title.cmp(other))
    });
    let mut taken: Vec<String> = Vec::new();
    let group = |(_, title, mut claims): (u8, String, Vec<usize>)| {
        if title != ALONE.1 {
            claims.sort_by(|one, other| largest_first(briefing, *one, *other));
        }
        let rows = claims.into_iter().map(|number| row(briefing, view, number, None)).collect();
        OrderGroup { anchor: anchor(&title, &mut taken), title: Html(escape(&title)), href: None, rows }
    };
    groups.into_iter().map(group).collect()
}

/// The claims of groups with one claim, by the names of their units.
fn by_unit(mut groups: Vec<(u8, String, Vec<usize>)>) -> Vec<usize> {
    groups.sort_by_cached_key(|(_, unit, _)| unit.to_lowercase());
    groups.into_iter().flat_map(|(_, _, claims)| claims).collect()
}

/// The heading for a claim's value, and how late it comes.
fn unit(briefing: &Briefing, number: usize) -> (u8, String) {
    let known = claim(briefing, number);
    match (value(briefing, number), amount(briefing, number), known.and_then(|claim| claim.unit.clone())) {
        (Some(_), Some(_), Some(unit)) => (0, unit),
        (Some(_), Some(_), None) => match known.and_then(|claim| claim.kind) {
            Some(ClaimKind::Rank) => (2, "Ranks".to_owned()),
            Some(ClaimKind::Date) => (3, "Dates".to_owned()),
            _ => (4, "Numbers without a unit".to_owned()),
        },
        (Some(_), None, _) => (5, "Values in words".to_owned()),
        (None, ..) => (6, "Without a value".to_owned()),
    }
}

/// Of ranks the first is the largest. What has no number stays as the text has it.
fn largest_first(briefing: &Briefing, one: usize, other: usize) -> Ordering {
    let is_rank = claim(briefing, one).is_some_and(|claim| claim.unit.is_none() && claim.kind == Some(ClaimKind::Rank));
    match (amount(briefing, one), amount(briefing, other)) {
        (Some(one), Some(other)) if is_rank => one.total_cmp(&other),
        (Some(one), Some(other)) => other.total_cmp(&one),
        _ => Ordering::Equal,
    }
}

/// The claims of each year, the latest first.
fn by_date(briefing: &Briefing, view: &View, claims: &[usize]) -> Vec<OrderGroup> {
    let mut dated: Vec<(Option<String>, usize)> = claims.iter().map(|number| (date(briefing, *number), *number)).collect();
    dated.sort_by(|(one, _), (other, _)| other.cmp(one));
    let mut groups: Vec<OrderGroup> = Vec::new();
    for (date, number) in dated {
        let year = date.as_deref().and_then(|date| date.split('-').next());
        let (title, anchor) =
            year.map_or_else(|| ("Without a date".to_owned(), "undated".to_owned()), |year| (year.to_owned(), format!("year-{year}")));
        let row = row(briefing, view, number, None);
        match groups.last_mut().filter(|group| group.anchor == anchor) {
            Some(group) => group.rows.push(row),
            None => groups.push(OrderGroup { title: Html(title), anchor, href: None, rows: vec![row] }),
        }
    }
    groups
}

/// The claims that each source carries, the sources as their own register lists them.
fn by_source(briefing: &Briefing, view: &View, claims: &[usize]) -> Vec<OrderGroup> {
    let mut carried: BTreeMap<usize, Vec<OrderRow>> = BTreeMap::new();
    for number in claims {
        for (source, locator) in sources(briefing, *number) {
            carried.entry(source).or_default().push(row(briefing, view, *number, locator.map(str::to_owned)));
        }
    }
    let mut groups: Vec<OrderGroup> = Vec::new();
    for source in ordered(briefing, Kind::Source) {
        if let Some(rows) = carried.remove(&source) {
            let anchor = briefing.registry.get(source).record.anchor();
            groups.push(OrderGroup {
                title: Html(without_links(&briefing.full_name(source))),
                anchor,
                href: Some(view.record(briefing, source)),
                rows,
            });
        }
    }
    let without = claims.iter().filter(|number| sources(briefing, **number).next().is_none());
    let rows: Vec<OrderRow> = without.map(|number| row(briefing, view, *number, None)).collect();
    if !rows.is_empty() {
        groups.push(OrderGroup { title: Html("Without a source".to_owned()), anchor: "unsourced".to_owned(), href: None, rows });
    }
    groups
}

fn row(briefing: &Briefing, view: &View, number: usize, locator: Option<String>) -> OrderRow {
    let annotation = briefing.registry.get(number);
    let known = claim(briefing, number);
    let label = known.and_then(|claim| claim.label.as_deref()).map(escape);
    OrderRow {
        label: Html(label.unwrap_or_else(|| without_links(&record_text(briefing, view, &annotation.label)))),
        href: view.record(briefing, number),
        value: value(briefing, number),
        as_of: known.and_then(|claim| claim.as_of.clone()),
        support: support(&annotation.record.data).map(str::to_owned),
        locator,
        section: briefing.uses[number]
            .first()
            .map(|one| Link { href: view.section(briefing, one.section, None), text: briefing.sections[one.section].title.clone() }),
    }
}

/// A claim's value as a reader sees it, given or worked out.
fn value(briefing: &Briefing, number: usize) -> Option<String> {
    let worked_out = || briefing.derived.get(&number).map(|working| working.result.clone());
    claim(briefing, number)?.value_text().or_else(worked_out)
}

/// The number of a claim's value.
fn amount(briefing: &Briefing, number: usize) -> Option<f64> {
    let claim: &Claim = claim(briefing, number)?;
    if let Some(value) = &claim.value {
        return value.number();
    }
    let result = &briefing.derived.get(&number)?.result;
    let text = result.strip_suffix(claim.unit.as_deref().unwrap_or_default()).unwrap_or(result).trim().replace('−', "-");
    Quantity { text }.number()
}

/// When a claim holds, as it is put in order.
fn date(briefing: &Briefing, number: usize) -> Option<String> {
    time(claim(briefing, number)?.as_of.as_deref()?)
}

/// The sources that carry a claim, with the places in them.
fn sources(briefing: &Briefing, number: usize) -> impl Iterator<Item = (usize, Option<&str>)> {
    let named = briefing.registry.get(number).record.common.sources.iter();
    named.filter_map(|one| Some((briefing.registry.find(Kind::Source, &one.id.value)?, one.locator.as_deref())))
}

/// An anchor made of a heading's words, like no other on the page. A sign of per cent is a word.
fn anchor(title: &str, taken: &mut Vec<String>) -> String {
    let plain = format!("unit-{}", slug(&title.replace('%', " percent ")));
    let mut anchor = plain.clone();
    let mut number = 1;
    while taken.contains(&anchor) {
        number += 1;
        anchor = format!("{plain}-{number}");
    }
    taken.push(anchor.clone());
    anchor
}

#[cfg(test)]
mod tests {
    #[test]
    fn units_have_anchors_of_their_own() {
        let mut taken = Vec::new();
        let anchors = ["%", "percent", "t CO2 per t SF6", "元"].map(|unit| super::anchor(unit, &mut taken));
        assert_eq!(anchors, ["unit-percent", "unit-percent-2", "unit-t-co2-per-t-sf6", "unit-元"]);
    }
}
