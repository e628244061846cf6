//! TOML to values with places; alone knows the TOML library.

use toml::de::{DeTable, DeValue};

use super::{Data, Fault, Table, Value};
use crate::budget;
use crate::text::{Span, rules};

/// Reads a TOML text. What is broken is reported, what is whole is returned.
#[must_use]
pub fn toml(text: &str) -> (Value, Vec<Fault>) {
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut faults: Vec<Fault> = errors.iter().take(20).map(|error| fault(text, error)).collect();
    let span = Span::new(0, text.len());
    let table = table(document.into_inner(), 0, &mut faults);
    (Value::new(span, Data::Table(table)), faults)
}

fn fault(text: &str, error: &toml::de::Error) -> Fault {
    let span = error.span().map_or_else(Span::default, Span::from);
    let message = error.message().lines().collect::<Vec<_>>().join(", ");
    let fault = Fault::new(&rules::FRONT_MATTER, span, format!("this is not TOML: {message}"));
    let line_start = text[..crate::text::floor_boundary(text, span.start)].rfind('\n').map_or(0, |at| at + 1);
    let line = text[line_start..].lines().next().unwrap_or_default();
    if line.contains('\'') && line.matches('\'').count() % 2 == 1 {
        fault.help("a text with an apostrophe stands in double quotation marks: \"…\"")
    } else {
        fault
    }
}

fn table(from: DeTable<'_>, depth: usize, faults: &mut Vec<Fault>) -> Table {
    let mut out = Table::default();
    for (key, value) in from {
        let key_span = Span::from(key.span());
        out.push(key.into_inner(), key_span, self::value(value, depth + 1, faults));
    }
    // The library's tables are sorted by key; the author's order is the order of places.
    out.entries.sort_by_key(|entry| entry.key_span);
    out
}

fn value(from: toml::Spanned<DeValue<'_>>, depth: usize, faults: &mut Vec<Fault>) -> Value {
    let span = Span::from(from.span());
    if depth > budget::VALUE_DEPTH {
        faults.push(Fault::new(&rules::TOO_LARGE, span, format!("values are nested deeper than {}", budget::VALUE_DEPTH)));
        return Value::new(span, Data::Null);
    }
    let data = match from.into_inner() {
        DeValue::String(text) => Data::Text(text.into_owned()),
        DeValue::Integer(number) => Data::Integer(decimal(&number)),
        DeValue::Float(number) => Data::Float(number.as_str().to_owned()),
        DeValue::Boolean(truth) => Data::Bool(truth),
        DeValue::Datetime(date) => Data::Date(date.to_string()),
        DeValue::Array(list) => Data::List(list.into_iter().map(|one| value(one, depth + 1, faults)).collect()),
        DeValue::Table(inner) => Data::Table(table(inner, depth, faults)),
    };
    Value::new(span, data)
}

fn decimal(number: &toml::de::DeInteger<'_>) -> String {
    if number.radix() == 10 {
        return number.as_str().to_owned();
    }
    i128::from_str_radix(number.as_str(), number.radix()).map_or_else(|_| number.as_str().to_owned(), |value| value.to_string())
}
