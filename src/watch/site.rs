//! The site as it is served: files in memory by their address, each with its type and the hash of its bytes.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::output::{OutFile, media_type};
use crate::publish;
use crate::read::snapshot::Bytes;

/// What a folder's address shows.
const INDEX: &str = "index.html";
/// What an address shows at which there is nothing.
pub(super) const MISSING: &str = "404.html";

/// One file.
pub(super) struct Asset {
    /// What was built.
    made: Bytes,
    /// What is served: the same, but for the addresses of the theme's files.
    pub(super) bytes: Bytes,
    /// Its media type.
    pub(super) media: &'static str,
    /// The hash of what it holds.
    pub(super) etag: String,
}

impl Asset {
    /// Whether it is a page, to which the script that follows changes is added.
    pub(super) fn is_page(&self) -> bool {
        self.media.starts_with("text/html")
    }
}

/// What stands at an address.
pub(super) enum Found<'s> {
    /// This file.
    File(&'s Asset),
    /// A folder, whose address ends in a slash.
    Folder,
    /// Nothing; the page that says so.
    Nothing(Option<&'s Asset>),
}

/// All files.
pub(super) struct Site {
    files: BTreeMap<String, Arc<Asset>>,
    /// The address of the published site, by which the page for what is not there finds its styles.
    pub(super) base: Option<String>,
}

impl Site {
    /// The site of these files. What is as it was before is not hashed again. The theme's files stand at addresses that do
    /// not change with them, so that a style which is edited can take the place of its older self in an open page.
    pub(super) fn new(files: &[OutFile], base: Option<String>, before: Option<&Self>) -> Self {
        let named = publish::assets(files);
        let plain = |path: &str| match named {
            Some(named) if path.starts_with(named) => path.replacen(named, publish::PLAIN_ASSETS, 1),
            _ => path.to_owned(),
        };
        let asset = |file: &OutFile| {
            let path = plain(&file.path);
            let known = before.and_then(|before| before.files.get(&path)).filter(|known| known.made == file.bytes);
            let fresh = || {
                let media = media_type(&file.path);
                let bytes = served(&file.bytes, media, named);
                let etag = blake3::hash(&bytes).to_hex()[..32].to_owned();
                Arc::new(Asset { made: file.bytes.clone(), bytes, media, etag })
            };
            let asset = known.cloned().unwrap_or_else(fresh);
            (path, asset)
        };
        Self { files: files.par_iter().map(asset).collect(), base }
    }

    /// What stands at a path that begins with a slash and has no escapes. It is looked up in the list of files, and
    /// never made into the path of a file on disk.
    pub(super) fn find(&self, path: &str) -> Found<'_> {
        let inside = path.strip_prefix('/').unwrap_or(path);
        let file = |path: &str| self.files.get(path).map(|asset| &**asset);
        if inside.is_empty() || inside.ends_with('/') {
            return file(&format!("{inside}{INDEX}")).map_or_else(|| Found::Nothing(file(MISSING)), Found::File);
        }
        match file(inside) {
            Some(asset) => Found::File(asset),
            None if self.files.contains_key(&format!("{inside}/{INDEX}")) => Found::Folder,
            None => Found::Nothing(file(MISSING)),
        }
    }

    /// The hash of what an address shows; another one where nothing is there.
    pub(super) fn etag(&self, path: &str) -> String {
        match self.find(path) {
            Found::File(asset) => asset.etag.clone(),
            Found::Folder => String::new(),
            Found::Nothing(page) => format!("missing-{}", page.map_or("", |page| &page.etag)),
        }
    }

    /// How many files are not as they were before, those that went among them.
    pub(super) fn changes(&self, before: Option<&Self>) -> usize {
        let Some(before) = before else { return self.files.len() };
        let same = |(path, asset): &(&String, &Arc<Asset>)| before.files.get(*path).is_some_and(|known| known.etag == asset.etag);
        let kept = self.files.iter().filter(same).count();
        self.files.len().max(before.files.len()) - kept
    }

    /// The style sheets with their hashes.
    pub(super) fn styles(&self) -> BTreeMap<String, String> {
        let sheets = self.files.iter().filter(|(_, asset)| asset.media.starts_with("text/css"));
        sheets.map(|(path, asset)| (format!("/{path}"), asset.etag.clone())).collect()
    }
}

/// What is served of a file: a page names the theme's files by their plain addresses.
fn served(made: &Bytes, media: &str, named: Option<&str>) -> Bytes {
    let names_files = media.starts_with("text/html") || media == "application/manifest+json";
    match named.zip(std::str::from_utf8(made).ok()).filter(|_| names_files) {
        Some((named, text)) if text.contains(named) => Arc::new(text.replace(named, publish::PLAIN_ASSETS).into_bytes()),
        _ => made.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_looked_up_and_nothing_else() {
        let file = |path: &str| OutFile { path: path.to_owned(), bytes: Arc::new(path.as_bytes().to_vec()) };
        let site = Site::new(&["index.html", "a/index.html", "a/b.css", "404.html"].map(file), None, None);
        let shows = |path: &str| match site.find(path) {
            Found::File(asset) => String::from_utf8_lossy(&asset.bytes).into_owned(),
            Found::Folder => "folder".to_owned(),
            Found::Nothing(page) => format!("no, {}", page.map_or(0, |page| page.bytes.len())),
        };
        assert_eq!(["/", "/a/", "/a", "/a/b.css"].map(shows), ["index.html", "a/index.html", "folder", "a/b.css"]);
        for path in ["/../a/b.css", "//a/b.css", "/a//", "/a/./b.css", "/a\\b.css", "/b/", "/a/b.css/"] {
            assert_eq!(shows(path), "no, 8", "{path}");
        }
        let next = Site::new(&[file("index.html")], None, Some(&site));
        assert_eq!(site.etag("/"), next.etag("/"));
        assert_eq!(site.styles().keys().collect::<Vec<_>>(), ["/a/b.css"]);
    }
}
