//! JSON registers and data: JSON is YAML's flow form, so one reader gives both their places.

use super::{Fault, Value, yaml};
use crate::text::{Span, floor_boundary, rules};

/// Reads a JSON text with places; the text must be JSON, not merely YAML.
#[must_use]
pub fn json(text: &str) -> (Value, Vec<Fault>) {
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(text) {
        let at = offset(text, error.line(), error.column());
        let fault = Fault::new(&rules::FRONT_MATTER, Span::new(at, at), format!("this is not JSON: {error}"));
        return (Value::new(Span::default(), super::Data::Null), vec![fault]);
    }
    yaml(text)
}

/// The byte at a line and column, both from one, of which the column counts bytes.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    // A broken character may be counted to its middle.
    floor_boundary(text, start + column.saturating_sub(1))
}
