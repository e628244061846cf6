//! Chromium without a window, over a pipe, in the words of its `DevTools` protocol. The pipe needs no port and no library,
//! and when this process ends, however it ends, so does the browser.

use std::collections::BTreeMap;
use std::env;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

/// How long an answer may take; a machine that is busy with other things is slow, but not that slow.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// Where the browser is looked for, by the names that systems give it.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// What keeps it quiet: no page of ours needs any of it, and nothing may leave this machine.
const FLAGS: &str = "--headless --remote-debugging-pipe --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --no-default-browser-check \
    --disable-background-networking --disable-component-update --disable-sync --disable-extensions --disable-default-apps \
    --disable-background-timer-throttling --disable-renderer-backgrounding --disable-backgrounding-occluded-windows \
    --hide-scrollbars --force-color-profile=srgb --font-render-hinting=none --password-store=basic";

/// Starts it with a profile that is thrown away, and its pipe where it expects it.
const START: &str = "trap '' INT; profile=$(mktemp -d); \"$0\" --user-data-dir=\"$profile\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1; rm -rf \"$profile\"";

/// The messages for one page, or for the browser as a whole.
type Mailboxes = Arc<Mutex<BTreeMap<String, Sender<Value>>>>;

/// A running browser.
pub(crate) struct Browser {
    input: Mutex<ChildStdin>,
    mailboxes: Mailboxes,
    /// The session of the browser itself.
    own: Mutex<Session>,
    next: AtomicU64,
}

/// What a part of the browser sends to us.
pub(crate) struct Session {
    id: String,
    messages: Receiver<Value>,
    /// Events that came while an answer was awaited, in order.
    pub(crate) events: Vec<Value>,
}

impl Browser {
    /// The one browser of these tests; `None` where this machine has none, and then the output says so.
    pub(crate) fn shared() -> Option<&'static Self> {
        static SHARED: OnceLock<Option<Browser>> = OnceLock::new();
        SHARED
            .get_or_init(|| match find() {
                Some(program) => Some(Self::start(&program)),
                None => {
                    let why = format!(
                        "the browser tests are skipped: none of {} is on the PATH; `make test` installs Chromium",
                        NAMES.join(", ")
                    );
                    // Past the test harness, which keeps to itself what a passing test prints.
                    writeln!(std::io::stderr(), "\n{why}\n").expect("standard error");
                    None
                }
            })
            .as_ref()
    }

    fn start(program: &PathBuf) -> Self {
        let mut command = Command::new("sh");
        command.args(["-c", START]).arg(program).args(FLAGS.split_whitespace());
        command.args(["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "about:blank"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a shell");
        let (input, output) = (child.stdin.take().expect("a pipe"), child.stdout.take().expect("a pipe"));
        let mailboxes = Mailboxes::default();
        let routes = mailboxes.clone();
        thread::spawn(move || {
            for message in BufReader::new(output).split(0).map_while(Result::ok) {
                let message: Value = serde_json::from_slice(&message).expect("the browser sends JSON");
                let session = message["sessionId"].as_str().unwrap_or_default();
                if let Some(mailbox) = routes.lock().expect("no panic").get(session) {
                    // A test that has ended reads no more.
                    let _ = mailbox.send(message);
                }
            }
            // Whoever still waits is told that nothing will come.
            routes.lock().expect("no panic").clear();
            child.wait().expect("the browser has ended");
        });
        let own = Session::new(String::new(), &mailboxes);
        Self { input: Mutex::new(input), mailboxes, own: Mutex::new(own), next: AtomicU64::new(1) }
    }

    /// Asks the browser itself.
    pub(crate) fn ask(&self, method: &str, params: Value) -> Value {
        self.call(&mut self.own.lock().expect("no panic"), method, params)
    }

    /// A new session, for a page.
    pub(crate) fn session(&self, id: &str) -> Session {
        Session::new(id.to_owned(), &self.mailboxes)
    }

    /// Asks in a session, and waits for the answer.
    pub(crate) fn call(&self, session: &mut Session, method: &str, params: Value) -> Value {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let mut question = json!({ "id": id, "method": method });
        question["params"] = params;
        if !session.id.is_empty() {
            question["sessionId"] = session.id.clone().into();
        }
        self.input.lock().expect("no panic").write_all(format!("{question}\0").as_bytes()).expect("the browser listens");
        loop {
            let message = session.next(method);
            if message["id"] == id {
                assert!(message.get("error").is_none(), "{method}: {}", message["error"]);
                return message["result"].clone();
            }
            session.events.push(message);
        }
    }
}

impl Session {
    fn new(id: String, mailboxes: &Mailboxes) -> Self {
        let (sender, messages) = channel();
        mailboxes.lock().expect("no panic").insert(id.clone(), sender);
        Self { id, messages, events: Vec::new() }
    }

    /// The next message.
    pub(crate) fn next(&self, wanted: &str) -> Value {
        self.messages.recv_timeout(PATIENCE).unwrap_or_else(|error| panic!("waiting for {wanted}: {error}"))
    }
}

/// The browser's program: the one that `POSTIL_CHROMIUM` names, or the first that is found by name.
fn find() -> Option<PathBuf> {
    if let Some(named) = env::var_os("POSTIL_CHROMIUM") {
        return Some(named.into());
    }
    let folders: Vec<PathBuf> = env::var_os("PATH").map(|path| env::split_paths(&path).collect()).unwrap_or_default();
    NAMES.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|path| path.is_file())
}
