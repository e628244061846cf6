//! Old addresses of sections, which lead to them: a small page at each, and a list for hosts that read one.

use std::collections::BTreeMap;

use super::desk::Desk;
use super::file;
use crate::briefing::{Briefing, folded};
use crate::output::OutFile;
use crate::parse::{encoded, escape};
use crate::read::publish::Part;
use crate::text::{Diagnostic, Diagnostics, Place, Spanned, rules};

/// Signs that no address of a file may have.
const SIGNS: [char; 10] = ['\\', '?', '#', '*', ':', '"', '<', '>', '|', '%'];

/// The aliases that can be addresses: the file of each, and its section.
fn aliases(briefing: &Briefing) -> impl Iterator<Item = (String, usize, &Spanned<String>)> {
    let sections = briefing.sections.iter().enumerate();
    sections.flat_map(|(number, section)| section.head.aliases.iter().filter_map(move |alias| Some((path(&alias.value)?, number, alias))))
}

/// The file of an address from the root of the site: a folder's index, unless it names a page.
fn path(alias: &str) -> Option<String> {
    let inside = alias.strip_prefix('/').unwrap_or(alias);
    let inside = inside.strip_suffix('/').unwrap_or(inside);
    let strange = |part: &str| {
        part.is_empty() || part.starts_with('.') || part.contains(SIGNS) || part.contains(char::is_control) || part.trim() != part
    };
    if inside.split('/').any(strange) {
        return None;
    }
    let is_page = [".html", ".htm"].iter().any(|end| inside.to_ascii_lowercase().ends_with(end));
    Some(if is_page { inside.to_owned() } else { format!("{inside}/index.html") })
}

/// The addresses of all pages that lead on.
pub(super) fn paths(briefing: &Briefing) -> impl Iterator<Item = String> {
    aliases(briefing).map(|(path, ..)| path)
}

/// Finds aliases that are no addresses, and those at which something else stands. `made` are the addresses of all other
/// files that are made, but those of sections.
pub(super) fn examine(briefing: &Briefing, made: &[&str], diagnostics: &mut Diagnostics) {
    for section in &briefing.sections {
        for alias in section.head.aliases.iter().filter(|alias| path(&alias.value).is_none()) {
            let message = format!("`{}` is no address below the root of the site", alias.value);
            let found = Diagnostic::new(&rules::WRONG_TYPE, Place::new(section.path.clone(), alias.span), message);
            diagnostics.push(found.help("write it as it was after the address of the site, such as `2023/energy/`"));
        }
    }
    let addresses = &briefing.addresses;
    if aliases(briefing).next().is_none() {
        return;
    }
    let own = addresses.pages.iter().chain(&addresses.assets).map(String::as_str);
    let mut taken: BTreeMap<String, Option<Place>> = made.iter().copied().chain(own).map(|path| (folded(path), None)).collect();
    for (path, number, alias) in aliases(briefing) {
        let place = Place::new(briefing.sections[number].path.clone(), alias.span);
        match in_the_way(&taken, &folded(&path)) {
            None => drop(taken.insert(folded(&path), Some(place))),
            Some(other) => {
                let found = Diagnostic::new(&rules::ADDRESS_COLLISION, place, format!("something else has the address `{path}`"));
                let found = found.help("take this alias out: an old address can lead on only where nothing stands");
                diagnostics.push(match other {
                    Some(other) => found.related(other.clone(), "it is claimed here"),
                    None => found,
                });
            }
        }
    }
}

/// Who has an address, or one that would make it a folder, or one of the folders that it stands in.
fn in_the_way<'t>(taken: &'t BTreeMap<String, Option<Place>>, path: &str) -> Option<&'t Option<Place>> {
    let folders = path.match_indices('/').find_map(|(at, _)| taken.get(&path[..at]));
    let inside = format!("{path}/");
    let below = || taken.range(inside.clone()..).next().filter(|(other, _)| other.starts_with(&inside)).map(|(_, place)| place);
    taken.get(path).or(folders).or_else(below)
}

/// The pages that lead on, and the list of them.
pub(super) fn files(desk: &Desk) -> Vec<OutFile> {
    let mut list = String::new();
    let mut files = Vec::new();
    for (path, number, _) in aliases(&desk.briefing) {
        let to = &desk.briefing.addresses.pages[number];
        let (from, target) = (desk.address.on_host(&path), desk.address.on_host(to));
        list.push_str(&format!("{from} {target} 301\n"));
        // Some hosts take an address with and without its last stroke for two.
        if let Some(bare) = from.strip_suffix('/').filter(|bare| !bare.is_empty()) {
            list.push_str(&format!("{bare} {target} 301\n"));
        }
        files.push(file(&path, stub(desk, &path, number)));
    }
    if !list.is_empty() && desk.makes(Part::Redirects) {
        files.push(file(super::REDIRECTS, list));
    }
    files
}

/// A page that leads on to a section: by itself, and with a link.
fn stub(desk: &Desk, from: &str, number: usize) -> String {
    let to = &desk.briefing.addresses.pages[number];
    let href = escape(&format!("{}{}", "../".repeat(from.matches('/').count()), encoded(to)));
    let canonical = desk.address.full(to).map(|url| format!("<link rel=\"canonical\" href=\"{}\">\n", escape(&url))).unwrap_or_default();
    let (title, language) = (escape(&desk.briefing.sections[number].title), escape(&desk.briefing.config.language));
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
        <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
        <meta http-equiv=\"refresh\" content=\"0; url={href}\">\n<meta name=\"robots\" content=\"noindex\">\n{canonical}</head>\n\
        <body>\n<main>\n<h1>{title}</h1>\n<p>This page has another address: <a href=\"{href}\">{title}</a>.</p>\n</main>\n</body>\n</html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn aliases_are_addresses_below_the_root() {
        let file = |alias| path(alias).unwrap_or_default();
        assert_eq!(["old", "/old/", "a/b.html", "中试/"].map(file), ["old/index.html", "old/index.html", "a/b.html", "中试/index.html"]);
        for bad in ["", "/", "../a", "a//b", "a/../b", ".git", "https://x", "a?b", "a#b", " a", "a\n", "a%20b", "*"] {
            assert_eq!(path(bad), None, "{bad}");
        }
    }
}
