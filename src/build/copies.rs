//! Files of the content folder that come to the site.
//!
//! Pictures come without what cameras and programs have written into them, and drawings in SVG without what is not
//! harmless. All other files are copied.

use std::sync::Arc;

use super::Memo;
use crate::briefing::Briefing;
use crate::draw;
use crate::output::OutFile;
use crate::raster::{self, ImageFault};
use crate::read::snapshot::{Bytes, Snapshot};
use crate::text::{Diagnostic, Diagnostics, Place, Span, rules};

/// How the names of files end that are pictures to whoever reads them.
const PICTURES: [&str; 5] = ["png", "jpg", "jpeg", "webp", "gif"];

/// The files, in order of their paths. What cannot be published as it is meant is reported.
pub(super) fn copies(briefing: &Briefing, snapshot: &Snapshot, memo: &mut Memo, diagnostics: &mut Diagnostics) -> Vec<OutFile> {
    let bytes = |path: &str| snapshot.get(&format!("content/{path}")).cloned();
    let assets: Vec<(&str, Bytes)> = briefing.addresses.assets.iter().filter_map(|path| Some((path.as_str(), bytes(path)?))).collect();
    let copied = memo.copied.results(&assets, |path, _| {
        let mut found = Diagnostics::default();
        let copy = copy(path, snapshot, &mut found).map(|bytes| OutFile::new(path, bytes));
        (copy, found)
    });
    let mut files = Vec::with_capacity(copied.len());
    for (file, found) in copied {
        diagnostics.append(found);
        files.extend(file);
    }
    files
}

/// The bytes of one file as they are published.
fn copy(path: &str, snapshot: &Snapshot, diagnostics: &mut Diagnostics) -> Option<Bytes> {
    let file = format!("content/{path}");
    let bytes = snapshot.get(&file)?;
    if draw::is_svg(path) {
        return Some(svg(snapshot.text(&file, diagnostics)?, &file, diagnostics)?.into_bytes().into());
    }
    match raster::bare(bytes) {
        Ok(bare) if *bare.bytes == **bytes => {}
        Ok(bare) => return Some(Arc::new(bare.bytes.to_vec())),
        Err(fault) if ends_like_a_picture(path) => diagnostics.push(fault_of(path, &fault)),
        Err(_) => {}
    }
    if path.to_ascii_lowercase().ends_with(".svgz") {
        let message = "this SVG file is compressed, so that nobody can see whether it is harmless";
        let place = Place::new(file, Span::default());
        diagnostics.push(Diagnostic::new(&rules::BAD_IMAGE, place, message).help("save it as plain SVG, with a name that ends in `.svg`"));
    }
    Some(bytes.clone())
}

/// An SVG file made safe; nothing where that cannot be done.
fn svg(text: &str, file: &str, diagnostics: &mut Diagnostics) -> Option<String> {
    match draw::clean(text) {
        Ok(cleaned) => {
            for removal in cleaned.removed.into_iter().filter(|removal| !removal.note) {
                let place = Place::new(file, removal.span);
                let diagnostic = Diagnostic::new(&rules::CLEANED_SVG, place, format!("{} was left out of this drawing", removal.what));
                diagnostics.push(diagnostic.help("take it out of the file, or save the drawing as plain SVG"));
            }
            Some(cleaned.svg)
        }
        Err(fault) => {
            let diagnostic = Diagnostic::new(&rules::BAD_IMAGE, Place::new(file, fault.span), fault.message);
            diagnostics.push(diagnostic.help("save the drawing as plain SVG, without scripts and entities, or as PNG"));
            None
        }
    }
}

fn ends_like_a_picture(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    PICTURES.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

/// What is wrong with a picture, as a finding about its file.
pub(super) fn fault_of(path: &str, fault: &ImageFault) -> Diagnostic {
    let (rule, help) = match fault {
        ImageFault::Unknown => (&rules::BAD_IMAGE, "give the file the ending of what it is, or save it as PNG or JPEG"),
        ImageFault::Broken(_) => (&rules::BAD_IMAGE, "export the picture again, or open it and save it anew"),
        ImageFault::Bytes { .. } | ImageFault::Pixels { .. } | ImageFault::Memory { .. } => {
            (&rules::TOO_LARGE, "make it smaller: a page shows at most 2400 pixels of its width")
        }
    };
    Diagnostic::new(rule, Place::new(format!("content/{path}"), Span::default()), format!("this picture {fault}")).help(help)
}
