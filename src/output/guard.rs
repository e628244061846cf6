//! Which folders may be published to: never one that holds something of the author's.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::{OutputError, Refusal};
use super::manifest::Manifest;

/// The folders that no publication may replace.
#[derive(Debug, Clone)]
pub struct Protected {
    /// The project.
    pub root: PathBuf,
    /// The briefing's content.
    pub content: PathBuf,
    /// Themes on disk, or the folder of all of them.
    pub themes: Vec<PathBuf>,
    /// The home of whoever runs Postil, where it is known.
    pub home: Option<PathBuf>,
}

impl Protected {
    /// Protect a project, and the home folder of whoever runs Postil.
    #[must_use]
    pub fn new(root: PathBuf, content: PathBuf, themes: Vec<PathBuf>) -> Self {
        let home = std::env::home_dir().filter(|home| home.is_absolute());
        Self { root, content, themes, home }
    }

    /// Each folder's real place with its name, and whether it is protected from inside too.
    fn folders(&self) -> Result<Vec<(&'static str, PathBuf, bool)>, OutputError> {
        let real = |path: &Path| resolve(path).map_err(OutputError::io("find", path));
        let mut folders = vec![("the project folder", real(&self.root)?, false), ("the content folder", real(&self.content)?, true)];
        for theme in &self.themes {
            folders.push(("a theme folder", real(theme)?, true));
        }
        if let Some(home) = &self.home {
            // Somebody else's home, as under sudo, may be out of sight; its name still says where it is.
            let home = resolve(home).unwrap_or_else(|_| home.clone());
            folders.push(("the home folder", home, false));
        }
        Ok(folders)
    }
}

/// The real place of `dest`, if it is one that may be published to. Touches nothing.
pub(super) fn admit(dest: &Path, protected: &Protected) -> Result<PathBuf, OutputError> {
    // Without its parts' joints: a final slash would make the question follow a link.
    let dest: PathBuf = dest.components().collect();
    let refuse = |why| Err(OutputError::Refused { dest: dest.clone(), why });
    let found = match fs::symlink_metadata(&dest) {
        Ok(found) => Some(found),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(OutputError::io("look at", &dest)(error)),
    };
    if found.as_ref().is_some_and(fs::Metadata::is_symlink) {
        return refuse(Refusal::Link);
    }
    let real = resolve(&dest).map_err(OutputError::io("find", &dest))?;
    if real.file_name().is_none() {
        return refuse(Refusal::FileSystemRoot);
    }
    for (name, folder, inside_too) in protected.folders()? {
        if real == folder {
            return refuse(Refusal::Is(name));
        }
        if folder.starts_with(&real) {
            return refuse(Refusal::Holds(name));
        }
        if inside_too && real.starts_with(&folder) {
            return refuse(Refusal::Inside(name));
        }
    }
    if found.is_some_and(|found| !found.is_dir()) {
        return refuse(Refusal::File);
    }
    Ok(real)
}

/// The manifest of the site in `dest`; none where there is no such folder, or an empty one.
/// Any other folder is not Postil's to replace.
pub(super) fn ours(dest: &Path) -> Result<Option<Manifest>, OutputError> {
    let refuse = |why| Err(OutputError::Refused { dest: dest.to_owned(), why });
    let empty = match fs::read_dir(dest) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => true,
        Err(error) => return Err(OutputError::io("list", dest)(error)),
    };
    match Manifest::read(dest) {
        Ok(None) if empty => Ok(None),
        Ok(None) => refuse(Refusal::NotOurs),
        Ok(found) => Ok(found),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => refuse(Refusal::Manifest(error.to_string())),
        Err(error) => Err(OutputError::io("read the manifest in", dest)(error)),
    }
}

/// The path without links, also where its last parts do not exist yet.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let Some((parent, name)) = path.parent().zip(path.file_name()) else {
                return Err(error);
            };
            let here = parent.as_os_str().is_empty();
            Ok(resolve(if here { Path::new(".") } else { parent })?.join(name))
        }
        result => result,
    }
}
