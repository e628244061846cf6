//! What can go wrong in publishing, what to say of it, and the way out.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Why nothing could be published.
#[derive(Debug)]
pub enum OutputError {
    /// The destination may not be replaced.
    Refused {
        /// The destination.
        dest: PathBuf,
        /// The reason.
        why: Refusal,
    },
    /// A file of the site has a name that it may not have.
    Name {
        /// The name.
        path: String,
        /// The reason.
        why: NameFault,
    },
    /// Two files of the site have the same path.
    SamePath {
        /// Their path.
        path: String,
    },
    /// A file of the site stands where another needs a folder.
    FileIsFolder {
        /// The first file.
        folder: String,
        /// The one that would be in it.
        file: String,
    },
    /// What stands where the site should be staged is not a folder.
    Staging {
        /// Where it stands.
        path: PathBuf,
    },
    /// Another run publishes to the same folder.
    Busy {
        /// The lock it holds.
        lock: PathBuf,
        /// Its process, where the lock tells it.
        pid: Option<u32>,
        /// How long it was waited for.
        waited: Duration,
    },
    /// What is in the folder is not the site that its manifest tells of.
    Torn {
        /// The folder.
        folder: PathBuf,
        /// What is wrong, file by file.
        faults: Vec<String>,
    },
    /// The system refused something.
    Io {
        /// What was tried.
        doing: &'static str,
        /// On what.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
}

/// Why a folder is not published to. Names of folders come with their article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It is the root of the file system.
    FileSystemRoot,
    /// It is this protected folder.
    Is(&'static str),
    /// It is inside this protected folder.
    Inside(&'static str),
    /// It holds this protected folder.
    Holds(&'static str),
    /// It is not a folder.
    File,
    /// It is a symbolic link.
    Link,
    /// It has files, but no manifest.
    NotOurs,
    /// It has a manifest that Postil cannot have written.
    Manifest(String),
    /// It has files that its manifest does not name.
    Strangers(Vec<String>),
    /// It cannot be renamed.
    Immovable,
}

/// Why a path cannot name a file of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameFault {
    /// It starts at the root of the file system or at a drive.
    Absolute,
    /// It has an empty part: it is empty, ends in a slash or doubles one.
    EmptyPart,
    /// It has a part `.` or `..`.
    Dots,
    /// It has a NUL character or a backslash.
    Character,
    /// It is in the folder that Postil keeps for itself.
    Reserved,
}

/// How many files a message names.
const SHOWN: usize = 3;

impl OutputError {
    /// An error of the system while doing something to a path.
    pub(super) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { doing, path: path.to_owned(), source }
    }

    /// What the reader may do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::Refused { why, .. } => why.help(),
            Self::Name { .. } => "rename the file that this comes from",
            Self::SamePath { .. } | Self::FileIsFolder { .. } => "rename one of the two",
            Self::Staging { .. } => "move it away, or choose another output folder",
            Self::Busy { .. } => "wait until the other run has ended, or end it",
            Self::Torn { .. } => "build again: `postil build`",
            Self::Io { source, .. } => match source.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "make room on the disk, then build again",
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                    "make the output folder and the folder that holds it writable, or choose another output folder"
                }
                _ => "set this right, then build again",
            },
        }
    }
}

impl Refusal {
    fn help(&self) -> &'static str {
        match self {
            Self::NotOurs | Self::Manifest(_) => "choose an empty or new folder, or empty this one yourself if nothing in it is needed",
            Self::Strangers(_) => "move them out of the output folder; files that belong to the site belong into the content folder",
            Self::Link => "name the folder that the link leads to",
            Self::Immovable => "choose a folder inside it: a mount point or a folder of a container's image cannot be replaced as a whole",
            _ => "choose another output folder, for example `output` in the project folder",
        }
    }
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { dest, why } => {
                write!(f, "cannot publish to `{}`: {why}", dest.display())
            }
            Self::Name { path, why } => {
                write!(f, "cannot publish a file as `{}`: {why}", path.escape_debug())
            }
            Self::SamePath { path } => write!(f, "two files want the path `{path}`"),
            Self::FileIsFolder { folder, file } => {
                write!(f, "`{folder}` is a file, but `{file}` needs it to be a folder")
            }
            Self::Staging { path } => {
                write!(f, "cannot stage the site in `{}`: it is not a folder", path.display())
            }
            Self::Busy { lock, pid, waited } => {
                f.write_str("another run")?;
                if let Some(pid) = pid {
                    write!(f, " (process {pid})")?;
                }
                let (lock, waited) = (lock.display(), waited.as_secs());
                write!(f, " publishes to the same folder: it held `{lock}` for {waited} seconds")
            }
            Self::Torn { folder, faults } => {
                let shown: Vec<_> = faults.iter().take(SHOWN).map(String::as_str).collect();
                write!(f, "`{}` is not a whole site: {}", folder.display(), shown.join("; "))?;
                match faults.len().saturating_sub(SHOWN) {
                    0 => Ok(()),
                    more => write!(f, "; and {more} more"),
                }
            }
            Self::Io { doing, path, source } => {
                write!(f, "cannot {doing} `{}`: {source}", path.display())
            }
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FileSystemRoot => f.write_str("it is the root of the file system"),
            Self::Is(folder) => write!(f, "it is {folder}"),
            Self::Inside(folder) => write!(f, "it is inside {folder}"),
            Self::Holds(folder) => write!(f, "it holds {folder}"),
            Self::File => f.write_str("it is not a folder"),
            Self::Link => f.write_str("it is a symbolic link"),
            Self::NotOurs => f.write_str("it is not empty, and Postil did not make it"),
            Self::Manifest(reason) => write!(f, "its manifest is not one of Postil's: {reason}"),
            Self::Strangers(files) => {
                let shown: Vec<_> = files.iter().take(SHOWN).map(|file| format!("`{file}`")).collect();
                write!(f, "it has files that Postil did not put there: {}", shown.join(", "))?;
                match files.len().saturating_sub(SHOWN) {
                    0 => Ok(()),
                    more => write!(f, " and {more} more"),
                }
            }
            Self::Immovable => f.write_str("it cannot be renamed"),
        }
    }
}

impl fmt::Display for NameFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Absolute => "it is not relative",
            Self::EmptyPart => "a part of it is empty",
            Self::Dots => "it has a part `.` or `..`",
            Self::Character => "it has a NUL character or a backslash",
            Self::Reserved => "the folder `.postil` is Postil's own",
        })
    }
}

impl std::error::Error for OutputError {}
