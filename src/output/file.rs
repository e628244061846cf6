//! One file of the site, on its way from the pages to the folder.

use std::sync::Arc;

/// A file that is to be written. What it is called and what its bytes come to is known; the bytes may be made when
/// somebody asks for them.
pub trait SiteFile: Sync {
    /// Where it stands in the site: relative, with `/` between its parts, without `.` or `..`.
    fn path(&self) -> &str;

    /// The hash of what it holds.
    fn hash(&self) -> blake3::Hash;

    /// The length of what it holds, in bytes.
    fn size(&self) -> u64;

    /// What it holds.
    fn bytes(&self) -> Arc<Vec<u8>>;
}

/// A file whose bytes are there. Cheap to clone.
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

impl SiteFile for OutFile {
    fn path(&self) -> &str {
        &self.path
    }

    fn hash(&self) -> blake3::Hash {
        self.hash
    }

    fn size(&self) -> u64 {
        self.bytes.len() as u64
    }

    fn bytes(&self) -> Arc<Vec<u8>> {
        self.bytes.clone()
    }
}
