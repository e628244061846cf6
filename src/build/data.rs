//! What a page was made from, as hashes: equal data give the same page, and unequal data tell which part has changed.

use std::io::BufWriter;

use serde_json::Value;

use crate::page::{Page, Shape};

/// The data of a page.
#[derive(Debug, Clone)]
pub(super) struct Data {
    hash: blake3::Hash,
    /// Each part by the name that a template has for it (`section.body`), where somebody wants to know.
    parts: Vec<(String, blake3::Hash)>,
}

impl Data {
    /// The hashes of a page's data. Those of the parts take longer.
    pub(super) fn of(page: &Page, shape: Shape, with_parts: bool) -> Self {
        let mut hasher = BufWriter::with_capacity(1 << 16, blake3::Hasher::new());
        // Texts and numbers can always be written, and a hasher takes them all.
        let _ = serde_json::to_writer(&mut hasher, page);
        let hash = hasher.into_inner().map_or_else(|_| blake3::hash(&[]), |hasher| hasher.finalize());
        let parts = if with_parts { parts(page, shape) } else { Vec::new() };
        Self { hash, parts }
    }

    /// Data of which only the hash is known.
    pub(super) fn of_hash(hash: blake3::Hash) -> Self {
        Self { hash, parts: Vec::new() }
    }

    /// Whether a page of these data is the same page.
    pub(super) fn same(&self, other: &Self) -> bool {
        self.hash == other.hash
    }

    /// The parts that are not as they were.
    pub(super) fn changed<'d>(&'d self, before: &'d Self) -> impl Iterator<Item = &'d str> {
        self.parts.iter().filter(|part| !before.parts.contains(part)).map(|(name, _)| name.as_str())
    }
}

fn parts(page: &Page, shape: Shape) -> Vec<(String, blake3::Hash)> {
    let value = serde_json::to_value(page).unwrap_or_default();
    let of = |name: &str, key: &str| match value.get(name) {
        Some(Value::Object(fields)) => fields.iter().map(|(field, value)| (format!("{key}.{field}"), hash(value))).collect(),
        _ => Vec::new(),
    };
    [of("head", "page"), of("content", shape.template().1)].concat()
}

fn hash(value: &Value) -> blake3::Hash {
    blake3::hash(value.to_string().as_bytes())
}
