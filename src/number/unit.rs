//! Units of amounts: a dictionary from names to what they measure, which a site may extend.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::cursor::{char_at, joins, next_word, skip_gap, skip_space, wide, word_at};
use super::dictionary::{BEFORE_MONEY, HAN_MAGNITUDES, MAGNITUDES, MONEY_LETTERS, SHARE, UNITS};
use super::numeral;

/// The words that the longest name of a unit may have.
const MOST_WORDS: usize = 4;
/// The characters that the longest Chinese name of a unit may have.
const MOST_HAN: usize = 6;

/// A unit of amounts.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// The name by which it is shown.
    pub name: String,
    /// What it measures; only amounts of one base can be compared.
    pub base: String,
    /// How much of the base it is.
    pub factor: f64,
}

impl Unit {
    /// Whether it is a part of a whole, such as a percent: then an amount of it is also a plain number.
    #[must_use]
    pub fn is_share(&self) -> bool {
        self.base == SHARE
    }
}

/// A unit as `[units]` of `postil.toml` declares it: its other names, or a table that also says what it is worth.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(untagged, expecting = "expected a list of names, or a table with `names` and `is`")]
pub enum UnitConfig {
    /// Other names, such as the plural.
    Names(Vec<String>),
    /// Other names, and the unit in terms of another.
    Worth {
        /// Other names.
        #[serde(default)]
        names: Vec<String>,
        /// One of it in another unit, such as `38.5 m3`.
        is: Option<String>,
    },
}

impl UnitConfig {
    fn names(&self) -> &[String] {
        match self {
            Self::Names(names) | Self::Worth { names, .. } => names,
        }
    }

    fn worth(&self) -> Option<&str> {
        match self {
            Self::Names(_) => None,
            Self::Worth { is, .. } => is.as_deref(),
        }
    }
}

/// The text of a claim's `unit`: a magnitude, a unit where the dictionary has it, and words that do not matter.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// `million` of `million tonnes`; else one.
    pub magnitude: f64,
    /// The unit.
    pub unit: Option<Arc<Unit>>,
}

impl Phrase {
    /// What one of it is in the base of its unit.
    #[must_use]
    pub fn scale(&self) -> f64 {
        self.magnitude * self.unit.as_ref().map_or(1.0, |unit| unit.factor)
    }
}

/// The dictionary of units.
#[derive(Debug, Clone, PartialEq)]
pub struct Units {
    /// Units by name: symbols as they are written, words in small letters.
    names: BTreeMap<String, Arc<Unit>>,
}

impl Default for Units {
    fn default() -> Self {
        let mut units = Self { names: BTreeMap::new() };
        for (base, factor, names) in UNITS {
            let unit = Arc::new(Unit { name: names[0].to_owned(), base: (*base).to_owned(), factor: *factor });
            units.names.extend(names.iter().map(|name| (key(name), unit.clone())));
        }
        units
    }
}

/// A name under which the dictionary keeps a unit. Capitals carry a meaning in a symbol (`mW`, `MW`), not in a word.
fn key(name: &str) -> String {
    let one = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if is_symbol(&one) { one } else { one.to_lowercase() }
}

fn is_symbol(name: &str) -> bool {
    !name.contains(' ') && (name.chars().count() <= 2 || name.chars().skip(1).any(char::is_uppercase) || name.chars().any(char::is_numeric))
}

impl Units {
    /// The built-in dictionary with a site's own units, which go first, and what is wrong with those: key and message.
    #[must_use]
    pub fn new(config: &BTreeMap<String, UnitConfig>) -> (Self, Vec<(String, String)>) {
        let mut units = Self::default();
        let mut faults = Vec::new();
        let mut owners = BTreeMap::new();
        // A unit may be worth some of another that stands later, so what cannot be read yet is tried again.
        let mut waiting: Vec<(&String, &UnitConfig)> = config.iter().collect();
        loop {
            let before = waiting.len();
            waiting.retain(|(name, entry)| {
                let measure = match entry.worth() {
                    None => Some(((*name).clone(), 1.0)),
                    Some(worth) => units.worth(worth),
                };
                let Some((base, factor)) = measure else { return true };
                units.add(&Unit { name: (*name).clone(), base, factor }, entry.names(), &mut owners, &mut faults);
                false
            });
            if waiting.len() == before {
                break;
            }
        }
        for (name, entry) in waiting {
            let worth = entry.worth().unwrap_or_default();
            faults.push((name.clone(), format!("`{worth}` is no amount of a known unit; write a number and a unit, such as `38.5 m3`")));
        }
        (units, faults)
    }

    /// Adds one under all its names; a name that another of the site's units has stays with that one.
    fn add(&mut self, unit: &Unit, names: &[String], owners: &mut BTreeMap<String, String>, faults: &mut Vec<(String, String)>) {
        let unit = Arc::new(unit.clone());
        for name in std::iter::once(&unit.name).chain(names) {
            let key = key(name);
            if key.is_empty() || key.starts_with(char::is_numeric) {
                faults.push((unit.name.clone(), format!("`{name}` cannot be the name of a unit: it has to begin with a letter or a sign")));
            } else if let Some(other) = owners.get(&key).filter(|other| **other != unit.name) {
                faults.push((unit.name.clone(), format!("`{name}` is also a name of `{other}`")));
            } else {
                owners.insert(key.clone(), unit.name.clone());
                self.names.insert(key, unit.clone());
            }
        }
    }

    /// The base and factor of a text like `38.5 m3`.
    fn worth(&self, text: &str) -> Option<(String, f64)> {
        let number = numeral::read(text, skip_space(text, 0))?;
        let phrase = self.phrase(&text[number.end..]);
        let unit = phrase.unit.as_ref()?;
        let factor = number.value * phrase.scale();
        (factor > 0.0 && factor.is_finite()).then(|| (unit.base.clone(), factor))
    }

    /// A unit by one of its names.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Arc<Unit>> {
        self.names.get(name).or_else(|| if name.chars().count() > 2 { self.names.get(&name.to_lowercase()) } else { None })
    }

    /// The unit whose longest name begins at an offset of a text, with the end of that name.
    #[must_use]
    pub fn at(&self, text: &str, at: usize) -> Option<(&Arc<Unit>, usize)> {
        let first = char_at(text, at)?;
        if wide(first) {
            let ends: Vec<usize> = text[at..].char_indices().take(MOST_HAN).map(|(start, one)| at + start + one.len_utf8()).collect();
            return ends.into_iter().rev().find_map(|end| Some((self.names.get(&text[at..end])?, end)));
        }
        let sign_end = at + first.len_utf8();
        let mut end = if joins(first) { word_at(text, at).1 } else { sign_end };
        // `US$`, `HK$`: a sign of money that letters belong to.
        if joins(first) && text[end..].starts_with('$') {
            end += 1;
        }
        let mut name = text[at..end].to_owned();
        let mut best = self.get(&name).map(|unit| (unit, end));
        for _ in 1..MOST_WORDS {
            let (word, next) = next_word(text, end);
            if word.is_empty() {
                break;
            }
            name = format!("{name} {word}");
            end = next;
            best = self.get(&name).map(|unit| (unit, end)).or(best);
        }
        best
    }

    /// The money whose sign or code stands before an offset, with the start of that sign.
    #[must_use]
    pub fn money_before(&self, text: &str, at: usize) -> Option<(&Arc<Unit>, usize)> {
        let before = text.get(..at)?.trim_end();
        let sign = BEFORE_MONEY.iter().find(|sign| before.ends_with(**sign))?;
        let start = before.len() - sign.len();
        let glued = text[..start].chars().next_back().is_some_and(joins);
        // A sign stands close to its number; a code may stand apart.
        let apart = before.len() < at && !sign.starts_with(char::is_alphabetic);
        if glued || apart { None } else { self.names.get(*sign).map(|unit| (unit, start)) }
    }

    /// Reads the text of a claim's `unit`.
    #[must_use]
    pub fn phrase(&self, text: &str) -> Phrase {
        let mut at = skip_space(text, 0);
        let mut phrase = Phrase { magnitude: 1.0, unit: None };
        if let Some(number) = numeral::read(text, at) {
            phrase.magnitude = number.value;
            at = skip_gap(text, number.end);
        }
        at = self.multiply(text, at, &mut phrase.magnitude);
        if let Some((unit, end)) = self.at(text, at) {
            phrase.unit = Some(unit.clone());
            // `US$ million`: the magnitude may stand after the sign.
            self.multiply(text, skip_gap(text, end), &mut phrase.magnitude);
        }
        phrase
    }

    /// Takes in the magnitudes at an offset, in the plural too, and gives the offset after them.
    fn multiply(&self, text: &str, mut at: usize, number: &mut f64) -> usize {
        loop {
            let (word, end) = word_at(text, at);
            let plural = || MAGNITUDES.iter().find(|(name, _)| word.strip_suffix('s') == Some(name)).map(|(_, factor)| (*factor, end));
            let Some((factor, end)) = self.magnitude(text, at, false).or_else(plural) else { return at };
            *number *= factor;
            at = skip_gap(text, end);
            if let ("of", after) = word_at(text, at) {
                at = skip_space(text, after);
            }
        }
    }

    /// The magnitude at an offset, with its end.
    pub(super) fn magnitude(&self, text: &str, at: usize, money: bool) -> Option<(f64, usize)> {
        let first = char_at(text, at)?;
        if let Some((_, factor)) = HAN_MAGNITUDES.iter().find(|(one, _)| *one == first) {
            // A unit may begin with the same character: 千瓦时, 百分点.
            return self.at(text, at).is_none().then(|| (*factor, at + first.len_utf8()));
        }
        let (word, end) = word_at(text, at);
        let named = MAGNITUDES.iter().find(|(name, _)| word.eq_ignore_ascii_case(name));
        let lettered = MONEY_LETTERS.iter().find(|(name, _)| money && *name == word);
        named.or(lettered).map(|(_, factor)| (*factor, end))
    }

    /// What one of a claim's unit is in the base of that unit; one, where the unit is only a word.
    #[must_use]
    pub fn scale(&self, unit: Option<&str>) -> f64 {
        unit.map_or(1.0, |unit| self.phrase(unit).scale())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> UnitConfig {
        UnitConfig::Names(names.iter().map(|name| (*name).to_owned()).collect())
    }

    fn worth(names: &[&str], is: &str) -> UnitConfig {
        UnitConfig::Worth { names: names.iter().map(|name| (*name).to_owned()).collect(), is: Some(is.to_owned()) }
    }

    #[test]
    fn the_longest_name_counts() {
        let units = Units::default();
        for (text, name, end) in [
            ("percentage points of", "percentage points", 17),
            ("% points", "percentage points", 8),
            ("%", "%", 1),
            ("per cent a year", "%", 8),
            ("US dollars", "US dollar", 10),
            ("US$", "US dollar", 3),
            ("kilowatt-hours.", "kWh", 14),
            ("km2", "km2", 3),
            ("Tonnes", "t", 6),
            ("GW", "GW", 2),
            ("千瓦时的电", "kWh", 9),
            ("元", "yuan", 3),
        ] {
            let found = units.at(text, 0).map(|(unit, end)| (unit.name.as_str(), end));
            let shown = units.get(name).map_or(name, |unit| unit.name.as_str());
            assert_eq!(found, Some((shown, end)), "{text}");
        }
        for word in ["control points", "Gw", "G", "KM", "vehicles", "rank (China)", ""] {
            assert_eq!(units.at(word, 0), None, "{word}");
        }
    }

    #[test]
    fn a_claims_unit_is_a_magnitude_a_unit_and_words() {
        let units = Units::default();
        for (text, magnitude, base) in [
            ("million tonnes", 1e6, "mass"),
            ("thousands of vehicles", 1e3, ""),
            ("trillion yuan", 1e12, "yuan"),
            ("US$ million", 1e6, "US dollar"),
            ("万亿元", 1e12, "yuan"),
            ("10,000 t", 1e4, "mass"),
            ("% year on year", 1.0, "share"),
            ("t CO2 per t SF6", 1.0, "mass"),
            ("control points", 1.0, ""),
            ("rank (world)", 1.0, ""),
            ("个百分点", 1.0, ""),
            ("百分点", 1.0, "percentage point"),
        ] {
            let phrase = units.phrase(text);
            assert_eq!(
                (phrase.magnitude, phrase.unit.map_or(String::new(), |unit| unit.base.clone())),
                (magnitude, base.to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn a_site_adds_units() {
        let config = BTreeMap::from([
            ("box pair".to_owned(), worth(&[], "2 TEU")),
            ("standard box".to_owned(), worth(&["TEU"], "38.5 m3")),
            ("vehicle".to_owned(), names(&["vehicles", "cars"])),
        ]);
        let (units, faults) = Units::new(&config);
        assert_eq!(faults, []);
        let factor = |name: &str| units.get(name).map(|unit| (unit.base.clone(), unit.factor));
        assert_eq!(factor("box pair"), Some(("volume".to_owned(), 77.0)));
        assert_eq!(factor("Cars"), Some(("vehicle".to_owned(), 1.0)));
    }

    #[test]
    fn what_is_wrong_with_a_sites_units_is_said() {
        let config = BTreeMap::from([
            ("a thing".to_owned(), worth(&[], "2 other things")),
            ("other things".to_owned(), worth(&["7s"], "2 a thing")),
            ("vehicle".to_owned(), names(&["cars", "2nd"])),
            ("wagon".to_owned(), names(&["cars"])),
        ]);
        let (units, faults) = Units::new(&config);
        let keys: Vec<&str> = faults.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, ["vehicle", "wagon", "a thing", "other things"]);
        assert_eq!(units.get("cars").map(|unit| unit.name.as_str()), Some("vehicle"));
    }

    #[test]
    fn a_site_writes_a_list_or_a_table() {
        let read = serde_json::from_str::<BTreeMap<String, UnitConfig>>;
        let written = r#"{"vehicle": ["vehicles", "cars"], "box": {"names": ["TEU"], "is": "38.5 m3"}}"#;
        let wanted = BTreeMap::from([("vehicle".to_owned(), names(&["vehicles", "cars"])), ("box".to_owned(), worth(&["TEU"], "38.5 m3"))]);
        assert_eq!(read(written).ok(), Some(wanted));
        let message = read(r#"{"vehicle": 3}"#).map_err(|error| error.to_string());
        assert!(message.is_err_and(|message| message.contains("a list of names, or a table")));
    }
}
