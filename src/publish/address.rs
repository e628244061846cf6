//! Addresses as they stand outside of pages.

use crate::briefing::Briefing;
use crate::parse::{encoded, path_of};

/// What addresses begin with.
#[derive(Debug, Clone)]
pub(super) struct Address {
    base: Option<String>,
}

impl Address {
    /// What the addresses of a briefing's site begin with.
    pub(super) fn of_site(briefing: &Briefing) -> Self {
        Self::new(briefing.config.base_url.as_ref().map(|base| base.value.as_str()))
    }

    fn new(base: Option<&str>) -> Self {
        Self { base: base.map(str::to_owned) }
    }

    /// The address of the site, if it has one.
    pub(super) fn base(&self) -> Option<&str> {
        self.base.as_deref()
    }

    /// The full address of a file, by its path from the root of the site, with or without an anchor.
    pub(super) fn full(&self, path: &str) -> Option<String> {
        self.base().map(|base| format!("{base}{}", short(path)))
    }

    /// The full address, or the one from the root of the site where the site has none.
    pub(super) fn of(&self, path: &str) -> String {
        self.full(path).unwrap_or_else(|| whole(path))
    }

    /// The path of a file on its host.
    pub(super) fn on_host(&self, path: &str) -> String {
        format!("{}{}", self.base().map_or("/", path_of), short(path))
    }

    /// The host of the site.
    pub(super) fn host(&self) -> Option<&str> {
        let rest = self.base()?.split_once("://")?.1;
        let host = rest.split(['/', ':', '?']).next().unwrap_or(rest);
        Some(host.rsplit('@').next().unwrap_or(host))
    }
}

/// A path as a server answers to it: a folder instead of its index.
fn short(path: &str) -> String {
    let (file, anchor) = path.split_once('#').map_or((path, None), |(file, anchor)| (file, Some(anchor)));
    let folder = if file == "index.html" || file.ends_with("/index.html") { file.trim_end_matches("index.html") } else { file };
    with_anchor(folder, anchor)
}

/// A path as it is found on a disk.
fn whole(path: &str) -> String {
    let (file, anchor) = path.split_once('#').map_or((path, None), |(file, anchor)| (file, Some(anchor)));
    with_anchor(file, anchor)
}

fn with_anchor(path: &str, anchor: Option<&str>) -> String {
    let anchor = anchor.map(|anchor| format!("#{}", encoded(anchor))).unwrap_or_default();
    format!("{}{anchor}", encoded(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_stands_for_its_index() {
        let address = Address::new(Some("https://example.org/a/"));
        assert_eq!(address.of("index.html"), "https://example.org/a/");
        assert_eq!(address.of("中试/index.html#term-a b"), "https://example.org/a/%E4%B8%AD%E8%AF%95/#term-a%20b");
        assert_eq!(address.on_host("x/index.html"), "/a/x/");
        assert_eq!(address.host(), Some("example.org"));
        assert_eq!(Address::new(None).of("x/index.html#y"), "x/index.html#y");
        assert_eq!(Address::new(None).on_host("my-index.html"), "/my-index.html");
        assert_eq!(Address::new(Some("http://u@h:81/")).host(), Some("h"));
    }
}
