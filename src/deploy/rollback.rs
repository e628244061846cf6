//! Back to the site before, from what the target has kept of it.

use std::collections::BTreeMap;

use super::fault::{Fault, Kind};
use super::plan::Plan;
use super::retry::Retry;
use super::run::Source;
use super::state::{Files, State};
use super::survey::Survey;
use super::target::Target;

/// A plan that goes back, and the files that it needs.
#[derive(Debug)]
pub struct Rollback {
    /// What is to be done.
    pub plan: Plan,
    kept: BTreeMap<String, Vec<u8>>,
}

impl Rollback {
    /// Plans the way back. After a deploy that was interrupted, that is the way to the last whole site. All that is needed is
    /// read first, so that nothing is begun that cannot be ended.
    ///
    /// # Errors
    ///
    /// When the target has nothing to go back to, or not all of it.
    pub fn plan(target: &dyn Target, retry: &Retry) -> Result<Self, Fault> {
        let state = retry.run(|| State::read(target))?;
        let wanted = wanted(&state).ok_or_else(|| Fault::new(Kind::NoPrevious, "the target has kept no site to go back to"))?;
        let survey = Survey::take(target, &wanted, retry)?;
        let plan = Plan::new(wanted, &survey, &target.abilities())?;
        if plan.is_settled() {
            // A way back that was cut off at its very end has come there all the same.
            return Err(Fault::new(Kind::NoPrevious, "the target is at the site before already"));
        }
        let mut kept = BTreeMap::new();
        for path in plan.added.iter().chain(&plan.changed) {
            let present = survey.present.contains_key(path).then(|| retry.run(|| target.read(&[path])));
            let present = present.transpose()?.and_then(|mut read| read.pop().flatten()).map(|found| found.bytes);
            let entry = &plan.wanted[path];
            // Where only headers change, the bytes are in their place.
            let bytes = match present.filter(|bytes| entry.holds(bytes)) {
                Some(bytes) => Some(bytes),
                None => retry.run(|| target.kept(path))?.filter(|bytes| entry.holds(bytes)),
            };
            let missing = || Fault::new(Kind::NoPrevious, format!("the target has not kept `{path}` as it was"));
            kept.insert(path.clone(), bytes.ok_or_else(missing)?);
        }
        Ok(Self { plan, kept })
    }
}

/// The site to go back to.
fn wanted(state: &State) -> Option<Files> {
    let interrupted = !state.pending.is_empty() && !state.back;
    if interrupted && !state.site.is_empty() { Some(state.site.clone()) } else { state.previous.clone() }
}

impl Source for Rollback {
    fn bytes(&self, path: &str) -> Result<Vec<u8>, Fault> {
        self.kept.get(path).cloned().ok_or_else(|| Fault::new(Kind::Source, format!("`{path}` was not kept")))
    }
}
