//! Every way in which programs save, many files at once, and what is none of the author's files.

use std::fs;
use std::io::Write;
use std::os::unix::fs::symlink;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use rustix::fs::{CWD, RenameFlags, renameat_with};

use crate::common::program::Briefing;
use crate::session::{Session, wait};

const SECTION: &str = "+++\ntitle = \"First\"\n+++\n\nThe first words.\n";
const OTHER: &str = "+++\ntitle = \"Second\"\n+++\n\nSee [[a]].\n";

/// Scripts that save `$new`, or put `$words` in the place of `$old`, in the file `a.md`; their names; the program that they need.
const WAYS: [(&str, &str, &str); 20] = [
    ("cut short and written", "sh", "printf '%s' \"$new\" > a.md"),
    ("written over in place", "dd", "printf '%s' \"$new\" | dd of=a.md conv=notrunc status=none"),
    ("cut short now and written later", "sh", ": > a.md; sleep 0.03; printf '%s' \"$new\" > a.md"),
    ("written bit by bit", "sh", "{ printf '+++\\n'; sleep 0.03; printf '%s' \"$new\" | tail -n +2; } > a.md"),
    ("saved twice", "sh", "printf '+++\\n' > a.md; printf '%s' \"$new\" > a.md"),
    ("another takes its name", "sh", "printf '%s' \"$new\" > a.md.new; mv a.md.new a.md"),
    ("another takes its name from a hidden folder", "sh", "mkdir -p .s; printf '%s' \"$new\" > .s/a; mv .s/a a.md; rmdir .s"),
    ("another takes its name from outside", "sh", "printf '%s' \"$new\" > ../a; mv ../a a.md"),
    ("the old one goes aside", "sh", "mv a.md a.md~; printf '%s' \"$new\" > a.md; rm a.md~"),
    ("the old one goes aside for long", "sh", "mv a.md a.md~; sleep 0.03; printf '%s' \"$new\" > a.md"),
    ("the old one goes first", "sh", "rm a.md; printf '%s' \"$new\" > a.md"),
    ("a copy is kept", "sh", "cp a.md a.md.bak; printf '%s' \"$new\" > a.md; rm a.md.bak"),
    ("a second name is given", "ln", "printf '%s' \"$new\" > .a; ln -f .a a.md; rm .a"),
    ("rights and times are set after it", "sh", "printf '%s' \"$new\" > a.md; chmod 600 a.md; touch -t 202001010000 a.md"),
    ("a stream editor", "sed", "sed -i \"s/$old/$words/\" a.md"),
    ("a line editor", "ed", "printf '%s\\n' \"/$old/s//$words/\" w q | ed -s a.md"),
    ("vim", "vim", "vim -N -u NONE -n -es -c \"%s/$old/$words/\" -c wq a.md"),
    ("vim with a swap file and a backup", "vim", "vim -N -u NONE -es -c 'set backup' -c \"%s/$old/$words/\" -c wq a.md"),
    ("vim that renames", "vim", "vim -N -u NONE -n -es -c 'set bkc=no' -c \"%s/$old/$words/\" -c wq a.md"),
    ("vim that writes over", "vim", "vim -N -u NONE -n -es -c 'set nowb bkc=yes' -c \"%s/$old/$words/\" -c wq a.md"),
];

fn has(program: &str) -> bool {
    Command::new("sh").args(["-c", &format!("command -v {program}")]).stdout(Stdio::null()).status().is_ok_and(|status| status.success())
}

fn built(session: &Session) -> usize {
    session.log().matches("built in").count()
}

#[test]
fn every_program_may_save_as_it_likes() {
    let session = Session::start(&[("content/a.md", SECTION), ("content/b.md", OTHER)]);
    session.shows("/a/", "The first words.");
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                assert_eq!(session.get("/a/").status, 200, "the page is gone while it is saved");
            }
        });
        let mut old = "The first words.".to_owned();
        for (number, (name, program, script)) in WAYS.into_iter().enumerate() {
            if !has(program) {
                writeln!(std::io::stderr(), "not tried, because there is no program `{program}`: {name}").expect("standard error");
                continue;
            }
            let words = format!("Saved in way {number:02}.");
            let mut command = Command::new("sh");
            command.args(["-ec", script]).current_dir(session.root().join("content")).stdin(Stdio::null()).stdout(Stdio::null());
            command.env("new", SECTION.replace("The first words.", &words)).env("old", &old).env("words", &words);
            let saved = command.status().is_ok_and(|status| status.success());
            let text = session.briefing.read("content/a.md");
            assert!(saved && text.contains(&words), "{name}: the script has not saved: {text}");
            wait(name, || session.get("/a/").body.contains(&words).then_some(()));
            old = words;
        }
        // Two files change names at once.
        let content = session.root().join("content");
        fs::write(content.join("next.txt"), SECTION.replace("The first words.", "Saved in exchange.")).expect("a file");
        renameat_with(CWD, content.join("next.txt"), CWD, content.join("a.md"), RenameFlags::EXCHANGE).expect("an exchange");
        session.shows("/a/", "Saved in exchange.");
        over.store(true, Ordering::Relaxed);
    });
    assert!(!session.log().contains("error") && !session.log().contains("panicked"), "{}", session.log());
}

#[test]
fn what_is_cut_short_for_a_moment_is_not_called_wrong() {
    let session = Session::start(&[("content/a.md", SECTION), ("content/b.md", OTHER)]);
    session.shows("/b/", "First");
    let file = session.root().join("content/a.md");
    for round in 0..5 {
        let text = SECTION.replace("The first words.", &format!("Round {round}."));
        // A page hears of the next state only once it is whole.
        let mut events = session.events("/a/");
        events.until(|_| true);
        fs::write(&file, "").expect("a file");
        let mut open = fs::File::options().append(true).open(&file).expect("a file");
        open.write_all(&text.as_bytes()[..20]).expect("a part");
        thread::yield_now();
        open.write_all(&text.as_bytes()[20..]).expect("the rest");
        drop(open);
        assert_eq!(events.until(|_| true)["panel"], "", "a panel over a file that was being saved");
        session.shows("/a/", &format!("Round {round}."));
    }
    // Whoever saves twice has his first save passed over where it is a part only.
    for round in 5..25 {
        let text = SECTION.replace("The first words.", &format!("Round {round}."));
        fs::write(&file, "+++\n").expect("a file");
        fs::write(&file, &text).expect("a file");
        session.shows("/a/", &format!("Round {round}."));
    }
    assert!(!session.log().contains("error"), "{}", session.log());
    // What stays empty is what the author wants.
    fs::write(&file, "").expect("a file");
    wait("the empty file", || (!session.get("/a/").body.contains("Round 24.")).then_some(()));
}

/// More reports than the system keeps for a program that does not listen.
#[test]
#[cfg(target_os = "linux")]
fn a_burst_that_the_system_cannot_report_is_read_all_the_same() {
    let limit = fs::read_to_string("/proc/sys/fs/inotify/max_queued_events").ok().and_then(|text| text.trim().parse().ok());
    let files: usize = limit.map_or(5000, |limit: usize| limit / 4 + 1000);
    if files > 30_000 {
        writeln!(std::io::stderr(), "skipped: this system keeps very many reports").expect("standard error");
        return;
    }
    let session = Session::start(&[("content/a.md", SECTION), ("content/data/first.txt", "first"), ("content/part/s.md", OTHER)]);
    session.shows("/part/s/", "First");
    let signal = |name: &str| {
        let status = Command::new("kill").args([name, &session.pid().to_string()]).status().expect("kill runs");
        assert!(status.success());
    };
    signal("-STOP");
    for number in 0..files.max(5000) {
        session.write(&format!("content/data/n{number}.txt"), &format!("words {number}"));
    }
    // Nothing of this is reported any more.
    for number in 0..40 {
        session.write(&format!("content/new/s{number}.md"), &SECTION.replace("The first words.", &format!("Section {number}.")));
    }
    session.write("content/a.md", &SECTION.replace("The first words.", "After the burst."));
    fs::remove_dir_all(session.root().join("content/part")).expect("the folder");
    signal("-CONT");
    session.shows("/a/", "After the burst.");
    session.shows("/new/s39/", "Section 39.");
    session.answers("/part/s/", 404);
    assert_eq!(session.get(&format!("/data/n{}.txt", files - 1)).body, format!("words {}", files - 1));
    // What came unreported is followed like the rest.
    session.write("content/new/s7.md", &SECTION.replace("The first words.", "Followed."));
    session.shows("/new/s7/", "Followed.");
    assert!(!session.log().contains("error") && !session.log().contains("panicked"), "{}", session.log());
}

#[test]
fn what_editors_and_version_control_keep_is_not_the_authors() {
    let kept = ["a.md~", "#a.md#", ".a.md.swp", ".git/HEAD", ".hg/store/data", "part~/old.md", ".DS_Store"];
    let session =
        Session::start(&[("content/a.md", SECTION), ("content/part/b.md", SECTION), ("themes/own/theme.toml", "extends = \"default\"\n")]);
    session.shows("/a/", "The first words.");
    session.written("a/index.html", "The first words.");
    let before = built(&session);
    for name in kept {
        session.write(&format!("content/{name}"), "+++\nnot even TOML");
        session.write(&format!("themes/own/{name}"), "not a theme");
        session.write(name, "not of the briefing");
    }
    symlink("somebody@somewhere.1", session.root().join("content/.#a.md")).expect("a link");
    // Names for a moment: whether one may write here, and what takes the place of a file later.
    for name in ["4913", "a.md.tmp", "a.md___jb_tmp___"] {
        session.write(&format!("content/{name}"), "for a moment");
        fs::remove_file(session.root().join("content").join(name)).expect("the file");
    }
    session.write("content/a.md", &SECTION.replace("The first words.", "The next words."));
    session.shows("/a/", "The next words.");
    session.written("a/index.html", "The next words.");
    assert_eq!(built(&session), before + 1, "{}", session.log());
    for name in kept {
        assert!(matches!(session.get(&format!("/{}", name.replace('#', "%23"))).status, 404), "{name}");
        assert!(!session.root().join("output").join(name).exists(), "{name}");
    }
}

#[test]
fn a_theme_that_is_replaced_as_a_whole_is_shown() {
    let theme = |words: &str| [("theme.toml", "extends = \"default\"\n".to_owned()), ("templates/404.html", words.to_owned())];
    let briefing = Briefing::new(&[("content/a.md", SECTION), ("postil.toml", "theme = \"own\"\n")]);
    let put = |folder: &str, words: &str| {
        for (path, text) in theme(words) {
            briefing.write(&format!("{folder}/{path}"), text.as_bytes());
        }
    };
    put("themes/own", "the first theme");
    put("next", "the next theme");
    put("last", "the last theme");
    let session = Session::with(briefing, &[]);
    session.shows("/nowhere", "the first theme");
    let root = session.root();
    // In one step, and in two.
    renameat_with(CWD, root.join("next"), CWD, root.join("themes/own"), RenameFlags::EXCHANGE).expect("an exchange");
    session.shows("/nowhere", "the next theme");
    fs::remove_dir_all(root.join("themes/own")).expect("the folder");
    fs::rename(root.join("last"), root.join("themes/own")).expect("a new name");
    session.shows("/nowhere", "the last theme");
    session.write("themes/own/templates/404.html", "the last theme, followed");
    session.shows("/nowhere", "the last theme, followed");
}
