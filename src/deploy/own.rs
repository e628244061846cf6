//! What a project keeps of its deploys: a lock of this machine, who holds it, and the tokens of the runs that held it last.
//!
//! Whoever gets the lock of this machine knows that the runs before have ended, however they ended; so a lock at the target
//! with the token of one of them is nobody's.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;
use std::process::Command;

use super::fault::{Fault, Kind};

/// The folder for this in that of the briefing.
const FOLDER: &str = ".postil/deploy";
/// Tokens that are kept: a run that is killed early leaves the target with the lock of one that was killed before it.
const KEPT: usize = 16;
/// What is read of the file at the most, in bytes.
const LONGEST: u64 = 2_048;

/// This machine's lock, held until it is dropped.
#[derive(Debug)]
pub struct Own {
    /// The tokens of the runs that held it last.
    pub before: Vec<String>,
    _file: Option<File>,
}

impl Own {
    /// Takes the lock for a target, and leaves this run's token in it. Where nothing can be written there is no lock, and
    /// the target's has to do.
    ///
    /// # Errors
    ///
    /// When another run of this project holds it.
    pub fn take(root: &Path, target: &str, token: &str) -> Result<Self, Fault> {
        let folder = root.join(FOLDER);
        let nothing = Self { before: Vec::new(), _file: None };
        let name = blake3::hash(target.as_bytes()).to_hex();
        if fs::create_dir_all(&folder).is_err() {
            return Ok(nothing);
        }
        let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(folder.join(&name[..16]));
        let Ok(mut file) = opened else { return Ok(nothing) };
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let (holder, _) = read(&mut file);
                let holder = holder.map(|holder| format!(" ({holder})")).unwrap_or_default();
                return Err(Fault::new(Kind::Busy, format!("another run of this project{holder} deploys to the same target")));
            }
            Err(TryLockError::Error(_)) => return Ok(nothing),
        }
        let (_, before) = read(&mut file);
        let tokens: String = before.iter().take(KEPT - 1).flat_map(|one| [one.as_str(), "\n"]).collect();
        // Without the token the next run has to wait a little; that is no reason to give up.
        let _ = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| write!(file, "{}\n{token}\n{tokens}", holder()));
        Ok(Self { before, _file: Some(file) })
    }
}

/// The holder and the tokens that the file names.
fn read(file: &mut File) -> (Option<String>, Vec<String>) {
    let mut text = String::new();
    // On some systems nobody else may read what is locked.
    let _ = Read::by_ref(file).take(LONGEST).read_to_string(&mut text);
    let mut lines = text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty());
    (lines.next(), lines.collect())
}

/// This run as another one names it: its process, and the machine where that can be told.
pub(super) fn holder() -> String {
    let process = format!("process {}", std::process::id());
    // A program of this name is on every system that Postil runs on, and all of them know their own name by it.
    let named = Command::new("hostname").output().ok().filter(|named| named.status.success());
    let machine = named.map(|named| String::from_utf8_lossy(&named.stdout).trim().to_owned()).filter(|name| !name.is_empty());
    machine.map_or(process.clone(), |machine| format!("{process} on {machine}"))
}
