//! Parts of a file that a browser asks for, as it does of films and sound.

use std::ops::Range;

/// What a header `Range` asks of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// The whole file: the header asks for nothing that can be given in one piece.
    Whole,
    /// These bytes.
    Bytes(Range<usize>),
    /// Bytes that the file does not have.
    Outside,
}

/// Reads the header for a file of this length.
pub(super) fn part(header: &str, length: usize) -> Part {
    let number = |text: &str| text.bytes().all(|one| one.is_ascii_digit()).then(|| text.parse::<usize>().ok()).flatten();
    let Some((from, to)) = header.strip_prefix("bytes=").and_then(|range| range.trim().split_once('-')) else { return Part::Whole };
    let range = match (from, to) {
        ("", last) => number(last).map(|last| length.saturating_sub(last)..length),
        (from, "") => number(from).map(|from| from..length),
        (from, to) => number(from).zip(number(to)).filter(|(from, to)| from <= to).map(|(from, to)| from..to.saturating_add(1).min(length)),
    };
    match range {
        None => Part::Whole,
        Some(range) if range.start < range.end => Part::Bytes(range),
        Some(_) => Part::Outside,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_answered_in_every_form() {
        for (header, expected) in [
            ("bytes=0-3", Part::Bytes(0..4)),
            ("bytes=4-", Part::Bytes(4..10)),
            ("bytes=-3", Part::Bytes(7..10)),
            ("bytes=-30", Part::Bytes(0..10)),
            ("bytes=8-99999999999", Part::Bytes(8..10)),
            ("bytes=10-", Part::Outside),
            ("bytes=10-12", Part::Outside),
            ("bytes=-0", Part::Outside),
            ("bytes=3-2", Part::Whole),
            ("bytes=0-1,3-4", Part::Whole),
            ("bytes=-", Part::Whole),
            ("bytes=99999999999999999999999-", Part::Whole),
            ("lines=0-1", Part::Whole),
        ] {
            assert_eq!(part(header, 10), expected, "{header}");
        }
    }
}
