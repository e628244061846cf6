//! Findings about credentials in `postil.toml`, where none belongs: they are told, and their lines are not shown.

use super::{Data, Fault, Value};
use crate::text::rules;

/// What the name of a key says of its value.
const WORDS: [&str; 5] = ["secret", "password", "token", "credential", "access_key"];

/// Moves a finding about the key of a credential to the head of its target's table, whose line holds no more than a name.
pub(super) fn cover(faults: &mut [Fault], deploy: Option<&Value>) {
    let Some(Value { data: Data::Table(targets), .. }) = deploy else { return };
    for target in &targets.entries {
        let Data::Table(table) = &target.value.data else { continue };
        for entry in &table.entries {
            let key = entry.key.to_ascii_lowercase();
            let about_it = |fault: &&mut Fault| fault.rule.name == rules::UNKNOWN_KEY.name && fault.span == entry.key_span;
            for fault in faults.iter_mut().filter(about_it).filter(|_| WORDS.iter().any(|word| key.contains(word))) {
                fault.span = target.value.span;
                fault.instead = None;
                fault.help =
                    Some("take it out: credentials come from the environment, from profile files and from the ssh agent".to_owned());
            }
        }
    }
}
