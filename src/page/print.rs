//! The whole briefing on one page, for paper: every link stays on the page.

use super::data::{Html, Print, SectionData};
use super::links::View;
use super::{home, register, section};
use crate::briefing::Briefing;
use crate::kind::Kind;
use crate::parse::escape;

/// The data of the one-page print.
pub(super) fn print(briefing: &Briefing) -> Print {
    let mut cover = briefing.cover().map_or_else(SectionData::default, |cover| section::text(briefing, cover, View::of_print(Some(cover))));
    cover.title = Html(escape(&briefing.config.title));
    cover.minutes = home::minutes(briefing);
    cover.subtitle = cover.subtitle.or_else(|| briefing.config.subtitle.clone());
    let registers = Kind::ALL.iter().copied().filter(|kind| *kind != Kind::Figure && briefing.registry.count(*kind) > 0);
    Print {
        home: cover,
        sections: briefing.body_sections().map(|number| section::text(briefing, number, View::of_print(Some(number)))).collect(),
        registers: registers.map(|kind| register::with_view(briefing, kind, &View::of_print(None))).collect(),
    }
}
