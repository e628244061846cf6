//! `postil new`: a small complete briefing to begin with.

use std::path::Path;

use include_dir::{Dir, include_dir};

use super::cli::{Common, NewArgs};
use super::project::shown;
use super::{Ending, failure, message};

/// The files of the first briefing.
static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cmd/starter");

/// The starter's name for the file that git reads; a leading dot would hide it from the repository's own tools.
const GITIGNORE: &str = "gitignore";

pub(super) fn run(args: &NewArgs, common: &Common) -> Ending {
    let dir = if args.dir.is_absolute() { args.dir.clone() } else { common.root.join(&args.dir) };
    match occupied(&dir) {
        Ok(false) => {}
        Ok(true) => {
            failure(&format!("{} is not empty", shown(&dir)), "choose a folder that does not exist yet");
            return Ending::Usage;
        }
        Err(error) => {
            failure(&format!("{} cannot be used: {error}", shown(&dir)), "choose a folder that does not exist yet");
            return Ending::Failed;
        }
    }
    if let Err((path, error)) = write(&STARTER, &dir) {
        failure(&format!("`{path}` cannot be written: {error}"), "");
        return Ending::Failed;
    }
    if !common.quiet {
        message(&format!("A briefing stands in {}. Build it:\n\n    cd {} && postil build\n", shown(&dir), args.dir.display()));
    }
    Ending::Done
}

fn occupied(dir: &Path) -> std::io::Result<bool> {
    match std::fs::read_dir(dir) {
        Ok(mut entries) => Ok(entries.next().is_some()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

fn write(from: &Dir<'_>, to: &Path) -> Result<(), (String, std::io::Error)> {
    std::fs::create_dir_all(to).map_err(|error| (to.display().to_string(), error))?;
    for folder in from.dirs() {
        let name = folder.path().file_name().unwrap_or_default();
        write(folder, &to.join(name))?;
    }
    for file in from.files() {
        let name = file.path().file_name().unwrap_or_default();
        let path = if name == GITIGNORE { to.join(".gitignore") } else { to.join(name) };
        std::fs::write(&path, file.contents()).map_err(|error| (path.display().to_string(), error))?;
    }
    Ok(())
}
