//! Files in the place of others: what stands at an address that something else has.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::{citations, figures};
use crate::briefing::{Briefing, folded};
use crate::kind::{Kind, Record};
use crate::page::{self, Shape};
use crate::publish;
use crate::text::{Diagnostic, Diagnostics, Place, Span, rules};
use crate::theme::Theme;

/// The addresses of all files that are made, but those of sections and of the sizes of pictures.
pub(super) fn made(briefing: &Briefing, theme: &Theme) -> BTreeSet<String> {
    let pages = Shape::all(briefing).into_iter().filter(|shape| !matches!(shape, Shape::Section(_))).map(|shape| shape.path(briefing));
    // The plain addresses belong to the theme, whether they are used or not.
    let statics = theme.published().map(|(path, _)| path).chain(theme.statics().map(|(path, _)| path.to_owned()));
    let beside = figures::paths(briefing).chain(citations::paths(briefing)).chain(publish::paths(briefing));
    pages.chain(beside).chain(statics).collect()
}

/// Files of the content folder in the place of one that is made. Two sections with one address are found before, and
/// the sizes of pictures make way.
pub(super) fn collisions(briefing: &Briefing, made: &BTreeSet<String>, diagnostics: &mut Diagnostics) {
    of_figures(briefing, diagnostics);
    publish::examine(briefing, made, diagnostics);
    for asset in &briefing.addresses.assets {
        // A file in a folder that has the name of a file is in its way too.
        let folders = asset.match_indices('/').map(|(at, _)| &asset[..at]);
        let Some(taken) = folders.chain([asset.as_str()]).find(|path| made.contains(*path)) else { continue };
        let place = Place::new(format!("content/{asset}"), Span::default());
        let message = format!("the address `{taken}` belongs to a file that Postil makes");
        let part = publish::part(taken).and_then(|part| serde_json::to_string(&part).ok());
        let or = part.map(|part| format!(", or write `leave_out = [{part}]` under `[publish]`")).unwrap_or_default();
        diagnostics.push(Diagnostic::new(&rules::ADDRESS_COLLISION, place, message).help(format!("give the file another name{or}")));
    }
}

/// Other things in the place of a figure's page. Names that differ only in case or in Unicode form are one on some disks.
fn of_figures(briefing: &Briefing, diagnostics: &mut Diagnostics) {
    let mut taken: BTreeMap<String, &Record> = BTreeMap::new();
    for number in briefing.registry.of(Kind::Figure) {
        let record = &briefing.registry.get(number).record;
        let found =
            |message: String| Diagnostic::new(&rules::ADDRESS_COLLISION, record.place.clone(), message).help("give the figure another id");
        if folded(record.id()) == "index.html" {
            diagnostics.push(found("this id is the name of the page of all figures".to_owned()));
        }
        if format!("{}.json", folded(record.id())) == page::citation::CSL_JSON {
            diagnostics.push(found("the data of this figure would have the name of the file by which it is cited".to_owned()));
        }
        match taken.entry(folded(&page::figure_page(briefing, number))) {
            Entry::Vacant(free) => drop(free.insert(record)),
            Entry::Occupied(other) => {
                let message = format!("the figures `{}` and `{}` have one address", other.get().id(), record.id());
                diagnostics.push(found(message).related(other.get().place.clone(), "the other figure"));
            }
        }
    }
    for (address, section) in briefing.addresses.pages.iter().zip(&briefing.sections) {
        if let Some(record) = taken.get(&folded(address)) {
            let message = format!("the address `{address}` belongs to the page of the figure `{}`", record.id());
            let place = Place::new(section.path.clone(), Span::default());
            diagnostics.push(Diagnostic::new(&rules::ADDRESS_COLLISION, place, message).help("give the file another name"));
        }
    }
}
