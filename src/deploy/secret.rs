//! Credentials never reach a message: whatever was read from where they are kept is taken out of it.

/// Beginnings of the names of variables that hold credentials, or may.
const OWNERS: [&str; 6] = ["AWS_", "AZURE_", "GOOGLE_", "GCP_", "GIT_", "RSYNC_"];
/// What such a name says of its value.
const WORDS: [&str; 7] = ["KEY", "SECRET", "TOKEN", "PASSWORD", "SAS", "CREDENTIAL", "ASKPASS"];
/// Shorter values are no secret, and would tear holes into messages.
const SHORTEST: usize = 6;

/// Texts that no message may hold.
#[derive(Clone, Default)]
pub(super) struct Secrets(Vec<String>);

impl Secrets {
    /// Those of the environment.
    pub(super) fn of_environment() -> Self {
        let mut secrets = Self::default();
        for (name, value) in std::env::vars_os() {
            let (Some(name), Some(value)) = (name.to_str(), value.to_str()) else { continue };
            // The name of a file is none; but whoever has put its content there instead has a secret in it.
            let of_a_file = name.ends_with("_FILE") || name == "GOOGLE_APPLICATION_CREDENTIALS";
            if of_a_file && !value.contains(['{', '"', '\n']) {
                continue;
            }
            if OWNERS.iter().any(|owner| name.starts_with(owner)) && WORDS.iter().any(|word| name.contains(word)) {
                secrets.add(value);
            }
        }
        secrets
    }

    /// One more.
    pub(super) fn add(&mut self, secret: &str) {
        if secret.len() >= SHORTEST {
            self.0.push(secret.to_owned());
            // The longest first, so that of a secret that begins with another one nothing is left.
            self.0.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        }
    }

    /// A text without them, without the queries of addresses, which may be signed, and without passwords in addresses.
    pub(super) fn hide(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for secret in &self.0 {
            text = text.replace(secret, "…");
        }
        let clean = |word: &str| match word.split_once("://") {
            Some((scheme, rest)) => {
                let rest = rest.split_once('?').map_or(rest, |(rest, _)| rest);
                let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
                let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
                format!("{scheme}://{host}{path}")
            }
            None => word.to_owned(),
        };
        text.split(' ').map(clean).collect::<Vec<_>>().join(" ")
    }
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} secrets", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_them_is_left() {
        let mut secrets = Secrets::default();
        secrets.add("wJalrXUt");
        secrets.add("wJalrXUtnFEMI");
        let text = "GET https://me:pass@host/a?sig=abc failed: wJalrXUtnFEMI, wJalrXUt";
        assert_eq!(secrets.hide(text), "GET https://host/a failed: …, …");
        assert_eq!(format!("{secrets:?}"), "2 secrets");
    }
}
