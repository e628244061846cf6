//! Links to pages of the site that are written with its full address.

use super::Text;
use crate::briefing::Briefing;
use crate::text::{Diagnostic, Diagnostics, Edit, Fix, Place, Span, rules};

/// `own-address`: such a link leaves a copy of the site that is built elsewhere, and is not checked.
pub(super) fn own_address(text: &Text<'_>, diagnostics: &mut Diagnostics) {
    let briefing = text.briefing;
    let Some(base) = &briefing.config.base_url else { return };
    for (address, span) in &text.section.body.outside {
        let Some(rest) = address.strip_prefix(base.value.as_str()) else { continue };
        let (page, anchor) = rest.split_once('#').unwrap_or((rest, ""));
        let place = Place::new(text.section.path.clone(), *span);
        let found = Diagnostic::new(&rules::OWN_ADDRESS, place.clone(), format!("`{address}` is a page of this site"));
        let Some(file) = file(briefing, page, anchor) else {
            diagnostics.push(found.help("link to a file of the content folder, so that the link is checked"));
            continue;
        };
        let found = found.help(format!("link to its file: `[words]({file})`"));
        diagnostics.push(match written(briefing, &place, address) {
            Some(place) => found.fix(Fix::safe(format!("link to {file}"), vec![Edit { place, text: file }])),
            None => found,
        });
    }
}

/// The file to link to, where the page is a section's that has such a heading.
fn file(briefing: &Briefing, page: &str, anchor: &str) -> Option<String> {
    let wanted = format!("{}/index.html", page.trim_end_matches("index.html").trim_end_matches('/'));
    let wanted = wanted.trim_start_matches('/');
    let number = briefing.addresses.section_at(wanted)?;
    let section = &briefing.sections[number];
    if anchor.is_empty() {
        return Some(format!("/{}", section.content_path));
    }
    let known = section.body.headings.iter().any(|heading| heading.id == anchor);
    known.then(|| format!("/{}#{anchor}", section.content_path))
}

/// The place of the address in a link's brackets; an address that is its own words stays as it is.
fn written(briefing: &Briefing, link: &Place, address: &str) -> Option<Place> {
    let bytes = briefing.scope().snapshot.get(&link.path)?;
    let text = std::str::from_utf8(bytes).ok()?.get(link.span.range())?;
    let at = text.rfind(&format!("]({address}"))? + "](".len();
    let ends = text[at + address.len()..].starts_with([')', ' ']);
    ends.then(|| Place { path: link.path.clone(), span: Span::new(at, at + address.len()).shift(link.span.start) })
}
