//! What each reference leads to. What leads nowhere is reported with the nearest names.

use std::sync::Arc;

use rayon::prelude::*;

use super::{Addresses, Briefing, Registry};
use crate::kind::Kind;
use crate::parse::{CiteItem, Section, Target, safe_url, slug};
use crate::read::snapshot::Snapshot;
use crate::text::{Diagnostic, Diagnostics, Edit, Fix, Place, Rule, Span, nearest, offer, rules, same_but_for_signs};

/// What a reference leads to. Records and sections go by their numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    /// The sources of a citation; `None` for one that is not declared.
    Cite(Vec<Option<usize>>),
    /// A record.
    Record(usize),
    /// A section, and an anchor in it.
    Section(usize, Option<String>),
    /// A file that is copied, by its address from the root of the site.
    Asset(String),
    /// The page of all records of a kind.
    Register(Kind),
    /// Nothing: reported.
    Dead,
}

/// All that a reference can lead to.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'b> {
    /// The sections, in order.
    pub sections: &'b [Arc<Section>],
    /// Their addresses.
    pub addresses: &'b Addresses,
    /// The records.
    pub registry: &'b Registry,
    /// The files.
    pub snapshot: &'b Snapshot,
}

impl Scope<'_> {
    /// What the references of each section lead to, and what was found on the way. A section that stood as it is in a
    /// briefing on the same ground is not gone through again.
    pub(super) fn resolve_all(&self, alike: Option<&Briefing>) -> (Vec<Arc<Vec<Resolved>>>, Vec<Arc<Diagnostics>>) {
        let resolve = |(number, section): (usize, &Arc<Section>)| {
            if let Some(alike) = alike.filter(|alike| Arc::ptr_eq(&alike.sections[number], section)) {
                return (alike.resolved[number].clone(), alike.dead[number].clone());
            }
            let mut found = Diagnostics::default();
            let place = |span| Place::new(section.path.clone(), span);
            let references = section.body.references.iter();
            let resolved = references.map(|one| self.resolve(&one.target, Some(number), &place(one.span), &mut found)).collect();
            (Arc::new(resolved), Arc::new(found))
        };
        self.sections.par_iter().enumerate().with_min_len(64).map(resolve).unzip()
    }

    /// Resolves one target that stands at `place`, in a section or in a register.
    pub fn resolve(&self, target: &Target, section: Option<usize>, place: &Place, diagnostics: &mut Diagnostics) -> Resolved {
        match target {
            Target::Cite(items) => Resolved::Cite(items.iter().map(|item| self.source(item, place, diagnostics)).collect()),
            Target::Record(kind, id) => self.record(*kind, id, place, diagnostics),
            Target::Place(id) => self.record(Kind::Figure, id, place, diagnostics),
            Target::File(path, anchor) => self.file(path, anchor.as_deref(), place, diagnostics),
            Target::Image { path, .. } => self.image(path, place, diagnostics),
            Target::Bare(name, anchor) => self.bare(name, anchor.as_deref(), section, place, diagnostics),
        }
    }

    fn source(&self, item: &CiteItem, place: &Place, diagnostics: &mut Diagnostics) -> Option<usize> {
        let place = Place { path: place.path.clone(), span: item.span };
        match self.record(Kind::Source, &item.key, &place, diagnostics) {
            Resolved::Record(number) => Some(number),
            _ => None,
        }
    }

    /// A record by its kind and id.
    pub(super) fn record(&self, kind: Kind, id: &str, place: &Place, diagnostics: &mut Diagnostics) -> Resolved {
        if let Some(number) = self.registry.find(kind, id) {
            return Resolved::Record(number);
        }
        if self.registry.lost().has_name(id) {
            return Resolved::Dead;
        }
        let name = kind.info().name;
        let near = nearest(id, self.registry.ids(kind));
        let found = Diagnostic::new(unknown(kind), place.clone(), format!("there is no {name} `{id}`"));
        let other = || format!("declare it in front matter: `[[{}]]` with `id = \"{id}\"`", kind.info().plural);
        diagnostics.push(self.respelled(found, id, &near, other));
        Resolved::Dead
    }

    /// A finding about a name that is not known, with the nearest ones, and the edit that puts in the nearest of all.
    /// Where none is near, `other` says the way out.
    fn respelled(&self, found: Diagnostic, name: &str, near: &[&str], other: impl FnOnce() -> String) -> Diagnostic {
        let found = found.help(offer(near).unwrap_or_else(other));
        let Some(best) = near.first() else { return found };
        // A name that stands there twice, or written otherwise, is left to its author.
        let Some(place) = found.place.as_ref().and_then(|place| self.snapshot.inside(place, name)) else { return found };
        let edits = vec![Edit { place, text: (*best).to_owned() }];
        found.fix(Fix { title: format!("write `{best}`"), safe: same_but_for_signs(name, best), edits })
    }

    fn file(&self, path: &str, anchor: Option<&str>, place: &Place, diagnostics: &mut Diagnostics) -> Resolved {
        let folder_index = if path.is_empty() { "index.md".to_owned() } else { format!("{}/index.md", path.trim_end_matches('/')) };
        let section = self.addresses.section(path).or_else(|| self.addresses.section(&folder_index));
        if let Some(number) = section {
            return self.anchor(number, anchor, place, diagnostics);
        }
        if self.addresses.has_asset(path) {
            return Resolved::Asset(path.to_owned());
        }
        if let Some(kind) = self.register(path).filter(|_| anchor.is_none()) {
            return Resolved::Register(kind);
        }
        if self.registry.lost().has_file(path) || self.registry.lost().has_file(&folder_index) {
            return Resolved::Dead;
        }
        let exists = self.snapshot.get(&format!("content/{path}")).is_some();
        let message = if exists && path.ends_with(".md") {
            format!("`{path}` is a draft, and drafts are left out")
        } else {
            format!("there is no file `{path}` in the content folder")
        };
        let found = Diagnostic::new(&rules::DEAD_LINK, place.clone(), message);
        diagnostics.push(if exists {
            found.help("build with --drafts, or take the link out")
        } else {
            self.respelled(found, path, &nearest(path, self.file_names()), || "a link is relative to the file that it stands in".to_owned())
        });
        Resolved::Dead
    }

    /// The kind whose page stands at a path, as the site has it: `claims/`.
    fn register(&self, path: &str) -> Option<Kind> {
        let folder = path.strip_suffix("/index.html").unwrap_or(path).trim_end_matches('/');
        Kind::ALL.iter().copied().find(|kind| kind.info().folder == folder && self.registry.count(*kind) > 0)
    }

    fn file_names(&self) -> impl Iterator<Item = &str> {
        self.sections.iter().map(|section| section.content_path.as_str()).chain(self.addresses.assets.iter().map(String::as_str))
    }

    fn anchor(&self, section: usize, anchor: Option<&str>, place: &Place, diagnostics: &mut Diagnostics) -> Resolved {
        let Some(anchor) = anchor else { return Resolved::Section(section, None) };
        if self.anchors(section).any(|known| known == anchor) {
            return Resolved::Section(section, Some(anchor.to_owned()));
        }
        let file = &self.sections[section].content_path;
        if self.registry.lost().has_file(file) {
            return Resolved::Dead;
        }
        let known: Vec<String> = self.anchors(section).collect();
        let diagnostic = Diagnostic::new(&rules::DEAD_ANCHOR, place.clone(), format!("`{file}` has no heading `#{anchor}`"));
        let near = nearest(anchor, known.iter().map(String::as_str));
        diagnostics.push(self.respelled(diagnostic, anchor, &near, || "give the heading this id: `## Heading {#id}`".to_owned()));
        Resolved::Dead
    }

    /// The anchors of a section that an author may link to.
    fn anchors(&self, section: usize) -> impl Iterator<Item = String> {
        let body = &self.sections[section].body;
        let headings = body.headings.iter().map(|heading| heading.id.clone());
        let corrections = body.corrections.iter().map(|one| one.anchor.clone());
        let figures = body.references.iter().filter_map(|one| match &one.target {
            Target::Place(id) => Some(Kind::Figure.anchor(id)),
            _ => None,
        });
        headings.chain(corrections).chain(figures)
    }

    fn image(&self, path: &str, place: &Place, diagnostics: &mut Diagnostics) -> Resolved {
        if self.addresses.has_asset(path) {
            return Resolved::Asset(path.to_owned());
        }
        let near = nearest(path, self.addresses.assets.iter().map(String::as_str));
        let found = Diagnostic::new(&rules::MISSING_IMAGE, place.clone(), format!("there is no image `{path}` in the content folder"));
        diagnostics.push(self.respelled(found, path, &near, || "put the file there, or write its path from this file's folder".to_owned()));
        Resolved::Dead
    }

    /// A bare name is a term or a section, or else a heading; where it fits two, the author must say which.
    fn bare(&self, name: &str, anchor: Option<&str>, section: Option<usize>, place: &Place, diagnostics: &mut Diagnostics) -> Resolved {
        if name.is_empty() {
            return match section {
                Some(number) => self.anchor(number, anchor, place, diagnostics),
                None => self.record(Kind::Term, name, place, diagnostics),
            };
        }
        let mut hits: Vec<(String, Resolved)> = Vec::new();
        if let Some(term) = self.registry.find(Kind::Term, name) {
            hits.push((format!("the term `term:{name}`"), Resolved::Record(term)));
        }
        for number in self.named_sections(name) {
            hits.push((format!("the section `{}`", self.sections[number].content_path), Resolved::Section(number, None)));
        }
        // A heading often has the name of the term it explains; it is meant only where nothing else is.
        if hits.is_empty() {
            for (number, id) in section.map(|number| self.named_headings(number, name)).unwrap_or_default() {
                hits.push((format!("the heading `#{id}`"), Resolved::Section(number, Some(id))));
            }
        }
        match hits.len() {
            0 => self.nothing(name, section, place, diagnostics),
            1 => match hits.remove(0).1 {
                Resolved::Section(number, None) => self.anchor(number, anchor, place, diagnostics),
                other => other,
            },
            _ => {
                let names: Vec<&str> = hits.iter().map(|(name, _)| name.as_str()).collect();
                let diagnostic =
                    Diagnostic::new(&rules::AMBIGUOUS_REFERENCE, place.clone(), format!("`{name}` is {}", names.join(" and ")));
                let section = hits.iter().find_map(|(_, hit)| if let Resolved::Section(number, None) = hit { Some(*number) } else { None });
                let file = section.map_or(name, |number| &self.sections[number].content_path);
                let way_out = match &hits[0].1 {
                    Resolved::Record(_) => format!("write `[[term:{name}]]`, or a link to the file: `[words]({file})`"),
                    _ => format!("write the whole path: `[[{}]]`", file.trim_end_matches(".md")),
                };
                diagnostics.push(diagnostic.help(way_out));
                Resolved::Dead
            }
        }
    }

    /// Sections by their path without `.md`, their file's name, or that name without its numeric prefix.
    fn named_sections<'s>(&'s self, name: &'s str) -> impl Iterator<Item = usize> + 's {
        let plain = name.strip_suffix(".md").unwrap_or(name);
        let plain = plain.strip_suffix("/index").unwrap_or(plain);
        self.sections
            .iter()
            .enumerate()
            .filter(move |(_, section)| {
                let path = section.content_path.strip_suffix(".md").unwrap_or(&section.content_path);
                let path = path.strip_suffix("/index").unwrap_or(path);
                let stem = path.rsplit('/').next().unwrap_or(path);
                path == plain || stem == plain || crate::parse::prefix(stem).1 == plain
            })
            .map(|(number, _)| number)
    }

    fn named_headings(&self, section: usize, name: &str) -> Vec<(usize, String)> {
        let wanted = slug(name);
        let headings = &self.sections[section].body.headings;
        headings.iter().filter(|one| one.id == name || slug(&one.text) == wanted).map(|one| (section, one.id.clone())).collect()
    }

    fn nothing(&self, name: &str, section: Option<usize>, place: &Place, diagnostics: &mut Diagnostics) -> Resolved {
        if self.registry.lost().has_name(name) {
            return Resolved::Dead;
        }
        let found = Diagnostic::new(&rules::UNKNOWN_REFERENCE, place.clone(), format!("nothing is called `{name}`"));
        // An author often writes a term's name where its id belongs.
        if let Some(id) = self.registry.named(Kind::Term, name) {
            diagnostics.push(found.help(format!("`{name}` is a name of the term `{id}`: write `[[{id}|{name}]]`")));
            return Resolved::Dead;
        }
        let files = self.sections.iter().map(|section| section.content_path.strip_suffix(".md").unwrap_or(&section.content_path));
        let headings = section.into_iter().flat_map(|number| self.sections[number].body.headings.iter().map(|one| one.id.as_str()));
        let near = nearest(name, self.registry.ids(Kind::Term).chain(files).chain(headings));
        diagnostics.push(self.respelled(found, name, &near, || {
            "a bare name is a term's id, a section's file or a heading of this section; other kinds are written `[[kind:id]]`".to_owned()
        }));
        Resolved::Dead
    }

    /// The ids that a record names: its sources, what it says to see, what a note is about; and its texts' references.
    /// Gives the records that are meant.
    pub(super) fn examine_record(&self, number: usize, diagnostics: &mut Diagnostics) -> Vec<usize> {
        let mut meant: Vec<usize> = Vec::new();
        let annotation = self.registry.get(number);
        let record = &annotation.record;
        let place = |span: Span| Place { path: record.place.path.clone(), span };
        for support in &record.common.sources {
            if let Resolved::Record(source) = self.record(Kind::Source, &support.id.value, &place(support.id.span), diagnostics) {
                meant.push(source);
            }
        }
        for see in &record.common.see {
            meant.extend(self.named(&see.value, record.kind, &place(see.span), diagnostics));
        }
        if let crate::kind::Data::Note(note) = &record.data {
            for about in &note.about {
                meant.extend(self.named(&about.value, Kind::Claim, &place(about.span), diagnostics));
            }
        }
        if let crate::kind::Data::Source(source) = &record.data {
            for (key, address) in [("url", &source.url), ("archived", &source.archived)] {
                if let Some(address) = address.as_ref().filter(|address| !safe_url(address)) {
                    let diagnostic =
                        Diagnostic::new(&rules::UNSAFE_ADDRESS, record.place_of(key), format!("the address `{address}` is not allowed"));
                    diagnostics.push(diagnostic.help("an address begins with https: or http:"));
                }
            }
        }
        for body in annotation.bodies() {
            for reference in &body.references {
                match self.resolve(&reference.target, None, &place(reference.span), diagnostics) {
                    Resolved::Record(record) => meant.push(record),
                    Resolved::Cite(items) => meant.extend(items.into_iter().flatten()),
                    Resolved::Section(..) | Resolved::Asset(_) | Resolved::Register(_) | Resolved::Dead => {}
                }
            }
        }
        meant.retain(|one| *one != number);
        meant
    }

    /// A record by `kind:id`, or by its id alone where the kind goes without saying.
    pub fn named(&self, name: &str, kind: Kind, place: &Place, diagnostics: &mut Diagnostics) -> Option<usize> {
        let (kind, id) = name.split_once(':').and_then(|(prefix, id)| Some((Kind::by_prefix(prefix)?, id))).unwrap_or((kind, name));
        match self.record(kind, id, place, diagnostics) {
            Resolved::Record(number) => Some(number),
            _ => None,
        }
    }
}

/// The rule for an unknown id of a kind.
fn unknown(kind: Kind) -> &'static Rule {
    match kind {
        Kind::Source => &rules::UNKNOWN_SOURCE,
        Kind::Term => &rules::UNKNOWN_TERM,
        Kind::Figure => &rules::UNKNOWN_FIGURE,
        Kind::Claim => &rules::UNKNOWN_CLAIM,
        Kind::Note => &rules::UNKNOWN_NOTE,
        Kind::Entity => &rules::UNKNOWN_ENTITY,
    }
}
