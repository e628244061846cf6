//! The files that a page shows or runs: pictures, films, scripts. They may change while the page itself does not.

use std::collections::BTreeMap;

use super::answer::unescaped;
use super::site::{Found, Site};

/// The attributes that name such files.
const NAMING: [&str; 4] = ["src", "srcset", "poster", "data"];

/// The files of the page at this address, by their own, with the hashes of what they hold.
pub(super) fn parts(site: &Site, path: &str) -> BTreeMap<String, String> {
    let Found::File(page) = site.find(path) else { return BTreeMap::new() };
    if !page.is_page() {
        return BTreeMap::new();
    }
    let bytes = page.bytes();
    let html = std::str::from_utf8(&bytes).unwrap_or_default();
    let own = named(html).filter_map(|address| resolved(path, address));
    own.filter_map(|path| match site.find(&path) {
        Found::File(asset) if !asset.is_page() => Some((path, asset.etag())),
        _ => None,
    })
    .collect()
}

/// The addresses in the attributes of a page. A text that looks like one does no harm.
fn named(html: &str) -> impl Iterator<Item = &str> {
    let values = NAMING.into_iter().flat_map(move |name| {
        html.match_indices(name).filter_map(move |(at, _)| {
            let value = html[at + name.len()..].strip_prefix("=\"").filter(|_| html[..at].ends_with([' ', '\n']))?;
            Some((name, value.split('"').next()?))
        })
    });
    values.flat_map(|(name, value)| {
        let parts = if name == "srcset" { value.split(", ").collect() } else { vec![value] };
        parts.into_iter().map(|part| part.trim().split([' ', '?', '#']).next().unwrap_or_default())
    })
}

/// The address that is meant on a page; nothing where it is not on this server.
fn resolved(page: &str, address: &str) -> Option<String> {
    let address = unescaped(address).filter(|address| !address.is_empty() && !address.starts_with("//") && !address.contains(':'))?;
    let (folder, _) = page.rsplit_once('/')?;
    let whole = if address.starts_with('/') { address } else { format!("{folder}/{address}") };
    let mut steps = Vec::new();
    for step in whole.split('/').skip(1) {
        match step {
            "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    Some(format!("/{}", steps.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_shows_is_found_in_it() {
        let html = "<img src=\"../a.png\" srcset=\"../a-800.webp 800w, /b%20c.webp 2x\">\n<script defer\nsrc=\"x.js?1\"></script>\
            <a href=\"no.png\" data-src=\"no.png\">src= data=</a><video poster=\"p.jpg\"><img src=\"https://example.org/n.png\"><img src=\"data:,\">";
        let found: Vec<String> = named(html).filter_map(|address| resolved("/part/page/", address)).collect();
        assert_eq!(found, ["/part/a.png", "/part/page/x.js", "/part/a-800.webp", "/b c.webp", "/part/page/p.jpg"]);
        assert_eq!(resolved("/a", "../../../x/./y").as_deref(), Some("/x/y"));
        assert_eq!(resolved("/", "//example.org/x"), None);
    }
}
