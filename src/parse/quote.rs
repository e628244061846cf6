//! Block quotations with a meaning: alerts, corrections, sourced quotations.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, Event, LinkType, Tag, TagEnd};

/// What a block quotation is.
pub(super) enum Quote {
    /// Just a quotation.
    Plain,
    /// One of the five boxes that GitHub knows: its class and its title.
    Alert(&'static str, &'static str),
    /// A dated correction: the date as written, and the events that are its mark.
    Correction(String, Range<usize>),
    /// A quotation whose last line names its source: the events of that line, and of the citation in it.
    Sourced(Range<usize>, usize),
}

/// The event that ends what begins at `start`.
pub(super) fn end_of(events: &[(Event<'_>, Range<usize>)], start: usize) -> usize {
    let mut depth = 0_usize;
    for (at, (event, _)) in events.iter().enumerate().skip(start) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    events.len().saturating_sub(1)
}

/// Reads what the block quotation at `start` is.
pub(super) fn quote(text: &str, events: &[(Event<'_>, Range<usize>)], start: usize, kind: Option<BlockQuoteKind>) -> Quote {
    if let Some(kind) = kind {
        let (class, title) = match kind {
            BlockQuoteKind::Note => ("note", "Note"),
            BlockQuoteKind::Tip => ("tip", "Tip"),
            BlockQuoteKind::Important => ("important", "Important"),
            BlockQuoteKind::Warning => ("warning", "Warning"),
            BlockQuoteKind::Caution => ("caution", "Caution"),
        };
        return Quote::Alert(class, title);
    }
    correction(text, events, start).or_else(|| sourced(events, start)).unwrap_or(Quote::Plain)
}

/// The date of `[!CORRECTION date]`, if that is what stands in the brackets.
pub(super) fn correction_date(inside: &str) -> Option<&str> {
    let rest = inside.strip_prefix('!')?;
    let (word, date) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    word.eq_ignore_ascii_case("correction").then(|| date.trim())
}

fn correction(text: &str, events: &[(Event<'_>, Range<usize>)], start: usize) -> Option<Quote> {
    let (Event::Start(Tag::Paragraph), _) = events.get(start + 1)? else { return None };
    let (Event::Start(Tag::Link { link_type: LinkType::ShortcutUnknown, .. }), range) = events.get(start + 2)? else { return None };
    let inside = text.get(range.start + 1..range.end.checked_sub(1)?)?;
    let date = correction_date(inside)?.to_owned();
    Some(Quote::Correction(date, start + 2..end_of(events, start + 2) + 1))
}

fn sourced(events: &[(Event<'_>, Range<usize>)], start: usize) -> Option<Quote> {
    let end = end_of(events, start);
    let event = |at: usize| events.get(at).map(|(event, _)| event);
    let (Some(Event::End(TagEnd::Paragraph)), Some(Event::End(TagEnd::Link))) = (event(end.checked_sub(1)?), event(end.checked_sub(2)?))
    else {
        return None;
    };
    let link = (start..end).rev().find(|at| matches!(event(*at), Some(Event::Start(Tag::Link { .. }))))?;
    let Some(Event::Start(Tag::Link { link_type: LinkType::ShortcutUnknown, .. })) = event(link) else { return None };
    let Some(Event::Text(dash)) = event(link.checked_sub(1)?) else { return None };
    if !matches!(dash.trim(), "—" | "–" | "-" | "--" | "---" | "―" | "——") {
        return None;
    }
    let before = link.checked_sub(2)?;
    let first = match event(before) {
        Some(Event::SoftBreak | Event::HardBreak | Event::Start(Tag::Paragraph)) => before,
        _ => return None,
    };
    Some(Quote::Sourced(first..end - 1, link))
}
