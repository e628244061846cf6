//! Putting the new site in the place of the old one, in one step where the system has such a step.
//!
//! Elsewhere the old site is renamed to `old` and the new one to its place. `next` is complete before
//! `old` exists, so `old` is the journal: where it is found and the site is not, a run was killed between
//! the two renames, and the second is still to be done.

use std::fs;
use std::io;
use std::path::Path;

use super::error::{OutputError, Refusal};
use super::place::Place;
use super::sync;

/// Make `next` the site. The old one, if any, is then `next` or `old`.
pub(super) fn swap(place: &Place) -> Result<(), OutputError> {
    let (next, dest) = (place.next(), &place.dest);
    let swapped = if exists(dest) {
        match exchange(&next, dest) {
            Err(error) if impossible(&error) => rename_pair(place),
            result => result,
        }
    } else {
        fs::rename(&next, dest)
    };
    swapped.map_err(|source| match source.kind() {
        io::ErrorKind::CrossesDevices | io::ErrorKind::ResourceBusy => OutputError::Refused { dest: dest.clone(), why: Refusal::Immovable },
        _ => OutputError::io("replace", dest)(source),
    })?;
    // The old site is not removed before the new one is sure to be found in its place.
    sync::names(&place.parent)?;
    sync::names(&place.folder)
}

/// Finish what a killed run has left half done, and remove what it has left over.
pub(super) fn recover(place: &Place) -> Result<(), OutputError> {
    let (next, old, dest) = (place.next(), place.old(), &place.dest);
    if !exists(dest) && exists(&old) {
        let from = if exists(&next) { next } else { old };
        fs::rename(&from, dest).map_err(OutputError::io("bring back", dest))?;
        sync::names(&place.parent)?;
    }
    place.clean()
}

/// The two renames, the first taken back where the second fails.
fn rename_pair(place: &Place) -> io::Result<()> {
    let (old, dest) = (place.old(), &place.dest);
    fs::rename(dest, &old)?;
    fs::rename(place.next(), dest).inspect_err(|_| {
        // Should this fail as well, the next run finds `old` and does it.
        let _ = fs::rename(&old, dest);
    })
}

/// Let two folders change places.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(one: &Path, two: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, two, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Whether the system or this file system has no exchange at all.
fn impossible(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with the named sites in it; each holds one file that tells which it is.
    fn place(sites: &[&str]) -> (tempfile::TempDir, Place) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let place = Place::beside(&folder.path().join("output")).expect("a place");
        for site in sites {
            let path = match *site {
                "next" => place.next(),
                "old" => place.old(),
                _ => place.dest.clone(),
            };
            fs::create_dir(&path).expect("a folder");
            fs::write(path.join("which"), site).expect("a file");
        }
        (folder, place)
    }

    fn which(path: &Path) -> Option<String> {
        fs::read_to_string(path.join("which")).ok()
    }

    #[test]
    fn the_pair_does_what_the_exchange_does() {
        for pair in [false, true] {
            let (_folder, place) = place(&["output", "next"]);
            if pair {
                rename_pair(&place).expect("two renames");
            } else {
                swap(&place).expect("one exchange");
            }
            assert_eq!(which(&place.dest).as_deref(), Some("next"));
            recover(&place).expect("what is left is removed");
            assert_eq!(which(&place.dest).as_deref(), Some("next"));
            assert!(!exists(&place.next()) && !exists(&place.old()));
        }
    }

    #[test]
    fn a_failed_pair_is_taken_back() {
        let (_folder, place) = place(&["output"]);
        rename_pair(&place).expect_err("there is no next site");
        assert_eq!(which(&place.dest).as_deref(), Some("output"));
        assert!(!exists(&place.old()));
    }

    #[test]
    fn every_state_a_kill_can_leave_is_made_good() {
        for (left, expected) in [
            (&["next"][..], None),
            (&["output", "next"], Some("output")),
            (&["next", "old"], Some("next")),
            (&["output", "old"], Some("output")),
            (&["old"], Some("old")),
            (&["output", "next", "old"], Some("output")),
            (&[], None),
        ] {
            let (_folder, place) = place(left);
            recover(&place).expect("it can be made good");
            assert_eq!(which(&place.dest).as_deref(), expected, "{left:?}");
            assert!(!exists(&place.next()) && !exists(&place.old()), "{left:?}");
        }
    }
}
