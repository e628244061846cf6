//! What is really in the output folder, whatever its manifest says.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::path::Path;

use super::error::{OutputError, Refusal};
use super::file::SiteFile;
use super::manifest::{Manifest, PATH};
use super::open::read;

/// Files that desktops leave behind in folders they have shown. Nobody misses them.
const LITTER: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// All that is not a folder, by its path in the site. Links are listed, never followed.
#[derive(Debug, Default)]
pub(super) struct Present {
    files: BTreeMap<String, Metadata>,
}

impl Present {
    /// List a site; one that does not exist has no files.
    pub(super) fn scan(dest: &Path) -> Result<Self, OutputError> {
        let mut present = Self::default();
        if dest.exists() {
            present.add(dest, "")?;
        }
        Ok(present)
    }

    fn add(&mut self, folder: &Path, prefix: &str) -> Result<(), OutputError> {
        let list = || OutputError::io("list", folder);
        for entry in fs::read_dir(folder).map_err(list())? {
            let entry = entry.map_err(list())?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            let found = entry.metadata().map_err(OutputError::io("look at", &entry.path()))?;
            if found.is_dir() {
                self.add(&entry.path(), &format!("{name}/"))?;
            } else {
                self.files.insert(name, found);
            }
        }
        Ok(())
    }

    /// Refuse to lose files that somebody else has put into the site.
    pub(super) fn refuse_strangers(&self, dest: &Path, old: Option<&Manifest>) -> Result<(), OutputError> {
        let known = |path: &str| old.is_some_and(|old| old.files.contains_key(path));
        let litter = |path: &str| LITTER.iter().any(|name| path.rsplit('/').next() == Some(name));
        let mut strangers = self.files.keys().filter(|path| *path != PATH && !known(path) && !litter(path));
        let Some(first) = strangers.next() else {
            return Ok(());
        };
        let files = std::iter::once(first).chain(strangers).cloned().collect();
        Err(OutputError::Refused { dest: dest.to_owned(), why: Refusal::Strangers(files) })
    }

    /// Whether the site has this file just as it should be: an edited one is to be repaired.
    pub(super) fn holds(&self, dest: &Path, file: &impl SiteFile) -> bool {
        self.files.get(file.path()).is_some_and(|found| {
            found.is_file()
                && !executable(found)
                && found.len() == file.size()
                && read(&dest.join(file.path())).is_ok_and(|bytes| blake3::hash(&bytes) == file.hash())
        })
    }
}

/// Whether anyone may run the file: nothing in a site is a program.
fn executable(found: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        found.permissions().mode() & 0o111 != 0
    }
    #[cfg(not(unix))]
    {
        let _ = found;
        false
    }
}
