//! Dates in running text, in the forms that people write.

use super::cursor::{char_at, digit_at, joins, skip_space, word_at};
use super::numeral;

/// A date, or as much of one as the text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PartialDate {
    /// The year.
    pub year: Option<i16>,
    /// The month, 1 to 12.
    pub month: Option<i8>,
    /// The day of the month.
    pub day: Option<i8>,
}

impl PartialDate {
    /// A year alone.
    #[must_use]
    pub const fn of_year(year: i16) -> Self {
        Self { year: Some(year), month: None, day: None }
    }

    /// Whether this date says all that `other` says. It may leave the year to the text around it.
    #[must_use]
    pub fn states(self, other: Self) -> bool {
        fn fits<T: PartialEq + Copy>(own: Option<T>, other: Option<T>) -> bool {
            other.is_none() || own == other
        }
        let year = fits(self.year, other.year) || (self.year.is_none() && other.month.is_some());
        year && fits(self.month, other.month) && fits(self.day, other.day)
    }
}

/// The months, as they are written out and cut short.
const MONTHS: [&[&str]; 12] = [
    &["January", "Jan"],
    &["February", "Feb"],
    &["March", "Mar"],
    &["April", "Apr"],
    &["May"],
    &["June", "Jun"],
    &["July", "Jul"],
    &["August", "Aug"],
    &["September", "Sept", "Sep"],
    &["October", "Oct"],
    &["November", "Nov"],
    &["December", "Dec"],
];

/// The date that begins at an offset, with its end. A year alone is none: only the words around tell it from a count.
pub(super) fn read(text: &str, at: usize) -> Option<(PartialDate, usize)> {
    if digit_at(text, at) { chinese(text, at).or_else(|| numbers(text, at)).or_else(|| day_first(text, at)) } else { month_first(text, at) }
}

/// `2024-03-30`, `2024/03/30`, `2024-03`
fn numbers(text: &str, at: usize) -> Option<(PartialDate, usize)> {
    let (year, end) = year(text, at)?;
    let sign = char_at(text, end).filter(|one| matches!(one, '-' | '/'))?;
    let (month, end) = small(text, end + 1, 12).filter(|(_, after)| *after == end + 3)?;
    match small(text, end + 1, 31).filter(|(_, after)| text[end..].starts_with(sign) && *after == end + 3) {
        Some((day, end)) => alone(text, end).then_some((PartialDate { year: Some(year), month: Some(month), day: Some(day) }, end)),
        None => (sign == '-' && alone(text, end)).then_some((PartialDate { year: Some(year), month: Some(month), day: None }, end)),
    }
}

/// `30 March 2024`, `30th of March`
fn day_first(text: &str, at: usize) -> Option<(PartialDate, usize)> {
    let (day, end) = day(text, at)?;
    let mut from = skip_space(text, end);
    if let ("of", after) = word_at(text, from) {
        from = skip_space(text, after);
    }
    let (month, end) = month(text, from)?;
    let (year, end) = year_after(text, end, end).map_or((None, end), |(year, end)| (Some(year), end));
    Some((PartialDate { year, month: Some(month), day: Some(day) }, end))
}

/// `March 30, 2024`, `March 30`, `March 2024`
fn month_first(text: &str, at: usize) -> Option<(PartialDate, usize)> {
    let (month, end) = month(text, at)?;
    if let Some((year, end)) = year_after(text, end, end) {
        return Some((PartialDate { year: Some(year), month: Some(month), day: None }, end));
    }
    let (day, end) = day(text, skip_space(text, end))?;
    let comma = end + usize::from(text[end..].starts_with(','));
    let (year, end) = year_after(text, comma, end).map_or((None, end), |(year, end)| (Some(year), end));
    Some((PartialDate { year, month: Some(month), day: Some(day) }, end))
}

/// `2024年3月30日`, `2024年3月`, `2024年`, `3月30日`
fn chinese(text: &str, at: usize) -> Option<(PartialDate, usize)> {
    let mut date = PartialDate::default();
    let mut end = at;
    if let Some((year, after)) = year(text, at).filter(|(_, after)| text[*after..].starts_with('年')) {
        date.year = Some(year);
        end = after + '年'.len_utf8();
    }
    if let Some((month, after)) = small(text, end, 12).filter(|(_, after)| text[*after..].starts_with('月')) {
        date.month = Some(month);
        end = after + '月'.len_utf8();
        if let Some((day, after)) = small(text, end, 31).filter(|(_, after)| text[*after..].starts_with(['日', '号'])) {
            date.day = Some(day);
            end = after + '日'.len_utf8();
        }
    }
    (date.year.is_some() || date.day.is_some()).then_some((date, end))
}

/// Four digits that may be a year.
fn year(text: &str, at: usize) -> Option<(i16, usize)> {
    let number = numeral::read(text, at).filter(|number| number.four_digits)?;
    let year = text[at..number.end].parse().ok().filter(|year| (1000..3000).contains(year))?;
    Some((year, number.end))
}

/// A year after a space, counted from `end` where there is none before `from`.
fn year_after(text: &str, from: usize, end: usize) -> Option<(i16, usize)> {
    let at = skip_space(text, from);
    if at == end { None } else { year(text, at).filter(|(_, end)| alone(text, *end)) }
}

/// A number of one or two digits up to a limit.
fn small(text: &str, at: usize, most: i8) -> Option<(i8, usize)> {
    let length = text.get(at..)?.bytes().take_while(u8::is_ascii_digit).count();
    let number = text[at..at + length].parse().ok().filter(|number| (1..=most).contains(number) && length <= 2)?;
    Some((number, at + length))
}

/// A day of a month, with or without the ending of an ordinal.
fn day(text: &str, at: usize) -> Option<(i8, usize)> {
    let (day, end) = small(text, at, 31)?;
    let ending = ["st", "nd", "rd", "th"].iter().find(|ending| text[end..].starts_with(**ending));
    let end = end + ending.map_or(0, |ending| ending.len());
    alone(text, end).then_some((day, end))
}

/// A month by its name, which begins with a capital.
fn month(text: &str, at: usize) -> Option<(i8, usize)> {
    let (word, end) = word_at(text, at);
    if !word.starts_with(|first: char| first.is_ascii_uppercase()) {
        return None;
    }
    let number = (1..).zip(MONTHS).find(|(_, names)| names.contains(&word))?.0;
    let cut = word.len() < 5 && text[end..].starts_with('.');
    Some((number, end + usize::from(cut)))
}

/// Whether no letter or digit follows.
fn alone(text: &str, end: usize) -> bool {
    !char_at(text, end).is_some_and(joins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read() {
        for (text, year, month, day, end) in [
            ("30 March 2024.", 2024, 3, 30, 13),
            ("30th of March, 2024", 0, 3, 30, 13),
            ("March 30, 2024", 2024, 3, 30, 14),
            ("March 30th 2024", 2024, 3, 30, 15),
            ("Sept. 30", 0, 9, 30, 8),
            ("March 2024", 2024, 3, 0, 10),
            ("May 2024", 2024, 5, 0, 8),
            ("2024-03-30", 2024, 3, 30, 10),
            ("2024-03", 2024, 3, 0, 7),
            ("2024/03/30", 2024, 3, 30, 10),
            ("2024年3月30日", 2024, 3, 30, 16),
            ("2024年3月", 2024, 3, 0, 11),
            ("2024年", 2024, 0, 0, 7),
            ("3月30日", 0, 3, 30, 9),
        ] {
            let (date, stop) = read(text, 0).unwrap_or_else(|| panic!("{text}"));
            let parts = (date.year.unwrap_or(0), date.month.unwrap_or(0), date.day.unwrap_or(0), stop);
            assert_eq!(parts, (year, month, day, end), "{text}");
        }
        for text in ["30/3", "March 3B", "2024", "2024-13", "2024-031", "march 5", "May", "3年", "3月", "30 marches", "2023/24", "Mayor 5"]
        {
            assert_eq!(read(text, 0), None, "{text}");
        }
    }

    #[test]
    fn a_date_states_another_to_its_precision() {
        let date =
            |text: &str| if text.len() == 4 { PartialDate::of_year(2024) } else { read(text, 0).map(|one| one.0).unwrap_or_default() };
        for (own, other, states) in [
            ("30 March 2024", "2024-03", true),
            ("30 March 2024", "2024", true),
            ("March 2024", "2024-03-30", false),
            ("30 March", "2024-03-30", true),
            ("30 March", "2024", false),
            ("30 March 2023", "2024-03-30", false),
            ("31 March 2024", "2024-03-30", false),
        ] {
            assert_eq!(date(own).states(date(other)), states, "{own} {other}");
        }
    }
}
