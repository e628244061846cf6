//! Lists of sections: the contents, a part's sections, the parts above a section.

use super::data::{ContentsItem, Html, Link};
use super::links::View;
use super::section::minutes;
use crate::briefing::Briefing;
use crate::parse::escape;

fn item(briefing: &Briefing, number: usize, view: &View, depth: usize) -> ContentsItem {
    let section = &briefing.sections[number];
    ContentsItem {
        title: Html(escape(&section.title)),
        href: view.section(briefing, number, None),
        summary: section.head.summary.clone(),
        minutes: minutes(section),
        depth,
    }
}

/// The folder of a section's page.
fn folder(briefing: &Briefing, number: usize) -> &str {
    briefing.addresses.pages[number].trim_end_matches("index.html")
}

/// All sections, in order.
pub(super) fn all(briefing: &Briefing, view: &View) -> Vec<ContentsItem> {
    let depth = |number: usize| folder(briefing, number).matches('/').count().saturating_sub(1);
    briefing.body_sections().map(|number| item(briefing, number, view, depth(number))).collect()
}

/// The sections of a part.
pub(super) fn children(briefing: &Briefing, number: usize, view: &View) -> Vec<ContentsItem> {
    if !briefing.sections[number].content_path.ends_with("/index.md") {
        return Vec::new();
    }
    let own = folder(briefing, number);
    let inside = |other: &usize| *other != number && folder(briefing, *other).starts_with(own);
    let depth = |other: usize| folder(briefing, other)[own.len()..].matches('/').count().saturating_sub(1);
    briefing.body_sections().filter(inside).map(|other| item(briefing, other, view, depth(other))).collect()
}

/// The parts that hold a section, from the outermost.
pub(super) fn parents(briefing: &Briefing, number: usize, view: &View) -> Vec<Link> {
    let path = &briefing.sections[number].content_path;
    let folders = path.match_indices('/').map(|(at, _)| format!("{}/index.md", &path[..at]));
    folders
        .filter_map(|index| briefing.addresses.section(&index))
        .filter(|parent| *parent != number)
        .map(|parent| Link { href: view.section(briefing, parent, None), text: briefing.sections[parent].title.clone() })
        .collect()
}
