//! A target in memory, whose requests fail when they are told to, and which holds every removal to the law.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use postil::deploy::{Abilities, Condition, Fault, Fetched, Found, Headers, Kind, Target, Upload, Version};
use std::collections::BTreeMap;

use crate::site::Files;

/// How requests fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failing {
    /// Only one, and nothing is done.
    Once,
    /// Only one, and it is done all the same: the answer is lost.
    Unheard,
    /// All from one on: the network is gone.
    Down,
}

/// A bucket.
#[derive(Default)]
pub struct Memory {
    pub files: Mutex<BTreeMap<String, (Vec<u8>, Headers)>>,
    pub requests: AtomicUsize,
    /// Which request fails, and how.
    pub failing: Mutex<Option<(usize, Failing)>>,
    /// Paths that were put there, and paths that were removed.
    pub log: Mutex<(Vec<String>, Vec<String>)>,
    /// What must be there before anything is removed.
    pub wanted: Mutex<Files>,
    /// Whether conditions are ignored.
    pub dumb: bool,
}

impl Memory {
    pub fn site(&self) -> Files {
        let files = self.files.lock().expect("no panic");
        files.iter().filter(|(path, _)| !path.starts_with(".postil/")).map(|(path, (bytes, _))| (path.clone(), bytes.clone())).collect()
    }

    pub fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }

    /// Begins to count anew; forgets failures and the log.
    pub fn reset(&self, failing: Option<(usize, Failing)>) {
        self.requests.store(0, Ordering::SeqCst);
        *self.failing.lock().expect("no panic") = failing;
        *self.log.lock().expect("no panic") = Default::default();
    }

    pub fn sent(&self) -> Vec<String> {
        let log = self.log.lock().expect("no panic");
        log.0.iter().filter(|path| !path.starts_with(".postil/")).cloned().collect()
    }

    fn request<T>(&self, what: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
        let number = self.requests.fetch_add(1, Ordering::SeqCst);
        let failing = *self.failing.lock().expect("no panic");
        let lost = Err(Fault::new(Kind::Passing, "the network is gone"));
        match failing {
            Some((at, Failing::Once)) if number == at => lost,
            Some((at, Failing::Down)) if number >= at => lost,
            Some((at, Failing::Unheard)) if number == at => what().and(lost),
            _ => what(),
        }
    }

    fn put(&self, upload: &Upload) -> String {
        self.log.lock().expect("no panic").0.push(upload.path.clone());
        self.files.lock().expect("no panic").insert(upload.path.clone(), (upload.bytes.clone(), upload.headers.clone()));
        tag(&upload.bytes)
    }
}

fn tag(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..8].to_owned()
}

impl Target for Memory {
    fn name(&self) -> String {
        "memory".to_owned()
    }

    fn abilities(&self) -> Abilities {
        Abilities { headers: true, workers: 4, longest_path: 200, longest_part: 100, largest: 1_000_000, ..Abilities::PLAIN }
    }

    fn list(&self) -> Result<BTreeMap<String, Found>, Fault> {
        self.request(|| {
            let files = self.files.lock().expect("no panic");
            Ok(files.iter().map(|(path, (bytes, _))| (path.clone(), Found { size: bytes.len() as u64, tag: Some(tag(bytes)) })).collect())
        })
    }

    fn read(&self, paths: &[&str]) -> Result<Vec<Option<Fetched>>, Fault> {
        self.request(|| {
            let files = self.files.lock().expect("no panic");
            let fetched = |(bytes, headers): &(Vec<u8>, Headers)| Fetched {
                bytes: bytes.clone(),
                headers: Some(headers.clone()),
                version: Version { tag: Some(tag(bytes)), number: None },
            };
            Ok(paths.iter().map(|path| files.get(*path).map(fetched)).collect())
        })
    }

    fn write(&self, uploads: &[Upload]) -> Result<Vec<Option<String>>, Fault> {
        self.request(|| Ok(uploads.iter().map(|upload| Some(self.put(upload))).collect()))
    }

    fn write_if(&self, upload: &Upload, condition: &Condition) -> Result<(), Fault> {
        self.request(|| {
            let there = self.files.lock().expect("no panic").get(&upload.path).map(|(bytes, _)| tag(bytes));
            let holds = match condition {
                Condition::Absent => there.is_none(),
                Condition::Still(version) => there == version.tag,
            };
            if !holds && !self.dumb {
                return Err(Fault::new(Kind::Condition, "it is there"));
            }
            self.put(upload);
            Ok(())
        })
    }

    fn remove(&self, paths: &[&str]) -> Result<(), Fault> {
        self.request(|| {
            let (there, wanted) = (self.site(), self.wanted.lock().expect("no panic"));
            let missing: Vec<_> = wanted.iter().filter(|(path, bytes)| there.get(*path) != Some(bytes)).collect();
            assert!(missing.is_empty(), "{paths:?} are removed while {missing:?} are not there yet");
            self.log.lock().expect("no panic").1.extend(paths.iter().map(|path| (*path).to_owned()));
            let mut files = self.files.lock().expect("no panic");
            for path in paths {
                files.remove(*path);
            }
            Ok(())
        })
    }

    fn keep(&self, paths: &[&str]) -> Result<(), Fault> {
        self.request(|| {
            let mut files = self.files.lock().expect("no panic");
            for path in paths {
                if let Some(found) = files.get(*path).cloned() {
                    files.insert(format!(".postil/kept/{path}"), found);
                }
            }
            Ok(())
        })
    }
}
