//! An edition: a briefing that was read and held to the rules. Each file of its site is made when somebody asks for it,
//! once; so a page that is looked at need not wait for a thousand others.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use serde::Serialize;

use super::layout::{Layout, Origin};
use super::{Built, Counts, citations, figures};
use crate::briefing::Briefing;
use crate::check;
use crate::cite;
use crate::output::OutFile;
use crate::page::{Content, Page, Shape};
use crate::raster::Store;
use crate::read::snapshot::Bytes;
use crate::text::{Diagnostic, Diagnostics};
use crate::theme::Theme;

/// A site of which every file can be had.
pub struct Edition {
    briefing: Briefing,
    theme: Theme,
    /// The files whose bytes are there.
    ready: BTreeMap<String, OutFile>,
    shelf: Arc<Shelf>,
    /// What an earlier edition has made.
    before: Option<Arc<Shelf>>,
    found: Diagnostics,
    strict: bool,
    /// Whether a later edition will ask what this one has made.
    keeps: bool,
}

/// The files of an edition, as far as they were made.
pub(super) struct Shelf {
    layout: Layout,
    slots: Vec<OnceLock<Result<Made, Diagnostic>>>,
    /// The hash of what all pages share: the theme, and what they say of the site.
    frame: blake3::Hash,
}

/// A file that was made.
#[derive(Debug, Clone)]
struct Made {
    file: OutFile,
    /// The hash of the data that a page shows.
    data: Option<blake3::Hash>,
}

/// The parts of an edition.
pub(super) struct Parts {
    pub(super) briefing: Briefing,
    pub(super) theme: Theme,
    pub(super) layout: Layout,
    pub(super) ready: Vec<OutFile>,
    pub(super) frame: blake3::Hash,
    pub(super) found: Diagnostics,
    pub(super) strict: bool,
}

impl Shelf {
    fn empty(layout: Layout, frame: blake3::Hash) -> Self {
        let slots = (0..layout.len()).map(|_| OnceLock::new()).collect();
        Self { layout, slots, frame }
    }

    /// The file at a path, if it was made.
    fn made(&self, path: &str) -> Option<&Made> {
        self.slots[self.layout.find(path)?].get()?.as_ref().ok()
    }
}

impl Edition {
    /// The edition of these parts. What an earlier one has made of the same is not made again.
    pub(super) fn new(parts: Parts, before: Option<&Self>, keeps: bool) -> Self {
        let Parts { briefing, theme, layout, ready, frame, found, strict } = parts;
        let ready = ready.into_iter().map(|file| (file.path.clone(), file)).collect();
        let shelf = Arc::new(Shelf::empty(layout, frame));
        Self { briefing, theme, ready, shelf, before: before.map(Self::leave), found, strict, keeps }
    }

    /// Whether every file was made.
    pub(super) fn is_whole(&self) -> bool {
        self.shelf.slots.iter().all(|slot| slot.get().is_some_and(Result::is_ok))
    }

    /// What this edition leaves to the next: all that it has made, and for the rest what an earlier one had made.
    fn leave(&self) -> Arc<Shelf> {
        let Some(before) = self.before.as_ref().filter(|_| !self.is_whole()) else { return self.shelf.clone() };
        let layout = Layout::empty().with(self.shelf.layout.iter().chain(before.layout.iter()).map(|(path, origin)| (path.to_owned(), origin)));
        let shelf = Shelf::empty(layout, self.shelf.frame);
        for (slot, (path, _)) in shelf.slots.iter().zip(shelf.layout.iter()) {
            // Pages of another frame are the last good ones, but no longer right.
            let old = || before.made(path).map(|made| if before.frame == shelf.frame { made.clone() } else { made.outdated() });
            if let Some(made) = self.shelf.made(path).cloned().or_else(old) {
                let _ = slot.set(Ok(made));
            }
        }
        Arc::new(shelf)
    }

    /// What was found, as far as no file needs to be made for it.
    #[must_use]
    pub fn findings(&self) -> Diagnostics {
        check::settle(self.found.clone(), &self.briefing, self.strict)
    }

    /// The size of the site.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let pages = self.shelf.layout.iter().filter(|(_, origin)| matches!(origin, Origin::Page(_))).count();
        Counts { sections: self.briefing.sections.len(), pages, annotations: self.briefing.registry.len() }
    }

    /// The address at which the site will stand.
    #[must_use]
    pub fn base_url(&self) -> Option<&str> {
        self.briefing.config.base_url.as_ref().map(|base| base.value.as_str())
    }

    /// The paths of all files, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.shelf.layout.iter().map(|(path, _)| path)
    }

    /// Whether there is a file at a path.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.shelf.layout.find(path).is_some()
    }

    /// The file at a path, made now if it was not yet. The template's fault is told where the page cannot be made.
    #[must_use]
    pub fn file(&self, path: &str, store: &dyn Store) -> Option<Result<&OutFile, &Diagnostic>> {
        self.shelf.layout.find(path).map(|number| self.slot(number, store).as_ref().map(|made| &made.file))
    }

    /// The file that stood at a path when it was last made without a fault.
    #[must_use]
    pub fn last(&self, path: &str) -> Option<&OutFile> {
        self.before.as_ref()?.made(path).map(|made| &made.file)
    }

    /// Makes all files that were not made yet; `None` where `stop` says, between two of them, that nobody wants them
    /// any more. There are no files if there are errors.
    pub fn whole(&self, store: &dyn Store, stop: &(dyn Fn() -> bool + Sync)) -> Option<Built> {
        let numbers = self.shelf.layout.longest_first();
        let make = |number: &usize| {
            if stop() {
                return None;
            }
            self.slot(*number, store);
            Some(())
        };
        numbers.par_iter().try_for_each(make)?;
        let mut found = self.found.clone();
        let mut files = Vec::with_capacity(self.shelf.slots.len());
        for slot in self.shelf.slots.iter().filter_map(OnceLock::get) {
            match slot {
                Ok(made) => files.push(made.file.clone()),
                Err(fault) => found.push(fault.clone()),
            }
        }
        let diagnostics = check::settle(found, &self.briefing, self.strict);
        if diagnostics.has_errors() {
            return Some(Built { diagnostics, ..Built::default() });
        }
        Some(Built { files, diagnostics, counts: self.counts() })
    }

    /// How many files are not as they were in the edition before, those that went among them.
    #[must_use]
    pub fn changes(&self) -> usize {
        let Some(before) = &self.before else { return self.shelf.slots.len() };
        let same = |path: &str| Some(self.shelf.made(path)?.file.hash == before.made(path)?.file.hash);
        let kept = self.paths().filter(|path| same(path) == Some(true)).count();
        self.shelf.slots.len().max(before.slots.len()) - kept
    }

    /// How the briefing and its parts are to be cited, as far as anybody has asked.
    pub(super) fn entries(&self) -> cite::Entries {
        self.briefing.single.as_ref().map(cite::Single::used).unwrap_or_default()
    }

    fn slot(&self, number: usize, store: &dyn Store) -> &Result<Made, Diagnostic> {
        self.shelf.slots[number].get_or_init(|| self.make(number, store))
    }

    fn make(&self, number: usize, store: &dyn Store) -> Result<Made, Diagnostic> {
        let (path, origin) = self.shelf.layout.file(number);
        let known = self.before.as_ref().and_then(|before| before.made(path));
        let bytes = match origin {
            Origin::Page(shape) => return self.page(path, shape, known),
            Origin::Figure(figure, form) => figures::file(&self.briefing, figure, form, store)?,
            Origin::Citation(shape, form) => citations::file(&self.briefing, shape, form),
            Origin::Ready => {
                let file = self.ready.get(path).cloned();
                return Ok(Made { file: file.unwrap_or_else(|| OutFile::new(path, Bytes::default())), data: None });
            }
        };
        let known = known.filter(|known| known.file.bytes == bytes).cloned();
        Ok(known.unwrap_or_else(|| Made { file: OutFile::new(path, bytes), data: None }))
    }

    fn page(&self, path: &str, shape: Shape, known: Option<&Made>) -> Result<Made, Diagnostic> {
        let page = shape.page(&self.briefing);
        let data = self.keeps.then(|| hash(&page));
        let same_frame = self.before.as_ref().is_some_and(|before| before.frame == self.shelf.frame);
        if let Some(known) = known.filter(|known| same_frame && data.is_some() && known.data == data) {
            return Ok(known.clone());
        }
        let bytes = render(shape, &page, &self.theme)?;
        let file = known.map(|known| known.file.clone()).filter(|file| file.bytes == bytes);
        Ok(Made { file: file.unwrap_or_else(|| OutFile::new(path, bytes)), data })
    }
}

impl Made {
    /// The same file, of which nobody knows any more what it shows.
    fn outdated(&self) -> Self {
        Self { file: self.file.clone(), data: None }
    }
}

/// The hash of the data that a page shows.
fn hash(page: &Page) -> blake3::Hash {
    // Texts and numbers can always be written.
    blake3::hash(&serde_json::to_vec(page).unwrap_or_default())
}

/// Renders a page by its template.
pub(super) fn render(shape: Shape, page: &Page, theme: &Theme) -> Result<Bytes, Diagnostic> {
    /// A page that has nothing but its head.
    #[derive(Serialize)]
    struct Nothing {}

    let (template, key) = shape.template();
    let html = match &page.content {
        Content::Missing => theme.render(template, key, &page.head, &Nothing {}),
        content => theme.render(template, key, &page.head, content),
    }?;
    Ok(html.into_bytes().into())
}
