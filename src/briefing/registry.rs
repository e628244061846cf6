//! All records of the briefing, each with a number; one space of ids per kind.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use crate::kind::Kind;
use crate::parse::{Annotation, Lost, Section};
use crate::text::{Diagnostic, Diagnostics, rules};

/// The records, numbered: those of the registers first, then those of the sections in order.
#[derive(Debug, Default)]
pub struct Registry {
    list: Vec<Arc<Annotation>>,
    by_id: BTreeMap<Kind, BTreeMap<String, usize>>,
    by_kind: BTreeMap<Kind, Vec<usize>>,
    lost: Lost,
    /// By kind and name in lower case; made when a name is first asked for.
    by_name: OnceLock<BTreeMap<(Kind, String), usize>>,
    /// The words of all names of terms and entities; made when one is first asked for.
    words: OnceLock<BTreeSet<String>>,
}

impl Registry {
    pub(super) fn new(sections: &[Arc<Section>], registers: Vec<Arc<Annotation>>, lost: Lost, diagnostics: &mut Diagnostics) -> Self {
        let mut registry = Self { lost, ..Self::default() };
        for annotation in registers {
            registry.add(annotation, diagnostics);
        }
        for section in sections {
            registry.lost.append(&section.lost);
            for annotation in &section.annotations {
                registry.add(annotation.clone(), diagnostics);
            }
        }
        registry
    }

    fn add(&mut self, annotation: Arc<Annotation>, diagnostics: &mut Diagnostics) {
        let record = &annotation.record;
        if let Some(first) = self.find(record.kind, record.id()) {
            let message = format!("the {} `{}` is declared twice", record.kind.info().name, record.id());
            let first = self.get(first).record.place.clone();
            diagnostics.push(
                Diagnostic::new(&rules::DUPLICATE_ID, record.place.clone(), message)
                    .related(first, "it is declared here")
                    .help("give one of them another id"),
            );
            return;
        }
        let (kind, id) = (record.kind, record.id().to_owned());
        self.by_id.entry(kind).or_default().insert(id, self.list.len());
        self.by_kind.entry(kind).or_default().push(self.list.len());
        self.list.push(annotation);
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The record with a number. Numbers come only from this registry, so each has one.
    #[must_use]
    pub fn get(&self, number: usize) -> &Annotation {
        &self.list[number]
    }

    /// The number of a record.
    #[must_use]
    pub fn find(&self, kind: Kind, id: &str) -> Option<usize> {
        self.by_id.get(&kind)?.get(id).copied()
    }

    /// What could not be read: names in it may be records.
    #[must_use]
    pub fn lost(&self) -> &Lost {
        &self.lost
    }

    /// The numbers of a kind's records, in order.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = usize> + '_ {
        self.by_kind.get(&kind).into_iter().flatten().copied()
    }

    /// How many records of a kind there are.
    #[must_use]
    pub fn count(&self, kind: Kind) -> usize {
        self.by_kind.get(&kind).map_or(0, Vec::len)
    }

    /// The id of a kind's record that has this name, abbreviation or alias, in any case.
    #[must_use]
    pub fn named(&self, kind: Kind, name: &str) -> Option<&str> {
        let by_name = self.by_name.get_or_init(|| {
            let mut by_name = BTreeMap::new();
            for number in 0..self.len() {
                let record = &self.get(number).record;
                for name in record.data.named().names() {
                    by_name.entry((record.kind, name.to_lowercase())).or_insert(number);
                }
            }
            by_name
        });
        by_name.get(&(kind, name.to_lowercase())).map(|number| self.get(*number).record.id())
    }

    /// Whether a term or an entity is called so, or has it for a word of a name: a firm that is called `CREG Equipment`
    /// explains `CREG`.
    #[must_use]
    pub fn is_called(&self, word: &str) -> bool {
        let words = self.words.get_or_init(|| {
            let named = self.of(Kind::Term).chain(self.of(Kind::Entity)).flat_map(|number| self.get(number).record.data.named().names());
            let words = named.flat_map(|name| name.split(|one: char| !one.is_alphanumeric()));
            words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
        });
        words.contains(word)
    }

    /// The ids of a kind, in alphabetical order.
    pub fn ids(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.by_id.get(&kind).into_iter().flatten().map(|(id, _)| id.as_str())
    }
}
