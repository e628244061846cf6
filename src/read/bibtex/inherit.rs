//! What entries inherit from others: those that `crossref` and `xdata` name.

use std::collections::BTreeMap;

use biblatex::{Pair, RawChunk, RawEntry, Spanned};

use super::super::Fault;
use super::abbreviations::spend;
use crate::budget;
use crate::text::{Span, rules};

/// The entries of a file by their keys. Of two with one key the first counts.
pub(super) struct Kin<'e, 't>(BTreeMap<&'t str, &'e Spanned<RawEntry<'t>>>);

impl<'e, 't> Kin<'e, 't> {
    pub(super) fn new(entries: &'e [Spanned<RawEntry<'t>>]) -> Self {
        Self(entries.iter().rev().map(|entry| (entry.v.key.v, entry)).collect())
    }

    /// All that an entry inherits from, near or far, each once. `left` is how many bytes all entries of the file may
    /// still inherit. The library follows these names by itself and without end, so it is given no entry that leads
    /// back to itself.
    pub(super) fn ancestors(&self, entry: &RawEntry<'t>, left: &mut usize) -> Result<Vec<&'e RawEntry<'t>>, Fault> {
        let mut found: BTreeMap<&str, &RawEntry<'t>> = BTreeMap::new();
        self.walk(entry, &mut vec![entry.key.v], left, &mut found)?;
        Ok(found.into_values().collect())
    }

    fn walk(
        &self,
        entry: &RawEntry<'t>,
        path: &mut Vec<&'t str>,
        left: &mut usize,
        found: &mut BTreeMap<&'t str, &'e RawEntry<'t>>,
    ) -> Result<(), Fault> {
        for field in entry.fields.iter().filter(|field| names_parents(field)) {
            let span = Span::from(field.value.span.clone());
            for (key, parent) in names(field).into_iter().filter_map(|key| self.0.get_key_value(key.as_str())) {
                if path.contains(key) {
                    let message = format!("this is not BibTeX: the entry `{key}` inherits from itself");
                    return Err(Fault::new(&rules::FRONT_MATTER, span, message));
                }
                let deep = path.len() > budget::VALUE_DEPTH;
                spend(parent.span.len().max(64), left).filter(|()| !deep).ok_or_else(|| too_much(span))?;
                found.insert(key, &parent.v);
                path.push(key);
                self.walk(&parent.v, path, left, found)?;
                path.pop();
            }
        }
        Ok(())
    }
}

/// Whether a field says what its entry inherits from.
pub(super) fn names_parents(field: &Pair<'_>) -> bool {
    field.key.v.eq_ignore_ascii_case("crossref") || field.key.v.eq_ignore_ascii_case("xdata")
}

/// Drops what an entry inherits from where its name has commands or braces in it, because the library would read it
/// otherwise than it is compared here. Further keys of the entry itself go, too: a record has one id.
pub(super) fn keep_plain_names(entry: &mut RawEntry<'_>) {
    let plain = |chunk: &Spanned<RawChunk<'_>>| match chunk.v {
        RawChunk::Normal(text) => !text.contains(['\\', '{', '}', '$', '~']) && !text.contains("--"),
        RawChunk::Abbreviation(_) => false,
    };
    entry.fields.retain(|field| !names_parents(field) || field.value.v.iter().all(plain));
    entry.fields.retain(|field| !field.key.v.eq_ignore_ascii_case("ids"));
}

/// The keys in such a field.
fn names(field: &Pair<'_>) -> Vec<String> {
    let text: String = field
        .value
        .v
        .iter()
        .map(|chunk| match chunk.v {
            RawChunk::Normal(text) | RawChunk::Abbreviation(text) => text,
        })
        .collect();
    text.split(',').map(|key| key.trim().to_owned()).collect()
}

fn too_much(span: Span) -> Fault {
    Fault::new(&rules::TOO_LARGE, span, "the entries of this file inherit too much text")
}
