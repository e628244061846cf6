//! Dates as authors write them: a year, a month of a year, or a day.

use jiff::civil::Date;

/// A date of a known precision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct WrittenDate {
    /// The year.
    pub year: i16,
    /// The month, 1 to 12.
    pub month: Option<i8>,
    /// The day of the month.
    pub day: Option<i8>,
}

impl WrittenDate {
    /// Reads `2024`, `2024-05` or `2024-05-01`. A time after a day is left out.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.split(['T', ' ']).next().unwrap_or_default();
        let mut parts = text.split('-');
        let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
        let two = |part: &str| (part.len() == 2).then(|| part.parse::<i8>().ok()).flatten();
        // A part that is not there is fine; a part that is no number is not.
        let month = parts.next().map(|part| two(part).ok_or(())).transpose().ok()?;
        let day = parts.next().map(|part| two(part).ok_or(())).transpose().ok()?;
        let date = Self { year, month, day };
        let whole = Date::new(date.year, date.month.unwrap_or(1), date.day.unwrap_or(1));
        (whole.is_ok() && parts.next().is_none()).then_some(date)
    }

    /// The day of a time, in seconds since 1970, in Greenwich.
    #[must_use]
    pub fn of_unix(seconds: i64) -> Option<Self> {
        let date = jiff::Timestamp::from_second(seconds).ok()?.to_zoned(jiff::tz::TimeZone::UTC).date();
        Some(Self { year: date.year(), month: Some(date.month()), day: Some(date.day()) })
    }

    /// A date that was surely meant: `2024/5/1`, `2024.05.01` and `2024-5-1` as year-month-day.
    #[must_use]
    pub fn mended(text: &str) -> Option<String> {
        let parts: Vec<&str> = text.trim().split(['-', '/', '.']).collect();
        let numbers: Option<Vec<u16>> = parts.iter().map(|part| part.parse().ok()).collect();
        let text = match numbers.as_deref()? {
            [year, month, day] => format!("{year:04}-{month:02}-{day:02}"),
            [year, month] => format!("{year:04}-{month:02}"),
            _ => return None,
        };
        (parts[0].len() == 4 && Self::read(&text).is_some()).then_some(text)
    }

    /// As people read it in English: `1 May 2024`, `May 2024`, `2024`.
    #[must_use]
    pub fn long(self) -> String {
        const MONTHS: [&str; 12] =
            ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
        let month = self.month.and_then(|month| MONTHS.get(usize::try_from(month).ok()?.checked_sub(1)?));
        match (self.day, month) {
            (Some(day), Some(month)) => format!("{day} {month} {}", self.year),
            (None, Some(month)) => format!("{month} {}", self.year),
            _ => self.year.to_string(),
        }
    }

    /// Its first and its last day, counted from 1 January 1970: a year is all of its days.
    #[must_use]
    pub fn days(self) -> (i32, i32) {
        let date = |month, day| Date::new(self.year, month, day).ok();
        // What was read was held to the calendar.
        let first = date(self.month.unwrap_or(1), self.day.unwrap_or(1)).unwrap_or(EPOCH);
        let last = match (self.month, self.day) {
            (Some(_), Some(_)) => first,
            (Some(_), None) => first.last_of_month(),
            _ => first.last_of_year(),
        };
        (day_number(first), day_number(last))
    }

    /// The day of this number, counted from 1 January 1970; that day itself where the calendar has none.
    #[must_use]
    pub fn of_day(number: i32) -> Self {
        let date = EPOCH.checked_add(jiff::Span::new().days(number)).unwrap_or(EPOCH);
        Self { year: date.year(), month: Some(date.month()), day: Some(date.day()) }
    }

    /// As machines read it.
    #[must_use]
    pub fn iso(self) -> String {
        let month = self.month.map(|month| format!("-{month:02}")).unwrap_or_default();
        let day = self.day.map(|day| format!("-{day:02}")).unwrap_or_default();
        format!("{:04}{month}{day}", self.year)
    }
}

const EPOCH: Date = Date::constant(1970, 1, 1);

fn day_number(date: Date) -> i32 {
    date.since(EPOCH).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_a_stretch_of_days() {
        let days = |text| WrittenDate::read(text).map(WrittenDate::days);
        assert_eq!(days("1970-01-01"), Some((0, 0)));
        assert_eq!(days("2024-02").map(|(first, last)| last - first), Some(28));
        assert_eq!(days("2023").map(|(first, last)| last - first), Some(364));
        assert_eq!(WrittenDate::of_day(19_844).iso(), "2024-05-01");
        assert_eq!(days("2024-05-01"), Some((19_844, 19_844)));
    }

    #[test]
    fn three_precisions() {
        let long = |text| WrittenDate::read(text).map(WrittenDate::long);
        assert_eq!(long("2024-05-01").as_deref(), Some("1 May 2024"));
        assert_eq!(long("2024-05").as_deref(), Some("May 2024"));
        assert_eq!(long("2024").as_deref(), Some("2024"));
        assert_eq!(WrittenDate::mended("2024/5/1").as_deref(), Some("2024-05-01"));
        assert_eq!(WrittenDate::mended("1/5/2024"), None);
        assert_eq!(WrittenDate::of_unix(1_714_521_600).map(WrittenDate::iso).as_deref(), Some("2024-05-01"));
        for bad in ["May 2024", "2024-13", "2023-02-29", "24", "2024-5-1", ""] {
            assert_eq!(WrittenDate::read(bad), None, "{bad}");
        }
    }
}
