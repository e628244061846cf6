//! The names nearest to one that is not known.

/// How many names are offered at most.
const MOST: usize = 3;
/// Below this likeness (0 to 1, Jaro-Winkler's scale) a name is no help.
const LIKENESS: f64 = 0.72;
/// So many names are compared in full: those that a look at their letters puts first.
const COMPARED: usize = 32;
/// A name of more bytes is not looked at.
const LONGEST: usize = 80;

/// Up to three of `known` that are most like `name`, best first.
#[must_use]
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    if name.len() > LONGEST {
        return Vec::new();
    }
    let wanted = Wanted::new(name);
    let order = |a: &(Promise, &str), b: &(Promise, &str)| b.0.most.total_cmp(&a.0.most).then(b.0.ends.cmp(&a.0.ends)).then(a.1.cmp(b.1));
    let mut hopeful: Vec<(Promise, &str)> = known.into_iter().filter_map(|other| Some((wanted.promise(other)?, other))).collect();
    if hopeful.len() > COMPARED {
        hopeful.select_nth_unstable_by(COMPARED, order);
        hopeful.truncate(COMPARED);
    }
    let name = name.to_lowercase();
    let scored = hopeful.into_iter().map(|(_, other)| (likeness(&name, &other.to_lowercase()), other));
    let mut scored: Vec<(f64, &str)> = scored.filter(|(score, _)| *score >= LIKENESS).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    scored.dedup_by(|a, b| a.1 == b.1);
    // A list of its own: the one that is at hand has room for all that were looked at.
    scored.iter().take(MOST).map(|(_, other)| *other).collect()
}

/// The letters of a name, ready for a cheap look at many others.
struct Wanted {
    letters: Vec<char>,
    counts: [u8; SLOTS],
}

const SLOTS: usize = 64;

/// What a look at the letters of two names tells.
struct Promise {
    /// Their likeness is not more than this.
    most: f64,
    /// How many letters they share at their ends; of two promises alike, the more is kept more often.
    ends: usize,
}

impl Wanted {
    fn new(name: &str) -> Self {
        let letters: Vec<char> = name.chars().map(lower).collect();
        let mut counts = [0; SLOTS];
        for letter in &letters {
            counts[slot(*letter)] += 1;
        }
        Self { letters, counts }
    }

    /// How like another name may be at most, by the letters that both have; `None` where that is too little.
    fn promise(&self, other: &str) -> Option<Promise> {
        if other.len() > LONGEST {
            return None;
        }
        let mut counts = self.counts;
        let (mut shared, mut length) = (0_u8, 0_u8);
        for letter in other.chars() {
            length += 1;
            let count = &mut counts[slot(lower(letter))];
            shared += u8::from(*count > 0);
            *count = count.saturating_sub(1);
        }
        let own = u8::try_from(self.letters.len()).ok()?;
        let longer = own.max(length);
        let (own, length, both) = (f64::from(own), f64::from(length), f64::from(shared));
        let alike = |pair: &(char, &char)| lower(pair.0) == *pair.1;
        let start = other.chars().zip(&self.letters).take_while(alike).count();
        let jaro = (both / own + both / length + 1.0) / 3.0;
        let start_bonus = f64::from(u8::try_from(start.min(4)).unwrap_or_default()) * 0.1;
        let spelled = jaro + start_bonus * (1.0 - jaro);
        let turned = both / f64::from(longer);
        let one_slip = longer > 2 && longer - shared <= 1;
        let most = spelled.max(turned).max(if one_slip { LIKENESS } else { 0.0 });
        // Letters of other scripts may fall into one slot, which only makes the promise greater.
        (most >= LIKENESS).then(|| {
            let end = other.chars().rev().zip(self.letters.iter().rev()).take_while(alike).count();
            Promise { most, ends: start + end }
        })
    }
}

fn slot(letter: char) -> usize {
    letter as usize % SLOTS
}

fn lower(letter: char) -> char {
    if letter.is_ascii() { letter.to_ascii_lowercase() } else { letter.to_lowercase().next().unwrap_or(letter) }
}

/// A slip of the finger or a swapped word order both count as near; one slip does so in a short name, too.
fn likeness(a: &str, b: &str) -> f64 {
    let spelled = strsim::jaro_winkler(a, b);
    let count = |name: &str| u32::try_from(name.chars().count()).unwrap_or(u32::MAX);
    let slips = u32::try_from(strsim::damerau_levenshtein(a, b)).unwrap_or(u32::MAX);
    let turned = 1.0 - f64::from(slips) / f64::from(count(a).max(count(b)).max(1));
    let one_slip = count(a) > 2 && slips == 1;
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
        assert!(nearest("", known).is_empty());
        assert!(nearest("nbs", [""]).is_empty());
        assert_eq!(nearest("产量下降", ["产量上升", "产量下将", "别"])[0], "产量下将");
    }

    #[test]
    fn the_cheap_look_keeps_the_best() {
        let known: Vec<String> = (0..5_000).map(|number| format!("source-{number:04}")).collect();
        let known = || known.iter().map(String::as_str);
        for name in ["source_1234", "sorce-4321", "source-9123", "source-77", "nource-04999", "zahl-1111"] {
            let best = known().map(|other| likeness(name, other)).fold(0.0, f64::max);
            let found = nearest(name, known()).first().map_or(0.0, |other| likeness(name, other));
            assert!(found >= best || best < LIKENESS, "{name}: {found} and not {best}");
        }
        assert!(nearest(&"source".repeat(100), known()).is_empty());
    }
}
