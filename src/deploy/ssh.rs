//! A folder of another machine, by rsync over ssh. Files go in batches; each takes its place in one step.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use tempfile::TempDir;

use super::fault::{Fault, Kind};
use super::program::{self, Ended};
use super::secret::Secrets;
use super::shared::Shared;
use super::target::{Abilities, Condition, Fetched, Found, Target, Upload, Version};

/// Where what is replaced or removed goes, from the folder of the site.
const KEPT: &str = "--backup-dir=.postil/kept";
/// How rsync says that a file or folder is not there.
const ABSENT: &str = "No such file or directory";
/// A line for each file that is sent or removed. When this program ends, nobody reads them any more, and rsync ends at the
/// next one instead of going on behind the back of another run.
const TOLD: &str = "--itemize-changes";

/// A folder of another machine.
#[derive(Debug)]
pub(super) struct Machine {
    address: String,
    shell: Option<String>,
    /// Held for as long as the run lasts.
    _shared: Option<Shared>,
    timeout: u64,
    name: String,
    secrets: Secrets,
    keep: Mutex<BTreeSet<String>>,
}

impl Machine {
    pub(super) fn new(host: &str, port: Option<u16>, folder: &str, timeout: u64, name: String, secrets: Secrets) -> Self {
        // Whoever has set up rsync's own variable knows better.
        let own = std::env::var_os("RSYNC_RSH").is_some();
        let port = port.map(|port| format!(" -p {port}")).unwrap_or_default();
        let shared = if own { None } else { Shared::new(host) };
        let options = shared.as_ref().map(Shared::options).unwrap_or_default();
        let shell = (!own).then(|| format!("ssh -o ConnectTimeout=15{port}{options}"));
        let (address, keep) = (format!("{host}:{folder}/"), Mutex::default());
        Self { address, shell, _shared: shared, timeout, name, secrets, keep }
    }

    /// Runs rsync, with a list of files where there is one.
    fn rsync(&self, arguments: &[&str], ends: [&str; 2], files: Option<&[&str]>) -> Result<Ended, Fault> {
        let mut command = Command::new("rsync");
        command.args(["--no-motd", "--protect-args", "--8-bit-output"]).arg(format!("--timeout={}", self.timeout));
        if let Some(shell) = &self.shell {
            command.args(["-e", shell]);
        }
        if files.is_some() {
            command.args(["--files-from=-", "--from0"]);
        }
        let input = files.unwrap_or_default().iter().flat_map(|file| [*file, "\0"]).collect::<String>();
        command.args(arguments).arg("--").args(ends.iter().filter(|end| !end.is_empty()));
        program::run(&mut command, input.as_bytes(), &self.secrets)
    }

    /// A local folder that holds these files.
    fn stage(uploads: &[Upload]) -> Result<TempDir, Fault> {
        let failed = |error: std::io::Error| Fault::new(Kind::Other, format!("files cannot be prepared on this machine: {error}"));
        let folder = tempfile::tempdir().map_err(failed)?;
        for upload in uploads {
            let path = folder.path().join(&upload.path);
            path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, &upload.bytes)).map_err(failed)?;
        }
        Ok(folder)
    }

    /// Sends files. Those of which the last version is to be kept go by themselves.
    fn send(&self, uploads: &[Upload], more: &[&str]) -> Result<Vec<Ended>, Fault> {
        let stage = Self::stage(uploads)?;
        let from = format!("{}/", stage.path().display());
        let keep = self.keep.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut ended = Vec::new();
        let (kept, plain): (Vec<&str>, Vec<&str>) =
            uploads.iter().map(|upload| upload.path.as_str()).partition(|path| keep.contains(*path));
        for (files, backup) in [(kept, ["--backup", KEPT].as_slice()), (plain, &[])] {
            if files.is_empty() {
                continue;
            }
            // Compared by their bytes, so that a file which came through before is not sent again.
            let usual = [TOLD, "-r", "-t", "--checksum", "--omit-dir-times", "--no-implied-dirs", "--mkpath", "--chmod=D755,F644"];
            let arguments: Vec<&str> = usual.iter().chain(backup).chain(more).copied().collect();
            ended.push(self.rsync(&arguments, [&from, &self.address], Some(&files))?);
        }
        Ok(ended)
    }

    /// Removes the folders that these files leave empty: a server would show them, or refuse to.
    fn tidy(&self, gone: &[&str]) -> Result<(), Fault> {
        let there = self.list()?;
        let mut folders: BTreeSet<&Path> = gone.iter().flat_map(|path| Path::new(path).ancestors().skip(1)).collect();
        folders.retain(|folder| !folder.as_os_str().is_empty() && !there.keys().any(|path| Path::new(path).starts_with(folder)));
        let mut levels: BTreeMap<usize, Vec<&Path>> = BTreeMap::new();
        for folder in folders {
            levels.entry(folder.components().count()).or_default().push(folder);
        }
        // The innermost first, since rsync removes no folder that holds another one, or what somebody has put there since.
        for level in levels.into_values().rev() {
            let empty = Self::stage(&[])?;
            for folder in level.iter().filter_map(|folder| folder.parent()) {
                // Without it nothing is tidied, and nothing is wrong.
                let _ = fs::create_dir_all(empty.path().join(folder));
            }
            let names: Vec<&str> = level.iter().filter_map(|folder| folder.to_str()).collect();
            self.rsync(&["-r", "--delete-missing-args"], [&Self::here(empty.path()), &self.address], Some(&names))?;
        }
        Ok(())
    }

    fn here(path: &Path) -> String {
        format!("{}/", path.display())
    }
}

impl Target for Machine {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn abilities(&self) -> Abilities {
        Abilities { batch: 500, ..Abilities::PLAIN }
    }

    fn list(&self) -> Result<BTreeMap<String, Found>, Fault> {
        let ended = self.rsync(&["-r", "--list-only", "--no-human-readable"], [&self.address, ""], None)?;
        if no_folder(&ended) {
            return Ok(BTreeMap::new());
        }
        let out = ended.good("list what is there", &[])?;
        let text = String::from_utf8_lossy(&out);
        Ok(text.lines().filter_map(listed).collect())
    }

    fn read(&self, paths: &[&str]) -> Result<Vec<Option<Fetched>>, Fault> {
        let failed = |error: std::io::Error| Fault::new(Kind::Other, format!("files cannot be kept on this machine: {error}"));
        let folder = tempfile::tempdir().map_err(failed)?;
        let ended = self.rsync(&["-r"], [&self.address, &Self::here(folder.path())], Some(paths))?;
        let no_file = ended.code == Some(23) && ended.said.contains(ABSENT);
        if !no_file && !no_folder(&ended) {
            ended.good("read what is there", &[])?;
        }
        let read = |path: &&str| match fs::read(folder.path().join(path)) {
            Ok(bytes) => {
                let version = Version { tag: Some(blake3::hash(&bytes).to_hex().to_string()), number: None };
                Ok(Some(Fetched { bytes, headers: None, version }))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed(error)),
        };
        paths.iter().map(read).collect()
    }

    fn write(&self, uploads: &[Upload]) -> Result<Vec<Option<String>>, Fault> {
        for ended in self.send(uploads, &[])? {
            ended.good("send files", &[])?;
        }
        Ok(vec![None; uploads.len()])
    }

    fn write_if(&self, upload: &Upload, condition: &Condition) -> Result<(), Fault> {
        let unmet = || Fault::new(Kind::Condition, format!("`{}` is there, or has changed", upload.path));
        match condition {
            Condition::Absent => {
                for ended in self.send(std::slice::from_ref(upload), &["--ignore-existing"])? {
                    let out = ended.good("take the lock", &[])?;
                    if !out.starts_with(b"<f") && !out.windows(3).any(|three| three == b"\n<f") {
                        return Err(unmet());
                    }
                }
                Ok(())
            }
            Condition::Still(version) => {
                let found = self.read(&[&upload.path])?.pop().flatten();
                if found.is_none_or(|found| found.version != *version) {
                    return Err(unmet());
                }
                self.write(std::slice::from_ref(upload)).map(drop)
            }
        }
    }

    fn remove(&self, paths: &[&str]) -> Result<(), Fault> {
        let empty = Self::stage(&[])?;
        // The folders of what is to be removed must be here, or rsync looks for them in vain.
        for folder in paths.iter().filter_map(|path| Path::new(path).parent()) {
            fs::create_dir_all(empty.path().join(folder))
                .map_err(|error| Fault::new(Kind::Other, format!("a folder cannot be made: {error}")))?;
        }
        let here = Self::here(empty.path());
        let keep = self.keep.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (kept, plain): (Vec<&str>, Vec<&str>) = paths.iter().copied().partition(|path| keep.contains(*path));
        for (files, backup) in [(kept, ["--backup", KEPT].as_slice()), (plain, &[])] {
            if files.is_empty() {
                continue;
            }
            // What is named and is not here is removed there.
            let arguments: Vec<&str> = [TOLD, "-r", "--delete-missing-args"].iter().chain(backup).copied().collect();
            self.rsync(&arguments, [&here, &self.address], Some(&files))?.good("remove what is gone", &[])?;
        }
        self.tidy(paths)
    }

    fn keep(&self, paths: &[&str]) -> Result<(), Fault> {
        // rsync moves them as it puts others in their place.
        self.keep.lock().unwrap_or_else(PoisonError::into_inner).extend(paths.iter().map(|path| (*path).to_owned()));
        Ok(())
    }
}

/// Whether the folder is not there yet. How rsync ends then depends on what it was asked for.
fn no_folder(ended: &Ended) -> bool {
    ended.code != Some(0) && ended.said.lines().any(|line| line.contains("change_dir") && line.contains(ABSENT))
}

/// A line of a listing: rights, size, day, time, path.
fn listed(line: &str) -> Option<(String, Found)> {
    let mut rest = line;
    let mut word = || {
        rest = rest.trim_start();
        let (word, after) = rest.split_once(' ')?;
        rest = after;
        Some(word)
    };
    let (rights, size) = (word()?, word()?);
    word()?;
    word()?;
    // A folder is no file, and whatever else there is, is somebody's.
    (!rights.starts_with('d')).then(|| (unescaped(rest), Found { size: size.parse().unwrap_or_default(), tag: None }))
}

/// rsync writes characters that would disturb a terminal as `\#012`.
fn unescaped(path: &str) -> String {
    let mut out = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once("\\#") {
        out.push_str(before);
        match after.get(..3).and_then(|digits| u8::from_str_radix(digits, 8).ok()) {
            Some(byte) => {
                out.push(char::from(byte));
                rest = &after[3..];
            }
            None => {
                out.push_str("\\#");
                rest = after;
            }
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listing_is_read() {
        let line = |text: &str| listed(text).map(|(path, found)| (path, found.size));
        assert_eq!(line("-rw-r--r--          5000 2026/11/23 16:05:06 a/b c.html"), Some(("a/b c.html".to_owned(), 5000)));
        assert_eq!(line("drwxr-xr-x          4096 2026/11/23 16:05:06 a"), None);
        assert_eq!(line("-rw-r--r--             1 2026/11/23 16:05:06 a\\#012b"), Some(("a\nb".to_owned(), 1)));
        assert_eq!(line("lrwxrwxrwx             9 2026/11/23 16:05:06 link -> elsewhere"), Some(("link -> elsewhere".to_owned(), 9)));
    }
}
