//! The text layer of a PDF.
//!
//! [`walk`] goes through the instructions of the pages and alone knows the PDF library; [`line`] makes lines and words of
//! the glyphs it meets.

use super::copy::CopyError;

#[cfg(feature = "pdf")]
mod line;
#[cfg(all(test, feature = "pdf"))]
mod tests;
#[cfg(feature = "pdf")]
mod walk;

/// The text of the pages, line by line.
#[cfg(feature = "pdf")]
pub(super) fn text(bytes: &[u8]) -> Result<String, CopyError> {
    // The library is young, and what it reads may be anything: a slip in it is the file's fault and not the end of the run.
    let lines = std::panic::catch_unwind(|| walk::lines(bytes))
        .unwrap_or_else(|_| Err("the PDF cannot be understood; keep a text of it".into()))?;
    if lines.glyphs == 0 {
        return Err("the PDF has no text layer, only pictures of pages; have the text recognised, or keep a text of it".into());
    }
    if lines.unreadable * 2 > lines.glyphs {
        return Err("the fonts of the PDF do not tell which letters they draw; keep a text of it".into());
    }
    Ok(lines.text)
}

/// Without the library there is nothing to read it with.
#[cfg(not(feature = "pdf"))]
pub(super) fn text(_: &[u8]) -> Result<String, CopyError> {
    Err("this Postil was built without the feature `pdf`; keep a text of the PDF".into())
}
