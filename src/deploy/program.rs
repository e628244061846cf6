//! Running the programs that other ways go by: git and rsync.

use std::io::{ErrorKind, Write};
use std::process::{Command, Stdio};

use super::fault::{Fault, Kind};
use super::secret::Secrets;

/// Lines of what a program said that a message shows.
const SHOWN: usize = 4;

/// How a program ended.
#[derive(Debug)]
pub(super) struct Ended {
    /// Its status; nothing where a signal ended it.
    pub(super) code: Option<i32>,
    /// What it wrote.
    pub(super) out: Vec<u8>,
    /// What it said, without credentials.
    pub(super) said: String,
}

/// Runs a program with this input.
pub(super) fn run(command: &mut Command, input: &[u8], secrets: &Secrets) -> Result<Ended, Fault> {
    let name = command.get_program().to_string_lossy().into_owned();
    // What programs say is looked at, so it must be in one language.
    command.env("LC_ALL", "C").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| spawn_fault(&name, &error))?;
    let mut stdin = child.stdin.take();
    let output = std::thread::scope(|scope| {
        // A program that ends before it has read all says why by itself.
        scope.spawn(|| stdin.take().map(|mut stdin| stdin.write_all(input)));
        child.wait_with_output()
    });
    let output = output.map_err(|error| Fault::new(Kind::Other, format!("the program {name} could not be followed: {error}")))?;
    let said = secrets.hide(&String::from_utf8_lossy(&output.stderr));
    Ok(Ended { code: output.status.code(), out: output.stdout, said })
}

/// Why a program did not start.
pub(super) fn spawn_fault(name: &str, error: &std::io::Error) -> Fault {
    match error.kind() {
        ErrorKind::NotFound => Fault::new(Kind::Program, format!("the program {name} is not there")),
        _ => Fault::new(Kind::Program, format!("the program {name} cannot be run: {error}")),
    }
}

impl Ended {
    /// Its output, if it ended well.
    pub(super) fn good(self, doing: &str, words: &[(&str, Kind)]) -> Result<Vec<u8>, Fault> {
        if self.code == Some(0) { Ok(self.out) } else { Err(self.fault(doing, words)) }
    }

    /// Why it did not end well, by words in what it said; the first that is there counts.
    pub(super) fn fault(&self, doing: &str, words: &[(&str, Kind)]) -> Fault {
        let known = words.iter().chain(&NETWORK).find(|(word, _)| self.said.contains(word));
        let lines: Vec<&str> = self.said.lines().map(str::trim).filter(|line| !line.is_empty()).take(SHOWN).collect();
        let said = if lines.is_empty() { format!("it ended with status {:?}", self.code) } else { lines.join("; ") };
        Fault::new(known.map_or(Kind::Other, |(_, kind)| *kind), format!("cannot {doing}: {said}"))
    }
}

/// What git, ssh and rsync say of networks, accounts and disks.
const NETWORK: [(&str, Kind); 24] = [
    ("Permission denied", Kind::Denied),
    ("Authentication failed", Kind::Denied),
    ("could not read Username", Kind::Denied),
    ("could not read Password", Kind::Denied),
    ("Host key verification failed", Kind::Denied),
    ("error: 403", Kind::Denied),
    ("error: 401", Kind::Denied),
    ("No space left", Kind::Full),
    ("Disk quota exceeded", Kind::Full),
    ("File name too long", Kind::Limit),
    ("Could not resolve host", Kind::NoPlace),
    ("does not appear to be a git repository", Kind::NoPlace),
    ("not a git repository", Kind::NoPlace),
    ("Repository not found", Kind::NoPlace),
    ("repository not found", Kind::NoPlace),
    ("Failed to connect", Kind::Passing),
    ("Connection reset", Kind::Passing),
    ("Connection closed", Kind::Passing),
    ("connection unexpectedly closed", Kind::Passing),
    ("Connection refused", Kind::Passing),
    ("Connection timed out", Kind::Passing),
    ("timed out", Kind::Passing),
    ("error: 5", Kind::Passing),
    ("Broken pipe", Kind::Passing),
];
