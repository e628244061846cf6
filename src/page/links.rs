//! Addresses from one page to another: always relative, so that the site works from disk and under a sub-path.

use super::figure;
use crate::briefing::{Briefing, mark_anchor};
use crate::kind::Kind;
use crate::parse::escape_href;

/// The page that links are written for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct View {
    /// The way to the root of the site.
    pub root: String,
    /// The section whose text is written, if the page shows one.
    pub section: Option<usize>,
    /// Whether the page holds the whole briefing: then every link stays on it.
    pub print: bool,
}

/// The way from a page to the root of the site: `../` for each folder.
pub(super) fn root(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

impl View {
    /// The view of a section's page.
    pub(super) fn of_section(briefing: &Briefing, section: usize) -> Self {
        Self { root: root(&briefing.addresses.pages[section]), section: Some(section), print: false }
    }

    /// The view of a page one folder below the root.
    pub(super) fn of_register() -> Self {
        Self { root: "../".to_owned(), section: None, print: false }
    }

    /// The view of a figure's own page, beside which its files stand.
    pub(super) fn of_figure() -> Self {
        Self { root: "../../".to_owned(), section: None, print: false }
    }

    /// The view of a page below a register.
    pub(super) fn of_order() -> Self {
        Self::of_figure()
    }

    /// The view of the one-page print while it writes a section, or a register.
    pub(super) fn of_print(section: Option<usize>) -> Self {
        Self { root: "../".to_owned(), section, print: true }
    }

    /// What the anchors of this view's section begin with.
    pub(super) fn prefix(&self, briefing: &Briefing) -> String {
        match (self.print, self.section) {
            (true, Some(section)) => format!("{}--", section_anchor(briefing, section)),
            _ => String::new(),
        }
    }

    /// A section, or an anchor in it.
    pub(super) fn section(&self, briefing: &Briefing, section: usize, anchor: Option<&str>) -> String {
        if self.print {
            let whole = section_anchor(briefing, section);
            return escape_href(&match anchor {
                Some(anchor) if anchor.starts_with("figure-") => format!("#{anchor}"),
                Some(anchor) => format!("#{whole}--{anchor}"),
                None => format!("#{whole}"),
            });
        }
        let page = &briefing.addresses.pages[section];
        let anchor = anchor.map(|anchor| format!("#{anchor}"));
        if self.section == Some(section) && anchor.is_some() {
            return escape_href(&anchor.unwrap_or_default());
        }
        escape_href(&format!("{}{page}{}", self.root, anchor.unwrap_or_default()))
    }

    /// The page of all records of a kind; the print has all of them but the index of figures.
    pub(super) fn register(&self, kind: Kind) -> String {
        if self.print && kind != Kind::Figure {
            return format!("#at-register-{}", kind.info().name);
        }
        format!("{}{}/index.html", self.root, kind.info().folder)
    }

    /// A record at its permanent place: on its kind's page, a figure on its own.
    pub(super) fn record(&self, briefing: &Briefing, number: usize) -> String {
        let record = &briefing.registry.get(number).record;
        // A figure that is not placed is not on the print.
        let on_print = record.kind != Kind::Figure || briefing.figures.contains_key(&number);
        if self.print && on_print {
            return escape_href(&format!("#{}", record.anchor()));
        }
        if record.kind == Kind::Figure {
            return self.asset(&figure::page(briefing, number));
        }
        escape_href(&format!("{}{}/index.html#{}", self.root, record.kind.info().folder, record.anchor()))
    }

    /// A record as a mark in a section's text leads to it: its card on the same page.
    pub(super) fn card(&self, briefing: &Briefing, number: usize) -> String {
        if self.section.is_none() || self.print {
            return self.record(briefing, number);
        }
        escape_href(&format!("#card-{}", briefing.registry.get(number).record.anchor()))
    }

    /// A figure where it is placed; its own page where it is not.
    pub(super) fn figure(&self, briefing: &Briefing, number: usize) -> String {
        let anchor = Kind::Figure.anchor(briefing.registry.get(number).record.id());
        match briefing.figures.get(&number) {
            Some((_, section)) => self.section(briefing, *section, Some(&anchor)),
            None => self.record(briefing, number),
        }
    }

    /// Whether the marks of a kind have anchors. On the one-page print only those that are notes to the text have: the
    /// way back from a claim or a name leads to its section.
    pub(super) fn has_marks(&self, kind: Kind) -> bool {
        !self.print || matches!(kind, Kind::Source | Kind::Term | Kind::Note)
    }

    /// The mark of the `ordinal`-th use of a record in a section.
    pub(super) fn mark(&self, briefing: &Briefing, section: usize, record: usize, ordinal: usize) -> String {
        if !self.has_marks(briefing.registry.get(record).record.kind) {
            return self.section(briefing, section, None);
        }
        self.section(briefing, section, Some(&mark_anchor(&briefing.registry, record, ordinal)))
    }

    /// A file, by its address from the root of the site.
    pub(super) fn asset(&self, path: &str) -> String {
        escape_href(&format!("{}{path}", self.root))
    }
}

/// The anchor of a section on the one-page print. A dot, which no address has, tells `a/b` from `a-b`.
pub(super) fn section_anchor(briefing: &Briefing, section: usize) -> String {
    let page = briefing.addresses.pages[section].trim_end_matches("index.html").trim_end_matches('/');
    if page.is_empty() { "cover".to_owned() } else { format!("section-{}", page.replace('/', ".")) }
}
