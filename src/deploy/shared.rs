//! One connection of ssh for all that a run asks of another machine: to make one takes longer than most of what is sent.
//! It is kept by ssh itself, and ends with the run, or soon after where the run was killed.

use std::process::{Command, Stdio};

use tempfile::TempDir;

/// Seconds that it waits for more, should nobody end it.
const IDLE: u8 = 20;
/// The longest path that the socket of a connection may have on every system, less what ssh adds while it makes one.
const LONGEST: usize = 80;

/// A connection, made when it is first needed.
#[derive(Debug)]
pub(super) struct Shared {
    host: String,
    folder: TempDir,
}

impl Shared {
    /// One to this host; none where sockets or paths are not as ssh needs them.
    pub(super) fn new(host: &str) -> Option<Self> {
        let folder = tempfile::Builder::new().prefix("postil-").tempdir().ok().filter(|_| cfg!(unix))?;
        let shared = Self { host: host.to_owned(), folder };
        let path = shared.path();
        // rsync parts the words of its shell at spaces, and ssh reads a percent sign as a placeholder.
        let plain = path.chars().all(|one| one.is_ascii_alphanumeric() || "/._-+".contains(one));
        (plain && path.len() <= LONGEST).then_some(shared)
    }

    fn path(&self) -> String {
        self.folder.path().join("ssh").display().to_string()
    }

    /// What tells ssh to use it.
    pub(super) fn options(&self) -> String {
        format!(" -o ControlMaster=auto -o ControlPersist={IDLE} -o ControlPath={}", self.path())
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        if !self.folder.path().join("ssh").exists() {
            return;
        }
        let mut command = Command::new("ssh");
        command.args(["-O", "exit", "-o"]).arg(format!("ControlPath={}", self.path())).arg("--").arg(&self.host);
        // Where this fails, it ends by itself.
        let _ = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    }
}
