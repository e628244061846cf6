//! `postil watch` as a process on a briefing in a temporary folder, asked over HTTP.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::common::program::Briefing;

/// No wait is longer than this: a machine may be busy with other tests.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running session.
pub(crate) struct Session {
    pub(crate) briefing: Briefing,
    child: Child,
    pub(crate) port: u16,
}

impl Session {
    pub(crate) fn start(files: &[(&str, &str)]) -> Self {
        Self::with(Briefing::new(files), &[])
    }

    pub(crate) fn with(briefing: Briefing, args: &[&str]) -> Self {
        let command = briefing.command(&[&["watch"], args].concat());
        Self::run(briefing, command)
    }

    /// Starts with a command of one's own.
    pub(crate) fn run(briefing: Briefing, mut command: Command) -> Self {
        let log = briefing.folder.path().join("log");
        let err = File::create(&log).expect("a file");
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(err).spawn().expect("postil runs");
        let port = || fs::read_to_string(&log).ok()?.split_once("http://127.0.0.1:")?.1.split('/').next()?.parse().ok();
        let port = wait("an address", || {
            assert!(child.try_wait().expect("a child").is_none(), "{}", fs::read_to_string(&log).unwrap_or_default());
            port()
        });
        Self { briefing, child, port }
    }

    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.briefing.folder.path().join("log")).expect("the log")
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.briefing.root()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        self.briefing.write(path, text.as_bytes());
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[&str]) -> Answer {
        let host = format!("Host: 127.0.0.1:{}", self.port);
        let own = if headers.iter().any(|header| header.starts_with("Host:")) { vec![] } else { vec![host.as_str()] };
        let lines = [&own, headers].concat().join("\r\n");
        self.raw(format!("{method} {path} HTTP/1.1\r\n{lines}\r\nConnection: close\r\n\r\n"))
    }

    /// Sends these bytes and reads all that comes.
    pub(crate) fn raw(&self, request: impl AsRef<[u8]>) -> Answer {
        let mut stream = self.connect();
        // A server may close before it has heard all.
        let _ = stream.write_all(request.as_ref());
        let mut bytes = Vec::new();
        // A server may close before it has read all; what it said before counts.
        let _ = stream.read_to_end(&mut bytes);
        Answer::read(&bytes)
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the server listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time limit");
        stream
    }

    /// The events of a page, line by line.
    pub(crate) fn events(&self, path: &str) -> Events {
        let mut stream = self.connect();
        let head = format!("Host: localhost:{}\r\nSec-Fetch-Site: same-origin", self.port);
        write!(stream, "GET /.postil/events?path={path} HTTP/1.1\r\n{head}\r\n\r\n").expect("it is sent");
        Events(BufReader::new(stream))
    }

    /// The status of an answer that may never end.
    pub(crate) fn status(&self, path: &str, header: &str) -> u16 {
        let mut stream = self.connect();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost:{}\r\n{header}\r\n\r\n", self.port).expect("it is sent");
        let mut line = String::new();
        BufReader::new(stream).read_line(&mut line).expect("an answer");
        line.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
    }

    /// Waits until a page has these words.
    pub(crate) fn shows(&self, path: &str, words: &str) {
        wait(&format!("`{words}` at {path}"), || self.get(path).body.contains(words).then_some(()));
    }

    /// Waits until an address is answered with this status.
    pub(crate) fn answers(&self, path: &str, status: u16) {
        wait(&format!("{status} at {path}"), || (self.get(path).status == status).then_some(()));
    }

    /// Waits until a file of the written site has these words.
    pub(crate) fn written(&self, path: &str, words: &str) {
        let file = self.root().join("output").join(path);
        wait(&format!("`{words}` in {path}"), || fs::read_to_string(&file).ok().filter(|text| text.contains(words)).map(drop));
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to end, and waits for that.
    pub(crate) fn end(self) -> (Option<i32>, Briefing) {
        self.ended("-INT")
    }

    /// Ends it without asking.
    #[allow(dead_code)]
    pub(crate) fn killed(self) -> (Option<i32>, Briefing) {
        self.ended("-KILL")
    }

    fn ended(mut self, signal: &str) -> (Option<i32>, Briefing) {
        let killed = Command::new("kill").args([signal, &self.child.id().to_string()]).status().expect("kill runs");
        assert!(killed.success());
        let status = wait("the end", || self.child.try_wait().expect("a child"));
        let briefing = std::mem::replace(&mut self.briefing, Briefing::new(&[]));
        (status.code(), briefing)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Tries again and again until there is an answer.
pub(crate) fn wait<T>(what: &str, mut tried: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = tried() {
            return found;
        }
        assert!(start.elapsed() < PATIENCE, "{what}: waited in vain");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// An answer of the server.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Self { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).unwrap_or_default()
    }
}

/// What a page hears.
pub(crate) struct Events(BufReader<TcpStream>);

impl Events {
    /// The next state of the page that fits.
    pub(crate) fn until(&mut self, fits: impl Fn(&serde_json::Value) -> bool) -> serde_json::Value {
        let mut line = String::new();
        loop {
            line.clear();
            assert!(self.0.read_line(&mut line).expect("an event") > 0, "the stream has ended");
            let state = line.strip_prefix("data: ").and_then(|data| serde_json::from_str::<serde_json::Value>(data).ok());
            if let Some(state) = state.filter(|state| state.is_object() && fits(state)) {
                return state;
            }
        }
    }
}
