//! Files that reference managers read: how to cite each page that can be cited.

use rayon::prelude::*;

use crate::briefing::Briefing;
use crate::output::OutFile;
use crate::page::{Shape, citation};

/// The addresses of all of them.
pub(super) fn paths(briefing: &Briefing) -> impl Iterator<Item = String> + '_ {
    cited(briefing).into_iter().flat_map(|shape| citation::paths(&shape.path(briefing)))
}

/// The files.
pub(super) fn files(briefing: &Briefing) -> Vec<OutFile> {
    let of_page = |shape: Shape| citation::files(briefing, shape);
    let made = cited(briefing).into_par_iter().flat_map_iter(of_page);
    made.map(|(path, text)| OutFile { path, bytes: text.into_bytes().into() }).collect()
}

fn cited(briefing: &Briefing) -> Vec<Shape> {
    let mut shapes = Shape::all(briefing);
    shapes.retain(|shape| citation::is_cited(*shape));
    shapes
}
