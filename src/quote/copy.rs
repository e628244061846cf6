//! The text of a kept copy: a text, a page of the web, or the text layer of a PDF.

use std::fmt;

use encoding_rs::Encoding;

use super::{html, pdf};
use crate::budget;

/// The text of a kept copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyText {
    /// The text.
    pub text: String,
    /// Whether it is the file as it stands, so that places in the text are places in the file.
    pub plain: bool,
}

/// Why a copy cannot be read, and what to do: one or two clauses without a full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyError(pub String);

impl fmt::Display for CopyError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for CopyError {}

impl From<&str> for CopyError {
    fn from(message: &str) -> Self {
        Self(message.to_owned())
    }
}

/// The text of a kept copy, by the ending of its name.
///
/// # Errors
///
/// What the file is instead of a copy that can be read, and how to keep one.
pub fn copy_text(path: &str, bytes: &[u8]) -> Result<CopyText, CopyError> {
    within(bytes.len(), budget::COPY_FILE, "file")?;
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase());
    let copy = match ending.as_str() {
        "" | "txt" | "text" | "md" | "markdown" => plain(bytes)?,
        "html" | "htm" | "xhtml" => CopyText { text: html::text(bytes)?, plain: false },
        "pdf" => CopyText { text: pdf::text(bytes)?, plain: false },
        other => {
            return Err(CopyError(format!(
                "copies that end in `.{other}` are not read; keep a text (`.txt`, `.md`), a page (`.html`) or a `.pdf`"
            )));
        }
    };
    within(copy.text.len(), budget::COPY_TEXT, "text")?;
    Ok(copy)
}

/// Refuses what is over its budget.
fn within(length: usize, most: usize, what: &str) -> Result<(), CopyError> {
    let over = |length| CopyError(format!("its {what} has {length} bytes, and {most} are read; keep only the part that is quoted"));
    if length > most { Err(over(length)) } else { Ok(()) }
}

/// A text as it stands: UTF-8, or UTF-16 that says so in its first bytes.
fn plain(bytes: &[u8]) -> Result<CopyText, CopyError> {
    if let Ok(text) = std::str::from_utf8(bytes)
        && !bytes.contains(&0)
    {
        // A byte order mark stays: it is not compared, and the places in the text are those in the file.
        return Ok(CopyText { text: text.to_owned(), plain: true });
    }
    marked(bytes).map(|text| CopyText { text, plain: false }).ok_or_else(|| "it is not a text in UTF-8; save it anew as UTF-8".into())
}

/// What a byte order mark says of the bytes after it, decoded.
pub(super) fn marked(bytes: &[u8]) -> Option<String> {
    let (encoding, length) = Encoding::for_bom(bytes)?;
    encoding.decode_without_bom_handling_and_without_replacement(&bytes[length..]).map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(path: &str, bytes: &[u8]) -> String {
        copy_text(path, bytes).expect_err("it cannot be read").0
    }

    #[test]
    fn texts_are_read_as_they_stand() {
        let copy = copy_text("snapshots/a.TXT", "\u{feff}é\n".as_bytes()).expect("a text");
        assert_eq!(copy, CopyText { text: "\u{feff}é\n".to_owned(), plain: true });
        assert!(copy_text("some.dir/LICENSE.md", b"x").expect("a text").plain);
        assert_eq!(copy_text("wide.txt", b"\xff\xfe\x2d\x4eA\0").expect("a text"), CopyText { text: "中A".to_owned(), plain: false });
        assert_eq!(copy_text("wide.txt", b"\xfe\xff\x4e\x2d").expect("a text").text, "中");
    }

    #[test]
    fn what_is_not_read_says_what_to_do() {
        assert!(message("a.txt", b"caf\xe9").contains("save it anew as UTF-8"));
        assert!(message("a.txt", b"A\0B\0").contains("save it anew as UTF-8"));
        assert!(message("a.txt", b"\xff\xfe\x00\xd8").contains("UTF-8"), "half a character");
        assert!(message("a.docx", b"PK").contains("`.docx`"));
        assert!(message("a.txt", &vec![b' '; budget::COPY_TEXT + 1]).contains("keep only the part"));
        assert!(message("a.pdf", &vec![b' '; budget::COPY_FILE + 1]).contains("its file has"));
    }
}
