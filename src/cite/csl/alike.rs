//! Sources whose marks are the same, and what tells them apart: `X. Wang 2022`, `Wang 2022a`.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::Engine;
use super::render::Proof;
use super::style::Style;
use crate::cite::cluster::Mark;
use crate::cite::name::initials;

/// A source that is told apart from others.
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
pub(super) fn tell_apart(style: &Style, engine: &Engine, order: &[usize], proofs: &[Proof]) -> Vec<(usize, Told)> {
    if !style.letters() && !style.adds_given_names() {
        return Vec::new();
    }
    let marks: Vec<Arc<Mark>> = order.par_iter().map(|&source| engine.alone(source, None)).collect();
    let mut alike: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (&source, mark) in order.iter().zip(&marks) {
        alike.entry(&mark.full).or_default().push(source);
    }
    let groups = alike.values().filter(|group| group.len() > 1);
    let additions: Vec<Addition> = groups.flat_map(|group| additions(style, engine, group)).collect();
    additions.into_par_iter().map(|addition| (addition.source, told(engine, &addition, proofs))).collect()
}

/// What to add to the marks of a group: names where the people differ, letters
/// among the works of one.
fn additions(style: &Style, engine: &Engine, group: &[usize]) -> Vec<Addition> {
    let mut people: BTreeMap<Option<&(String, String)>, Vec<usize>> = BTreeMap::new();
    for &source in group {
        let person = engine.press.lead(source).filter(|_| style.adds_given_names());
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

fn told(engine: &Engine, addition: &Addition, proofs: &[Proof]) -> Told {
    let lead = addition.lead.as_deref();
    let mark = engine.press.mark_by(addition.source, lead);
    let entry = proofs[addition.source].html.clone();
    let Some(letter) = &addition.letter else { return Told { mark, entry } };
    let (first, proof) = engine.press.first_of_two(addition.source, lead);
    Told {
        mark: Mark { full: lettered(&mark.full, &first.full, letter), rest: lettered(&mark.rest, &first.rest, letter), names: mark.names },
        entry: lettered(&entry, &proof.html, letter),
    }
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
