//! From byte offsets to the lines and columns that people count.

use std::ops::Range;

/// A place as people write it; both numbers begin at one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// The starts of the lines of one text.
#[derive(Debug, Clone)]
pub struct LineTable {
    starts: Vec<usize>,
    /// How many characters begin before every `STRIDE`th byte, so that a place in a long line is found soon, too.
    counted: Vec<usize>,
}

const STRIDE: usize = 1024;

impl LineTable {
    /// Finds the line starts of `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let ends = memchr::memchr_iter(b'\n', text.as_bytes());
        let starts = std::iter::once(0).chain(ends.map(|at| at + 1)).collect();
        let blocks = text.as_bytes().chunks(STRIDE).scan(0, |count, block| {
            let before = *count;
            *count += characters(block);
            Some(before)
        });
        let counted = blocks.collect();
        Self { starts, counted }
    }

    /// The position of a byte offset in the text that this table was made from.
    /// An offset past the end, or inside a character, counts as the nearest place before it.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let offset = floor_boundary(text, offset);
        let line = self.number(offset);
        let start = self.starts[line - 1];
        Position { line, column: self.before(text, offset) - self.before(text, start) + 1 }
    }

    /// The bytes of the line around an offset, without its end.
    #[must_use]
    pub fn line(&self, text: &str, offset: usize) -> Range<usize> {
        let line = self.number(floor_boundary(text, offset));
        let start = self.starts[line - 1];
        let end = self.starts.get(line).map_or(text.len(), |next| next - 1);
        start..start + text[start..end].trim_end_matches('\r').len()
    }

    /// The number of the line around an offset, from 1.
    fn number(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).max(1)
    }

    /// How many characters begin before a byte.
    fn before(&self, text: &str, offset: usize) -> usize {
        let block = offset / STRIDE;
        self.counted
            .get(block)
            .map_or_else(|| characters(text.as_bytes()), |counted| counted + characters(&text.as_bytes()[block * STRIDE..offset]))
    }
}

/// How many characters begin in some bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0b1100_0000) != 0b1000_0000).count()
}

/// The nearest character boundary at or before `offset`.
pub(crate) fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "ab\n中文x\n";
        let table = LineTable::new(text);
        assert_eq!(table.position(text, 0), Position { line: 1, column: 1 });
        assert_eq!(table.position(text, 9), Position { line: 2, column: 3 });
        assert_eq!(table.position(text, 999), Position { line: 3, column: 1 });
        assert_eq!(table.position(text, 4), Position { line: 2, column: 1 });
        let ends = "ab\r\n\nc";
        let table = LineTable::new(ends);
        let lines: Vec<&str> = [0, 2, 3, 4, 5, 9].map(|at| &ends[table.line(ends, at)]).to_vec();
        assert_eq!(lines, ["ab", "ab", "ab", "", "c", "c"]);
    }

    #[test]
    fn columns_of_long_lines_count_characters_too() {
        for unit in ["a", "é", "中", "🙂", "a中"] {
            let text = format!("x\n{}", unit.repeat(STRIDE));
            let table = LineTable::new(&text);
            for (number, (at, _)) in text[2..].char_indices().enumerate() {
                assert_eq!(table.position(&text, at + 2), Position { line: 2, column: number + 1 });
            }
        }
    }
}
