//! The place beside the site where the next one is made: `.NAME.postil/`.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::OutputError;

/// A destination and the folder beside it. Both are on one file system, so that a rename can move between them.
#[derive(Debug)]
pub(super) struct Place {
    /// The site's own folder.
    pub(super) dest: PathBuf,
    /// The folder that holds this one and the site.
    pub(super) parent: PathBuf,
    /// The folder beside the site.
    pub(super) folder: PathBuf,
}

impl Place {
    /// Make the place beside `dest`, which is absolute and free of links.
    pub(super) fn beside(dest: &Path) -> Result<Self, OutputError> {
        let (parent, name) =
            dest.parent().zip(dest.file_name()).expect("a destination without a name is the root of the file system, which is refused");
        let folder = parent.join(folder_name(name.to_owned()));
        fs::create_dir_all(parent).map_err(OutputError::io("make the folder", parent))?;
        match fs::create_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            result => result.map_err(OutputError::io("make the staging folder", &folder))?,
        }
        let found = fs::symlink_metadata(&folder).map_err(OutputError::io("look at the staging folder", &folder))?;
        if !found.is_dir() {
            return Err(OutputError::Staging { path: folder });
        }
        Ok(Self { dest: dest.to_owned(), parent: parent.to_owned(), folder })
    }

    /// The lock that one run holds at a time. It is never removed: removing it would be a race.
    pub(super) fn lock(&self) -> PathBuf {
        self.folder.join("lock")
    }

    /// The site in the making; after an exchange, the old site.
    pub(super) fn next(&self) -> PathBuf {
        self.folder.join("next")
    }

    /// The old site, where folders cannot be exchanged.
    pub(super) fn old(&self) -> PathBuf {
        self.folder.join("old")
    }

    /// Remove all but the lock.
    pub(super) fn clean(&self) -> Result<(), OutputError> {
        for path in [self.next(), self.old()] {
            remove(&path).map_err(OutputError::io("remove the staged or replaced site", &path))?;
        }
        Ok(())
    }
}

fn folder_name(name: OsString) -> OsString {
    let mut folder = OsString::from(".");
    folder.push(name);
    folder.push(".postil");
    folder
}

/// Remove whatever is at `path`; a link is removed, not followed.
fn remove(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
        Ok(found) if found.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
    }
}
