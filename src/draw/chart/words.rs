//! What a chart says of a value: beside its mark, and to a pointer that rests on it.

use super::super::look::Look;
use super::super::plot::{Plot, Point};
use super::super::reading::{Bound, Reading};
use super::super::scale::{decimals, grouped};
use crate::kind::with_unit;

/// A value with its digits as the data have them: `46`, `> 46`, `≈ 50`, `3–5`. A unit that is a sign stands with it.
#[must_use]
pub fn value_text(reading: &Reading, unit: Option<&str>) -> String {
    let plain = |value: f64| grouped(value, decimals(value));
    let is_range = reading.low < reading.high && reading.bound != Bound::Exact;
    let number = if is_range { format!("{}–{}", plain(reading.low), plain(reading.high)) } else { plain(reading.value) };
    let sign = match reading.bound {
        Bound::Exact | Bound::Between => "",
        Bound::More => "> ",
        Bound::Less => "< ",
        Bound::About => "≈ ",
    };
    let unit = unit.filter(|unit| unit.starts_with('%')).map_or("", |_| "%");
    format!("{sign}{number}{unit}")
}

/// A value in words, with its unit: `more than 46 million tonnes`.
#[must_use]
pub(in crate::draw) fn value_words(reading: &Reading, unit: Option<&str>) -> String {
    let word = match reading.bound {
        Bound::Exact | Bound::Between => "",
        Bound::More => "more than ",
        Bound::Less => "less than ",
        Bound::About => "about ",
    };
    let spread = reading.low < reading.high && reading.bound == Bound::Exact;
    let bare = if spread { Bound::Exact } else { Bound::Between };
    let text = value_text(&Reading { bound: bare, ..*reading }, None);
    let ends = if spread {
        format!(" ({}–{})", grouped(reading.low, decimals(reading.low)), grouped(reading.high, decimals(reading.high)))
    } else {
        String::new()
    };
    format!("{word}{}{ends}", with_unit(&text, unit))
}

/// What is said of a mark: `Emerging industries: > 10.3%, 2023`. First comes what may be seen at it.
pub(super) fn says(plot: &Plot, look: &Look, point: &Point) -> String {
    let unit = look.unit.as_deref();
    let bare = value_text(&point.y, None);
    let value = with_unit(&bare, unit);
    let series = plot.series.get(point.series).map_or("", String::as_str);
    let panel = plot.panels.get(point.panel).map_or("", String::as_str);
    let more = [series, panel].into_iter().filter(|one| !one.is_empty()).map(|one| format!(", {one}"));
    format!("{}: {value}{}", point.name, more.collect::<String>())
}
