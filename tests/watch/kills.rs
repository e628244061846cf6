//! The session is killed at any moment, while a client asks for pages and the author saves: no page is gone or cut, and
//! the folder of the site is whole.

#[path = "../atomic/site.rs"]
#[allow(dead_code)]
mod site;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use crate::common::program::Briefing;
use site::{Dice, MARK, kill, whole};

/// How many kills, unless `POSTIL_KILLS` says another number.
const KILLS: u32 = 12;
const SECTIONS: usize = 30;

/// What the client and the one who kills know of each other.
#[derive(Default)]
struct Story {
    /// Odd while a kill goes on.
    kills: AtomicU64,
    over: AtomicBool,
}

/// Every page shows the title of the site, so all of one build have the same mark.
fn save(briefing: &Briefing, generation: u32) {
    briefing.write("next", format!("title = \"{MARK}{generation:04}\"\n").as_bytes());
    std::fs::rename(briefing.root().join("next"), briefing.root().join("postil.toml")).expect("a new name");
}

fn watch(briefing: &Briefing, port: u16) -> Child {
    let mut command = briefing.command(&["watch", "--port", &port.to_string()]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("postil runs")
}

/// A port that is free, and not among those that the system gives away by itself.
fn free_port() -> u16 {
    let first = 20_000 + u16::try_from(std::process::id() % 8000).expect("a small number");
    let free = |port: &u16| TcpListener::bind(("127.0.0.1", *port)).and(TcpListener::bind(("::1", *port))).is_ok();
    (first..first + 2000).find(free).expect("a free port")
}

/// What comes for a path; nothing where nobody listens.
fn answer(port: u16, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a time limit");
    stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").as_bytes()).ok()?;
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Whether an answer is a whole page: as long as it says, to its last element.
fn is_whole(answer: &str) -> bool {
    let Some((head, body)) = answer.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
    length == Some(body.len()) && body.trim_end().ends_with("</html>")
}

/// Asks for one page after the other until the story is over; how many were answered.
fn ask(port: u16, story: &Story) -> u32 {
    let paths: Vec<String> = std::iter::once("/".to_owned()).chain((0..SECTIONS).map(|number| format!("/s{number:03}/"))).collect();
    let mut answered = 0;
    for path in paths.iter().cycle() {
        if story.over.load(Ordering::SeqCst) {
            return answered;
        }
        let before = story.kills.load(Ordering::SeqCst);
        let Some(answer) = answer(port, path) else {
            thread::yield_now();
            continue;
        };
        let killed = before % 2 == 1 || story.kills.load(Ordering::SeqCst) != before;
        if is_whole(&answer) {
            assert!(answer.starts_with("HTTP/1.1 200 ") && answer.contains(MARK), "{path}: {answer}");
            answered += 1;
        } else {
            // What a kill cuts off is cut off; the browser sees that by its length.
            assert!(killed, "{path} is no whole page: {answer}");
            assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 200 "), "{path}: {answer}");
        }
    }
    answered
}

#[test]
fn killed_at_any_moment_no_page_is_gone_and_the_folder_is_whole() {
    let kills = std::env::var("POSTIL_KILLS").ok().map_or(KILLS, |number| number.parse().expect("a number of kills"));
    let briefing = Briefing::new(&[]);
    for number in 0..SECTIONS {
        let text = format!("+++\ntitle = \"Section {number}\"\n+++\n\n{}", "Some words of a section.\n\n".repeat(200));
        briefing.write(&format!("content/s{number:03}.md"), text.as_bytes());
    }
    save(&briefing, 1);
    briefing.run(&["build"]).ends(0);
    let output = briefing.root().join("output");
    assert_eq!(whole(Path::new(&output)), 1);
    let (port, story, mut dice) = (free_port(), Arc::new(Story::default()), Dice(0x0BAD_5EED));
    let told = story.clone();
    let client = thread::spawn(move || ask(port, &told));
    let (mut last, mut written) = (1, 0);
    for generation in 2..2 + kills {
        let child = watch(&briefing, port);
        thread::sleep(Duration::from_millis(dice.below(500)));
        save(&briefing, generation);
        thread::sleep(Duration::from_millis(dice.below(1500)));
        story.kills.fetch_add(1, Ordering::SeqCst);
        kill(child);
        story.kills.fetch_add(1, Ordering::SeqCst);
        let found = whole(&output);
        assert!((last..=generation).contains(&found), "after {last} came {found}");
        written += u32::from(found > last);
        last = found;
        assert!(!client.is_finished(), "the client has seen something wrong");
    }
    // Whatever was left behind, the next session mends it, and ends well.
    let session = crate::session::Session::with(briefing, &[]);
    session.written("index.html", &format!("{MARK}{:04}", 1 + kills));
    story.over.store(true, Ordering::SeqCst);
    let answered = client.join().expect("every answer is a whole page");
    println!("{kills} kills: {answered} pages answered, {written} sites written");
    assert!(answered > 10 * kills, "{answered}");
    let (code, briefing) = session.end();
    assert_eq!((code, whole(&briefing.root().join("output"))), (Some(0), 1 + kills));
}
