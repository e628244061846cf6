//! The names nearest to one that is not known.

/// How many names are offered at most.
const MOST: usize = 3;
/// Below this likeness (0 to 1, Jaro-Winkler's scale) a name is no help.
const LIKENESS: f64 = 0.72;

/// Up to three of `known` that are most like `name`, best first.
#[must_use]
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted = name.to_lowercase();
    let mut scored: Vec<(f64, &str)> =
        known.into_iter().map(|other| (likeness(&wanted, &other.to_lowercase()), other)).filter(|(score, _)| *score >= LIKENESS).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    scored.dedup_by(|a, b| a.1 == b.1);
    scored.truncate(MOST);
    scored.into_iter().map(|(_, other)| other).collect()
}

/// A slip of the finger or a swapped word order both count as near; one slip does so in a short name, too.
fn likeness(a: &str, b: &str) -> f64 {
    let spelled = strsim::jaro_winkler(a, b);
    let turned = strsim::normalized_damerau_levenshtein(a, b);
    let one_slip = a.chars().count() > 2 && strsim::damerau_levenshtein(a, b) == 1;
    spelled.max(turned).max(if one_slip { LIKENESS } else { 0.0 })
}

/// A help line that offers the nearest names, if there are any.
#[must_use]
pub fn suggestion<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    offer(&nearest(name, known))
}

/// Whether two names differ in nothing but case and in which signs part their words: then one is surely meant.
#[must_use]
pub fn same_but_for_signs(a: &str, b: &str) -> bool {
    let plain = |name: &str| name.chars().filter(|one| one.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let plain_a = plain(a);
    !plain_a.is_empty() && plain_a == plain(b)
}

/// A help line that offers these names, if there are any.
#[must_use]
pub fn offer(near: &[&str]) -> Option<String> {
    let quoted: Vec<String> = near.iter().map(|one| format!("`{one}`")).collect();
    match quoted.as_slice() {
        [] => None,
        [one] => Some(format!("did you mean {one}?")),
        [most @ .., last] => Some(format!("did you mean {} or {last}?", most.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_comes_first() {
        let known = ["nbs-2022", "nbs-2021", "customs-2024", "nbs"];
        assert_eq!(nearest("nbs-2023", known)[0], "nbs-2021");
        assert_eq!(nearest("nsb-2022", known)[0], "nbs-2022");
        assert!(nearest("zzz", known).is_empty());
    }
}
