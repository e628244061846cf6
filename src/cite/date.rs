//! Dates of sources: a year, a month, a day, or whatever the record says.

/// The numbers of a date: `2024`, `2024-03` or `2024-03-30`; none for free text.
pub(super) fn parts(date: &str) -> Option<Vec<i64>> {
    let numbers: Vec<i64> = date
        .trim()
        .split('-')
        .zip([4, 2, 2].into_iter().chain(std::iter::repeat(0)))
        .map(|(part, width)| {
            let digits = part.len() == width && part.bytes().all(|b| b.is_ascii_digit());
            part.parse().ok().filter(|_| digits)
        })
        .collect::<Option<_>>()?;
    let month = numbers.get(1).is_none_or(|month| (1..=12).contains(month));
    let day = numbers.get(2).is_none_or(|day| (1..=31).contains(day));
    (month && day).then_some(numbers)
}

/// The first year that a date names, also where it is free text.
pub(super) fn year(date: &str) -> Option<&str> {
    let is_digit = |c: char| c.is_ascii_digit();
    date.split(|c| !is_digit(c)).find(|digits| digits.len() == 4)
}

/// Writes the numbers of a date as a record has them.
pub(super) fn written(parts: &[i64]) -> String {
    let written = |(part, width): (&i64, usize)| format!("{part:0width$}");
    parts.iter().zip([4, 2, 2]).map(written).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_dates_have_parts() {
        for date in ["2024", "2024-03", "2024-03-30"] {
            assert_eq!(parts(date).map(|p| written(&p)).as_deref(), Some(date));
        }
        for free in ["", "spring 2024", "2024-13", "2024-3", "2024-03-30-01", "2022/2023", "-2024"] {
            assert_eq!(parts(free), None, "{free}");
        }
        assert_eq!(year("spring 1998–2000"), Some("1998"));
        assert_eq!(year("民国二十年"), None);
    }
}
