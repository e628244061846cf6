//! What ties two numbers together: a dash, `to`, `or`, a colon.

use super::cursor::{char_at, digit_at, skip_space};
use super::date;
use super::hedge::opened;
use super::part::Part;
use super::reader::number_after;
use super::spelled::Sort;
use super::unit::Units;

/// How two numbers hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// `3–5`
    Dash,
    /// `3 to 5`, `between 3 and 5`, `three or four`
    Word,
    /// `from 3 to 5`
    From,
    /// `400:1`, `400 to 1`
    Ratio,
    /// Three and more numbers with dashes are the number of a telephone or a book.
    Name,
}

/// Signs that stand close between the ends of a range.
const DASHES: [char; 7] = ['-', '‑', '–', '~', '～', '至', '到'];

/// Below this, a number before `to 2.5 million` is most likely meant in millions as well.
const SHARED_BELOW: f64 = 100.0;

/// The number that hangs together with a first, and how.
pub(super) fn second(text: &str, first: &Part, units: &Units) -> Option<(Link, Part)> {
    if first.sort != Sort::Cardinal {
        return None;
    }
    let (mut link, at) = link(text, first)?;
    // The second number may be the day of a date, which is read on its own.
    if date::read(text, at).is_some() {
        return None;
    }
    let second = Part::read_as(text, at, units, first.money)?;
    let many = link == Link::Dash && text[second.end..].starts_with('-') && digit_at(text, second.end + 1);
    if many {
        return Some((Link::Name, second));
    }
    // Two years are two dates; a year and a number have nothing to do with each other.
    if first.year.is_some() || second.year.is_some() || second.sort != Sort::Cardinal {
        return None;
    }
    let to_one = link == Link::Word && first.follow(text).0 == "to" && (second.digits - 1.0).abs() < f64::EPSILON && first.digits > 1.0;
    if to_one && first.unit.is_none() && second.unit.is_none() {
        link = Link::Ratio;
    }
    (link != Link::Ratio || second.number > 0.0).then_some((link, second))
}

/// The link after a number, with the place of the number after it.
fn link(text: &str, first: &Part) -> Option<(Link, usize)> {
    let end = first.end;
    let one = char_at(text, end)?;
    let after = end + one.len_utf8();
    let number = |at: usize| (at, digit_at(text, at));
    if DASHES.contains(&one) {
        let (at, close) = number(number_after(text, after));
        return (close && !text[after..].starts_with(char::is_whitespace)).then_some((Link::Dash, at));
    }
    if [':', '∶', '比'].contains(&one) {
        return digit_at(text, after).then_some((Link::Ratio, after));
    }
    let gap = skip_space(text, end);
    if gap == end {
        return None;
    }
    // ` – ` with a space on either side.
    if let Some(dash) = char_at(text, gap).filter(|one| ['-', '–'].contains(one)) {
        let past = gap + dash.len_utf8();
        let (at, digits) = number(number_after(text, past));
        return (digits && skip_space(text, past) > past && !first.spelled).then_some((Link::Word, at));
    }
    let (word, after) = first.follow(text);
    let at = number_after(text, after);
    match word {
        "to" if opened(text, first.start, &["from"]) => Some((Link::From, at)),
        "to" | "or" => Some((Link::Word, at)),
        "and" if opened(text, first.start, &["between"]) => Some((Link::From, at)),
        _ => None,
    }
}

/// Gives each of two numbers what stands only at the other: `3 to 5 million tonnes`, `$5-6bn`.
pub(super) fn share(first: &mut Part, second: &mut Part, link: Link) {
    let own_unit = first.unit.is_some();
    let alike = !own_unit || second.unit.is_none() || first.unit == second.unit;
    let near = first.digits.abs() < SHARED_BELOW || first.digits.abs() <= second.digits.abs();
    if first.magnitude <= 1.0 && second.magnitude > 1.0 && alike && near {
        first.number *= second.magnitude;
        first.half *= second.magnitude;
        first.magnitude = second.magnitude;
    }
    if !own_unit {
        first.unit.clone_from(&second.unit);
    } else if second.unit.is_none() && (link == Link::From || link == Link::Dash) {
        second.unit.clone_from(&first.unit);
    }
}
