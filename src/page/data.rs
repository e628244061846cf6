//! What a template receives: plain data, complete, and documented here. Nothing else reaches a theme.
//!
//! Fields whose type is [`Html`] are safe HTML and are printed as they stand; every other text is escaped by the
//! template engine. A field `href` is relative to the page that holds it; a field `path` counts from the root of
//! the site and is written after `{{ page.root }}`.

mod figure;
mod machines;
mod order;
mod register;

use schemars::{JsonSchema, Schema, schema_for};
use serde::Serialize;

pub use self::figure::{FigureChange, FigureItem, FigurePage, Thumbnail};
pub use self::machines::{HeadLink, Machines, Meta};
pub use self::order::{Order, OrderGroup, OrderLink, OrderRow};
pub use self::register::{Choice, ClaimItem, Entry, Filter, Group, Register, UseGroup};
use crate::kind::Fact;

/// What templates find under which name, as schemas: what the guide documents, and what names in templates are held to.
#[must_use]
pub fn names() -> [(&'static str, Schema); 9] {
    [
        ("site", schema_for!(Site)),
        ("page", schema_for!(PageHead)),
        ("home", schema_for!(Home)),
        ("section", schema_for!(SectionData)),
        ("register", schema_for!(Register)),
        ("order", schema_for!(Order)),
        ("figure", schema_for!(FigurePage)),
        ("corrections", schema_for!(Corrections)),
        ("print", schema_for!(Print)),
    ]
}

/// Safe HTML.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Html(pub String);

/// `site`: the briefing as a whole; the same on every page.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Site {
    /// The title of the briefing.
    pub title: String,
    /// A second line of the title.
    pub subtitle: Option<String>,
    /// One sentence about the briefing.
    pub description: Option<String>,
    /// The language, as a BCP 47 tag.
    pub language: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// The licence of the text.
    pub license: Option<String>,
    /// The address of the licence.
    pub license_url: Option<String>,
    /// The address of the site, ending in a slash.
    pub base_url: Option<String>,
    /// The name and version of the program.
    pub generator: String,
    /// The pages made from annotations that this briefing has, in order.
    pub apparatus: Vec<Apparatus>,
    /// Whether there is a `print/` page.
    pub has_print: bool,
}

/// A page made from annotations.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Apparatus {
    /// `source`, `term`, `figure`, `claim`, `note`, `entity`, or `correction`.
    pub kind: String,
    /// Its heading.
    pub title: String,
    /// Its address from the root of the site.
    pub path: String,
    /// How many entries it has.
    pub count: usize,
}

/// `page`: what every page says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PageHead {
    /// `home`, `section`, `register`, `order`, `figure`, `corrections`, `print` or `missing`.
    pub shape: &'static str,
    /// The kind of annotation, on a register, on an order of claims and on a figure's page.
    pub kind: Option<String>,
    /// The address of the page's file from the root of the site.
    pub path: String,
    /// The way from this page to the root of the site: empty, `../`, `../../`; an absolute path on the page for missing addresses.
    pub root: String,
    /// The way from this page to the files of the theme: `static/`, or a folder in it that is named for what they hold, so
    /// that browsers may keep them for good.
    pub assets: String,
    /// The title without the site's.
    pub title: String,
    /// One sentence for search engines.
    pub description: String,
    /// The full address, if the site has one.
    pub canonical: Option<String>,
    /// Whether it shows a figure that is drawn, whose marks a script may tell of.
    pub has_drawings: bool,
    /// What machines read of it; the component `head.machines` writes it all.
    pub machines: Machines,
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Link {
    /// Where it leads.
    pub href: String,
    /// What it says.
    pub text: String,
}

/// A date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Date {
    /// As machines read it: `2024-05-01`.
    pub iso: String,
    /// As people read it: `1 May 2024`.
    pub text: String,
}

/// A line of the contents.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ContentsItem {
    /// The title.
    pub title: Html,
    /// Where it leads.
    pub href: String,
    /// One sentence about the section.
    pub summary: Option<String>,
    /// Minutes to read it.
    pub minutes: usize,
    /// Depth: 0 for a section or part, 1 for a section inside a part, and so on.
    pub depth: usize,
}

/// `home`: the cover.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Home {
    /// The text of `content/index.md`, as on a section's page. Its `title` is the briefing's.
    pub section: SectionData,
    /// The first part of the text: up to its second heading, or up to its first where words come before that.
    pub lead: Html,
    /// The rest of the text.
    pub rest: Html,
    /// All sections, in order.
    pub contents: Vec<ContentsItem>,
    /// Words in all sections; a Chinese character counts as a word.
    pub words: usize,
    /// Minutes to read them all.
    pub minutes: usize,
}

/// `section`: one section.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct SectionData {
    /// The title.
    pub title: Html,
    /// A second line of the title.
    pub subtitle: Option<String>,
    /// One sentence about it.
    pub summary: Option<String>,
    /// When it was published.
    pub date: Option<Date>,
    /// When it was last changed.
    pub updated: Option<Date>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The language, if it is not the site's.
    pub language: Option<String>,
    /// Whether it is a draft.
    pub draft: bool,
    /// How many words it has.
    pub words: usize,
    /// Minutes to read it.
    pub minutes: usize,
    /// The text, with its figures, marks and sidenotes.
    pub body: Html,
    /// Its headings.
    pub headings: Vec<HeadingItem>,
    /// Its footnotes, in order.
    pub footnotes: Vec<Footnote>,
    /// The annotations that it uses, kind by kind.
    pub uses: Vec<UsedKind>,
    /// The parts that hold it, from the outermost.
    pub parents: Vec<Link>,
    /// The sections of this part.
    pub children: Vec<ContentsItem>,
    /// The section before.
    pub previous: Option<Link>,
    /// The section after.
    pub next: Option<Link>,
    /// Passages of other sections that link to this one.
    pub mentions: Vec<Passage>,
    /// When it was published, and what was changed in it since, the latest first; on its own page.
    pub history: Vec<HistoryItem>,
    /// How to cite it, on its own page; on the cover, how to cite the briefing.
    pub citation: Option<Citation>,
    /// Its anchor on the one-page print.
    pub anchor: String,
}

/// How to cite the page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Citation {
    /// In words, as the citation style writes it, with the licence.
    pub text: Html,
    /// As an entry of BibLaTeX.
    pub bibtex: String,
    /// The files beside the page, for reference managers.
    pub files: Vec<Link>,
}

/// A change of a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct HistoryItem {
    /// When.
    pub date: Date,
    /// `published`, `updated`, `corrected`, or `figure` for a change of a figure in it.
    pub word: &'static str,
    /// The place of the correction, or the figure.
    pub link: Option<Link>,
    /// What was changed, where that is told.
    pub body: Option<Html>,
}

/// A heading of a section.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct HeadingItem {
    /// 2 to 6.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its text.
    pub title: Html,
}

/// A footnote. Its copy in the margin stands in the section's text.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Footnote {
    /// Its anchor.
    pub id: String,
    /// Its number.
    pub number: usize,
    /// Its text.
    pub body: Html,
    /// The ways back to its marks: “Back to the text”, or their numbers, if there are several.
    pub back: Vec<Link>,
}

/// The annotations of one kind that a section uses.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct UsedKind {
    /// The kind's name.
    pub kind: String,
    /// The heading of the kind's page.
    pub title: String,
    /// The kind's page.
    pub href: String,
    /// The annotations, in order of first use.
    pub cards: Vec<Card>,
}

/// An annotation, as a card at the end of a section shows it and as a register lists it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct Card {
    /// The kind's name.
    pub kind: String,
    /// The id.
    pub id: String,
    /// The anchor of this card on this page.
    pub anchor: String,
    /// The annotation's permanent address.
    pub href: String,
    /// What names it: a term, a name, a reference as the citation style writes it, "Figure 3".
    pub label: Html,
    /// A figure in small, on a card at the end of a section.
    pub thumbnail: Option<Thumbnail>,
    /// Its main text: a definition, a caption, a claim's statement, a note's problem.
    pub body: Option<Html>,
    /// Its further texts, each under a heading.
    pub texts: Vec<NamedText>,
    /// Short facts.
    pub facts: Vec<Fact>,
    /// How a derived claim's value is worked out, with links to the claims that it rests on.
    pub working: Option<Html>,
    /// The sources that carry it.
    pub sources: Vec<CardSource>,
    /// Other records to look at.
    pub see: Vec<Link>,
    /// The records that an editor's note is about.
    pub about: Vec<Link>,
    /// The records that a source carries: claims and others that name it among their sources.
    pub carries: Vec<Link>,
    /// A claim's support, in one word.
    pub support: Option<String>,
    /// Links: a source's address, its archived copy, a figure's data.
    pub links: Vec<Link>,
    /// The ways back to its uses on this page: “Back to the text”, or their numbers, if there are several.
    pub back: Vec<Link>,
}

/// A text under a heading.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct NamedText {
    /// The heading.
    pub name: String,
    /// The text.
    pub body: Html,
}

/// A source that carries a record.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CardSource {
    /// The source's short name, as citations give it.
    pub label: Html,
    /// The source's permanent address.
    pub href: String,
    /// The place in the source.
    pub locator: Option<String>,
    /// The source's own words.
    pub quote: Option<String>,
    /// The language of those words.
    pub language: Option<String>,
    /// How far those words were verified, in words.
    pub verified: Option<String>,
}

/// A passage around one use.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Passage {
    /// The place of the use.
    pub href: String,
    /// A letter that tells the uses of one annotation apart: a, b, … z, aa.
    pub letter: String,
    /// The title of the section.
    pub section: String,
    /// The text before the use.
    pub before: String,
    /// The words that are marked; empty where the mark has none.
    pub words: String,
    /// The text after.
    pub after: String,
}

/// `corrections`: the log.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Corrections {
    /// The corrections, the latest first.
    pub entries: Vec<CorrectionEntry>,
}

/// One correction.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CorrectionEntry {
    /// Its date.
    pub date: Date,
    /// Its anchor on this page.
    pub anchor: String,
    /// The place of the correction.
    pub link: Link,
    /// Its text.
    pub body: Html,
}

/// `print`: the whole briefing on one page. Its links stay on the page.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Print {
    /// The cover text.
    pub home: SectionData,
    /// The sections, in order.
    pub sections: Vec<SectionData>,
    /// The registers, in the order of the apparatus.
    pub registers: Vec<Register>,
}
