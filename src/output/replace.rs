//! One file in place of another, wholly or not at all.

use std::io::{self, Write};
use std::path::Path;

/// Writes a file beside its place and moves it there in one step; a reader sees the old bytes or the new ones.
///
/// # Errors
///
/// What the system says; then the old file is as it was.
pub fn replace_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".postil-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    // A fresh file of this kind is for its owner alone; the one that it replaces knows who may read it.
    match std::fs::metadata(path) {
        Ok(old) => file.as_file().set_permissions(old.permissions())?,
        Err(_) => open_to_readers(file.as_file())?,
    }
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(unix)]
fn open_to_readers(file: &std::fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn open_to_readers(_: &std::fs::File) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_keeps_its_permissions() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.lock");
        replace_file(&path, b"one").expect("it can be written");
        let before = std::fs::metadata(&path).expect("it is there").permissions();
        replace_file(&path, b"two").expect("it can be written");
        assert_eq!(std::fs::read(&path).expect("it can be read"), b"two");
        assert_eq!(std::fs::metadata(&path).expect("it is there").permissions(), before);
        assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 1);
    }
}
