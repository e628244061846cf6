//! The briefing on disk that a command works on.

use std::path::{Path, PathBuf};

use super::cli::Common;
use super::{Ending, failure};
use crate::read::snapshot::Snapshot;
use crate::text::WrittenDate;

/// The folders of a briefing that are read.
const FOLDERS: [&str; 3] = ["content", "themes", "snapshots"];

/// Reads the briefing in the root folder; says why where there is none.
pub(super) fn read(common: &Common) -> Result<Snapshot, Ending> {
    let root = root(common)?;
    if !root.join("content").is_dir() {
        failure(
            &format!("there is no folder `content` in {}", shown(&root)),
            "name the folder of the briefing with --root, or make one: `postil new DIR`",
        );
        return Err(Ending::Usage);
    }
    Ok(Snapshot::read(&root, &FOLDERS))
}

/// The root folder, which must be there.
pub(super) fn root(common: &Common) -> Result<PathBuf, Ending> {
    if common.root.is_dir() {
        return Ok(common.root.clone());
    }
    failure(&format!("there is no folder {}", shown(&common.root)), "name the folder of the briefing with --root");
    Err(Ending::Usage)
}

/// A path as a message shows it.
pub(super) fn shown(path: &Path) -> String {
    if path == Path::new(".") { "this folder".to_owned() } else { format!("`{}`", path.display()) }
}

/// The day by which ages are counted: that of `SOURCE_DATE_EPOCH`, which makes runs repeatable, or today.
pub(super) fn today() -> Option<WrittenDate> {
    let given = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.parse().ok());
    let now =
        || std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok().and_then(|since| i64::try_from(since.as_secs()).ok());
    given.or_else(now).and_then(WrittenDate::of_unix)
}
