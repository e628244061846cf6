//! The real targets: what each needs to be there, and how a project names it.

use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::project::Project;
use crate::server::{Server, ask, free_port, program, start};
use crate::site::of_the_site;

/// A target that is ready: the table in `postil.toml`, and the variables with its credentials.
pub struct Host {
    pub toml: String,
    pub env: Vec<(String, String)>,
    pub folder: TempDir,
    pub server: Option<Server>,
    /// Words that must never be printed.
    pub secrets: Vec<String>,
}

impl Host {
    pub fn project(&self) -> Project {
        Project::new(&self.toml, &self.env)
    }

    /// The port of its server, for whoever comes between.
    pub fn port(&self) -> u16 {
        self.server.as_ref().map_or(0, |server| server.port)
    }
}

/// What keeps a host from being there.
pub type Ready = Result<Host, String>;

fn host(toml: String, env: &[(&str, &str)], folder: TempDir) -> Host {
    let env = env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Host { toml, env, folder, server: None, secrets: Vec::new() }
}

fn temporary() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

pub fn needed(name: &str) -> Result<std::path::PathBuf, String> {
    program(name).ok_or_else(|| format!("{name} is not there: `make hosts` installs it"))
}

pub fn done(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| error.to_string())?;
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

/// What is there; where it is not, says what is skipped, past the test harness, which keeps to itself what a passing test prints.
pub fn there<T>(what: &str, ready: Result<T, String>) -> Option<T> {
    let said = |why: &String| drop(writeln!(std::io::stderr(), "\nskipped: {what}: {why}\n"));
    ready.inspect_err(said).ok()
}

pub fn folder() -> Host {
    let folder = temporary();
    let toml = format!("[deploy.live]\nto = \"file:{}\"\n", folder.path().join("www").display());
    host(toml, &[], folder)
}

/// The store that keeps to conditions.
pub fn moto() -> Ready {
    let port = free_port();
    let server = start(port, Command::new(needed("moto_server")?).args(["-H", "127.0.0.1", "-p", &port.to_string()]))?;
    ask(port, "PUT", "/site");
    let mut host = s3(port, "moto-key", "moto-secret-0123456789");
    host.server = Some(server);
    Ok(host)
}

/// The store that ignores conditions.
pub fn s3rver() -> Ready {
    let (port, folder) = (free_port(), temporary());
    let mut command = Command::new(needed("s3rver")?);
    command.arg("-d").arg(folder.path()).args(["-a", "127.0.0.1", "-p", &port.to_string(), "--configure-bucket", "site"]);
    let server = start(port, &mut command)?;
    let mut host = s3(port, "S3RVER", "S3RVER");
    (host.server, host.folder) = (Some(server), folder);
    host.secrets.clear();
    Ok(host)
}

/// A bucket at a port of this machine.
pub fn s3(port: u16, key: &str, secret: &str) -> Host {
    let toml = format!("[deploy.live]\nto = \"s3://site/a/b\"\nendpoint = \"http://127.0.0.1:{port}\"\nregion = \"us-east-1\"\n");
    let mut host = host(toml, &[("AWS_ACCESS_KEY_ID", key), ("AWS_SECRET_ACCESS_KEY", secret)], temporary());
    host.secrets.push(secret.to_owned());
    host
}

pub fn azurite() -> Ready {
    let (port, folder) = (free_port(), temporary());
    let key = "cG9zdGlsLXRlc3QtYWNjb3VudC1rZXktMDEyMzQ1Njc4OQ==";
    let mut command = Command::new(needed("azurite-blob")?);
    command.args(["--silent", "--skipApiVersionCheck", "--disableTelemetry", "--blobHost", "127.0.0.1", "--blobPort", &port.to_string()]);
    let server = start(port, command.arg("--location").arg(folder.path()).env("AZURITE_ACCOUNTS", format!("postil:{key}")))?;
    let node = needed("node")?;
    done(Command::new(node).args(["-e", CONTAINER, &port.to_string(), key]))?;
    let toml = format!("[deploy.live]\nto = \"az://site/a/b\"\nendpoint = \"http://127.0.0.1:{port}/postil\"\naccount = \"postil\"\n");
    let mut host = host(toml, &[("AZURE_STORAGE_ACCOUNT_KEY", key)], folder);
    host.server = Some(server);
    host.secrets.push(key.to_owned());
    Ok(host)
}

/// Makes a container, which takes a signed request.
const CONTAINER: &str = r"
const [port, key] = process.argv.slice(-2), date = new Date().toUTCString();
const text = ['PUT', '', '', '', '', '', '', '', '', '', '', '', `x-ms-date:${date}`, 'x-ms-version:2021-10-04', '/postil/postil/site', 'restype:container'].join('\n');
const signature = require('crypto').createHmac('sha256', Buffer.from(key, 'base64')).update(text, 'utf8').digest('base64');
const headers = { 'x-ms-date': date, 'x-ms-version': '2021-10-04', Authorization: `SharedKey postil:${signature}` };
fetch(`http://127.0.0.1:${port}/postil/site?restype=container`, { method: 'PUT', headers })
  .then(answer => { if (answer.status !== 201) { answer.text().then(text => { console.error(answer.status, text); process.exit(1); }); } });
";

pub fn git() -> Ready {
    let folder = temporary();
    let repository = folder.path().join("site.git");
    done(Command::new(needed("git")?).args(["init", "--quiet", "--bare"]).arg(&repository))?;
    let toml = format!("[deploy.live]\nto = \"git:{}\"\nbranch = \"pages\"\n", repository.display());
    Ok(host(toml, &[], folder))
}

pub fn ssh() -> Ready {
    let (port, folder) = (free_port(), temporary());
    let (sshd, keygen) = (needed("sshd")?, needed("ssh-keygen")?);
    needed("rsync")?;
    let at = |name: &str| folder.path().join(name);
    for key in ["host", "user"] {
        done(Command::new(&keygen).args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(at(key)))?;
    }
    std::fs::copy(at("user.pub"), at("authorized")).map_err(|error| error.to_string())?;
    let user = user()?;
    // The server wants this folder, if it runs as root.
    let _ = std::fs::create_dir_all("/run/sshd");
    let server = format!(
        "Port {port}\nListenAddress 127.0.0.1\nHostKey {}\nAuthorizedKeysFile {}\nPidFile none\nStrictModes no\nUsePAM no\nPasswordAuthentication no\nPermitRootLogin yes\n",
        at("host").display(),
        at("authorized").display()
    );
    let client = format!(
        "Host *\nPort {port}\nUser {user}\nIdentityFile {}\nIdentitiesOnly yes\nUserKnownHostsFile /dev/null\nStrictHostKeyChecking no\nBatchMode yes\nLogLevel ERROR\n",
        at("user").display()
    );
    std::fs::write(at("sshd_config"), server).and_then(|()| std::fs::write(at("ssh_config"), client)).map_err(|error| error.to_string())?;
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).map_err(|error| error.to_string())?;
    let server = start(port, Command::new(sshd).arg("-D").arg("-f").arg(at("sshd_config")))?;
    // The program ssh, with settings of its own: it finds those of a user by their account, whatever `HOME` says.
    let ssh = format!("#!/bin/sh\nexec {} -F {} \"$@\"\n", needed("ssh")?.display(), at("ssh_config").display());
    std::fs::create_dir(at("bin")).and_then(|()| std::fs::write(at("bin/ssh"), ssh)).map_err(|error| error.to_string())?;
    std::fs::set_permissions(at("bin/ssh"), std::fs::Permissions::from_mode(0o755)).map_err(|error| error.to_string())?;
    let path = format!("{}:{}", at("bin").display(), std::env::var("PATH").unwrap_or_default());
    let toml = format!("[deploy.live]\nto = \"ssh://127.0.0.1{}\"\n", at("www/site").display());
    let mut host = host(toml, &[("PATH", &path)], folder);
    host.server = Some(server);
    done(Command::new("ssh").arg("-F").arg(host.folder.path().join("ssh_config")).args(["127.0.0.1", "true"]))?;
    Ok(host)
}

fn user() -> Result<String, String> {
    let output = Command::new("id").arg("-un").output().map_err(|error| error.to_string())?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The objects that the store on disk has of the folder `a/b`, without asking it.
pub fn on_disk(host: &Host) -> crate::site::Files {
    let objects = crate::project::files_of(&host.folder.path().join("site"));
    let name = |path: &str| Some(path.strip_prefix("a/b/")?.strip_suffix("._S3rver_object")?.to_owned());
    of_the_site(objects.into_iter().filter_map(|(path, bytes)| Some((name(&path)?, bytes))).collect())
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    done(Command::new("cp").arg("-a").arg(from).arg(to)).expect("it is copied");
}
