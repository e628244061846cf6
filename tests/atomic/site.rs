//! The test site of `tests/atomic`: how it is made, built, stopped and looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use postil::output::{Manifest, Record};
use rustix::process::{Pid, WaitOptions, waitpid};

pub(crate) const SECTIONS: usize = 300;
pub(crate) const MARK: &str = "generation-";
/// The user `nobody`, as whom a test run by root tries what root may do anyway.
pub(crate) const NOBODY: u32 = 65534;

/// A small briefing in a temporary folder.
pub(crate) struct Site {
    pub(crate) folder: tempfile::TempDir,
}

impl Site {
    pub(crate) fn new(sections: usize) -> Self {
        let site = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        fs::create_dir_all(site.root().join("content")).expect("a folder");
        fs::write(site.root().join("postil.toml"), "title = \"Atomic\"\n").expect("a file");
        site.write(0..sections, 1);
        site
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("around/site")
    }

    pub(crate) fn output(&self) -> PathBuf {
        self.root().join("output")
    }

    /// Bring the home page and these sections to a generation.
    pub(crate) fn write(&self, sections: impl IntoIterator<Item = usize>, generation: u32) {
        let write = |name: &str, title: &str| {
            let text = format!("+++\ntitle = \"{title}\"\n+++\n\nThis is generation-{generation:04}.\n");
            fs::write(self.root().join("content").join(name), text).expect("a section");
        };
        write("index.md", "Home");
        for n in sections {
            write(&format!("section-{n:03}.md"), &format!("Section {n}"));
        }
    }

    /// The command that builds this site, in silence.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_postil"));
        command.arg("build").arg("--root").arg(self.root());
        command.env_remove("POSTIL_TEST_STOP").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    pub(crate) fn build_to(&self, output: &Path) -> Output {
        let mut command = self.command();
        command.arg("--output").arg(output).stderr(Stdio::piped());
        command.output().expect("postil runs")
    }

    pub(crate) fn build(&self) {
        succeeded(&self.build_to(&self.output()));
    }

    /// Start a build that stops itself at the given moment, and wait until it has.
    pub(crate) fn stopped_at(&self, moment: &str) -> Child {
        let child = self.command().env("POSTIL_TEST_STOP", moment).spawn().expect("postil runs");
        let waited = waitpid(Some(Pid::from_child(&child)), WaitOptions::UNTRACED).expect("a child");
        let (_, status) = waited.expect("waiting without NOHANG ends with a change");
        assert!(status.stopped(), "the build ended before {moment}: {status:?}");
        child
    }

    /// After a kill: the output is whole and of one of these generations, and the next build mends the rest.
    pub(crate) fn survived(&self, generations: &[u32], moment: &str) -> u32 {
        let found = whole(&self.output());
        assert!(generations.contains(&found), "killed at {moment}: generation {found}");
        self.build();
        assert_eq!(whole(&self.output()), generations[generations.len() - 1], "after {moment}");
        self.is_tidy();
        found
    }

    /// Nothing but the lock is left beside the output.
    pub(crate) fn is_tidy(&self) {
        let left = fs::read_dir(self.root().join(".output.postil")).expect("the staging folder");
        let left: Vec<_> = left.map(|entry| entry.expect("an entry").file_name()).collect();
        assert_eq!(left, ["lock"]);
    }
}

pub(crate) fn kill(mut child: Child) {
    child.kill().expect("it is ours");
    child.wait().expect("it ends");
}

pub(crate) fn succeeded(output: &Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// What a failed build said; its exit code must be one of those for bad use or failed output.
pub(crate) fn failed(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(matches!(output.status.code(), Some(2 | 3)), "{:?}: {said}", output.status);
    said
}

/// What shows whether a file or folder was touched.
#[derive(Debug, PartialEq)]
pub(crate) struct About {
    pub(crate) is_dir: bool,
    pub(crate) inode: u64,
    pub(crate) changed: (i64, i64),
    pub(crate) size: u64,
}

/// A folder and everything in it, by path. Links are not followed.
pub(crate) fn list(folder: &Path) -> BTreeMap<PathBuf, About> {
    let mut found = BTreeMap::new();
    let mut paths = vec![folder.to_owned()];
    while let Some(path) = paths.pop() {
        let data = fs::symlink_metadata(&path).expect("it is there");
        if data.is_dir() {
            let entries = fs::read_dir(&path).expect("a folder");
            paths.extend(entries.map(|entry| entry.expect("an entry").path()));
        }
        let changed = (data.mtime(), data.mtime_nsec());
        let (is_dir, inode, size) = (data.is_dir(), data.ino(), data.size());
        let about = About { is_dir, inode, changed, size };
        found.insert(path, about);
    }
    found
}

/// The hash of each file, by its place, as the manifest of a site states it.
pub(crate) fn manifest(output: &Path) -> BTreeMap<PathBuf, String> {
    let manifest = Manifest::read(output).expect("it can be read").expect("a manifest");
    let place = |(path, record): (String, Record)| (output.join(path), record.hash);
    manifest.files.into_iter().map(place).collect()
}

/// The generation of a site, which must be whole.
pub(crate) fn whole(output: &Path) -> u32 {
    let manifest = manifest(output);
    let mut found = list(output);
    found.retain(|_, about| !about.is_dir);
    assert!(found.remove(&output.join(".postil/manifest.json")).is_some());
    assert!(found.keys().eq(manifest.keys()), "{found:?} {manifest:?}");
    let mut generations = BTreeSet::new();
    for (path, hash) in &manifest {
        let bytes = fs::read(path).expect("a file of the manifest");
        assert_eq!(blake3::hash(&bytes).to_hex().as_str(), hash, "{}", path.display());
        let text = String::from_utf8_lossy(&bytes);
        let marks = text.split(MARK).skip(1);
        generations.extend(marks.map(|mark| mark.chars().take(4).collect::<String>()));
    }
    assert_eq!(generations.len(), 1, "{generations:?}");
    let mark = generations.first().expect("there is one");
    mark.parse().expect("a mark is a number")
}

/// Numbers that look random and are the same in every run (xorshift).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}
