//! Requests that no browser sends, and many of them: the server answers nothing that is not the site's, and stays.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::thread;

use rustix::process::{Resource, getrlimit, setrlimit};

use crate::session::{Session, wait};

const SECTION: &str = "+++\ntitle = \"First\"\n+++\n\nThe first words.\n";
const SECRET: &str = "nobody may read this";

/// What stands in the folder of the briefing or elsewhere, by the names that systems and servers have for it.
const NOWHERE: [&str; 47] = [
    "/postil.toml",
    "/postil.toml?raw??",
    "/postil.toml?import&raw",
    "/secret::$DATA",
    "/a/index.html::$DATA",
    "/CON",
    "/con.html",
    "/PRN.txt",
    "/NUL",
    "/COM1",
    "/aux/",
    "/C:/secret",
    "/C:%5csecret",
    "/%5c%5clocalhost%5cc$%5csecret",
    "//localhost/secret",
    "///secret",
    "/POSTIL~1.TOM",
    "/postil.toml.",
    "/postil.toml%20",
    "/a/index.html.",
    "/a/index.html%20",
    "/a/index.html/",
    "/A/INDEX.HTML",
    "/draft/",
    "/.env",
    "/.git/config",
    "/.postil/manifest.json",
    "/.postil/../postil.toml",
    "/.postil/",
    "/.postil",
    "/@fs/etc/passwd",
    "/~root/",
    "/file:///etc/passwd",
    "/%",
    "/%a",
    "/%%32%65",
    "/%00",
    "/a%00.html",
    "/%ff",
    "/%0d%0aSet-Cookie:x",
    "http://example.org/a/",
    "http://localhost@example.org/a/",
    "https://[::2]/a/",
    "file:///etc/passwd",
    "*",
    "localhost:80",
    "a/",
];

/// Names that are none of this machine's own for itself.
const FOREIGN_HOSTS: [&str; 28] = [
    "example.org",
    "localhost.example.org",
    "127.0.0.1.example.org",
    "127.0.0.1.nip.io:1111",
    "0.0.0.0",
    "127.1",
    "127.0.0.2",
    "2130706433",
    "0x7f.1",
    "[::]",
    "[::2]",
    "[::1",
    "[::1]x",
    "::1",
    "localhost@x",
    "x@localhost",
    "localhost, example.org",
    "localhost:80:80",
    "localhost:x",
    "",
    " ",
    "local\u{212a}ost",
    "localhost.",
    "a b",
    "\t",
    "localhost/",
    "localhost#",
    "%6cocalhost",
];

/// Pages that are none of the server's own.
const FOREIGN_ORIGINS: [&str; 12] = [
    "null",
    "http://example.org",
    "https://localhost.example.org",
    "file://",
    "localhost",
    "http://",
    "http://localhost@x",
    "http://[::1",
    "chrome-extension://a",
    "http://localhost http://example.org",
    "\u{7f}",
    "",
];

fn start() -> Session {
    let session = Session::start(&[
        ("content/01-a.md", SECTION),
        ("content/02-draft.md", &format!("+++\ntitle = \"Draft\"\ndraft = true\n+++\n\n{SECRET}\n")),
        ("postil.toml", &format!("# {SECRET}\n")),
        ("secret", SECRET),
        (".env", SECRET),
        ("../secret", SECRET),
    ]);
    session.shows("/a/", "The first words.");
    session
}

/// Whether an answer gives nothing away: it is none at all, or one of refusal.
fn is_refused(session: &Session, request: &[u8]) {
    let answer = session.raw(request);
    let shown = String::from_utf8_lossy(&request[..request.len().min(200)]).into_owned();
    assert!(answer.status == 0 || (400..=505).contains(&answer.status), "{shown:?}: {answer:?}");
    assert!(!answer.body.contains(SECRET) && !answer.body.contains("The first words."), "{shown:?}: {answer:?}");
}

/// Whether a request for an address is refused.
fn is_nowhere(session: &Session, path: &str) {
    is_refused(session, format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").as_bytes());
}

fn lives(session: &Session) {
    assert_eq!(session.get("/a/").status, 200, "{}", session.log());
    assert!(!session.log().contains("panicked"), "{}", session.log());
}

#[test]
fn no_spelling_of_a_path_leads_out_of_the_site() {
    let session = start();
    let dots = [
        "..",
        "%2e%2e",
        "%2E.",
        ".%2e",
        "%252e%252e",
        "..;",
        "..;x=1",
        "%c0%ae%c0%ae",
        "%e0%80%ae%e0%80%ae",
        "...",
        "..%00",
        "%uff0e%uff0e",
        "\u{ff0e}\u{ff0e}",
        "..%20",
        "..?",
    ];
    for dots in dots {
        for between in ["/", "%2f", "%5c", "\\", "//", "%255c", "%c0%af", "/./"] {
            for before in ["/", "/a/", "/static/", "/.postil/"] {
                is_nowhere(&session, &format!("{before}{dots}{between}secret"));
            }
            is_nowhere(&session, &format!("/{}etc/passwd", format!("{dots}{between}").repeat(12)));
        }
    }
    lives(&session);
}

#[test]
fn nothing_beside_the_site_has_an_address() {
    let session = start();
    for path in NOWHERE {
        is_nowhere(&session, path);
    }
    for length in [8 * 1024, 64 * 1024, 1024 * 1024] {
        is_nowhere(&session, &format!("/{}", "a".repeat(length)));
        is_nowhere(&session, &format!("/{}secret", "../".repeat(length / 3)));
    }
    lives(&session);
}

#[test]
fn nobody_is_answered_under_a_foreign_name_or_for_a_foreign_page() {
    let session = start();
    for host in FOREIGN_HOSTS {
        is_refused(&session, format!("GET /a/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes());
    }
    for origin in FOREIGN_ORIGINS {
        for path in ["/.postil/events?path=/a/", "/a/", "/.postil/watch.js"] {
            is_refused(
                &session,
                format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nOrigin: {origin}\r\nConnection: close\r\n\r\n").as_bytes(),
            );
        }
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get"] {
        is_refused(&session, format!("{method} /a/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").as_bytes());
    }
    for site in ["cross-site", "same-site", "other", ""] {
        let site = format!("Sec-Fetch-Site: {site}");
        for (mode, dest) in
            [("no-cors", "image"), ("no-cors", "script"), ("cors", "empty"), ("navigate", "iframe"), ("navigate", "embed"), ("", "")]
        {
            let head = format!("{site}\r\nSec-Fetch-Mode: {mode}\r\nSec-Fetch-Dest: {dest}");
            for path in ["/a/", "/static/reading.js", "/.postil/watch.js", "/.postil/events?path=/a/"] {
                is_refused(&session, format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{head}\r\nConnection: close\r\n\r\n").as_bytes());
            }
        }
        let link = [&site, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"];
        assert_eq!(session.ask("GET", "/a/", &link).status, 200, "a link from elsewhere leads here");
    }
    let answer = session.ask("GET", "/a/", &["Origin: http://localhost:1"]);
    assert_eq!(answer.status, 200, "a page of another port of this machine is the author's own");
    assert!(!answer.head.contains("access-control") && answer.header("cross-origin-resource-policy") == "same-origin", "{}", answer.head);
    lives(&session);
}

#[test]
#[cfg(target_os = "linux")]
fn nobody_listens_to_other_machines() {
    let session = start();
    let mut own = Vec::new();
    for list in ["/proc/net/tcp", "/proc/net/tcp6"] {
        let text = std::fs::read_to_string(list).unwrap_or_default();
        for fields in text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>()) {
            // The fourth field is the state; 0A is listening.
            if fields.get(3) == Some(&"0A") && fields[1].ends_with(&format!(":{:04X}", session.port)) {
                own.push(fields[1].split(':').next().unwrap_or_default().to_owned());
            }
        }
    }
    assert!(!own.is_empty());
    let loopback = ["0100007F", "00000000000000000000000001000000"];
    assert!(own.iter().all(|address| loopback.contains(&address.as_str())), "{own:?}");
}

/// Requests that are against the rules of HTTP, or at their edge.
fn malformed() -> Vec<Vec<u8>> {
    let head =
        |lines: &[u8]| [b"GET /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n".as_slice(), lines, b"\r\n\r\n"].concat();
    let mut many = String::new();
    (0..5000).for_each(|number| write!(many, "X-{number}: {number}\r\n").expect("a text"));
    vec![
        b"\r\n\r\n\r\n\r\n".to_vec(),
        b"GET\r\n\r\n".to_vec(),
        b"GET /a/\r\n\r\n".to_vec(),
        b"GET  /a/ HTTP/1.1\r\n\r\n".to_vec(),
        b"GET /a/ HTTP/9.9\r\nHost: localhost\r\n\r\n".to_vec(),
        b"GET /a/ HTTP/1.1\nHost: example.org\n\n".to_vec(),
        b"G\0T /a/ HTTP/1.1\r\nHost: localhost\r\n\r\n".to_vec(),
        b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n".to_vec(),
        b"GET /a/ HTTP/1.1\r\nHost: \xff\xfe\r\nConnection: close\r\n\r\n".to_vec(),
        b"GET /a/ HTTP/1.1\r\nHost: local\0host\r\n\r\n".to_vec(),
        b"GET /a/ HTTP/1.1\r\n Host: localhost\r\n\r\n".to_vec(),
        b"GET /a/ HTTP/1.1\r\nConnection: close\r\n\r\n".to_vec(),
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".repeat(40),
        vec![0; 70_000],
        vec![b'A'; 200_000],
        head(b"no colon"),
        head(b": no name"),
        head(b"A name : x"),
        head(b"X-\xc3\xa9: x"),
        head(b"X: a\0b"),
        head(b"X: one\r\n two"),
        head(b"Content-Length: -1"),
        head(b"Content-Length: 1\r\nContent-Length: 2"),
        head(b"Content-Length: 99999999999999999999999"),
        head(b"Transfer-Encoding: chunked, gzip"),
        head(b"Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nzz\r\n"),
        head(b"Origin: \xff"),
        head(b"If-None-Match: \xff, W/\"\", \"\"\""),
        head(b"Range: bytes=\xff"),
        head(&[b"X: ".as_slice(), &[b'x'; 1_000_000]].concat()),
        head(many.as_bytes()),
    ]
}

#[test]
fn what_is_not_http_ends_nothing() {
    let session = start();
    let mut requests = malformed();
    let mut seed = 0x9E37_79B9_u64;
    for length in [1, 10, 100, 1000, 10_000] {
        requests.push(
            std::iter::repeat_with(|| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                seed.to_be_bytes()[0]
            })
            .take(length)
            .chain(*b"\r\n\r\n")
            .collect(),
        );
    }
    for request in requests {
        let mut stream = session.connect();
        // What goes away in the middle is heard as it is.
        let _ = stream.write_all(&request[..request.len() / 2]);
        drop(stream);
        is_refused(&session, &request);
        lives(&session);
    }
    for path in ["/.postil/events", "/.postil/events?", "/.postil/events?path=%zz", "/.postil/events?path=%00"] {
        assert_eq!(session.ask("GET", path, &["Sec-Fetch-Site: same-origin"]).status, 400, "{path}");
        assert_eq!(session.get(path).status, 403, "{path}");
    }
}

#[test]
fn a_thousand_idle_sockets_keep_nobody_out() {
    let limit = getrlimit(Resource::Nofile);
    let raised = rustix::process::Rlimit { current: limit.maximum.map_or(Some(4096), |most| Some(most.min(4096))), ..limit };
    let session = start();
    if setrlimit(Resource::Nofile, raised).is_err() || raised.current.is_some_and(|most| most < 1200) {
        println!("skipped: this process may not open so many sockets");
        return;
    }
    let mut events = session.events("/a/");
    let first = events.until(|_| true);
    let mut idle = Vec::new();
    for number in 0..1000 {
        let mut stream = session.connect();
        if number % 2 == 0 {
            let _ = stream.write_all(b"GET /a/ HTTP/1.1\r\nHos");
        }
        idle.push(stream);
        if number % 50 == 0 {
            lives(&session);
        }
    }
    for _ in 0..50 {
        lives(&session);
    }
    // A page that was open before is open still.
    session.write("content/01-a.md", &SECTION.replace("The first words.", "Beside a thousand."));
    events.until(|state| state["page"] != first["page"]);
    session.shows("/a/", "Beside a thousand.");
    drop(idle);
    assert_eq!(session.end().0, Some(0));
}

#[test]
fn whoever_never_ends_a_request_is_sent_away() {
    let session = start();
    let mut silent = session.connect();
    let mut slow = session.connect();
    let drip = thread::spawn(move || {
        slow.write_all(b"GET /a/ HTTP/1.1\r\nHost: localhost\r\n").expect("it is sent");
        // One byte after the other, for as long as somebody listens.
        wait("the end of a slow request", || slow.write_all(b"X").err());
    });
    let mut nothing = Vec::new();
    let _ = silent.read_to_end(&mut nothing);
    assert!(nothing.is_empty() || nothing.starts_with(b"HTTP/1.1 408"), "{nothing:?}");
    drip.join().expect("it is sent away");
    lives(&session);
}

#[test]
#[cfg(target_os = "linux")]
fn many_requests_leave_no_memory_behind() {
    let session = start();
    let memory = || {
        let status = std::fs::read_to_string(format!("/proc/{}/status", session.pid())).expect("what the system knows");
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("its memory");
        line.split_whitespace().nth(1).expect("a number").parse::<u64>().expect("a number")
    };
    let rounds = |count: usize| {
        let mut stream = session.connect();
        let mut buffer = vec![0; 64 * 1024];
        for _ in 0..count {
            stream.write_all(b"GET /a/ HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("it is sent");
            let mut seen = Vec::new();
            while !seen.ends_with(b"</html>\n") {
                let length = stream.read(&mut buffer).expect("an answer");
                assert!(length > 0, "{}", String::from_utf8_lossy(&seen));
                seen.extend_from_slice(&buffer[..length]);
            }
        }
    };
    rounds(500);
    let before = memory();
    rounds(10_000);
    let grown = memory().saturating_sub(before);
    assert!(grown < 20_000, "{grown} KiB more");
}
