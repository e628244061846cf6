//! The steps of a build, from a snapshot to files. Pure: no file, clock, environment or printing.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use crate::briefing::{Briefing, Observer};
use crate::check;
use crate::draw;
use crate::output::OutFile;
use crate::page::{self, Content, Page, Shape};
use crate::parse::{self, Register, Section};
use crate::read::config::{Config, RawHtml};
use crate::read::snapshot::Snapshot;
use crate::text::{Diagnostic, Diagnostics, Level, Place, Span, WrittenDate, rules};
use crate::theme::Theme;

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

/// Reads and indexes the briefing, and finds everything that does not fit. The theme is loaded, and no page made.
#[must_use]
pub fn check(snapshot: &Snapshot, options: &Options, observe: Observer<'_>) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let briefing = assemble(snapshot, options, observe, &mut diagnostics);
    if let Some(theme) = Theme::load(&briefing.config.theme, snapshot, &mut diagnostics) {
        collisions(&briefing, &theme, &mut diagnostics);
        theme.unknown_names(&mut diagnostics);
        if theme.has_own_templates() {
            try_templates(&briefing, theme, &mut diagnostics);
        }
    }
    observe("holding it to the rules");
    check::check(&briefing, options.today, &mut diagnostics);
    check::settle(diagnostics, &briefing, options.strict)
}

/// Builds the whole site.
#[must_use]
pub fn build(snapshot: &Snapshot, options: &Options, observe: Observer<'_>) -> Built {
    let mut diagnostics = Diagnostics::default();
    let briefing = assemble(snapshot, options, observe, &mut diagnostics);
    let theme = Theme::load(&briefing.config.theme, snapshot, &mut diagnostics);
    if let Some(theme) = &theme {
        collisions(&briefing, theme, &mut diagnostics);
        theme.unknown_names(&mut diagnostics);
    }
    observe("holding it to the rules");
    check::check(&briefing, options.today, &mut diagnostics);
    let found = check::settle(diagnostics, &briefing, options.strict);
    let Some(theme) = theme.filter(|_| !found.has_errors()) else {
        return Built { diagnostics: found, ..Built::default() };
    };
    observe("making the pages");
    let site = page::site(&briefing);
    let theme = theme.with_site(&site);
    let shapes = Shape::all(&briefing);
    let counts = Counts { sections: briefing.sections.len(), pages: shapes.len(), annotations: briefing.registry.len() };
    let results: Vec<Result<OutFile, Diagnostic>> = shapes.par_iter().map(|shape| render(*shape, &briefing, &theme)).collect();
    let mut files = Vec::with_capacity(results.len());
    let mut broken = Diagnostics::default();
    for result in results {
        match result {
            Ok(file) => files.push(file),
            Err(diagnostic) => broken.push(diagnostic),
        }
    }
    if !broken.is_empty() {
        broken.append(found);
        return Built { diagnostics: check::settle(broken, &briefing, options.strict), ..Built::default() };
    }
    observe("copying the files beside them");
    files.extend(copies(&briefing, snapshot));
    files.extend(theme.statics().map(|(path, bytes)| OutFile { path: path.to_owned(), bytes: bytes.clone() }));
    Built { files, diagnostics: found, counts }
}

/// The briefing of a snapshot.
pub fn assemble(snapshot: &Snapshot, options: &Options, observe: Observer<'_>, diagnostics: &mut Diagnostics) -> Briefing {
    diagnostics.append(snapshot.diagnostics.clone());
    let mut config = Config::read(snapshot, diagnostics);
    if let Some(base) = &options.base_url {
        config.base_url = Some(crate::text::Spanned { value: base.clone(), span: Span::default() });
    }
    observe("reading the sections");
    let (sections, registers) = parse_all(snapshot, &config, diagnostics);
    let sections = sections.into_iter().filter(|section| options.drafts || !section.head.draft).collect();
    Briefing::index(config, sections, registers, snapshot, options.today, observe, diagnostics)
}

/// Parses every section and register, each by itself.
fn parse_all(snapshot: &Snapshot, config: &Config, diagnostics: &mut Diagnostics) -> (Vec<Arc<Section>>, Register) {
    let options = parse::Options {
        smart_punctuation: config.markdown.smart_punctuation,
        trusted_html: config.markdown.raw_html == RawHtml::Trusted,
        keep_words: config.level(&rules::TERM_BEFORE_DEFINITION) != Level::Allow,
    };
    let files: Vec<&Arc<str>> = snapshot.below("content").map(|(path, _)| path).collect();
    let parsed: Vec<(Option<Parsed>, Diagnostics)> = files
        .into_par_iter()
        .map(|path| {
            let mut found = Diagnostics::default();
            let parsed = parse_one(snapshot, path, options, &mut found);
            (parsed, found)
        })
        .collect();
    let mut sections = Vec::new();
    let mut registers = Register::default();
    for (parsed, found) in parsed {
        diagnostics.append(found);
        match parsed {
            Some(Parsed::Section(section)) => sections.push(Arc::new(*section)),
            Some(Parsed::Register(register)) => registers.append(register),
            None => {}
        }
    }
    (sections, registers)
}

/// What a file of the content folder is read as; other files are copied.
enum Parsed {
    Section(Box<Section>),
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
        return Some(Parsed::Section(Box::new(section)));
    }
    parse::register(content_path, path, text, options, diagnostics).map(Parsed::Register)
}

fn render(shape: Shape, briefing: &Briefing, theme: &Theme) -> Result<OutFile, Diagnostic> {
    let (template, key) = shape.template();
    let Page { head, content } = shape.page(briefing);
    let html = match &content {
        Content::Missing => theme.render(template, key, &head, &Nothing {}),
        content => theme.render(template, key, &head, content),
    }?;
    Ok(OutFile { path: head.path, bytes: html.into_bytes().into() })
}

/// Renders one page of each template that a site wrote itself; a fault that was found by its name is not told twice.
fn try_templates(briefing: &Briefing, theme: Theme, diagnostics: &mut Diagnostics) {
    let theme = theme.with_site(&page::site(briefing));
    let mut tried = BTreeSet::new();
    for shape in Shape::all(briefing).into_iter().rev() {
        if !tried.insert(shape.template().0) {
            continue;
        }
        if let Err(found) = render(shape, briefing, &theme)
            && !diagnostics.iter().any(|one| one.place.as_ref().zip(found.place.as_ref()).is_some_and(|(a, b)| a.overlaps(b)))
        {
            diagnostics.push(found);
        }
    }
}

/// Files of the content folder in the place of one that is made. Two sections with one address are found before.
fn collisions(briefing: &Briefing, theme: &Theme, diagnostics: &mut Diagnostics) {
    let pages = Shape::all(briefing).into_iter().filter(|shape| !matches!(shape, Shape::Section(_))).map(|shape| shape.path(briefing));
    let data =
        briefing.drawings.iter().filter(|(_, drawing)| drawing.csv.is_some()).map(|(number, _)| page::inline_data_path(briefing, *number));
    let statics = theme.statics().map(|(path, _)| path.to_owned());
    let made: BTreeSet<String> = pages.chain(data).chain(statics).collect();
    for asset in briefing.addresses.assets.iter().filter(|asset| made.contains(*asset)) {
        let place = Place::new(format!("content/{asset}"), Span::default());
        let diagnostic =
            Diagnostic::new(&rules::ADDRESS_COLLISION, place, format!("the address `{asset}` belongs to a file that Postil makes"));
        diagnostics.push(diagnostic.help("give the file another name"));
    }
}

/// A page that has nothing but its head.
#[derive(Serialize)]
struct Nothing {}

/// Files of the content folder that are copied, and the data of figures that stand in their records.
fn copies(briefing: &Briefing, snapshot: &Snapshot) -> Vec<OutFile> {
    let assets = briefing.addresses.assets.iter().filter_map(|path| {
        let bytes = snapshot.get(&format!("content/{path}"))?;
        Some(OutFile { path: path.clone(), bytes: bytes.clone() })
    });
    let inline = briefing.drawings.iter().filter_map(|(number, drawing): (_, &draw::Drawing)| {
        let csv = drawing.csv.as_ref()?;
        Some(OutFile { path: page::inline_data_path(briefing, *number), bytes: csv.as_bytes().to_vec().into() })
    });
    assets.chain(inline).collect()
}
