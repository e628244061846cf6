//! Servers on loopback that the tests are themselves.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// What a server answers: the head after `HTTP/1.1 `, without its empty line. An empty head breaks the connection off.
type Answer = dyn Fn(&Request) -> String + Send + Sync;

/// One request, as a server sees it.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    /// The other lines of its head, in small letters.
    pub(crate) head: String,
    /// How many requests for this path came before it.
    pub(crate) before: usize,
}

/// A server on loopback, and what it was asked.
pub(crate) struct Server {
    pub(crate) port: u16,
    pub(crate) seen: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    pub(crate) fn new(answer: impl Fn(&Request) -> String + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (kept, answer): (_, Arc<Answer>) = (seen.clone(), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (kept, answer) = (kept.clone(), answer.clone());
                thread::spawn(move || serve(stream, &kept, &*answer));
            }
        });
        Self { port, seen }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The requests so far, as `HEAD /a`, in order of arrival.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.seen.lock().expect("no panic").iter().map(|one| format!("{} {}", one.method, one.path)).collect()
    }
}

fn serve(mut stream: TcpStream, seen: &Mutex<Vec<Request>>, answer: &Answer) {
    let mut lines = BufReader::new(stream.try_clone().expect("a second handle")).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    let head = lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join("\n").to_lowercase();
    let mut words = first.split(' ').map(str::to_owned);
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let request = {
        let mut seen = seen.lock().expect("no panic");
        let before = seen.iter().filter(|one| one.path == path).count();
        seen.push(Request { method, path, head, before });
        seen.last().expect("just added").clone()
    };
    let answer = answer(&request);
    if !answer.is_empty() {
        // A client that has gone away is no fault of a server.
        let _ = write!(stream, "HTTP/1.1 {answer}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    }
}

/// Answers everything alike.
pub(crate) fn status(line: &str) -> impl Fn(&Request) -> String + Send + Sync + 'static {
    let line = line.to_owned();
    move |_| line.clone()
}

/// A port that nobody listens at.
pub(crate) fn closed() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).expect("a port").local_addr().expect("an address").port()
}

/// The port of a server that answers the greeting of a secure connection in plain words.
pub(crate) fn without_tls() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = listener.local_addr().expect("an address").port();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    port
}
