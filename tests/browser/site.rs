//! The repository's own briefing, built once and served on loopback out of memory.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::thread;

use postil::build::{Options, build};
use postil::output::OutFile;
use postil::raster::Nothing;
use postil::read::snapshot::Snapshot;

/// A site and where it is served.
pub(crate) struct Site {
    files: Arc<BTreeMap<String, OutFile>>,
    port: u16,
}

impl Site {
    /// The Henan briefing.
    pub(crate) fn shared() -> &'static Self {
        static SHARED: OnceLock<Site> = OnceLock::new();
        SHARED.get_or_init(|| Self::of(&Snapshot::read(Path::new(env!("CARGO_MANIFEST_DIR")), &["content", "themes"])))
    }

    /// Any briefing.
    pub(crate) fn of(snapshot: &Snapshot) -> Self {
        // The page for missing addresses knows the path at which the site stands.
        let options = Options { base_url: Some("http://127.0.0.1/".to_owned()), ..Options::default() };
        let built = build(snapshot, &options, &Nothing, &|_| {});
        assert!(!built.files.is_empty(), "{:#?}", built.diagnostics);
        Self::serve(built.files)
    }

    /// The paths of all pages.
    pub(crate) fn pages(&self) -> impl Iterator<Item = &str> {
        self.files.values().filter(|file| body_class(file).is_some()).map(|file| file.path.as_str())
    }

    fn serve(files: Vec<OutFile>) -> Self {
        let files = Arc::new(files.into_iter().map(|file| (file.path.clone(), file)).collect::<BTreeMap<_, _>>());
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let served = files.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let served = served.clone();
                thread::spawn(move || answer(stream, &served));
            }
        });
        Self { files, port }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}/{path}", self.port)
    }

    /// The paths of the pages with text of the author, the longest first.
    pub(crate) fn sections(&self) -> Vec<&str> {
        let mut pages: Vec<&OutFile> = self.files.values().filter(|file| body_class(file) == Some("page-section")).collect();
        pages.sort_by_key(|file| std::cmp::Reverse(file.bytes.len()));
        pages.into_iter().map(|file| file.path.as_str()).collect()
    }

    /// One page of each kind, the largest.
    pub(crate) fn kinds(&self) -> Vec<&str> {
        let mut kinds: BTreeMap<&str, &OutFile> = BTreeMap::new();
        for file in self.files.values() {
            let Some(class) = body_class(file) else { continue };
            if kinds.get(class).is_none_or(|other| other.bytes.len() < file.bytes.len()) {
                kinds.insert(class, file);
            }
        }
        assert!(kinds.len() > 9, "{:?}", kinds.keys());
        kinds.into_values().map(|file| file.path.as_str()).collect()
    }
}

/// What kind of page a file is, as its `body` says.
fn body_class(file: &OutFile) -> Option<&str> {
    let html = std::str::from_utf8(&file.bytes).ok().filter(|_| file.path.ends_with(".html"))?;
    html.split_once("<body class=\"")?.1.split('"').next()
}

fn answer(mut stream: TcpStream, files: &BTreeMap<String, OutFile>) {
    let mut lines = BufReader::new(stream.try_clone().expect("a second handle")).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    lines.take_while(|line| !line.is_empty()).for_each(drop);
    let path = first.split(' ').nth(1).unwrap_or_default().split(['?', '#']).next().unwrap_or_default();
    let path = path.trim_start_matches('/');
    let path = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    let (status, bytes) = match files.get(&path) {
        Some(file) => ("200 OK", file.bytes.as_slice()),
        None => ("404 Not Found", &b""[..]),
    };
    let kind = match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css",
        "js" => "text/javascript",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "json" => "application/json",
        _ => "application/octet-stream",
    };
    // A browser that has gone away is no fault of the server.
    let head = format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", bytes.len());
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(bytes));
}
