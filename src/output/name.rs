//! The names of output files: which are refused, and which cannot stand together.

use std::collections::BTreeSet;
use std::path::{Component, Path};

use super::error::{NameFault, OutputError};
use super::file::SiteFile;
use super::manifest::FOLDER;

/// Refuse names that could leave the folder, and files that want the same place.
pub(super) fn check<File: SiteFile>(files: &[File]) -> Result<(), OutputError> {
    let mut taken = BTreeSet::new();
    for file in files {
        if let Some(why) = fault(file.path()) {
            return Err(OutputError::Name { path: file.path().to_owned(), why });
        }
        if !taken.insert(file.path()) {
            return Err(OutputError::SamePath { path: file.path().to_owned() });
        }
    }
    for file in files {
        if let Some(folder) = folders(file.path()).find(|folder| taken.contains(folder)) {
            let (folder, file) = (folder.to_owned(), file.path().to_owned());
            return Err(OutputError::FileIsFolder { folder, file });
        }
    }
    Ok(())
}

/// The folders a path stands in, the outermost first: `a`, then `a/b`, for `a/b/c.html`.
pub(super) fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

fn fault(path: &str) -> Option<NameFault> {
    // A backslash parts a path on some systems only, so it is refused on all.
    if path.contains(['\0', '\\']) {
        return Some(NameFault::Character);
    }
    if path.starts_with('/') {
        return Some(NameFault::Absolute);
    }
    for part in path.split('/') {
        match part {
            "" => return Some(NameFault::EmptyPart),
            "." | ".." => return Some(NameFault::Dots),
            _ => {}
        }
    }
    if path.split('/').next().is_some_and(|first| first.eq_ignore_ascii_case(FOLDER)) {
        return Some(NameFault::Reserved);
    }
    // What is left is a drive (`C:x`), where the system has drives.
    let plain = |part: Component<'_>| matches!(part, Component::Normal(_));
    (!Path::new(path).components().all(plain)).then_some(NameFault::Absolute)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::OutFile;

    fn files(paths: &[&str]) -> Vec<OutFile> {
        let file = |path: &&str| OutFile::new(path, Vec::new().into());
        paths.iter().map(file).collect()
    }

    #[test]
    fn paths_that_could_leave_the_folder_are_refused() {
        for (path, expected) in [
            ("../a", NameFault::Dots),
            ("a/../../b", NameFault::Dots),
            ("./a", NameFault::Dots),
            ("/etc/passwd", NameFault::Absolute),
            ("", NameFault::EmptyPart),
            ("a//b", NameFault::EmptyPart),
            ("a/", NameFault::EmptyPart),
            ("a\0b", NameFault::Character),
            ("..\\a", NameFault::Character),
            (".postil/manifest.json", NameFault::Reserved),
            (".Postil/x", NameFault::Reserved),
            (".postil", NameFault::Reserved),
        ] {
            assert_eq!(fault(path), Some(expected), "{path:?}");
        }
    }

    #[test]
    fn ordinary_paths_pass() {
        for path in ["index.html", ".nojekyll", "a/b/c.html", "a..b", "...", "名.html", "a/.postil"] {
            assert_eq!(fault(path), None, "{path:?}");
        }
    }

    #[test]
    fn one_place_holds_one_file() {
        assert!(check(&files(&["a", "b/c", "b/d", "bc"])).is_ok());
        let same = check(&files(&["a", "b", "a"]));
        assert!(matches!(same, Err(OutputError::SamePath { path }) if path == "a"));
        for order in [["a/b/c", "a/b"], ["a/b", "a/b/c"]] {
            let both = check(&files(&order));
            assert!(matches!(both, Err(OutputError::FileIsFolder { folder, file })
                if folder == "a/b" && file == "a/b/c"));
        }
    }
}
