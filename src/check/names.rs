//! Names that two records share.

use std::collections::BTreeMap;

use super::Records;
use crate::kind::Kind;
use crate::text::{Diagnostic, Diagnostics, rules};

/// `duplicate-name`: two terms, or two entities, with one name, alias or abbreviation; a reader cannot tell them apart.
pub(super) fn duplicates(scene: &Records<'_>, diagnostics: &mut Diagnostics) {
    let registry = &scene.web.registry;
    for kind in [Kind::Term, Kind::Entity] {
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        for number in registry.of(kind) {
            let record = &registry.get(number).record;
            for name in record.data.named().names() {
                let first = *taken.entry(name.to_lowercase()).or_insert(number);
                if first == number {
                    continue;
                }
                let other = &registry.get(first).record;
                let message =
                    format!("the {0} `{1}` and the {0} `{2}` are both called “{name}”", kind.info().name, record.id(), other.id());
                diagnostics.push(
                    Diagnostic::new(&rules::DUPLICATE_NAME, record.place.clone(), message)
                        .related(other.place.clone(), "the other record")
                        .help("give each a name of its own, or make the two records one"),
                );
            }
        }
    }
}
