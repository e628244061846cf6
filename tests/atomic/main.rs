//! The promise of `postil build`: at any moment, and after any failure, the output is one whole site.
//!
//! Every section of the test site carries the mark of its generation. A site is whole when every file
//! of its manifest is there with the right hash, nothing else is, and all marks are of one generation.

#![cfg(unix)]

mod site;

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, chown, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::getuid;

use site::{Dice, NOBODY, SECTIONS, Site, failed, kill, list, manifest, succeeded, whole};

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
        *(if found == generation { &mut new } else { &mut old }) += 1;
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
            _ => (format!("mid-write:{}", 1 + dice.below(SECTIONS as u64)), generation - 1),
        };
        kill(site.stopped_at(&moment));
        assert_eq!(site.survived(&[generation - 1, generation], &moment), expected, "{moment}");
    }
}

#[test]
fn killed_in_the_first_build_there_is_no_site_or_a_whole_one() {
    for (moment, published) in [("mid-write:5", false), ("before-swap", false), ("after-swap", true)] {
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
    assert!(same.len() >= SECTIONS - 1, "{} of {} are the same", same.len(), hashes.len());
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
    for file in ["a-file", "papers/paper.txt", "damaged/.postil/manifest.json"] {
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
        command.env("HOME", root.join("home")).args(["--no-cache", "--output"]).arg(&output).stderr(Stdio::piped());
        let said = failed(&command.output().expect("postil runs"));
        assert!(said.contains("cannot publish"), "{}: {said}", output.display());
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
    assert!(start.elapsed() < Duration::from_secs(4), "it waited for a dead process");
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
    for closed in [site.output(), site.root(), site.root().join(".output.postil")] {
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
        mount.args(["-t", "tmpfs", "-o", options, "postil-test"]).arg(path).stderr(Stdio::null());
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
    let (used, inodes) = ((about.f_blocks - about.f_bfree) * about.f_frsize, about.f_files - about.f_ffree);
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
