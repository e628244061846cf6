//! The text of a section: what its author wrote, with links in the place of references.

use std::ops::Range;

use super::{View, bracketed};
use crate::briefing::Resolved;
use crate::kind::Kind;
use crate::page;
use crate::parse::{CiteItem, Reference, Target};
use crate::read::snapshot::Snapshot;

/// A piece of the file and what comes in its place.
type Edit = (Range<usize>, String);

impl View<'_> {
    /// The text of a section. A file that is no text has none.
    pub(super) fn text(&self, number: usize, snapshot: &Snapshot) -> String {
        let section = &self.desk.briefing.sections[number];
        let source = snapshot.get(&section.path).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
        let references = section.body.references.iter().zip(self.desk.briefing.resolved[number].iter());
        let mut edits: Vec<Edit> = references.filter_map(|(reference, resolved)| self.edit(source, reference, resolved)).collect();
        let comments = section.silences.iter().map(|silence| silence.place.span.range()).filter(|range| range.start >= section.start);
        edits.extend(comments.map(|range| (with_its_line(source, range), String::new())));
        edits.sort_by_key(|(range, _)| (range.start, range.end));
        let mut out = String::new();
        let mut from = section.start;
        for (range, words) in edits {
            // A reference of a record that is written in the text has its place inside that of the figure.
            if range.start < from {
                continue;
            }
            out.push_str(source.get(from..range.start).unwrap_or_default());
            out.push_str(&words);
            from = range.end;
        }
        out.push_str(source.get(from..).unwrap_or_default());
        format!("{}\n", out.trim())
    }

    /// What comes in the place of a reference. Words of the author stay, and only what they lead to changes.
    fn edit(&self, source: &str, reference: &Reference, resolved: &Resolved) -> Option<Edit> {
        let range = reference.span.range();
        let written = source.get(range.clone())?;
        match (&reference.target, resolved) {
            (_, Resolved::Dead) => None,
            (Target::Cite(items), Resolved::Cite(sources)) => Some((range, self.citation(items, sources))),
            (Target::Place(_), Resolved::Record(figure)) => Some((range, self.placed(*figure))),
            (Target::Image { alt, .. }, Resolved::Asset(path)) => Some((range, format!("![{}]({})", bracketed(alt), self.to(path)))),
            (_, resolved) => {
                let address = self.address(resolved)?;
                if let Some(inside) = written.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")) {
                    let words = inside.split_once('|').map(|(_, words)| words.to_owned());
                    let words = words.unwrap_or_else(|| bracketed(&self.name(resolved)));
                    return Some((range, format!("[{words}]({address})")));
                }
                // `[words](target)`: the words may hold references of their own.
                let tail = written.rfind("](")?;
                Some((range.start + tail..range.end, format!("]({address})")))
            }
        }
    }

    fn address(&self, resolved: &Resolved) -> Option<String> {
        let page = |number: usize| &self.desk.briefing.addresses.pages[number];
        Some(match resolved {
            Resolved::Record(number) => self.record(*number),
            Resolved::Section(number, Some(anchor)) => self.to(&format!("{}#{anchor}", page(*number))),
            Resolved::Section(number, None) => self.to(page(*number)),
            Resolved::Asset(path) => self.to(path),
            Resolved::Register(kind) => self.to(&format!("{}/index.html", kind.info().folder)),
            Resolved::Cite(_) | Resolved::Dead => return None,
        })
    }

    /// The words for a reference that has none.
    fn name(&self, resolved: &Resolved) -> String {
        let briefing = &self.desk.briefing;
        match resolved {
            Resolved::Record(number) => {
                let annotation = briefing.registry.get(*number);
                match annotation.record.kind {
                    Kind::Claim => page::plain(briefing, &annotation.label),
                    Kind::Note => format!("editor's note {}", annotation.record.id()),
                    _ => briefing.plain_name(resolved),
                }
            }
            _ => briefing.plain_name(resolved),
        }
    }

    /// A citation: each source by its short name, with the place in it.
    fn citation(&self, items: &[CiteItem], sources: &[Option<usize>]) -> String {
        let known = items.iter().zip(sources).filter_map(|(item, source)| Some((item, (*source)?)));
        let one = |(item, source): (&CiteItem, usize)| {
            let before = Some(&item.prefix).filter(|prefix| !prefix.is_empty()).map(|prefix| format!("{prefix} ")).unwrap_or_default();
            let place = Some(&item.locator).filter(|place| !place.is_empty()).map(|place| format!(", {place}")).unwrap_or_default();
            let name = page::words(&self.desk.briefing.short_name(source));
            format!("{before}[{}]({}){place}", bracketed(&name), self.record(source))
        };
        format!("({})", known.map(one).collect::<Vec<_>>().join("; "))
    }
}

/// The range of a comment; where it is alone on its line, the line with its end.
fn with_its_line(source: &str, range: Range<usize>) -> Range<usize> {
    let before = source.get(..range.start).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = source.get(range.end..).and_then(|rest| rest.find('\n')).map_or(source.len(), |at| range.end + at + 1);
    let alone = source.get(start..range.start).is_some_and(|text| text.trim().is_empty())
        && source.get(range.end..end).is_some_and(|text| text.trim().is_empty());
    if alone { start..end } else { range }
}
