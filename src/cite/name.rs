//! The name of a person or an organisation, as the author of a record writes it.

/// A name, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Name<'a> {
    /// A person: `Family, Given` or `Family, Given, Jr.`
    Person {
        /// The lower-case words before the family name: `de`, `van der`.
        particle: &'a str,
        /// The family name.
        family: &'a str,
        /// The given names.
        given: &'a str,
        /// What follows the name: `Jr.`, `III`.
        suffix: &'a str,
    },
    /// An organisation, or a name that must not be taken apart.
    Literal(&'a str),
}

impl<'a> Name<'a> {
    /// Takes a name apart at its first comma; braces around it keep it whole.
    pub(super) fn parse(name: &'a str) -> Self {
        let name = name.trim();
        if let Some(inner) = name.strip_prefix('{').and_then(|n| n.strip_suffix('}')) {
            return Self::Literal(inner.trim());
        }
        let mut parts = name.split([',', '，']).map(str::trim);
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(family), Some(given), suffix, None) if !family.is_empty() && !given.is_empty() && suffix.is_none_or(is_suffix) => {
                let (particle, family) = split_particle(family);
                Self::Person { particle, family, given, suffix: suffix.unwrap_or("") }
            }
            _ => Self::Literal(name.trim_end_matches([',', '，'])),
        }
    }

    /// The name that stands in a citation: the family name, or the whole.
    pub(super) fn short(&self) -> String {
        match *self {
            Self::Person { family, given, .. } if is_cjk(family) => format!("{family}{given}"),
            Self::Person { particle: "", family, .. } => family.to_owned(),
            Self::Person { particle, family, .. } => format!("{particle} {family}"),
            Self::Literal(name) => name.to_owned(),
        }
    }

    /// The whole name with the family name first, as lists of sources print it.
    pub(super) fn inverted(&self) -> String {
        match *self {
            Self::Person { family, given, suffix, .. } if !is_cjk(family) => {
                let comma = if suffix.is_empty() { "" } else { ", " };
                format!("{}, {given}{comma}{suffix}", self.short())
            }
            _ => self.short(),
        }
    }
}

/// The initials of given names: `J. P.` for `Jan Peter`, `X.-M.` for `Xiao-Ming`.
#[cfg(feature = "cite")]
pub(super) fn initials(given: &str) -> String {
    let word = |word: &str| {
        let parts = word.split('-').filter_map(|part| part.chars().next());
        parts.map(|initial| format!("{initial}.")).collect::<Vec<_>>().join("-")
    };
    given.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

/// Whether a text has Chinese, Japanese or Korean characters.
pub(super) fn is_cjk(text: &str) -> bool {
    text.chars().any(|c| {
        matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{3005}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}'
            | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
    })
}

/// A third part is taken for a suffix only where it is one of the usual ones,
/// because an organisation may have two commas in its name.
fn is_suffix(part: &str) -> bool {
    matches!(part.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III" | "IV" | "V")
}

/// Splits off the lower-case words before a family name.
fn split_particle(family: &str) -> (&str, &str) {
    let start = family.split_inclusive(' ').take_while(|word| word.starts_with(char::is_lowercase)).map(str::len).sum();
    match family.split_at(start) {
        (_, "") => ("", family),
        (particle, family) => (particle.trim_end(), family),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_only_where_they_are_persons() {
        let person = |particle, family, given, suffix| Name::Person { particle, family, given, suffix };
        for (text, name) in [
            ("Wang, Xiaoming", person("", "Wang", "Xiaoming", "")),
            ("van der Berg, Jan", person("van der", "Berg", "Jan", "")),
            ("王，小明", person("", "王", "小明", "")),
            ("King, Martin Luther, Jr.", person("", "King", "Martin Luther", "Jr.")),
            ("al", Name::Literal("al")),
            ("National Bureau of Statistics", Name::Literal("National Bureau of Statistics")),
            ("{Ministry of Commerce, PRC}", Name::Literal("Ministry of Commerce, PRC")),
            ("Health, Labour, Welfare", Name::Literal("Health, Labour, Welfare")),
            ("Wang,", Name::Literal("Wang")),
        ] {
            assert_eq!(Name::parse(text), name, "{text}");
        }
        assert_eq!(Name::parse("王, 小明").inverted(), "王小明");
        assert_eq!(Name::parse("de Vries, Jan").inverted(), "de Vries, Jan");
    }
}
