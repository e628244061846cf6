//! The ground that the text stands on: names, addresses and records, and what follows from them alone. While an author
//! writes prose it stays as it is, so that it need not be laid anew.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::derived::{self, Step, Working};
use super::{Addresses, Quoted, Registry, Resolved, Scope, quotations};
use crate::cite::{self, Style};
use crate::draw::{self, Desk, Drawing};
use crate::kind::{Data, Kind};
use crate::number::{UnitConfig, Units};
use crate::parse::{Annotation, Register, Section, Target};
use crate::read::config::Config;
use crate::read::snapshot::{Bytes, CONFIG, Snapshot};
use crate::text::{Diagnostic, Diagnostics, Place, rules, suggestion};

/// What rests on the settings, on the names of sections and headings, on records and on data files.
#[derive(Debug)]
pub struct Ground {
    /// What the briefing says of itself.
    pub config: Config,
    /// The address of each section's page, from the root of the site.
    pub addresses: Addresses,
    /// All records.
    pub registry: Registry,
    /// The drawings of figures, by their number in the registry.
    pub drawings: BTreeMap<usize, Drawing>,
    /// The records that name each source among theirs, and the claims that are worked out from each claim.
    pub carried: BTreeMap<usize, Vec<usize>>,
    /// The records that other records, or the tables of figures, name.
    pub mentioned: BTreeSet<usize>,
    /// How the values of derived claims are worked out, by their numbers.
    pub derived: BTreeMap<usize, Working>,
    /// The units that numbers are read with.
    pub units: Units,
    /// The quotations of records.
    pub(super) quoted: Vec<Quoted>,
    /// The citation style.
    pub(super) style: Option<Style>,
    /// The same style for what is in no list: the briefing itself, and its parts.
    pub(super) single: Option<cite::Single>,
    /// What was found.
    pub(super) found: Diagnostics,
    registers: Vec<Arc<Annotation>>,
}

impl Ground {
    pub(super) fn new(config: Config, sections: &[Arc<Section>], register: Register, snapshot: &Snapshot) -> Self {
        let mut found = Diagnostics::default();
        let addresses = Addresses::new(sections, snapshot, &mut found);
        let registers = register.annotations.clone();
        let registry = Registry::new(sections, register.annotations, register.lost, &mut found);
        let scope = Scope { sections, addresses: &addresses, registry: &registry, snapshot };
        let mut mentioned: BTreeSet<usize> = (0..registry.len()).flat_map(|number| scope.examine_record(number, &mut found)).collect();
        let units = units(&config, &mut found);
        let drawings = drawings(&registry, snapshot, &units, &mut found);
        mentioned.extend(examine_cells(&scope, &drawings, &mut found));
        let (derived, meant) = derived::work_out(&scope, &units, &mut found);
        mentioned.extend(meant);
        let style = style(&config, &mut found);
        let single = style.clone().map(|style| cite::Single::new(style, &config.language));
        let carried = carried(&registry, &derived);
        let quoted = quotations::of_records(&registry);
        Self { config, addresses, registry, drawings, carried, mentioned, derived, units, quoted, style, single, found, registers }
    }

    /// Whether these files would give the same ground. The sections are held to those that it was laid for, `before`.
    pub(super) fn holds(
        &self,
        config: &Config,
        (sections, before): (&[Arc<Section>], &[Arc<Section>]),
        register: &Register,
        files: (&Snapshot, &Snapshot),
    ) -> bool {
        let same_registers = || {
            self.registers.len() == register.annotations.len()
                && self.registers.iter().zip(&register.annotations).all(|(one, other)| Arc::ptr_eq(one, other) || one == other)
        };
        let same_sections = || {
            sections.len() == before.len()
                && sections.iter().zip(before).all(|(one, other)| Arc::ptr_eq(one, other) || is_same_ground(one, other))
        };
        *config == self.config && same_registers() && same_sections() && data(files.0).eq(data(files.1))
    }
}

/// Files that are not prose: their paths, and their bytes, which are the same where they are shared.
fn data(snapshot: &Snapshot) -> impl Iterator<Item = (&Arc<str>, &Bytes)> {
    snapshot.below("content").filter(|(path, _)| !path.ends_with(".md"))
}

/// Whether all is the same in two sections that others may refer to.
fn is_same_ground(one: &Section, other: &Section) -> bool {
    let headings = |section: &Section| section.body.headings.iter().map(|heading| heading.id.clone()).collect::<Vec<_>>();
    let corrections = |section: &Section| section.body.corrections.iter().map(|one| one.anchor.clone()).collect::<Vec<_>>();
    one.path == other.path
        && one.annotations == other.annotations
        && one.head.aliases == other.head.aliases
        && one.lost == other.lost
        && headings(one) == headings(other)
        && corrections(one) == corrections(other)
        && placed(one).eq(placed(other))
}

/// The figures that a section places.
fn placed(section: &Section) -> impl Iterator<Item = &str> {
    section.body.references.iter().filter_map(|one| match &one.target {
        Target::Place(id) => Some(id.as_str()),
        _ => None,
    })
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
        Data::Claim(claim) => Some(&**claim),
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
