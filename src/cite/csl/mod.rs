//! Styles of the Citation Style Language. This folder alone knows hayagriva, which
//! is quadratic in the number of sources it is given at once: every source is
//! rendered on its own, and those with the same mark are told apart afterwards.

mod alike;
mod item;
mod prune;
mod render;
mod single;
mod style;
mod tree;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rayon::prelude::*;

pub(super) use single::Single;
pub use style::Style;
pub(super) use style::names;

use super::cluster::Mark;
use super::locator::Locator;
use super::{Bibliography, Class, Entry, plain, ranks, sort_key};
use crate::kind::Source;
use render::{Draft, Press, Proof};

/// A source, and the label and value of a locator.
type Key = (usize, &'static str, String);

/// The marks of all sources, each made when it is first asked for.
#[derive(Debug)]
pub(super) struct Engine {
    press: Press,
    /// What a mark is where the style must tell a source from others like it.
    told: BTreeMap<usize, Arc<Mark>>,
    /// The mark of each source as if there were no other.
    bare: Vec<OnceLock<Arc<Mark>>>,
    /// The same with locators.
    located: Mutex<HashMap<Key, Arc<Mark>>>,
}

impl Engine {
    /// The mark of a source, with its place in it.
    pub(super) fn mark(&self, source: usize, locator: Option<Locator<'_>>) -> Arc<Mark> {
        match (self.told.get(&source), locator) {
            (None, None) => Arc::clone(self.bare(source)),
            (None, Some(place)) => self.located(source, place),
            (Some(told), None) => Arc::clone(told),
            (Some(told), Some(place)) => Arc::new(graft(&self.located(source, place), self.bare(source), told, place.value)),
        }
    }

    fn bare(&self, source: usize) -> &Arc<Mark> {
        self.bare[source].get_or_init(|| Arc::new(self.press.draft(source, None, None).mark()))
    }

    fn located(&self, source: usize, place: Locator<'_>) -> Arc<Mark> {
        let key = (source, place.label, place.value.to_owned());
        // A poisoned memo is still a good one: nothing in it is half made.
        let memo = || self.located.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(mark) = memo().get(&key) {
            return Arc::clone(mark);
        }
        let mark = Arc::new(self.press.draft(source, Some(place), None).mark());
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
        if proof.entry.html.is_empty() {
            proof.entry.html = plain::entry(id, source);
        }
    }
    let mut order: Vec<usize> = (0..sources.len()).collect();
    if style.sorts() {
        order.par_sort_by_cached_key(|&source| sort_key(&super::markup::text(&proofs[source].entry.html)));
    }
    let rank = ranks(&order);
    let bare = sources.iter().map(|_| OnceLock::new()).collect();
    let mut engine = Engine { press, told: BTreeMap::new(), bare, located: Mutex::default() };
    if style.tells_apart() {
        let drafts: Vec<Draft> = (0..sources.len()).into_par_iter().map(|source| engine.press.draft(source, None, None)).collect();
        engine.bare = drafts.iter().map(|draft| OnceLock::from(Arc::new(draft.mark()))).collect();
        for (source, told) in alike::tell_apart(style, &engine.press, &order, &drafts, &proofs) {
            engine.told.insert(source, Arc::new(told.mark));
            proofs[source].entry.html = told.entry;
        }
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
        entries: proofs.into_iter().map(|proof| Entry::new(proof.label, proof.entry.html)).collect(),
        order,
        rank,
        joint: style.joint(),
        engine,
    }
}
