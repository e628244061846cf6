//! `postil watch`: what is saved is served, what is broken is told and mended, nobody else is answered.

#![cfg(all(feature = "watch", unix))]

#[path = "../common/mod.rs"]
mod common;
mod hostile;
mod kills;
mod law;
mod markup;
mod saving;
mod session;
mod terminal;
mod troubles;

use std::fs;
use std::net::TcpListener;

use common::program::Briefing;
use session::{Session, wait};

const SECTION: &str = "+++\ntitle = \"First\"\n+++\n\nThe first words.\n";
const OTHER: &str = "+++\ntitle = \"Second\"\n+++\n\nSee [[01-a]].\n";

fn start() -> Session {
    let session = Session::start(&[("content/01-a.md", SECTION), ("content/02-b.md", OTHER), ("content/film.mp4", "0123456789")]);
    session.shows("/a/", "The first words.");
    session
}

fn said(words: &str) -> String {
    SECTION.replace("The first words.", words)
}

#[test]
fn every_way_of_saving_is_seen() {
    let session = start();
    let (root, page) = (session.root(), "/a/");
    session.write("content/01-a.md", &said("Written over."));
    session.shows(page, "Written over.");
    fs::write(root.join("content/01-a.md.tmp"), said("Renamed over.")).expect("a file");
    fs::rename(root.join("content/01-a.md.tmp"), root.join("content/01-a.md")).expect("a new name");
    session.shows(page, "Renamed over.");
    fs::rename(root.join("content/01-a.md"), root.join("content/01-a.md~")).expect("a new name");
    fs::write(root.join("content/01-a.md"), said("After a copy.")).expect("a file");
    fs::remove_file(root.join("content/01-a.md~")).expect("the copy");
    session.shows(page, "After a copy.");
    fs::remove_file(root.join("content/01-a.md")).expect("the file");
    fs::hard_link(root.join("content/02-b.md"), root.join("content/03-c.md")).expect("a second name");

    session.write("content/01-a.md", &said("Back again."));
    session.shows(page, "Back again.");
    session.shows("/c/", "Second");
    assert!(!session.log().contains("panicked"), "{}", session.log());
}

#[test]
fn files_and_folders_come_and_go() {
    let session = start();
    let root = session.root();
    session.write("content/part/index.md", "+++\ntitle = \"A part\"\n+++\n");
    session.write("content/part/deep/c.md", "+++\ntitle = \"Deep\"\n+++\n\nDeep words.\n");
    session.shows("/part/deep/c/", "Deep words.");
    fs::rename(root.join("content/part"), root.join("content/whole")).expect("a new name");
    session.shows("/whole/deep/c/", "Deep words.");
    session.answers("/part/deep/c/", 404);
    session.write("content/whole/deep/c.md", "+++\ntitle = \"Deep\"\n+++\n\nOther words.\n");
    session.shows("/whole/deep/c/", "Other words.");
    fs::remove_dir_all(root.join("content/whole")).expect("the folder");
    session.answers("/whole/deep/c/", 404);
    // The whole content goes away and comes back, as under version control or on another machine's disk.
    fs::rename(root.join("content"), root.join("elsewhere")).expect("a new name");
    wait("the folder is missed", || session.log().contains("no folder `content`").then_some(()));
    session.shows("/a/", "The first words.");
    fs::rename(root.join("elsewhere"), root.join("content")).expect("its old name");
    session.write("content/01-a.md", &said("Here again."));
    session.shows("/a/", "Here again.");
}

#[test]
fn what_pages_share_reaches_all_of_them() {
    let session = start();
    session.write("content/01-a.md", &SECTION.replace("First", "Renamed"));
    session.shows("/b/", "Renamed");
    session.write("postil.toml", "title = \"A new name\"\n");
    session.shows("/b/", "A new name");
    session.write("content/steel.csv", "year,output\n2021,1035\n");
    let figure = "[[figures]]\nid = \"steel\"\nkind = \"table\"\ntitle = \"Steel\"\ndata = \"steel.csv\"\n+++\n\n![[fig:steel]]\n";
    session.write("content/01-a.md", &SECTION.replacen("+++\n\n", &format!("{figure}\n"), 1));
    session.shows("/a/", "1035");
    session.write("content/steel.csv", "year,output\n2021,1107\n");
    session.shows("/a/", "1107");
    session.write("themes/default/static/style.css", "body { color: red }");
    session.shows("/static/style.css", "color: red");
    session.write("themes/default/templates/404.html", "not here: {{ page.title }}");
    session.shows("/nowhere", "not here: Page not found");
    fs::remove_dir_all(session.root().join("themes")).expect("the theme");
    wait("the built-in theme", || (!session.get("/nowhere").body.contains("not here:")).then_some(()));
}

#[test]
fn it_is_told_which_part_of_a_page_has_changed() {
    let session = Session::with(Briefing::new(&[("content/01-a.md", SECTION), ("content/02-b.md", OTHER)]), &["--explain"]);
    session.shows("/a/", "The first words.");
    session.written("a/index.html", "The first words.");
    session.write("content/01-a.md", &SECTION.replace("The first words.", "Other words."));
    let told = |page: &str, part: &str| session.log().lines().any(|line| line.starts_with(page) && line.contains(part)).then_some(());
    wait("the part that has changed", || told("a/index.html: ", "section.body"));
    assert_eq!(told("b/index.html: ", ""), None, "{}", session.log());
    session.write("content/01-a.md", &SECTION.replace("First", "Renamed"));
    wait("the page beside it", || told("b/index.html: ", "section.previous"));
}

#[test]
fn errors_are_shown_over_the_last_good_page() {
    let session = start();
    let mut events = session.events("/a/");
    let first = events.until(|state| state["panel"] == "");
    session.write("content/01-a.md", "+++\ntitle = \"<script>\n+++\n\nBroken.\n");
    let broken = events.until(|state| state["panel"] != "");
    let panel = broken["panel"].as_str().expect("a text");
    assert!(panel.contains("content/01-a.md:2") && panel.contains("front-matter") && !panel.contains("<script"), "{panel}");
    assert_eq!(broken["page"], first["page"]);
    assert!(session.get("/a/").body.contains("The first words."));
    wait("the terminal says so", || session.log().contains("error[front-matter]").then_some(()));
    session.write("content/01-a.md", &said("Mended."));
    let mended = events.until(|state| state["panel"] == "" && state["page"] != first["page"]);
    assert_eq!(mended["session"], first["session"]);
    assert!(session.get("/a/").body.contains("Mended."));
}

#[test]
fn only_pages_that_changed_are_told_to_change() {
    let session = start();
    let mut events = session.events("/b/");
    let first = events.until(|_| true);
    session.write("content/01-a.md", &said("Not for the other page."));
    session.shows("/a/", "Not for the other page.");
    session.write("themes/default/static/style.css", "p { color: red }");
    // The next thing that the other page hears is the style.
    let next = events.until(|_| true);
    assert_eq!(next["page"], first["page"]);
    assert_ne!(next["styles"]["/static/style.css"], first["styles"]["/static/style.css"]);
}

#[test]
fn before_the_first_good_build_the_page_says_what_is_wrong_and_comes_by_itself() {
    let session = Session::start(&[("content/a.md", "+++\ntitle =\n+++\n")]);
    let page = session.get("/a/");
    assert_eq!(page.status, 503, "{page:?}");
    assert!(page.body.contains("/.postil/watch.js"));
    let mut events = session.events("/a/");
    assert!(events.until(|_| true)["panel"].as_str().is_some_and(|panel| panel.contains("content/a.md:2")));
    session.write("content/a.md", SECTION);
    assert_ne!(events.until(|state| state["panel"] == "")["page"], "none");
    assert!(session.get("/a/").body.contains("The first words."));
}

#[test]
fn the_folder_of_the_site_follows_and_never_while_there_are_errors() {
    let session = start();
    session.written("a/index.html", "The first words.");
    assert!(!session.briefing.read("output/a/index.html").contains(".postil/watch"), "the script is not for readers");
    session.write("content/01-a.md", &said("For the folder."));
    session.written("a/index.html", "For the folder.");
    session.write("content/01-a.md", "+++\ntitle =\n+++\n");
    wait("the error", || session.log().contains("error[front-matter]").then_some(()));
    session.write("content/01-a.md", &said("At the end."));
    session.shows("/a/", "At the end.");
    let (code, briefing) = session.end();
    assert_eq!(code, Some(0));
    assert!(briefing.read("output/a/index.html").contains("At the end."));
    let watched = briefing.output();
    briefing.run(&["build"]).ends(0);
    assert_eq!(watched, briefing.output(), "what was watched is what is built");
}

#[test]
fn answers_are_what_browsers_ask_for() {
    let session = start();
    let page = session.get("/a/");
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(page.body.contains("/.postil/watch.js") && page.header("x-content-type-options") == "nosniff");
    assert!(!page.head.contains("access-control"), "{}", page.head);
    let etag = format!("If-None-Match: {}", page.header("etag"));
    let known = session.ask("GET", "/a/", &[&etag]);
    assert_eq!((known.status, known.body.as_str()), (304, ""));
    assert_eq!(session.ask("GET", "/a/", &["If-None-Match: \"other\""]).status, 200);
    let head = session.ask("HEAD", "/a/", &[]);
    assert_eq!((head.status, head.body.as_str(), head.header("etag")), (200, "", page.header("etag")));
    let folder = session.get("/a?x=1");
    assert_eq!((folder.status, folder.header("location")), (307, "/a/?x=1"));
    assert_eq!(session.get("/").status, 200);
    let missing = session.get("/nothing/here.html");
    assert_eq!(missing.status, 404);
    assert!(missing.body.contains("Page not found") && missing.body.contains("/.postil/watch.js"));
    let part = session.ask("GET", "/film.mp4", &["Range: bytes=2-4"]);
    assert_eq!((part.status, part.body.as_str(), part.header("content-range")), (206, "234", "bytes 2-4/10"));
    assert_eq!((part.header("content-type"), part.header("content-length")), ("video/mp4", "3"));
    assert_eq!(session.ask("GET", "/film.mp4", &["Range: bytes=10-"]).status, 416);
    let etag = session.get("/film.mp4").header("etag").to_owned();
    for known in [etag.clone(), format!("W/{etag}"), format!("\"x\", {etag}"), "*".to_owned()] {
        let answer = session.ask("GET", "/film.mp4", &[&format!("If-None-Match: {known}"), "Range: bytes=2-4"]);
        assert_eq!((answer.status, answer.body.as_str(), answer.header("etag")), (304, "", etag.as_str()), "{known}");
    }
    assert_eq!(session.ask("GET", "/film.mp4", &["Range: bytes=-3", &format!("If-Range: {etag}")]).body, "789");
    assert_eq!(session.ask("GET", "/film.mp4", &["Range: bytes=2-4", "If-Range: \"other\""]).body, "0123456789");
    assert_eq!(session.ask("POST", "/", &[]).status, 405);
    for (path, media) in [
        ("/static/style.css", "text/css; charset=utf-8"),
        ("/static/reading.js", "text/javascript; charset=utf-8"),
        ("/static/icon.svg", "image/svg+xml"),
        ("/index.md", "text/markdown; charset=utf-8"),
        ("/llms.txt", "text/plain; charset=utf-8"),
        ("/site.webmanifest", "application/manifest+json"),
        ("/icon-192.png", "image/png"),
        ("/.postil/watch.js", "text/javascript; charset=utf-8"),
        ("/nothing", "text/html; charset=utf-8"),
    ] {
        assert_eq!(session.get(path).header("content-type"), media, "{path}");
    }
    for path in ["/.postil/watch.js", "/.postil/watch.css"] {
        assert_eq!(session.get(path).status, 200, "{path}");
    }
}

#[test]
fn nobody_else_is_answered() {
    let session = start();
    for host in ["example.org", "127.0.0.1.example.org", "localhost.example.org:1111", "0.0.0.0", "", "[::2]", "a b", "localhost@x"] {
        let answer = session.ask("GET", "/a/", &[&format!("Host: {host}")]);
        assert!(matches!(answer.status, 400 | 403) && !answer.body.contains("first words"), "{host}: {answer:?}");
    }
    for origin in ["http://example.org", "null", "file://", "\u{7f}"] {
        let answer = session.ask("GET", "/.postil/events?path=/", &[&format!("Origin: {origin}")]);
        assert!(matches!(answer.status, 400 | 403), "{origin}: {answer:?}");
    }
    assert_eq!(session.ask("GET", "/", &["Host: a", "Host: localhost"]).status, 403);
    assert!(matches!(session.raw("GET / HTTP/1.0\r\n\r\n").status, 400 | 403));
    assert_eq!(session.raw("GET http://example.org/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").status, 403);
    fs::write(session.root().join("secret"), "a secret").expect("a file");
    for path in [
        "/../secret",
        "/%2e%2e/secret",
        "/%252e%252e/secret",
        "/..%2fsecret",
        "/..%5csecret",
        "/..\\secret",
        "//secret",
        "/a/../../secret",
        "/%00",
        "/%c0%ae%c0%ae/secret",
        "/secret::$DATA",
        "/CON",
        "/C:/secret",
        "/%",
        "/content/01-a.md",
        "/postil.toml",
        "/.postil/manifest.json",
        "/.postil/../postil.toml",
    ] {
        let answer = session.get(path);
        assert!(matches!(answer.status, 400 | 403 | 404) && !answer.body.contains("a secret"), "{path}: {answer:?}");
    }
    // Events are for pages alone, and browsers say who asks.
    let status = |header: &str| session.status("/.postil/events?path=/a/", header);
    for header in
        ["Accept: */*", "Sec-Fetch-Site: none", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site", "Referer: http://example.org/"]
    {
        assert_eq!(status(header), 403, "{header}");
    }
    for header in ["Sec-Fetch-Site: same-origin", "Origin: http://localhost:1111", "Referer: http://127.0.0.1:1111/a/"] {
        assert_eq!(status(header), 200, "{header}");
    }
    let named = Session::with(Briefing::new(&[("content/01-a.md", SECTION)]), &["--host", "box.example"]);
    assert_eq!(named.ask("GET", "/a/", &["Host: Box.example:80"]).status, 200);
}

#[test]
fn a_port_that_is_taken_is_passed_over_and_one_that_is_asked_for_is_not() {
    let one = start();
    let two = start();
    assert_ne!(one.port, two.port);
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let briefing = Briefing::new(&[("content/01-a.md", SECTION)]);
    briefing.run(&["watch", "--port", &port]).ends(3).says(&format!("the port {port} cannot be opened"));
    briefing.run(&["watch", "--port", "0"]).ends(2);
    assert!(!briefing.root().join("output").exists());
}

#[test]
fn a_burst_of_files_is_one_change_and_all_of_them_arrive() {
    let session = start();
    for number in 0..400 {
        session.write(&format!("content/many/n{number:03}.md"), &format!("+++\ntitle = \"Number {number}\"\n+++\n\nWords {number}.\n"));
    }
    for number in [0, 199, 399] {
        session.shows(&format!("/many/n{number:03}/"), &format!("Words {number}."));
    }
}
