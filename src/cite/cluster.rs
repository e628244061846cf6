//! Several citations in one mark: `(Wang 2024, 3; NBS 2022)`.

use super::Bibliography;
use super::locator::Locator;
use super::markup::{escaped, text};

/// One citation within a cluster.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Item<'a> {
    /// Which source, by its place among those that were rendered.
    pub source: usize,
    /// Words before it, such as `see`.
    pub prefix: &'a str,
    /// The place in the source as written: `p. 3`, `第3页`, or free words.
    pub locator: &'a str,
    /// Words after it.
    pub suffix: &'a str,
    /// Whether the sentence has named the author already.
    pub suppress_author: bool,
}

/// A part of a rendered cluster; all parts joined are the style's citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Brackets, delimiters and the author's own words around the items; HTML.
    Text(String),
    /// What stands for one item.
    Item {
        /// The item's place in the cluster as it was given.
        index: usize,
        /// Its HTML.
        html: String,
    },
}

/// How a style joins the items of a cluster. All texts are HTML.
#[derive(Debug, Clone, Default)]
pub(super) struct Joint {
    /// Before the first item.
    pub(super) prefix: String,
    /// After the last item, unless it ends so already.
    pub(super) suffix: String,
    /// Between two items.
    pub(super) delimiter: String,
    /// Whether marks stand above the line, and so all that is put between them.
    pub(super) raised: bool,
    /// Whether items follow the order of the list of sources.
    pub(super) sort: bool,
    /// How like items are drawn together.
    pub(super) collapse: Option<Collapse>,
}

impl Joint {
    /// Words of the author among the marks; HTML.
    fn words(&self, html: &str) -> String {
        if self.raised && !html.is_empty() { format!("<sup>{html}</sup>") } else { html.to_owned() }
    }
}

/// How like items are drawn together.
// The plain form without CSL draws nothing together.
#[cfg_attr(not(feature = "cite"), allow(dead_code))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Collapse {
    /// `[1]–[3]` for three numbers in a row.
    Numbers,
    /// `Wang 2020, 2022`: an author is named once.
    Authors,
}

/// The rendered form of one citation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Mark {
    /// The whole; HTML.
    pub(super) full: String,
    /// Without the names of the authors; HTML.
    pub(super) rest: String,
    /// The names alone.
    pub(super) names: String,
}

impl Mark {
    /// The HTML for a citation with or without its authors. An item that is
    /// nothing but its authors keeps them.
    fn html(&self, suppress_author: bool) -> &str {
        if suppress_author && !self.rest.is_empty() { &self.rest } else { &self.full }
    }
}

/// An item on its way into the cluster.
struct Part {
    index: usize,
    delimiter: String,
    html: String,
}

impl Bibliography {
    /// Renders a cluster of citations. An item that the style draws into a
    /// range of numbers has no piece of its own; an unknown source is left out.
    #[must_use]
    pub fn cluster(&self, items: &[Item<'_>]) -> Vec<Piece> {
        let parts = self.parts(items);
        let mut pieces = Vec::with_capacity(2 * parts.len() + 1);
        if parts.is_empty() {
            return pieces;
        }
        push_text(&mut pieces, &self.joint.prefix);
        for (place, part) in parts.into_iter().enumerate() {
            let Item { prefix, suffix, .. } = items[part.index];
            if place > 0 {
                push_text(&mut pieces, &part.delimiter);
            }
            push_text(&mut pieces, &self.joint.words(&before(prefix)));
            pieces.push(Piece::Item { index: part.index, html: part.html });
            push_text(&mut pieces, &self.joint.words(&after(suffix)));
        }
        let ends = match pieces.last() {
            Some(Piece::Text(html) | Piece::Item { html, .. }) => text(html).ends_with(&self.joint.suffix),
            None => false,
        };
        if !ends {
            push_text(&mut pieces, &self.joint.suffix);
        }
        pieces
    }

    /// The items in the order of the style, each with what stands before it.
    fn parts(&self, items: &[Item<'_>]) -> Vec<Part> {
        let bare = |item: &Item<'_>| item.prefix.is_empty() && item.suffix.is_empty();
        let mut sequence: Vec<usize> = (0..items.len()).filter(|&i| items[i].source < self.rank.len()).collect();
        // The author's own words order the items around them.
        if self.joint.sort && items.iter().all(bare) {
            sequence.sort_by_key(|&index| self.rank[items[index].source]);
        }
        let alike = |item: &Item<'_>| bare(item) && item.locator.is_empty() && !item.suppress_author;
        if items.len() > 1 && items.iter().all(alike) {
            match self.joint.collapse {
                Some(Collapse::Numbers) => return self.numbers(items, &sequence),
                Some(Collapse::Authors) => return self.authors(items, &sequence),
                None => {}
            }
        }
        sequence.into_iter().map(|index| self.part(index, &items[index])).collect()
    }

    fn part(&self, index: usize, item: &Item<'_>) -> Part {
        let html = self.located(item);
        Part { index, delimiter: self.joint.delimiter.clone(), html }
    }

    /// An item with its locator. What the style would not print, or what is no
    /// page or table, follows as written, so that no locator is lost.
    fn located(&self, item: &Item<'_>) -> String {
        let mark = |locator| self.engine.mark(item.source, locator);
        let bare = mark(None);
        let bare = bare.html(item.suppress_author);
        let locator = Locator::parse(item.locator);
        if locator.is_some() {
            let mark = mark(locator);
            let html = mark.html(item.suppress_author);
            if html != bare {
                return html.to_owned();
            }
        }
        match item.locator.trim() {
            "" => bare.to_owned(),
            words => bare.to_owned() + &self.joint.words(&format!(", {}", escaped(words))),
        }
    }

    /// Draws three and more numbers in a row into a range.
    fn numbers(&self, items: &[Item<'_>], sequence: &[usize]) -> Vec<Part> {
        let mut parts = Vec::new();
        let follows = |a: &usize, b: &usize| self.rank[items[*a].source] + 1 == self.rank[items[*b].source];
        for run in sequence.chunk_by(follows) {
            let ends: Vec<usize> = match run {
                [first, _, .., last] => vec![*first, *last],
                run => run.to_vec(),
            };
            for (place, &index) in ends.iter().enumerate() {
                let mut part = self.part(index, &items[index]);
                if place == 1 && run.len() > 2 {
                    part.delimiter = self.joint.words("–");
                }
                parts.push(part);
            }
        }
        parts
    }

    /// Brings the works of an author together and names the author once.
    fn authors(&self, items: &[Item<'_>], sequence: &[usize]) -> Vec<Part> {
        let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
        for &index in sequence {
            let mark = self.engine.mark(items[index].source, None);
            match groups.iter_mut().find(|(names, _)| !names.is_empty() && *names == mark.names) {
                Some((_, group)) => group.push(index),
                None => groups.push((mark.names.clone(), vec![index])),
            }
        }
        let mut parts = Vec::new();
        for (place, index) in groups.iter().flat_map(|(_, group)| group.iter().enumerate()) {
            let item = Item { suppress_author: place > 0, ..items[*index] };
            let mut part = self.part(*index, &item);
            if place > 0 {
                ", ".clone_into(&mut part.delimiter);
            }
            parts.push(part);
        }
        parts
    }
}

/// Words before an item, with the space that parts them from it.
fn before(prefix: &str) -> String {
    match prefix.trim() {
        "" => String::new(),
        words => escaped(words) + " ",
    }
}

/// Words after an item; punctuation follows without a space.
fn after(suffix: &str) -> String {
    match suffix.trim() {
        "" => String::new(),
        words if words.starts_with(char::is_alphanumeric) => format!(" {}", escaped(words)),
        words => escaped(words),
    }
}

fn push_text(pieces: &mut Vec<Piece>, html: &str) {
    match pieces.last_mut() {
        _ if html.is_empty() => {}
        Some(Piece::Text(last)) => last.push_str(html),
        _ => pieces.push(Piece::Text(html.to_owned())),
    }
}
