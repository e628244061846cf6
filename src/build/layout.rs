//! The layout of a site: the path of each file, and what the file is made from.

use std::collections::BTreeMap;

use super::{citations, figures};
use crate::briefing::Briefing;
use crate::page::Shape;
use crate::publish::{self, Piece};
use crate::read::publish::Part;
use crate::theme::Theme;

/// What a file is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// The data of a page, by its template.
    Page(Shape),
    /// A figure, by its number in the registry, and the form of it.
    Figure(usize, figures::Form),
    /// How to cite a page, and the number of the form.
    Citation(Shape, usize),
    /// What stands in a page, in Markdown.
    Copy(Shape),
    /// The title of a page, as a picture.
    Card(Shape),
    /// What a part of publishing makes of all pages together, for machines and for hosts.
    Published(Part),
    /// Nothing: its bytes are there.
    Ready,
}

/// All files, in order of their paths.
pub(super) struct Layout {
    files: Vec<(String, Origin)>,
}

impl Layout {
    /// A site without files.
    pub(super) fn empty() -> Self {
        Self { files: Vec::new() }
    }

    /// The files that are made from records and by the theme.
    pub(super) fn made(briefing: &Briefing, theme: &Theme) -> Self {
        let pages = Shape::all(briefing).into_iter().map(|shape| (shape.path(briefing), Origin::Page(shape)));
        let statics = theme.published().map(|(path, _)| (path, Origin::Ready));
        let published = publish::paths(briefing).into_iter().map(|(path, piece)| (path, of_piece(piece)));
        let beside = figures::origins(briefing).chain(citations::origins(briefing)).chain(published);
        Self::empty().with(pages.chain(beside).chain(statics))
    }

    /// With these files beside them. Where one path is named twice, which was reported then, the first counts.
    pub(super) fn with(mut self, more: impl Iterator<Item = (String, Origin)>) -> Self {
        self.files.extend(more);
        self.files.sort_by(|one, other| one.0.cmp(&other.0));
        self.files.dedup_by(|one, other| one.0 == other.0);
        self
    }

    /// The number of a file.
    pub(super) fn find(&self, path: &str) -> Option<usize> {
        self.files.binary_search_by(|(known, _)| known.as_str().cmp(path)).ok()
    }

    /// How many files there are.
    pub(super) fn len(&self) -> usize {
        self.files.len()
    }

    /// The path of a file, and what it is made from.
    pub(super) fn file(&self, number: usize) -> (&str, Origin) {
        let (path, origin) = &self.files[number];
        (path, *origin)
    }

    /// All files, in order of their paths.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, Origin)> {
        self.files.iter().map(|(path, origin)| (path.as_str(), *origin))
    }

    /// The parts of publishing that have files here, and the numbers of each one's.
    pub(super) fn parts(&self) -> BTreeMap<Part, Vec<usize>> {
        let mut parts: BTreeMap<Part, Vec<usize>> = BTreeMap::new();
        for (number, (_, origin)) in self.files.iter().enumerate() {
            if let Origin::Published(part) = origin {
                parts.entry(*part).or_default().push(number);
            }
        }
        parts
    }

    /// The numbers of all files, those first that take longest, so that no thread is left alone with one at the end.
    pub(super) fn longest_first(&self) -> Vec<usize> {
        let (long, short): (Vec<usize>, Vec<usize>) = (0..self.len()).partition(|number| {
            matches!(
                self.files[*number].1,
                Origin::Page(Shape::Register(_) | Shape::Order(_) | Shape::Home | Shape::Print) | Origin::Figure(..)
            )
        });
        long.into_iter().chain(short).collect()
    }
}

const fn of_piece(piece: Piece) -> Origin {
    match piece {
        Piece::Card(shape) => Origin::Card(shape),
        Piece::Copy(shape) => Origin::Copy(shape),
        Piece::Common(part) => Origin::Published(part),
    }
}
