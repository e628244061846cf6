//! Raw HTML made harmless; alone knows the sanitiser.

use std::collections::BTreeMap;

use super::body::Fragment;
use super::body::Hole;

/// Begins a hole's number while the fragment is one text. A private-use character: the HTML parser replaces
/// non-characters, and [`clean`] refuses texts that hold it.
const START: char = '\u{f8f0}';
/// Ends it.
const END: char = '\u{f8f1}';

/// The fragment without elements, attributes and addresses that can do harm, and whether anything was removed.
/// What Postil itself writes into a body passes.
pub(super) fn clean(fragment: &Fragment) -> (Fragment, bool) {
    let marked = join(&fragment.html.replace([START, END], ""), &fragment.holes, fragment.html.len());
    let prefixes: Vec<bool> = fragment.holes.iter().map(|(_, hole)| *hole == Hole::Prefix).collect();
    let mut cleaner = cleaner();
    // A reference inside an attribute would be filled in there, and its quotation marks would end the attribute.
    cleaner.attribute_filter(move |_, _, value| only_prefixes(value, &prefixes).then(|| value.into()));
    let cleaned = cleaner.clean(&marked).to_string();
    let changed = lacks(&cleaned, &marked);
    (split(&cleaned, &fragment.holes), changed)
}

fn cleaner() -> ammonia::Builder<'static> {
    let mut builder = ammonia::Builder::default();
    builder
        .add_tags(["section", "figure", "figcaption", "aside", "input", "ruby", "rt", "rp", "mark", "details", "summary"])
        .add_generic_attributes(["id", "class", "lang", "dir", "title", "role", "aria-label", "tabindex"])
        .add_tag_attributes("input", ["type", "checked", "disabled"])
        .add_tag_attributes("a", ["rel"])
        .add_tag_attributes("ol", ["start"])
        .add_tag_attributes("time", ["datetime"])
        .add_tag_attributes("details", ["open"])
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .rm_tag_attributes("img", ["src"])
        .link_rel(None);
    builder
}

/// Puts each hole's number at its place, so that the HTML parser carries it along as text.
fn join(html: &str, holes: &[(usize, Hole)], len: usize) -> String {
    if html.len() != len {
        // The text held one of the two marks, so offsets no longer fit: the holes go to the end rather than astray.
        return holes.iter().enumerate().fold(html.to_owned(), |text, (number, _)| format!("{text}{START}{number}{END}"));
    }
    let mut out = String::with_capacity(html.len() + holes.len() * 8);
    let mut from = 0;
    for (number, (at, _)) in holes.iter().enumerate() {
        out.push_str(&html[from..*at]);
        out.push(START);
        out.push_str(&number.to_string());
        out.push(END);
        from = *at;
    }
    out.push_str(&html[from..]);
    out
}

/// Whether the holes in an attribute are the beginnings of anchors, which alone belong there.
fn only_prefixes(value: &str, prefixes: &[bool]) -> bool {
    let numbers = value.split(START).skip(1).map(|piece| piece.split(END).next().and_then(|number| number.parse::<usize>().ok()));
    numbers.into_iter().all(|number| number.and_then(|number| prefixes.get(number)).copied().unwrap_or(false))
}

fn split(text: &str, holes: &[(usize, Hole)]) -> Fragment {
    let mut out = Fragment::default();
    let mut pieces = text.split(START);
    out.html.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let Some((number, rest)) = piece.split_once(END) else { continue };
        if let Some((_, hole)) = number.parse::<usize>().ok().and_then(|number| holes.get(number)) {
            out.holes.push((out.html.len(), *hole));
        }
        out.html.push_str(rest);
    }
    out
}

/// Whether the cleaned HTML lacks anything: an element or attribute that was there, or a reference. What the HTML
/// parser adds, such as the end of an element, is no loss.
fn lacks(cleaned: &str, marked: &str) -> bool {
    let (after, before) = (counts(cleaned), counts(marked));
    before.iter().any(|(what, number)| after.get(what).is_none_or(|left| left < number))
}

/// How often each element begins, and how many attributes and references there are.
fn counts(html: &str) -> BTreeMap<String, usize> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for piece in html.split('<').skip(1).filter(|piece| piece.starts_with(|one: char| one.is_ascii_alphabetic())) {
        let name = piece.split(|one: char| !one.is_ascii_alphanumeric()).next().unwrap_or_default();
        *counts.entry(name.to_ascii_lowercase()).or_default() += 1;
    }
    for sign in ['=', START] {
        counts.insert(sign.to_string(), html.matches(sign).count());
    }
    counts
}
