//! The briefing: the index of all sections and records, with order, numbers, resolution and back links.

mod address;
mod derived;
mod ground;
mod passage;
mod pictures;
mod quotations;
mod registry;
mod resolve;
mod stage;
mod uses;
mod web;

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

pub use address::{Addresses, RESERVED, folded};
pub use derived::{Step, Working};
pub use ground::Ground;
pub use passage::PassageText;
use quotations::Copies;
pub use quotations::{COPIES, Quotations, Quoted, QuotedAt, Seen, Verdict};
pub use registry::Registry;
pub use resolve::{Resolved, Scope};
pub use stage::{Observer, Stage};
pub use uses::{Use, mark_anchor};
pub use web::Web;

use crate::cite;
use crate::draw;
use crate::parse::{Register, Section};
use crate::read::config::Config;
use crate::read::snapshot::Snapshot;
use crate::text::{Diagnostics, Silence, WrittenDate};

/// What the parsed files are made into. What the [`Web`] and the [`Ground`] hold can be asked
/// of the briefing itself.
#[derive(Debug)]
pub struct Briefing {
    web: Arc<Web>,
    /// The sections in order; the cover first, if there is one.
    pub sections: Vec<Arc<Section>>,
    /// What each reference of each section leads to.
    pub resolved: Vec<Arc<Vec<Resolved>>>,
    /// What was found when references were followed, section by section.
    dead: Vec<Arc<Diagnostics>>,
    /// The briefing and its parts, as they are to be cited.
    pub single: Option<cite::Single>,
    /// How far quotations were held to their sources.
    pub quotations: Quotations,
    copies: Copies,
    /// Comments that let findings through.
    pub silences: Vec<Silence>,
    /// The pictures that pages show, by their file from the root of the content folder.
    pub pictures: Arc<BTreeMap<String, draw::Picture>>,
    snapshot: Snapshot,
}

impl Deref for Briefing {
    type Target = Web;

    fn deref(&self) -> &Web {
        &self.web
    }
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
    /// An earlier briefing, of which what is the same is kept.
    pub before: Option<&'s Briefing>,
    /// What earlier indexes have printed in the same style; nothing where nobody keeps it.
    pub entries: Option<&'s Arc<cite::Entries>>,
}

impl Briefing {
    /// Makes the index. Everything that does not fit together is reported; the rest is indexed all the same.
    pub fn index(
        config: Config,
        mut sections: Vec<Arc<Section>>,
        mut register: Register,
        setting: Setting<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let Setting { snapshot, today, observe, before, entries } = setting;
        observe("making the index".into());
        sections.sort_by(|one, other| one.order.cmp(&other.order));
        let own = std::mem::take(&mut register.silences);
        let silences = sections.iter().flat_map(|section| section.silences.iter().cloned()).chain(own).collect();
        let alike =
            before.filter(|before| before.ground.holds(&config, (&sections, &before.sections), &register, (snapshot, &before.snapshot)));
        let ground = alike.map_or_else(|| Arc::new(Ground::new(config, &sections, register, snapshot)), |alike| alike.ground.clone());
        diagnostics.extend(&ground.found);
        let scope = Scope { sections: &sections, addresses: &ground.addresses, registry: &ground.registry, snapshot };
        let (resolved, dead) = scope.resolve_all(alike);
        for found in &dead {
            diagnostics.extend(found);
        }
        observe("writing the list of sources".into());
        let same_web = alike.filter(|alike| web::holds(alike, &sections, &resolved));
        let kept = before.and_then(|before| before.bibliography.as_ref());
        let web = same_web.map_or_else(|| Arc::new(Web::new(ground.clone(), &sections, &resolved, kept)), |alike| alike.web.clone());
        diagnostics.extend(&web.found);
        let quoted = quotations::of_sections(&sections, &resolved);
        let quoted = ground.quoted.iter().chain(&quoted);
        let copies = before.map(|before| &before.copies);
        let (quotations, copies) = quotations::hold(quoted, (&ground.registry, snapshot), copies, today, diagnostics);
        let (style, language) = (&ground.config.citation.style.value, &ground.config.language);
        let single = ground.single.as_ref().map(|single| single.with(style, language, entries));
        let pictures = match same_web {
            Some(alike) => alike.pictures.clone(),
            None => pictures::shown(&sections, &ground.registry, &ground.drawings, snapshot).into(),
        };
        Self { sections, resolved, dead, web, single, quotations, copies, silences, pictures, snapshot: snapshot.clone() }
    }

    /// Whether all references lead where those of an earlier briefing lead, so that only words differ.
    #[must_use]
    pub fn has_web_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.web, &other.web)
    }

    /// What all references come to.
    #[must_use]
    pub fn web(&self) -> &Web {
        &self.web
    }

    /// Whether a section, and what it refers to, is that of an earlier briefing.
    #[must_use]
    pub fn has_section_of(&self, other: &Self, number: usize) -> bool {
        let same = |other: &Arc<Section>| Arc::ptr_eq(other, &self.sections[number]);
        let led = |other: &Arc<Vec<Resolved>>| Arc::ptr_eq(other, &self.resolved[number]);
        other.sections.get(number).is_some_and(same) && other.resolved.get(number).is_some_and(led)
    }

    /// The briefing with pictures as their sizes and formats are offered.
    #[must_use]
    pub fn with_pictures(mut self, pictures: BTreeMap<String, draw::Picture>) -> Self {
        Arc::make_mut(&mut self.pictures).extend(pictures);
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
