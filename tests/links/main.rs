//! Outside links are asked on loopback, by servers that these tests are themselves. No test leaves this machine.

#![cfg(feature = "links")]

#[path = "../common/mod.rs"]
mod common;
mod program;
mod server;

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, SystemTime};

use postil::links::{Address, CACHE, Options, Report, check};
use postil::text::{Place, Span};

use server::{Server, closed, status, without_tls};

const HOUR: u64 = 3600;

/// A cache in a temporary folder, and a clock.
struct Desk {
    folder: tempfile::TempDir,
    options: Options,
}

impl Desk {
    fn new() -> Self {
        let mut options = Options::at(SystemTime::UNIX_EPOCH + Duration::from_hours(1000));
        options.delay = Duration::ZERO;
        options.waits = vec![Duration::ZERO; 2];
        options.timeout = Duration::from_secs(10);
        Self { folder: tempfile::tempdir().expect("a temporary folder"), options }
    }

    fn cache(&self) -> PathBuf {
        self.folder.path().join(CACHE)
    }

    fn later(&mut self, hours: u64) {
        self.options.now += hours * HOUR;
    }

    fn check(&self, urls: &[String]) -> Report {
        let address = |(url, at): (&String, usize)| {
            let place = Place::new("content/a.md", Span::new(at, at + 1));
            Address { url: url.clone(), places: vec![place] }
        };
        check(urls.iter().zip(0..).map(address).collect(), &self.cache(), &self.options, &|_, _, _| {})
    }

    /// Checks one address; the reason it fails for.
    fn reason(&self, url: String) -> String {
        let report = self.check(&[url]);
        let failed = report.suspects.first().unwrap_or_else(|| panic!("{report:?}"));
        failed.1.clone()
    }
}

#[test]
fn a_good_address_is_asked_for_its_head_once() {
    let server = Server::new(status("200 OK"));
    let report = Desk::new().check(&[server.url("/a#one"), server.url("/a#two")]);
    assert_eq!(report, Report { good: 1, ..Report::default() });
    assert_eq!(server.requests(), ["HEAD /a"]);
    let head = server.seen.lock().expect("no panic")[0].head.clone();
    assert!(head.contains(&format!("user-agent: postil/{} (link check)", env!("CARGO_PKG_VERSION"))), "{head}");
}

#[test]
fn every_place_of_an_address_is_told() {
    let server = Server::new(status("301 Moved Permanently\r\nLocation: /new"));
    let moved = Server::new(move |request| if request.path == "/new" { "200 OK".into() } else { "308 X\r\nLocation: /new".to_owned() });
    let report = Desk::new().check(&[moved.url("/old#a"), moved.url("/old#b")]);
    let (address, to) = &report.moved[0];
    assert_eq!((address.places.len(), address.url.as_str(), to.as_str()), (2, &*moved.url("/old#a"), &*moved.url("/new")));
    // Where it leads must answer too.
    assert!(Desk::new().reason(server.url("/old")).contains("circle"));
}

#[test]
fn only_a_move_for_good_is_a_move() {
    let server = Server::new(|request| {
        match request.path.as_str() {
            "/for-good" => "301 Moved Permanently\r\nLocation: /for-now",
            "/for-now" => "302 Found\r\nLocation: ./end?x=1",
            _ => "200 OK",
        }
        .to_owned()
    });
    let report = Desk::new().check(&[server.url("/for-good"), server.url("/for-now")]);
    assert_eq!(report.good, 1);
    assert_eq!(report.moved.iter().map(|(_, to)| to.clone()).collect::<Vec<_>>(), [server.url("/for-now")]);
    assert!(server.requests().contains(&"HEAD /end?x=1".to_owned()));
}

#[test]
fn gone_once_is_suspect_and_gone_twice_is_dead() {
    let server = Server::new(status("404 Not Found"));
    let mut desk = Desk::new();
    let urls = [server.url("/a")];
    let report = desk.check(&urls);
    assert_eq!((report.dead.len(), report.suspects.len()), (0, 1));
    assert_eq!(server.requests(), ["HEAD /a", "GET /a"]);
    desk.later(5);
    assert_eq!(desk.check(&urls).suspects.len(), 1);
    desk.later(1);
    let report = desk.check(&urls);
    assert_eq!((report.dead.len(), report.suspects.len()), (1, 0));
    assert_eq!(report.dead[0].1, "its server says that there is no such page (status 404)");
}

#[test]
fn a_good_answer_clears_the_strikes() {
    let server = Server::new(|request| if request.before == 1 { "200 OK".into() } else { "410 Gone".to_owned() });
    let mut desk = Desk::new();
    let urls = [server.url("/a")];
    assert_eq!(desk.check(&urls).suspects.len(), 1);
    desk.later(7);
    assert_eq!(desk.check(&urls).good, 1);
    desk.later(8 * 24);
    assert_eq!(desk.check(&urls).suspects.len(), 1);
}

#[test]
fn a_server_that_knows_no_head_is_asked_for_all() {
    for line in ["405 Method Not Allowed", "403 Forbidden", "501 Not Implemented", ""] {
        let server = Server::new(move |request| if request.method == "HEAD" { line.to_owned() } else { "200 OK".to_owned() });
        assert_eq!(Desk::new().check(&[server.url("/a")]).good, 1, "{line}");
        assert_eq!(server.requests(), ["HEAD /a", "GET /a"], "{line}");
    }
}

#[test]
fn a_refusal_is_no_fault() {
    for line in ["401 Unauthorized", "403 Forbidden", "451 Unavailable For Legal Reasons", "999 Request denied"] {
        let server = Server::new(status(line));
        assert_eq!(Desk::new().check(&[server.url("/a")]), Report { refused: 1, ..Report::default() }, "{line}");
    }
}

#[test]
fn the_wait_that_a_server_asks_for_is_kept() {
    let busy = "429 Too Many Requests\r\nRetry-After: 1";
    let server = Server::new(move |request| if request.before == 0 { busy.to_owned() } else { "200 OK".to_owned() });
    let before = std::time::Instant::now();
    assert_eq!(Desk::new().check(&[server.url("/a")]).good, 1);
    assert!(before.elapsed() >= Duration::from_secs(1));
    // Nobody waits for an hour.
    let server = Server::new(status("429 Too Many Requests\r\nRetry-After: 3600"));
    assert_eq!(Desk::new().check(&[server.url("/a")]).refused, 1);
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_server_that_fails_is_asked_again() {
    let server = Server::new(|request| if request.before < 2 { "503 Busy".into() } else { "200 OK".to_owned() });
    assert_eq!(Desk::new().check(&[server.url("/a")]).good, 1);
    let server = Server::new(status("500 Oh"));
    assert_eq!(Desk::new().reason(server.url("/a")), "its server fails (status 500)");
    assert_eq!(server.requests(), ["HEAD /a", "GET /a", "GET /a"]);
}

#[test]
fn redirects_come_to_an_end() {
    let circle = Server::new(|request| format!("302 Found\r\nLocation: /{}", if request.path == "/a" { "b" } else { "a" }));
    assert_eq!(Desk::new().reason(circle.url("/a")), "it sends its reader round in a circle (status 302)");
    assert_eq!(circle.requests(), ["HEAD /a", "HEAD /b"]);
    let endless = Server::new(|request| format!("302 Found\r\nLocation: {}x", request.path));
    assert_eq!(Desk::new().reason(endless.url("/")), "it sends its reader on more than 10 times (status 302)");
    assert_eq!(endless.requests().len(), 11);
    let lost = Server::new(status("302 Found"));
    assert_eq!(Desk::new().reason(lost.url("/")), "it sends its reader on, but does not say where to (status 302)");
    let strange = Server::new(status("302 Found\r\nLocation: file:///etc/passwd"));
    assert!(Desk::new().reason(strange.url("/")).contains("which is not on the web"));
}

#[test]
fn whoever_wants_cookies_gets_them_back() {
    let server = Server::new(|request| match request.path.as_str() {
        _ if request.head.contains("cookie: seen=1") => "200 OK".to_owned(),
        "/cookie" => "302 Found\r\nSet-Cookie: seen=1; Path=/\r\nLocation: /a".to_owned(),
        _ => "302 Found\r\nLocation: /cookie".to_owned(),
    });
    assert_eq!(Desk::new().check(&[server.url("/a")]).good, 1);
}

#[test]
fn what_does_not_answer_is_broken() {
    assert_eq!(Desk::new().reason(format!("http://127.0.0.1:{}/", closed())), "`127.0.0.1` refuses the connection");
    let rude = Server::new(|_| String::new());
    assert_eq!(Desk::new().reason(rude.url("/")), "`127.0.0.1` broke the connection off");
    let strange = Server::new(status("two hundred"));
    assert!(Desk::new().reason(strange.url("/")).contains("does not answer in HTTP"));
    let reason = Desk::new().reason(format!("https://127.0.0.1:{}/", without_tls()));
    assert!(reason.contains("no secure connection"), "{reason}");
}

#[test]
fn a_slow_answer_is_not_waited_for() {
    let server = Server::new(|_| {
        thread::sleep(Duration::from_secs(5));
        "200 OK".to_owned()
    });
    let mut desk = Desk::new();
    desk.options.timeout = Duration::from_millis(200);
    desk.options.waits.clear();
    assert_eq!(desk.reason(server.url("/a")), "no answer from `127.0.0.1` within 0.2 s");
}

#[test]
fn the_cache_answers_for_what_was_good() {
    let server = Server::new(status("200 OK"));
    let mut desk = Desk::new();
    let urls = [server.url("/a")];
    desk.check(&urls);
    desk.later(6 * 24);
    assert_eq!(desk.check(&urls), Report { good: 1, cached: 1, ..Report::default() });
    assert_eq!(server.requests().len(), 1);
    desk.options.fresh = true;
    assert_eq!(desk.check(&urls).cached, 0);
    desk.options.fresh = false;
    desk.later(8 * 24);
    assert_eq!(desk.check(&urls).cached, 0);
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn a_broken_cache_is_begun_anew() {
    let server = Server::new(status("200 OK"));
    let desk = Desk::new();
    for text in ["{", "[]", "{\"version\":99,\"addresses\":{}}", "\0"] {
        fs::create_dir_all(desk.cache().parent().expect("a folder")).expect("a folder");
        fs::write(desk.cache(), text).expect("a file");
        let report = desk.check(&[server.url("/a")]);
        assert!(report.cache_lost.is_some() && report.good == 1, "{text}: {report:?}");
        assert_eq!(desk.check(&[server.url("/a")]).cache_lost, None);
    }
    assert_eq!(fs::read_dir(desk.cache().parent().expect("a folder")).expect("a folder").count(), 1);
}

#[test]
fn a_cache_that_cannot_be_written_is_told() {
    let server = Server::new(status("200 OK"));
    let desk = Desk::new();
    fs::write(desk.folder.path().join(".postil"), "a file in the way").expect("a file");
    let report = desk.check(&[server.url("/a")]);
    assert!(report.good == 1 && report.cache_unwritten.is_some(), "{report:?}");
}

#[test]
fn a_host_is_asked_in_turn_and_hosts_side_by_side() {
    let open = Arc::new(Mutex::new((0, 0)));
    let counted = open.clone();
    let server = Server::new(move |_| {
        let at_once = |by: i32| {
            let mut open = counted.lock().expect("no panic");
            open.0 += by;
            open.1 = open.1.max(open.0);
        };
        at_once(1);
        thread::sleep(Duration::from_millis(20));
        at_once(-1);
        "200 OK".to_owned()
    });
    let mut desk = Desk::new();
    desk.options.delay = Duration::from_millis(50);
    let paths = ["/a", "/b", "/c", "/d"];
    let report = desk.check(&paths.map(|path| server.url(path)));
    assert_eq!(report.good, 4);
    assert_eq!(server.requests(), paths.map(|path| format!("HEAD {path}")));
    assert_eq!(open.lock().expect("no panic").1, 1, "requests at the same time");
    // By another name it is another host.
    desk.options.delay = Duration::ZERO;
    let names = ["127.0.0.1", "localhost"].map(|name| format!("http://{name}:{}/", server.port));
    assert_eq!(desk.check(&names).good, 2);
}

#[test]
fn without_a_network_nothing_is_held_against_anybody() {
    let mut desk = Desk::new();
    let urls = ["127.0.0.1", "localhost"].map(|name| format!("http://{name}:{}/", closed()));
    for _ in 0..3 {
        let report = desk.check(&urls);
        assert!(report.offline && report.dead.is_empty() && report.suspects.is_empty(), "{report:?}");
        desk.later(24);
    }
    // Where a known address answers, the others are at fault.
    let server = Server::new(status("200 OK"));
    desk.check(&[server.url("/good")]);
    let report = desk.check(&[urls[0].clone(), urls[1].clone(), server.url("/good")]);
    assert_eq!((report.offline, report.suspects.len(), report.cached), (false, 2, 1));
}

#[test]
fn what_is_skipped_or_no_address_is_not_asked() {
    let server = Server::new(status("200 OK"));
    let mut desk = Desk::new();
    desk.options.skip = vec![server.url("/private/")];
    let report = desk.check(&[server.url("/private/a"), "http://[broken/".to_owned(), "mailto:desk@example.org".to_owned()]);
    assert_eq!((report.skipped, report.dead.len(), server.requests().len()), (1, 1, 0));
    assert!(report.dead[0].1.starts_with("it is no address"));
    assert!(!desk.cache().exists());
}

#[test]
fn progress_is_told() {
    let server = Server::new(status("200 OK"));
    let desk = Desk::new();
    let addresses = ["/a", "/b"].map(|path| Address { url: server.url(path), places: Vec::new() });
    let told = std::cell::RefCell::new(Vec::new());
    check(addresses.to_vec(), &desk.cache(), &desk.options, &|done, all, url| told.borrow_mut().push(format!("{done}/{all} {url}")));
    assert_eq!(told.into_inner(), [format!("1/2 {}", server.url("/a")), format!("2/2 {}", server.url("/b"))]);
}
