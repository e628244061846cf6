//! The briefing: the index of all sections and records, with order, numbers, resolution and back links.

mod address;
mod derived;
mod order;
mod passage;
mod pictures;
mod quotations;
mod registry;
mod resolve;
mod stage;
mod uses;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use address::{Addresses, RESERVED, folded};
pub use derived::{Step, Working};
pub use order::sort_key;
pub use passage::PassageText;
pub use quotations::{COPIES, Quotations, Quoted, QuotedAt, Seen, Verdict};
pub use registry::Registry;
pub use resolve::{Resolved, Scope};
pub use stage::{Observer, Stage};
pub use uses::{Use, mark_anchor};

use crate::cite::{self, Style};
use crate::draw::{self, Desk, Drawing};
use crate::kind::{Data, Kind};
use crate::number::{UnitConfig, Units};
use crate::parse::{Register, Section, Target};
use crate::read::config::Config;
use crate::read::snapshot::{CONFIG, Snapshot};
use crate::text::{Diagnostic, Diagnostics, Place, Silence, WrittenDate, rules, suggestion};

/// What the parsed files are made into.
#[derive(Debug)]
pub struct Briefing {
    /// What the briefing says of itself.
    pub config: Config,
    /// The sections in order; the cover first, if there is one.
    pub sections: Vec<Arc<Section>>,
    /// The address of each section's page, from the root of the site.
    pub addresses: Addresses,
    /// All records.
    pub registry: Registry,
    /// What each reference of each section leads to.
    pub resolved: Vec<Vec<Resolved>>,
    /// The number of each reference among those of its section to the same record; one a source in a citation.
    pub ordinals: Vec<Vec<Vec<usize>>>,
    /// Where each record is used, by its number in the registry.
    pub uses: Vec<Vec<Use>>,
    /// Where other sections link to each section.
    pub mentions: Vec<Vec<Use>>,
    /// Figures by their number in the registry: the number a reader sees, and the section that holds them.
    pub figures: BTreeMap<usize, (usize, usize)>,
    /// The drawings of figures, by their number in the registry.
    pub drawings: BTreeMap<usize, Drawing>,
    /// The sources as the citation style writes them.
    pub bibliography: Option<cite::Kept>,
    /// The same style for what is in no list: the briefing itself, and its parts.
    pub single: Option<cite::Single>,
    /// From a source's number in the registry to its number in the bibliography.
    pub cited: BTreeMap<usize, usize>,
    /// The records that name each source among theirs, and the claims that are worked out from each claim.
    pub carried: BTreeMap<usize, Vec<usize>>,
    /// The records that other records, or the tables of figures, name.
    pub mentioned: BTreeSet<usize>,
    /// How the values of derived claims are worked out, by their numbers.
    pub derived: BTreeMap<usize, Working>,
    /// The units that numbers are read with.
    pub units: Units,
    /// How far quotations were held to their sources.
    pub quotations: Quotations,
    /// Comments that let findings through.
    pub silences: Vec<Silence>,
    /// The pictures that pages show, by their file from the root of the content folder.
    pub pictures: BTreeMap<String, draw::Picture>,
    snapshot: Snapshot,
}

/// What an index is made with, beside the parsed files.
#[derive(Clone, Copy)]
pub struct Setting<'s> {
    /// All files.
    pub snapshot: &'s Snapshot,
    /// The day by which the age of claims is counted; without one it is not.
    pub today: Option<WrittenDate>,
    /// Hears of each stage.
    pub observe: Observer<'s>,
    /// The bibliography that an earlier index had.
    pub before: Option<&'s cite::Kept>,
    /// What earlier indexes have printed in the same style; nothing where nobody keeps it.
    pub entries: Option<&'s Arc<cite::Entries>>,
}

impl Briefing {
    /// Makes the index. Everything that does not fit together is reported; the rest is indexed all the same.
    pub fn index(
        config: Config,
        sections: Vec<Arc<Section>>,
        registers: Register,
        setting: Setting<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let Setting { snapshot, today, observe, before, entries } = setting;
        observe("making the index".into());
        let mut sections: Vec<Arc<Section>> = sections;
        sections.sort_by_cached_key(|section| sort_key(&section.content_path));
        let addresses = Addresses::new(&sections, snapshot, diagnostics);
        let registry = Registry::new(&sections, registers.annotations, registers.lost, diagnostics);
        let scope = Scope { sections: &sections, addresses: &addresses, registry: &registry, snapshot };
        let mut mentioned: BTreeSet<usize> = (0..registry.len()).flat_map(|number| scope.examine_record(number, diagnostics)).collect();
        let resolved = scope.resolve_all(diagnostics);
        let (uses, mentions, ordinals) = uses::collect(&sections, &registry, &resolved);
        let figures = figure_numbers(&sections, &resolved, &registry, diagnostics);
        let units = units(&config, diagnostics);
        let drawings = drawings(&registry, snapshot, &units, diagnostics);
        mentioned.extend(examine_cells(&scope, &drawings, diagnostics));
        let silences = sections.iter().flat_map(|section| section.silences.iter().cloned()).chain(registers.silences).collect();
        let (derived, meant) = derived::work_out(&scope, &units, diagnostics);
        mentioned.extend(meant);
        let quoted = quotations::collect(&sections, &registry, &resolved);
        let quotations = quotations::hold(&quoted, &registry, snapshot, today, diagnostics);
        observe("writing the list of sources".into());
        let style = style(&config, diagnostics);
        let (bibliography, cited) = bibliography(&config, (style.as_ref(), before), &registry, &uses);
        let named = &config.citation.style.value;
        let single = style.map(|style| cite::Single::new(style, &config.language).with(named, &config.language, entries));
        let carried = carried(&registry, &derived);
        let pictures = pictures::shown(&sections, &registry, &drawings, snapshot);
        let snapshot = snapshot.clone();
        Self {
            config,
            sections,
            addresses,
            registry,
            resolved,
            ordinals,
            uses,
            mentions,
            figures,
            drawings,
            bibliography,
            single,
            cited,
            carried,
            mentioned,
            derived,
            units,
            quotations,
            silences,
            pictures,
            snapshot,
        }
    }

    /// The briefing with pictures as their sizes and formats are offered.
    #[must_use]
    pub fn with_pictures(mut self, pictures: BTreeMap<String, draw::Picture>) -> Self {
        self.pictures.extend(pictures);
        self
    }

    /// A picture as pages show it, by its file from the root of the content folder, in a page from which `root` leads
    /// to the root of the site.
    #[must_use]
    pub fn picture(&self, path: &str, root: &str, alt: &str, title: &str) -> String {
        match self.pictures.get(path) {
            Some(picture) => picture.html(root, alt, title),
            None => draw::Picture::plain(path, None).html(root, alt, title),
        }
    }

    /// The number of the cover among the sections.
    #[must_use]
    pub fn cover(&self) -> Option<usize> {
        self.sections.iter().position(|section| section.content_path == "index.md")
    }

    /// All that a reference can lead to.
    #[must_use]
    pub fn scope(&self) -> Scope<'_> {
        Scope { sections: &self.sections, addresses: &self.addresses, registry: &self.registry, snapshot: &self.snapshot }
    }

    /// Whether the citation style puts citations into notes.
    #[must_use]
    pub fn has_note_style(&self) -> bool {
        self.bibliography.as_ref().is_some_and(|one| one.class == cite::Class::Note)
    }

    /// A source as a citation names it, without brackets: HTML.
    #[must_use]
    pub fn short_name(&self, number: usize) -> String {
        let cluster = |at: &usize| {
            let pieces = self.bibliography.as_ref()?.cluster(&[cite::Item { source: *at, ..cite::Item::default() }]);
            pieces.into_iter().find_map(|piece| match piece {
                cite::Piece::Item { html, .. } => Some(html),
                cite::Piece::Text(_) => None,
            })
        };
        self.cited
            .get(&number)
            .and_then(cluster)
            .filter(|html| !html.is_empty())
            .unwrap_or_else(|| crate::parse::escape(self.registry.get(number).record.data.named().label()))
    }

    /// A source as the style's list of sources has it: HTML.
    #[must_use]
    pub fn full_name(&self, number: usize) -> String {
        let entry = self.cited.get(&number).and_then(|at| self.bibliography.as_ref()?.entries.get(*at));
        let Some(entry) = entry else { return crate::parse::escape(self.registry.get(number).record.data.named().label()) };
        match &entry.label {
            Some(label) => format!("<span class=\"cite-number\">{label}</span> {}", entry.html),
            None => entry.html.clone(),
        }
    }

    /// The place of each source in the style's list, by its number in the registry.
    #[must_use]
    pub fn source_ranks(&self) -> BTreeMap<usize, usize> {
        let Some(bibliography) = &self.bibliography else { return BTreeMap::new() };
        let ranks: BTreeMap<usize, usize> = bibliography.order.iter().enumerate().map(|(rank, at)| (*at, rank)).collect();
        self.cited.iter().filter_map(|(number, at)| Some((*number, *ranks.get(at)?))).collect()
    }

    /// The sections without the cover, by their numbers.
    pub fn body_sections(&self) -> impl Iterator<Item = usize> + '_ {
        let cover = self.cover();
        (0..self.sections.len()).filter(move |number| Some(*number) != cover)
    }
}

/// Figures are numbered in the order of their places; one that has none keeps its title as its only name.
fn figure_numbers(
    sections: &[Arc<Section>],
    resolved: &[Vec<Resolved>],
    registry: &Registry,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<usize, (usize, usize)> {
    let mut numbers: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    let mut places: BTreeMap<usize, Place> = BTreeMap::new();
    for (section_number, section) in sections.iter().enumerate() {
        for (reference, target) in section.body.references.iter().zip(&resolved[section_number]) {
            let (Target::Place(id), Resolved::Record(figure)) = (&reference.target, target) else { continue };
            let place = Place::new(section.path.clone(), reference.span);
            if let Some(first) = places.get(figure) {
                let diagnostic = Diagnostic::new(&rules::FIGURE_PLACE, place, format!("the figure `{id}` is placed a second time"));
                diagnostics.push(diagnostic.related(first.clone(), "it is placed here").help(format!("refer to it with `[[fig:{id}]]`")));
                continue;
            }
            places.insert(*figure, place);
            let next = numbers.len() + 1;
            numbers.insert(*figure, (next, section_number));
        }
    }
    debug_assert!(numbers.keys().all(|figure| registry.get(*figure).record.kind == Kind::Figure));
    numbers
}

/// The dictionary of units, with the site's own.
fn units(config: &Config, diagnostics: &mut Diagnostics) -> Units {
    let own: BTreeMap<String, UnitConfig> = config.units.iter().map(|(name, unit)| (name.clone(), unit.value.clone())).collect();
    let (units, faults) = Units::new(&own);
    for (name, message) in faults {
        let span = config.units.get(&name).map(|unit| unit.span).unwrap_or_default();
        diagnostics.push(Diagnostic::new(&rules::SETTINGS, Place::new(CONFIG, span), message));
    }
    units
}

fn drawings(registry: &Registry, snapshot: &Snapshot, units: &Units, diagnostics: &mut Diagnostics) -> BTreeMap<usize, Drawing> {
    let claims = |id: &str| match &registry.get(registry.find(Kind::Claim, id)?).record.data {
        Data::Claim(claim) => Some(claim),
        _ => None,
    };
    let desk = Desk { snapshot, units, claims: &claims };
    let mut drawings = BTreeMap::new();
    for number in registry.of(Kind::Figure) {
        let record = &registry.get(number).record;
        if let Data::Figure(figure) = &record.data
            && let Some(drawing) = draw::drawing(record, figure, desk, diagnostics)
        {
            drawings.insert(number, drawing);
        }
    }
    drawings
}

/// Records that cells of tables name must be there. Gives their numbers.
fn examine_cells(scope: &Scope<'_>, drawings: &BTreeMap<usize, Drawing>, diagnostics: &mut Diagnostics) -> Vec<usize> {
    let mut meant = Vec::new();
    for (figure, drawing) in drawings {
        let Some(table) = &drawing.table else { continue };
        let record = &scope.registry.get(*figure).record;
        let path = drawing.file.as_ref().map_or_else(|| record.place.path.clone(), |file| format!("content/{file}").into());
        meant.extend(drawing.filled.values().filter_map(|id| scope.registry.find(Kind::Claim, id)));
        for link in draw::links(table) {
            let place = Place { path: path.clone(), span: link.cell.span };
            if let Resolved::Record(number) = scope.record(link.kind, link.id, &place, diagnostics) {
                meant.push(number);
            }
        }
    }
    meant
}

/// The citation style, or the default one in place of one that is not there.
fn style(config: &Config, diagnostics: &mut Diagnostics) -> Option<Style> {
    let style = Style::named(&config.citation.style.value).or_else(|unknown| {
        let place = Place::new(CONFIG, config.citation.style.span);
        let near = suggestion(&unknown.name, unknown.nearest.iter().copied());
        diagnostics
            .push(Diagnostic::new(&rules::SETTINGS, place, format!("there is no citation style `{}`", unknown.name)).maybe_help(near));
        Style::named(crate::read::config::DEFAULT_STYLE)
    });
    style.ok()
}

/// The bibliography in the order of first use; sources that only records name come after those that prose cites.
fn bibliography(
    config: &Config,
    (style, before): (Option<&Style>, Option<&cite::Kept>),
    registry: &Registry,
    uses: &[Vec<Use>],
) -> (Option<cite::Kept>, BTreeMap<usize, usize>) {
    let mut order: Vec<usize> = registry.of(Kind::Source).collect();
    order.sort_by_key(|number| (uses[*number].first().map_or((usize::MAX, 0), |one| (one.section, one.reference)), *number));
    let sources: Vec<(&str, &crate::kind::Source)> = order
        .iter()
        .filter_map(|number| {
            let record = &registry.get(*number).record;
            if let Data::Source(source) = &record.data { Some((record.id(), source)) } else { None }
        })
        .collect();
    // The terms of all languages are read with the first source; a briefing without sources needs none.
    let bibliography = style
        .filter(|_| !sources.is_empty())
        .map(|style| cite::Kept::new(before, (&config.citation.style.value, style), &config.language, &sources));
    (bibliography, order.into_iter().enumerate().map(|(at, number)| (number, at)).collect())
}

/// The records that rest on each: on a source by naming it, on a claim by a formula.
fn carried(registry: &Registry, derived: &BTreeMap<usize, Working>) -> BTreeMap<usize, Vec<usize>> {
    let mut carried: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, working) in derived {
        let used: BTreeSet<usize> =
            working.steps.iter().filter_map(|step| if let Step::Claim(claim) = step { Some(*claim) } else { None }).collect();
        for claim in used {
            carried.entry(claim).or_default().push(*number);
        }
    }
    for number in 0..registry.len() {
        for support in &registry.get(number).record.common.sources {
            if let Some(source) = registry.find(Kind::Source, &support.id.value) {
                carried.entry(source).or_default().push(number);
            }
        }
    }
    carried
}
