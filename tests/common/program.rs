//! The program run on a briefing in a temporary folder, and what it leaves behind.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

/// A briefing in a temporary folder.
pub struct Briefing {
    pub folder: tempfile::TempDir,
}

impl Briefing {
    pub fn new(files: &[(&str, &str)]) -> Self {
        let briefing = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        for (path, text) in files {
            briefing.write(path, text.as_bytes());
        }
        briefing
    }

    pub fn root(&self) -> PathBuf {
        // Below the temporary folder itself, so that what a run leaves beside the root is seen.
        self.folder.path().join("root")
    }

    pub fn write(&self, path: &str, bytes: &[u8]) {
        let file = self.root().join(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, bytes).expect("a file");
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub fn run(&self, args: &[&str]) -> Run {
        run(self.command(args))
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = postil(args);
        command.arg("--root").arg(self.root());
        command
    }

    /// Every file below the root: bytes and time.
    pub fn state(&self) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
        let mut state = BTreeMap::new();
        gather(&self.root(), &mut state);
        state
    }

    pub fn output(&self) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
        let mut state = BTreeMap::new();
        gather(&self.root().join("output"), &mut state);
        state
    }
}

pub fn gather(folder: &Path, state: &mut BTreeMap<PathBuf, (Vec<u8>, SystemTime)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            gather(&path, state);
        } else {
            let time = fs::metadata(&path).expect("a file").modified().expect("a time");
            state.insert(path.clone(), (fs::read(&path).expect("a file"), time));
        }
    }
}

/// What a run left behind.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    pub fn ends(&self, code: i32) -> &Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        self
    }

    pub fn says(&self, words: &str) -> &Self {
        assert!(self.err.contains(words), "`{words}` is not in:\n{}", self.err);
        self
    }

    pub fn is_silent_on_stdout(&self) -> &Self {
        assert_eq!(self.out, "");
        self
    }
}

pub fn postil(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_postil"));
    command.args(args);
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "POSTIL_TEST_STOP"] {
        command.env_remove(name);
    }
    command
}

pub fn run(mut command: Command) -> Run {
    let Output { status, stdout, stderr } = command.output().expect("postil runs");
    let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
    Run { code: status.code().expect("it ended by itself"), out: text(stdout), err: text(stderr) }
}
