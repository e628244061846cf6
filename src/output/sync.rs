//! Making sure that what was written is on the disk, and not only on its way there.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

use super::error::OutputError;

/// Bring a folder and all in it to the disk.
pub(super) fn tree(folder: &Path) -> Result<(), OutputError> {
    whole(folder).map_err(OutputError::io("bring to the disk", folder))
}

/// Bring the names in a folder to the disk, after a rename.
pub(super) fn names(folder: &Path) -> Result<(), OutputError> {
    open(folder, true).map_err(OutputError::io("bring to the disk", folder))
}

/// One call for the file system is far cheaper than one for each file.
#[cfg(target_os = "linux")]
fn whole(folder: &Path) -> io::Result<()> {
    match rustix::fs::syncfs(File::open(folder)?) {
        Err(rustix::io::Errno::NOSYS) => each(folder),
        result => Ok(result?),
    }
}

#[cfg(not(target_os = "linux"))]
fn whole(folder: &Path) -> io::Result<()> {
    each(folder)
}

fn each(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            each(&entry.path())?;
        } else {
            open(&entry.path(), false)?;
        }
    }
    open(folder, true)
}

/// Sync one file or folder. Windows keeps the names in folders safe by itself, and does not open them.
fn open(path: &Path, folder: bool) -> io::Result<()> {
    if folder && cfg!(windows) {
        return Ok(());
    }
    // Windows syncs only what is open for writing; elsewhere folders open for reading only.
    let file: File = OpenOptions::new().read(true).write(cfg!(windows)).open(path)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_by_file_works_too() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir_all(folder.path().join("a/b")).expect("folders");
        fs::write(folder.path().join("a/b/c"), "text").expect("a file");
        each(folder.path()).expect("all of it can be synced");
        tree(folder.path()).expect("and at once");
    }
}
