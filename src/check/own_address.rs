//! Links to pages of the site that are written with its full address.

use super::Scene;
use crate::text::{Diagnostic, Diagnostics, Edit, Fix, Place, Span, rules};

/// `own-address`: such a link leaves a copy of the site that is built elsewhere, and is not checked.
pub(super) fn own_address(scene: &Scene<'_>, diagnostics: &mut Diagnostics) {
    let Some(base) = &scene.briefing.config.base_url else { return };
    for section in &scene.briefing.sections {
        for (address, span) in &section.body.outside {
            let Some(rest) = address.strip_prefix(base.value.as_str()) else { continue };
            let (page, anchor) = rest.split_once('#').unwrap_or((rest, ""));
            let place = Place::new(section.path.clone(), *span);
            let found = Diagnostic::new(&rules::OWN_ADDRESS, place.clone(), format!("`{address}` is a page of this site"));
            let Some(file) = file(scene, page, anchor) else {
                diagnostics.push(found.help("link to a file of the content folder, so that the link is checked"));
                continue;
            };
            let found = found.help(format!("link to its file: `[words]({file})`"));
            diagnostics.push(match written(scene, &place, address) {
                Some(place) => found.fix(Fix::safe(format!("link to {file}"), vec![Edit { place, text: file }])),
                None => found,
            });
        }
    }
}

/// The file to link to, where the page is a section's that has such a heading.
fn file(scene: &Scene<'_>, page: &str, anchor: &str) -> Option<String> {
    let wanted = format!("{}/index.html", page.trim_end_matches("index.html").trim_end_matches('/'));
    let wanted = wanted.trim_start_matches('/');
    let number = scene.briefing.addresses.pages.iter().position(|address| address == wanted)?;
    let section = &scene.briefing.sections[number];
    if anchor.is_empty() {
        return Some(format!("/{}", section.content_path));
    }
    let known = section.body.headings.iter().any(|heading| heading.id == anchor);
    known.then(|| format!("/{}#{anchor}", section.content_path))
}

/// The place of the address in a link's brackets; an address that is its own words stays as it is.
fn written(scene: &Scene<'_>, link: &Place, address: &str) -> Option<Place> {
    let bytes = scene.briefing.scope().snapshot.get(&link.path)?;
    let text = std::str::from_utf8(bytes).ok()?.get(link.span.range())?;
    let at = text.rfind(&format!("]({address}"))? + "](".len();
    let ends = text[at + address.len()..].starts_with([')', ' ']);
    ends.then(|| Place { path: link.path.clone(), span: Span::new(at, at + address.len()).shift(link.span.start) })
}
