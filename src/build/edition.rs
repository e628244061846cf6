//! An edition: a briefing that was read and held to the rules. Each file of its site is made when somebody asks for it,
//! once; so a page that is looked at need not wait for a thousand others.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use serde::Serialize;

use super::data::Data;
use super::file::File;
use super::layout::Origin;
use super::made::{Made, Shelf, Slot};
use super::stock::Stock;
use super::{Built, Counts, citations, figures};
use crate::briefing::Briefing;
use crate::budget;
use crate::check;
use crate::output::OutFile;
use crate::page::{Content, Page, Shape};
use crate::publish::{self, Cards, Desk, Quotes, Theming};
use crate::raster::Store;
use crate::read::publish::Part;
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
    /// What each part of publishing makes of all pages together, and the numbers of those files that the layout names.
    published: BTreeMap<Part, (Vec<usize>, OnceLock<Batch>)>,
    shelf: Arc<Shelf>,
    /// What an earlier edition has made.
    before: Option<Arc<Shelf>>,
    findings: Findings,
    keeps: Keeps,
}

/// The files of a part, by their paths.
type Batch = BTreeMap<String, Arc<Made>>;

/// What was found before any page was made.
pub(super) struct Findings {
    /// By the rules.
    pub(super) held: check::Held,
    /// All of it.
    pub(super) found: Diagnostics,
    /// What is left of it after the settings and the comments that let some through.
    pub(super) settled: Diagnostics,
    /// Whether warnings count as errors.
    pub(super) strict: bool,
}

/// All files of an edition.
#[derive(Default)]
pub struct Whole<'e> {
    /// The files of the site; none if there are errors.
    pub files: Vec<File<'e>>,
    /// What was found.
    pub diagnostics: Diagnostics,
}

impl Edition {
    /// The edition of a briefing that was held to the rules. What an earlier one has made of the same is not made again.
    pub(super) fn new(briefing: Arc<Briefing>, stock: Arc<Stock>, findings: Findings, (before, keeps): (Option<&Self>, Keeps)) -> Self {
        let desk = Desk::new(briefing.clone(), &stock.assets);
        let shelf = Arc::new(Shelf::empty(stock));
        // What an edition leaves to the next: all that it has made, and for the rest what an earlier one had made.
        let before = before.map(|before| before.shelf.filled_from(before.before.as_ref()));
        let published = shelf.stock.layout.parts().into_iter().map(|(part, numbers)| (part, (numbers, OnceLock::new()))).collect();
        Self { briefing, desk, published, shelf, before, findings, keeps }
    }

    /// The stock, where a newer briefing has the same.
    pub(super) fn stock_of(&self, briefing: &Briefing, snapshot: &Snapshot) -> Option<Arc<Stock>> {
        let same = briefing.has_web_of(&self.briefing) && self.shelf.stock.holds(briefing, snapshot);
        same.then(|| self.shelf.stock.clone())
    }

    /// Whether every file was made.
    pub(super) fn is_whole(&self) -> bool {
        self.shelf.is_full()
    }

    /// What was read.
    pub(super) fn briefing(&self) -> &Briefing {
        &self.briefing
    }

    /// What the rules have found.
    pub(super) fn held(&self) -> &check::Held {
        &self.findings.held
    }

    /// What was found, as far as no file needs to be made for it.
    #[must_use]
    pub fn findings(&self) -> &Diagnostics {
        &self.findings.settled
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
    pub fn file<'e>(&'e self, path: &str, store: &'e dyn Store) -> Option<Result<File<'e>, &'e Diagnostic>> {
        let number = self.shelf.stock.layout.find(path)?;
        let (path, _) = self.shelf.stock.layout.file(number);
        Some(self.slot(number, store).map(|made| File::new(self, store, path, made)))
    }

    /// The hash of the file that stood at a path when it was last made without a fault, and its bytes while they are kept.
    #[must_use]
    pub fn last(&self, path: &str) -> Option<(blake3::Hash, Option<Bytes>)> {
        self.before.as_ref()?.made(path).map(|made| (made.hash, made.held()))
    }

    /// Makes all files that were not made yet; `None` where `stop` says, between two of them, that nobody wants them
    /// any more. There are no files if there are errors.
    pub fn whole<'e>(&'e self, store: &'e dyn Store, stop: &(dyn Fn() -> bool + Sync)) -> Option<Whole<'e>> {
        let numbers = self.longest_first();
        let held = AtomicU64::new(0);
        let make = |number: &usize| {
            if stop() {
                return None;
            }
            // A fault is told with all others.
            if let Ok(made) = self.slot(*number, store) {
                self.quotes(*number, made, store);
                let size = made.held().map_or(0, |_| made.size);
                // Small files of a part are had again only with the whole part.
                let is_spared = self.is_published(*number) && made.size < budget::SPARED;
                if !is_spared && held.fetch_add(size, Ordering::Relaxed) + size > budget::HELD && self.keeps != Keeps::Nothing {
                    made.let_go();
                }
            }
            Some(())
        };
        // What is made of all pages comes after them; no thread may wait for it that makes a page.
        let pages: Vec<usize> = numbers.into_iter().filter(|number| !self.is_published(*number)).collect();
        pages.par_iter().try_for_each(make)?;
        if self.shelf.slots.iter().filter_map(Slot::get).all(Result::is_ok) {
            self.published.par_iter().try_for_each(|(_, (numbers, _))| numbers.iter().try_for_each(make))?;
        }
        let faults: Vec<Diagnostic> =
            self.shelf.slots.iter().filter_map(|slot| slot.get()?.as_ref().err().map(|fault| (**fault).clone())).collect();
        let diagnostics = if faults.is_empty() { self.findings.settled.clone() } else { self.settled_with(faults) };
        if diagnostics.has_errors() {
            return Some(Whole { diagnostics, ..Whole::default() });
        }
        let at = |(number, path)| Some(File::new(self, store, path, self.shelf.at(number)?));
        let mut files: Vec<File<'e>> = self.paths().enumerate().filter_map(at).collect();
        // A list that is too long for one file is parted into several.
        let more = self.batches().flatten().filter(|(path, _)| !self.has(path));
        files.extend(more.map(|(path, made)| File::new(self, store, path, made)));
        let packed = publish::compressed(&self.desk, &files, store);
        files.extend(packed.into_iter().map(File::packed));
        Some(Whole { files, diagnostics })
    }

    /// All files with their bytes.
    #[must_use]
    pub fn built(&self, store: &dyn Store) -> Built {
        let Whole { files, diagnostics } = self.whole(store, &|| false).unwrap_or_default();
        let counts = if diagnostics.has_errors() { Counts::default() } else { self.counts() };
        Built { files: files.into_iter().map(File::with_bytes).collect(), diagnostics, counts }
    }

    /// The numbers of all files, those first that take longest. They are known by what they came to before; and because they
    /// come first, they are the ones that are kept until they are written.
    fn longest_first(&self) -> Vec<usize> {
        let mut numbers = self.shelf.stock.layout.longest_first();
        if let Some(before) = &self.before {
            numbers.sort_by_key(|number| Reverse(before.made_as(*number, &self.shelf).map_or(0, |made| made.size)));
        }
        numbers
    }

    /// Keeps no longer what the files hold that were made; whoever asks for one gets it made again.
    pub fn let_go(&self) {
        let slots = self.shelf.slots.iter().filter_map(|slot| slot.get()?.as_ref().ok());
        slots.chain(self.batches().flat_map(BTreeMap::values)).for_each(|made| made.let_go());
    }

    fn settled_with(&self, faults: Vec<Diagnostic>) -> Diagnostics {
        let mut found = self.findings.found.clone();
        for fault in faults {
            found.push(fault);
        }
        check::settle(found, &self.briefing, self.findings.strict)
    }

    /// How many files are not as they were in the edition before, those that went among them.
    #[must_use]
    pub fn changes(&self) -> usize {
        let Some(before) = &self.before else { return self.shelf.slots.len() };
        let same = |path: &str| Some(self.shelf.made(path)?.hash == before.made(path)?.hash);
        let changed = self.paths().filter(|path| same(path) != Some(true)).count();
        changed + before.stock.layout.iter().filter(|(path, _)| !self.has(path)).count()
    }

    /// Each page that was made anew, with what has changed for it: names of its data as a template has them.
    #[must_use]
    pub fn explain(&self) -> Vec<(&str, Vec<&str>)> {
        let Some(before) = &self.before else { return Vec::new() };
        let same_frame = before.stock.frame == self.shelf.stock.frame;
        let why = |(path, origin)| {
            let data = self.shelf.made(path).filter(|_| matches!(origin, Origin::Page(_)))?.data.as_ref()?;
            let known = before.made(path).and_then(|made| made.data.as_ref());
            match known {
                None => Some((path, vec!["new"])),
                Some(_) if !same_frame => Some((path, vec!["the theme or the site"])),
                Some(known) if known.same(data) => None,
                Some(known) => Some((path, data.changed(known).collect())),
            }
        };
        self.shelf.stock.layout.iter().filter_map(why).collect()
    }

    fn is_page(&self, number: usize) -> bool {
        matches!(self.shelf.stock.layout.file(number).1, Origin::Page(_))
    }

    fn is_published(&self, number: usize) -> bool {
        matches!(self.shelf.stock.layout.file(number).1, Origin::Published(_))
    }

    /// The batches that were made.
    fn batches(&self) -> impl Iterator<Item = &Batch> {
        self.published.values().filter_map(|(_, batch)| batch.get())
    }

    /// The files of a part, made now if they were not yet.
    fn batch(&self, part: Part, store: &dyn Store) -> Option<&Batch> {
        let made = |file: OutFile| {
            let known = self.before.as_ref().and_then(|before| before.made(&file.path));
            (file.path, Made::or_known(file.bytes, known))
        };
        let (_, batch) = self.published.get(&part)?;
        Some(batch.get_or_init(|| self.publish(part, store).into_iter().map(made).collect()))
    }

    fn publish(&self, part: Part, store: &dyn Store) -> Vec<OutFile> {
        // A page that cannot be made is left out.
        let of_page = |number| self.quotes(number, self.slot(number, store).ok()?, store);
        let quotes = || (0..self.shelf.stock.layout.len()).filter(|number| self.is_page(*number)).filter_map(of_page).collect();
        let theming = Theming { files: self.shelf.stock.theme.statics().collect() };
        publish::files(part, &self.desk, &quotes, &theming, store)
    }

    /// One file of a part that was made before, and let go.
    fn published_again(&self, part: Part, path: &str, store: &dyn Store) -> Bytes {
        let found = self.publish(part, store).into_iter().find(|file| file.path == path);
        found.map(|file| file.bytes).unwrap_or_default()
    }

    /// What the marks of a page quote, with the section that it shows; nothing for any other file.
    fn quotes(&self, number: usize, made: &Made, store: &dyn Store) -> Option<(usize, Arc<Quotes>)> {
        let (path, Origin::Page(shape)) = self.shelf.stock.layout.file(number) else { return None };
        let section = publish::quoted(&self.desk, shape)?;
        let bytes = || made.held().unwrap_or_else(|| self.again(path, store));
        Some((section, made.quotes.get_or_init(|| publish::quotes(&self.desk, section, &bytes()).into()).clone()))
    }

    fn slot(&self, number: usize, store: &dyn Store) -> Result<&Arc<Made>, &Diagnostic> {
        let slot = self.shelf.slots[number].get_or_init(|| self.make(number, store).map_err(Box::new));
        slot.as_ref().map_err(|fault| &**fault)
    }

    /// Makes a file, unless an earlier edition has made it from the same.
    fn make(&self, number: usize, store: &dyn Store) -> Result<Arc<Made>, Diagnostic> {
        let (path, origin) = self.shelf.stock.layout.file(number);
        let before = self.before.as_ref();
        let known = before.and_then(|before| before.made_as(number, &self.shelf));
        let same = |known: &&Arc<Made>, data: Option<&Data>| known.data.as_ref().zip(data).is_some_and(|(known, data)| known.same(data));
        match origin {
            Origin::Page(shape) => {
                let page = self.page(shape);
                let data = (self.keeps != Keeps::Nothing).then(|| Data::of(&page, shape, self.keeps == Keeps::Parts));
                let same_frame = before.is_some_and(|before| before.stock.frame == self.shelf.stock.frame);
                if let Some(known) = known.filter(|known| same_frame && same(known, data.as_ref())) {
                    return Ok(known.clone());
                }
                Ok(Arc::new(Made::new(render(shape, page, &self.shelf.stock.theme)?, data)))
            }
            Origin::Card(shape) => {
                let data = (self.keeps != Keeps::Nothing).then(|| Data::of_hash(Cards::key(&self.desk, shape)));
                if let Some(known) = known.filter(|known| same(known, data.as_ref())) {
                    return Ok(known.clone());
                }
                Ok(self.easy(Arc::new(Made::new(self.bytes(path, origin, store)?, data))))
            }
            Origin::Published(part) => {
                let made = self.batch(part, store).and_then(|batch| batch.get(path)).cloned();
                Ok(made.unwrap_or_else(|| Arc::new(Made::new(Bytes::default(), None))))
            }
            _ => Ok(self.easy(Made::or_known(self.bytes(path, origin, store)?, known))),
        }
    }

    /// A file that is had again at once, so that it need not be kept until it is written.
    fn easy(&self, made: Arc<Made>) -> Arc<Made> {
        if self.keeps != Keeps::Nothing {
            made.let_go();
        }
        made
    }

    /// What a file holds.
    fn bytes(&self, path: &str, origin: Origin, store: &dyn Store) -> Result<Bytes, Diagnostic> {
        let stock = &self.shelf.stock;
        Ok(match origin {
            Origin::Page(shape) => render(shape, self.page(shape), &stock.theme)?,
            Origin::Figure(figure, form) => figures::file(&self.briefing, figure, form, store)?,
            Origin::Citation(shape, form) => citations::file(&self.briefing, shape, form),
            Origin::Card(shape) => stock.cards.card(&self.desk, shape, store),
            Origin::Copy(shape) => publish::copy(&self.desk, shape).into_bytes().into(),
            Origin::Published(part) => self.published_again(part, path, store),
            Origin::Ready => stock.ready.get(path).map(|file| file.bytes.clone()).unwrap_or_default(),
        })
    }

    /// What a file holds that was made and let go. What could be made once from the same is made again.
    pub(super) fn again(&self, path: &str, store: &dyn Store) -> Bytes {
        let named = self.shelf.stock.layout.find(path).map(|number| self.shelf.stock.layout.file(number).1);
        let made = |batch: &OnceLock<Batch>| batch.get().is_some_and(|batch| batch.contains_key(path));
        let more = || self.published.iter().find(|(_, (_, batch))| made(batch)).map(|(part, _)| Origin::Published(*part));
        let bytes = named.or_else(more).and_then(|origin| self.bytes(path, origin, store).ok());
        bytes.unwrap_or_default()
    }

    fn page(&self, shape: Shape) -> Page {
        let mut page = shape.page(&self.briefing);
        self.desk.complete(shape, &mut page.head);
        page
    }
}

/// Renders a page by its template.
pub(super) fn render(shape: Shape, page: Page, theme: &Theme) -> Result<Bytes, Diagnostic> {
    /// A page that has nothing but its head.
    #[derive(Serialize)]
    struct Nothing {}

    let (template, key) = shape.template();
    let html = match page.content {
        Content::Missing => theme.render(template, key, &page.head, Nothing {}),
        content => theme.render(template, key, &page.head, content),
    }?;
    Ok(html.into_bytes().into())
}
