//! Figures that are written in the text.

use std::ops::Range;

use pulldown_cmark::Event;

use super::super::body::Target;
use super::super::chart;
use super::super::markdown::Spans;
use super::Writer;
use crate::text::{Span, rules};

impl Writer<'_, '_, '_> {
    /// A figure that is written where it stands. Not one where the block is part of something else: in a record's text,
    /// in a quotation, in a list.
    pub(super) fn chart(&mut self, at: usize, end: usize, range: &Range<usize>) -> bool {
        let Spans::From(base) = self.origin.spans else { return false };
        let line = &self.text[self.text[..range.start].rfind('\n').map_or(0, |at| at + 1)..range.start];
        if self.in_footnote.is_some() || !self.tight.is_empty() || !line.trim().is_empty() {
            let message = "a chart stands by itself, not in a list, a quotation or a note";
            self.report(&rules::FIGURE_PLACE, range.clone(), message, "move the block out of it");
            return false;
        }
        let texts = || self.events[at + 1..end].iter().filter(|(event, _)| matches!(event, Event::Text(_))).map(|(_, range)| range);
        let start = texts().next().map_or(range.end, |range| range.start);
        let stop = texts().next_back().map_or(start, |range| range.end);
        let line = self.text[range.clone()].lines().next().map_or(0, str::len);
        let opening = Span::from(range.start..range.start + line).shift(base);
        let (record, faults) = chart::read(&self.text[start..stop], start + base, opening);
        for fault in faults {
            self.diagnostics.push(fault.found_in(self.origin.path.clone()));
        }
        if let Some((id, value)) = record {
            self.end_block();
            self.body.charts.push(value);
            self.mark(Target::Place(id), range.clone());
            self.end_block();
        }
        true
    }
}
