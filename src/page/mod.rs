//! Pages: what the briefing shows, one file per shape, each made into plain data for one template.

mod card;
pub(crate) mod citation;
mod claims;
mod contents;
mod corrections;
pub mod data;
mod figure;
mod fill;
mod frame;
mod gallery;
mod history;
mod home;
mod links;
mod notes;
mod order;
mod plate;
mod print;
mod register;
mod section;
mod site;

use serde::Serialize;

pub(crate) use citation::{Cited, cited};
pub(crate) use corrections::logged as corrections;
pub use data::{Corrections, FigurePage, HeadLink, Home, Machines, Meta, Order, PageHead, Print, Register, SectionData, Site};
pub(crate) use figure::{file as figure_file, forms as figure_forms, from_figure, page as figure_page, small_file as small_figure_file};
pub(crate) use frame::frame as figure_frame;
pub use order::By;
pub(crate) use plate::{plain, words};
pub use site::site;

use crate::briefing::Briefing;
use crate::kind::Kind;

/// A page by its shape, before its data are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// The cover.
    Home,
    /// A section, by its number.
    Section(usize),
    /// All records of a kind.
    Register(Kind),
    /// All claims in another order than the text's.
    Order(By),
    /// A figure, by its number in the registry.
    Figure(usize),
    /// The corrections log.
    Corrections,
    /// The whole briefing on one page.
    Print,
    /// The page for addresses that are not there.
    Missing,
}

/// A page: plain data for one template.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Page {
    /// What it says of itself: `page` in a template.
    pub head: PageHead,
    /// The rest, under the name of its shape.
    pub content: Content,
}

/// What a page shows.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Content {
    /// See [`Home`].
    Home(Box<Home>),
    /// See [`SectionData`].
    Section(Box<SectionData>),
    /// See [`Register`].
    Register(Register),
    /// See [`Order`].
    Order(Order),
    /// See [`FigurePage`].
    Figure(Box<FigurePage>),
    /// See [`Corrections`].
    Corrections(Corrections),
    /// See [`Print`].
    Print(Box<Print>),
    /// Nothing but the head.
    Missing,
}

/// Above this number of sections there is no page with the whole text: it would be too large to print.
pub const PRINT_MOST: usize = 300;

impl Shape {
    /// Every page of a briefing. The largest come first, so that no thread is left alone with one of them at the end.
    #[must_use]
    pub fn all(briefing: &Briefing) -> Vec<Self> {
        let mut shapes: Vec<Self> =
            Kind::ALL.iter().copied().filter(|kind| briefing.registry.count(*kind) > 0).map(Self::Register).collect();
        shapes.extend(By::of(briefing).map(Self::Order));
        shapes.push(Self::Home);
        shapes.extend(briefing.body_sections().map(Self::Section));
        shapes.extend(briefing.registry.of(Kind::Figure).map(Self::Figure));
        // A log that is empty says something too.
        shapes.push(Self::Corrections);
        if has_print(briefing) {
            shapes.push(Self::Print);
        }
        shapes.push(Self::Missing);
        shapes
    }

    /// The address of the page's file from the root of the site.
    #[must_use]
    pub fn path(self, briefing: &Briefing) -> String {
        match self {
            Self::Home => "index.html".to_owned(),
            Self::Section(number) => briefing.addresses.pages[number].clone(),
            Self::Register(kind) => format!("{}/index.html", kind.info().folder),
            Self::Order(by) => by.path(),
            Self::Figure(number) => figure::page(briefing, number),
            Self::Corrections => "corrections/index.html".to_owned(),
            Self::Print => "print/index.html".to_owned(),
            Self::Missing => "404.html".to_owned(),
        }
    }

    /// The template, and the name under which it finds its data.
    #[must_use]
    pub const fn template(self) -> (&'static str, &'static str) {
        match self {
            Self::Home => ("home.html", "home"),
            Self::Section(_) => ("section.html", "section"),
            Self::Register(_) => ("register.html", "register"),
            Self::Order(_) => ("order.html", "order"),
            Self::Figure(_) => ("figure.html", "figure"),
            Self::Corrections => ("corrections.html", "corrections"),
            Self::Print => ("print.html", "print"),
            Self::Missing => ("404.html", "missing"),
        }
    }

    /// Makes the page's data. Equal briefings give equal pages.
    #[must_use]
    pub fn page(self, briefing: &Briefing) -> Page {
        let content = match self {
            Self::Home => Content::Home(Box::new(home::home(briefing))),
            Self::Section(number) => Content::Section(Box::new(section::section(briefing, number))),
            Self::Register(kind) => Content::Register(register::register(briefing, kind)),
            Self::Order(by) => Content::Order(order::order(briefing, by)),
            Self::Figure(number) => Content::Figure(Box::new(plate::plate(briefing, number))),
            Self::Corrections => Content::Corrections(corrections::corrections(briefing)),
            Self::Print => Content::Print(Box::new(print::print(briefing))),
            Self::Missing => Content::Missing,
        };
        Page { head: self.head(briefing), content }
    }

    /// The page's title without the site's.
    pub(crate) fn title(self, briefing: &Briefing) -> String {
        match self {
            Self::Home => briefing.config.title.clone(),
            Self::Section(number) => briefing.sections[number].title.clone(),
            Self::Register(kind) => kind.info().title.to_owned(),
            Self::Order(by) => by.title(),
            Self::Figure(number) => plate::title(briefing, number),
            Self::Corrections => "Corrections".to_owned(),
            Self::Print => "The whole briefing on one page".to_owned(),
            Self::Missing => "Page not found".to_owned(),
        }
    }

    /// What the page says of itself.
    pub(crate) fn head(self, briefing: &Briefing) -> PageHead {
        let config = &briefing.config;
        let path = self.path(briefing);
        let title = self.title(briefing);
        let in_briefing = |says: &str| format!("{} – {}", says.trim_end_matches('.'), config.title);
        let (kind, description) = match self {
            Self::Home => (None, config.description.clone().unwrap_or_else(|| home::lede(briefing))),
            Self::Section(number) => (None, section::summary(&briefing.sections[number])),
            Self::Register(kind) => (Some(kind), in_briefing(kind.info().intro)),
            Self::Order(by) => (Some(Kind::Claim), in_briefing(by.intro())),
            Self::Figure(number) => (Some(Kind::Figure), plate::summary(briefing, number)),
            Self::Corrections => (None, in_briefing("What was corrected since it was published, and when.")),
            Self::Print => (None, in_briefing("The whole briefing on one page, laid out for paper.")),
            Self::Missing => (None, "There is nothing at this address.".to_owned()),
        };
        let root = match (self, &config.base_url) {
            (Self::Missing, Some(base)) => crate::parse::path_of(&base.value).to_owned(),
            _ => links::root(&path),
        };
        let canonical = canonical(briefing, &path).filter(|_| self != Self::Missing);
        let kind = kind.map(|kind| kind.info().name.to_owned());
        let has_drawings = self.has_drawings(briefing);
        let assets = format!("{root}static/");
        let machines = Machines::default();
        PageHead { shape: self.template().1, kind, path, root, assets, title, description, canonical, has_drawings, machines }
    }

    /// Whether a figure is drawn in the page.
    fn has_drawings(self, briefing: &Briefing) -> bool {
        let section = match self {
            Self::Home => briefing.cover(),
            Self::Section(number) => Some(number),
            Self::Figure(number) => return figure::is_drawn(briefing, number),
            Self::Print => return briefing.figures.keys().any(|number| figure::is_drawn(briefing, *number)),
            _ => None,
        };
        section.is_some_and(|number| briefing.placed[number].iter().any(|figure| figure::is_drawn(briefing, *figure)))
    }
}

/// The full address of a page, if the site has one.
fn canonical(briefing: &Briefing, path: &str) -> Option<String> {
    let base = &briefing.config.base_url.as_ref()?.value;
    Some(format!("{base}{}", crate::parse::encoded(path.strip_suffix("index.html").unwrap_or(path))))
}

/// Whether there is a page with the whole text.
pub(crate) fn has_print(briefing: &Briefing) -> bool {
    briefing.sections.len() <= PRINT_MOST
}
