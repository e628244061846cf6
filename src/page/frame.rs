//! What stands around a figure's drawing where it goes out by itself: its title, and where it comes from.

use crate::briefing::Briefing;
use crate::draw::svg::Frame;
use crate::kind::{Data, Kind};

/// The frame of a figure's files.
pub(crate) fn frame(briefing: &Briefing, number: usize) -> Frame {
    let record = &briefing.registry.get(number).record;
    let Data::Figure(figure) = &record.data else { return Frame::default() };
    let title = match briefing.figures.get(&number) {
        Some((number, _)) => format!("Figure {number}. {}", figure.title),
        None => figure.title.clone(),
    };
    Frame { title, unit: figure.unit.clone(), foot: foot(briefing, number) }
}

/// Its sources with the places in them, who made it under which licence, and the briefing that it is from.
fn foot(briefing: &Briefing, number: usize) -> Vec<String> {
    let record = &briefing.registry.get(number).record;
    let Data::Figure(figure) = &record.data else { return Vec::new() };
    let source = |support: &crate::kind::Support| {
        let source = briefing.registry.find(Kind::Source, &support.id.value)?;
        let place = support.locator.as_ref().map(|locator| format!(", {locator}")).unwrap_or_default();
        Some(format!("{}{place}", briefing.registry.get(source).record.data.named().label()))
    };
    let sources: Vec<String> = record.common.sources.iter().filter_map(source).collect();
    let sources = match sources.len() {
        0 => None,
        1 => Some(format!("Source: {}", sources[0])),
        _ => Some(format!("Sources: {}", sources.join("; "))),
    };
    let rights = [figure.credit.as_ref(), figure.license.as_ref()].into_iter().flatten().cloned().collect::<Vec<_>>().join(", ");
    let config = &briefing.config;
    let address = config.base_url.as_ref().map(|url| format!(", {}", url.value)).unwrap_or_default();
    let from = format!("From: {}{address}", config.title);
    sources.into_iter().chain(Some(rights).filter(|rights| !rights.is_empty())).chain([from]).collect()
}
