//! A file of an edition: what it is called and what it comes to, and its bytes when somebody asks for them.

use super::Edition;
use super::made::Made;
use crate::output::{OutFile, SiteFile};
use crate::raster::Store;
use crate::read::snapshot::Bytes;

/// A file of an edition.
pub struct File<'e>(Body<'e>);

enum Body<'e> {
    /// Made by an edition, which makes it again where its bytes were let go.
    Made { edition: &'e Edition, store: &'e dyn Store, path: &'e str, made: &'e Made },
    /// Made from another file.
    Packed(OutFile),
}

impl<'e> File<'e> {
    pub(super) fn new(edition: &'e Edition, store: &'e dyn Store, path: &'e str, made: &'e Made) -> Self {
        Self(Body::Made { edition, store, path, made })
    }

    pub(super) fn packed(file: OutFile) -> Self {
        Self(Body::Packed(file))
    }

    /// The file with its bytes.
    #[must_use]
    pub fn with_bytes(self) -> OutFile {
        match self.0 {
            Body::Packed(file) => file,
            Body::Made { .. } => OutFile { path: self.path().to_owned(), bytes: self.bytes(), hash: self.hash() },
        }
    }
}

impl SiteFile for File<'_> {
    fn path(&self) -> &str {
        match &self.0 {
            Body::Made { path, .. } => path,
            Body::Packed(file) => file.path(),
        }
    }

    fn hash(&self) -> blake3::Hash {
        match &self.0 {
            Body::Made { made, .. } => made.hash,
            Body::Packed(file) => file.hash(),
        }
    }

    fn size(&self) -> u64 {
        match &self.0 {
            Body::Made { made, .. } => made.size,
            Body::Packed(file) => file.size(),
        }
    }

    fn bytes(&self) -> Bytes {
        match &self.0 {
            Body::Made { edition, store, path, made } => made.held().unwrap_or_else(|| edition.again(path, *store)),
            Body::Packed(file) => file.bytes(),
        }
    }
}
