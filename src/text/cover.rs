//! Whether a place lies in one of many others, asked many times.

use std::collections::BTreeMap;

use super::Span;

/// Many spans, ready to be asked.
#[derive(Debug, Clone, Default)]
pub struct Cover {
    /// From each start to the furthest end of all that start there or before.
    reach: BTreeMap<usize, usize>,
}

impl FromIterator<Span> for Cover {
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Self {
        let mut reach: BTreeMap<usize, usize> = BTreeMap::new();
        for span in spans {
            let end = reach.entry(span.start).or_default();
            *end = span.end.max(*end);
        }
        let mut furthest = 0;
        for end in reach.values_mut() {
            furthest = furthest.max(*end);
            *end = furthest;
        }
        Self { reach }
    }
}

impl Cover {
    /// Whether one of the spans holds the whole of another.
    #[must_use]
    pub fn holds(&self, span: Span) -> bool {
        self.reach.range(..=span.start).next_back().is_some_and(|(_, end)| span.end <= *end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_many_must_hold_the_whole() {
        let cover: Cover = [Span::new(2, 4), Span::new(3, 9), Span::new(3, 5), Span::new(12, 14)].into_iter().collect();
        for (span, held) in [((2, 4), true), ((4, 9), true), ((3, 10), false), ((1, 3), false), ((9, 9), true), ((13, 15), false)] {
            assert_eq!(cover.holds(Span::new(span.0, span.1)), held, "{span:?}");
        }
    }
}
