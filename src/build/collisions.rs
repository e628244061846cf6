//! Files in the place of others: what stands at an address that something else has.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::layout::{Layout, Origin};
use crate::briefing::{Briefing, folded};
use crate::kind::{Kind, Record};
use crate::page::{self, Shape};
use crate::publish;
use crate::text::{Diagnostic, Diagnostics, Place, Span, rules};
use crate::theme::Theme;

/// Files of the content folder in the place of one that is made. Two sections with one address are found before, and
/// the sizes of pictures make way.
pub(super) fn collisions(briefing: &Briefing, made: &Layout, theme: &Theme, diagnostics: &mut Diagnostics) {
    of_figures(briefing, diagnostics);
    of_orders(briefing, diagnostics);
    let theirs: BTreeSet<&str> = theme.statics().map(|(path, _)| path).collect();
    // The plain addresses of its files belong to the theme, whether they are used or not.
    let is_made = |path: &str| match made.find(path) {
        Some(number) => !matches!(made.file(number).1, Origin::Page(Shape::Section(_))),
        None => theirs.contains(path),
    };
    let others = made.iter().filter(|(_, origin)| !matches!(origin, Origin::Page(Shape::Section(_)))).map(|(path, _)| path);
    publish::examine(briefing, &others.chain(theirs.iter().copied()).collect::<Vec<_>>(), diagnostics);
    for asset in &briefing.addresses.assets {
        // A file in a folder that has the name of a file is in its way too.
        let folders = asset.match_indices('/').map(|(at, _)| &asset[..at]);
        let Some(taken) = folders.chain([asset.as_str()]).find(|path| is_made(path)) else { continue };
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

/// Sections in the place of a page of claims in order; whatever else stands in the folder of a register stays.
fn of_orders(briefing: &Briefing, diagnostics: &mut Diagnostics) {
    for shape in Shape::all(briefing).into_iter().filter(|shape| matches!(shape, Shape::Order(_))) {
        let path = shape.path(briefing);
        let sections = briefing.addresses.pages.iter().zip(&briefing.sections).filter(|(address, _)| folded(address) == path);
        for (address, section) in sections {
            let place = Place::new(section.path.clone(), Span::default());
            let message = format!("the address `{address}` belongs to a page that Postil makes");
            diagnostics.push(Diagnostic::new(&rules::ADDRESS_COLLISION, place, message).help("give the file another name"));
        }
    }
}
