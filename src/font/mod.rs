//! The bundled fonts, how wide their words are, and where lines of them break.
//!
//! A drawing keeps its text as text, and a reader's system shows it in a font of its own. Words are therefore measured
//! in Noto Sans, which is among the wider of the usual sans-serif faces, and given a little more room than that. The same
//! files draw the words where a drawing becomes a bitmap, so that it looks the same on every machine.

mod measure;
#[cfg(feature = "png")]
mod outline;
mod wrap;

pub use measure::{Weight, width};
#[cfg(feature = "png")]
pub use outline::{Letter, Step, letter};
pub use wrap::{Wrapped, wrap};

/// Noto Sans, upright: Latin, Greek, Cyrillic, punctuation, arrows.
pub const REGULAR: &[u8] = include_bytes!("files/NotoSans-Regular.ttf");
/// The same, bold.
pub const BOLD: &[u8] = include_bytes!("files/NotoSans-Bold.ttf");
/// Noto Sans SC, upright: the characters of GB 2312.
#[cfg(feature = "png")]
pub const HAN: &[u8] = include_bytes!("files/NotoSansSC-Regular.otf");
