//! The briefing on disk that a command works on.

use std::path::{Path, PathBuf};

use super::cli::Common;
use super::{Ending, failure};
use crate::read::snapshot::{FOLDERS, Snapshot};
use crate::text::WrittenDate;

/// Reads the briefing in the root folder; says why where there is none.
pub(super) fn read(common: &Common) -> Result<Snapshot, Ending> {
    let root = root(common)?;
    with_content(&root)?;
    Ok(Snapshot::read(&root, &FOLDERS))
}

/// Says so where the folder holds no briefing.
pub(super) fn with_content(root: &Path) -> Result<(), Ending> {
    if root.join("content").is_dir() {
        return Ok(());
    }
    failure(
        &format!("there is no folder `content` in {}", shown(root)),
        "name the folder of the briefing with --root, or make one: `postil new DIR`",
    );
    Err(Ending::Usage)
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

/// The time, in seconds since 1970.
pub(super) fn now() -> Option<i64> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?;
    i64::try_from(since.as_secs()).ok()
}

/// The day by which ages are counted: that of `SOURCE_DATE_EPOCH`, which makes runs repeatable, or today.
pub(super) fn today() -> Option<WrittenDate> {
    let given = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.parse().ok());
    given.or_else(now).and_then(WrittenDate::of_unix)
}
