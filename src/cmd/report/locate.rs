//! Where findings stand, in lines and columns, with paths as whoever runs the program finds them.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Component, Path};

use crate::read::snapshot::Snapshot;
use crate::text::{Diagnostics, LineTable, Place, Position};
use crate::theme;

/// The files that findings are about, each with its lines.
pub(super) struct Locator<'s> {
    /// What stands before a path of the briefing: empty, or a folder with its slash.
    folder: String,
    files: BTreeMap<&'s str, (&'s str, LineTable)>,
}

impl<'s> Locator<'s> {
    /// Reads the lines of every file that is named in a finding; `folder` comes from [`folder_of`].
    pub(super) fn new(diagnostics: &'s Diagnostics, snapshot: &'s Snapshot, folder: String) -> Self {
        let mut files = BTreeMap::new();
        for path in diagnostics.iter().flat_map(places).map(|place| &*place.path) {
            let bytes = snapshot.get(path).map(|bytes| bytes.as_slice()).or_else(|| theme::built_in(path));
            if let (None, Some(bytes)) = (files.get(path), bytes) {
                let text = valid_start(bytes);
                files.insert(path, (text, LineTable::new(text)));
            }
        }
        Self { folder, files }
    }

    /// The path of a file of the briefing from the current folder.
    pub(super) fn file(&self, place: &Place) -> String {
        format!("{}{}", self.folder, place.path)
    }

    /// The first character of a place, and the one after its last. A file that was not read, such as a kept copy, has
    /// but its beginning.
    pub(super) fn lines(&self, place: &Place) -> (Position, Position) {
        let Some((text, table)) = self.files.get(&*place.path) else {
            let beginning = Position { line: 1, column: 1 };
            return (beginning, beginning);
        };
        let start = table.position(text, place.span.start);
        (start, table.position(text, place.span.end.max(place.span.start)))
    }

    /// The text of the line in which a place begins.
    pub(super) fn line_text(&self, place: &Place) -> &str {
        self.line(place).map_or("", |(text, line)| &text[line])
    }

    /// The text of a file that was read, and the line in it in which a place begins.
    pub(super) fn line(&self, place: &Place) -> Option<(&'s str, Range<usize>)> {
        let (text, table) = self.files.get(&*place.path)?;
        Some((text, table.line(text, place.span.start)))
    }
}

/// All places of a finding: its own, the related ones, and those of its fix.
fn places(one: &crate::text::Diagnostic) -> impl Iterator<Item = &Place> {
    let edits = one.fix.iter().flat_map(|fix| fix.edits.iter().map(|edit| &edit.place));
    one.place.iter().chain(one.related.iter().map(|label| &label.place)).chain(edits)
}

/// The part of the bytes that is text.
fn valid_start(bytes: &[u8]) -> &str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
    }
}

/// What stands before a path of the briefing so that it is found from the folder in which the program runs.
pub(super) fn folder_of(root: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let root = root.strip_prefix(&here).unwrap_or(root);
    let mut folder = String::new();
    for part in root.components() {
        match part {
            Component::CurDir => {}
            Component::RootDir => folder.push('/'),
            // On Windows, the root follows it.
            Component::Prefix(disk) => folder.push_str(&disk.as_os_str().to_string_lossy()),
            part => {
                folder.push_str(&part.as_os_str().to_string_lossy());
                folder.push('/');
            }
        }
    }
    folder
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_stands_before_paths() {
        let here = std::env::current_dir().expect("a folder");
        for (root, folder) in [(".", ""), ("docs", "docs/"), ("./a/../b/", "a/../b/"), ("..", "../"), ("/srv/b", "/srv/b/")] {
            assert_eq!(folder_of(Path::new(root)), folder, "{root}");
        }
        assert_eq!(folder_of(&here), "");
        assert_eq!(folder_of(&here.join("docs")), "docs/");
    }
}
