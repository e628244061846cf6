//! Pixels: pictures made small, and drawings made bitmaps.
//!
//! What costs time here depends on its input alone, so it is kept in a [`Store`] by the hash of that input.

#[cfg(any(feature = "images", feature = "png"))]
mod bitmap;
#[cfg(feature = "png")]
mod card;
#[cfg(feature = "png")]
mod drawing;
mod image;
mod store;

#[cfg(feature = "png")]
pub use card::{Cards, INK, Line, Plate};
#[cfg(feature = "png")]
pub use drawing::{DrawingFault, png};
pub use image::{Format, ImageFault, Kept, Rendition, Renditions, bare, renditions};
pub use store::{Memory, Nothing, Store, kept, key, key_of};
