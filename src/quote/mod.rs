//! Quotations held to kept copies.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::text::Span;

/// See the lock.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Lock {
    /// Copies.
    pub copies: BTreeMap<String, CopyEntry>,
    /// Quotes.
    pub quotes: Vec<QuoteEntry>,
}
/// A copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyEntry {
    /// Path.
    pub snapshot: String,
    /// Hash.
    pub hash: String,
    /// Date.
    pub date: String,
}
/// A quote.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct QuoteEntry {
    /// Source.
    pub source: String,
    /// Hash.
    pub hash: String,
    /// Offset.
    pub offset: usize,
    /// Prefix.
    pub prefix: String,
    /// Suffix.
    pub suffix: String,
}
/// Found.
pub struct Found {
    /// Span.
    pub span: Span,
    /// Prefix.
    pub prefix: String,
    /// Suffix.
    pub suffix: String,
}
/// Near.
pub struct Near {
    /// Span.
    pub span: Span,
    /// Text.
    pub text: String,
}
/// Copy.
pub struct CopyText {
    /// Text.
    pub text: String,
    /// Plain.
    pub plain: bool,
}
/// Folded.
pub struct Folded(String);
impl Folded {
    /// New.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.to_owned())
    }
}
impl Lock {
    /// Write.
    #[must_use]
    pub fn write(&self) -> String {
        String::new()
    }

    /// Quote.
    #[must_use]
    pub fn quote(&self, source: &str, text: &str) -> Option<&QuoteEntry> {
        self.quotes.iter().find(|one| one.source == source && one.hash == text)
    }
}
/// Find.
#[must_use]
pub fn find(quote: &str, copy: &Folded) -> Option<Found> {
    let at = copy.0.find(quote)?;
    Some(Found { span: Span::new(at, at + quote.len()), prefix: String::new(), suffix: String::new() })
}
/// Nearest.
#[must_use]
pub fn nearest(_: &str, _: &Folded) -> Option<Near> {
    None
}
/// Copy text.
///
/// # Errors
///
/// No text.
pub fn copy_text(_: &str, bytes: &[u8]) -> Result<CopyText, String> {
    Ok(CopyText { text: String::from_utf8_lossy(bytes).into_owned(), plain: true })
}
/// Hash.
#[must_use]
pub fn hash_copy(bytes: &[u8]) -> String {
    bytes.len().to_string()
}
/// Hash.
#[must_use]
pub fn hash_quote(text: &str) -> String {
    text.to_owned()
}
