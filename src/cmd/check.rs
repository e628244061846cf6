//! `postil check`: everything is checked, and nothing written but what `--fix` mends.

use super::cli::{CheckArgs, Common};
use super::progress::Progress;
use super::{Ending, fix, project, report};
use crate::build::{Options, check};
use crate::read::snapshot::Snapshot;

pub(super) fn run(args: &CheckArgs, common: &Common) -> Ending {
    let progress = Progress::start(common);
    let options = Options { drafts: args.scope.drafts, strict: args.scope.strict, base_url: None, today: project::today() };
    let examine = |snapshot: &Snapshot| check(snapshot, &options, &|step| progress.step(step));
    let snapshot = match project::read(common) {
        Ok(snapshot) => snapshot,
        Err(ending) => return ending,
    };
    let diagnostics = examine(&snapshot);
    let mut found = (snapshot, diagnostics);
    let mut failed = false;
    if args.fix {
        let (left, mended) = match fix::mend(found, common, examine) {
            Ok(mended) => mended,
            Err(ending) => return ending,
        };
        progress.end();
        mended.tell(common);
        found = left;
        failed = mended.failed();
    }
    progress.end();
    let (snapshot, diagnostics) = found;
    let ending = report::print_as(args.format, &diagnostics, &snapshot, common);
    if !diagnostics.is_empty() {
        report::summary(&diagnostics, common, "");
    } else if !common.quiet {
        super::message("nothing to mend");
    }
    if failed { Ending::Failed } else { ending }
}
