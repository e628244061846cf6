//! Where each record is used: what back links are made from.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Registry, Resolved};
use crate::parse::{Section, Target};

/// One use: a reference of a section; a citation of several sources is a use of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    /// The section's number.
    pub section: usize,
    /// The reference's number in the section.
    pub reference: usize,
    /// Which source of a citation it is; zero for other references.
    pub item: usize,
}

/// The anchor of the `ordinal`-th use of a record in a section.
#[must_use]
pub fn mark_anchor(registry: &Registry, record: usize, ordinal: usize) -> String {
    format!("ref-{}-{ordinal}", registry.get(record).record.anchor())
}

type Collected = (Vec<Vec<Use>>, Vec<Vec<Use>>, Vec<Vec<Vec<usize>>>);

/// Collects the uses of records, the mentions of sections by others, and the ordinals of references.
pub(super) fn collect(sections: &[Arc<Section>], registry: &Registry, resolved: &[Arc<Vec<Resolved>>]) -> Collected {
    let mut uses = vec![Vec::new(); registry.len()];
    let mut mentions = vec![Vec::new(); sections.len()];
    let mut ordinals = Vec::with_capacity(sections.len());
    for (number, section) in sections.iter().enumerate() {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        let mut add = |record: usize, reference: usize, item: usize| {
            uses[record].push(Use { section: number, reference, item });
            let count = counts.entry(record).or_default();
            *count += 1;
            *count
        };
        let mut own = Vec::with_capacity(section.body.references.len());
        for (at, (reference, target)) in section.body.references.iter().zip(resolved[number].iter()).enumerate() {
            own.push(match target {
                Resolved::Cite(items) => {
                    items.iter().enumerate().map(|(item, source)| source.map_or(0, |source| add(source, at, item))).collect()
                }
                Resolved::Record(_) if matches!(reference.target, Target::Place(_)) => Vec::new(),
                Resolved::Record(record) => vec![add(*record, at, 0)],
                Resolved::Section(other, _) => {
                    if *other != number {
                        mentions[*other].push(Use { section: number, reference: at, item: 0 });
                    }
                    Vec::new()
                }
                Resolved::Asset(_) | Resolved::Register(_) | Resolved::Dead => Vec::new(),
            });
        }
        ordinals.push(own);
    }
    (uses, mentions, ordinals)
}
