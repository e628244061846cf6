//! What comes between a deploy and its store: it counts requests, makes them fail or wait from one on, and may speak
//! another dialect than the store.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How a request fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The store says that it is in trouble.
    Error,
    /// The connection ends.
    Reset,
    /// There is no answer.
    Silence,
    /// The connection ends in the middle of what is sent, or of the answer.
    Half,
    /// The store refuses with this status and code.
    Says(&'static str, &'static str),
    /// Pages wait until the trouble is over; all else goes on.
    Wait,
}

/// Another dialect than that of the store: how a request is said to it, or else answered at once, and how its answer is told.
#[derive(Clone, Copy)]
pub struct Dialect {
    pub asked: fn(&str) -> Result<String, Vec<u8>>,
    pub answered: fn(Vec<u8>) -> Vec<u8>,
}

/// How long a silence lasts: longer than a run waits.
const SILENCE: Duration = Duration::from_secs(4);

#[derive(Default)]
struct Shared {
    count: AtomicUsize,
    trouble: Mutex<Option<(usize, Trouble)>>,
    log: Mutex<Vec<String>>,
    dialect: Option<Dialect>,
}

/// It, on a port of its own.
pub struct Proxy {
    pub port: u16,
    shared: Arc<Shared>,
}

impl Proxy {
    /// Stands before the server at this port.
    pub fn before(upstream: u16) -> Self {
        Self::speaking(upstream, None)
    }

    /// The same, in another dialect.
    pub fn speaking(upstream: u16, dialect: Option<Dialect>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let shared = Arc::new(Shared { dialect, ..Shared::default() });
        let own = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let own = Arc::clone(&own);
                // A connection that breaks is what this is for.
                std::thread::spawn(move || own.serve(stream, upstream));
            }
        });
        Self { port, shared }
    }

    /// Begins to count anew, with trouble from one request on.
    pub fn reset(&self, trouble: Option<(usize, Trouble)>) {
        *self.shared.trouble.lock().expect("no panic") = trouble;
        self.shared.count.store(0, Ordering::SeqCst);
        self.shared.log.lock().expect("no panic").clear();
    }

    pub fn count(&self) -> usize {
        self.shared.count.load(Ordering::SeqCst)
    }

    /// The first lines of all requests that reached the store.
    pub fn log(&self) -> Vec<String> {
        self.shared.log.lock().expect("no panic").clone()
    }
}

impl Shared {
    /// One request, and its answer; the connection ends then.
    fn serve(&self, mut client: TcpStream, upstream: u16) -> Option<()> {
        let (mut head, body) = request(&mut client)?;
        let number = self.count.fetch_add(1, Ordering::SeqCst);
        let trouble = || self.trouble.lock().expect("no panic").filter(|(from, _)| number >= *from).map(|(_, trouble)| trouble);
        let line = String::from_utf8_lossy(&head).lines().next().unwrap_or_default().to_owned();
        while trouble() == Some(Trouble::Wait) && line.contains("/page-") {
            std::thread::sleep(Duration::from_millis(20));
        }
        let trouble = trouble().filter(|trouble| *trouble != Trouble::Wait);
        match trouble {
            Some(Trouble::Says(status, code)) => {
                client.write_all(&refusal(status, code)).ok()?;
                return client.shutdown(Shutdown::Write).ok();
            }
            Some(Trouble::Error) => {
                client.write_all(b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").ok()?;
                return client.shutdown(Shutdown::Write).ok();
            }
            Some(Trouble::Reset) => return None,
            Some(Trouble::Silence) => {
                std::thread::sleep(SILENCE);
                return None;
            }
            Some(Trouble::Half) if !body.is_empty() => {
                let mut server = TcpStream::connect(("127.0.0.1", upstream)).ok()?;
                server.write_all(&head).and_then(|()| server.write_all(&body[..body.len() / 2])).ok()?;
                return None;
            }
            _ => {}
        }
        self.log.lock().expect("no panic").push(line);
        if let Some(dialect) = self.dialect {
            match (dialect.asked)(&String::from_utf8_lossy(&head)) {
                Ok(said) => head = said.into_bytes(),
                Err(answer) => {
                    client.write_all(&answer).ok()?;
                    return client.shutdown(Shutdown::Write).ok();
                }
            }
        }
        let mut server = TcpStream::connect(("127.0.0.1", upstream)).ok()?;
        server.write_all(&head).and_then(|()| server.write_all(&body)).ok()?;
        let mut answer = Vec::new();
        server.read_to_end(&mut answer).ok()?;
        let answer = self.dialect.map_or_else(|| answer.clone(), |dialect| (dialect.answered)(answer.clone()));
        let answer = if trouble.is_some() { &answer[..answer.len() / 2] } else { &answer };
        client.write_all(answer).ok()?;
        client.shutdown(Shutdown::Write).ok()
    }
}

/// How a store says no.
pub fn refusal(status: &str, code: &str) -> Vec<u8> {
    let body = format!("<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>The store says no.</Message></Error>");
    let head = format!("HTTP/1.1 {status}\r\nContent-Type: application/xml\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    format!("{head}{body}").into_bytes()
}

/// The head of a request, which asks for an end of the connection, and its body.
fn request(client: &mut TcpStream) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut bytes = Vec::new();
    let mut part = [0; 8_192];
    let end = loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break at + 4;
        }
        match client.read(&mut part).ok()? {
            0 => return None,
            length => bytes.extend_from_slice(&part[..length]),
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let length = head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse::<usize>().ok());
    let mut body = bytes.split_off(end);
    while body.len() < length.unwrap_or_default() {
        match client.read(&mut part).ok()? {
            0 => return None,
            read => body.extend_from_slice(&part[..read]),
        }
    }
    let head = format!("{}Connection: close\r\n\r\n", head.strip_suffix("\r\n").unwrap_or(&head));
    Some((head.into_bytes(), body))
}
