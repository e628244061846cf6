//! What a target remembers of the site: which of its files are Postil's, and what was there before.
//!
//! It is a file at the target itself, so that any machine can go on where another one stopped. It names a file before the
//! first byte of it is sent, so that whatever an interrupted run leaves is known as Postil's own.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::fault::{Fault, Kind};
use super::headers::Headers;
use super::target::{OWN, Target, Upload, kept_path};

/// Where it stands.
pub(super) const PATH: &str = ".postil/deploy.json";
/// The same once more, and written first: a store that is cut off may be left with half a file, and never with two.
const SPARE: &str = ".postil/deploy-spare.json";

const GENERATOR: &str = "Postil";
/// Raised when an older program would misread it.
const FORMAT: u32 = 1;

/// The files of a site at a target.
pub type Files = BTreeMap<String, Entry>;

/// What a target remembers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    pub(super) generator: String,
    pub(super) format: u32,
    /// The site that was deployed last, wholly.
    pub site: Files,
    /// What a run that has not ended was to put there.
    #[serde(default)]
    pub pending: Files,
    /// What was still to be removed when all else was done.
    #[serde(default)]
    pub leaving: Files,
    /// Whether that run was to go back to the site before.
    #[serde(default)]
    pub back: bool,
    /// The site before that.
    #[serde(default)]
    pub previous: Option<Files>,
    /// Paths of which the version before is kept.
    #[serde(default)]
    pub kept: BTreeSet<String>,
}

/// One file of a site at a target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The BLAKE3 hash of its bytes, in hexadecimal.
    pub hash: String,
    /// Its length.
    pub size: u64,
    /// What servers say of it.
    #[serde(flatten)]
    pub headers: Headers,
    /// Its tag at the target.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
}

impl Entry {
    /// Whether both stand for the same bytes and headers, whatever their tags.
    pub fn is(&self, other: &Self) -> bool {
        self.hash == other.hash && self.size == other.size && self.headers == other.headers
    }

    /// Whether these are its bytes.
    pub fn holds(&self, bytes: &[u8]) -> bool {
        self.size == bytes.len() as u64 && self.hash == blake3::hash(bytes).to_hex().as_str()
    }
}

fn foreign(why: &str) -> Fault {
    Fault::new(Kind::Foreign, format!("`{PATH}` at the target is not one of Postil's: {why}"))
}

impl Default for State {
    fn default() -> Self {
        Self {
            generator: GENERATOR.to_owned(),
            format: FORMAT,
            site: Files::new(),
            pending: Files::new(),
            leaving: Files::new(),
            back: false,
            previous: None,
            kept: BTreeSet::new(),
        }
    }
}

impl State {
    /// Reads it at the target; an empty one where there is none yet.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or is not one of Postil's.
    pub fn read(target: &dyn Target) -> Result<Self, Fault> {
        let Some(found) = target.read(&[PATH])?.pop().flatten() else { return Ok(Self::default()) };
        let state = match Self::parse(&found.bytes) {
            // Half a file: its spare was whole before it was begun.
            Err(fault) => match target.read(&[SPARE])?.pop().flatten() {
                Some(spare) => Self::parse(&spare.bytes).map_err(|_| fault)?,
                None => return Err(fault),
            },
            state => state?,
        };
        if let Some(path) = state.ours().find(|path| path.starts_with('/') || path.split('/').any(|part| ["", ".", ".."].contains(&part))) {
            return Err(foreign(&format!("it names the path `{path}`")));
        }
        Ok(state)
    }

    fn parse(bytes: &[u8]) -> Result<Self, Fault> {
        let state: Self = serde_json::from_slice(bytes).map_err(|error| foreign(&error.to_string()))?;
        if state.generator != GENERATOR {
            return Err(foreign(&format!("it names `{}` as its generator", state.generator)));
        }
        if state.format > FORMAT {
            return Err(Fault::new(Kind::Other, format!("`{PATH}` at the target was written by a newer Postil; use that one")));
        }
        Ok(state)
    }

    /// It as files to be put there, one after the other.
    pub(super) fn uploads(&self) -> [Upload; 2] {
        let bytes = serde_json::to_vec(self).expect("text, numbers and maps with text keys always serialise");
        [SPARE, PATH].map(|path| Upload { path: path.to_owned(), bytes: bytes.clone(), headers: Headers::own() })
    }

    /// The paths of all that is Postil's, apart from what it keeps for itself.
    pub fn ours(&self) -> impl Iterator<Item = &str> {
        self.site.keys().chain(self.pending.keys()).chain(self.leaving.keys()).map(String::as_str)
    }

    /// Whether the file at a path is Postil's: of the site, or what it keeps for itself.
    pub fn is_ours(&self, path: &str) -> bool {
        let of_the_site = self.site.contains_key(path) || self.pending.contains_key(path) || self.leaving.contains_key(path);
        of_the_site || self.is_own(path)
    }

    /// Whether a path is one that Postil keeps for itself.
    pub fn is_own(&self, path: &str) -> bool {
        path.starts_with(OWN)
            && (path == PATH || path == SPARE || path == super::lock::PATH || self.kept.iter().any(|kept| kept_path(kept) == path))
    }

    /// What may stand at a path: the file of the last site, or that of a run that was interrupted.
    pub(super) fn candidates(&self, path: &str) -> impl Iterator<Item = &Entry> {
        [self.pending.get(path), self.site.get(path), self.leaving.get(path)].into_iter().flatten()
    }
}
