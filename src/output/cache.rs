//! A store on disk for what was made before: `.postil/cache` in the folder of the briefing.
//!
//! Nothing in it is needed: what is not there, damaged or not ours is made anew. Each entry begins with a seal, the hash
//! of its name and its bytes, so that only what was put under a name comes back under it.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, SystemTime};

use super::open::{no_follow, read};
use crate::budget;
use crate::raster::Store;

/// The folder in that of the briefing which Postil keeps for itself.
const OWN: &str = ".postil";
/// What entries begin with while they are written.
const UNFINISHED: &str = ".making-";
/// After this time nobody writes at an entry any more.
const PATIENCE: Duration = Duration::from_hours(1);
/// Bytes of a seal.
const SEAL: usize = blake3::OUT_LEN;

/// The store. Where the disk fails, it keeps nothing.
#[derive(Debug)]
pub struct Cache {
    root: PathBuf,
    used: Mutex<BTreeSet<String>>,
    trouble: OnceLock<String>,
}

impl Cache {
    /// The store of a briefing, by its folder. Nothing is made before there is something to keep.
    #[must_use]
    pub fn of(root: &Path) -> Self {
        Self { root: root.to_owned(), used: Mutex::default(), trouble: OnceLock::new() }
    }

    /// Why something could not be kept, if so: the first reason.
    #[must_use]
    pub fn trouble(&self) -> Option<&str> {
        self.trouble.get().map(String::as_str)
    }

    /// Ends a run: as long as all entries have more bytes than this, the oldest goes that the run did not use.
    pub fn tidy(&self, most: u64) {
        // Whatever cannot be listed, marked or removed stays as it is: the next run tries again.
        let Ok(entries) = fs::read_dir(self.folder()) else { return };
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let now = SystemTime::now();
        let mut total = 0_u64;
        let mut idle = Vec::new();
        for entry in entries.flatten() {
            let (Ok(found), name) = (entry.metadata(), entry.file_name()) else { continue };
            let name = name.to_string_lossy();
            let time = found.modified().unwrap_or(SystemTime::UNIX_EPOCH);
            if name.starts_with(UNFINISHED) {
                if now.duration_since(time).is_ok_and(|age| age > PATIENCE) {
                    let _ = fs::remove_file(entry.path());
                }
                continue;
            }
            total = total.saturating_add(found.len());
            if used.contains(&*name) {
                let _ = no_follow(OpenOptions::new().write(true)).open(entry.path()).and_then(|file| file.set_modified(now));
            } else if found.is_file() {
                idle.push((time, entry.path(), found.len()));
            }
        }
        idle.sort();
        for (_, path, size) in idle {
            if total <= most {
                break;
            }
            if fs::remove_file(path).is_ok() {
                total -= size;
            }
        }
    }

    fn folder(&self) -> PathBuf {
        self.root.join(OWN).join("cache")
    }

    fn entry(&self, key: &str) -> Option<Arc<[u8]>> {
        let path = self.folder().join(fit(key)?);
        let found = fs::symlink_metadata(&path).ok()?;
        if !found.is_file() || found.len() > budget::CACHE_ENTRY {
            return None;
        }
        let bytes = read(&path).ok()?;
        let (seal, rest) = bytes.split_first_chunk::<SEAL>()?;
        (*seal == sealed(key, rest)).then(|| Arc::from(rest))
    }

    fn write(&self, key: &str, bytes: &[u8]) -> io::Result<()> {
        let name = fit(key).ok_or(io::ErrorKind::InvalidFilename)?;
        if (bytes.len() + SEAL) as u64 > budget::CACHE_ENTRY {
            return Ok(());
        }
        let folder = self.folder();
        self.open(&folder)?;
        let mut file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(&folder)?;
        file.write_all(&sealed(key, bytes))?;
        file.write_all(bytes)?;
        file.persist(folder.join(name)).map_err(|error| error.error)?;
        Ok(())
    }

    /// Makes the folder, which version control is told to leave alone. A link in its place would lead elsewhere.
    fn open(&self, folder: &Path) -> io::Result<()> {
        let own = self.root.join(OWN);
        for folder in [own.as_path(), folder] {
            match fs::create_dir(folder) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && fs::symlink_metadata(folder)?.is_dir() => {}
                result => result?,
            }
        }
        match OpenOptions::new().write(true).create_new(true).open(own.join(".gitignore")) {
            Ok(mut file) => file.write_all(b"*\n"),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn note(&self, key: &str) {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(key.to_owned());
    }
}

impl Store for Cache {
    fn get(&self, key: &str) -> Option<Arc<[u8]>> {
        let bytes = self.entry(key)?;
        self.note(key);
        Some(bytes)
    }

    fn put(&self, key: &str, bytes: &Arc<[u8]>) {
        // Where one thing cannot be kept, the next cannot either.
        if self.trouble.get().is_some() {
            return;
        }
        match self.write(key, bytes) {
            Ok(()) => self.note(key),
            Err(error) => drop(self.trouble.set(error.to_string())),
        }
    }
}

/// A key as the name of a file, if it is one.
fn fit(key: &str) -> Option<&str> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-');
    (key.bytes().all(plain) && key.starts_with(|first: char| first.is_ascii_alphanumeric())).then_some(key)
}

fn sealed(key: &str, bytes: &[u8]) -> [u8; SEAL] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(key.as_bytes()).update(&[0]).update(bytes);
    *hasher.finalize().as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(text: &str) -> Arc<[u8]> {
        Arc::from(text.as_bytes())
    }

    #[test]
    fn what_is_kept_is_there_for_the_next_run() {
        let root = tempfile::tempdir().expect("a folder");
        Cache::of(root.path()).put("a.1-x", &bytes("made"));
        let next = Cache::of(root.path());
        assert_eq!(next.get("a.1-x"), Some(bytes("made")));
        assert_eq!((next.get("a.1-y"), next.get("../a"), next.get("")), (None, None, None));
        assert_eq!(fs::read_to_string(root.path().join(".postil/.gitignore")).expect("it is there"), "*\n");
        assert_eq!(next.trouble(), None);
    }

    #[test]
    fn what_is_damaged_or_stands_under_another_name_is_not_trusted() {
        let root = tempfile::tempdir().expect("a folder");
        let cache = Cache::of(root.path());
        cache.put("a", &bytes("made"));
        let file = |name: &str| root.path().join(".postil/cache").join(name);
        let whole = fs::read(file("a")).expect("it is there");
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            fs::write(file("a"), damaged).expect("it can be written");
            assert_eq!(cache.get("a"), None, "{at}");
            fs::write(file("a"), &whole[..at]).expect("it can be written");
            assert_eq!(cache.get("a"), None, "{at}");
        }
        fs::write(file("b"), &whole).expect("it can be written");
        assert_eq!(cache.get("b"), None);
        fs::create_dir(file("c")).expect("a folder");
        assert_eq!(cache.get("c"), None);
        cache.put("a", &bytes("made anew"));
        assert_eq!(cache.get("a"), Some(bytes("made anew")));
    }

    #[test]
    fn the_oldest_goes_that_was_not_used() {
        let root = tempfile::tempdir().expect("a folder");
        let first = Cache::of(root.path());
        let hundred = bytes(&"x".repeat(100));
        for (age, key) in ["a", "b", "c", "d"].into_iter().enumerate() {
            first.put(key, &hundred);
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000 * (age as u64 + 1));
            let file = OpenOptions::new().write(true).open(root.path().join(".postil/cache").join(key)).expect("a file");
            file.set_modified(time).expect("a time");
        }
        let next = Cache::of(root.path());
        assert!(next.get("a").is_some());
        next.tidy(2 * 132);
        let left = |key: &str| Cache::of(root.path()).get(key).is_some();
        assert_eq!(["a", "b", "c", "d"].map(left), [true, false, false, true]);
        next.tidy(0);
        assert_eq!(["a", "d"].map(left), [true, false], "what was used stays");
    }

    #[test]
    fn a_disk_that_fails_keeps_nothing_and_says_why() {
        let root = tempfile::tempdir().expect("a folder");
        fs::write(root.path().join(OWN), "no folder").expect("a file");
        let cache = Cache::of(root.path());
        cache.put("a", &bytes("made"));
        assert_eq!(cache.get("a"), None);
        assert!(cache.trouble().is_some());
        cache.tidy(0);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed() {
        let (root, other) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        std::os::unix::fs::symlink(other.path(), root.path().join(OWN)).expect("a link");
        let cache = Cache::of(root.path());
        cache.put("a", &bytes("made"));
        assert!(cache.trouble().is_some());
        assert_eq!(fs::read_dir(other.path()).expect("the folder").count(), 0);
    }
}
