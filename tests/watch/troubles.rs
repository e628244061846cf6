//! What goes wrong around a session: it lives, says so once, and goes on by itself when the cause is gone.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, chown, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::common::program::Briefing;
use crate::session::{Session, wait};

const SECTION: &str = "+++\ntitle = \"First\"\n+++\n\nThe first words.\n";
/// The user `nobody`, who may not do what root may.
const NOBODY: u32 = 65534;

fn start(files: &[(&str, &str)]) -> Session {
    let session = Session::start(&[&[("content/01-a.md", SECTION)], files].concat());
    session.shows("/a/", "The first words.");
    session
}

fn said(words: &str) -> String {
    SECTION.replace("The first words.", words)
}

/// Waits until the session says something; it says so once.
fn says(session: &Session, words: &str) {
    wait(words, || session.log().contains(words).then_some(()));
}

fn said_once(session: &Session, words: &str) {
    let log = session.log();
    assert_eq!(log.matches(words).count(), 1, "`{words}` in:\n{log}");
    assert!(!log.contains("panicked"), "{log}");
}

#[test]
fn broken_front_matter_is_told_once_and_the_rest_can_be_written_on() {
    let session = start(&[("content/02-b.md", "+++\ntitle = \"Second\"\n+++\n\nThe other page.\n")]);
    session.shows("/b/", "The other page.");
    session.write("content/01-a.md", "+++\ntitle = \"First\n+++\n\nBroken.\n");
    says(&session, "content/01-a.md:2");
    // The same fault some lines further down is no news, and no page is gone for it.
    session.write("content/01-a.md", "+++\n# A word.\ntitle = \"First\n+++\n\nBroken.\n");
    let mut events = session.events("/b/");
    events.until(|state| state["panel"].as_str().is_some_and(|panel| panel.contains("content/01-a.md:3")));
    assert_eq!((session.get("/a/").status, session.get("/b/").status), (200, 200));
    session.write("content/01-a.md", &said("Mended."));
    events.until(|state| state["panel"] == "");
    session.shows("/a/", "Mended.");
    said_once(&session, "error[front-matter]");
}

#[test]
fn a_broken_template_and_a_deleted_theme_leave_the_last_good_pages() {
    let session = start(&[
        ("postil.toml", "theme = \"own\"\n"),
        ("themes/own/theme.toml", "extends = \"default\"\n"),
        ("themes/own/templates/404.html", "not here, says the own theme"),
    ]);
    session.shows("/nowhere", "says the own theme");
    session.write("themes/own/templates/404.html", "{% if %}");
    says(&session, "themes/own/templates/404.html:1");
    session.shows("/nowhere", "says the own theme");
    session.write("themes/own/templates/404.html", "mended, says the own theme");
    session.shows("/nowhere", "mended, says the own theme");
    fs::rename(session.root().join("themes"), session.root().join("away")).expect("a new name");
    says(&session, "there is no theme `own`");
    session.shows("/nowhere", "mended, says the own theme");
    fs::rename(session.root().join("away"), session.root().join("themes")).expect("the old name");
    session.write("content/01-a.md", &said("With the theme."));
    session.shows("/a/", "With the theme.");
    said_once(&session, "there is no theme `own`");
}

#[test]
fn a_page_whose_template_fails_is_shown_as_it_was_written() {
    let session = start(&[
        ("postil.toml", "theme = \"own\"\n"),
        ("themes/own/theme.toml", "extends = \"default\"\n"),
        ("themes/own/templates/corrections.html", "as it was written by {{ page.title }}"),
    ]);
    session.written("corrections/index.html", "as it was written");
    // Nobody has asked for the page, and what was written is not kept; only making it shows the fault.
    session.write("themes/own/templates/corrections.html", "{{ throw(message=\"not today\") }}");
    says(&session, "not today");
    session.shows("/corrections/", "as it was written by Corrections");
    session.write("themes/own/templates/corrections.html", "mended");
    session.shows("/corrections/", "mended");
}

#[test]
fn files_that_vanish_while_they_are_read_are_no_trouble() {
    let session = start(&[]);
    let folder = session.root().join("content/flicker");
    for round in 0..150 {
        fs::create_dir_all(&folder).expect("a folder");
        for number in 0..8 {
            fs::write(folder.join(format!("n{number}.md")), said("For a moment.")).expect("a file");
        }
        if round % 3 == 0 {
            fs::rename(folder.join("n0.md"), folder.join("m.md")).expect("a new name");
        }
        fs::remove_dir_all(&folder).expect("the folder");
    }
    session.write("content/01-a.md", &said("After all that."));
    session.shows("/a/", "After all that.");
    session.answers("/flicker/n1/", 404);
    assert!(!session.log().contains("panicked") && !session.log().contains("error"), "{}", session.log());
}

#[test]
fn a_link_that_leads_nowhere_or_out_is_told_once_and_can_be_mended() {
    let session = start(&[]);
    let link = session.root().join("content/02-b.md");
    symlink("nowhere.md", &link).expect("a link");
    says(&session, "content/02-b.md");
    session.write("content/01-a.md", &said("While the link is broken."));
    says(&session, "content/02-b.md");
    fs::remove_file(&link).expect("the link");
    session.shows("/a/", "While the link is broken.");
    symlink("/etc/hostname", &link).expect("a link");
    says(&session, "leads out of the briefing");
    session.write("content/03-c.md", &said("Beside it."));
    fs::remove_file(&link).expect("the link");
    session.shows("/c/", "Beside it.");
    said_once(&session, "leads out of the briefing");
}

#[test]
fn a_folder_without_permission_is_told_once_and_read_when_it_may_be() {
    let briefing = Briefing::new(&[("content/01-a.md", SECTION), ("content/part/b.md", &SECTION.replace("First", "Second"))]);
    let mut command = briefing.command(&["watch"]);
    if rustix::process::getuid().is_root() {
        // Root may read anything, so the briefing is given to somebody who may not.
        own(briefing.folder.path());
        command.env("HOME", "/nonexistent").uid(NOBODY).gid(NOBODY);
        let mut tried = Command::new(command.get_program());
        if tried.arg("--version").uid(NOBODY).gid(NOBODY).stdout(Stdio::null()).status().is_err() {
            println!("skipped: nobody may not run the program");
            return;
        }
    }
    let session = Session::run(briefing, command);
    session.shows("/part/b/", "The first words.");
    let folder = session.root().join("content/part");
    let permit = |mode: u32| fs::set_permissions(&folder, Permissions::from_mode(mode)).expect("a mode");
    permit(0o000);
    says(&session, "cannot be read");
    session.write("content/01-a.md", &said("Not while it is closed."));
    session.shows("/part/b/", "The first words.");
    permit(0o755);
    session.shows("/a/", "Not while it is closed.");
    session.write("content/part/b.md", &said("Open again."));
    session.shows("/part/b/", "Open again.");
    said_once(&session, "cannot be read");
    // A page that may not be read, and then may.
    let file = folder.join("b.md");
    fs::set_permissions(&file, Permissions::from_mode(0o000)).expect("a mode");
    wait("the file is told", || (session.log().matches("cannot be read").count() == 2).then_some(()));
    session.shows("/part/b/", "Open again.");
    fs::set_permissions(&file, Permissions::from_mode(0o644)).expect("a mode");
    session.write("content/01-a.md", &said("All is open."));
    session.shows("/a/", "All is open.");
}

/// Gives a folder and all in it to nobody.
fn own(path: &Path) {
    chown(path, Some(NOBODY), Some(NOBODY)).expect("root may");
    if path.is_dir() {
        fs::read_dir(path).expect("a folder").for_each(|entry| own(&entry.expect("an entry").path()));
    }
}

/// A small file system in memory, for as long as this lives.
struct Disk(PathBuf);

impl Disk {
    /// Mounts one; none where that may not be, and then the output says so.
    fn new(path: PathBuf, options: &str) -> Option<Self> {
        fs::create_dir_all(&path).expect("a folder");
        let disk = Self(path);
        if disk.mount(options) {
            return Some(disk);
        }
        println!("skipped: no file system can be mounted here");
        None
    }

    fn mount(&self, options: &str) -> bool {
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", options, "postil-test"]).arg(&self.0).stderr(Stdio::null());
        mount.status().is_ok_and(|status| status.success())
    }

    fn unmount(&self) -> bool {
        Command::new("umount").arg("-l").arg(&self.0).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        self.unmount();
    }
}

#[test]
fn a_full_disk_is_told_once_and_the_folder_follows_when_there_is_room() {
    let briefing = Briefing::new(&[("content/01-a.md", SECTION)]);
    let Some(disk) = Disk::new(briefing.folder.path().join("disk"), "size=64m") else { return };
    let output = disk.0.join("site");
    let session = Session::with(briefing, &["--output", output.to_str().expect("a text")]);
    let holds = |words: &str| fs::read_to_string(output.join("a/index.html")).is_ok_and(|text| text.contains(words));
    wait("the first site", || holds("The first words.").then_some(()));
    let about = rustix::fs::statvfs(&disk.0).expect("a file system");
    let used = (about.f_blocks - about.f_bfree) * about.f_frsize;
    assert!(disk.mount(&format!("remount,size={}", used + 8192)), "a smaller disk");
    // Each save changes more pages than there is room for.
    for round in 0..3 {
        let text = format!("Round {round}. {}", "More words than fit. ".repeat(5000));
        session.write("content/01-a.md", &said(&text));
        session.shows("/a/", &format!("Round {round}."));
        says(&session, "site");
        if round == 0 {
            says(&session, "cannot");
        }
    }
    assert!(holds("The first words."), "the old site stays");
    let told = session.log();
    assert_eq!(told.matches("error: ").count(), 1, "{told}");
    assert!(disk.mount("remount,size=64m"), "a larger disk");
    wait("the site follows", || holds("Round 2.").then_some(()));
    says(&session, "the folder of the site is written again");
    said_once(&session, "the folder of the site is written again");
}

#[test]
fn content_that_goes_away_is_told_once_and_comes_back_by_itself() {
    let session = start(&[]);
    let root = session.root();
    for name in ["content", ""] {
        let (there, away) = (root.join(name), session.briefing.folder.path().join("away"));
        let before = session.log().matches("no folder `content`").count();
        fs::rename(&there, &away).expect("a new name");
        wait("the folder is missed", || (session.log().matches("no folder `content`").count() > before).then_some(()));
        session.shows("/a/", "The first words.");
        let mut events = session.events("/a/");
        assert!(events.until(|_| true)["panel"] != "", "the page says so");
        assert_eq!(session.log().matches("no folder `content`").count(), before + 1, "{}", session.log());
        fs::rename(&away, &there).expect("the old name");
        events.until(|state| state["panel"] == "");
    }
    // Another folder with the same name, as after a fresh checkout.
    fs::remove_dir_all(root.join("content")).expect("the folder");
    wait("the folder is missed", || (session.log().matches("no folder `content`").count() == 3).then_some(()));
    session.shows("/a/", "The first words.");
    session.write("content/01-a.md", &said("A fresh checkout."));
    session.shows("/a/", "A fresh checkout.");
    session.write("content/01-a.md", &said("And followed."));
    session.shows("/a/", "And followed.");
}

#[test]
fn a_drive_that_is_unplugged_and_plugged_in_again_is_followed_again() {
    let briefing = Briefing::new(&[]);
    let Some(disk) = Disk::new(briefing.root().join("content"), "size=16m") else { return };
    briefing.write("content/01-a.md", SECTION.as_bytes());
    let session = Session::with(briefing, &[]);
    session.shows("/a/", "The first words.");
    assert!(disk.unmount(), "it is unplugged");
    wait("the drive is missed", || session.log().contains("no folder `content`").then_some(()));
    session.shows("/a/", "The first words.");
    assert!(disk.mount("size=16m"), "it is plugged in again");
    session.write("content/01-a.md", &said("Plugged in again."));
    session.shows("/a/", "Plugged in again.");
    session.write("content/01-a.md", &said("Followed again."));
    session.shows("/a/", "Followed again.");
    said_once(&session, "no folder `content`");
}

#[test]
fn an_empty_folder_waits_for_its_first_section() {
    let briefing = Briefing::new(&[]);
    fs::create_dir_all(briefing.root().join("content")).expect("a folder");
    let session = Session::with(briefing, &[]);
    says(&session, "no folder `content`, or nothing in it");
    assert_eq!(session.get("/").status, 503);
    session.write("content/01-a.md", SECTION);
    session.shows("/a/", "The first words.");
}

#[test]
fn a_checkout_of_another_branch_is_followed_as_a_whole() {
    let number = |number: usize| format!("content/part/s{number:02}.md");
    let text = |number: usize, branch: &str| format!("+++\ntitle = \"Section {number}\"\n+++\n\nSaid on {branch}, see [[01-a]].\n");
    let briefing = Briefing::new(&[("content/01-a.md", SECTION), (".gitignore", "output\n.output.postil\n.postil\n")]);
    (0..250).for_each(|one| briefing.write(&number(one), text(one, "main").as_bytes()));
    let root = briefing.root();
    let git = |args: &str| {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false"]);
        command.args(args.split(' ')).current_dir(&root).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    if !git("init --quiet --initial-branch=main") {
        println!("skipped: there is no program `git`");
        return;
    }
    assert!(git("add .") && git("commit --quiet -m main") && git("checkout --quiet -b other"));
    (0..200).for_each(|one| briefing.write(&number(one), text(one, "other").as_bytes()));
    fs::remove_file(root.join(number(230))).expect("a file");
    fs::rename(root.join(number(231)), root.join("content/moved.md")).expect("a new name");
    briefing.write("postil.toml", b"title = \"The other branch\"\n");
    assert!(git("add -A .") && git("commit --quiet -m other") && git("checkout --quiet main"));
    let session = Session::with(briefing, &[]);
    session.shows("/part/s00/", "Said on main");
    for _ in 0..2 {
        assert!(git("checkout --quiet other"));
        session.shows("/part/s00/", "Said on other");
        session.answers("/part/s230/", 404);
        session.shows("/moved/", "The other branch");
        assert!(git("checkout --quiet main"));
        session.shows("/part/s00/", "Said on main");
        session.shows("/part/s230/", "Said on main");
        session.answers("/moved/", 404);
    }
    assert!(!session.log().contains("error"), "half of a checkout was read: {}", session.log());
    let (code, briefing) = session.end();
    assert_eq!(code, Some(0));
    let watched = briefing.output();
    briefing.run(&["build"]).ends(0);
    assert_eq!(watched, briefing.output(), "what was watched is what is built");
}

/// Which the system gives to everybody: so many watches, and no more.
#[test]
#[cfg(target_os = "linux")]
fn where_the_system_reports_too_little_files_are_compared() {
    let few = |count: u32| format!("echo {count} > /proc/sys/user/max_inotify_watches");
    let mut tried = Command::new("unshare");
    tried.args(["-Ur", "sh", "-c", &few(2)]).stdout(Stdio::null()).stderr(Stdio::null());
    if !tried.status().is_ok_and(|status| status.success()) {
        println!("skipped: this system lets nobody have a limit of his own");
        return;
    }
    let start = |count: u32| {
        let briefing = Briefing::new(&[("content/01-a.md", SECTION), ("content/part/b.md", SECTION)]);
        let program = briefing.command(&["watch"]);
        let mut command = Command::new("unshare");
        command.args(["-Ur", "sh", "-c", &format!("{}; exec \"$0\" \"$@\"", few(count))]);
        command.arg(program.get_program()).args(program.get_args());
        Session::run(briefing, command)
    };
    // Too few from the start, and too few for what comes.
    let session = start(2);
    says(&session, "files are compared once a second");
    session.write("content/part/b.md", &said("Found by comparing."));
    session.shows("/part/b/", "Found by comparing.");
    said_once(&session, "files are compared once a second");
    let session = start(8);
    session.shows("/a/", "The first words.");
    for number in 0..20 {
        session.write(&format!("content/n{number}/c.md"), &said("In a folder that is new."));
    }
    session.shows("/n19/c/", "In a folder that is new.");
    session.write("content/n19/c.md", &said("Followed by comparing."));
    session.shows("/n19/c/", "Followed by comparing.");
    assert!(!session.log().contains("error"), "{}", session.log());
}
