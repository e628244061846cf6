//! The steps of a build, from a snapshot to files. Pure: no file, clock, environment or printing.

mod citations;
mod collisions;
mod copies;
mod data;
mod edition;
mod figures;
mod file;
mod layout;
mod made;
mod memo;
mod pictures;
mod stock;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::briefing::{Briefing, Observer, Setting};
use crate::check;
use crate::output::OutFile;
use crate::page::{self, Shape};
use crate::parse::{self, Register, Section};
use crate::raster::Store;
use crate::read::config::{Config, RawHtml};
use crate::read::snapshot::{Bytes, Snapshot};
use crate::text::{Diagnostic, Diagnostics, Level, Place, Span, WrittenDate, rules};
use crate::theme::Theme;

pub use edition::{Edition, Whole};
pub use file::File;
pub use memo::Memo;

use edition::{Findings, render};
use layout::Layout;
use stock::Begun;

/// What a build is asked for beside the configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Sections that are drafts are built too.
    pub drafts: bool,
    /// The address of the site, in place of the configuration's.
    pub base_url: Option<String>,
    /// Warnings count as errors.
    pub strict: bool,
    /// The day by which the age of claims is counted; without one it is not.
    pub today: Option<WrittenDate>,
}

/// What a build makes.
#[derive(Debug, Default)]
pub struct Built {
    /// The files of the site; none if there are errors.
    pub files: Vec<OutFile>,
    /// What was found.
    pub diagnostics: Diagnostics,
    /// How many sections, pages and annotations the site has.
    pub counts: Counts,
}

/// The size of a site.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Sections, the cover among them.
    pub sections: usize,
    /// Pages.
    pub pages: usize,
    /// Records of all kinds.
    pub annotations: usize,
}

/// Reads and indexes the briefing, and finds everything that does not fit. The theme is loaded, and no page made. Of
/// pictures, only the heads are read.
#[must_use]
pub fn check(snapshot: &Snapshot, options: &Options, observe: Observer<'_>) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let briefing = assemble(snapshot, options, observe, &mut diagnostics);
    copies::copies(&briefing, snapshot, &mut Memo::default(), &mut diagnostics);
    if let Some(theme) = Theme::load(&briefing.config.theme, snapshot, &mut diagnostics) {
        collisions::collisions(&briefing, &Layout::made(&briefing, &theme), &theme, &mut diagnostics);
        theme.unknown_names(&mut diagnostics);
        if theme.has_own_templates() {
            try_templates(&briefing, theme, &mut diagnostics);
        }
    }
    observe("holding it to the rules".into());
    check::check(&briefing, options.today, &mut diagnostics);
    check::settle(diagnostics, &briefing, options.strict)
}

/// Builds the whole site. What costs time and was made before is taken from the store.
#[must_use]
pub fn build(snapshot: &Snapshot, options: &Options, store: &dyn Store, observe: Observer<'_>) -> Built {
    rebuild(snapshot, options, store, &mut Memo::default(), observe)
}

/// Builds the whole site, like [`build`] and with the same result. What the memo has from an earlier build of much the
/// same is not made again.
#[must_use]
pub fn rebuild(snapshot: &Snapshot, options: &Options, store: &dyn Store, memo: &mut Memo, observe: Observer<'_>) -> Built {
    let edition = match edition(snapshot, options, store, memo, observe) {
        Ok(edition) => edition,
        Err(diagnostics) => return Built { diagnostics, ..Built::default() },
    };
    observe("making the pages".into());
    edition.built(store)
}

/// Reads the briefing and holds it to the rules; no page is made yet.
///
/// # Errors
/// What was found, where there are errors.
pub fn edition(
    snapshot: &Snapshot,
    options: &Options,
    store: &dyn Store,
    memo: &mut Memo,
    observe: Observer<'_>,
) -> Result<Arc<Edition>, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let briefing = assemble_with(snapshot, options, memo, observe, &mut diagnostics);
    let last = memo.edition.clone();
    let kept = last.as_ref().and_then(|last| last.stock_of(&briefing, snapshot));
    if let Some(kept) = &kept {
        diagnostics.extend(&kept.found);
    }
    let begun = if kept.is_some() { None } else { Begun::new(&briefing, snapshot, memo, &mut diagnostics) };
    observe("holding it to the rules".into());
    let held = check::Held::new(&briefing, options.today, last.as_ref().map(|last| (last.briefing(), last.held())));
    held.tell(&mut diagnostics);
    let found = check::settle(diagnostics.clone(), &briefing, options.strict);
    if found.has_errors() {
        return Err(found);
    }
    let (briefing, stock, found) = match (kept, begun) {
        (Some(kept), _) => (briefing, kept, found),
        (None, Some(begun)) => {
            let (briefing, stock) = begun.finish(briefing, snapshot, store, observe, &mut diagnostics);
            let found = check::settle(diagnostics.clone(), &briefing, options.strict);
            (briefing, Arc::new(stock), found)
        }
        // A theme that is broken was reported.
        (None, None) => return Err(found),
    };
    if found.has_errors() {
        return Err(found);
    }
    let findings = Findings { found: diagnostics, held, settled: found, strict: options.strict };
    let edition = Arc::new(Edition::new(Arc::new(briefing), stock, findings, (last.as_deref(), memo.keeps)));
    if memo.keeps() {
        memo.edition = Some(edition.clone());
    }
    Ok(edition)
}

/// The briefing of a snapshot.
pub fn assemble(snapshot: &Snapshot, options: &Options, observe: Observer<'_>, diagnostics: &mut Diagnostics) -> Briefing {
    assemble_with(snapshot, options, &mut Memo::default(), observe, diagnostics)
}

fn assemble_with(
    snapshot: &Snapshot,
    options: &Options,
    memo: &mut Memo,
    observe: Observer<'_>,
    diagnostics: &mut Diagnostics,
) -> Briefing {
    diagnostics.extend(&snapshot.diagnostics);
    let mut config = Config::read(snapshot, diagnostics);
    if let Some(base) = &options.base_url {
        config.base_url = Some(crate::text::Spanned { value: base.clone(), span: Span::default() });
    }
    observe("reading the sections".into());
    let (sections, registers) = parse_all(snapshot, &config, memo, diagnostics);
    let sections = sections.into_iter().filter(|section| options.drafts || !section.head.draft).collect();
    memo.tidy();
    let entries = memo.keeps().then_some(&memo.entries);
    let before = memo.edition.as_ref().map(|edition| edition.briefing());
    let setting = Setting { snapshot, today: options.today, observe, before, entries };
    Briefing::index(config, sections, registers, setting, diagnostics)
}

/// Parses every section and register, each by itself.
fn parse_all(snapshot: &Snapshot, config: &Config, memo: &mut Memo, diagnostics: &mut Diagnostics) -> (Vec<Arc<Section>>, Register) {
    let options = parse::Options {
        smart_punctuation: config.markdown.smart_punctuation,
        trusted_html: config.markdown.raw_html == RawHtml::Trusted,
        keep_words: config.level(&rules::TERM_BEFORE_DEFINITION) != Level::Allow,
    };
    let files: Vec<(&str, (parse::Options, Bytes))> =
        snapshot.below("content").map(|(path, bytes)| (&**path, (options, bytes.clone()))).collect();
    let parsed = memo.parsed.results(&files, |path, (options, _)| {
        let mut found = Diagnostics::default();
        let parsed = parse_one(snapshot, &path.into(), *options, &mut found);
        (parsed, found)
    });
    let mut sections = Vec::new();
    let mut registers = Register::default();
    for (parsed, found) in parsed {
        diagnostics.append(found);
        match parsed {
            Some(Parsed::Section(section)) => sections.push(section),
            Some(Parsed::Register(register)) => registers.append(register),
            None => {}
        }
    }
    (sections, registers)
}

/// What a file of the content folder is read as; other files are copied.
#[derive(Clone)]
enum Parsed {
    Section(Arc<Section>),
    Register(Register),
}

fn parse_one(snapshot: &Snapshot, path: &Arc<str>, options: parse::Options, diagnostics: &mut Diagnostics) -> Option<Parsed> {
    let content_path = path.strip_prefix("content/")?;
    let is_section = content_path.ends_with(".md");
    if !is_section && (content_path.contains('/') || !parse::is_register(content_path)) {
        return None;
    }
    let Some(text) = snapshot.text(path, diagnostics) else {
        return snapshot.get(path).map(|bytes| Parsed::Register(Register::unread(content_path, bytes)));
    };
    if is_section {
        let (section, found) = parse::section(path, content_path, text, options);
        diagnostics.append(found);
        return Some(Parsed::Section(Arc::new(section)));
    }
    parse::register(content_path, path, text, options, diagnostics).map(Parsed::Register)
}

/// Renders one page of each template that a site wrote itself; a fault that was found by its name is not told twice.
fn try_templates(briefing: &Briefing, theme: Theme, diagnostics: &mut Diagnostics) {
    let theme = theme.with_site(&page::site(briefing));
    let mut tried = BTreeSet::new();
    for shape in Shape::all(briefing).into_iter().rev() {
        if !tried.insert(shape.template().0) {
            continue;
        }
        if let Err(found) = render(shape, shape.page(briefing), &theme)
            && !diagnostics.iter().any(|one| one.place.as_ref().is_some_and(|place| is_told(place, &found)))
        {
            diagnostics.push(found);
        }
    }
}

/// Whether a fault was met at this place, or on the way from it.
fn is_told(place: &Place, found: &Diagnostic) -> bool {
    found.place.iter().chain(found.related.iter().map(|label| &label.place)).any(|other| place.overlaps(other))
}
