//! From a table of `postil.toml` to a target.

use std::path::{Path, PathBuf};

use super::fault::Fault;
use super::file::Folder;
use super::git::Branch;
use super::object::Objects;
use super::secret::Secrets;
use super::ssh::Machine;
use super::stores;
use super::target::Target;
use crate::read::deploy::{Address, TargetConfig};

/// The project that a site belongs to.
#[derive(Debug, Clone)]
pub struct Project {
    /// Its folder.
    pub root: PathBuf,
    /// Folders in and beside it that no target may touch.
    pub own: Vec<PathBuf>,
}

/// Makes a target ready; nothing is asked of it yet.
///
/// # Errors
///
/// When the settings or credentials are not enough, or a program is missing.
pub fn connect(address: &Address, config: &TargetConfig, project: &Project) -> Result<Box<dyn Target>, Fault> {
    let name = address.to_string();
    let mut secrets = Secrets::of_environment();
    match address {
        Address::File(folder) => {
            let path = project.root.join(folder);
            Ok(Box::new(Folder::new(&path, name, &project.root, &project.own)?))
        }
        Address::Store { store, bucket, folder } => {
            let (store, known) = stores::ready(*store, bucket, config, &mut secrets)?;
            Ok(Box::new(Objects::new(store, folder, name, secrets, known)?))
        }
        Address::Git(repository) => {
            let root = if project.root.as_os_str().is_empty() { Path::new(".") } else { &project.root };
            Ok(Box::new(Branch::new(repository, config.branch(), name, root, secrets)?))
        }
        Address::Ssh { host, port, folder } => Ok(Box::new(Machine::new(host, *port, folder, config.timeout, name, secrets))),
    }
}
