//! The promise of `postil build`: at any moment, and after any failure, the output is one whole site.
//!
//! Every section of the test site carries the mark of its generation. A site is whole when every file
//! of its manifest is there with the right hash, nothing else is, and all marks are of one generation.

#![cfg(unix)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use postil::output::{Manifest, Record};
use rustix::process::{Pid, WaitOptions, getuid, waitpid};

const SECTIONS: usize = 300;
const MARK: &str = "generation-";
/// The user `nobody`, as whom a test run by root tries what root may do anyway.
const NOBODY: u32 = 65534;

/// A small briefing in a temporary folder.
struct Site {
    folder: tempfile::TempDir,
}

impl Site {
    fn new(sections: usize) -> Self {
        let site = Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
        };
        fs::create_dir_all(site.root().join("content")).expect("a folder");
        fs::write(site.root().join("postil.toml"), "title = \"Atomic\"\n").expect("a file");
        site.write(0..sections, 1);
        site
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("around/site")
    }

    fn output(&self) -> PathBuf {
        self.root().join("output")
    }

    /// Bring the home page and these sections to a generation.
    fn write(&self, sections: impl IntoIterator<Item = usize>, generation: u32) {
        let write = |name: &str, title: &str| {
            let text =
                format!("+++\ntitle = \"{title}\"\n+++\n\nThis is generation-{generation:04}.\n");
            fs::write(self.root().join("content").join(name), text).expect("a section");
        };
        write("index.md", "Home");
        for n in sections {
            write(&format!("section-{n:03}.md"), &format!("Section {n}"));
        }
    }

    /// The command that builds this site, in silence.
    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_postil"));
        command.arg("build").arg("--root").arg(self.root());
        command
            .env_remove("POSTIL_TEST_STOP")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    fn build_to(&self, output: &Path) -> Output {
        let mut command = self.command();
        command.arg("--output").arg(output).stderr(Stdio::piped());
        command.output().expect("postil runs")
    }

    fn build(&self) {
        succeeded(&self.build_to(&self.output()));
    }

    /// Start a build that stops itself at the given moment, and wait until it has.
    fn stopped_at(&self, moment: &str) -> Child {
        let child = self
            .command()
            .env("POSTIL_TEST_STOP", moment)
            .spawn()
            .expect("postil runs");
        let waited =
            waitpid(Some(Pid::from_child(&child)), WaitOptions::UNTRACED).expect("a child");
        let (_, status) = waited.expect("waiting without NOHANG ends with a change");
        assert!(
            status.stopped(),
            "the build ended before {moment}: {status:?}"
        );
        child
    }

    /// After a kill: the output is whole and of one of these generations, and the next build mends the rest.
    fn survived(&self, generations: &[u32], moment: &str) -> u32 {
        let found = whole(&self.output());
        assert!(
            generations.contains(&found),
            "killed at {moment}: generation {found}"
        );
        self.build();
        assert_eq!(
            whole(&self.output()),
            generations[generations.len() - 1],
            "after {moment}"
        );
        self.is_tidy();
        found
    }

    /// Nothing but the lock is left beside the output.
    fn is_tidy(&self) {
        let left = fs::read_dir(self.root().join(".output.postil")).expect("the staging folder");
        let left: Vec<_> = left
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        assert_eq!(left, ["lock"]);
    }
}

fn kill(mut child: Child) {
    child.kill().expect("it is ours");
    child.wait().expect("it ends");
}

fn succeeded(output: &Output) {
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// What a failed build said; its exit code must be one of those for bad use or failed output.
fn failed(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        matches!(output.status.code(), Some(2 | 3)),
        "{:?}: {said}",
        output.status
    );
    said
}

/// What shows whether a file or folder was touched.
#[derive(Debug, PartialEq)]
struct About {
    is_dir: bool,
    inode: u64,
    changed: (i64, i64),
    size: u64,
}

/// A folder and everything in it, by path. Links are not followed.
fn list(folder: &Path) -> BTreeMap<PathBuf, About> {
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
        let about = About {
            is_dir,
            inode,
            changed,
            size,
        };
        found.insert(path, about);
    }
    found
}

/// The hash of each file, by its place, as the manifest of a site states it.
fn manifest(output: &Path) -> BTreeMap<PathBuf, String> {
    let manifest = Manifest::read(output)
        .expect("it can be read")
        .expect("a manifest");
    let place = |(path, record): (String, Record)| (output.join(path), record.hash);
    manifest.files.into_iter().map(place).collect()
}

/// The generation of a site, which must be whole.
fn whole(output: &Path) -> u32 {
    let manifest = manifest(output);
    let mut found = list(output);
    found.retain(|_, about| !about.is_dir);
    assert!(
        found
            .remove(&output.join(".postil/manifest.json"))
            .is_some()
    );
    assert!(found.keys().eq(manifest.keys()), "{found:?} {manifest:?}");
    let mut generations = BTreeSet::new();
    for (path, hash) in &manifest {
        let bytes = fs::read(path).expect("a file of the manifest");
        assert_eq!(
            blake3::hash(&bytes).to_hex().as_str(),
            hash,
            "{}",
            path.display()
        );
        let text = String::from_utf8_lossy(&bytes);
        let marks = text.split(MARK).skip(1);
        generations.extend(marks.map(|mark| mark.chars().take(4).collect::<String>()));
    }
    assert_eq!(generations.len(), 1, "{generations:?}");
    let mark = generations.first().expect("there is one");
    mark.parse().expect("a mark is a number")
}

/// Numbers that look random and are the same in every run (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

#[test]
fn killed_at_any_moment_the_site_is_whole() {
    let site = Site::new(SECTIONS);
    let mut dice = Dice(0x5EED);
    site.build();
    site.write(0..SECTIONS, 2);
    let start = Instant::now();
    site.build();
    // A little longer than a build takes, so that its end is among the moments.
    let span = u64::try_from(start.elapsed().as_micros()).expect("a short time") * 11 / 10;
    let (mut old, mut new) = (0, 0);
    for generation in 3..53 {
        site.write(0..SECTIONS, generation);
        let moment = Duration::from_micros(dice.below(span));
        let child = site.command().spawn().expect("postil runs");
        thread::sleep(moment);
        kill(child);
        let found = site.survived(&[generation - 1, generation], &format!("{moment:?}"));
        *(if found == generation {
            &mut new
        } else {
            &mut old
        }) += 1;
    }
    println!("50 kills: {old} old, {new} new");
}

#[test]
fn killed_around_the_swap_the_site_is_whole() {
    let site = Site::new(SECTIONS);
    let mut dice = Dice(0xD1CE);
    site.build();
    for generation in 2..22 {
        site.write(0..SECTIONS, generation);
        let (moment, expected) = match generation % 3 {
            0 => ("before-swap".to_owned(), generation - 1),
            1 => ("after-swap".to_owned(), generation),
            _ => (
                format!("mid-write:{}", 1 + dice.below(SECTIONS as u64)),
                generation - 1,
            ),
        };
        kill(site.stopped_at(&moment));
        assert_eq!(
            site.survived(&[generation - 1, generation], &moment),
            expected,
            "{moment}"
        );
    }
}

#[test]
fn killed_in_the_first_build_there_is_no_site_or_a_whole_one() {
    for (moment, published) in [
        ("mid-write:5", false),
        ("before-swap", false),
        ("after-swap", true),
    ] {
        let site = Site::new(10);
        kill(site.stopped_at(moment));
        assert_eq!(site.output().exists(), published, "{moment}");
        site.build();
        assert_eq!(whole(&site.output()), 1);
        site.is_tidy();
    }
}

#[test]
fn unchanged_files_keep_their_inode_and_time() {
    let site = Site::new(SECTIONS);
    site.build();
    let (before, hashes) = (list(&site.output()), manifest(&site.output()));
    let text = "+++\ntitle = \"Section 7\"\n+++\n\nThis is generation-0001, edited.\n";
    fs::write(site.root().join("content/section-007.md"), text).expect("an edit");
    site.build();
    let (after, mut same) = (list(&site.output()), manifest(&site.output()));
    same.retain(|path, hash| hashes.get(path) == Some(hash));
    assert!(
        same.len() >= SECTIONS - 1,
        "{} of {} are the same",
        same.len(),
        hashes.len()
    );
    assert!(same.len() < hashes.len(), "the edit shows nowhere");
    for path in same.keys() {
        assert_eq!(after[path], before[path], "{}", path.display());
    }
}

#[test]
fn nothing_changed_is_nothing_touched() {
    let site = Site::new(30);
    site.build();
    let before = list(&site.output());
    site.build();
    assert_eq!(list(&site.output()), before);
}

#[test]
fn folders_that_are_not_the_sites_are_refused() {
    let site = Site::new(3);
    let (root, around) = (site.root(), site.folder.path().join("around"));
    for folder in ["themes/inner", "papers", "damaged/.postil", "home"] {
        fs::create_dir_all(root.join(folder)).expect("a folder");
    }
    for file in [
        "a-file",
        "papers/paper.txt",
        "damaged/.postil/manifest.json",
    ] {
        fs::write(root.join(file), "precious").expect("a file");
    }
    symlink(root.join("papers"), root.join("link")).expect("a link");
    symlink(root.join("nowhere"), root.join("dangling")).expect("a link");
    symlink(&around, site.folder.path().join("door")).expect("a link");
    let before = list(site.folder.path());
    for output in [
        root.clone(),
        root.join("content/.."),
        root.join("content"),
        root.join("content/output"),
        root.join("themes/inner/output"),
        around,
        PathBuf::from("/"),
        root.join("home"),
        root.join("a-file"),
        root.join("papers"),
        root.join("damaged"),
        root.join("link"),
        root.join("link/"),
        root.join("dangling"),
        site.folder.path().join("door/site"),
    ] {
        let mut command = site.command();
        command
            .env("HOME", root.join("home"))
            .arg("--output")
            .arg(&output)
            .stderr(Stdio::piped());
        let said = failed(&command.output().expect("postil runs"));
        assert!(
            said.contains("cannot publish"),
            "{}: {said}",
            output.display()
        );
        assert_eq!(list(site.folder.path()), before, "{}", output.display());
    }
}

#[test]
fn a_file_of_somebody_else_in_the_output_is_not_lost() {
    let site = Site::new(3);
    site.build();
    fs::write(site.output().join("CNAME"), "example.org").expect("a file");
    let before = list(&site.output());
    site.write(0..3, 2);
    let said = failed(&site.build_to(&site.output()));
    assert!(said.contains("CNAME"), "{said}");
    assert_eq!(list(&site.output()), before);
}

#[test]
fn two_builds_at_once_take_turns() {
    let site = Site::new(30);
    for generation in 2..22 {
        site.write(0..30, generation);
        let both = [(); 2].map(|()| site.command().spawn().expect("postil runs"));
        for mut child in both {
            assert!(child.wait().expect("it ends").success());
        }
        assert_eq!(whole(&site.output()), generation);
        site.is_tidy();
    }
}

#[test]
fn the_second_build_names_the_first_and_a_dead_one_holds_nothing() {
    let site = Site::new(3);
    let first = site.stopped_at("before-swap");
    let said = failed(&site.build_to(&site.output()));
    assert!(said.contains(&first.id().to_string()), "{said}");
    kill(first);
    let start = Instant::now();
    site.build();
    assert!(
        start.elapsed() < Duration::from_secs(4),
        "it waited for a dead process"
    );
    assert_eq!(whole(&site.output()), 1);
}

#[test]
fn a_read_only_output_is_left_whole() {
    let site = Site::new(30);
    site.build();
    let as_root = getuid().is_root();
    let build = || {
        let mut command = site.command();
        command.env("HOME", "/nonexistent").stderr(Stdio::piped());
        if as_root {
            command.uid(NOBODY).gid(NOBODY);
        }
        command.output()
    };
    if as_root {
        // Root may write anything, so the site is given to somebody who may not.
        for path in list(site.folder.path()).keys() {
            chown(path, Some(NOBODY), Some(NOBODY)).expect("root may");
        }
        if build().is_err() {
            println!("skipped: nobody may not run the program");
            return;
        }
    }
    site.write(0..30, 2);
    for closed in [
        site.output(),
        site.root(),
        site.root().join(".output.postil"),
    ] {
        fs::set_permissions(&closed, Permissions::from_mode(0o555)).expect("a mode");
        let said = failed(&build().expect("postil runs"));
        fs::set_permissions(&closed, Permissions::from_mode(0o755)).expect("a mode");
        assert!(said.contains("output"), "{said}");
        assert_eq!(whole(&site.output()), 1, "{}", closed.display());
    }
    succeeded(&build().expect("postil runs"));
    assert_eq!(whole(&site.output()), 2);
    site.is_tidy();
}

/// A small file system in memory, for as long as this lives.
struct Disk(PathBuf);

impl Disk {
    fn mount(options: &str, path: &Path) -> bool {
        let mut mount = Command::new("mount");
        mount
            .args(["-t", "tmpfs", "-o", options, "postil-test"])
            .arg(path)
            .stderr(Stdio::null());
        mount.status().is_ok_and(|status| status.success())
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_leaves_the_old_site() {
    let site = Site::new(SECTIONS);
    let disk = Disk(site.folder.path().join("disk"));
    fs::create_dir(&disk.0).expect("a folder");
    if !Disk::mount("size=256m", &disk.0) {
        println!("skipped: no file system can be mounted here");
        return;
    }
    let output = disk.0.join("output");
    succeeded(&site.build_to(&output));
    site.write(0..SECTIONS, 2);
    let about = rustix::fs::statvfs(&disk.0).expect("a file system");
    let (used, inodes) = (
        (about.f_blocks - about.f_bfree) * about.f_frsize,
        about.f_files - about.f_ffree,
    );
    // Every page changes and takes a block of its own, so none of these leaves room enough.
    let small = (0..20).map(|step| format!("remount,size={}", used + step * 48 * 1024));
    let few = (0..10).map(|step| format!("remount,size=256m,nr_inodes={}", inodes + 3 + step * 25));
    for options in small.chain(few) {
        assert!(Disk::mount(&options, &disk.0), "{options}");
        let said = failed(&site.build_to(&output));
        assert!(said.contains("output"), "{options}: {said}");
        assert_eq!(whole(&output), 1, "{options}");
        assert!(!disk.0.join(".output.postil/next").exists(), "{options}");
    }
    assert!(Disk::mount("remount,size=256m,nr_inodes=100000", &disk.0));
    succeeded(&site.build_to(&output));
    assert_eq!(whole(&output), 2);
}
