//! Files that reference managers read: how to cite each page that can be cited.

use super::layout::Origin;
use crate::briefing::Briefing;
use crate::page::{Shape, citation};
use crate::read::snapshot::Bytes;

/// All of them.
pub(super) fn origins(briefing: &Briefing) -> impl Iterator<Item = (String, Origin)> + '_ {
    let cited = Shape::all(briefing).into_iter().filter(|shape| citation::is_cited(*shape));
    cited.flat_map(|shape| {
        let paths = citation::paths(&shape.path(briefing)).into_iter().enumerate();
        paths.map(move |(form, path)| (path, Origin::Citation(shape, form)))
    })
}

/// One of them, by the number of its form.
pub(super) fn file(briefing: &Briefing, shape: Shape, form: usize) -> Bytes {
    citation::file(briefing, shape, form).into_bytes().into()
}
