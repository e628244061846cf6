//! Times along an axis: days as numbers, and ticks on the first of years or months.

use crate::text::WrittenDate;

/// A tick of an axis of time.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeTick {
    /// The day.
    pub day: i32,
    /// What it says: `2024`, `May`, `5 May`.
    pub text: String,
}

/// At most `count` ticks between two days: every so many years, months or days.
#[must_use]
pub fn time_ticks(first: i32, last: i32, count: usize) -> Vec<TimeTick> {
    let count = i32::try_from(count.max(1)).unwrap_or(i32::MAX);
    let span = (last - first).max(1);
    let start = WrittenDate::of_day(first);
    if span >= 366 * 2 || span / 31 > count * 3 {
        let years = span / 365 + 1;
        let step = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000].into_iter().find(|step| years / step <= count).unwrap_or(5000);
        let begin = i32::from(start.year).div_euclid(step) * step;
        return collect(first, last, (0..).map(|at| (begin + at * step, 1, 1)), |date| date.year.to_string());
    }
    if span >= 62 {
        let step = [1, 2, 3, 6, 12].into_iter().find(|step| span / 30 / step <= count).unwrap_or(12);
        let begin = i32::from(start.year) * 12;
        let months = (0..).map(|at| begin + at * step).map(|month| (month.div_euclid(12), month.rem_euclid(12) + 1, 1));
        return collect(first, last, months, |date| {
            let month = WrittenDate { day: None, ..date }.long();
            let (name, year) = month.split_once(' ').unwrap_or((&month, ""));
            let short: String = name.chars().take(3).collect();
            if date.month == Some(1) { format!("{short} {year}") } else { short }
        });
    }
    let step = [1, 2, 7, 14].into_iter().find(|step| span / step <= count).unwrap_or(31);
    let days = (0..).map(|at| first + at * step).take_while(|day| *day <= last);
    days.map(|day| TimeTick { day, text: short(WrittenDate::of_day(day)) }).collect()
}

fn short(date: WrittenDate) -> String {
    let long = date.long();
    let mut words = long.split(' ');
    let (day, month) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    format!("{day} {}", month.chars().take(3).collect::<String>())
}

/// Dates as years, months and days, from the first that is in the stretch to the last.
fn collect(first: i32, last: i32, dates: impl Iterator<Item = (i32, i32, i32)>, text: impl Fn(WrittenDate) -> String) -> Vec<TimeTick> {
    let mut out = Vec::new();
    for (year, month, day) in dates {
        let Some(date) = WrittenDate::read(&format!("{year:04}-{month:02}-{day:02}")) else { break };
        let (day, _) = date.days();
        if day > last {
            break;
        }
        if day >= first {
            out.push(TimeTick { day, text: text(date) });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(first: &str, last: &str, count: usize) -> Vec<String> {
        let days = |text| WrittenDate::read(text).expect("a date").days();
        time_ticks(days(first).0, days(last).1, count).into_iter().map(|tick| tick.text).collect()
    }

    #[test]
    fn ticks_stand_on_the_first_of_years_and_months() {
        assert_eq!(texts("2019-09", "2025", 7), ["2020", "2021", "2022", "2023", "2024", "2025"]);
        assert_eq!(texts("1900", "2020", 5), ["1900", "1925", "1950", "1975", "2000"]);
        assert_eq!(texts("2023-11", "2024-04", 8), ["Nov", "Dec", "Jan 2024", "Feb", "Mar", "Apr"]);
        assert_eq!(texts("2024-05-01", "2024-05-05", 5), ["1 May", "2 May", "3 May", "4 May", "5 May"]);
        assert!(texts("0001", "9999", 6).len() <= 6);
    }
}
