//! Making the next site beside the present one.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use rayon::prelude::*;

use super::error::OutputError;
use super::file::SiteFile;
use super::manifest::{FOLDER, Manifest, PATH};
use super::place::Place;
use super::{name, stop};
use crate::read::snapshot::Bytes;

/// Fill `next` with all `files` and the manifest. Those that are `kept` are linked from the present site.
pub(super) fn fill<File: SiteFile>(place: &Place, files: &[File], kept: &[bool], manifest: &Manifest) -> Result<(), OutputError> {
    let next = place.next();
    make_folder(&next)?;
    let folders: BTreeSet<&str> = files.iter().flat_map(|file| name::folders(file.path())).collect();
    // In this order a folder comes before those in it.
    for folder in folders.into_iter().chain([FOLDER]) {
        make_folder(&next.join(folder))?;
    }
    files.par_iter().zip(kept).try_for_each(|(file, kept)| {
        let (from, to) = (place.dest.join(file.path()), next.join(file.path()));
        if *kept { link(&from, &to, &|| file.bytes()) } else { write(&to, &file.bytes()) }.map_err(OutputError::io("write", &to))?;
        stop::at(stop::Point::FileWritten);
        Ok(())
    })?;
    let path = next.join(PATH);
    write(&path, &manifest.to_json()).map_err(OutputError::io("write", &path))
}

fn make_folder(path: &Path) -> Result<(), OutputError> {
    fs::create_dir(path).map_err(OutputError::io("make the folder", path))
}

/// Write a file that must not be there yet: two names that the file system takes for one are an error,
/// and a link that somebody has put in the way is not followed.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    create(path, bytes).map(drop)
}

fn create(path: &Path, bytes: &[u8]) -> io::Result<File> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    Ok(file)
}

/// Give the file that is already there a second name. Where that is impossible, write it again with its old time.
fn link(from: &Path, to: &Path, bytes: &dyn Fn() -> Bytes) -> io::Result<()> {
    match fs::hard_link(from, to) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => copy(from, to, &bytes()),
        result => result,
    }
}

fn copy(from: &Path, to: &Path, bytes: &[u8]) -> io::Result<()> {
    let file = create(to, bytes)?;
    // The bytes are what matters: a file that has just gone has no time to keep.
    match fs::symlink_metadata(from).and_then(|found| found.modified()) {
        Ok(time) => file.set_modified(time),
        Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, SystemTime};

    #[test]
    fn a_file_that_cannot_be_linked_is_copied_with_its_time() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (from, to) = (folder.path().join("a"), folder.path().join("b"));
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        create(&from, b"text").and_then(|file| file.set_modified(time)).expect("a file");
        copy(&from, &to, b"text").expect("a copy");
        assert_eq!(fs::read(&to).expect("it is there"), b"text");
        let copied = fs::metadata(&to).and_then(|found| found.modified()).expect("its time");
        assert_eq!(copied, time);
    }

    #[test]
    fn nothing_is_written_over() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a");
        write(&path, b"one").expect("a file");
        let error = write(&path, b"two").expect_err("it is taken");
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        let error = link(&path, &path, &|| Bytes::default()).expect_err("it is taken");
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
    }
}
