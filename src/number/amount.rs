//! An amount: a number in prose with its unit, and how it is meant.

use std::sync::Arc;

use super::date::PartialDate;
use super::hedge::Hedge;
use super::reader::Reader;
use super::unit::{Unit, Units};
use crate::text::Span;

/// A number that a text states.
#[derive(Debug, Clone, PartialEq)]
pub struct Amount {
    /// Where it stands, with its sign, currency and unit, and without its hedge.
    pub span: Span,
    /// The number, or the lower end of a range, in its unit.
    pub low: f64,
    /// The upper end of a range; equal to `low` for one number.
    pub high: f64,
    /// Half a unit of the last digit that is printed; a fortieth for parts such as `a third`, which nobody reads as exact.
    pub precision: f64,
    /// What is said about how sure it is.
    pub hedge: Option<Hedge>,
    /// Its unit, where the dictionary has it.
    pub unit: Option<Arc<Unit>>,
    /// How it is meant.
    pub kind: AmountKind,
    /// Whether it is written in words.
    pub spelled: bool,
}

/// How a number is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmountKind {
    /// A count or an amount.
    Cardinal,
    /// A place in an order, or the number of a page, a figure, a chapter.
    Ordinal,
    /// A date; `low` and `high` are its year, or zero where it has none.
    Date(PartialDate),
    /// A part: `a third`, `half`.
    Fraction,
    /// One number to another: `400:1`.
    Ratio,
    /// So many times as much: `twice`, `threefold`.
    Multiple,
}

impl Amount {
    /// How much of its unit's base one of it is.
    #[must_use]
    pub fn factor(&self) -> f64 {
        self.unit.as_ref().map_or(1.0, |unit| unit.factor)
    }

    /// Whether it is a range.
    #[must_use]
    pub fn is_range(&self) -> bool {
        self.low < self.high
    }

    /// Whether it is a number that is not only the name of a time: a year alone may be either.
    #[must_use]
    pub fn is_number(&self) -> bool {
        match self.kind {
            AmountKind::Date(date) => date.year.is_some() && date.month.is_none(),
            _ => true,
        }
    }
}

/// The amounts of a text, in their order. Digits in names (`A4`, `COVID-19`, `3B`), times of the clock and
/// numbers of versions are none.
#[must_use]
pub fn amounts(text: &str, units: &Units) -> Vec<Amount> {
    Reader::new(text, units).read()
}

#[cfg(test)]
mod tests;
