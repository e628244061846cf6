//! The cover.

use super::citation;
use super::contents;
use super::data::{Home, Html, SectionData};
use super::links::View;
use super::{Shape, section};
use crate::briefing::Briefing;
use crate::parse::escape;

/// The data of the cover.
pub(super) fn home(briefing: &Briefing) -> Home {
    let view = View { root: String::new(), section: briefing.cover(), print: false };
    let mut cover = match briefing.cover() {
        Some(number) => section::section(briefing, number),
        None => SectionData::default(),
    };
    cover.citation = citation::citation(briefing, Shape::Home);
    cover.title = Html(escape(&briefing.config.title));
    cover.subtitle = cover.subtitle.or_else(|| briefing.config.subtitle.clone());
    let (lead, rest) = parted(&cover.body.0);
    Home {
        lead: Html(lead.to_owned()),
        rest: Html(rest.to_owned()),
        section: cover,
        contents: contents::all(briefing, &view),
        words: briefing.body_sections().map(|number| briefing.sections[number].body.words).sum(),
        minutes: minutes(briefing),
    }
}

/// How long it takes to read the whole briefing.
pub(super) fn minutes(briefing: &Briefing) -> usize {
    briefing.body_sections().map(|number| section::minutes(&briefing.sections[number])).sum()
}

/// A sentence for search engines, from the cover's own text.
pub(super) fn lede(briefing: &Briefing) -> String {
    briefing
        .cover()
        .map(|number| section::summary(&briefing.sections[number]))
        .filter(|text| !text.is_empty())
        .unwrap_or_else(|| briefing.config.title.clone())
}

/// Parts the cover's text, so that the contents can stand after its abstract. A heading inside a box is no place
/// to part it: then all of it is the rest.
fn parted(body: &str) -> (&str, &str) {
    let mut headings = body.match_indices("<h2 id=").map(|(at, _)| at);
    let first = headings.next();
    let at = match first {
        Some(at) if body[..at].trim().is_empty() => headings.next(),
        other => other,
    };
    match at {
        Some(at) if !body[..at].trim_end().ends_with("<div class=\"noted\">") => body.split_at(at),
        Some(_) => ("", body),
        None => (body, ""),
    }
}
