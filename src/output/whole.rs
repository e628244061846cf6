//! A site on disk that is whole: every file as its manifest says, and none besides.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::error::{OutputError, Refusal};
use super::lock::{self, Lock};
use super::manifest::Manifest;
use super::open::read;
use super::place::Place;
use super::present::Present;

/// A whole site. As long as it is held, no build replaces it.
#[derive(Debug)]
pub struct Whole {
    folder: PathBuf,
    manifest: Manifest,
    _lock: Lock,
}

impl Whole {
    /// The site in `folder`, after a look at each of its files; none where there is no such folder, or an empty one.
    ///
    /// # Errors
    ///
    /// When it was not made by Postil, is not whole, or is being written.
    pub fn take(folder: &Path) -> Result<Option<Self>, OutputError> {
        let folder = match fs::canonicalize(folder) {
            Ok(folder) => folder,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(OutputError::io("find", folder)(error)),
        };
        if !folder.is_dir() || folder.parent().is_none() {
            return Err(OutputError::Refused { dest: folder, why: Refusal::File });
        }
        if super::guard::ours(&folder)?.is_none() {
            return Ok(None);
        }
        let lock = lock::take(&Place::beside(&folder)?.lock())?;
        // Asked again: another run may have published while this one waited for the lock.
        let Some(manifest) = super::guard::ours(&folder)? else { return Ok(None) };
        let whole = Self { folder, manifest, _lock: lock };
        let faults = whole.faults()?;
        if faults.is_empty() { Ok(Some(whole)) } else { Err(OutputError::Torn { folder: whole.folder, faults }) }
    }

    /// All its files.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The bytes of one of its files, which are those that the manifest tells of.
    ///
    /// # Errors
    ///
    /// When the file is not what it was when the site was taken.
    pub fn read(&self, path: &str) -> Result<Vec<u8>, OutputError> {
        let torn = |fault: String| OutputError::Torn { folder: self.folder.clone(), faults: vec![fault] };
        let record = self.manifest.files.get(path).ok_or_else(|| torn(format!("`{path}` is not in its manifest")))?;
        let file = self.folder.join(path);
        let bytes = read(&file).map_err(OutputError::io("read", &file))?;
        if bytes.len() as u64 == record.size && blake3::hash(&bytes).to_hex().as_str() == record.hash {
            Ok(bytes)
        } else {
            Err(torn(format!("`{path}` has been changed")))
        }
    }

    /// What differs from the manifest, in the order of paths.
    fn faults(&self) -> Result<Vec<String>, OutputError> {
        let looked: Vec<Option<String>> = self
            .manifest
            .files
            .par_iter()
            .map(|(path, _)| match self.read(path) {
                Ok(_) => None,
                Err(OutputError::Torn { faults, .. }) => Some(faults.concat()),
                Err(OutputError::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
                    Some(format!("`{path}` is missing"))
                }
                Err(error) => Some(error.to_string()),
            })
            .collect();
        let strangers = match Present::scan(&self.folder)?.refuse_strangers(&self.folder, Some(&self.manifest)) {
            Ok(()) => Vec::new(),
            Err(OutputError::Refused { why: Refusal::Strangers(files), .. }) => files,
            Err(error) => return Err(error),
        };
        let strangers = strangers.into_iter().map(|path| format!("`{path}` does not belong to it"));
        Ok(looked.into_iter().flatten().chain(strangers).collect())
    }
}

/// What a site in `folder` has at a path, if it is the file with this hash.
#[must_use]
pub fn written(folder: &Path, path: &str, hash: blake3::Hash) -> Option<Vec<u8>> {
    read(&folder.join(path)).ok().filter(|bytes| blake3::hash(bytes) == hash)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::{OutFile, Protected, publish};

    fn site() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let dest = folder.path().join("output");
        let root = folder.path().join("root");
        fs::create_dir(&root).expect("a folder");
        let protected = Protected { root: root.clone(), content: root.join("content"), themes: Vec::new(), home: None };
        let file = |path: &str, text: &str| OutFile::new(path, text.as_bytes().to_vec().into());
        publish(&dest, &protected, &[file("index.html", "one"), file("a/b.css", "two")]).expect("it is written");
        (folder, dest)
    }

    #[test]
    fn a_site_as_it_was_built_is_whole() {
        let (folder, dest) = site();
        let whole = Whole::take(&dest).expect("it is whole").expect("it is there");
        assert_eq!(whole.read("a/b.css").expect("it is there"), b"two");
        drop(whole);
        assert!(Whole::take(&folder.path().join("nothing")).expect("nothing is no error").is_none());
    }

    #[test]
    fn whatever_differs_is_named() {
        for (path, text, fault) in [
            ("index.html", Some("other"), "`index.html` has been changed"),
            ("index.html", None, "`index.html` is missing"),
            ("new.html", Some(""), "`new.html` does not belong to it"),
        ] {
            let (_folder, dest) = site();
            match text {
                Some(text) => fs::write(dest.join(path), text).expect("it is written"),
                None => fs::remove_file(dest.join(path)).expect("it is removed"),
            }
            let error = Whole::take(&dest).expect_err("it is torn").to_string();
            assert!(error.contains(fault), "{error}");
        }
    }
}
