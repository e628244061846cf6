//! A thing of a graph, and the names of who made it.

use serde_json::{Map, Value, json};

use crate::cite;
use crate::kind::Source;

/// A thing with its members, in the order in which they are given.
pub(super) struct Node(Map<String, Value>);

impl Node {
    pub(super) fn new(kind: &str, id: &str) -> Self {
        Self(Map::from_iter([("@type".to_owned(), kind.into()), ("@id".to_owned(), id.into())]))
    }

    /// With a member.
    pub(super) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    /// With a member, if there is a value that says something.
    pub(super) fn maybe<V: Into<Value>>(self, name: &str, value: Option<V>) -> Self {
        match value.map(Into::into) {
            None | Some(Value::Null) => self,
            Some(Value::String(text)) if text.is_empty() => self,
            Some(value) => self.with(name, value),
        }
    }

    /// With a list, if it is not empty.
    pub(super) fn some(self, name: &str, values: Vec<Value>) -> Self {
        if values.is_empty() { self } else { self.with(name, values) }
    }

    pub(super) fn done(self) -> Value {
        Value::Object(self.0)
    }
}

/// A thing that is described elsewhere.
pub(super) fn reference(id: &str) -> Value {
    json!({ "@id": id })
}

/// A body of people.
pub(super) fn organization(name: &str) -> Value {
    json!({ "@type": "Organization", "name": name })
}

/// Who wrote a thing: people by both names, all others as they stand.
pub(super) fn authors(thing: &Source) -> Value {
    cite::csl_json("", thing).get("author").and_then(Value::as_array).into_iter().flatten().map(author).collect()
}

/// A name of CSL-JSON as a person or an organisation.
pub(super) fn author(name: &Value) -> Value {
    let part = |member: &str| name.get(member).and_then(Value::as_str);
    match (part("given"), part("family")) {
        (Some(given), Some(family)) => {
            json!({ "@type": "Person", "name": format!("{given} {family}"), "givenName": given, "familyName": family })
        }
        _ => organization(part("literal").or(part("family")).unwrap_or_default()),
    }
}
