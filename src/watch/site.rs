//! The site as it is served: each file of an edition by its address, with its type and the hash of its bytes.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::build::Edition;
use crate::output::{Cache, OutFile, SiteFile, media_type, written};
use crate::publish::PLAIN_ASSETS;
use crate::read::snapshot::Bytes;

/// What a folder's address shows.
const INDEX: &str = "index.html";
/// What an address shows at which there is nothing.
pub(super) const MISSING: &str = "404.html";

/// One file.
pub(super) struct Asset<'s> {
    file: Box<dyn SiteFile + 's>,
    /// Its media type.
    pub(super) media: &'static str,
}

impl<'s> Asset<'s> {
    fn new(file: impl SiteFile + 's) -> Self {
        Self { media: media_type(file.path()), file: Box::new(file) }
    }

    /// What it holds.
    pub(super) fn bytes(&self) -> Bytes {
        self.file.bytes()
    }

    /// The hash of what it holds.
    pub(super) fn etag(&self) -> String {
        self.file.hash().to_hex()[..32].to_owned()
    }

    /// Whether it is a page, to which the script that follows changes is added.
    pub(super) fn is_page(&self) -> bool {
        self.media.starts_with("text/html")
    }
}

/// What stands at an address.
pub(super) enum Found<'s> {
    /// This file.
    File(Asset<'s>),
    /// A folder, whose address ends in a slash.
    Folder,
    /// A page that could never be made.
    Broken,
    /// Nothing; the page that says so.
    Nothing(Option<Asset<'s>>),
}

/// The files of an edition. Each is made when it is first asked for.
pub(super) struct Site {
    pub(super) edition: Arc<Edition>,
    pub(super) cache: Arc<Cache>,
    /// The folder that it is written to.
    pub(super) dest: PathBuf,
}

impl Site {
    /// What stands at a path that begins with a slash and has no escapes. It is looked up in the list of files, and
    /// never made into the path of a file on disk.
    pub(super) fn find(&self, path: &str) -> Found<'_> {
        let inside = path.strip_prefix('/').unwrap_or(path);
        if inside.is_empty() || inside.ends_with('/') {
            return self.file(&format!("{inside}{INDEX}"));
        }
        match self.file(inside) {
            Found::Nothing(_) if self.edition.has(&format!("{inside}/{INDEX}")) => Found::Folder,
            found => found,
        }
    }

    /// A file; in the place of a page that cannot be made, the last that could.
    fn file(&self, path: &str) -> Found<'_> {
        match self.asset(path) {
            Some(asset) => Found::File(asset),
            None if self.edition.has(path) => Found::Broken,
            None => Found::Nothing(self.asset(MISSING)),
        }
    }

    /// A file, whose address is plain where it is the theme's: it does not change with what the file holds, so that a
    /// style which is edited can take the place of its older self in an open page.
    fn asset(&self, path: &str) -> Option<Asset<'_>> {
        let named = path.strip_prefix(PLAIN_ASSETS).map(|file| format!("{}{file}", self.edition.assets()));
        let made = named.and_then(|named| self.edition.file(&named, &*self.cache)).or_else(|| self.edition.file(path, &*self.cache))?;
        let asset = match made {
            Ok(file) => Asset::new(file),
            Err(_) => Asset::new(self.last(path)?),
        };
        let names_assets = asset.is_page() || asset.media == "application/manifest+json";
        Some(if names_assets { Asset::new(self.plain(&*asset.file)) } else { asset })
    }

    /// The last good file at a path. Where its bytes are not kept any more, they are those that were written.
    fn last(&self, path: &str) -> Option<OutFile> {
        let (hash, bytes) = self.edition.last(path)?;
        let bytes = bytes.or_else(|| written(&self.dest, path, hash).map(Arc::new))?;
        Some(OutFile { path: path.to_owned(), bytes, hash })
    }

    /// A file that names the theme's files by their plain addresses.
    fn plain(&self, file: &dyn SiteFile) -> OutFile {
        let bytes = file.bytes();
        match std::str::from_utf8(&bytes) {
            Ok(text) if text.contains(self.edition.assets()) => {
                OutFile::new(file.path(), text.replace(self.edition.assets(), PLAIN_ASSETS).into_bytes().into())
            }
            _ => OutFile { path: file.path().to_owned(), bytes, hash: file.hash() },
        }
    }

    /// The hash of what an address shows; another one where nothing is there.
    pub(super) fn etag(&self, path: &str) -> String {
        match self.find(path) {
            Found::File(asset) => asset.etag(),
            Found::Folder | Found::Broken => String::new(),
            Found::Nothing(page) => format!("missing-{}", page.map_or_else(String::new, |page| page.etag())),
        }
    }

    /// The style sheets with their hashes.
    pub(super) fn styles(&self) -> BTreeMap<String, String> {
        let sheets = self.edition.paths().filter(|path| path.ends_with(".css"));
        let plain = sheets.map(|path| path.replacen(self.edition.assets(), PLAIN_ASSETS, 1));
        plain.filter_map(|path| Some((format!("/{path}"), self.asset(&path)?.etag()))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::{Memo, Options, edition};
    use crate::raster::Nothing;
    use crate::read::snapshot::Snapshot;

    #[test]
    fn addresses_are_looked_up_and_nothing_else() {
        let files = [("postil.toml", "title = \"T\"\n"), ("content/index.md", "+++\ntitle = \"T\"\n+++\n"), ("content/a/b.txt", "b")];
        let snapshot = Snapshot::of(files);
        let edition = edition(&snapshot, &Options::default(), &Nothing, &mut Memo::default(), &|_| {}).expect("a good briefing");
        let folder = tempfile::tempdir().expect("a temporary folder");
        let site = Site { edition, cache: Arc::new(Cache::of(folder.path())), dest: folder.path().join("output") };
        let shows = |path: &str| match site.find(path) {
            Found::File(asset) => asset.file.path().to_owned(),
            Found::Folder => "folder".to_owned(),
            Found::Broken => "broken".to_owned(),
            Found::Nothing(page) => format!("no, {}", page.map(|page| page.file.path().to_owned()).unwrap_or_default()),
        };
        assert_eq!(
            ["/", "/corrections/", "/corrections", "/a/b.txt"].map(shows),
            ["index.html", "corrections/index.html", "folder", "a/b.txt"]
        );
        for path in ["/../a/b.txt", "//a/b.txt", "/a//", "/a/./b.txt", "/a\\b.txt", "/b/", "/a/b.txt/", "/a", "/a/"] {
            assert_eq!(shows(path), "no, 404.html", "{path}");
        }
        assert_eq!(site.etag("/").len(), 32);
        assert!(site.styles().contains_key("/static/style.css"));
    }
}
