//! What all that machines read is made from: the briefing, its addresses and dates, and what is told more than once.

use std::collections::BTreeMap;
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

/// Everything that is needed to tell machines of a page.
pub struct Desk {
    pub(super) briefing: Arc<Briefing>,
    /// Addresses as they stand outside of pages.
    pub(super) address: Address,
    /// When each section was published and changed.
    pub(super) dates: Vec<Dates>,
    /// When the briefing was last changed.
    pub(super) latest: Option<String>,
    sources: OnceLock<BTreeMap<usize, Value>>,
    /// The folder of the theme's files.
    pub(super) statics: String,
    /// What names the page of each folder of the site that has one.
    pub(super) titles: BTreeMap<String, String>,
}

impl Desk {
    /// The desk of a briefing, whose theme has its files in the folder `statics`.
    #[must_use]
    pub fn new(briefing: Arc<Briefing>, statics: &str) -> Self {
        let dates = Dates::of_all(&briefing);
        Self {
            address: Address::of_site(&briefing),
            latest: dates.iter().filter_map(|dates| dates.changed.clone()).max(),
            dates,
            sources: OnceLock::new(),
            statics: statics.to_owned(),
            titles: briefing
                .addresses
                .pages
                .iter()
                .zip(&briefing.sections)
                .map(|(page, section)| (page.clone(), section.title.clone()))
                .collect(),
            briefing,
        }
    }

    /// The sources as items of CSL-JSON, by their numbers.
    pub(super) fn sources(&self) -> &BTreeMap<usize, Value> {
        let registry = &self.briefing.registry;
        let item = |number: usize| match &registry.get(number).record.data {
            Data::Source(source) => Some((number, cite::csl_json(registry.get(number).record.id(), source))),
            _ => None,
        };
        self.sources.get_or_init(|| registry.of(Kind::Source).filter_map(item).collect())
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
    pub(super) fn changed(&self, shape: Shape) -> Option<&str> {
        let of_section = |number: usize| self.dates[number].changed.as_deref();
        match shape {
            Shape::Section(number) => of_section(number),
            Shape::Figure(number) => self.briefing.figures.get(&number).map_or(self.latest.as_deref(), |(_, section)| of_section(*section)),
            _ => self.latest.as_deref(),
        }
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
