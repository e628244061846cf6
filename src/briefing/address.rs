//! The addresses of pages: `content/02-energy.md` becomes `energy/index.html`.

use std::collections::BTreeMap;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::kind::Kind;
use crate::parse::{Section, prefix, slug};
use crate::read::snapshot::Snapshot;
use crate::text::{Diagnostic, Diagnostics, Place, Span, rules};

/// Folders and files of the site that are not a section's.
pub const RESERVED: &[&str] = &["corrections", "print", "static", "404.html", ".postil"];

/// The addresses of the sections, and the files that are copied as they are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Addresses {
    /// The page of each section, from the root of the site.
    pub pages: Vec<String>,
    /// Files of the content folder that are copied: from the root of the content folder, which is also their
    /// address from the root of the site.
    pub assets: Vec<String>,
    by_file: BTreeMap<String, usize>,
    by_page: BTreeMap<String, usize>,
}

impl Addresses {
    pub(super) fn new(sections: &[Arc<Section>], snapshot: &Snapshot, diagnostics: &mut Diagnostics) -> Self {
        let pages: Vec<String> = sections.iter().map(|section| address(&section.content_path)).collect();
        let by_file = sections.iter().enumerate().map(|(number, section)| (section.content_path.clone(), number)).collect();
        let by_page = pages.iter().enumerate().map(|(number, page)| (page.clone(), number)).collect();
        let assets: Vec<String> = snapshot
            .below("content")
            .filter_map(|(path, _)| path.strip_prefix("content/"))
            .filter(|path| is_asset(path))
            .map(str::to_owned)
            .collect();
        let addresses = Self { pages, assets, by_file, by_page };
        addresses.collisions(sections, diagnostics);
        addresses
    }

    /// Whether a file of the content folder is copied.
    #[must_use]
    pub fn has_asset(&self, path: &str) -> bool {
        // They come from the snapshot, which is in order of path.
        self.assets.binary_search_by(|asset| asset.as_str().cmp(path)).is_ok()
    }

    /// The number of the section that a file of the content folder holds.
    #[must_use]
    pub fn section(&self, content_path: &str) -> Option<usize> {
        self.by_file.get(content_path).copied()
    }

    /// The number of the section at an address.
    #[must_use]
    pub fn section_at(&self, page: &str) -> Option<usize> {
        self.by_page.get(page).copied()
    }

    /// Two names that differ only in case or in Unicode form are one name on some disks.
    fn collisions(&self, sections: &[Arc<Section>], diagnostics: &mut Diagnostics) {
        let mut taken: BTreeMap<String, Place> = BTreeMap::new();
        let pages = self.pages.iter().zip(sections).map(|(page, section)| (page, Place::new(section.path.clone(), Span::default())));
        let assets = self.assets.iter().map(|asset| (asset, Place::new(format!("content/{asset}"), Span::default())));
        for (address, place) in pages.chain(assets) {
            let first = address.split('/').next().unwrap_or_default();
            let is_page = address.ends_with("/index.html") && !self.has_asset(address);
            let kinds = Kind::ALL.iter().map(|kind| kind.info().folder);
            if is_page && address.matches('/').count() == 1 && kinds.chain(RESERVED.iter().copied()).any(|name| name == first) {
                let diagnostic = Diagnostic::new(
                    &rules::ADDRESS_COLLISION,
                    place.clone(),
                    format!("the address `{first}/` belongs to a page that Postil makes"),
                );
                diagnostics.push(diagnostic.help("give the file another name"));
            }
            let folded = folded(address);
            if let Some(other) = taken.get(&folded) {
                let diagnostic =
                    Diagnostic::new(&rules::ADDRESS_COLLISION, place.clone(), format!("two files have the address `{address}`"));
                diagnostics.push(
                    diagnostic
                        .related(other.clone(), "the other file")
                        .help("give one of them another name; case, accents' form and a numeric prefix do not tell them apart"),
                );
            } else {
                taken.insert(folded, place);
            }
        }
    }
}

/// An address as a disk may compare it: capitals and the form of accents do not matter.
#[must_use]
pub fn folded(address: &str) -> String {
    address.nfc().flat_map(char::to_lowercase).collect()
}

/// Whether a file of the content folder is copied as it is.
fn is_asset(path: &str) -> bool {
    let root_register = !path.contains('/') && crate::parse::is_register(path);
    !path.ends_with(".md") && !root_register
}

/// The page of a file of the content folder: numeric prefixes fall away, an index takes its folder's address.
fn address(content_path: &str) -> String {
    let stem = content_path.strip_suffix(".md").unwrap_or(content_path);
    let mut parts: Vec<String> = stem.split('/').map(|part| slug(prefix(part).1)).collect();
    if parts.last().is_some_and(|last| last == "index") {
        parts.pop();
    }
    parts.push("index.html".to_owned());
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_fall_away() {
        assert_eq!(address("index.md"), "index.html");
        assert_eq!(address("02-energy.md"), "energy/index.html");
        assert_eq!(address("01-part/index.md"), "part/index.html");
        assert_eq!(address("01-part/03-New Cars.md"), "part/new-cars/index.html");
        assert_eq!(address("中试.md"), "中试/index.html");
    }
}
