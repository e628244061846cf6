//! Publishing: what machines read, in pages and beside them, and files for the hosts of static sites.
//!
//! All of it is made from the briefing, and never read back: one file here for each format. What needs a full address is
//! left out of a site that has none.

mod address;
mod annotations;
mod cards;
mod claims;
mod compress;
mod csl;
mod dates;
mod desk;
mod feeds;
mod glossary;
mod head;
mod hosts;
mod jsonld;
mod llms;
mod manifest;
mod markdown;
mod marks;
mod redirects;
mod sitemap;

use std::sync::Arc;

use crate::briefing::Briefing;
use crate::kind::Kind;
use crate::output::OutFile;
use crate::page::Shape;
use crate::raster::Store;
use crate::read::publish::Part;
use crate::read::snapshot::{Bytes, CONFIG};
use crate::text::{Diagnostic, Diagnostics, Place, rules};
use crate::theme::ASSETS_HASH;

pub use annotations::{Quotes, quoted, quotes};
pub use cards::Cards;
pub use compress::compressed;
pub use desk::Desk;
pub use hosts::POLICY;
pub use markdown::copy;

const ANNOTATIONS: &str = "annotations.jsonld";
const ATOM_FEED: &str = "feed.xml";
const CLAIMS_CSV: &str = "claims.csv";
const CLAIMS_JSON: &str = "claims.json";
const CLAIMS_SCHEMA: &str = "claims.schema.json";
const CNAME: &str = "CNAME";
const GLOSSARY: &str = "glossary.jsonld";
const HEADERS: &str = "_headers";
const JSON_FEED: &str = "feed.json";
const LLMS: &str = "llms.txt";
const MANIFEST: &str = "site.webmanifest";
const NO_JEKYLL: &str = ".nojekyll";
const REDIRECTS: &str = "_redirects";
const ROBOTS: &str = "robots.txt";
const SITEMAP: &str = "sitemap.xml";
const SOURCES_BIB: &str = "sources.bib";
const SOURCES_CSL: &str = "sources.csl.json";
const SOURCES_RIS: &str = "sources.ris";

/// The folder of the theme's files, without the one in it that is named for what they hold.
pub const PLAIN_ASSETS: &str = "static/";

/// Whether a file stands in the folder that is named for what it holds, so that nothing at its address ever changes.
#[must_use]
pub fn is_fingerprinted(path: &str) -> bool {
    let folder = path.strip_prefix(PLAIN_ASSETS).and_then(|rest| rest.split_once('/'));
    folder.is_some_and(|(name, _)| name.len() == ASSETS_HASH && name.bytes().all(|one| matches!(one, b'0'..=b'9' | b'a'..=b'f')))
}

/// What stands at an address beside the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// The picture of a page for whoever links to it: see [`Cards`].
    Card(Shape),
    /// A page in Markdown: see [`copy`].
    Copy(Shape),
    /// One of those that are made together with the others of their part: see [`files`].
    Common(Part),
}

/// The files of the theme, by their path in the site.
pub struct Theming<'t> {
    /// The files.
    pub files: Vec<(&'t str, &'t Bytes)>,
}

impl Theming<'_> {
    /// The text of a file.
    fn file(&self, path: &str) -> Option<&str> {
        let (_, bytes) = self.files.iter().find(|(known, _)| *known == path)?;
        std::str::from_utf8(bytes).ok()
    }
}

/// Finds what cannot be published as its author asks for it. `made` are the addresses of all that is made elsewhere, but
/// sections.
pub fn examine(briefing: &Briefing, made: &[&str], diagnostics: &mut Diagnostics) {
    let cname = briefing.config.publish.cname.as_ref().filter(|cname| cname.value);
    if let Some(cname) = cname.filter(|_| briefing.config.base_url.is_none()) {
        let message = "`CNAME` gives the host of `base_url`, which is not set";
        let found = Diagnostic::new(&rules::SETTINGS, Place::new(CONFIG, cname.span), message);
        diagnostics.push(found.help("set `base_url`, or take this line out"));
    }
    redirects::examine(briefing, made, diagnostics);
}

/// The parts that are files at the root of the site.
const ROOT_FILES: [(Part, &[&str]); 10] = [
    (Part::Annotations, &[ANNOTATIONS]),
    (Part::Claims, &[CLAIMS_CSV, CLAIMS_JSON, CLAIMS_SCHEMA]),
    (Part::Feeds, &[ATOM_FEED, JSON_FEED]),
    (Part::Glossary, &[GLOSSARY]),
    (Part::Headers, &[HEADERS]),
    (Part::Markdown, &[LLMS]),
    (Part::Redirects, &[REDIRECTS]),
    (Part::Robots, &[ROBOTS]),
    (Part::Sitemap, &[SITEMAP]),
    (Part::Sources, &[SOURCES_BIB, SOURCES_CSL, SOURCES_RIS]),
];

/// The part that makes the file at an address.
#[must_use]
pub fn part(path: &str) -> Option<Part> {
    let beside =
        [(Part::Cards, path.starts_with("cards/") || path == "card.png"), (Part::Manifest, manifest::paths().any(|one| one == path))];
    let root = ROOT_FILES.iter().find(|(_, paths)| paths.contains(&path)).map(|(part, _)| *part);
    root.or_else(|| beside.into_iter().find(|(_, is)| *is).map(|(part, _)| part))
}

/// The addresses of all files that are made beside the pages, but those of pages that lead on, and what stands at each.
#[must_use]
pub fn paths(briefing: &Briefing) -> Vec<(String, Piece)> {
    let has_base = briefing.config.base_url.is_some();
    let makes = |part: Part| briefing.config.publish.makes(part);
    let has = |kind: Kind| briefing.registry.count(kind) > 0;
    let there = |part: Part| match part {
        Part::Annotations | Part::Feeds | Part::Sitemap => has_base,
        Part::Claims => has(Kind::Claim),
        Part::Glossary => has_base && has(Kind::Term),
        Part::Redirects => redirects::paths(briefing).next().is_some(),
        Part::Sources => has(Kind::Source),
        _ => true,
    };
    let root = ROOT_FILES.iter().filter(|(part, _)| makes(*part) && there(*part));
    let root = root.flat_map(|(part, paths)| paths.iter().map(|path| (*path, *part)));
    let hosts = hosts::paths(briefing).map(|path| (path, Part::Headers));
    let manifest = manifest::paths().filter(|_| makes(Part::Manifest)).map(|path| (path, Part::Manifest));
    let common = root.chain(hosts).chain(manifest);
    let mut paths: Vec<(String, Piece)> = common.map(|(path, part)| (path.to_owned(), Piece::Common(part))).collect();
    for shape in Shape::all(briefing) {
        let page = shape.path(briefing);
        if cards::DRAWN && has_base && makes(Part::Cards) && shape != Shape::Missing {
            paths.push((cards::path(&page), Piece::Card(shape)));
        }
        if makes(Part::Markdown) && markdown::has_copy(shape) {
            paths.push((markdown::path(&page), Piece::Copy(shape)));
        }
    }
    paths
}

/// The addresses of the pages that lead on from old addresses of sections; they are of the part [`Part::Redirects`].
pub fn stubs(briefing: &Briefing) -> impl Iterator<Item = String> {
    redirects::paths(briefing)
}

/// The files of a part that are made together; none of a part that is files each by itself, or stands in pages. Only
/// annotations ask for `quotes`: those of each section whose marks are told of.
#[must_use]
pub fn files(part: Part, desk: &Desk, quotes: QuotesOfAll<'_>, theming: &Theming<'_>, store: &dyn Store) -> Vec<OutFile> {
    match part {
        // They have files that are made whatever is left out.
        Part::Headers => hosts::files(desk),
        Part::Redirects => redirects::files(desk),
        _ if !desk.makes(part) => Vec::new(),
        Part::Annotations => annotations::files(desk, &quotes()),
        Part::Claims => claims::files(desk),
        Part::Feeds => feeds::files(desk),
        Part::Glossary => glossary::files(desk),
        Part::Manifest => manifest::files(desk, theming, store),
        Part::Markdown => llms::files(desk),
        Part::Robots => vec![sitemap::robots(desk)],
        Part::Sitemap => sitemap::files(desk),
        Part::Sources => csl::files(desk),
        Part::Cards | Part::JsonLd => Vec::new(),
    }
}

/// Gives what is quoted by each section, by its number.
pub type QuotesOfAll<'q> = &'q dyn Fn() -> Vec<(usize, Arc<Quotes>)>;

/// A file of text.
fn file(path: &str, text: String) -> OutFile {
    OutFile::new(path, text.into_bytes().into())
}
