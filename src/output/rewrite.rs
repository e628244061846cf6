//! Edits to a file of the author's: made wholly or not at all, and only to what was read before.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use super::replace_file;
use crate::text::{Edit, Fix, Span};

/// Why a file was left as it is.
#[derive(Debug)]
pub enum Unwritten {
    /// It is no file of the author's words.
    Outside,
    /// It, or a folder on the way to it, is a symbolic link.
    Link,
    /// It may not be written.
    ReadOnly,
    /// It is no longer what was read.
    Changed,
    /// The file system failed.
    Io(io::Error),
}

impl Unwritten {
    /// The way out.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Outside | Self::Io(_) => "",
            Self::Link => "edit the file that it leads to",
            Self::ReadOnly => "make it writable, or mend it by hand",
            Self::Changed => "run the command again",
        }
    }
}

impl fmt::Display for Unwritten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Outside => f.write_str("only the content folder and postil.toml are edited"),
            Self::Link => f.write_str("it is a symbolic link, or in a folder that is one"),
            Self::ReadOnly => f.write_str("it is read-only"),
            Self::Changed => f.write_str("it has changed since it was read"),
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl From<io::Error> for Unwritten {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::PermissionDenied { Self::ReadOnly } else { Self::Io(error) }
    }
}

/// Whether a path of the briefing is one that may be edited: the configuration, and what stands in the content folder.
#[must_use]
pub fn editable(path: &str) -> bool {
    let inside = path.strip_prefix("content/").is_some_and(|rest| rest.split('/').all(|part| !matches!(part, "" | "." | "..")));
    path == "postil.toml" || inside && !path.contains('\\')
}

/// Makes `fixes` in the file `path` below `root`, of which the bytes are `known`. A fix of which an edit overlaps with
/// one that stands before it is left out as a whole. Gives how many were made.
///
/// # Errors
///
/// When the file must not or cannot be written, or is not what was read; then it is as it was.
pub fn rewrite(root: &Path, path: &str, known: &[u8], fixes: &[&Fix]) -> Result<usize, Unwritten> {
    if !editable(path) {
        return Err(Unwritten::Outside);
    }
    let (count, edits) = chosen(path, known, fixes);
    let new = edited(known, &edits);
    if new == known {
        return Ok(0);
    }
    let file = admitted(root, path)?;
    replace(&file, known, &new)?;
    Ok(count)
}

/// The fixes that fit the bytes and each other: how many, and their edits by the byte with which they begin.
fn chosen<'f>(path: &str, known: &[u8], fixes: &[&'f Fix]) -> (usize, BTreeMap<usize, &'f Edit>) {
    let text = std::str::from_utf8(known).unwrap_or_default();
    let mut count = 0;
    let mut taken = BTreeMap::new();
    for fix in fixes {
        let mut own: Vec<usize> = Vec::new();
        for edit in &fix.edits {
            let span = edit.place.span;
            if *edit.place.path == *path && text.get(span.range()).is_some() && free(&taken, span) {
                taken.insert(span.start, edit);
                own.push(span.start);
            }
        }
        if own.len() == fix.edits.len() {
            count += 1;
        } else {
            taken.retain(|start, _| !own.contains(start));
        }
    }
    (count, taken)
}

/// Whether no edit stands at a place yet. Two that begin with one byte wait for each other: their order would matter.
fn free(taken: &BTreeMap<usize, &Edit>, span: Span) -> bool {
    let before = taken.range(..=span.start).next_back();
    let after = taken.range(span.start..).next();
    before.is_none_or(|(start, edit)| *start < span.start && edit.place.span.end <= span.start)
        && after.is_none_or(|(start, _)| *start >= span.end)
}

fn edited(known: &[u8], edits: &BTreeMap<usize, &Edit>) -> Vec<u8> {
    let mut new = Vec::with_capacity(known.len());
    let mut at = 0;
    for edit in edits.values() {
        new.extend_from_slice(&known[at..edit.place.span.start]);
        new.extend_from_slice(edit.text.as_bytes());
        at = edit.place.span.end;
    }
    new.extend_from_slice(&known[at..]);
    new
}

/// The file on disk, if neither it nor a folder on the way to it from the root is a link.
fn admitted(root: &Path, path: &str) -> Result<PathBuf, Unwritten> {
    let mut file = root.to_owned();
    for part in path.split('/') {
        file.push(part);
        if fs::symlink_metadata(&file)?.is_symlink() {
            return Err(Unwritten::Link);
        }
    }
    Ok(file)
}

/// Puts the new bytes in the place of the known ones, if these are still what is there.
fn replace(file: &Path, known: &[u8], new: &[u8]) -> Result<(), Unwritten> {
    if fs::metadata(file)?.permissions().readonly() {
        return Err(Unwritten::ReadOnly);
    }
    // A rename asks the folder for leave; this asks the file.
    OpenOptions::new().write(true).open(file)?;
    // What an editor has saved meanwhile must not be lost.
    if fs::read(file)? != known {
        return Err(Unwritten::Changed);
    }
    Ok(replace_file(file, new)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Place;

    const PATH: &str = "content/a.md";

    fn fix(edits: &[(usize, usize, &str)]) -> Fix {
        let edit =
            |(start, end, text): &(usize, usize, &str)| Edit { place: Place::new(PATH, Span::new(*start, *end)), text: (*text).to_owned() };
        Fix::safe("", edits.iter().map(edit).collect())
    }

    fn made(text: &str, fixes: &[Fix]) -> (usize, String) {
        let (count, edits) = chosen(PATH, text.as_bytes(), &fixes.iter().collect::<Vec<_>>());
        (count, String::from_utf8(edited(text.as_bytes(), &edits)).expect("UTF-8"))
    }

    #[test]
    fn edits_are_made_in_the_order_of_the_file() {
        assert_eq!(made("abcdef", &[fix(&[(4, 5, "E"), (0, 1, "")]), fix(&[(2, 2, "-")])]), (2, "b-cdEf".to_owned()));
        assert_eq!(made("ab", &[fix(&[(0, 1, "x")]), fix(&[(1, 2, "y")]), fix(&[(2, 2, "z")])]), (3, "xyz".to_owned()));
    }

    #[test]
    fn what_overlaps_or_does_not_fit_is_left_out_as_a_whole() {
        let all = [
            fix(&[(1, 3, "x")]),
            fix(&[(2, 4, "overlaps")]),
            fix(&[(0, 0, "lost with the next"), (1, 1, "at one place")]),
            fix(&[(5, 9, "past the end")]),
            fix(&[(4, 5, "y"), (4, 5, "twice in one")]),
        ];
        assert_eq!(made("abcdef", &all), (1, "axdef".to_owned()));
        assert_eq!(made("中", &[fix(&[(1, 2, "inside a character")])]), (0, "中".to_owned()));
    }

    #[test]
    fn only_content_and_the_configuration_are_edited() {
        for path in ["content/a.md", "content/b/c.toml", "postil.toml"] {
            assert!(editable(path), "{path}");
        }
        for path in ["themes/x/templates/a.html", "content/../a", "content//a", "content", "/etc/hosts", "postil.lock", "content/a\\b"] {
            assert!(!editable(path), "{path}");
        }
        let fixes = [fix(&[(0, 1, "x")])];
        let found = rewrite(Path::new("."), "Cargo.toml", b"[package]", &[&fixes[0]]);
        assert!(matches!(found, Err(Unwritten::Outside)), "{found:?}");
    }

    #[test]
    fn a_file_that_has_changed_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("content")).expect("a folder");
        fs::write(folder.path().join(PATH), "now").expect("a file");
        let found = rewrite(folder.path(), PATH, b"then", &[&fix(&[(0, 1, "x")])]);
        assert!(matches!(found, Err(Unwritten::Changed)), "{found:?}");
        assert_eq!(fs::read(folder.path().join(PATH)).expect("it is there"), b"now");
        assert_eq!(rewrite(folder.path(), PATH, b"now", &[&fix(&[(0, 1, "c")])]).expect("it can be written"), 1);
        assert_eq!(fs::read(folder.path().join(PATH)).expect("it is there"), b"cow");
    }
}
