//! What a project keeps of its deploys: a lock of this machine, and the token of the run that held it last.
//!
//! Whoever gets the lock of this machine knows that the run before has ended, however it ended; so a lock at the target
//! with that run's token is nobody's.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

use super::fault::{Fault, Kind};

/// The folder for this in that of the briefing.
const FOLDER: &str = ".postil/deploy";

/// This machine's lock, held until it is dropped.
#[derive(Debug)]
pub struct Own {
    /// The token of the run that held it last.
    pub before: Option<String>,
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
        let nothing = Self { before: None, _file: None };
        let name = blake3::hash(target.as_bytes()).to_hex();
        if fs::create_dir_all(&folder).is_err() {
            return Ok(nothing);
        }
        let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(folder.join(&name[..16]));
        let Ok(mut file) = opened else { return Ok(nothing) };
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Fault::new(Kind::Busy, "another run of this project deploys to the same target"));
            }
            Err(TryLockError::Error(_)) => return Ok(nothing),
        }
        let mut before = String::new();
        let read = Read::by_ref(&mut file).take(64).read_to_string(&mut before);
        let before = read.ok().map(|_| before.trim().to_owned()).filter(|before| !before.is_empty());
        // Without the token the next run has to wait a little; that is no reason to give up.
        let _ = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| writeln!(file, "{token}"));
        Ok(Self { before, _file: Some(file) })
    }
}
