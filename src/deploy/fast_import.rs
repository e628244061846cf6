//! The stream that git makes blobs and a commit of, as they come: `git fast-import`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Stdio};

use super::fault::{Fault, Kind};
use super::program::spawn_fault;

/// A stream that is open.
#[derive(Debug)]
pub(super) struct Stream {
    child: Child,
    input: BufWriter<ChildStdin>,
    output: BufReader<ChildStdout>,
    said: Option<ChildStderr>,
    marks: BTreeMap<String, usize>,
    last: usize,
}

impl Stream {
    pub(super) fn start(mut command: Command) -> Result<Self, Fault> {
        command.args(["fast-import", "--quiet", "--done"]).env("LC_ALL", "C");
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| spawn_fault("git", &error))?;
        let pipes = child.stdin.take().zip(child.stdout.take());
        let (input, output) = pipes.expect("both were asked for");
        let said = child.stderr.take();
        Ok(Self { child, input: BufWriter::new(input), output: BufReader::new(output), said, marks: BTreeMap::new(), last: 0 })
    }

    /// Makes a blob for a path; gives its name.
    pub(super) fn blob(&mut self, path: &str, bytes: &[u8]) -> Result<String, Fault> {
        self.last += 1;
        let mark = self.last;
        self.marks.insert(path.to_owned(), mark);
        let written = write!(self.input, "blob\nmark :{mark}\ndata {}\n", bytes.len())
            .and_then(|()| self.input.write_all(bytes))
            .and_then(|()| write!(self.input, "\nget-mark :{mark}\n"))
            .and_then(|()| self.input.flush());
        let mut line = String::new();
        let read = written.and_then(|()| self.output.read_line(&mut line));
        match read {
            Ok(length) if length > 0 => Ok(line.trim().to_owned()),
            Ok(_) => Err(self.broken(&io::ErrorKind::UnexpectedEof.into())),
            Err(error) => Err(self.broken(&error)),
        }
    }

    /// Makes a commit of all blobs and removals after `base`, and ends the stream.
    pub(super) fn commit(mut self, branch: &str, base: Option<&str>, who: &str, removed: &BTreeSet<String>) -> Result<(), Fault> {
        let mut text = format!("commit {branch}\ncommitter {who}\n");
        let message = format!("Deploy {} files, and remove {}\n", self.marks.len(), removed.len());
        text.push_str(&format!("data {}\n{message}", message.len()));
        if let Some(base) = base {
            text.push_str(&format!("from {base}\n"));
        }
        for path in removed {
            text.push_str(&format!("D {}\n", quoted(path)));
        }
        for (path, mark) in &self.marks {
            text.push_str(&format!("M 100644 :{mark} {}\n", quoted(path)));
        }
        text.push_str("\ndone\n");
        let ended = self.input.write_all(text.as_bytes()).and_then(|()| self.input.flush()).and_then(|()| self.child.wait());
        match ended {
            Ok(status) if status.success() => Ok(()),
            Ok(_) => Err(self.broken(&io::ErrorKind::Other.into())),
            Err(error) => Err(self.broken(&error)),
        }
    }

    /// What git said before it ended.
    fn broken(&mut self, error: &io::Error) -> Fault {
        // It may still run; nothing of it is wanted any more.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let mut said = String::new();
        let _ = self.said.take().map(|mut pipe| pipe.read_to_string(&mut said));
        let line = said.lines().find(|line| line.starts_with("fatal:")).map_or_else(|| error.to_string(), str::to_owned);
        let kind = if line.contains("No space left") { Kind::Full } else { Kind::Other };
        Fault::new(kind, format!("git cannot make a commit: {line}"))
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        // Without this a run that fails would leave a process behind; one that has ended cannot be ended again.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A path as the stream writes it.
fn quoted(path: &str) -> String {
    if path.contains(['"', '\n', '\\']) {
        let escape = |one: char| match one {
            '"' => "\\\"".to_owned(),
            '\\' => "\\\\".to_owned(),
            '\n' => "\\n".to_owned(),
            one => one.to_string(),
        };
        format!("\"{}\"", path.chars().map(escape).collect::<String>())
    } else {
        path.to_owned()
    }
}
