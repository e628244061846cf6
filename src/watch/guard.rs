//! Who may ask: only pages of this server, by a name that is known to be its own.
//!
//! Any page on the web can send a browser to this machine, and can give its own name to this machine's address. The
//! name by which the server is asked, and the page that asks, tell such requests apart.

use axum::http::header::{ORIGIN, REFERER};
use axum::http::{HeaderMap, HeaderName};

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

    /// Whether nothing in the head of a request says that a foreign page has sent it.
    pub(super) fn may_ask(&self, headers: &HeaderMap) -> bool {
        let of_own = headers.get_all(ORIGIN).iter().all(|origin| origin.to_str().is_ok_and(|origin| self.is_own_origin(origin)));
        of_own && !is_taken_elsewhere(headers)
    }

    /// Whether the head says that a page of this server has sent it. Browsers say it in the first way; not where this
    /// machine is asked by another name, without encryption; there they name the page itself.
    pub(super) fn is_own_page(&self, headers: &HeaderMap) -> bool {
        let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let page = text(REFERER).map(|page| page.splitn(4, '/').take(3).collect::<Vec<_>>().join("/"));
        match text(HeaderName::from_static(SITE)) {
            Some(site) => site == "same-origin",
            None => text(ORIGIN).is_some_and(|origin| self.is_own_origin(origin)) || page.is_some_and(|page| self.is_own_origin(&page)),
        }
    }
}

/// The header by which browsers tell how far the page that asks is from what it asks for.
const SITE: &str = "sec-fetch-site";

/// Whether a page of another server takes something of this one into itself. That it links here is another matter.
fn is_taken_elsewhere(headers: &HeaderMap) -> bool {
    let is = |name: &str, value: &str| headers.get(name).is_some_and(|found| found == value);
    let near = headers.get_all(SITE).iter().all(|site| site == "same-origin" || site == "none");
    let links = is("sec-fetch-mode", "navigate") && is("sec-fetch-dest", "document");
    !near && !links
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

    #[test]
    fn who_asks_is_told_by_the_head() {
        let names = Names::new(&[]);
        let head = |lines: &[(&'static str, &'static str)]| {
            lines
                .iter()
                .map(|(name, value)| (HeaderName::from_static(name), axum::http::HeaderValue::from_static(value)))
                .collect::<HeaderMap>()
        };
        let judged = |lines: &[(&'static str, &'static str)]| (names.may_ask(&head(lines)), names.is_own_page(&head(lines)));
        let (mode, dest) = ("sec-fetch-mode", "sec-fetch-dest");
        assert_eq!(judged(&[]), (true, false), "a program that is no browser");
        assert_eq!(judged(&[(SITE, "same-origin")]), (true, true));
        assert_eq!(judged(&[(SITE, "none")]), (true, false), "somebody has typed the address");
        for site in ["same-site", "cross-site", "", "Same-Origin"] {
            assert_eq!(judged(&[(SITE, site)]), (false, false), "{site}");
            assert_eq!(judged(&[(SITE, site), (mode, "navigate"), (dest, "document")]), (true, false), "a link from {site}");
            assert_eq!(judged(&[(SITE, site), (mode, "navigate"), (dest, "iframe")]), (false, false), "a frame of {site}");
            assert_eq!(judged(&[(SITE, site), ("referer", "http://localhost/a/")]), (false, false));
        }
        assert_eq!(judged(&[("referer", "http://localhost:1111/a/?x#y")]), (true, true));
        assert_eq!(judged(&[("origin", "http://127.0.0.1:1111")]), (true, true));
        for page in
            ["http://example.org/http://localhost/", "localhost", "", "http://", "http://localhost.example.org/", "http://x@localhost/"]
        {
            assert_eq!(judged(&[("referer", page)]), (true, false), "{page}");
        }
        assert_eq!(judged(&[("origin", "null"), (SITE, "same-origin")]), (false, true));
    }
}
