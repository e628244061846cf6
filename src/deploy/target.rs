//! What a target must be able to do. All that knows of plans, order and safety stands above this.

use std::collections::BTreeMap;

use super::fault::Fault;
use super::headers::Headers;

/// The folder of a target that Postil keeps for itself.
pub(super) const OWN: &str = ".postil/";
/// What of the last site a deploy replaced or removed, each below this folder under its own path.
const KEPT: &str = ".postil/kept/";

/// Where the last version of a file is kept.
pub(super) fn kept_path(path: &str) -> String {
    format!("{KEPT}{path}")
}

/// A place where a site can stand. Paths are those of the site, with `/` between their parts.
///
/// Each method may be called again after it has failed, and then does no more than what is left to do.
pub trait Target: Send + Sync {
    /// Its address as messages name it, without credentials.
    fn name(&self) -> String;

    /// What it can do.
    fn abilities(&self) -> Abilities;

    /// All that is there, ours or not.
    ///
    /// # Errors
    ///
    /// When it cannot be told.
    fn list(&self) -> Result<BTreeMap<String, Found>, Fault>;

    /// Files by their paths; nothing for one that is not there.
    ///
    /// # Errors
    ///
    /// When one cannot be read.
    fn read(&self, paths: &[&str]) -> Result<Vec<Option<Fetched>>, Fault>;

    /// Puts files there, each in one step. Gives their tags, as `list` will tell them, where they are known. When this
    /// returns, all of them are confirmed.
    ///
    /// # Errors
    ///
    /// When one could not be put there; others may have been.
    fn write(&self, uploads: &[Upload]) -> Result<Vec<Option<String>>, Fault>;

    /// Puts a file there if the condition holds; else the fault is [`Kind::Condition`](super::Kind::Condition).
    ///
    /// # Errors
    ///
    /// When the condition does not hold, or the file could not be put there.
    fn write_if(&self, upload: &Upload, condition: &Condition) -> Result<(), Fault>;

    /// Removes files. One that is not there is no fault.
    ///
    /// # Errors
    ///
    /// When one could not be removed.
    fn remove(&self, paths: &[&str]) -> Result<(), Fault>;

    /// Keeps what stands at these paths for a rollback, before it is replaced or removed.
    ///
    /// # Errors
    ///
    /// When one could not be kept.
    fn keep(&self, paths: &[&str]) -> Result<(), Fault>;

    /// What was kept of a path.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    fn kept(&self, path: &str) -> Result<Option<Vec<u8>>, Fault> {
        let found = self.read(&[&kept_path(path)])?.pop().flatten();
        Ok(found.map(|found| found.bytes))
    }

    /// Ends a deploy: at targets that are [`Abilities::at_once`], makes everything visible.
    ///
    /// # Errors
    ///
    /// When that fails; then nothing has changed.
    fn finish(&self) -> Result<(), Fault> {
        Ok(())
    }
}

/// What a target can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Abilities {
    /// It keeps headers with files.
    pub headers: bool,
    /// Nothing is visible before [`Target::finish`], and all is after it. Such a target needs no lock.
    pub at_once: bool,
    /// It keeps earlier sites by itself.
    pub history: bool,
    /// Files that one call of `read`, `write` or `remove` should take.
    pub batch: usize,
    /// Calls at the same time.
    pub workers: usize,
    /// The longest path, in bytes.
    pub longest_path: usize,
    /// The longest part of a path, in bytes.
    pub longest_part: usize,
    /// The largest file, in bytes.
    pub largest: u64,
}

impl Abilities {
    /// Those of a folder on most file systems, a file at a time. Each target says in what it differs.
    pub const PLAIN: Self = Self {
        headers: false,
        at_once: false,
        history: false,
        batch: 1,
        workers: 1,
        longest_path: 4_000,
        longest_part: 255,
        largest: u64::MAX,
    };
}

/// What is known of a file without reading it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// Its length.
    pub size: u64,
    /// What changes with its bytes, where the target tells such a thing.
    pub tag: Option<String>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// What it holds.
    pub bytes: Vec<u8>,
    /// Its headers, where the target keeps them.
    pub headers: Option<Headers>,
    /// By what to know it again, for [`Condition::Still`].
    pub version: Version,
}

/// By what a target knows one version of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Version {
    /// Its tag.
    pub tag: Option<String>,
    /// Its number, where the target counts.
    pub number: Option<String>,
}

/// A file to be put there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Where.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// What servers should say of it.
    pub headers: Headers,
}

/// When a file may be put there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// There is none yet.
    Absent,
    /// It is still this one.
    Still(Version),
}
