//! What a picture's file says of itself, read from its container alone: no pixel is decoded.
//!
//! Each format is a row of pieces. Walking over them gives the size, tells whether it moves and how it is to be turned,
//! and leaves behind what is nobody's business: the camera, the place, the author's programs.

mod exif;
mod gif;
mod jpeg;
mod png;
mod reader;
mod webp;

use super::{Format, ImageFault};
use crate::budget;

pub(super) use exif::Turn;
use reader::Reader;

/// A picture's file, looked over.
#[derive(Debug)]
pub(super) struct File {
    /// What it is.
    pub(super) format: Format,
    /// Its width in pixels, as they are stored.
    pub(super) width: u32,
    /// Its height, likewise.
    pub(super) height: u32,
    /// Whether it has more than one frame.
    pub(super) moves: bool,
    /// Whether its colours are four inks, which not every program reads.
    #[cfg_attr(not(feature = "images"), expect(dead_code, reason = "asked only where pictures are made anew"))]
    pub(super) inks: bool,
    /// How it is to be turned before it is shown.
    pub(super) turn: Turn,
    /// The file without metadata. How it is to be turned is still said there, if it is to be turned.
    pub(super) bare: Vec<u8>,
}

impl File {
    /// Looks a file over. What is no picture is none at any size.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, ImageFault> {
        let walk = match bytes {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => png::walk,
            [0xff, 0xd8, 0xff, ..] => jpeg::walk,
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => webp::walk,
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => gif::walk,
            _ => return Err(ImageFault::Unknown),
        };
        if bytes.len() > budget::IMAGE_FILE {
            return Err(ImageFault::Bytes { bytes: bytes.len() });
        }
        let file = walk(bytes)?;
        checked(file.width, file.height)?;
        Ok(file)
    }

    /// Width and height as the picture is shown.
    pub(super) const fn shown(&self) -> (u32, u32) {
        if self.turn.lies() { (self.height, self.width) } else { (self.width, self.height) }
    }
}

/// A size that a picture may have. The walks ask as soon as they know it.
const fn checked(width: u32, height: u32) -> Result<(u32, u32), ImageFault> {
    if width == 0 || height == 0 {
        return Err(ImageFault::Broken("it has no width or no height"));
    }
    if width as u64 * height as u64 > budget::IMAGE_PIXELS {
        return Err(ImageFault::Pixels { width, height });
    }
    Ok((width, height))
}
