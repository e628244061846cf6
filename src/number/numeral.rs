//! Numbers in digits: separators, decimals, vulgar fractions, and Chinese numerals.

use super::cursor::{char_at, digit, digit_at};

/// A number in digits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Numeral {
    /// One past its last byte.
    pub end: usize,
    /// What it says.
    pub value: f64,
    /// Half a unit of its last digit.
    pub half: f64,
    /// Whether it is four digits and nothing else, as a year is.
    pub four_digits: bool,
}

/// Fractions that are one character.
const VULGAR: &[(char, f64)] = &[
    ('½', 0.5),
    ('¼', 0.25),
    ('¾', 0.75),
    ('⅓', 1.0 / 3.0),
    ('⅔', 2.0 / 3.0),
    ('⅕', 0.2),
    ('⅖', 0.4),
    ('⅗', 0.6),
    ('⅘', 0.8),
    ('⅛', 0.125),
    ('⅜', 0.375),
    ('⅝', 0.625),
    ('⅞', 0.875),
];

/// Characters that part groups of three digits; a plain space does not, for it also parts two numbers.
const SEPARATORS: [char; 7] = [',', '，', '\'', '’', '\u{a0}', '\u{2009}', '\u{202f}'];

/// A fraction that is one character.
pub(super) fn vulgar(one: char) -> Option<f64> {
    VULGAR.iter().find(|(sign, _)| *sign == one).map(|(_, value)| *value)
}

/// Reads the number whose first digit stands at `at`. Digits that are parted in another way than by thousands, such
/// as `1.2.3`, are no number.
pub(super) fn read(text: &str, at: usize) -> Option<Numeral> {
    if let Some((one, value)) = char_at(text, at).and_then(|one| Some((one, vulgar(one)?))) {
        return Some(Numeral { end: at + one.len_utf8(), value, half: 0.0, four_digits: false });
    }
    let mut digits = String::new();
    let mut end = take_digits(text, at, &mut digits);
    let mut four_digits = digits.len() == 4;
    if (1..=3).contains(&digits.len()) {
        while let Some(next) = group(text, end, &mut digits) {
            end = next;
            four_digits = false;
        }
    }
    let mut half = 0.5;
    if matches!(char_at(text, end), Some('.')) && digit_at(text, end + 1) {
        let whole = digits.len();
        digits.push('.');
        end = take_digits(text, end + 1, &mut digits);
        half /= power_of_ten(digits.len() - whole - 1);
        four_digits = false;
        // A second point makes a version or an address of it.
        if text[end..].starts_with('.') && digit_at(text, end + 1) {
            return None;
        }
    }
    let mut value: f64 = digits.parse().ok().filter(|value: &f64| value.is_finite())?;
    if let Some((one, part)) = char_at(text, end).and_then(|one| Some((one, vulgar(one)?))) {
        (value, half, end, four_digits) = (value + part, 0.0, end + one.len_utf8(), false);
    }
    Some(Numeral { end, value, half, four_digits })
}

fn take_digits(text: &str, at: usize, digits: &mut String) -> usize {
    let mut end = at;
    while let Some((one, plain)) = char_at(text, end).and_then(|one| Some((one, digit(one)?))) {
        digits.push(plain);
        end += one.len_utf8();
    }
    end
}

/// Takes a separator and just three digits.
fn group(text: &str, at: usize, digits: &mut String) -> Option<usize> {
    let separator = char_at(text, at).filter(|one| SEPARATORS.contains(one))?;
    let mut three = String::new();
    let end = take_digits(text, at + separator.len_utf8(), &mut three);
    // A fullwidth comma is punctuation unless the digits are wide as well.
    let fits = three.len() == 3 && (separator != '，' || end - at == 12);
    fits.then(|| {
        digits.push_str(&three);
        end
    })
}

/// Ten to a small power, exact up to 10^22.
fn power_of_ten(exponent: usize) -> f64 {
    std::iter::repeat_n(10.0, exponent.min(300)).product()
}

/// The digits of Chinese numerals.
const HAN_DIGITS: &[(char, f64)] = &[
    ('〇', 0.0),
    ('零', 0.0),
    ('一', 1.0),
    ('二', 2.0),
    ('两', 2.0),
    ('三', 3.0),
    ('四', 4.0),
    ('五', 5.0),
    ('六', 6.0),
    ('七', 7.0),
    ('八', 8.0),
    ('九', 9.0),
];

/// The places of Chinese numerals: those below ten thousand, then those that multiply all before them.
const HAN_PLACES: &[(char, f64)] = &[('十', 10.0), ('百', 100.0), ('千', 1e3), ('万', 1e4), ('亿', 1e8)];

/// A number in Chinese characters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Han {
    /// One past its last byte.
    pub end: usize,
    /// What it says.
    pub value: f64,
    /// Whether it has a digit and a place, or is ten and more: a single digit is too often a part of a word.
    pub sure: bool,
}

/// Reads the Chinese numeral that begins at `at`.
pub(super) fn han(text: &str, at: usize) -> Option<Han> {
    let (mut total, mut section, mut pending, mut end) = (0.0, 0.0, None, at);
    let (mut count, mut places) = (0, 0);
    while let Some(one) = char_at(text, end) {
        if let Some((_, value)) = HAN_DIGITS.iter().find(|(sign, _)| *sign == one) {
            // Two digits side by side are read one by one; only the first belongs to this number.
            if pending.is_some_and(|before| before > 0.0 || *value <= 0.0) {
                break;
            }
            pending = Some(*value);
        } else if let Some((_, place)) = HAN_PLACES.iter().find(|(sign, _)| *sign == one) {
            if count == 0 && one != '十' {
                return None;
            }
            places += 1;
            if *place < 1e4 {
                section += pending.take().unwrap_or(1.0) * place;
            } else {
                // 万亿 multiplies what 万 has made; otherwise each of the two closes a section.
                let here = section + pending.take().unwrap_or(0.0);
                total = if here > 0.0 { total + here * place } else { total * place };
                section = 0.0;
            }
        } else {
            break;
        }
        count += 1;
        end += one.len_utf8();
    }
    let value = total + section + pending.unwrap_or(0.0);
    (count > 0).then_some(Han { end, value, sure: count > 1 && places > 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read() {
        for (text, value, half, end) in [
            ("1,600 machines", 1600.0, 0.5, 5),
            ("1\u{202f}600", 1600.0, 0.5, 7),
            ("1'000'000", 1e6, 0.5, 9),
            ("1.76 million", 1.76, 0.005, 4),
            ("1,2,3", 1.0, 0.5, 1),
            ("1,6000", 1.0, 0.5, 1),
            ("2024, 5", 2024.0, 0.5, 4),
            ("3.", 3.0, 0.5, 1),
            ("１，６００", 1600.0, 0.5, 15),
            ("3，400家", 3.0, 0.5, 1),
            ("2½", 2.5, 0.0, 3),
            ("½", 0.5, 0.0, 2),
        ] {
            let found = read(text, 0).map(|one| (one.value, one.half, one.end));
            assert_eq!(found, Some((value, half, end)), "{text}");
        }
        assert_eq!(read("1.2.3", 0), None);
        assert_eq!(read("x", 0), None);
        assert_eq!(read(&"9".repeat(400), 0), None);
        assert!(read("2024", 0).is_some_and(|one| one.four_digits));
        assert!(read("2,024", 0).is_some_and(|one| !one.four_digits));
    }

    #[test]
    fn chinese_numerals_are_read() {
        for (text, value, sure) in [
            ("三十五", 35.0, true),
            ("十二", 12.0, true),
            ("二十", 20.0, true),
            ("一百零五", 105.0, true),
            ("三万五千", 35_000.0, true),
            ("一亿二千万", 1.2e8, true),
            ("七万亿", 7e12, true),
            ("一", 1.0, false),
            ("二三", 2.0, false),
            ("零零零", 0.0, false),
        ] {
            assert_eq!(han(text, 0).map(|one| (one.value, one.sure)), Some((value, sure)), "{text}");
        }
        for text in ["千万", "万一", "百家", "年", ""] {
            assert_eq!(han(text, 0), None, "{text}");
        }
    }
}
