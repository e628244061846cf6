//! What a session says on a terminal and elsewhere, the names that it is given, and the browser that it opens.

use std::fs::{self, Permissions};
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

use crate::common::program::Briefing;
use crate::session::{Session, wait};

const SECTION: &str = "+++\ntitle = \"First\"\n+++\n\nThe first words.\n";
const WARNED: &str =
    "+++\ntitle = \"First\"\n\n[[terms]]\nid = \"pmi\"\nterm = \"PMI\"\ndefinition = \"An index.\"\n+++\n\nThe first words.\n";
const BROKEN: &str = "+++\ntitle =\n+++\n";

/// A program on a terminal of its own, by the program `script`.
struct Terminal {
    child: Child,
    seen: Arc<Mutex<Vec<u8>>>,
}

impl Terminal {
    /// A session on a terminal of so many columns; nothing where there is no such program.
    fn start(briefing: &Briefing, columns: usize) -> Option<Self> {
        let program = env!("CARGO_BIN_EXE_postil");
        let line = format!("stty rows 24 cols {columns}; exec '{program}' --root '{}' watch", briefing.root().display());
        let mut command = Command::new("script");
        command.args(["-qec", &line, "/dev/null"]).env("SHELL", "/bin/sh").env("TERM", "xterm").env_remove("NO_COLOR");
        let Ok(mut child) = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn() else {
            println!("skipped: there is no program `script`, which gives a terminal");
            return None;
        };
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (own, mut output) = (seen.clone(), child.stdout.take().expect("a pipe"));
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(length @ 1..) = output.read(&mut buffer) {
                own.lock().expect("no panic").extend_from_slice(&buffer[..length]);
            }
        });
        Some(Self { child, seen })
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.seen.lock().expect("no panic")).into_owned()
    }

    /// Waits until the last line fits.
    fn shows(&self, what: &str, fits: impl Fn(&str) -> bool) -> String {
        wait(what, || Some(self.last_line()).filter(|line| fits(line)))
    }

    /// The line on which the terminal stands.
    fn last_line(&self) -> String {
        let text = self.text();
        let line = text.rsplit('\n').next().unwrap_or_default();
        line.rsplit("\r\u{1b}[2K").next().unwrap_or_default().to_owned()
    }

    /// Presses Ctrl-C, and waits for the end.
    fn end(&mut self) -> Option<i32> {
        self.child.stdin.as_mut().expect("a pipe").write_all(b"\x03").expect("it is pressed");
        wait("the end", || self.child.try_wait().expect("a child")).code()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_terminal_has_one_line_with_the_state_of_things() {
    let briefing = Briefing::new(&[("content/01-a.md", WARNED)]);
    let Some(mut terminal) = Terminal::start(&briefing, 60) else { return };
    let first = terminal.shows("the first build", |line| line.starts_with("built in "));
    assert!(first.contains("1 warning"), "{first}");
    let clock = first.split(" at ").nth(1).and_then(|rest| rest.get(..8)).unwrap_or_default();
    assert!(clock.chars().map(|one| if one.is_ascii_digit() { '0' } else { one }).eq("00:00:00".chars()), "{first}");
    assert!(terminal.text().matches("unused-term").count() == 1, "{}", terminal.text());
    briefing.write("content/01-a.md", BROKEN.as_bytes());
    terminal.shows("an error", |line| line.starts_with("built in ") && line.contains("the last good pages stay"));
    briefing.write("content/01-a.md", SECTION.as_bytes());
    terminal.shows("nothing to mend", |line| line.starts_with("built in ") && line.contains("changed"));
    for line in terminal.text().split(['\n', '\r']).filter(|line| line.contains("built in ")) {
        let plain = line.replace("\u{1b}[2K", "");
        assert!(plain.chars().count() < 60, "it is broken in two: {plain:?}");
    }
    // Each state takes the place of the one before, and none is left among the lines above.
    for line in terminal.text().split('\n') {
        let states = line.matches("built in ").count();
        assert!(states <= line.matches("\u{1b}[2K").count() + 1, "{line:?}");
        assert!(!line.trim_end().ends_with("pages stay"), "{line:?}");
    }
    assert_eq!(terminal.end(), Some(0), "{}", terminal.text());
    assert!(briefing.read("output/a/index.html").contains("The first words."));
}

#[test]
fn elsewhere_there_are_plain_lines_and_quiet_is_quiet() {
    let session = Session::start(&[("content/01-a.md", BROKEN)]);
    wait("an error", || session.log().contains("no page yet; 1 error").then_some(()));
    session.write("content/01-a.md", SECTION);
    wait("it is mended", || session.log().contains("nothing to mend").then_some(()));
    assert!(!session.log().contains(['\r', '\u{1b}']), "{:?}", session.log());
    let log = session.log();
    let states: Vec<&str> = log.lines().filter(|line| line.starts_with("built in ")).collect();
    assert_eq!(states.len(), 2, "{log}");
    assert!(states.iter().all(|line| line.ends_with(&format!("http://127.0.0.1:{}/", session.port))), "{log}");
}

#[test]
fn warnings_stand_in_a_quiet_list() {
    let session = Session::start(&[("content/01-a.md", WARNED)]);
    let state = session.events("/a/").until(|state| state["panel"] != "");
    let panel = state["panel"].as_str().expect("a text");
    assert!(panel.starts_with("<details class=\"warnings\"><summary>1 warning</summary>"), "{panel}");
    assert!(panel.contains("unused-term") && !panel.contains("role=\"alert\""), "{panel}");
}

#[test]
fn places_are_links_to_the_editor_that_the_author_names() {
    let session = Session::start(&[("content/a b.md", BROKEN), ("postil.toml", "[watch]\neditor = \"zed://file/{path}:{line}\"\n")]);
    let mut events = session.events("/");
    let root = session.root().canonicalize().expect("the root").to_str().expect("a text").trim_start_matches('/').to_owned();
    let panel = |state: &serde_json::Value| state["panel"].as_str().expect("a text").to_owned();
    let first = panel(&events.until(|state| state["panel"] != ""));
    assert!(first.contains(&format!("<a href=\"zed://file/{root}/content/a%20b.md:2\">content/a b.md:2:")), "{first}");
    session.write("postil.toml", "[watch]\neditor = \"\"\n");
    events.until(|state| !panel(state).contains("<a "));
    session.write("postil.toml", "[watch]\neditor = \"zed://file\"\n");
    let wrong = panel(&events.until(|state| panel(state).contains("postil.toml:2:10")));
    assert!(wrong.contains("does not say where the path of the file stands"), "{wrong}");
}

#[test]
fn a_name_is_just_a_name() {
    let briefing = Briefing::new(&[("content/01-a.md", SECTION)]);
    for host in ["", "*", "*.example", "http://box.example", "box.example:80", "a b", "a,b", "[::1]:80", "[", "user@box", "box/"] {
        briefing.run(&["watch", "--host", host]).ends(2).says("give one name");
    }
    let session = Session::with(briefing, &["--host", "box.example", "--host", "[fd00::1]", "--host", "192.0.2.1"]);
    for (host, status) in [
        ("box.example", 200),
        ("BOX.example:9", 200),
        ("[fd00::1]:80", 200),
        ("192.0.2.1", 200),
        ("other.example", 403),
        ("a.box.example", 403),
    ] {
        assert_eq!(session.ask("GET", "/a/", &[&format!("Host: {host}")]).status, status, "{host}");
    }
}

#[test]
fn the_browser_is_opened_once_and_at_the_address_of_the_site() {
    let briefing = Briefing::new(&[("content/01-a.md", SECTION)]);
    let folder = briefing.folder.path().join("programs");
    fs::create_dir(&folder).expect("a folder");
    let opened = briefing.folder.path().join("opened");
    for name in ["xdg-open", "open"] {
        fs::write(folder.join(name), format!("#!/bin/sh\necho \"$@\" >> '{}'\n", opened.display())).expect("a program");
        fs::set_permissions(folder.join(name), Permissions::from_mode(0o755)).expect("a mode");
    }
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap_or_default());
    let mut command = briefing.command(&["watch", "--open"]);
    command.env("PATH", path);
    let session = Session::run(briefing, command);
    let lines = || fs::read_to_string(&opened).ok().filter(|text| text.ends_with('\n'));
    assert_eq!(wait("a browser", lines), format!("http://127.0.0.1:{}/\n", session.port));
    session.write("content/01-a.md", &SECTION.replace("first", "second"));
    session.shows("/a/", "The second words.");
    assert_eq!(lines().expect("the same").lines().count(), 1);
    // Where there is none, the address is told.
    let briefing = Briefing::new(&[("content/01-a.md", SECTION)]);
    let mut command = briefing.command(&["watch", "--open"]);
    command.env("PATH", "/nonexistent");
    let session = Session::run(briefing, command);
    wait("a word about it", || session.log().contains("no browser could be opened").then_some(()));
}

#[test]
fn several_sites_at_once_have_a_port_each() {
    let sites: Vec<Session> =
        ["One", "Two", "Three"].map(|name| Session::start(&[("content/01-a.md", &SECTION.replace("first", name))])).into();
    for (site, name) in sites.iter().zip(["One", "Two", "Three"]) {
        site.shows("/a/", &format!("The {name} words."));
    }
}
