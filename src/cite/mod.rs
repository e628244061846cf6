//! Citation marks and the bibliography, in a style that the briefing names.
//!
//! [`bibliography`] renders every source once; [`Bibliography::cluster`] then gives
//! the mark for any group of citations. Nothing here reads a file or a clock.

#[cfg(not(feature = "cite"))]
mod author_date;
mod bibtex;
mod cluster;
mod date;
mod json;
mod locator;
mod markup;
mod name;
mod plain;
mod ris;

#[cfg(feature = "cite")]
mod csl;

#[cfg(all(test, feature = "cite"))]
mod golden;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use bibtex::bibtex;
pub use cluster::{Item, Piece};
pub use json::{csl_json, from_csl_json};
pub use ris::ris;

#[cfg(not(feature = "cite"))]
use author_date as engine;
#[cfg(feature = "cite")]
use csl as engine;

pub use engine::Style;

use crate::kind::Source;
use cluster::Joint;

impl Style {
    /// The style of a name, such as `chicago-author-date`.
    ///
    /// # Errors
    ///
    /// No style has the name.
    pub fn named(name: &str) -> Result<Self, UnknownStyle> {
        Self::find(name).ok_or_else(|| UnknownStyle { name: name.to_owned(), nearest: nearest(name) })
    }
}

/// The names of all styles, other names for the same style included.
pub fn names() -> impl Iterator<Item = &'static str> {
    engine::names()
}

/// A name that no style has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownStyle {
    /// The name.
    pub name: String,
    /// The names of styles that are nearest to it, best first.
    pub nearest: Vec<&'static str>,
}

impl fmt::Display for UnknownStyle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no citation style `{}`; the nearest are {}", self.name, self.nearest.join(", "))
    }
}

impl std::error::Error for UnknownStyle {}

/// The three nearest names: those that contain the unknown one, then by likeness.
fn nearest(name: &str) -> Vec<&'static str> {
    let name = name.to_lowercase();
    let mut names: Vec<_> = names()
        .map(|known| {
            let likeness = strsim::jaro_winkler(&name, known);
            let within = !name.is_empty() && known.contains(&name);
            (known, likeness + f64::from(u8::from(within)))
        })
        .collect();
    names.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
    names.into_iter().take(3).map(|(name, _)| name).collect()
}

/// Where a style puts its citations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// In the text, in brackets.
    InText,
    /// In notes, as whole sentences.
    Note,
}

/// One entry of the list of sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What stands before the entry where the style numbers them, such as `[7]`; HTML.
    pub label: Option<String>,
    /// The entry as HTML: `em`, `strong`, `sup`, `sub`, `span class="small-caps"` and links.
    pub html: String,
    /// The entry as plain text.
    pub text: String,
}

impl Entry {
    fn new(label: Option<String>, html: String) -> Self {
        let text = markup::text(&html);
        Self { label, html, text }
    }
}

/// All sources of a briefing, rendered in one style.
#[derive(Debug)]
pub struct Bibliography {
    /// Where the style puts its citations.
    pub class: Class,
    /// Whether its marks are numbers.
    pub numeric: bool,
    /// The sources in the order of the list; a number of a numeric style is the place in it.
    pub order: Vec<usize>,
    /// The entry of each source, in the order in which the sources were given.
    pub entries: Vec<Entry>,
    /// The place of each source in the list.
    rank: Vec<usize>,
    joint: Joint,
    engine: engine::Engine,
}

/// A bibliography with the hash of what it was made from, so that equal sources need not be rendered again.
#[derive(Debug, Clone)]
pub struct Kept {
    key: blake3::Hash,
    bibliography: Arc<Bibliography>,
}

impl Kept {
    /// The bibliography that was kept before, where it was made of the same; or else a new one. The style comes with
    /// its name.
    #[must_use]
    pub fn new(before: Option<&Self>, (name, style): (&str, &Style), language: &str, sources: &[(&str, &Source)]) -> Self {
        let mut hasher = blake3::Hasher::new();
        // Texts and numbers can always be written, and a hasher takes them all.
        let _ = serde_json::to_writer(&mut hasher, &(name, language, sources));
        let key = hasher.finalize();
        let same = before.filter(|before| before.key == key);
        same.cloned().unwrap_or_else(|| Self { key, bibliography: Arc::new(bibliography(style, language, sources)) })
    }
}

impl Deref for Kept {
    type Target = Bibliography;

    fn deref(&self) -> &Bibliography {
        &self.bibliography
    }
}

/// Renders all sources, given in the order of their first citation, with the
/// language of the briefing as a language tag.
#[must_use]
pub fn bibliography(style: &Style, language: &str, sources: &[(&str, &Source)]) -> Bibliography {
    engine::render(style, language, sources)
}

/// A style for things that are in no list of sources: each is printed as if there were no other.
#[derive(Debug)]
pub struct Single {
    engine: Arc<engine::Single>,
    /// Entries that were printed before, with the hash of the style's name and the language.
    kept: Option<(blake3::Hash, Arc<Entries>)>,
}

/// Entries that were printed before, so that equal things are not printed again.
#[derive(Debug, Default)]
pub struct Entries {
    round: AtomicUsize,
    /// Each entry by the hash of what it was made from, with the round in which it was last asked for.
    kept: Mutex<BTreeMap<[u8; 32], (usize, Entry)>>,
}

impl Entries {
    /// Begins a new round. What nobody has asked for in the round before goes.
    pub fn next_round(&self) {
        let round = self.round.fetch_add(1, Ordering::Relaxed);
        self.kept().retain(|_, (last, _)| *last == round);
    }

    /// The entry of this key, printed now if it is not kept.
    fn get(&self, key: [u8; 32], print: impl FnOnce() -> Entry) -> Entry {
        let round = self.round.load(Ordering::Relaxed);
        if let Some((last, entry)) = self.kept().get_mut(&key) {
            *last = round;
            return entry.clone();
        }
        let entry = print();
        self.kept().insert(key, (round, entry.clone()));
        entry
    }

    fn kept(&self) -> MutexGuard<'_, BTreeMap<[u8; 32], (usize, Entry)>> {
        // Nothing in it is ever half done.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Single {
    /// The style, with the language of the briefing as a language tag.
    #[must_use]
    pub fn new(style: Style, language: &str) -> Self {
        Self { engine: Arc::new(engine::Single::new(style, language)), kept: None }
    }

    /// The same with entries that were made before. Those of another style, by its name, or of another language are not used.
    #[must_use]
    pub fn with(&self, name: &str, language: &str, entries: Option<&Arc<Entries>>) -> Self {
        let key = blake3::hash(format!("{name} {language}").as_bytes());
        Self { engine: self.engine.clone(), kept: entries.map(|entries| (key, entries.clone())) }
    }

    /// The thing as an entry of a list, without a number.
    #[must_use]
    pub fn entry(&self, id: &str, thing: &Source) -> Entry {
        let Some((key, entries)) = &self.kept else { return self.print(id, thing) };
        let mut hasher = blake3::Hasher::new_keyed(key.as_bytes());
        // Texts and numbers can always be written, and a hasher takes them all.
        let _ = serde_json::to_writer(&mut hasher, &(id, thing));
        entries.get(*hasher.finalize().as_bytes(), || self.print(id, thing))
    }

    fn print(&self, id: &str, thing: &Source) -> Entry {
        let html = self.engine.entry(id, thing);
        Entry::new(None, if html.is_empty() { plain::entry(id, thing) } else { html })
    }
}

/// The place of each source in an order.
fn ranks(order: &[usize]) -> Vec<usize> {
    let mut rank = vec![0; order.len()];
    for (place, &source) in order.iter().enumerate() {
        rank[source] = place;
    }
    rank
}

/// What entries are sorted by: letters and digits, without accents, case and a leading article.
fn sort_key(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut key = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)) {
        if c.is_alphanumeric() {
            key.extend(c.to_lowercase());
        } else if !key.is_empty() && !key.ends_with(' ') {
            key.push(' ');
        }
    }
    match ["the ", "an ", "a "].iter().find_map(|article| key.strip_prefix(article)) {
        Some(rest) => rest.to_owned(),
        None => key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorting_ignores_accents_case_and_articles() {
        assert_eq!(sort_key("“The Économist”: a survey"), "economist a survey");
        assert!(sort_key("Wang, X. 2024.") < sort_key("Wang, X., and Li. 2020."));
        assert!(sort_key("Zhou") < sort_key("王小明"));
    }
}
