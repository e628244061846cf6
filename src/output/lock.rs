//! The lock that makes two runs take turns.
//!
//! It is the system's lock on an open file, so it ends with the process that holds it, however that ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::error::OutputError;
use super::open::no_follow;

/// How long to wait for another run, and how often to ask.
const PATIENCE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(20);

/// The lock, held until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

/// Take the lock in the file at `path`, which is made if need be and never removed.
pub(super) fn take(path: &Path) -> Result<Lock, OutputError> {
    take_within(path, PATIENCE)
}

fn take_within(path: &Path, patience: Duration) -> Result<Lock, OutputError> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    let mut file = no_follow(&mut options).open(path).map_err(OutputError::io("open the lock", path))?;
    let start = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => break,
            Err(TryLockError::WouldBlock) if start.elapsed() < patience => thread::sleep(PAUSE),
            Err(TryLockError::WouldBlock) => {
                let (lock, pid) = (path.to_owned(), holder(&mut file));
                return Err(OutputError::Busy { lock, pid, waited: patience });
            }
            Err(TryLockError::Error(error)) => {
                return Err(OutputError::io("take the lock", path)(error));
            }
        }
    }
    // The number only serves a message: a full disk is no reason to give up here.
    let _ = sign(&mut file);
    Ok(Lock { _file: file })
}

/// Leave this process's number for those who wait.
fn sign(file: &mut File) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{}", std::process::id())
}

/// The process that holds the lock, if it has signed already.
fn holder(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.take(32).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_who_is_first_and_gets_it_after() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("lock");
        let first = take(&path).expect("nobody holds it");
        let error = take_within(&path, Duration::from_millis(50)).expect_err("it is held");
        assert!(matches!(error, OutputError::Busy { pid: Some(pid), .. } if pid == std::process::id()));
        drop(first);
        take_within(&path, Duration::ZERO).expect("it is free again");
    }

    #[test]
    fn the_number_of_a_dead_process_holds_nothing() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("lock");
        std::fs::write(&path, "4194303999 and more text than a number has\n").expect("a stale lock");
        take_within(&path, Duration::ZERO).expect("nobody holds it");
        let text = std::fs::read_to_string(&path).expect("it can be read");
        assert_eq!(text, format!("{}\n", std::process::id()));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let target = folder.path().join("precious");
        std::fs::write(&target, "words").expect("a file");
        std::os::unix::fs::symlink(&target, folder.path().join("lock")).expect("a link");
        take(&folder.path().join("lock")).expect_err("links are refused");
        assert_eq!(std::fs::read_to_string(&target).expect("it is there"), "words");
    }
}
