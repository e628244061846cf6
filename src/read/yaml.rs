//! YAML (and so JSON) to values with places; alone knows the YAML parser.
//!
//! Scalars without quotation marks keep their writing: `NO` is a text where a text is asked for,
//! and `1.10` does not become `1.1`. Anchors and aliases are refused, so no text can unfold into a bomb.

use saphyr_parser::{Event, Parser, ScalarStyle, Span as YamlSpan, StrInput};

use super::{Data, Fault, Table, Value};
use crate::budget;
use crate::text::{Span, rules};

/// Reads one YAML document. At the first broken place reading stops.
#[must_use]
pub fn yaml(text: &str) -> (Value, Vec<Fault>) {
    let mut reader = Reader { parser: Parser::new_from_str(text), offsets: Offsets::new(text), faults: Vec::new(), count: 0 };
    let empty = Value::new(Span::new(0, text.len()), Data::Table(Table::default()));
    let value = reader.document().unwrap_or(empty);
    (value, reader.faults)
}

struct Reader<'t> {
    parser: Parser<'t, StrInput<'t>>,
    offsets: Offsets,
    faults: Vec<Fault>,
    count: usize,
}

impl<'t> Reader<'t> {
    fn next(&mut self) -> Option<(Event<'t>, Span)> {
        match self.parser.next_event()? {
            Ok((event, span)) => {
                let span = self.span(span);
                Some((event, span))
            }
            Err(error) => {
                let at = self.offsets.byte(error.marker().index());
                self.faults.push(Fault::new(&rules::FRONT_MATTER, Span::new(at, at), format!("this is not YAML: {}", error.info())));
                None
            }
        }
    }

    fn span(&self, span: YamlSpan) -> Span {
        Span::new(self.offsets.byte(span.start.index()), self.offsets.byte(span.end.index()))
    }

    fn document(&mut self) -> Option<Value> {
        loop {
            match self.next()? {
                (Event::StreamStart | Event::DocumentStart(_) | Event::Nothing, _) => {}
                (Event::StreamEnd | Event::DocumentEnd, _) => return None,
                (event, span) => return self.value(event, span, 0),
            }
        }
    }

    fn value(&mut self, event: Event<'t>, span: Span, depth: usize) -> Option<Value> {
        self.count += 1;
        if depth > budget::VALUE_DEPTH || self.count > budget::VALUE_COUNT {
            self.faults.push(Fault::new(&rules::TOO_LARGE, span, "this has too many values, or they are nested too deep"));
            return None;
        }
        match event {
            Event::Scalar(text, style, _, _) => Some(Value::new(span, scalar(text.into_owned(), style))),
            Event::SequenceStart(..) => self.list(span, depth),
            Event::MappingStart(..) => self.table(span, depth),
            Event::Alias(_) => {
                self.faults.push(Fault::new(&rules::FRONT_MATTER, span, "aliases are not read").help("write the value out"));
                Some(Value::new(span, Data::Null))
            }
            _ => None,
        }
    }

    fn list(&mut self, start: Span, depth: usize) -> Option<Value> {
        let mut list = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, end) => return Some(Value::new(Span::new(start.start, end.end.max(start.end)), Data::List(list))),
                (event, span) => list.push(self.value(event, span, depth + 1)?),
            }
        }
    }

    fn table(&mut self, start: Span, depth: usize) -> Option<Value> {
        let mut table = Table::default();
        loop {
            let (key, key_span) = match self.next()? {
                (Event::MappingEnd, end) => return Some(Value::new(Span::new(start.start, end.end.max(start.end)), Data::Table(table))),
                (Event::Scalar(text, ..), span) => (text.into_owned(), span),
                (_, span) => {
                    self.faults.push(Fault::new(&rules::FRONT_MATTER, span, "a key must be a plain text"));
                    return None;
                }
            };
            let (event, span) = self.next()?;
            let value = self.value(event, span, depth + 1)?;
            if table.get(&key).is_some() {
                self.faults.push(Fault::new(&rules::FRONT_MATTER, key_span, format!("the key `{key}` stands twice")));
            } else {
                table.push(key, key_span, value);
            }
        }
    }
}

fn scalar(text: String, style: ScalarStyle) -> Data {
    match (style, text.as_str()) {
        (ScalarStyle::Plain, "" | "~" | "null" | "Null" | "NULL") => Data::Null,
        (ScalarStyle::Plain, _) => Data::Plain(text),
        _ => Data::Text(text),
    }
}

/// From the parser's character counts to bytes; `None` where the two are the same.
struct Offsets {
    table: Option<Vec<usize>>,
    len: usize,
}

impl Offsets {
    fn new(text: &str) -> Self {
        let table = (!text.is_ascii()).then(|| text.char_indices().map(|(at, _)| at).collect());
        Self { table, len: text.len() }
    }

    fn byte(&self, character: usize) -> usize {
        match &self.table {
            Some(table) => table.get(character).copied().unwrap_or(self.len),
            None => character.min(self.len),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_keep_their_writing_and_place() {
        let text = "标: NO\nb: [1.10, \"x\"]\n";
        let (value, faults) = yaml(text);
        assert!(faults.is_empty());
        let Data::Table(table) = value.data else { panic!("a table") };
        assert_eq!(table.get("标").and_then(Value::text), Some("NO"));
        let span = table.get("标").map(|value| value.span.range());
        assert_eq!(span.map(|range| &text[range]), Some("NO"));
    }

    #[test]
    fn a_broken_text_is_a_fault_with_a_place() {
        let (_, faults) = yaml("a: [1, 2\nb: 3");
        assert_eq!(faults.len(), 1);
    }
}
