//! Pictures: from an author's file to the sizes and formats that a page offers.
//!
//! Of a still picture, the widths are made that screens ask for, each as WebP, and one in a format that everything
//! reads. Colours are those of sRGB, the picture stands as it is to be shown, and nothing is said of the camera, the
//! place or the program: all that is left behind. A picture that moves is kept as it is, without such notes.

#[cfg(feature = "images")]
mod encode;
mod fault;
mod file;
#[cfg(feature = "images")]
mod keep;
#[cfg(feature = "images")]
mod make;
#[cfg(feature = "images")]
mod pixels;
#[cfg(all(test, feature = "images", not(feature = "avif")))]
mod tests;

use std::sync::Arc;

use super::Store;
pub use fault::ImageFault;
use file::File;

/// A format of pictures; in this order a page offers them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// AV1 in its picture form.
    Avif,
    /// WebP, with or without loss.
    WebP,
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// GIF.
    Gif,
}

impl Format {
    /// How a file's name ends, without the dot.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Avif => "avif",
            Self::WebP => "webp",
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Gif => "gif",
        }
    }

    /// The media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Avif => "image/avif",
            Self::WebP => "image/webp",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
        }
    }
}

/// A picture in one size and one format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    /// Its width in pixels.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// Its format.
    pub format: Format,
    /// The file.
    pub bytes: Arc<[u8]>,
}

/// Why a picture is kept as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It moves.
    Moves,
    /// It is of a sort that is shown but not read here, as a JPEG of twelve bits is.
    Unread,
    /// This program was built without the feature `images`.
    WithoutImages,
}

/// What a page offers of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Renditions {
    /// The picture in several sizes and formats.
    Made {
        /// Its width as it is shown at full size.
        width: u32,
        /// Its height likewise.
        height: u32,
        /// By format, in the order in which a page offers them, and by width. The last is the one for programs that know
        /// no newer format, and the only one of its format.
        list: Vec<Rendition>,
    },
    /// The author's file, without metadata.
    AsIs {
        /// The file, with the size at which it is shown.
        file: Rendition,
        /// Why nothing else was made.
        why: Kept,
    },
}

impl Renditions {
    /// Width and height of the author's picture as it is shown.
    #[must_use]
    pub const fn size(&self) -> (u32, u32) {
        match self {
            Self::Made { width, height, .. } => (*width, *height),
            Self::AsIs { file, .. } => (file.width, file.height),
        }
    }

    /// All files; at least one.
    #[must_use]
    pub fn list(&self) -> &[Rendition] {
        match self {
            Self::Made { list, .. } => list,
            Self::AsIs { file, .. } => std::slice::from_ref(file),
        }
    }
}

/// The author's file, whole but without metadata, with the size at which it is shown. No pixel is read.
///
/// # Errors
/// Where the bytes are no picture, or their container says that it is broken, or larger than [`crate::budget`] allows.
pub fn bare(bytes: &[u8]) -> Result<Rendition, ImageFault> {
    File::read(bytes).map(whole)
}

/// The renditions of a picture, from the store where it has them.
///
/// # Errors
/// Where the bytes are no picture, a broken one, or one that is larger than [`crate::budget`] allows.
pub fn renditions(bytes: &[u8], store: &dyn Store) -> Result<Renditions, ImageFault> {
    let file = File::read(bytes)?;
    if file.moves {
        return Ok(as_is(file, Kept::Moves));
    }
    #[cfg(feature = "images")]
    return keep::kept(file, bytes, store);
    #[cfg(not(feature = "images"))]
    {
        let _ = store;
        Ok(as_is(file, Kept::WithoutImages))
    }
}

fn as_is(file: File, why: Kept) -> Renditions {
    Renditions::AsIs { file: whole(file), why }
}

fn whole(file: File) -> Rendition {
    let (width, height) = file.shown();
    Rendition { width, height, format: file.format, bytes: file.bare.into() }
}

#[cfg(all(test, not(feature = "images")))]
mod tests {
    use super::*;
    use crate::raster::Nothing;

    #[test]
    fn without_the_feature_a_picture_is_kept_as_it_is() {
        let gif = b"GIF89a\x02\0\x03\0\0\0\0\x21\xfe\x01x\0\x2c\0\0\0\0\x02\0\x03\0\0\x02\x01\0\0\x3b";
        let kept = renditions(gif, &Nothing).expect("a picture");
        assert!(matches!(&kept, Renditions::AsIs { file, why: Kept::WithoutImages } if file.bytes.len() == gif.len() - 5));
        assert_eq!((kept.size(), kept.list().len()), ((2, 3), 1));
    }
}
