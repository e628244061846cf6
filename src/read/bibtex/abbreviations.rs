//! What `@string` declares, put in where an entry uses it.

use std::collections::BTreeMap;

use biblatex::{Field, Pair, RawChunk, RawEntry, Spanned};

use super::super::Fault;
use super::MONTHS;
use crate::budget;
use crate::text::{Span, rules};

/// The abbreviations of a file by their names.
pub(super) struct Abbreviations<'t>(BTreeMap<&'t str, Field<'t>>);

impl<'t> Abbreviations<'t> {
    /// The last declaration of a name counts.
    pub(super) fn new(pairs: Vec<Pair<'t>>) -> Self {
        Self(pairs.into_iter().map(|pair| (pair.key.v, pair.value.v)).collect())
    }

    /// Replaces the abbreviations of an entry. A field that cannot be spelled out is reported and left out. `left` is
    /// how many bytes all abbreviations of the file may still bring.
    pub(super) fn spell_out(&self, entry: &mut RawEntry<'t>, left: &mut usize, faults: &mut Vec<Fault>) {
        entry.fields.retain_mut(|field| {
            if field.value.v.iter().all(|chunk| matches!(chunk.v, RawChunk::Normal(_))) {
                return true;
            }
            let mut whole = Vec::new();
            match self.expand(&field.value.v, &mut Vec::new(), left, &mut whole) {
                Ok(()) => field.value.v = whole,
                Err(fault) => faults.push(fault),
            }
            // A field of nothing was made of abbreviations whose declarations are broken.
            !field.value.v.is_empty() && field.value.v.iter().all(|chunk| matches!(chunk.v, RawChunk::Normal(_)) || is_month(chunk))
        });
    }

    fn expand<'a>(
        &'a self,
        field: &'a [Spanned<RawChunk<'t>>],
        path: &mut Vec<&'t str>,
        left: &mut usize,
        out: &mut Field<'t>,
    ) -> Result<(), Fault> {
        for chunk in field {
            let span = Span::from(chunk.span.clone());
            match chunk.v {
                RawChunk::Normal(text) => {
                    spend(text.len(), left).ok_or_else(|| too_much(span))?;
                    out.push(chunk.clone());
                }
                RawChunk::Abbreviation(name) => match self.0.get(name) {
                    Some(_) if path.contains(&name) => {
                        let message = format!("this is not BibTeX: the abbreviation `{name}` stands for itself");
                        return Err(Fault::new(&rules::FRONT_MATTER, span, message));
                    }
                    Some(inner) => {
                        // A step counts like a few bytes, so that nothing is gained by abbreviations of nothing.
                        spend(64, left).filter(|()| path.len() < budget::VALUE_DEPTH).ok_or_else(|| too_much(span))?;
                        path.push(name);
                        self.expand(inner, path, left, out)?;
                        path.pop();
                    }
                    None if is_month(chunk) => out.push(chunk.clone()),
                    None => {
                        let message = format!("this is not BibTeX: unknown abbreviation \"{name}\"");
                        return Err(Fault::new(&rules::FRONT_MATTER, span, message));
                    }
                },
            }
        }
        Ok(())
    }
}

/// The library itself knows the names of months.
fn is_month(chunk: &Spanned<RawChunk<'_>>) -> bool {
    matches!(chunk.v, RawChunk::Abbreviation(name) if MONTHS.iter().any(|month| month.eq_ignore_ascii_case(name)))
}

/// Takes an amount off what is left, if it suffices.
pub(super) fn spend(amount: usize, left: &mut usize) -> Option<()> {
    *left = left.checked_sub(amount)?;
    Some(())
}

fn too_much(span: Span) -> Fault {
    Fault::new(&rules::TOO_LARGE, span, "the abbreviations of this file bring too much text")
}
