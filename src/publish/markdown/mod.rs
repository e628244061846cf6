//! A copy of each page in plain Markdown: the author's text, whose references have become links.

mod records;
mod text;

use super::desk::{Desk, Listed};
use crate::kind::Kind;
use crate::page::Shape;
use crate::parse::encoded;

/// Whether a page has a copy: those for print and for other orders hold nothing that the others do not.
pub(super) fn has_copy(shape: Shape) -> bool {
    !matches!(shape, Shape::Order(_) | Shape::Print | Shape::Missing)
}

/// The address of a page's copy, beside the page.
pub(super) fn path(page: &str) -> String {
    format!("{}index.md", page.trim_end_matches("index.html"))
}

/// The copy of a page; nothing for one that has none.
#[must_use]
pub fn copy(desk: &Desk, shape: Shape) -> String {
    let page = desk.listed(shape);
    let view = View { desk, root: "../".repeat(page.path.matches('/').count()) };
    let body = match shape {
        Shape::Home | Shape::Section(_) => view.section_page(shape),
        Shape::Register(kind) => view.register(kind),
        Shape::Figure(number) => view.figure(number),
        Shape::Corrections => view.corrections(),
        Shape::Order(_) | Shape::Print | Shape::Missing => return String::new(),
    };
    view.head(&page) + &body
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
    fn head(&self, page: &Listed) -> String {
        let mut out = format!("# {}\n\n", page.title);
        if !page.description.is_empty() {
            out.push_str(&format!("> {}\n\n", page.description));
        }
        if let Some(number) = self.desk.section(page.shape) {
            let dates = self.desk.dates(number);
            let says = |name: &str, date: &Option<String>| date.as_ref().map(|date| format!("{name} {date}. ")).unwrap_or_default();
            let changed = dates.changed.clone().filter(|changed| Some(changed) != dates.published.as_ref());
            out.push_str(&format!("{}{}", says("Published", &dates.published), says("Changed", &changed)));
        }
        out + &format!("The page itself: <{}>\n\n", self.to(&page.path))
    }

    /// The text of a section, or of the cover with the contents.
    fn section_page(&self, shape: Shape) -> String {
        let Some(number) = self.desk.section(shape) else { return self.contents() };
        let mut out = self.text(number, self.desk.briefing.scope().snapshot);
        if shape == Shape::Home {
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
