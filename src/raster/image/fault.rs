//! What is wrong with a picture.

use std::fmt;

use crate::budget;

/// Why there is nothing to show of a picture. Its words go on after «this picture».
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImageFault {
    /// The bytes are no PNG, JPEG, WebP or GIF.
    Unknown,
    /// The file is too large.
    Bytes {
        /// Its size.
        bytes: usize,
    },
    /// The picture has too many pixels.
    Pixels {
        /// Its width.
        width: u32,
        /// Its height.
        height: u32,
    },
    /// Reading the picture would take too much memory.
    Memory {
        /// What it would take, in bytes.
        bytes: u64,
    },
    /// The file cannot be read, in words.
    Broken(&'static str),
}

impl fmt::Display for ImageFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mib = |bytes: u64| bytes.div_ceil(1024 * 1024);
        match self {
            Self::Unknown => out.write_str("is no PNG, JPEG, WebP or GIF"),
            Self::Bytes { bytes } => {
                write!(out, "has {} MiB; at most {} are read", mib(*bytes as u64), mib(budget::IMAGE_FILE as u64))
            }
            Self::Pixels { width, height } => {
                let most = budget::IMAGE_PIXELS / 1_000_000;
                write!(out, "has {width} × {height} pixels; at most {most} million in all are read")
            }
            Self::Memory { bytes } => {
                write!(out, "would take {} MiB of memory; at most {} are given", mib(*bytes), mib(budget::IMAGE_MEMORY))
            }
            Self::Broken(what) => write!(out, "is broken: {what}"),
        }
    }
}

impl std::error::Error for ImageFault {}
