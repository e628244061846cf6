//! The only style of a build without the feature `cite`.

use std::sync::Arc;

use super::cluster::{Joint, Mark};
use super::locator::Locator;
use super::markup::escaped;
use super::{Bibliography, Class, Entry, plain, ranks, sort_key};
use crate::kind::Source;

/// The one plain style.
#[derive(Debug, Clone)]
pub struct Style;

impl Style {
    /// Any name gives this style, so that a briefing builds with its own configuration.
    pub(super) fn find(name: &str) -> Option<Self> {
        (!name.is_empty()).then_some(Self)
    }
}

/// The names of all styles.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    ["author-date"].into_iter()
}

/// The marks of all sources.
#[derive(Debug)]
pub(super) struct Engine {
    marks: Vec<Mark>,
}

impl Engine {
    /// The mark of a source, with its place in it.
    pub(super) fn mark(&self, source: usize, locator: Option<Locator<'_>>) -> Arc<Mark> {
        let mut mark = self.marks[source].clone();
        if let Some(Locator { label, value }) = locator {
            let label = if label == "page" { String::new() } else { format!("{label} ") };
            for html in [&mut mark.full, &mut mark.rest] {
                html.extend([", ", &label, &escaped(value)]);
            }
        }
        Arc::new(mark)
    }
}

/// The style for things that are in no list.
#[derive(Debug)]
pub(super) struct Single;

impl Single {
    pub(super) fn new(_: Style, _language: &str) -> Self {
        Self
    }

    /// The HTML of an entry.
    pub(super) fn entry(&self, id: &str, source: &Source) -> String {
        plain::entry(id, source)
    }
}

/// Renders all sources.
pub(super) fn render(_: &Style, _language: &str, sources: &[(&str, &Source)]) -> Bibliography {
    let entries: Vec<Entry> = sources.iter().map(|(id, source)| Entry::new(None, plain::entry(id, source))).collect();
    let marks = sources.iter().map(|(id, source)| mark(id, source)).collect();
    let mut order: Vec<usize> = (0..sources.len()).collect();
    order.sort_by_cached_key(|&source| sort_key(&entries[source].text));
    Bibliography {
        class: Class::InText,
        numeric: false,
        rank: ranks(&order),
        order,
        entries,
        joint: Joint { prefix: "(".to_owned(), suffix: ")".to_owned(), delimiter: "; ".to_owned(), ..Joint::default() },
        engine: Engine { marks },
    }
}

/// The mark of a source: `Wang and Li 2024`.
fn mark(id: &str, source: &Source) -> Mark {
    let names = match plain::leaders(source).as_slice() {
        [] => plain::title(id, source).to_owned(),
        [one] => one.short(),
        [one, two] => format!("{} and {}", one.short(), two.short()),
        [one, ..] => format!("{} et al.", one.short()),
    };
    let names = escaped(&names);
    let rest = escaped(plain::year(source));
    Mark { full: format!("{names} {rest}"), rest, names }
}
