//! A project with a target, and the program run in it.

use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::site::{self, Files};

/// A project in a temporary folder.
pub struct Project {
    folder: TempDir,
    env: Vec<(String, String)>,
}

/// How a run ended, and what it printed.
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        self
    }

    pub fn says(self, words: &str) -> Self {
        assert!(self.err.contains(words) || self.out.contains(words), "`{words}` is not in:\n{}{}", self.out, self.err);
        self
    }

    /// How many files were sent.
    pub fn sent(&self) -> usize {
        let before = self.err.split(" sent (").next().filter(|_| self.err.contains(" sent ("));
        before.and_then(|text| text.rsplit(": ").next()?.split(' ').next()?.parse().ok()).unwrap_or_default()
    }
}

impl Project {
    /// A project whose `postil.toml` has this, run with these variables.
    pub fn new(toml: &str, env: &[(String, String)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let project = Self { folder, env: env.to_vec() };
        std::fs::create_dir(project.root()).expect("a folder");
        std::fs::write(project.root().join("postil.toml"), toml).expect("a file");
        project
    }

    pub fn root(&self) -> std::path::PathBuf {
        self.folder.path().join("project")
    }

    pub fn beside(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, files: &Files) {
        site::write(&self.root(), files);
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_postil"));
        command.arg("--root").arg(self.root()).args(arguments);
        self.environment(&mut command);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Nothing of this machine's own accounts reaches a run.
    pub fn environment(&self, command: &mut Command) {
        for (name, _) in std::env::vars() {
            if ["AWS_", "AZURE_", "GOOGLE_", "GIT_", "RSYNC_", "POSTIL_"].iter().any(|start| name.starts_with(start)) {
                command.env_remove(name);
            }
        }
        command.env("HOME", self.folder.path()).envs(self.env.iter().map(|(name, value)| (name, value)));
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        let output = self.command(arguments).output().expect("postil runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it prints text");
        Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    pub fn deploy(&self) -> Ran {
        self.run(&["deploy", "--yes"])
    }

    pub fn start(&self, arguments: &[&str]) -> Child {
        let mut command = self.command(arguments);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("postil runs")
    }
}

/// The files below a folder, as text may name them.
pub fn files_of(folder: &Path) -> Files {
    let mut found = Files::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(bytes) = std::fs::read(&path) {
                let name = path.strip_prefix(folder).expect("below the folder").to_str().expect("UTF-8").to_owned();
                found.insert(name, bytes);
            }
        }
    }
    found
}
