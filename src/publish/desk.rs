//! What all that machines read is made from: the briefing, its addresses and dates, and what is told more than once.

use std::sync::{Arc, OnceLock};

use serde_json::Value;

use super::address::Address;
use super::dates::Dates;
use crate::briefing::{Briefing, Resolved};
use crate::cite;
use crate::kind::{Data, Kind};
use crate::page::{self, PageHead, Shape};
use crate::parse::Target;
use crate::read::publish::Part;

/// A page as lists of pages name it.
pub(super) struct Listed {
    /// What it shows.
    pub(super) shape: Shape,
    /// The address of its file.
    pub(super) path: String,
    /// Its title without the site's.
    pub(super) title: String,
    /// One sentence about it.
    pub(super) description: String,
}

/// Everything that is needed to tell machines of a page.
pub struct Desk {
    pub(super) briefing: Arc<Briefing>,
    /// Addresses as they stand outside of pages.
    pub(super) address: Address,
    latest: OnceLock<Option<String>>,
    pages: OnceLock<Vec<Listed>>,
    /// The folder of the theme's files.
    pub(super) statics: String,
}

impl Desk {
    /// The desk of a briefing, whose theme has its files in the folder `statics`.
    #[must_use]
    pub fn new(briefing: Arc<Briefing>, statics: &str) -> Self {
        let address = Address::of_site(&briefing);
        Self { briefing, address, latest: OnceLock::new(), pages: OnceLock::new(), statics: statics.to_owned() }
    }

    /// A source as an item of CSL-JSON, by its number.
    pub(super) fn source(&self, number: usize) -> Option<Value> {
        let record = &self.briefing.registry.get(number).record;
        match &record.data {
            Data::Source(source) => Some(cite::csl_json(record.id(), source)),
            _ => None,
        }
    }

    /// When a section was published and changed.
    pub(super) fn dates(&self, section: usize) -> Dates {
        Dates::of(&self.briefing, section)
    }

    /// When the briefing was last changed.
    pub(super) fn latest(&self) -> Option<String> {
        let changed = |section| self.dates(section).changed;
        self.latest.get_or_init(|| (0..self.briefing.sections.len()).filter_map(changed).max()).clone()
    }

    /// A page as lists name it.
    pub(super) fn listed(&self, shape: Shape) -> Listed {
        let head = shape.head(&self.briefing);
        Listed { shape, path: head.path, title: head.title, description: head.description }
    }

    /// All pages.
    pub(super) fn pages(&self) -> &[Listed] {
        self.pages.get_or_init(|| Shape::all(&self.briefing).into_iter().map(|shape| self.listed(shape)).collect())
    }

    /// Completes what a page says of itself.
    pub fn complete(&self, shape: Shape, head: &mut PageHead) {
        head.assets = format!("{}{}", head.root, self.statics);
        head.machines = super::head::machines(self, shape, head);
    }

    /// Whether a part is made.
    pub(super) fn makes(&self, part: Part) -> bool {
        self.briefing.config.publish.makes(part)
    }

    /// The section whose text a page shows.
    pub(super) fn section(&self, shape: Shape) -> Option<usize> {
        match shape {
            Shape::Home => self.briefing.cover(),
            Shape::Section(number) => Some(number),
            _ => None,
        }
    }

    /// When a page was last changed: a section with its own text, a figure with itself or the section that shows it,
    /// and all others with the briefing.
    pub(super) fn changed(&self, shape: Shape) -> Option<String> {
        let section = match shape {
            Shape::Section(number) => Some(number),
            Shape::Figure(number) => self.briefing.figures.get(&number).map(|(_, section)| *section),
            _ => None,
        };
        section.map_or_else(|| self.latest(), |section| self.dates(section).changed)
    }

    /// The records of a kind that a section uses, each once, in the order of first use.
    pub(super) fn used(&self, section: usize, kind: Kind) -> Vec<usize> {
        let mut used: Vec<usize> = Vec::new();
        let mut add = |number: usize| {
            if self.briefing.registry.get(number).record.kind == kind && !used.contains(&number) {
                used.push(number);
            }
        };
        let references = &self.briefing.sections[section].body.references;
        for (reference, resolved) in references.iter().zip(self.briefing.resolved[section].iter()) {
            match resolved {
                Resolved::Cite(items) => items.iter().flatten().copied().for_each(&mut add),
                Resolved::Record(number) if !matches!(reference.target, Target::Place(_)) => add(*number),
                _ => {}
            }
        }
        used
    }

    /// The address of a record from the root of the site.
    pub(super) fn place(&self, number: usize) -> String {
        let record = &self.briefing.registry.get(number).record;
        match record.kind {
            Kind::Figure => page::figure_page(&self.briefing, number),
            kind => format!("{}/index.html#{}", kind.info().folder, record.anchor()),
        }
    }

    /// Who wrote the briefing as a whole, or publishes it.
    pub(super) fn institution(&self) -> Option<&str> {
        let config = &self.briefing.config;
        config.publisher.as_deref().or_else(|| config.authors.first().map(|name| name.trim_matches(['{', '}'])))
    }

    /// The address of the licence, or its name.
    pub(super) fn license(&self) -> Option<&str> {
        let config = &self.briefing.config;
        config.license_url.as_deref().filter(|url| crate::parse::safe_url(url)).or(config.license.as_deref())
    }
}
