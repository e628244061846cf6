//! One file of the site, on its way from the pages to the folder.

use std::sync::Arc;

/// One file of the site, before it is on disk. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutFile {
    /// Where it stands in the site: relative, with `/` between its parts, without `.` or `..`.
    pub path: String,
    /// What it holds.
    pub bytes: Arc<Vec<u8>>,
    /// The hash of what it holds.
    pub hash: blake3::Hash,
}

impl OutFile {
    /// The file with these bytes.
    #[must_use]
    pub fn new(path: &str, bytes: Arc<Vec<u8>>) -> Self {
        let hash = blake3::hash(&bytes);
        Self { path: path.to_owned(), bytes, hash }
    }
}
