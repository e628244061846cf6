//! The snapshot: every file of a briefing, read once; alone walks the disk.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::budget;
use crate::text::{Diagnostic, Diagnostics, Place, Span, rules};

/// The bytes of one file; cheap to share.
pub type Bytes = Arc<Vec<u8>>;

/// Files by their path from the root of the briefing, with slashes (`content/02-energy.md`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshot {
    files: BTreeMap<Arc<str>, Bytes>,
    /// What could not be read.
    pub diagnostics: Diagnostics,
    /// Whether a link was followed, so that one file may stand at two paths.
    has_links: bool,
}

impl Snapshot {
    /// A snapshot of texts, for tests and editors.
    pub fn of<P: Into<Arc<str>>, T: AsRef<[u8]>>(files: impl IntoIterator<Item = (P, T)>) -> Self {
        let files = files.into_iter().map(|(path, text)| (path.into(), Bytes::new(text.as_ref().to_vec()))).collect();
        Self { files, ..Self::default() }
    }

    /// Reads `postil.toml`, `postil.lock` and what stands in these folders below `root`.
    /// What cannot be read is reported and left out.
    #[must_use]
    pub fn read(root: &Path, folders: &[&str]) -> Self {
        Self::default().renewed(root, folders)
    }

    /// Reads everything anew, and shares the bytes of each file that is as it was.
    #[must_use]
    pub fn renewed(&self, root: &Path, folders: &[&str]) -> Self {
        let mut fresh = Self::default();
        let mut found = Vec::new();
        for folder in folders {
            fresh.walk(root, folder, &mut found);
        }
        let beside = [CONFIG, LOCK].into_iter().filter(|name| root.join(name).exists());
        found.extend(beside.map(|name| (name.to_owned(), root.join(name))));
        fresh.take(found, self);
        fresh
    }

    /// Reads again what stands at these paths from the root: a file, or a folder with all that is in it. What is not
    /// there any more goes. Where links are about, one file may have several paths, so that all is read.
    #[must_use]
    pub fn refreshed(&self, root: &Path, folders: &[&str], paths: &BTreeSet<String>) -> Self {
        let mut fresh = self.clone();
        let mut found = Vec::new();
        for path in paths.iter().filter(|path| is_part(path, folders)) {
            let file = root.join(path);
            let kind = std::fs::symlink_metadata(&file).map(|found| found.file_type());
            if self.has_links || kind.as_ref().is_ok_and(std::fs::FileType::is_symlink) {
                return self.renewed(root, folders);
            }
            fresh.forget(path);
            match kind {
                Ok(kind) if kind.is_dir() => fresh.walk(root, path, &mut found),
                Ok(_) => found.push((path.clone(), file)),
                // What is gone was forgotten; what is out of sight is told when all is read.
                Err(_) => {}
            }
        }
        fresh.take(found, self);
        fresh
    }

    /// Drops a file, or all that stands in a folder, with what was found there.
    fn forget(&mut self, path: &str) {
        let below = format!("{path}/");
        let inside = |one: &str| one == path || one.starts_with(&below);
        self.files.retain(|one, _| !inside(one));
        self.diagnostics = std::mem::take(&mut self.diagnostics)
            .into_iter()
            .filter(|one| !one.place.as_ref().is_some_and(|at| inside(&at.path)))
            .collect();
    }

    /// Reads the files that a walk has found, and shares the bytes of those that are as they are known. One that has gone
    /// since is not there.
    fn take(&mut self, found: Vec<(String, PathBuf)>, known: &Self) {
        let read = |(path, file): (String, PathBuf)| match (std::fs::read(file), known.files.get_key_value(path.as_str())) {
            (Ok(bytes), Some((path, old))) if **old == bytes => (path.clone(), Ok(old.clone())),
            (result, _) => (path.into(), result.map(Bytes::new)),
        };
        let read: Vec<(Arc<str>, std::io::Result<Bytes>)> = found.into_par_iter().map(read).collect();
        for (path, result) in read {
            match result {
                Ok(bytes) => drop(self.files.insert(path, bytes)),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => self.unreadable(&path, &error.to_string()),
            }
        }
    }

    fn walk(&mut self, root: &Path, folder: &str, found: &mut Vec<(String, PathBuf)>) {
        let top = root.join(folder);
        if !top.exists() {
            return;
        }
        let inside = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let walk = WalkDir::new(&top).follow_links(true).max_depth(budget::FOLDER_DEPTH).sort_by_file_name();
        for entry in walk.into_iter().filter_entry(|entry| entry.depth() == 0 || !hidden(entry.file_name())) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error
                        .path()
                        .map_or_else(|| folder.to_owned(), |path| relative(root, path).unwrap_or_else(|| path.display().to_string()));
                    self.unreadable(&path, &reason(&error));
                    continue;
                }
            };
            self.has_links |= entry.path_is_symlink();
            if entry.file_type().is_dir() {
                continue;
            }
            match relative(root, entry.path()) {
                None => self.unreadable(&entry.path().display().to_string(), "its name is not UTF-8"),
                Some(path) if !within(&inside, entry.path()) => self.unreadable(&path, "it is a link that leads out of the briefing"),
                Some(path) => found.push((path, entry.path().to_owned())),
            }
        }
    }

    fn unreadable(&mut self, path: &str, why: &str) {
        let place = Place::new(path, Span::default());
        self.diagnostics.push(Diagnostic::new(&rules::IO, place, format!("this file cannot be read: {why}")));
    }

    /// The bytes of a file.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Bytes> {
        self.files.get(path)
    }

    /// A file's key, shared, and its bytes.
    #[must_use]
    pub fn entry(&self, path: &str) -> Option<(&Arc<str>, &Bytes)> {
        self.files.get_key_value(path)
    }

    /// A file as text; what is no UTF-8 is reported with its place and read as no text.
    pub fn text(&self, path: &str, diagnostics: &mut Diagnostics) -> Option<&str> {
        let bytes = self.get(path)?;
        if bytes.len() > budget::TEXT_FILE {
            let message = format!("this file has {} bytes; the most is {}", bytes.len(), budget::TEXT_FILE);
            diagnostics.push(Diagnostic::new(&rules::TOO_LARGE, Place::new(path, Span::default()), message));
            return None;
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => Some(text),
            Err(error) => {
                let at = error.valid_up_to();
                let diagnostic =
                    Diagnostic::new(&rules::NOT_UTF8, Place::new(path, Span::new(at, at + 1)), "this file is not UTF-8 from here on");
                diagnostics.push(diagnostic.help("save it as UTF-8; editors call that the encoding of the file"));
                None
            }
        }
    }

    /// The place of a text inside a place. `None` where it does not stand there just once as it is, such as in a value
    /// that is written with escapes.
    #[must_use]
    pub fn inside(&self, place: &Place, text: &str) -> Option<Place> {
        let written = std::str::from_utf8(self.get(&place.path)?.get(place.span.range())?).ok()?;
        let mut hits = written.match_indices(text);
        let (at, _) = hits.next().filter(|_| !text.is_empty())?;
        let span = Span::new(at, at + text.len()).shift(place.span.start);
        hits.next().is_none().then(|| Place { path: place.path.clone(), span })
    }

    /// Paths and bytes in order of path.
    pub fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &Bytes)> {
        self.files.iter()
    }

    /// Paths and bytes below a folder, in order of path.
    pub fn below<'s>(&'s self, folder: &'s str) -> impl Iterator<Item = (&'s Arc<str>, &'s Bytes)> {
        let prefix = format!("{folder}/");
        let start: Arc<str> = prefix.as_str().into();
        self.files.range(start..).take_while(move |(path, _)| path.starts_with(&prefix))
    }

    /// Puts a file in, or replaces one.
    pub fn insert(&mut self, path: impl Into<Arc<str>>, bytes: impl AsRef<[u8]>) {
        self.files.insert(path.into(), Bytes::new(bytes.as_ref().to_vec()));
    }
}

/// The folders of a briefing that are read.
pub const FOLDERS: [&str; 3] = ["content", "themes", "snapshots"];
/// The name of the configuration file.
pub const CONFIG: &str = "postil.toml";
/// The name of the file that remembers which quotations were verified.
pub const LOCK: &str = "postil.lock";

/// Whether a path from the root is one that a snapshot of these folders has: no part of it is hidden.
#[must_use]
pub fn is_part(path: &str, folders: &[&str]) -> bool {
    let inside = path.split('/').next().is_some_and(|top| folders.contains(&top));
    path == CONFIG || path == LOCK || (inside && !path.split('/').any(|part| hidden(part.as_ref())))
}

/// Whether a name belongs to editors and version control: it begins with a dot, or is that of an older or unsaved text,
/// which nobody wants to publish.
fn hidden(name: &std::ffi::OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b".") || name.ends_with(b"~") || (name.len() > 1 && name.starts_with(b"#") && name.ends_with(b"#"))
}

fn relative(root: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(root).ok()?;
    let parts: Option<Vec<&str>> = below.components().map(|part| part.as_os_str().to_str()).collect();
    parts.map(|parts| parts.join("/"))
}

/// Whether a path, its links followed, lies inside the root.
fn within(root: &Path, path: &Path) -> bool {
    path.canonicalize().is_ok_and(|real| real.starts_with(root))
}

fn reason(error: &walkdir::Error) -> String {
    match (error.loop_ancestor(), error.io_error()) {
        (Some(_), _) => "it is a link that leads into itself".to_owned(),
        (None, Some(io)) => io.to_string(),
        (None, None) => "it cannot be opened".to_owned(),
    }
}
