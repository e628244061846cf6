//! From hayagriva's tree of elements to HTML.

use hayagriva::citationberg::taxonomy::NameVariable;
use hayagriva::citationberg::{Display, FontStyle, FontVariant, FontWeight, VerticalAlign};
use hayagriva::types::Person;
use hayagriva::{Elem, ElemChild, ElemChildren, ElemMeta, Formatting};

use super::item::{ORIGINAL, UNTITLED, Verbatim};
use crate::cite::markup::{escape, link};

/// Which parts of a tree are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parts {
    /// All.
    Full,
    /// All but the first names.
    Rest,
    /// The first names alone.
    Names,
}

/// What is printed of a tree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Print {
    pub(super) html: String,
    /// The place after the year of the first date.
    year_end: Option<usize>,
}

impl Print {
    /// The HTML with a letter after its year, if it has one.
    pub(super) fn lettered(&self, letter: &str) -> Option<String> {
        let (before, after) = self.html.split_at_checked(self.year_end?)?;
        Some([before, letter, after].concat())
    }
}

/// Prints a tree as HTML.
pub(super) fn print(tree: &ElemChildren, verbatim: &Verbatim, parts: Parts) -> Print {
    let mut printer =
        Printer { html: String::new(), open: Formatting::default(), verbatim, people: Vec::new(), date: Date::Ahead, year_end: None };
    match (parts, tree.find_names()) {
        (Parts::Full, _) | (Parts::Rest, None) => printer.children(tree, None),
        (Parts::Rest, names) => printer.children(tree, names),
        (Parts::Names, Some(names)) => printer.elem(names, None),
        (Parts::Names, None) => {}
    }
    printer.turn(Formatting::default());
    let lead: &[char] = if parts == Parts::Rest { &[' ', ',', '.', ';', ':'] } else { &[' '] };
    let html = printer.html.trim_start_matches(lead);
    let cut = printer.html.len() - html.len();
    Print { html: html.trim_end().to_owned(), year_end: printer.year_end.and_then(|end| end.checked_sub(cut)) }
}

/// Prints one child, such as the number before an entry, as HTML.
pub(super) fn child_html(child: ElemChild, verbatim: &Verbatim) -> String {
    print(&ElemChildren(vec![child]), verbatim, Parts::Full).html
}

/// Whether a child is the number or label of an entry.
pub(super) fn is_label(child: &ElemChild) -> bool {
    match child {
        ElemChild::Elem(elem) => {
            matches!(elem.meta, Some(ElemMeta::CitationNumber | ElemMeta::CitationLabel)) || elem.children.0.iter().any(is_label)
        }
        _ => false,
    }
}

/// Where the printer is with respect to the first date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Date {
    Ahead,
    Here,
    Behind,
}

struct Printer<'a> {
    html: String,
    /// The formatting of the tags that are open.
    open: Formatting,
    verbatim: &'a Verbatim,
    /// The people of the names that are being printed, innermost last.
    people: Vec<&'a [(Vec<Person>, NameVariable)]>,
    date: Date,
    /// The place after the year of the first date.
    year_end: Option<usize>,
}

impl<'a> Printer<'a> {
    fn children(&mut self, children: &'a ElemChildren, skip: Option<&Elem>) {
        for child in &children.0 {
            match child {
                ElemChild::Text(text) => self.text(&text.text, text.formatting),
                ElemChild::Elem(elem) if skip.is_some_and(|skip| std::ptr::eq(skip, elem)) => {}
                ElemChild::Elem(elem) => self.elem(elem, skip),
                ElemChild::Markup(text) => self.text(text, Formatting::default()),
                ElemChild::Link { text, url } => {
                    self.turn(text.formatting);
                    link(url, &text.text, &mut self.html);
                }
                ElemChild::Transparent { .. } => {}
            }
        }
    }

    fn elem(&mut self, elem: &'a Elem, skip: Option<&Elem>) {
        // A block of its own is only a new sentence in a list on the web.
        if matches!(elem.display, Some(Display::Block | Display::Indent)) {
            self.text(" ", Formatting::default());
        }
        match &elem.meta {
            Some(ElemMeta::Names(people)) => {
                self.people.push(people);
                self.children(&elem.children, skip);
                self.people.pop();
            }
            Some(ElemMeta::Date) if self.date == Date::Ahead => {
                self.date = Date::Here;
                self.children(&elem.children, skip);
                self.date = Date::Behind;
            }
            Some(ElemMeta::Name(_, 0)) if self.verbatim.lead.is_some() && self.html.is_empty() => {
                let lead = self.verbatim.lead.as_deref().unwrap_or_default();
                self.text(lead, Formatting::default());
            }
            Some(ElemMeta::Name(variable, index)) => match self.organisation(*variable, *index, elem) {
                Some((name, formatting)) => self.text(name, formatting),
                None => self.children(&elem.children, skip),
            },
            _ => self.children(&elem.children, skip),
        }
    }

    /// The name of an organisation that the style has put in capitals as if it
    /// were a family name.
    fn organisation(&self, variable: NameVariable, index: usize, elem: &Elem) -> Option<(&'a str, Formatting)> {
        let (people, _) = self.people.last()?.iter().find(|(_, of)| *of == variable)?;
        let person = people.get(index).filter(|person| person.is_institutional())?;
        match elem.children.0.as_slice() {
            [ElemChild::Text(text)] if text.text.to_lowercase() == person.name.to_lowercase() => Some((&person.name, text.formatting)),
            _ => None,
        }
    }

    /// Prints a text, with the parts in it that no style may change.
    fn text(&mut self, text: &str, formatting: Formatting) {
        for part in text.split_inclusive([ORIGINAL, UNTITLED]) {
            let bare = part.trim_end_matches([ORIGINAL, UNTITLED]);
            self.run(bare, formatting);
            match (part[bare.len()..].chars().next(), self.verbatim) {
                (Some(ORIGINAL), Verbatim { original: Some(title), .. }) => {
                    self.run(" ", Formatting::default());
                    self.run(&format!("[{title}]"), Formatting::default());
                }
                (Some(UNTITLED), Verbatim { untitled: Some(title), .. }) => self.run(title, formatting),
                _ => {}
            }
        }
    }

    /// Prints a run of text, without the stray spaces that absent fields leave:
    /// two in a row, and one before the colon of `2 : 1–9`.
    fn run(&mut self, text: &str, formatting: Formatting) {
        let mut ends_with_space = self.html.ends_with(' ');
        let mut clean = String::with_capacity(text.len());
        for c in text.chars() {
            if c == ' ' && ends_with_space {
                continue;
            }
            let before = if clean.len() > 1 { &clean } else { &self.html };
            if c == ':' && clean.ends_with(' ') && before.trim_end().ends_with(|c: char| c.is_ascii_digit()) {
                clean.pop();
            }
            ends_with_space = c == ' ';
            clean.push(c);
        }
        if !clean.is_empty() {
            self.turn(formatting);
            let start = self.html.len();
            escape(&clean, &mut self.html);
            if self.date == Date::Here
                && let Some(year) = &self.verbatim.year
                && let Some(at) = self.html[start..].find(year)
            {
                self.year_end.get_or_insert(start + at + year.len());
            }
        }
    }

    /// Closes and opens tags for a formatting.
    fn turn(&mut self, formatting: Formatting) {
        if self.open == formatting {
            return;
        }
        for (_, close) in tags(self.open).into_iter().rev() {
            self.html.push_str(close);
        }
        for (open, _) in tags(formatting) {
            self.html.push_str(open);
        }
        self.open = formatting;
    }
}

/// The tags of a formatting, outermost first. Underlining is for links.
fn tags(formatting: Formatting) -> Vec<(&'static str, &'static str)> {
    let mut tags = Vec::new();
    if formatting.font_style != FontStyle::Normal {
        tags.push(("<em>", "</em>"));
    }
    if formatting.font_weight == FontWeight::Bold {
        tags.push(("<strong>", "</strong>"));
    }
    if formatting.font_variant == FontVariant::SmallCaps {
        tags.push(("<span class=\"small-caps\">", "</span>"));
    }
    match formatting.vertical_align {
        VerticalAlign::Sup => tags.push(("<sup>", "</sup>")),
        VerticalAlign::Sub => tags.push(("<sub>", "</sub>")),
        _ => {}
    }
    tags
}
