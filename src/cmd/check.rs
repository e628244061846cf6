//! `postil check`: everything is checked and nothing written.

use super::cli::{CheckArgs, Common};
use super::progress::Progress;
use super::{Ending, project, report};
use crate::build::{Options, check};

pub(super) fn run(args: &CheckArgs, common: &Common) -> Ending {
    let progress = Progress::start(common);
    let snapshot = match project::read(common) {
        Ok(snapshot) => snapshot,
        Err(ending) => return ending,
    };
    let options = Options { drafts: args.scope.drafts, strict: args.scope.strict, base_url: None, today: project::today() };
    let diagnostics = check(&snapshot, &options, &|step| progress.step(step));
    progress.end();
    let ending = report::print(&diagnostics, &snapshot, common);
    if diagnostics.is_empty() {
        if !common.quiet {
            super::message("nothing to mend");
        }
    } else {
        report::summary(&diagnostics, common, "");
    }
    ending
}
