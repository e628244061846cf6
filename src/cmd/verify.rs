//! `postil verify`: every quotation is held to the kept copy of its source, and postil.lock written.

use super::build::plural;
use super::cli::{Common, VerifyArgs};
use super::{Ending, failure, message, project, report};
use crate::briefing::{Briefing, COPIES, Verdict};
use crate::build::{Options, assemble};
use crate::kind::{Data, Kind};
use crate::output::replace_file;
use crate::read::snapshot::{LOCK, Snapshot};
use crate::text::{Diagnostics, rules, suggestion};

pub(super) fn run(args: &VerifyArgs, common: &Common) -> Ending {
    let mut snapshot = match project::read(common) {
        Ok(snapshot) => snapshot,
        Err(ending) => return ending,
    };
    let options = Options { drafts: true, today: project::today(), ..Options::default() };
    if !args.copy.is_empty() {
        let briefing = assemble(&snapshot, &options, &|_| {}, &mut Diagnostics::default());
        for given in &args.copy {
            if let Err(ending) = take_in(given, &briefing, &mut snapshot) {
                return ending;
            }
        }
    }
    let mut diagnostics = Diagnostics::default();
    let briefing = assemble(&snapshot, &options, &|_| {}, &mut diagnostics);
    let found = crate::check::settle(diagnostics, &briefing, false);
    // A comment may let through what this command does not look for.
    let (ours, others): (Vec<_>, Vec<_>) =
        found.iter().filter(|one| one.rule != &rules::ALLOW_COMMENT).partition(|one| one.rule.group == &rules::QUOTATIONS);
    // What this command is about to mend needs no word.
    let ours: Vec<_> = ours.into_iter().filter(|one| one.rule != &rules::LOCK_OUTDATED).collect();
    let ours: Diagnostics = ours.into_iter().cloned().collect();
    let ending = report::print(&ours, &snapshot, common);
    if !others.is_empty() {
        message(&format!("`postil check` has {} besides", plural(others.len(), "finding")));
    }
    let text = briefing.quotations.lock.write();
    let known = snapshot.get(LOCK).is_some_and(|bytes| bytes.as_slice() == text.as_bytes());
    // A site without quotations needs no lock.
    let needed = snapshot.get(LOCK).is_some() || !briefing.quotations.lock.copies.is_empty();
    if needed && !known {
        let path = common.root.join(LOCK);
        if let Err(error) = replace_file(&path, text.as_bytes()) {
            failure(&format!("{LOCK} cannot be written: {error}"), "look at the folder's permissions and at the space on the disk");
            return Ending::Failed;
        }
    }
    if !common.quiet {
        tell(&briefing, needed && !known);
    }
    ending
}

/// Takes a copy from anywhere on the disk in the place of the one that its source names.
fn take_in(given: &str, briefing: &Briefing, snapshot: &mut Snapshot) -> Result<(), Ending> {
    let Some((id, file)) = given.split_once('=') else {
        failure(&format!("`{given}` names no copy"), "write it as SOURCE=FILE, with the source's id");
        return Err(Ending::Usage);
    };
    let Some(number) = briefing.registry.find(Kind::Source, id) else {
        failure(&format!("there is no source `{id}`"), &suggestion(id, briefing.registry.ids(Kind::Source)).unwrap_or_default());
        return Err(Ending::Usage);
    };
    let Data::Source(source) = &briefing.registry.get(number).record.data else { return Err(Ending::Usage) };
    let Some(path) = &source.snapshot else {
        failure(&format!("the source `{id}` names no kept copy"), &format!("add `snapshot = \"{COPIES}…\"` to it"));
        return Err(Ending::Usage);
    };
    match std::fs::read(file) {
        Ok(bytes) => snapshot.insert(path.as_str(), bytes),
        Err(error) => {
            failure(&format!("the copy `{file}` cannot be read: {error}"), "");
            return Err(Ending::Failed);
        }
    }
    Ok(())
}

fn tell(briefing: &Briefing, written: bool) {
    let count = |wanted: fn(&Verdict) -> bool| briefing.quotations.verdicts.values().filter(|verdict| wanted(verdict)).count();
    let verified = count(|verdict| matches!(verdict, Verdict::Verified(_)));
    let mut parts = vec![format!("{} verified", plural(verified, "quotation"))];
    let mut add = |number: usize, one: &str, many: &str| match number {
        0 => {}
        1 => parts.push(format!("1 {one}")),
        _ => parts.push(format!("{number} {many}")),
    };
    add(count(|verdict| *verdict == Verdict::Missing), "not in its copy", "not in their copies");
    add(count(|verdict| *verdict == Verdict::Unverified), "whose copy is not here", "whose copies are not here");
    add(count(|verdict| *verdict == Verdict::NoCopy), "of a source without a copy", "of sources without a copy");
    message(&format!("{}{}", parts.join(", "), if written { format!("; {LOCK} written") } else { String::new() }));
}
