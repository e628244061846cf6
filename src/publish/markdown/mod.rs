//! A copy of each page in plain Markdown: the author's text, whose references have become links.

mod records;
mod text;

use rayon::prelude::*;

use super::desk::Desk;
use super::{Made, file};
use crate::kind::Kind;
use crate::output::OutFile;
use crate::page::Shape;
use crate::parse::encoded;
use crate::read::snapshot::Snapshot;

/// Whether a page has a copy: those for print and for other orders hold nothing that the others do not.
pub(super) fn has_copy(shape: Shape) -> bool {
    !matches!(shape, Shape::Order(_) | Shape::Print | Shape::Missing)
}

/// The address of a page's copy, beside the page.
pub(super) fn path(page: &str) -> String {
    format!("{}index.md", page.trim_end_matches("index.html"))
}

/// The copies.
pub(super) fn files(desk: &Desk, pages: &[Made], snapshot: &Snapshot) -> Vec<OutFile> {
    let copy = |made: &Made| {
        let view = View { desk, root: "../".repeat(made.file.path.matches('/').count()) };
        let body = match made.shape {
            Shape::Home | Shape::Section(_) => view.section_page(made, snapshot),
            Shape::Register(kind) => view.register(kind),
            Shape::Figure(number) => view.figure(number),
            Shape::Corrections => view.corrections(),
            Shape::Order(_) | Shape::Print | Shape::Missing => return None,
        };
        Some(file(&path(&made.file.path), view.head(made) + &body))
    };
    pages.par_iter().filter_map(copy).collect()
}

/// The copy that addresses are written for.
struct View<'d> {
    desk: &'d Desk,
    /// The way to the root of the site.
    root: String,
}

impl View<'_> {
    /// The address of a file, by its path from the root of the site: full, where the site has such addresses.
    fn to(&self, path: &str) -> String {
        self.desk.address.full(path).unwrap_or_else(|| {
            let (file, anchor) = path.split_once('#').map_or((path, None), |(file, anchor)| (file, Some(anchor)));
            let anchor = anchor.map(|anchor| format!("#{}", encoded(anchor))).unwrap_or_default();
            format!("{}{}{anchor}", self.root, encoded(file))
        })
    }

    /// The address of a record.
    fn record(&self, number: usize) -> String {
        self.to(&self.desk.place(number))
    }

    /// A link.
    fn link(&self, words: &str, path: &str) -> String {
        format!("[{}]({})", bracketed(words), self.to(path))
    }

    /// What the page is, and where.
    fn head(&self, made: &Made) -> String {
        let mut out = format!("# {}\n\n", made.title);
        if !made.description.is_empty() {
            out.push_str(&format!("> {}\n\n", made.description));
        }
        if let Some(number) = self.desk.section(made.shape) {
            let dates = &self.desk.dates[number];
            let says = |name: &str, date: &Option<String>| date.as_ref().map(|date| format!("{name} {date}. ")).unwrap_or_default();
            let changed = dates.changed.clone().filter(|changed| Some(changed) != dates.published.as_ref());
            out.push_str(&format!("{}{}", says("Published", &dates.published), says("Changed", &changed)));
        }
        out + &format!("The page itself: <{}>\n\n", self.to(&made.file.path))
    }

    /// The text of a section, or of the cover with the contents.
    fn section_page(&self, made: &Made, snapshot: &Snapshot) -> String {
        let Some(number) = self.desk.section(made.shape) else { return self.contents() };
        let mut out = self.text(number, snapshot);
        if made.shape == Shape::Home {
            out.push_str(&self.contents());
        }
        let sources = self.desk.used(number, Kind::Source);
        if !sources.is_empty() {
            let lines: String = sources.into_iter().map(|source| self.source(source)).collect();
            out.push_str(&format!("\n## Sources\n\n{lines}"));
        }
        out
    }

    fn contents(&self) -> String {
        let briefing = &self.desk.briefing;
        let line = |number: usize| {
            let page = path(&briefing.addresses.pages[number]);
            format!("- {}\n", self.link(&briefing.sections[number].title, &page))
        };
        let lines: String = briefing.body_sections().map(line).collect();
        if lines.is_empty() { lines } else { format!("\n## Contents\n\n{lines}") }
    }
}

/// Words that stand in the brackets of a link.
fn bracketed(words: &str) -> String {
    words.replace('[', "\\[").replace(']', "\\]").replace('\n', " ")
}
