//! One number with all that belongs to it: sign, currency, magnitude, unit, ending.

use std::sync::Arc;

use super::cursor::{char_at, digit, digit_at, joins, previous_word, skip_gap, skip_space, wide, word_at};
use super::hedge::Hedge;
use super::numeral::{self, Han};
use super::reader::minus_before;
use super::spelled::{self, Sort, tied};
use super::unit::{Unit, Units};

/// How exact a part such as `a third` is taken to be.
const PART: f64 = 0.025;
/// The longest denominator of a fraction in digits; `24/7` and `2023/24` are none.
const DENOMINATOR: f64 = 20.0;
/// Chinese characters between a number and its unit that say "and some more".
const AND_MORE: [char; 3] = ['多', '余', '几'];

/// A number with all that belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    /// Its first byte, with sign and currency.
    pub start: usize,
    /// One past its last byte, with the unit.
    pub end: usize,
    /// The number, magnitudes taken in.
    pub number: f64,
    /// The number as its digits say it.
    pub digits: f64,
    /// What the magnitudes multiply by.
    pub magnitude: f64,
    /// Half a unit of the last digit.
    pub half: f64,
    /// Whether a currency stands before it.
    pub money: bool,
    /// Its unit.
    pub unit: Option<Arc<Unit>>,
    /// How it is meant.
    pub sort: Sort,
    /// The year that it may be.
    pub year: Option<i16>,
    /// Whether it is written in words.
    pub spelled: bool,
    /// A hedge that stands within it.
    pub hedge: Option<Hedge>,
}

impl Part {
    /// Reads the number at `at`, which stands at its first digit or word.
    pub(super) fn read(text: &str, at: usize, units: &Units) -> Option<Self> {
        Self::read_as(text, at, units, false)
    }

    /// Reads the number at `at`; after an amount of money, `m` is a million here too.
    pub(super) fn read_as(text: &str, at: usize, units: &Units, money: bool) -> Option<Self> {
        let in_digits = digit_at(text, at) || char_at(text, at).and_then(numeral::vulgar).is_some();
        let mut part = if in_digits { Self::in_digits(text, at)? } else { Self::in_words(text, at)? };
        part.money = money;
        part.sign(text, units);
        if part.sort == Sort::Cardinal {
            part.and_a_half(text);
            part.magnitudes(text, units);
            part.unit(text, units);
            part.times(text);
        }
        // Letters right after digits make a name of them: `3B`, `1990s`.
        let glued = in_digits && char_at(text, part.end).is_some_and(joins) && text[..part.end].ends_with(|one| digit(one).is_some());
        (!glued && part.number.is_finite()).then_some(part)
    }

    fn new(start: usize, end: usize, number: f64, half: f64, sort: Sort) -> Self {
        let (digits, magnitude) = (number, 1.0);
        Self { start, end, number, digits, magnitude, half, money: false, unit: None, sort, year: None, spelled: false, hedge: None }
    }

    /// A number in Chinese characters.
    pub(super) fn of_han(start: usize, han: Han) -> Self {
        Self { spelled: true, ..Self::new(start, han.end, han.value, 0.5, Sort::Cardinal) }
    }

    fn in_digits(text: &str, at: usize) -> Option<Self> {
        let number = numeral::read(text, at)?;
        let mut part = Self::new(at, number.end, number.value, number.half, Sort::Cardinal);
        if number.four_digits {
            part.year = text[at..number.end].parse().ok().filter(|year| (1000..3000).contains(year));
        }
        let ending = ["st", "nd", "rd", "th"].iter().find(|ending| word_at(text, number.end).0 == **ending);
        if let Some(ending) = ending {
            (part.end, part.sort, part.year) = (number.end + ending.len(), Sort::Ordinal, None);
        } else if text[number.end..].starts_with('/') && digit_at(text, number.end + 1) {
            return part.over(text);
        } else if text[..at].ends_with('#') {
            (part.start, part.sort) = (at - 1, Sort::Ordinal);
        }
        Some(part)
    }

    /// `3/4`; two years of a season, `2023/24`, are the first.
    fn over(mut self, text: &str) -> Option<Self> {
        let below = numeral::read(text, self.end + 1)?;
        if text[below.end..].starts_with('/') {
            return None;
        }
        if self.year.is_some() {
            self.end = below.end;
            return Some(self);
        }
        let proper = self.number > 0.0 && self.number < below.value && below.value <= DENOMINATOR;
        proper.then(|| Self::new(self.start, below.end, self.number / below.value, PART, Sort::Fraction))
    }

    fn in_words(text: &str, at: usize) -> Option<Self> {
        if char_at(text, at).is_some_and(wide) {
            return Self::in_han(text, at);
        }
        let number = spelled::read(text, at)?;
        let half = if number.sort == Sort::Fraction { PART } else { 0.5 };
        Some(Self { spelled: true, ..Self::new(at, number.end, number.value, half, number.sort) })
    }

    /// `三十五`, `三分之一`, `百分之三十`
    fn in_han(text: &str, at: usize) -> Option<Self> {
        const OVER: &str = "分之";
        const HUNDRED: &str = "百分之";
        let above = |from: usize| {
            numeral::read(text, from).filter(|_| digit_at(text, from)).map(|one| (one.value, one.half, one.end)).or_else(|| {
                let han = numeral::han(text, from)?;
                Some((han.value, 0.5, han.end))
            })
        };
        if text[at..].starts_with(HUNDRED) {
            let (value, half, end) = above(at + HUNDRED.len())?;
            let hundredths = Self::new(at, end, value / 100.0, half / 100.0, Sort::Fraction);
            return Some(Self { spelled: true, ..hundredths });
        }
        let han = numeral::han(text, at)?;
        if text[han.end..].starts_with(OVER) {
            let (value, _, end) = above(han.end + OVER.len())?;
            return (han.value > 0.0).then(|| Self { spelled: true, ..Self::new(at, end, value / han.value, PART, Sort::Fraction) });
        }
        han.sure.then(|| Self::of_han(at, han))
    }

    /// Takes in the currency and the sign before the number.
    fn sign(&mut self, text: &str, units: &Units) {
        let minus = minus_before(text, self.start);
        self.start = minus.unwrap_or(self.start);
        if let Some((unit, start)) = units.money_before(text, self.start) {
            self.unit = Some(unit.clone());
            (self.start, self.year, self.money) = (start, None, true);
        }
        let minus = minus.or_else(|| minus_before(text, self.start));
        let word = ["minus", "negative"].iter().find(|word| previous_word(text, self.start) == **word);
        if let Some(sign) = minus {
            self.start = self.start.min(sign);
        } else if let Some(word) = word {
            self.start = text[..self.start].trim_end().len() - word.len();
        }
        if minus.is_some() || word.is_some() {
            (self.number, self.digits, self.year) = (-self.number, -self.digits, None);
        }
    }

    /// `one and a half`
    fn and_a_half(&mut self, text: &str) {
        let rest = text[self.end..].trim_start();
        let part = [("and a half", 0.5), ("and a quarter", 0.25)].into_iter().find(|(words, _)| rest.starts_with(words));
        if let Some((words, value)) = part.filter(|(words, _)| !rest[words.len()..].starts_with(joins)) {
            self.digits += value;
            self.number = self.digits;
            (self.half, self.year) = (PART, None);
            self.end = text.len() - rest.len() + words.len();
        }
    }

    fn magnitudes(&mut self, text: &str, units: &Units) {
        loop {
            self.and_more(text);
            let at = skip_gap(text, self.end);
            // `5k` stands close; `K` and a `k` that stands apart are something else.
            let thousand = || (at == self.end && word_at(text, at).0 == "k").then_some((1e3, at + 1));
            let Some((factor, end)) = units.magnitude(text, at, self.money).or_else(thousand) else { break };
            if tied(text, self.end, at, end) {
                break;
            }
            self.number *= factor;
            self.magnitude *= factor;
            self.half *= factor;
            (self.end, self.year) = (end, None);
        }
    }

    /// `70多`: the characters say that there are more.
    fn and_more(&mut self, text: &str) {
        if let Some(one) = char_at(text, self.end).filter(|one| AND_MORE.contains(one)) {
            self.hedge = Some(Hedge::More);
            (self.end, self.year) = (self.end + one.len_utf8(), None);
        }
    }

    fn unit(&mut self, text: &str, units: &Units) {
        let gap = skip_gap(text, self.end);
        let counted = if units.at(text, gap).is_none() && text[gap..].starts_with('个') { gap + '个'.len_utf8() } else { gap };
        let Some((unit, end)) = units.at(text, counted) else { return };
        // `¥40 billion yuan` says the currency twice; a second unit of another kind is the next thing.
        if self.unit.as_ref().is_some_and(|own| own.base != unit.base) {
            return;
        }
        self.unit = Some(unit.clone());
        (self.end, self.year) = (end, None);
    }

    /// `2.5 times`, `10-fold`, `3x`, `3倍`
    fn times(&mut self, text: &str) {
        let rest = &text[self.end..];
        let close = ["x", "×", "倍"]
            .iter()
            .find(|sign| rest.strip_prefix(**sign).is_some_and(|after| !after.starts_with(char::is_alphanumeric) || **sign == "倍"));
        let (word, end) = word_at(text, skip_gap(text, self.end));
        let end = match close {
            Some(sign) => self.end + sign.len(),
            None if ["times", "fold"].contains(&word) => end,
            None => return,
        };
        if self.unit.is_none() {
            (self.end, self.sort, self.year) = (end, Sort::Multiple, None);
        }
    }

    /// Whether this and a second number are the ends of one range.
    pub(super) fn forms_range_with(&self, second: &Self) -> bool {
        let base = |part: &Self| part.unit.as_ref().map(|unit| unit.name.clone());
        self.sort == Sort::Cardinal && second.sort == Sort::Cardinal && base(self) == base(second) && self.number < second.number
    }

    /// What would come after this number, past white space.
    pub(super) fn follow<'t>(&self, text: &'t str) -> (&'t str, usize) {
        word_at(text, skip_space(text, self.end))
    }
}
