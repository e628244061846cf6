//! The web of references: where each record is used, where figures stand, in which order sources are cited.

use std::collections::BTreeMap;
use std::mem::{Discriminant, discriminant};
use std::ops::Deref;
use std::sync::Arc;

use super::uses::{self, Use};
use super::{Briefing, Ground, Registry, Resolved};
use crate::cite::{self, Style};
use crate::kind::{Data, Kind};
use crate::parse::{Section, Target};
use crate::read::config::Config;
use crate::text::{Diagnostic, Diagnostics, Place, rules};

/// What the references of all sections come to.
#[derive(Debug)]
pub struct Web {
    /// What the references lead to.
    pub(super) ground: Arc<Ground>,
    /// The number of each reference among those of its section to the same record; one a source in a citation.
    pub ordinals: Vec<Vec<Vec<usize>>>,
    /// Where each record is used, by its number in the registry.
    pub uses: Vec<Vec<Use>>,
    /// Where other sections link to each section.
    pub mentions: Vec<Vec<Use>>,
    /// Figures by their number in the registry: the number a reader sees, and the section that holds them.
    pub figures: BTreeMap<usize, (usize, usize)>,
    /// The figures that each section holds, by their numbers in the registry.
    pub placed: Vec<Vec<usize>>,
    /// The sources as the citation style writes them.
    pub bibliography: Option<cite::Kept>,
    /// From a source's number in the registry to its number in the bibliography.
    pub cited: BTreeMap<usize, usize>,
    /// What was found.
    pub(super) found: Diagnostics,
}

impl Deref for Web {
    type Target = Ground;

    fn deref(&self) -> &Ground {
        &self.ground
    }
}

impl Web {
    pub(super) fn new(ground: Arc<Ground>, sections: &[Arc<Section>], resolved: &[Arc<Vec<Resolved>>], kept: Option<&cite::Kept>) -> Self {
        let mut found = Diagnostics::default();
        let (uses, mentions, ordinals) = uses::collect(sections, &ground.registry, resolved);
        let figures = figure_numbers(sections, resolved, &ground.registry, &mut found);
        let (bibliography, cited) = bibliography(&ground.config, (ground.style.as_ref(), kept), &ground.registry, &uses);
        let mut placed = vec![Vec::new(); sections.len()];
        for (figure, (_, section)) in &figures {
            placed[*section].push(*figure);
        }
        Self { ground, ordinals, uses, mentions, figures, placed, bibliography, cited, found }
    }
}

/// Whether the web of a briefing on the same ground is also that of these sections: every reference leads where it led.
pub(super) fn holds(before: &Briefing, sections: &[Arc<Section>], resolved: &[Arc<Vec<Resolved>>]) -> bool {
    // What was found names places, which shift.
    let mut pairs = sections.iter().zip(&before.sections).zip(resolved.iter().zip(&before.resolved));
    before.web.found.is_empty()
        && pairs.all(|((one, other), (leads, led))| Arc::ptr_eq(one, other) || (leads == led && targets(one).eq(targets(other))))
}

/// How each reference of a section refers, wherever it stands now.
fn targets(section: &Section) -> impl Iterator<Item = Discriminant<Target>> {
    section.body.references.iter().map(|reference| discriminant(&reference.target))
}

/// Figures are numbered in the order of their places; one that has none keeps its title as its only name.
fn figure_numbers(
    sections: &[Arc<Section>],
    resolved: &[Arc<Vec<Resolved>>],
    registry: &Registry,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<usize, (usize, usize)> {
    let mut numbers: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    let mut places: BTreeMap<usize, Place> = BTreeMap::new();
    for (section_number, section) in sections.iter().enumerate() {
        for (reference, target) in section.body.references.iter().zip(resolved[section_number].iter()) {
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
            if let Data::Source(source) = &record.data { Some((record.id(), &**source)) } else { None }
        })
        .collect();
    // The terms of all languages are read with the first source; a briefing without sources needs none.
    let bibliography = style
        .filter(|_| !sources.is_empty())
        .map(|style| cite::Kept::new(before, (&config.citation.style.value, style), &config.language, &sources));
    (bibliography, order.into_iter().enumerate().map(|(at, number)| (number, at)).collect())
}
