//! Sources whose marks are the same, and what tells them apart: `X. Wang 2022`, `Wang 2022a`.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::render::{Draft, Press, Proof};
use super::style::Style;
use crate::cite::cluster::Mark;
use crate::cite::name::initials;

/// A source that is told apart from others.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) mark: Mark,
    /// The HTML of its entry.
    pub(super) entry: String,
}

/// What to add to the mark of a source.
struct Addition {
    source: usize,
    /// The leading name with initials or given names.
    lead: Option<String>,
    /// The letter after the year.
    letter: Option<String>,
}

/// Finds the sources whose marks are the same, and tells them apart as the style does.
/// Letters follow the order of the list.
pub(super) fn tell_apart(style: &Style, press: &Press, order: &[usize], drafts: &[Draft], proofs: &[Proof]) -> Vec<(usize, Told)> {
    let additions = all_additions(style, press, order, drafts);
    let teller = Teller::new(press, drafts, proofs, &additions);
    additions.par_iter().map(|addition| (addition.source, teller.told(addition))).collect()
}

fn all_additions(style: &Style, press: &Press, order: &[usize], drafts: &[Draft]) -> Vec<Addition> {
    let mut alike: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &source in order {
        alike.entry(&drafts[source].full.html).or_default().push(source);
    }
    let groups = alike.values().filter(|group| group.len() > 1);
    groups.flat_map(|group| additions(style, press, group)).collect()
}

/// What to add to the marks of a group: names where the people differ, letters
/// among the works of one.
fn additions(style: &Style, press: &Press, group: &[usize]) -> Vec<Addition> {
    let mut people: BTreeMap<Option<&(String, String)>, Vec<usize>> = BTreeMap::new();
    for &source in group {
        let person = press.lead(source).filter(|_| style.adds_given_names());
        people.entry(person).or_default().push(source);
    }
    let differ = people.len() > 1;
    let short = |given: &str| people.keys().flatten().filter(|(_, other)| initials(other) == initials(given)).count();
    let lead = |person: Option<&(String, String)>| {
        let (family, given) = person.filter(|_| differ)?;
        let given = if short(given) > 1 { given.clone() } else { initials(given) };
        Some(format!("{given} {family}"))
    };
    let of_person = |(person, works): (Option<&(String, String)>, Vec<usize>)| {
        let lead = lead(person);
        let lettered = style.letters() && works.len() > 1;
        let addition = |(place, &source): (usize, &usize)| Addition { source, lead: lead.clone(), letter: lettered.then(|| letter(place)) };
        works.iter().enumerate().map(addition).collect::<Vec<_>>()
    };
    people.clone().into_iter().flat_map(of_person).collect()
}

/// Makes the additions. To print every source with another like it takes several
/// times as long as to print it alone, so that is done for one source of each cut
/// of the style, and where it only puts the letter after the year, for no other.
struct Teller<'a> {
    press: &'a Press,
    drafts: &'a [Draft],
    proofs: &'a [Proof],
    /// The cuts of the style that put the letter right after the year.
    plain: BTreeSet<usize>,
}

impl<'a> Teller<'a> {
    /// Learns from one source of each cut where the style puts the letter.
    fn new(press: &'a Press, drafts: &'a [Draft], proofs: &'a [Proof], additions: &[Addition]) -> Self {
        let teller = Self { press, drafts, proofs, plain: BTreeSet::new() };
        let mut models = BTreeMap::new();
        for addition in additions.iter().filter(|addition| addition.letter.is_some()) {
            let source = addition.source;
            if after_year(&drafts[source], &proofs[source], "a").is_some() {
                models.entry(press.cut(source)).or_insert(source);
            }
        }
        let is_plain = |&(_, source): &(usize, usize)| {
            let addition = Addition { source, lead: None, letter: None };
            after_year(&drafts[source], &proofs[source], "a") == Some(teller.by_twin(&addition, &drafts[source], "a"))
        };
        let plain = models.into_par_iter().filter(is_plain).map(|(cut, _)| cut).collect();
        Self { plain, ..teller }
    }

    fn told(&self, addition: &Addition) -> Told {
        let source = addition.source;
        let led = addition.lead.as_deref().map(|lead| self.press.draft(source, None, Some(lead)));
        let draft = led.as_ref().unwrap_or(&self.drafts[source]);
        let proof = &self.proofs[source];
        let Some(letter) = &addition.letter else { return Told { mark: draft.mark(), entry: proof.entry.html.clone() } };
        let plain = self.plain.contains(&self.press.cut(source));
        let told = if plain { after_year(draft, proof, letter) } else { None };
        told.unwrap_or_else(|| self.by_twin(addition, draft, letter))
    }

    /// Puts a letter where the style puts it when it prints the source with another like it.
    fn by_twin(&self, addition: &Addition, draft: &Draft, letter: &str) -> Told {
        let (first, proof) = self.press.first_of_two(addition.source, addition.lead.as_deref());
        let full = lettered(&draft.full.html, &first.full.html, letter);
        let rest = lettered(&draft.rest.html, &first.rest.html, letter);
        Told {
            mark: Mark { full, rest, names: draft.names.clone() },
            entry: lettered(&self.proofs[addition.source].entry.html, &proof.entry.html, letter),
        }
    }
}

/// Puts a letter right after the year, if mark and entry have one.
fn after_year(draft: &Draft, proof: &Proof, letter: &str) -> Option<Told> {
    let mark = Mark { full: draft.full.lettered(letter)?, rest: draft.rest.lettered(letter)?, names: draft.names.clone() };
    Some(Told { mark, entry: proof.entry.lettered(letter)? })
}

/// Puts a letter where the style has put `a`: `first` is `alone` with some text
/// inserted that ends in that letter.
fn lettered(alone: &str, first: &str, letter: &str) -> String {
    let before: usize = alone.chars().zip(first.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let inserted = first.strip_suffix(&alone[before..]).and_then(|first| first.get(before..));
    match inserted.and_then(|inserted| inserted.strip_suffix('a')) {
        Some(lead) => format!("{}{lead}{letter}{}", &alone[..before], &alone[before..]),
        None => alone.to_owned(),
    }
}

/// The letters a, b, ... z, aa, ab, ...
fn letter(mut place: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push("abcdefghijklmnopqrstuvwxyz".as_bytes()[place % 26]);
        match (place / 26).checked_sub(1) {
            Some(rest) => place = rest,
            None => break,
        }
    }
    letters.iter().rev().map(|&letter| char::from(letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cite::golden::{crowd, records};
    use crate::kind::Source;

    /// Each record several times, with its year also in places where no letter belongs.
    fn copies() -> Vec<(String, Source)> {
        let mut records = records();
        records.push(("crowd", crowd()));
        let copy_of = |(id, source): (&str, Source)| {
            let year = source.date.clone().unwrap_or_default();
            let text = |text: &str| Some(text.replace("YEAR", &year));
            let worded = Source { title: text("In YEAR, YEAR"), page: text("YEAR"), accessed: text("YEAR"), ..source.clone() };
            let terse = Source { title: text("X"), volume: text("YEAR"), container: text("YEAR"), ..source.clone() };
            let named = Source { author: source.author.iter().map(|name| name.replace("Wang", "Wang 2020")).collect(), ..terse.clone() };
            let all = [source, worded, terse.clone(), named, terse];
            all.into_iter().enumerate().map(move |(copy, source)| (format!("{id}-{copy}"), source)).collect::<Vec<_>>()
        };
        records.into_iter().flat_map(copy_of).collect()
    }

    #[test]
    fn a_letter_put_after_the_year_is_where_the_style_puts_it() {
        let records = copies();
        let sources: Vec<(&str, &Source)> = records.iter().map(|(id, source)| (id.as_str(), source)).collect();
        let order: Vec<usize> = (0..sources.len()).collect();
        let mut quick = 0;
        for name in crate::cite::names() {
            let style = Style::find(name).expect("the style is in the archive");
            if !style.letters() {
                continue;
            }
            let press = Press::new(&style, "en", &sources);
            let drafts: Vec<Draft> = order.par_iter().map(|&source| press.draft(source, None, None)).collect();
            let proofs: Vec<Proof> = order.par_iter().map(|&source| press.entry(source)).collect();
            let additions = all_additions(&style, &press, &order, &drafts);
            let teller = Teller::new(&press, &drafts, &proofs, &additions);
            let slow = Teller { press: &press, drafts: &drafts, proofs: &proofs, plain: BTreeSet::new() };
            quick += teller.plain.len();
            additions.par_iter().for_each(|addition| {
                assert_eq!(teller.told(addition), slow.told(addition), "{name} {}", sources[addition.source].0);
            });
        }
        assert!(quick > 0);
    }

    #[test]
    fn letters_go_on_after_z() {
        let letters = [0, 1, 25, 26, 27, 701, 702].map(letter);
        assert_eq!(letters, ["a", "b", "z", "aa", "ab", "zz", "aaa"]);
    }

    #[test]
    fn a_letter_replaces_the_one_of_the_style() {
        assert_eq!(lettered("(Li, 2022)", "(Li, 2022a)", "c"), "(Li, 2022c)");
        assert_eq!(lettered("n.d. x", "n.d.-a x", "b"), "n.d.-b x");
        assert_eq!(lettered("Li 2022", "Li 2022", "b"), "Li 2022");
    }
}
