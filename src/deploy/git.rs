//! A branch of a repository. The git program makes blobs, one commit and a push, in a repository of its own that lasts as
//! long as the run; there is no work tree. A branch moves in one step or does not, so it needs no lock.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::TempDir;

use super::fast_import::Stream;
use super::fault::{Fault, Kind};
use super::program::{self, Ended};
use super::secret::Secrets;
use super::target::{Abilities, Condition, Fetched, Found, Target, Upload, Version};

/// The branch as it is there, in the repository of the run.
const BASE: &str = "refs/heads/base";
/// The branch as it is to be.
const NEXT: &str = "refs/heads/next";
/// How a push says that the branch has moved.
const MOVED: [(&str, Kind); 4] =
    [("stale info", Kind::Moved), ("fetch first", Kind::Moved), ("non-fast-forward", Kind::Moved), ("cannot lock ref", Kind::Moved)];
/// The largest file that the largest host of repositories takes.
const LARGEST: u64 = 100 * 1024 * 1024;

/// A branch.
#[derive(Debug)]
pub(super) struct Branch {
    repository: String,
    /// Its full name in a repository.
    place: String,
    name: String,
    project: PathBuf,
    own: TempDir,
    secrets: Secrets,
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    /// Whether the branch was looked at.
    looked: bool,
    /// The commit that was there then; none where there is no such branch.
    base: Option<String>,
    /// Its files: blob and size.
    tree: BTreeMap<String, (String, u64)>,
    stream: Option<Stream>,
    removed: BTreeSet<String>,
    /// The commit that was made, and is to be pushed.
    made: Option<String>,
}

impl Branch {
    /// A branch of the repository that git knows by this name or address in the project.
    ///
    /// # Errors
    ///
    /// When the git program does not run.
    pub(super) fn new(repository: &str, branch: &str, name: String, project: &Path, secrets: Secrets) -> Result<Self, Fault> {
        let own = tempfile::tempdir().map_err(|error| Fault::new(Kind::Other, format!("no temporary folder can be made: {error}")))?;
        let (place, project) = (format!("refs/heads/{branch}"), project.to_owned());
        let inner = Mutex::default();
        let mut target = Self { repository: repository.to_owned(), place, name, project, own, secrets, inner };
        target.git(&["init", "--quiet", "--bare", "."], &[])?.good("make a repository for the run", &[])?;
        if !repository.contains(['/', ':', '.']) {
            let known = program::run(
                Command::new("git").args(["remote", "get-url", repository]).current_dir(&target.project),
                &[],
                &target.secrets,
            )?;
            let known =
                known.good(&format!("find the remote `{repository}` of the project's repository"), &[("No such remote", Kind::NoPlace)])?;
            String::from_utf8_lossy(&known).trim().clone_into(&mut target.repository);
        }
        Ok(target)
    }

    fn command(&self) -> Command {
        let mut command = Command::new("git");
        command.arg("--git-dir").arg(self.own.path());
        // Addresses of folders count from the project. Nobody's hooks run, and nobody's work tree or index is meant.
        command.current_dir(&self.project).args(["-c", "core.hooksPath=/dev/null", "-c", "gc.auto=0"]);
        for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"] {
            command.env_remove(variable);
        }
        command
    }

    fn git(&self, arguments: &[&str], input: &[u8]) -> Result<Ended, Fault> {
        let mut command = self.command();
        if arguments.first() == Some(&"init") {
            command = Command::new("git");
            command.current_dir(self.own.path());
        }
        program::run(command.args(arguments), input, &self.secrets)
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The commit at the end of the branch now.
    fn tip(&self) -> Result<Option<String>, Fault> {
        let ended = self.git(&["ls-remote", "--exit-code", "--", &self.repository, &self.place], &[])?;
        if ended.code == Some(2) {
            return Ok(None);
        }
        let out = ended.good("look at the repository", &[])?;
        Ok(String::from_utf8_lossy(&out).split_whitespace().next().map(str::to_owned))
    }

    /// Fetches the branch if it is not the one that is known, with one commit before it for a rollback.
    fn look(&self, inner: &mut Inner) -> Result<(), Fault> {
        let tip = self.tip()?;
        if inner.looked && inner.base == tip {
            return Ok(());
        }
        inner.tree.clear();
        if tip.is_some() {
            let refspec = format!("+{}:{BASE}", self.place);
            let fetch = ["fetch", "--quiet", "--no-tags", "--depth=2", "--", &self.repository, &refspec];
            self.git(&fetch, &[])?.good("fetch the branch", &[])?;
            let out = self.git(&["ls-tree", "-r", "-l", "-z", BASE], &[])?.good("list the branch", &[])?;
            inner.tree = tree(&out);
        }
        (inner.looked, inner.base) = (true, tip);
        Ok(())
    }

    /// Blobs by their names, in order.
    fn blobs(&self, names: &[String]) -> Result<Vec<Option<Vec<u8>>>, Fault> {
        let input: String = names.iter().flat_map(|name| [name.as_str(), "\n"]).collect();
        let out = self.git(&["cat-file", "--batch"], input.as_bytes())?.good("read the branch", &[])?;
        let mut rest = out.as_slice();
        let mut blobs = Vec::with_capacity(names.len());
        for _ in names {
            let end = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
            let head = String::from_utf8_lossy(&rest[..end]).into_owned();
            rest = rest.get(end + 1..).unwrap_or_default();
            let size = head.rsplit(' ').next().and_then(|size| size.parse::<usize>().ok());
            blobs.push(size.and_then(|size| {
                let bytes = rest.get(..size)?.to_vec();
                rest = rest.get(size + 1..).unwrap_or_default();
                Some(bytes)
            }));
        }
        Ok(blobs)
    }

    /// Ends the stream of blobs with a commit on the branch as it is there.
    fn commit(&self, inner: &mut Inner) -> Result<String, Fault> {
        let base = inner.base.clone();
        let who = self.git(&["var", "GIT_COMMITTER_IDENT"], &[])?;
        let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default().as_secs();
        let who = match who.code {
            Some(0) => String::from_utf8_lossy(&who.out).trim().to_owned(),
            _ => format!("Postil <> {seconds} +0000"),
        };
        let stream = match inner.stream.take() {
            Some(stream) => stream,
            None => Stream::start(self.command())?,
        };
        stream.commit(NEXT, base.as_deref(), &who, &inner.removed)?;
        let out = self.git(&["rev-parse", NEXT], &[])?.good("make a commit", &[])?;
        Ok(String::from_utf8_lossy(&out).trim().to_owned())
    }
}

/// What `ls-tree -r -l -z` lists.
fn tree(out: &[u8]) -> BTreeMap<String, (String, u64)> {
    let text = String::from_utf8_lossy(out);
    let entry = |line: &str| {
        let (head, path) = line.split_once('\t')?;
        let mut words = head.split_whitespace().skip(2);
        let (blob, size) = (words.next()?, words.next()?);
        // A submodule has no size; it is nothing of ours.
        Some((path.to_owned(), (blob.to_owned(), size.parse().unwrap_or_default())))
    };
    text.split('\0').filter_map(entry).collect()
}

impl Target for Branch {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn abilities(&self) -> Abilities {
        Abilities { at_once: true, history: true, batch: 64, largest: LARGEST, ..Abilities::PLAIN }
    }

    fn list(&self) -> Result<BTreeMap<String, Found>, Fault> {
        let mut inner = self.inner();
        self.look(&mut inner)?;
        let found = |(path, (blob, size)): (&String, &(String, u64))| (path.clone(), Found { size: *size, tag: Some(blob.clone()) });
        Ok(inner.tree.iter().map(found).collect())
    }

    fn read(&self, paths: &[&str]) -> Result<Vec<Option<Fetched>>, Fault> {
        let mut inner = self.inner();
        if !inner.looked {
            self.look(&mut inner)?;
        }
        let known: Vec<Option<&(String, u64)>> = paths.iter().map(|path| inner.tree.get(*path)).collect();
        let names: Vec<String> = known.iter().flatten().map(|(blob, _)| blob.clone()).collect();
        let mut blobs = self.blobs(&names)?.into_iter();
        let fetched = |bytes: Vec<u8>| Fetched { bytes, headers: None, version: Version::default() };
        Ok(known.into_iter().map(|known| known.and_then(|_| blobs.next().flatten()).map(fetched)).collect())
    }

    fn write(&self, uploads: &[Upload]) -> Result<Vec<Option<String>>, Fault> {
        let mut inner = self.inner();
        if inner.stream.is_none() {
            inner.stream = Some(Stream::start(self.command())?);
        }
        let stream = inner.stream.as_mut().expect("it was just begun");
        uploads.iter().map(|upload| stream.blob(&upload.path, &upload.bytes).map(Some)).collect()
    }

    fn write_if(&self, _: &Upload, _: &Condition) -> Result<(), Fault> {
        Err(Fault::new(Kind::Unknown, "a branch needs no lock"))
    }

    fn remove(&self, paths: &[&str]) -> Result<(), Fault> {
        self.inner().removed.extend(paths.iter().map(|path| (*path).to_owned()));
        Ok(())
    }

    fn keep(&self, _: &[&str]) -> Result<(), Fault> {
        // The commit before this one keeps all of it.
        Ok(())
    }

    fn kept(&self, path: &str) -> Result<Option<Vec<u8>>, Fault> {
        Ok(self.blobs(&[format!("{BASE}^:{path}")])?.pop().flatten())
    }

    fn finish(&self) -> Result<(), Fault> {
        let mut inner = self.inner();
        if inner.made.is_none() {
            inner.made = Some(self.commit(&mut inner)?);
        }
        let made = inner.made.clone().unwrap_or_default();
        let base = inner.base.clone().unwrap_or_default();
        let lease = format!("--force-with-lease={}:{base}", self.place);
        let refspec = format!("{made}:{}", self.place);
        let pushed = self.git(&["push", "--quiet", &lease, "--", &self.repository, &refspec], &[])?;
        if pushed.code == Some(0) || self.tip().is_ok_and(|tip| tip.as_ref() == Some(&made)) {
            *inner = Inner::default();
            return Ok(());
        }
        Err(pushed.fault("push the branch", &MOVED))
    }
}
