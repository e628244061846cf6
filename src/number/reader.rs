//! Finds the amounts of a text: from number to unit, from two numbers to a range.

use super::amount::{Amount, AmountKind};
use super::cursor::{char_at, char_before, digit, digit_at, joins, skip_gap, skip_space, wide, word_at};
use super::date::{self, PartialDate};
use super::hedge::{self, Hedge};
use super::link::{self, Link};
use super::numeral;
use super::part::Part;
use super::spelled::Sort;
use super::unit::Units;
use super::words::{MARKED, TAKES_A_NUMBER};
use crate::text::Span;

/// Goes through a text once, from left to right.
pub(super) struct Reader<'t> {
    text: &'t str,
    units: &'t Units,
    found: Vec<Amount>,
}

impl<'t> Reader<'t> {
    /// A reader at the start of a text.
    pub(super) fn new(text: &'t str, units: &'t Units) -> Self {
        Self { text, units, found: Vec::new() }
    }

    /// Reads to the end.
    pub(super) fn read(mut self) -> Vec<Amount> {
        let mut at = 0;
        while let Some(one) = char_at(self.text, at) {
            let next = if digit(one).is_some() || numeral::vulgar(one).is_some() {
                self.digits(at)
            } else if wide(one) {
                self.han(at, one)
            } else if joins(one) {
                self.word(at)
            } else {
                at
            };
            at = next.max(at + one.len_utf8());
        }
        self.found
    }

    /// At a digit: a date, a number, or digits that are a part of a name.
    fn digits(&mut self, at: usize) -> usize {
        if let Some((date, end)) = date::read(self.text, at) {
            return self.date(date, Span::new(at, end));
        }
        if let Some(end) = clock(self.text, at) {
            return end;
        }
        match Part::read(self.text, at, self.units) {
            Some(part) => self.part(part),
            None => name_end(self.text, at),
        }
    }

    /// At a letter: a month, a number in words, a mark before a number, or just a word.
    fn word(&mut self, at: usize) -> usize {
        let text = self.text;
        let (word, end) = word_at(text, at);
        if let Some((date, end)) = date::read(text, at) {
            return self.date(date, Span::new(at, end));
        }
        if let Some(number) = marked(text, word, end)
            && let Some(mut part) = Part::read(text, number, self.units)
        {
            // `pp. 3–4` is one place.
            (part.start, part.end, part.sort) = (at, name_end(text, part.end), Sort::Ordinal);
            return self.part(part);
        }
        if let Some(part) = Part::read(text, at, self.units) {
            return self.part(part);
        }
        // `RMB40bn`: the code of a currency stands close to its number.
        let letters = word.find(|one: char| digit(one).is_some()).unwrap_or(word.len());
        if letters < word.len() && self.units.money_before(text, at + letters).is_some() {
            return at + letters;
        }
        // `PM2.5`: a name that has digits already goes on to its end.
        if letters < word.len() {
            return name_end(text, end);
        }
        let tied = text[end..].starts_with(['-', '‑']) && digit_at(text, end + char_at(text, end).map_or(0, char::len_utf8));
        if tied && !TAKES_A_NUMBER.contains(&word.to_ascii_lowercase().as_str()) { name_end(text, end) } else { end }
    }

    /// At a Chinese character: an ordinal, a part, a numeral, or a character of a word.
    fn han(&mut self, at: usize, one: char) -> usize {
        let after = at + one.len_utf8();
        if one == '第' {
            let number = if digit_at(self.text, after) {
                Part::read(self.text, after, self.units)
            } else {
                numeral::han(self.text, after).map(|han| Part::of_han(after, han))
            };
            if let Some(mut part) = number {
                part.sort = Sort::Ordinal;
                part.start = at;
                return self.part(part);
            }
        }
        Part::read(self.text, at, self.units).map_or(after, |part| self.part(part))
    }

    fn date(&mut self, date: PartialDate, span: Span) -> usize {
        let year = date.year.map_or(0.0, f64::from);
        let hedge = hedge::before(self.text, span.start).map(|(hedge, _)| hedge);
        self.found.push(Amount {
            span,
            low: year,
            high: year,
            precision: 0.5,
            hedge,
            unit: None,
            kind: AmountKind::Date(date),
            spelled: false,
        });
        span.end
    }

    /// Takes in a number and, where a second belongs to it, both.
    fn part(&mut self, first: Part) -> usize {
        match link::second(self.text, &first, self.units) {
            Some((Link::Name, _)) => name_end(self.text, first.end),
            Some((Link::Ratio, second)) => {
                let span = Span::new(first.start, second.end);
                let part = Part { start: span.start, end: span.end, number: first.number / second.number, unit: None, ..first };
                self.push(&part, part.number, AmountKind::Ratio)
            }
            Some((link, mut second)) => {
                let mut first = first;
                link::share(&mut first, &mut second, link);
                if first.forms_range_with(&second) {
                    first.end = second.end;
                    first.half = first.half.min(second.half);
                    self.push(&first, second.number, AmountKind::Cardinal)
                } else {
                    self.single(&first);
                    self.single(&second)
                }
            }
            None => self.single(&first),
        }
    }

    fn single(&mut self, part: &Part) -> usize {
        // A year that is more or less than something is a count.
        let hedge = hedge::before(self.text, part.start).map(|(hedge, _)| hedge);
        let counted = matches!(hedge, Some(Hedge::More | Hedge::Less));
        let kind = match (part.sort, part.year) {
            (Sort::Cardinal, Some(year)) if !counted => AmountKind::Date(PartialDate::of_year(year)),
            (Sort::Cardinal, _) => AmountKind::Cardinal,
            (Sort::Ordinal, _) => AmountKind::Ordinal,
            (Sort::Fraction, _) => AmountKind::Fraction,
            (Sort::Multiple, _) => AmountKind::Multiple,
        };
        self.push(part, part.number, kind)
    }

    fn push(&mut self, part: &Part, high: f64, kind: AmountKind) -> usize {
        let before = hedge::before(self.text, part.start).map(|(hedge, _)| hedge);
        let after = hedge::after(self.text, part.end);
        let hedge = part.hedge.or(before).or(after.map(|(hedge, _)| hedge));
        let span = Span::new(part.start, part.end);
        let (low, precision, unit) = (part.number, part.half, part.unit.clone());
        self.found.push(Amount { span, low, high, precision, hedge, unit, kind, spelled: part.spelled });
        part.end
    }
}

/// The number that a mark belongs to, after the mark: `No. 5`, `number one`, `page 3`.
fn marked(text: &str, word: &str, end: usize) -> Option<usize> {
    let point = usize::from(text[end..].starts_with('.'));
    let number = skip_space(text, end + point);
    // In words only `number one`; `part two` is too often a part of two.
    let in_words = word.eq_ignore_ascii_case("number") && point == 0 && number > end && !word_at(text, number).0.is_empty();
    // `no 5 firms` has no mark.
    let in_digits = digit_at(text, number) && (word != "no" || point == 1);
    let known = (in_digits || in_words) && MARKED.iter().any(|mark| word.eq_ignore_ascii_case(mark));
    known.then_some(number)
}

/// The end of a time of the clock: `10:30`, `16:09:33`.
fn clock(text: &str, at: usize) -> Option<usize> {
    let two = |from: usize| text.get(from..from + 2).filter(|two| two.bytes().all(|one| one.is_ascii_digit()));
    let colon = at + text[at..].bytes().take(2).take_while(u8::is_ascii_digit).count();
    let hour: u8 = text.get(at..colon)?.parse().ok()?;
    let minute: u8 = text.get(colon..)?.strip_prefix(':').and_then(|_| two(colon + 1))?.parse().ok()?;
    let end = colon + 3;
    if hour > 24 || minute > 59 || digit_at(text, end) {
        return None;
    }
    let seconds = text[end..].starts_with(':') && two(end + 1).is_some();
    Some(if seconds { end + 3 } else { end })
}

/// The end of a name that has digits: letters, digits, and the hyphens and points between them.
fn name_end(text: &str, at: usize) -> usize {
    let mut end = at;
    while let Some(one) = char_at(text, end) {
        let after = end + one.len_utf8();
        let within = matches!(one, '-' | '‑' | '–' | '.' | '/' | ',') && digit_at(text, after);
        if !(joins(one) || within) {
            break;
        }
        end = after;
    }
    end
}

/// Whether a minus sign, and no hyphen or dash, ends at `at`.
pub(super) fn minus_before(text: &str, at: usize) -> Option<usize> {
    let sign = char_before(text, at).filter(|one| matches!(one, '-' | '−' | '–'))?;
    let start = at - sign.len_utf8();
    let before = char_before(text, start);
    let parted = before.is_none_or(|one| one.is_whitespace() || wide(one) || "([{“‘\"'«~≈<>=/$¥€£".contains(one));
    parted.then_some(start)
}

/// The number after a gap, past the sign or code of a currency.
pub(super) fn number_after(text: &str, at: usize) -> usize {
    let start = skip_space(text, at);
    let mut sign = start;
    while let Some(one) = char_at(text, sign).filter(|one| one.is_ascii_uppercase() || "$¥￥€£".contains(*one)) {
        sign += one.len_utf8();
    }
    let number = skip_gap(text, sign);
    if sign > start && digit_at(text, number) { number } else { start }
}
