//! The site here, as a target is to have it.

use super::fault::{Fault, Kind};
use super::headers::Headers;
use super::plan::Plan;
use super::retry::Retry;
use super::run::Source;
use super::state::{Entry, Files};
use super::survey::Survey;
use super::target::{Abilities, Target};
use crate::output::Whole;

/// A whole site on this machine.
#[derive(Debug)]
pub struct Local(Whole);

impl Local {
    /// The site in a folder that was looked at.
    pub fn new(whole: Whole) -> Self {
        Self(whole)
    }

    /// What a target is to hold.
    pub fn files(&self) -> Files {
        let files = &self.0.manifest().files;
        let entry = |path: &String| Headers::of(path, files);
        files
            .iter()
            .map(|(path, record)| (path.clone(), Entry { hash: record.hash.clone(), size: record.size, headers: entry(path), tag: None }))
            .collect()
    }

    /// What is to be done at a target so that it holds this site, whose largest file may have so many bytes.
    ///
    /// # Errors
    ///
    /// When the target cannot be looked at, or cannot take the site.
    pub fn plan(&self, target: &dyn Target, largest: Option<u64>, retry: &Retry) -> Result<Plan, Fault> {
        let (wanted, kind) = (self.files(), target.abilities());
        let survey = Survey::take(target, &wanted, retry)?;
        Plan::new(wanted, &survey, &Abilities { largest: kind.largest.min(largest.unwrap_or(u64::MAX)), ..kind })
    }
}

impl Source for Local {
    fn bytes(&self, path: &str) -> Result<Vec<u8>, Fault> {
        self.0.read(path).map_err(|error| Fault::new(Kind::Source, error.to_string()))
    }
}
