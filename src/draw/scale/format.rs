//! Numbers as a chart prints them: thousands in groups, one number of decimals along an axis, a true minus sign.

/// How many digits after the point a step between ticks needs.
#[must_use]
pub fn decimals(step: f64) -> usize {
    let mut places = 0;
    let mut scaled = step.abs();
    while places < 12 && (scaled - scaled.round()).abs() > 1e-6 * scaled.max(1e-300) {
        scaled *= 10.0;
        places += 1;
    }
    places
}

/// A number with so many digits after the point, and its thousands in groups from 10,000 on. Numbers of over fifteen
/// digits, and those that would be all zeros, are written as powers of ten.
#[must_use]
pub fn grouped(value: f64, places: usize) -> String {
    let size = value.abs();
    if !value.is_finite() {
        return "–".to_owned();
    }
    if size >= 1e15 || (size > 0.0 && size < 1e-6) {
        return format!("{value:e}").replace('-', "−");
    }
    let text = format!("{size:.places$}");
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let nothing = !text.bytes().any(|one| matches!(one, b'1'..=b'9'));
    let sign = if value < 0.0 && !nothing { "−" } else { "" };
    if whole.len() < 5 {
        return format!("{sign}{text}");
    }
    let mut out = String::from(sign);
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

/// The texts of ticks, all with the same number of decimals. Large ones are given in thousands, millions, billions or
/// trillions, with the word for that apart.
#[must_use]
pub fn tick_texts(ticks: &[f64]) -> (Vec<String>, Option<&'static str>) {
    const WORDS: [(f64, &str); 4] = [(1e12, "trillion"), (1e9, "billion"), (1e6, "million"), (1e3, "thousand")];
    let greatest = ticks.iter().fold(0.0, |most: f64, one| most.max(one.abs()));
    // Thousands as such are read well enough up to a hundred of them.
    let word = WORDS.iter().find(|(size, _)| greatest >= *size && (*size > 1e3 || greatest >= 1e5));
    let (size, word) = word.map_or((1.0, None), |(size, word)| (*size, Some(*word)));
    let scaled: Vec<f64> = ticks.iter().map(|one| one / size).collect();
    let places = scaled.iter().map(|one| decimals(*one)).max().unwrap_or(0);
    (scaled.iter().map(|one| grouped(*one, places)).collect(), word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_as_people_write_them() {
        let texts = [(1600.0, 0), (23_900.0, 0), (-0.7, 1), (-0.04, 1), (0.5, 2), (1e18, 0), (3e-9, 2), (f64::NAN, 0)];
        let texts = texts.map(|(value, places)| grouped(value, places));
        assert_eq!(texts, ["1600", "23,900", "−0.7", "0.0", "0.50", "1e18", "3e−9", "–"]);
    }

    #[test]
    fn ticks_share_their_decimals_and_their_magnitude() {
        assert_eq!(tick_texts(&[0.0, 0.25, 0.5]).0, ["0.00", "0.25", "0.50"]);
        let (texts, word) = tick_texts(&[0.0, 2e6, 4e6]);
        assert_eq!((texts, word), (vec!["0".to_owned(), "2".to_owned(), "4".to_owned()], Some("million")));
        assert_eq!(tick_texts(&[0.0, 20_000.0]).0, ["0", "20,000"]);
    }
}
