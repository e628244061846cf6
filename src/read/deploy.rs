//! `[deploy.NAME]` in `postil.toml`: where the site goes, and by which way.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::text::{Diagnostic, Diagnostics, Place, Spanned, nearest, rules};

/// The branch that code hosts show as a site.
const BRANCH: &str = "gh-pages";
/// Seconds that one request may take.
const TIMEOUT: u64 = 300;
/// How often a request is made again.
const RETRIES: usize = 4;
/// The ways, by the word before the colon, with an example of each.
const WAYS: [(&str, &str); 6] = [
    ("file", "file:/srv/www/briefing"),
    ("s3", "s3://bucket/folder"),
    ("gs", "gs://bucket/folder"),
    ("az", "az://container/folder"),
    ("git", "git:https://example.org/us/site.git"),
    ("ssh", "ssh://web.example.org/srv/www/briefing"),
];

/// A target of `postil deploy`. Credentials do not belong here: they come from the environment, from profile files and
/// from the ssh agent.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(default)]
pub struct TargetConfig {
    /// Where the site goes: `file:FOLDER`, `s3://BUCKET/FOLDER`, `gs://BUCKET/FOLDER`, `az://CONTAINER/FOLDER`,
    /// `git:REPOSITORY` or `ssh://HOST/FOLDER`.
    pub to: Option<Spanned<String>>,
    /// For `s3:`, `gs:` and `az:`, the address of the store, where it is not that of the provider itself.
    pub endpoint: Option<Spanned<String>>,
    /// For `s3:`, the region; else that of the environment or of the profile.
    pub region: Option<Spanned<String>>,
    /// For `s3:`, the profile in the files of the AWS programs; else that of the environment, or `default`.
    pub profile: Option<Spanned<String>>,
    /// For `az:`, the account; else that of the environment.
    pub account: Option<Spanned<String>>,
    /// For `git:`, the branch; `gh-pages` if not written.
    pub branch: Option<Spanned<String>>,
    /// The largest file that the host takes, in MiB, where it takes less than its kind does: 25 for a branch that Cloudflare
    /// Pages shows.
    pub largest: Option<u64>,
    /// Whether what a deploy replaces and removes is kept at the target until the next one, for `--rollback`.
    pub keep: bool,
    /// How many seconds one request may take.
    pub timeout: u64,
    /// How often a request that failed is made again, with longer and longer waits.
    pub retries: usize,
}

impl Default for TargetConfig {
    fn default() -> Self {
        Self {
            to: None,
            endpoint: None,
            region: None,
            profile: None,
            account: None,
            branch: None,
            largest: None,
            keep: true,
            timeout: TIMEOUT,
            retries: RETRIES,
        }
    }
}

/// Where a site goes, read from `to`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// A folder of this machine, from the root of the briefing.
    File(String),
    /// A bucket of an object store, and a folder in it, which may be empty.
    Store {
        /// Which store.
        store: Store,
        /// The bucket or container.
        bucket: String,
        /// The folder, without slashes at its ends.
        folder: String,
    },
    /// A repository, as the git program names it.
    Git(String),
    /// A folder of another machine.
    Ssh {
        /// The machine, with a user before it where one is named.
        host: String,
        /// The port, where it is not the usual one.
        port: Option<u16>,
        /// The folder.
        folder: String,
    },
}

/// The object stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Store {
    /// S3, or what speaks like it.
    S3,
    /// Google Cloud Storage.
    Gs,
    /// Azure Blob Storage.
    Az,
}

impl Store {
    /// The word before the colon.
    pub fn word(self) -> &'static str {
        match self {
            Self::S3 => "s3",
            Self::Gs => "gs",
            Self::Az => "az",
        }
    }
}

impl TargetConfig {
    /// The branch of a repository.
    pub fn branch(&self) -> &str {
        self.branch.as_ref().map_or(BRANCH, |branch| branch.value.as_str())
    }

    /// Reports what cannot be meant.
    pub(super) fn examine(&self, name: &str, place: &dyn Fn(crate::text::Span) -> Place, whole: Place, diagnostics: &mut Diagnostics) {
        let mut settings = |place: Place, message: String, help: String| {
            diagnostics.push(Diagnostic::new(&rules::SETTINGS, place, message).help(help));
        };
        let Some(to) = &self.to else {
            settings(whole, format!("the target `{name}` has no address"), format!("write where it is, such as `to = \"{}\"`", WAYS[0].1));
            return;
        };
        let address = match Address::read(&to.value) {
            Ok(address) => address,
            // The line is not shown where a password may stand in it.
            Err(Wrong { message, help }) if to.value.contains('@') => return settings(whole, message, help),
            Err(Wrong { message, help }) => return settings(place(to.span), message, help),
        };
        for Particular { key, value, ways } in self.particular() {
            if let Some(value) = value.filter(|_| !ways.contains(&address.word())) {
                let ways: Vec<String> = ways.iter().map(|way| format!("`{way}:`")).collect();
                let message = format!("`{key}` means nothing for `{}:`", address.word());
                settings(place(value.span), message, format!("it is for {}; take it out", ways.join(", ")));
            }
        }
        if let Some(endpoint) = self.endpoint.as_ref().filter(|endpoint| !is_endpoint(&endpoint.value)) {
            let message = "`endpoint` is no full address of a store".to_owned();
            let help = "write it like `https://storage.example.org`, without a name or password in it".to_owned();
            settings(if endpoint.value.contains('@') { whole } else { place(endpoint.span) }, message, help);
        }
        for (key, value) in [("region", &self.region), ("account", &self.account)] {
            if let Some(value) = value.as_ref().filter(|value| !is_word(&value.value)) {
                let message = format!("`{}` is no name for `{key}`", value.value);
                settings(place(value.span), message, "write it as its provider does: letters, digits and hyphens".to_owned());
            }
        }
        if let Some(branch) = self.branch.as_ref().filter(|branch| !fit(&branch.value)) {
            settings(place(branch.span), format!("`{}` is no name of a branch", branch.value), format!("write it like `{BRANCH}`"));
        }
    }

    /// The keys that only some ways know.
    fn particular(&self) -> [Particular<'_>; 5] {
        let key = |key, value, ways| Particular { key, value: Option::as_ref(value), ways };
        [
            key("endpoint", &self.endpoint, &["s3", "gs", "az"]),
            key("region", &self.region, &["s3"]),
            key("profile", &self.profile, &["s3"]),
            key("account", &self.account, &["az"]),
            key("branch", &self.branch, &["git"]),
        ]
    }
}

/// A key that only some ways know.
struct Particular<'c> {
    key: &'static str,
    value: Option<&'c Spanned<String>>,
    ways: &'static [&'static str],
}

/// Whether a text is the full address of a store. One with a name and password in it is none: they do not belong there.
pub fn is_endpoint(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else { return false };
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (host, port) = match host.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (host, None),
    };
    let name = |name: &str| !name.is_empty() && name.chars().all(|one| one.is_ascii_alphanumeric() || "-._".contains(one));
    let number = |host: &str| host.contains(':') && host.chars().all(|one| one.is_ascii_hexdigit() || ":.".contains(one));
    let host = name(host) || host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).is_some_and(number);
    let path = path.chars().all(|one| one.is_ascii_alphanumeric() || "/-._~".contains(one));
    host && path && port.is_none_or(|port| port.parse::<u16>().is_ok())
}

/// Whether a text can be a part of a host's name, as regions and accounts are.
pub fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|one| one.is_ascii_alphanumeric() || "-_".contains(one))
}

/// Whether git takes this as the name of a branch.
fn fit(branch: &str) -> bool {
    let parts = branch.split('/').all(|part| !part.is_empty() && !part.starts_with('.') && !part.ends_with(".lock"));
    parts && !branch.starts_with('-') && !branch.contains("..") && !branch.contains("@{") && !branch.ends_with('.') && {
        !branch.contains(|one: char| one.is_whitespace() || one.is_control() || "~^:?*[\\".contains(one))
    }
}

/// What is wrong with an address, and the way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// What is wrong.
    pub message: String,
    /// The way out.
    pub help: String,
}

impl Address {
    /// Reads what stands in `to`.
    ///
    /// # Errors
    ///
    /// When it is no such address.
    pub fn read(text: &str) -> Result<Self, Wrong> {
        let Some((way, rest)) = text.split_once(':') else {
            let message = format!("`{text}` does not say by which way the site goes");
            return Err(Wrong { message, help: format!("write it like `{}`; the ways are {}", WAYS[0].1, ways()) });
        };
        // git may have one, and leaves it out of what it says.
        if way != "git" && has_password(rest) {
            let help = "take it out: credentials come from the environment, from profile files and from the ssh agent".to_owned();
            return Err(Wrong { message: format!("a password does not belong in the address of a target (`{way}:`)"), help });
        }
        let example = |way: &str| WAYS.iter().find(|(known, _)| *known == way).map_or("", |(_, example)| example);
        let wrong = |message: String| Wrong { message, help: format!("write it like `{}`", example(way)) };
        // An address that begins with a dash would be an option of the program that is given it.
        let odd = rest.is_empty() || rest.trim() != rest || rest.starts_with('-') || rest.contains(char::is_control);
        match way {
            _ if odd && !example(way).is_empty() => Err(wrong(format!("`{text}` is no address"))),
            "file" => Ok(Self::File(rest.strip_prefix("//").unwrap_or(rest).to_owned())),
            "s3" => store(Store::S3, rest).ok_or_else(|| wrong(format!("`{text}` names no bucket"))),
            "gs" => store(Store::Gs, rest).ok_or_else(|| wrong(format!("`{text}` names no bucket"))),
            "az" => store(Store::Az, rest).ok_or_else(|| wrong(format!("`{text}` names no container"))),
            "git" => Ok(Self::Git(rest.to_owned())),
            "ssh" => ssh(rest).ok_or_else(|| wrong(format!("`{text}` names no machine and folder"))),
            _ => {
                let near: Vec<&str> = nearest(way, WAYS.iter().map(|(way, _)| *way)).into_iter().collect();
                let help =
                    near.first().map_or_else(|| format!("the ways are {}", ways()), |near| format!("write it like `{}`", example(near)));
                Err(Wrong { message: format!("the way `{way}:` is not known"), help })
            }
        }
    }

    /// The word before the colon.
    pub fn word(&self) -> &'static str {
        match self {
            Self::File(_) => "file",
            Self::Store { store, .. } => store.word(),
            Self::Git(_) => "git",
            Self::Ssh { .. } => "ssh",
        }
    }
}

fn ways() -> String {
    WAYS.map(|(way, _)| format!("`{way}:`")).join(", ")
}

fn store(store: Store, rest: &str) -> Option<Address> {
    let (bucket, folder) = rest.strip_prefix("//")?.split_once('/').unwrap_or((rest.strip_prefix("//")?, ""));
    let folder = folder.trim_end_matches('/');
    let parts = folder.is_empty() || folder.split('/').all(|part| !["", ".", ".."].contains(&part));
    let plain = !bucket.is_empty() && bucket.chars().all(|one| one.is_ascii_alphanumeric() || "-._".contains(one));
    (plain && parts).then(|| Address::Store { store, bucket: bucket.to_owned(), folder: folder.to_owned() })
}

/// `//HOST:PORT/FOLDER`, where the folder counts from the root, or `HOST:FOLDER`, where it may count from the home folder.
fn ssh(rest: &str) -> Option<Address> {
    let (host, port, folder) = match rest.strip_prefix("//") {
        Some(rest) => {
            let (host, folder) = rest.split_at(rest.find('/')?);
            let (host, port) = match host.rsplit_once(':') {
                Some((host, port)) => (host, Some(port.parse().ok()?)),
                None => (host, None),
            };
            (host, port, folder)
        }
        None => rest.split_once(':').map(|(host, folder)| (host, None, folder))?,
    };
    let plain = |text: &str| !text.is_empty() && !text.starts_with('-') && !text.contains(char::is_whitespace);
    // The root of a machine is no place for a site.
    let folder = folder.trim_end_matches('/');
    let fits =
        plain(host) && !host.contains('/') && !folder.is_empty() && !folder.starts_with('-') && !folder.split('/').any(|part| part == "..");
    fits.then(|| Address::Ssh { host: host.to_owned(), port, folder: folder.to_owned() })
}

/// As messages name it: whatever in it could be a password is left out.
impl fmt::Display for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(folder) => write!(out, "file:{folder}"),
            Self::Store { store, bucket, folder } if folder.is_empty() => write!(out, "{}://{bucket}", store.word()),
            Self::Store { store, bucket, folder } => write!(out, "{}://{bucket}/{folder}", store.word()),
            Self::Git(repository) => write!(out, "git:{}", without_password(repository)),
            Self::Ssh { host, port: Some(port), folder } => write!(out, "ssh://{host}:{port}{folder}"),
            Self::Ssh { host, port: None, folder } => write!(out, "ssh:{host}:{folder}"),
        }
    }
}

/// Whether a password stands before the host of an address.
fn has_password(rest: &str) -> bool {
    let host = rest.trim_start_matches('/').split('/').next().unwrap_or_default();
    rest.starts_with("//") && host.rsplit_once('@').is_some_and(|(before, _)| before.contains(':'))
}

/// An address without what stands between its scheme and its host.
pub fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    match host.rsplit_once('@') {
        Some((_, host)) => format!("{scheme}://{host}{path}"),
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read() {
        let read = |text: &str| Address::read(text).map(|address| address.to_string());
        for (text, shown) in [
            ("file:../public", "file:../public"),
            ("file:///srv/www", "file:/srv/www"),
            ("s3://bucket", "s3://bucket"),
            ("s3://bucket/a/b/", "s3://bucket/a/b"),
            ("gs://bucket/a", "gs://bucket/a"),
            ("az://container", "az://container"),
            ("git:git@example.org:us/site.git", "git:git@example.org:us/site.git"),
            ("git:https://me:secret@example.org/site.git", "git:https://example.org/site.git"),
            ("ssh://me@example.org:2222/srv/www/", "ssh://me@example.org:2222/srv/www"),
            ("ssh:example.org:www", "ssh:example.org:www"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(shown), "{text}");
        }
    }

    #[test]
    fn the_address_of_a_store_is_full_and_holds_no_password() {
        for text in ["https://storage.example.org", "http://127.0.0.1:9000/", "http://[::1]:9000", "https://example.org/us/store"] {
            assert!(is_endpoint(text), "{text}");
        }
        for text in
            ["", "127.0.0.1:9", "https://", "http://:9", "https://me:pass@example.org", "http://a b", "http://a:b", "ftp://a", "http://a?b"]
        {
            assert!(!is_endpoint(text), "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused_with_a_way_out() {
        for text in [
            "",
            "output",
            "file:",
            "s3:bucket",
            "s3://",
            "s3:///a",
            "s3://b/../c",
            "s3://b//c",
            "az://a b",
            "git:",
            "git:--upload-pack=x",
            "ssh:host",
            "ssh://host",
            "ssh://host/",
            "ssh://-oProxyCommand=x/srv",
            "ssh:host:../x",
            "ssh://host:port/srv",
            "ssh://me:secret@host/srv",
            "s3://key:secret@bucket",
            "ftp://host/",
            "S3://bucket",
            "git: x",
        ] {
            let wrong = Address::read(text).expect_err(text);
            assert!(!wrong.help.is_empty() && !wrong.message.is_empty(), "{text}");
        }
        assert_eq!(Address::read("flie:www").expect_err("no way").help, "write it like `file:/srv/www/briefing`");
    }
}
