//! The pictures that pages show: of figures, of sections, and of the texts of records.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Registry;
use crate::draw::{self, Content, Drawing, Picture};
use crate::parse::{Annotation, Body, Section, Target};
use crate::read::snapshot::Snapshot;

/// The pictures by their file from the root of the content folder, each as the author's own file.
pub(super) fn shown(
    sections: &[Arc<Section>],
    registry: &Registry,
    drawings: &BTreeMap<usize, Drawing>,
    snapshot: &Snapshot,
) -> BTreeMap<String, Picture> {
    let annotations = (0..registry.len()).map(|number| registry.get(number));
    let of_records = annotations.flat_map(Annotation::bodies);
    let in_texts = sections.iter().map(|section| &section.body).chain(of_records).flat_map(images);
    let of_figures = drawings.values().filter_map(|drawing| match &drawing.content {
        Content::Picture { path, .. } => Some(path.as_str()),
        _ => None,
    });
    let mut shown = BTreeMap::new();
    for path in in_texts.chain(of_figures) {
        if let (None, Some(bytes)) = (shown.get(path), snapshot.get(&format!("content/{path}"))) {
            shown.insert(path.to_owned(), Picture::plain(path, draw::size(path, bytes)));
        }
    }
    shown
}

/// The files of the images in a text.
fn images(body: &Body) -> impl Iterator<Item = &str> {
    body.references.iter().filter_map(|reference| match &reference.target {
        Target::Image { path, .. } => Some(path.as_str()),
        _ => None,
    })
}
