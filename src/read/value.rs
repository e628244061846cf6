//! Keyed values with places: what TOML, YAML, JSON, CSV and BibTeX all become.

use crate::text::Span;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// Its place in its file.
    pub span: Span,
    /// What it is.
    pub data: Data,
}

/// What a value is. Numbers and dates keep the author's own writing, so that `1.10` stays `1.10`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Data {
    /// Nothing: YAML's null.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number, as written without separators.
    Integer(String),
    /// A number with a fraction or exponent, as written without separators.
    Float(String),
    /// A date or time, as written.
    Date(String),
    /// A text in quotation marks, or from a format that has only texts.
    Text(String),
    /// A YAML scalar without quotation marks, or a CSV cell: its type is what the reader asks for.
    Plain(String),
    /// A list.
    List(Vec<Value>),
    /// Keys and values.
    Table(Table),
}

/// One key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub value: Value,
}

/// Keys and values in the author's order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// The entries.
    pub entries: Vec<Entry>,
}

impl Table {
    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// Takes an entry out by its key.
    pub fn take(&mut self, key: &str) -> Option<Entry> {
        let at = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.remove(at))
    }

    /// Adds an entry.
    pub fn push(&mut self, key: impl Into<String>, key_span: Span, value: Value) {
        self.entries.push(Entry { key: key.into(), key_span, value });
    }
}

impl Value {
    /// A value at a place.
    #[must_use]
    pub const fn new(span: Span, data: Data) -> Self {
        Self { span, data }
    }

    /// The scalar's text, if it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.data {
            Data::Integer(text) | Data::Float(text) | Data::Date(text) | Data::Text(text) | Data::Plain(text) => Some(text),
            Data::Bool(true) => Some("true"),
            Data::Bool(false) => Some("false"),
            Data::Null | Data::List(_) | Data::Table(_) => None,
        }
    }

    /// The type's name, as a message says it.
    #[must_use]
    pub const fn type_name(&self) -> &'static str {
        match self.data {
            Data::Null => "nothing",
            Data::Bool(_) => "true or false",
            Data::Integer(_) => "a whole number",
            Data::Float(_) => "a number",
            Data::Date(_) => "a date",
            Data::Text(_) | Data::Plain(_) => "a text",
            Data::List(_) => "a list",
            Data::Table(_) => "a table",
        }
    }

    /// Moves every place by `by` bytes: from a part of a file to the whole.
    pub fn shift(&mut self, by: usize) {
        self.span = self.span.shift(by);
        match &mut self.data {
            Data::List(list) => list.iter_mut().for_each(|value| value.shift(by)),
            Data::Table(table) => {
                for entry in &mut table.entries {
                    entry.key_span = entry.key_span.shift(by);
                    entry.value.shift(by);
                }
            }
            _ => {}
        }
    }
}
