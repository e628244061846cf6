//! Who may ask: only pages of this server, by a name that is known to be its own.
//!
//! Any page on the web can send a browser to this machine, and can give its own name to this machine's address. The
//! name by which the server is asked, and the page that asks, tell such requests apart.

/// The names by which the server may be asked.
#[derive(Debug, Clone)]
pub(super) struct Names {
    own: Vec<String>,
}

impl Names {
    /// The names of this machine for itself, and these.
    pub(super) fn new(more: &[String]) -> Self {
        let own = ["localhost", "127.0.0.1", "[::1]"].into_iter().map(str::to_owned);
        Self { own: own.chain(more.iter().map(|name| name.to_ascii_lowercase())).collect() }
    }

    /// Whether this is the server's own name, with or without a port.
    pub(super) fn is_own(&self, host: &str) -> bool {
        let name = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some((inside, rest)) if is_port(rest) => &host[..inside.len() + 2],
            Some(_) => return false,
            None => match host.split_once(':') {
                Some((name, port)) if port.bytes().all(|one| one.is_ascii_digit()) => name,
                Some(_) => return false,
                None => host,
            },
        };
        self.own.iter().any(|own| own.eq_ignore_ascii_case(name))
    }

    /// Whether a page with this origin is one of the server's own.
    pub(super) fn is_own_origin(&self, origin: &str) -> bool {
        origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://")).is_some_and(|host| self.is_own(host))
    }
}

/// Whether this is nothing, or a colon and a number.
fn is_port(text: &str) -> bool {
    text.is_empty() || text.strip_prefix(':').is_some_and(|port| port.bytes().all(|one| one.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_names_are_answered() {
        let names = Names::new(&["Box.example".to_owned()]);
        for host in ["localhost", "LOCALHOST:1111", "127.0.0.1:80", "[::1]", "[::1]:1111", "box.example:3000"] {
            assert!(names.is_own(host), "{host}");
        }
        for host in [
            "",
            "example.org",
            "localhost.example.org",
            "127.0.0.1.example.org",
            "localhost:80:80",
            "localhost:x",
            "[::1",
            "[::1]x",
            "[::2]",
            "::1",
            "user@localhost",
            "0.0.0.0",
            "127.1",
            " localhost",
        ] {
            assert!(!names.is_own(host), "{host}");
        }
        assert!(names.is_own_origin("http://localhost:1111"));
        for origin in ["null", "", "http://example.org", "file://", "localhost"] {
            assert!(!names.is_own_origin(origin), "{origin}");
        }
    }
}
