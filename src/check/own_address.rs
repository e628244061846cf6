//! Links to pages of the site that are written with its full address.

use super::Scene;
use crate::text::{Diagnostic, Diagnostics, Place, rules};

/// `own-address`: such a link leaves a copy of the site that is built elsewhere, and is not checked.
pub(super) fn own_address(scene: &Scene<'_>, diagnostics: &mut Diagnostics) {
    let Some(base) = &scene.briefing.config.base_url else { return };
    for section in &scene.briefing.sections {
        for (address, span) in &section.body.outside {
            let Some(rest) = address.strip_prefix(base.value.as_str()) else { continue };
            let (page, anchor) = rest.split_once('#').unwrap_or((rest, ""));
            let found = Diagnostic::new(
                &rules::OWN_ADDRESS,
                Place::new(section.path.clone(), *span),
                format!("`{address}` is a page of this site"),
            );
            diagnostics.push(found.help(way_out(scene, page, anchor)));
        }
    }
}

/// The file to link to, where the page is a section's.
fn way_out(scene: &Scene<'_>, page: &str, anchor: &str) -> String {
    let wanted = format!("{}/index.html", page.trim_end_matches("index.html").trim_end_matches('/'));
    let wanted = wanted.trim_start_matches('/');
    let number = scene.briefing.addresses.pages.iter().position(|address| address == wanted);
    let anchor = if anchor.is_empty() { String::new() } else { format!("#{anchor}") };
    match number {
        Some(number) => format!("link to its file: `[words](/{}{anchor})`", scene.briefing.sections[number].content_path),
        None => "link to a file of the content folder, so that the link is checked".to_owned(),
    }
}
