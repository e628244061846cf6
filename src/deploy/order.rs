//! The order in which files go: what pages show, then pages, then what leads to pages.

use crate::output::media_type;

/// A step of a deploy. Nothing of a later one is begun before all of an earlier one is confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Style sheets, pictures, data: whatever a page may show.
    Assets,
    /// Pages.
    Pages,
    /// What leads to pages: the cover, feeds, the map of the site, and what tells hosts of addresses.
    Indexes,
}

impl Step {
    /// All steps, in order.
    pub const ALL: [Self; 3] = [Self::Assets, Self::Pages, Self::Indexes];

    /// The step in which the file at this path goes.
    pub fn of(path: &str) -> Self {
        // A packed twin goes with its file.
        let path = [".br", ".gz", ".zst"].iter().find_map(|end| path.strip_suffix(end)).unwrap_or(path);
        if is_index(path) {
            Self::Indexes
        } else if media_type(path).starts_with("text/html") {
            Self::Pages
        } else {
            Self::Assets
        }
    }

    /// What is done in it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Assets => "uploading what pages show",
            Self::Pages => "uploading pages",
            Self::Indexes => "uploading the cover and feeds",
        }
    }
}

/// Whether a file leads to others: it must be the last to change.
pub(super) fn is_index(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let feed = name.ends_with(".atom") || name.ends_with(".rss") || matches!(name, "feed.xml" | "atom.xml" | "rss.xml" | "feed.json");
    let at_the_top = matches!(path, "index.html" | "404.html" | "robots.txt" | "llms.txt" | "_headers" | "_redirects");
    feed || at_the_top || (!path.contains('/') && name.starts_with("sitemap"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_to_pages_comes_last() {
        for (path, step) in [
            ("static/default.css", Step::Assets),
            ("claims/claims.csv", Step::Assets),
            ("claims/index.html", Step::Pages),
            ("claims/index.html.br", Step::Pages),
            ("index.html", Step::Indexes),
            ("index.html.gz", Step::Indexes),
            ("corrections/feed.xml", Step::Indexes),
            ("sitemap.xml", Step::Indexes),
            ("_redirects", Step::Indexes),
        ] {
            assert_eq!(Step::of(path), step, "{path}");
        }
    }
}
