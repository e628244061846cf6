//! A folder of this machine. Each file takes its place in one step.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::fault::{Fault, Kind};
use super::target::{Abilities, Condition, Fetched, Found, OWN, Target, Upload, Version, kept_path};

/// What files begin with while they are written.
const UNFINISHED: &str = "new-";

/// A folder.
#[derive(Debug)]
pub(super) struct Folder {
    root: PathBuf,
    name: String,
}

impl Folder {
    /// The folder at this path, which is made when it is first needed.
    ///
    /// # Errors
    ///
    /// When the project or one of its folders would be in it, or it in one of those that hold what the author wrote.
    pub(super) fn new(path: &Path, name: String, project: &Path, inside: &[PathBuf]) -> Result<Self, Fault> {
        let real = |path: &Path| real(path).map_err(|error| fault("find", path, &error));
        let root = real(path)?;
        let within = inside.iter().map(|folder| real(folder)).collect::<Result<Vec<_>, Fault>>()?;
        if real(project)?.starts_with(&root) || within.iter().any(|folder| root.starts_with(folder) || folder.starts_with(&root)) {
            let message = format!("`{}` cannot be a target: the briefing is in it, or it is a part of the briefing", root.display());
            return Err(Fault::new(Kind::NoPlace, message));
        }
        if root.exists() && !root.is_dir() {
            return Err(Fault::new(Kind::NoPlace, format!("`{}` is no folder", root.display())));
        }
        Ok(Self { root, name })
    }

    /// The place of a file, which no link leads out of the folder.
    fn place(&self, path: &str) -> Result<PathBuf, Fault> {
        let place = self.root.join(path);
        let mut folder = self.root.clone();
        for part in Path::new(path).parent().into_iter().flat_map(Path::components) {
            folder.push(part);
            if fs::symlink_metadata(&folder).is_ok_and(|found| !found.is_dir()) {
                let message = format!("`{}` is a link or a file, and a folder is needed there", folder.display());
                return Err(Fault::new(Kind::Foreign, message));
            }
        }
        Ok(place)
    }

    /// Writes a file beside its place and puts it there in one step.
    fn put(&self, upload: &Upload, replace: bool) -> Result<Metadata, Fault> {
        let place = self.place(&upload.path)?;
        let folder = place.parent().unwrap_or(&self.root);
        let staging = self.root.join(OWN);
        let write = |error: io::Error| fault("write", &place, &error);
        fs::create_dir_all(&staging).and_then(|()| fs::create_dir_all(folder)).map_err(write)?;
        let mut file = new_file(&staging).map_err(write)?;
        file.write_all(&upload.bytes).and_then(|()| file.as_file().sync_all()).map_err(write)?;
        let kept = if replace { file.persist(&place) } else { file.persist_noclobber(&place) };
        let kept = kept.map_err(|error| match error.error.kind() {
            ErrorKind::AlreadyExists if !replace => Fault::new(Kind::Condition, format!("`{}` is there", upload.path)),
            _ => write(error.error),
        })?;
        kept.metadata().map_err(write)
    }
}

impl Target for Folder {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn abilities(&self) -> Abilities {
        Abilities { workers: 4, ..Abilities::PLAIN }
    }

    fn list(&self) -> Result<BTreeMap<String, Found>, Fault> {
        let mut found = BTreeMap::new();
        scan(&self.root, "", &mut found)?;
        Ok(found)
    }

    fn read(&self, paths: &[&str]) -> Result<Vec<Option<Fetched>>, Fault> {
        let read = |path: &&str| {
            let place = self.place(path)?;
            match fs::symlink_metadata(&place)
                .and_then(|found| if found.is_file() { fs::read(&place) } else { Err(ErrorKind::NotFound.into()) })
            {
                Ok(bytes) => {
                    let version = Version { tag: Some(blake3::hash(&bytes).to_hex().to_string()), number: None };
                    Ok(Some(Fetched { bytes, headers: None, version }))
                }
                Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
                Err(error) => Err(fault("read", &place, &error)),
            }
        };
        paths.iter().map(read).collect()
    }

    fn write(&self, uploads: &[Upload]) -> Result<Vec<Option<String>>, Fault> {
        uploads.iter().map(|upload| self.put(upload, true).map(|meta| tag(&meta))).collect()
    }

    fn write_if(&self, upload: &Upload, condition: &Condition) -> Result<(), Fault> {
        if let Condition::Still(version) = condition {
            let found = self.read(&[&upload.path])?.pop().flatten();
            if found.is_none_or(|found| found.version != *version) {
                return Err(Fault::new(Kind::Condition, format!("`{}` has changed", upload.path)));
            }
        }
        self.put(upload, *condition != Condition::Absent).map(drop)
    }

    fn remove(&self, paths: &[&str]) -> Result<(), Fault> {
        for path in paths {
            let place = self.place(path)?;
            match fs::remove_file(&place) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(fault("remove", &place, &error)),
                _ => {}
            }
            // A folder that still holds something is not removed by this, and one that does not is in nobody's way.
            let folders = place.ancestors().skip(1).take_while(|folder| folder.starts_with(&self.root) && *folder != self.root);
            for folder in folders {
                if fs::remove_dir(folder).is_err() {
                    break;
                }
            }
        }
        Ok(())
    }

    fn finish(&self) -> Result<(), Fault> {
        // What a run that was killed had begun to write. It is in nobody's way, so that it may also stay.
        for entry in fs::read_dir(self.root.join(OWN)).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
                let _ = fs::remove_file(entry.path());
            }
        }
        Ok(())
    }

    fn keep(&self, paths: &[&str]) -> Result<(), Fault> {
        for path in paths {
            if let Some(found) = self.read(&[path])?.pop().flatten() {
                self.put(&Upload { path: kept_path(path), bytes: found.bytes, headers: super::headers::Headers::own() }, true)?;
            }
        }
        Ok(())
    }
}

/// Lists all files below a folder; links are listed and not followed.
fn scan(folder: &Path, prefix: &str, found: &mut BTreeMap<String, Found>) -> Result<(), Fault> {
    let failed = |error: io::Error| fault("list", folder, &error);
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(failed)?,
    };
    for entry in entries {
        let entry = entry.map_err(failed)?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let meta = match entry.metadata() {
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            meta => meta.map_err(failed)?,
        };
        if meta.is_dir() {
            scan(&entry.path(), &format!("{path}/"), found)?;
        } else {
            found.insert(path, Found { size: meta.len(), tag: tag(&meta) });
        }
    }
    Ok(())
}

/// A file without a name yet, which everybody may read once it has one.
fn new_file(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o644));
    }
    builder.tempfile_in(folder)
}

/// The length and the time of a file.
fn tag(meta: &Metadata) -> Option<String> {
    let since = meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(format!("{}-{}.{:09}", meta.len(), since.as_secs(), since.subsec_nanos()))
}

/// A path without links, also where its last parts are not there yet.
fn real(path: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => match (path.parent(), path.file_name()) {
            (Some(parent), Some(name)) if parent.as_os_str().is_empty() => Ok(real(Path::new("."))?.join(name)),
            (Some(parent), Some(name)) => Ok(real(parent)?.join(name)),
            _ => Err(error),
        },
        result => result,
    }
}

fn fault(doing: &str, path: &Path, error: &io::Error) -> Fault {
    let kind = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Kind::Full,
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Kind::Denied,
        ErrorKind::InvalidFilename | ErrorKind::FileTooLarge => Kind::Limit,
        ErrorKind::Interrupted | ErrorKind::TimedOut | ErrorKind::ResourceBusy | ErrorKind::StaleNetworkFileHandle => Kind::Passing,
        _ => Kind::Other,
    };
    Fault::new(kind, format!("cannot {doing} `{}`: {error}", path.display()))
}
