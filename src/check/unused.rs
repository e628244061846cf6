//! Records that nothing uses.

use super::Records;
use crate::kind::Kind;
use crate::text::{Diagnostic, Diagnostics, Rule, rules};

/// `unused-source` and its five sisters. A record is used where a text refers to it or another record names it; a
/// figure, where it is placed.
pub(super) fn unused(scene: &Records<'_>, diagnostics: &mut Diagnostics) {
    let web = scene.web;
    for number in 0..web.registry.len() {
        let used = !web.uses[number].is_empty() || web.mentioned.contains(&number) || web.figures.contains_key(&number);
        if used {
            continue;
        }
        let record = &web.registry.get(number).record;
        // What is broken may use it.
        if web.registry.lost().has_name(record.id()) {
            continue;
        }
        let info = record.kind.info();
        let found =
            Diagnostic::new(rule(record.kind), record.place.clone(), format!("the {} `{}` is used nowhere", info.name, record.id()));
        diagnostics.push(found.help(way_out(record.kind, record.id())));
    }
}

fn rule(kind: Kind) -> &'static Rule {
    match kind {
        Kind::Source => &rules::UNUSED_SOURCE,
        Kind::Term => &rules::UNUSED_TERM,
        Kind::Figure => &rules::UNUSED_FIGURE,
        Kind::Claim => &rules::UNUSED_CLAIM,
        Kind::Note => &rules::UNUSED_NOTE,
        Kind::Entity => &rules::UNUSED_ENTITY,
    }
}

fn way_out(kind: Kind, id: &str) -> String {
    match kind {
        Kind::Source => format!("cite it with `[@{id}]`, name it in a record's `sources`, or delete it"),
        Kind::Term => format!("use it with `[[{id}]]`, or delete it"),
        Kind::Figure => format!("place it with `![[fig:{id}]]`, or delete it"),
        Kind::Claim => format!("mark the passage that states it with `[words](claim:{id})`, or delete it"),
        Kind::Note => format!("raise it with `[words](note:{id})`, or delete it"),
        Kind::Entity => format!("name it with `[[ent:{id}]]`, or delete it"),
    }
}
