//! The sizes and formats of a picture, made from its pixels.

use std::sync::Arc;

use rayon::prelude::*;

use super::file::File;
use super::pixels::{Decoded, Pixels, scaled};
use super::{Format, ImageFault, Rendition, encode};

/// Widths that are made of a wider picture.
const STEPS: [u32; 4] = [480, 800, 1200, 1600];
/// The width that no rendition exceeds.
const WIDEST: u32 = 2400;
/// Formats that are made in every width. AVIF suits photographs; of what was drawn, WebP without loss is smaller.
const EACH: &[Format] = if cfg!(feature = "avif") { &[Format::Avif, Format::WebP] } else { &[Format::WebP] };

/// All renditions, in order; `None` where the picture is of a sort that is not read here.
pub(super) fn make(file: &File) -> Result<Option<Vec<Rendition>>, ImageFault> {
    let Some(decoded) = Decoded::read(file)? else { return Ok(None) };
    let drawn = decoded.drawn;
    let (largest, changed) = decoded.shown(file.shown().0.min(WIDEST));
    let mut widths: Vec<u32> = STEPS.into_iter().filter(|step| *step < largest.width).collect();
    widths.push(largest.width);
    let made: Result<Vec<Vec<Rendition>>, ImageFault> = widths.par_iter().map(|width| sized(&largest, *width, drawn)).collect();
    let mut list = useful(made?);
    list.push(fallback(file, &largest, drawn, changed)?);
    list.sort_by_key(|rendition| (rendition.format, rendition.width));
    Ok(Some(list))
}

/// The renditions without those that a wider one of their format makes useless, because it is no larger as a file: of a
/// screen, the one in its own width often is the smallest.
fn useful(by_width: Vec<Vec<Rendition>>) -> Vec<Rendition> {
    let mut kept: Vec<Rendition> = Vec::new();
    for rendition in by_width.into_iter().rev().flatten() {
        let larger = |other: &Rendition| other.format != rendition.format || other.bytes.len() > rendition.bytes.len();
        if kept.iter().all(larger) {
            kept.push(rendition);
        }
    }
    kept
}

/// The picture in one width, in each of the newer formats that can hold it.
fn sized(largest: &Pixels, width: u32, drawn: bool) -> Result<Vec<Rendition>, ImageFault> {
    let smaller = (width < largest.width).then(|| largest.resized(width, scaled(largest.height, width, largest.width)));
    let pixels = smaller.as_ref().unwrap_or(largest);
    let formats = EACH.iter().filter(|format| encode::fits(**format, pixels) && !(drawn && **format == Format::Avif));
    formats.map(|format| Ok(rendition(pixels, *format, encode::encode(pixels, *format, drawn)?))).collect()
}

/// The picture in a format that everything reads: the author's own file, where it stands as it is to be shown and a new
/// one, which loses something once more, would not be a fifth smaller.
fn fallback(file: &File, pixels: &Pixels, drawn: bool, changed: bool) -> Result<Rendition, ImageFault> {
    let photograph = !drawn && !pixels.alpha && encode::fits(Format::Jpeg, pixels);
    let format = if photograph { Format::Jpeg } else { Format::Png };
    let bytes = encode::encode(pixels, format, drawn)?;
    if !changed && !file.inks && file.format == format && file.bare.len() * 4 <= bytes.len() * 5 {
        return Ok(rendition(pixels, format, Arc::from(file.bare.as_slice())));
    }
    Ok(rendition(pixels, format, bytes))
}

const fn rendition(pixels: &Pixels, format: Format, bytes: Arc<[u8]>) -> Rendition {
    Rendition { width: pixels.width, height: pixels.height, format, bytes }
}
