//! One file of the site, on its way from the pages to the folder.

use std::sync::Arc;

/// One file of the site, before it is on disk. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutFile {
    /// Where it stands in the site: relative, with `/` between its parts, without `.` or `..`.
    pub path: String,
    /// What it holds.
    pub bytes: Arc<Vec<u8>>,
}
