//! Styles of the Citation Style Language. This folder alone knows hayagriva, which
//! is quadratic in the number of sources it is given at once: every source is
//! rendered on its own, and only those with the same mark are rendered together.

mod alike;
mod item;
mod prune;
mod render;
mod style;
mod tree;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

pub use style::Style;
pub(super) use style::names;

use super::cluster::Mark;
use super::locator::Locator;
use super::{Bibliography, Class, Entry, plain, ranks, sort_key};
use crate::kind::Source;
use render::{Press, Proof};

/// A source, and the label and value of a locator.
type Key = (usize, &'static str, String);

/// The marks of all sources, each made when it is first asked for.
#[derive(Debug)]
pub(super) struct Engine {
    press: Press,
    /// What a mark is where the style must tell a source from others like it.
    told: BTreeMap<usize, Arc<Mark>>,
    memo: Mutex<HashMap<Key, Arc<Mark>>>,
}

impl Engine {
    /// The mark of a source, with its place in it.
    pub(super) fn mark(&self, source: usize, locator: Option<Locator<'_>>) -> Arc<Mark> {
        match (self.told.get(&source), locator) {
            (None, _) => self.alone(source, locator),
            (Some(told), None) => Arc::clone(told),
            (Some(told), Some(place)) => Arc::new(graft(&self.alone(source, locator), &self.alone(source, None), told, place.value)),
        }
    }

    /// The mark of a source as if there were no other.
    fn alone(&self, source: usize, locator: Option<Locator<'_>>) -> Arc<Mark> {
        let key = match locator {
            Some(Locator { label, value }) => (source, label, value.to_owned()),
            None => (source, "", String::new()),
        };
        // A poisoned memo is still a good one: nothing in it is half made.
        let memo = || self.memo.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(mark) = memo().get(&key) {
            return Arc::clone(mark);
        }
        let mark = Arc::new(self.press.mark(source, locator));
        memo().insert(key, Arc::clone(&mark));
        mark
    }
}

/// The mark of a source that is told apart, with a locator: what the locator adds
/// to the bare mark is added to the told one.
fn graft(located: &Mark, bare: &Mark, told: &Mark, value: &str) -> Mark {
    let add = |located: &str, bare: &str, told: &str| match located.strip_prefix(bare) {
        Some(tail) => format!("{told}{tail}"),
        None => format!("{told}, {}", super::markup::escaped(value)),
    };
    Mark { full: add(&located.full, &bare.full, &told.full), rest: add(&located.rest, &bare.rest, &told.rest), names: told.names.clone() }
}

/// Renders all sources.
pub(super) fn render(style: &Style, language: &str, sources: &[(&str, &Source)]) -> Bibliography {
    let press = Press::new(style, language, sources);
    let mut proofs: Vec<Proof> = (0..sources.len()).into_par_iter().map(|source| press.entry(source)).collect();
    for (proof, (id, source)) in proofs.iter_mut().zip(sources) {
        if proof.html.is_empty() {
            proof.html = plain::entry(id, source);
        }
    }
    let mut order: Vec<usize> = (0..sources.len()).collect();
    if style.sorts() {
        order.par_sort_by_cached_key(|&source| sort_key(&super::markup::text(&proofs[source].html)));
    }
    let rank = ranks(&order);
    let mut engine = Engine { press, told: BTreeMap::new(), memo: Mutex::default() };
    for (source, told) in alike::tell_apart(style, &engine, &order, &proofs) {
        engine.told.insert(source, Arc::new(told.mark));
        proofs[source].html = told.entry;
    }
    if style.is_numeric() && style.sorts() {
        engine.press.number(&rank);
        (0..sources.len()).into_par_iter().zip(&mut proofs).for_each(|(source, proof)| {
            if proof.label.is_some() {
                proof.label = engine.press.entry(source).label;
            }
        });
    }
    Bibliography {
        class: if style.is_note() { Class::Note } else { Class::InText },
        numeric: style.is_numeric(),
        entries: proofs.into_iter().map(|proof| Entry::new(proof.label, proof.html)).collect(),
        order,
        rank,
        joint: style.joint(),
        engine,
    }
}
