//! An edition: a briefing that was read and held to the rules. Each file of its site is made when somebody asks for it,
//! once; so a page that is looked at need not wait for a thousand others.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use serde::Serialize;

use super::data::Data;
use super::layout::Origin;
use super::stock::Stock;
use super::{Built, Counts, citations, figures};
use crate::briefing::Briefing;
use crate::check;
use crate::output::OutFile;
use crate::page::{Content, Page, Shape};
use crate::publish::{self, Desk, Theming};
use crate::raster::Store;
use crate::read::snapshot::{Bytes, Snapshot};
use crate::text::{Diagnostic, Diagnostics};
use crate::theme::Theme;

/// What is kept of the data of pages for the next edition.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Keeps {
    /// Nothing: there will be no next one.
    #[default]
    Nothing,
    /// Whether they are the same.
    Sameness,
    /// Which of their parts are the same.
    Parts,
}

/// A site of which every file can be had.
pub struct Edition {
    briefing: Arc<Briefing>,
    /// What all that machines read is made from.
    desk: Desk,
    /// What machines read beside the pages.
    published: OnceLock<BTreeMap<String, Arc<Made>>>,
    shelf: Arc<Shelf>,
    /// What an earlier edition has made.
    before: Option<Arc<Shelf>>,
    /// What was found, before and after the rules were heard that let some of it through.
    found: Diagnostics,
    settled: Diagnostics,
    strict: bool,
    keeps: Keeps,
}

/// The files of an edition, as far as they were made.
struct Shelf {
    stock: Arc<Stock>,
    slots: Vec<Slot>,
}

/// The place of a file: empty until it is made.
type Slot = OnceLock<Result<Arc<Made>, Diagnostic>>;

/// A file that was made.
#[derive(Debug, Clone)]
struct Made {
    file: OutFile,
    /// What a page was made from, where the next edition will ask.
    data: Option<Data>,
}

impl Shelf {
    /// The file at a path, if it was made.
    fn made(&self, path: &str) -> Option<&Arc<Made>> {
        self.at(self.stock.layout.find(path)?)
    }

    fn at(&self, number: usize) -> Option<&Arc<Made>> {
        self.slots[number].get()?.as_ref().ok()
    }

    /// The file of a number in another shelf, if it was made here.
    fn made_as(&self, number: usize, other: &Self) -> Option<&Arc<Made>> {
        if Arc::ptr_eq(&self.stock, &other.stock) { self.at(number) } else { self.made(other.stock.layout.file(number).0) }
    }
}

impl Edition {
    /// The edition of a briefing that was held to the rules. What an earlier one has made of the same is not made again.
    pub(super) fn new(
        briefing: Arc<Briefing>,
        stock: Arc<Stock>,
        (found, settled): (Diagnostics, Diagnostics),
        strict: bool,
        (before, keeps): (Option<&Self>, Keeps),
    ) -> Self {
        let slots = (0..stock.layout.len()).map(|_| OnceLock::new()).collect();
        let desk = Desk::new(briefing.clone(), &stock.assets);
        let shelf = Arc::new(Shelf { stock, slots });
        Self { briefing, desk, published: OnceLock::new(), shelf, before: before.map(Self::leave), found, settled, strict, keeps }
    }

    /// What this edition leaves to the next: all that it has made, and for the rest what an earlier one had made.
    fn leave(&self) -> Arc<Shelf> {
        let Some(before) = self.before.as_ref().filter(|_| !self.is_whole()) else { return self.shelf.clone() };
        let stock = self.shelf.stock.clone();
        let same_frame = before.stock.frame == stock.frame;
        // Pages of another frame are the last good ones, but no longer right.
        let old = |made: &Arc<Made>| if same_frame { made.clone() } else { Arc::new(made.outdated()) };
        let slot = |number: usize| {
            let made = self.shelf.at(number).cloned().or_else(|| before.made_as(number, &self.shelf).map(old));
            made.map_or_else(Slot::new, |made| Slot::from(Ok(made)))
        };
        let slots = (0..stock.layout.len()).map(slot).collect();
        Arc::new(Shelf { stock, slots })
    }

    /// The stock, where a newer briefing has the same.
    pub(super) fn stock_of(&self, briefing: &Briefing, snapshot: &Snapshot) -> Option<Arc<Stock>> {
        let same = briefing.has_web_of(&self.briefing) && self.shelf.stock.holds(briefing, snapshot);
        same.then(|| self.shelf.stock.clone())
    }

    /// Whether every file was made.
    pub(super) fn is_whole(&self) -> bool {
        self.shelf.slots.iter().all(|slot| slot.get().is_some_and(Result::is_ok))
    }

    /// What was read.
    pub(super) fn briefing(&self) -> &Briefing {
        &self.briefing
    }

    /// What was found, as far as no file needs to be made for it.
    #[must_use]
    pub fn findings(&self) -> &Diagnostics {
        &self.settled
    }

    /// The size of the site.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let pages = self.shelf.stock.layout.iter().filter(|(_, origin)| matches!(origin, Origin::Page(_))).count();
        Counts { sections: self.briefing.sections.len(), pages, annotations: self.briefing.registry.len() }
    }

    /// The address at which the site will stand.
    #[must_use]
    pub fn base_url(&self) -> Option<&str> {
        self.briefing.config.base_url.as_ref().map(|base| base.value.as_str())
    }

    /// The folder of the theme's files, which is named for what they hold.
    #[must_use]
    pub fn assets(&self) -> &str {
        &self.shelf.stock.assets
    }

    /// The paths of all files, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.shelf.stock.layout.iter().map(|(path, _)| path)
    }

    /// Whether there is a file at a path.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.shelf.stock.layout.find(path).is_some()
    }

    /// The file at a path, made now if it was not yet. The template's fault is told where the page cannot be made.
    #[must_use]
    pub fn file(&self, path: &str, store: &dyn Store) -> Option<Result<&OutFile, &Diagnostic>> {
        self.shelf.stock.layout.find(path).map(|number| self.slot(number, store).as_ref().map(|made| &made.file))
    }

    /// The file that stood at a path when it was last made without a fault.
    #[must_use]
    pub fn last(&self, path: &str) -> Option<&OutFile> {
        self.before.as_ref()?.made(path).map(|made| &made.file)
    }

    /// Makes all files that were not made yet; `None` where `stop` says, between two of them, that nobody wants them
    /// any more. There are no files if there are errors.
    pub fn whole(&self, store: &dyn Store, stop: &(dyn Fn() -> bool + Sync)) -> Option<Built> {
        let numbers = self.shelf.stock.layout.longest_first();
        let make = |number: &usize| {
            if stop() {
                return None;
            }
            self.slot(*number, store);
            Some(())
        };
        // What is made of all pages comes after them; no thread may wait for it that makes a page.
        let (beside, pages): (Vec<usize>, Vec<usize>) = numbers.into_iter().partition(|number| self.is_published(*number));
        pages.par_iter().try_for_each(make)?;
        if self.shelf.slots.iter().filter_map(Slot::get).all(Result::is_ok) {
            self.published(store);
            beside.iter().try_for_each(make)?;
        }
        let mut faults = Vec::new();
        let mut files = Vec::with_capacity(self.shelf.slots.len());
        for slot in self.shelf.slots.iter().filter_map(OnceLock::get) {
            match slot {
                Ok(made) => files.push(made.file.clone()),
                Err(fault) => faults.push(fault.clone()),
            }
        }
        let diagnostics = if faults.is_empty() { self.settled.clone() } else { self.settled_with(faults) };
        if diagnostics.has_errors() {
            return Some(Built { diagnostics, ..Built::default() });
        }
        // A list that is too long for one file is parted into several.
        files.extend(self.published(store).values().map(|made| made.file.clone()).filter(|file| !self.has(&file.path)));
        files.extend(publish::compressed(&self.desk, &files, store));
        Some(Built { files, diagnostics, counts: self.counts() })
    }

    fn settled_with(&self, faults: Vec<Diagnostic>) -> Diagnostics {
        let mut found = self.found.clone();
        for fault in faults {
            found.push(fault);
        }
        check::settle(found, &self.briefing, self.strict)
    }

    /// How many files are not as they were in the edition before, those that went among them.
    #[must_use]
    pub fn changes(&self) -> usize {
        let Some(before) = &self.before else { return self.shelf.slots.len() };
        let same = |path: &str| Some(self.shelf.made(path)?.file.hash == before.made(path)?.file.hash);
        let changed = self.paths().filter(|path| same(path) != Some(true)).count();
        changed + before.stock.layout.iter().filter(|(path, _)| !self.has(path)).count()
    }

    /// Each page that was made anew, with what has changed for it: names of its data as a template has them.
    #[must_use]
    pub fn explain(&self) -> Vec<(&str, Vec<&str>)> {
        let Some(before) = &self.before else { return Vec::new() };
        let same_frame = before.stock.frame == self.shelf.stock.frame;
        let why = |path| {
            let data = self.shelf.made(path)?.data.as_ref()?;
            let known = before.made(path).and_then(|made| made.data.as_ref());
            match known {
                None => Some((path, vec!["new"])),
                Some(_) if !same_frame => Some((path, vec!["the theme or the site"])),
                Some(known) if known.same(data) => None,
                Some(known) => Some((path, data.changed(known).collect())),
            }
        };
        self.paths().filter_map(why).collect()
    }

    fn is_published(&self, number: usize) -> bool {
        self.shelf.stock.layout.file(number).1 == Origin::Published
    }

    /// What machines read beside the pages, all of which are made for it. Where one cannot be made, there is nothing.
    fn published(&self, store: &dyn Store) -> &BTreeMap<String, Arc<Made>> {
        self.published.get_or_init(|| {
            let page = |(number, (_, origin)): (usize, (&str, Origin))| {
                let Origin::Page(shape) = origin else { return None };
                let made = self.slot(number, store).as_ref().ok()?;
                Some(publish::Made::new(shape, &shape.head(&self.briefing), made.file.clone()))
            };
            let pages: Vec<publish::Made> = self.shelf.stock.layout.iter().enumerate().filter_map(page).collect();
            let theming = Theming { files: self.shelf.stock.theme.statics().collect() };
            let files = publish::files(&self.desk, &pages, self.briefing.scope().snapshot, &theming, store);
            let known = |file: &OutFile| self.before.as_ref()?.made(&file.path).filter(|known| known.file.hash == file.hash).cloned();
            files.into_iter().map(|file| (file.path.clone(), known(&file).unwrap_or_else(|| Made::of(file)))).collect()
        })
    }

    fn slot(&self, number: usize, store: &dyn Store) -> &Result<Arc<Made>, Diagnostic> {
        self.shelf.slots[number].get_or_init(|| self.make(number, store))
    }

    fn make(&self, number: usize, store: &dyn Store) -> Result<Arc<Made>, Diagnostic> {
        let (path, origin) = self.shelf.stock.layout.file(number);
        let known = self.before.as_ref().and_then(|before| before.made_as(number, &self.shelf));
        let bytes = match origin {
            Origin::Page(shape) => return self.page(path, shape, known),
            Origin::Figure(figure, form) => figures::file(&self.briefing, figure, form, store)?,
            Origin::Citation(shape, form) => citations::file(&self.briefing, shape, form),
            Origin::Published => {
                return Ok(self.published(store).get(path).cloned().unwrap_or_else(|| Made::of(OutFile::new(path, Bytes::default()))));
            }
            Origin::Ready => {
                let file = self.shelf.stock.ready.get(path).cloned();
                return Ok(Made::of(file.unwrap_or_else(|| OutFile::new(path, Bytes::default()))));
            }
        };
        let known = known.filter(|known| known.file.bytes == bytes).cloned();
        Ok(known.unwrap_or_else(|| Made::of(OutFile::new(path, bytes))))
    }

    fn page(&self, path: &str, shape: Shape, known: Option<&Arc<Made>>) -> Result<Arc<Made>, Diagnostic> {
        let mut page = shape.page(&self.briefing);
        self.desk.complete(shape, &mut page.head);
        let data = (self.keeps != Keeps::Nothing).then(|| Data::of(&page, shape, self.keeps == Keeps::Parts));
        let same_frame = self.before.as_ref().is_some_and(|before| before.stock.frame == self.shelf.stock.frame);
        let same = |known: &&Arc<Made>| same_frame && known.data.as_ref().zip(data.as_ref()).is_some_and(|(known, data)| known.same(data));
        if let Some(known) = known.filter(same) {
            return Ok(known.clone());
        }
        let bytes = render(shape, &page, &self.shelf.stock.theme)?;
        let file = known.map(|known| known.file.clone()).filter(|file| file.bytes == bytes);
        Ok(Arc::new(Made { file: file.unwrap_or_else(|| OutFile::new(path, bytes)), data }))
    }
}

impl Made {
    /// A file that is not made from the data of a page.
    fn of(file: OutFile) -> Arc<Self> {
        Arc::new(Self { file, data: None })
    }

    /// The same file, of which nobody knows any more what it shows.
    fn outdated(&self) -> Self {
        Self { file: self.file.clone(), data: None }
    }
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
