//! From values with places to typed records, by serde. Every fault of a table is found, not only the first.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;

use serde::de::{self, Deserialize, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor};

use super::{Data, Fault, Table, Value};
use crate::text::{Span, forbidden, forbidden_message, nearest, offer, rules, suggestion};

/// Makes a typed record of a table. `also` names keys that stand in the same table and belong to another type:
/// they are offered as suggestions. A value that does not fit is reported and left out, and the rest is tried
/// again, so that all faults show at once; `None` only where what is left is not enough.
pub fn fill<T: for<'de> Deserialize<'de>>(table: &Table, span: Span, also: &[&str], faults: &mut Vec<Fault>) -> Option<T> {
    let mut table = table.clone();
    let mut left_out: Vec<String> = Vec::new();
    let mut told: BTreeSet<(Span, String)> = BTreeSet::new();
    loop {
        let heard = RefCell::new(Vec::new());
        let reader = Reader { value: Source::Table(&table, span), heard: &heard, also };
        let result = T::deserialize(reader);
        // A later try hears again what an earlier one heard, and what that one did not come to.
        for fault in heard.into_inner() {
            if told.insert((fault.span, fault.message.clone())) {
                faults.push(fault);
            }
        }
        let slip = match result {
            Ok(record) => return Some(record),
            Err(slip) => slip,
        };
        // What was left out is missing for a reason that has been reported.
        if !left_out.iter().any(|key| slip.message == missing(key)) {
            faults.push(Fault::new(&rules::WRONG_TYPE, slip.span.unwrap_or(span), slip.message));
        }
        left_out.push(take(&mut table, &slip.keys)?);
    }
}

/// Takes out the entry that does not fit, by its keys from the inside out. Tables in it keep their other entries.
fn take(table: &mut Table, keys: &[String]) -> Option<String> {
    let (outer, inner) = keys.split_last()?;
    let at = table.entries.iter().position(|entry| entry.key == *outer)?;
    if let Data::Table(nested) = &mut table.entries[at].value.data
        && let Some(key) = take(nested, inner)
    {
        return Some(key);
    }
    Some(table.entries.remove(at).key)
}

/// Serde's error, with the place if it is known yet, and the keys whose value does not fit, the innermost first.
#[derive(Debug)]
pub(super) struct Slip {
    message: String,
    span: Option<Span>,
    keys: Vec<String>,
}

impl Slip {
    fn at(mut self, span: Span) -> Self {
        self.span.get_or_insert(span);
        self
    }

    fn of(mut self, key: &str) -> Self {
        self.keys.push(key.to_owned());
        self
    }
}

fn missing(key: &str) -> String {
    format!("`{key}` is missing")
}

impl fmt::Display for Slip {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for Slip {}

impl de::Error for Slip {
    fn custom<M: fmt::Display>(message: M) -> Self {
        Self { message: message.to_string(), span: None, keys: Vec::new() }
    }

    fn missing_field(field: &'static str) -> Self {
        Self { message: missing(field), span: None, keys: Vec::new() }
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let hint = suggestion(variant, expected.iter().copied()).map(|hint| format!("; {hint}"));
        Self {
            message: format!("`{variant}` is none of {}{}", expected.join(", "), hint.unwrap_or_default()),
            span: None,
            keys: Vec::new(),
        }
    }
}

#[derive(Clone, Copy)]
enum Source<'v> {
    Value(&'v Value),
    Table(&'v Table, Span),
}

#[derive(Clone, Copy)]
struct Reader<'v, 'h> {
    value: Source<'v>,
    heard: &'h RefCell<Vec<Fault>>,
    also: &'h [&'h str],
}

impl<'v> Reader<'v, '_> {
    fn of(self, value: &'v Value) -> Self {
        Reader { value: Source::Value(value), heard: self.heard, also: &[] }
    }

    fn span(&self) -> Span {
        match self.value {
            Source::Value(value) => value.span,
            Source::Table(_, span) => span,
        }
    }

    fn wrong<T>(&self, wanted: &str) -> Result<T, Slip> {
        let found = match self.value {
            Source::Value(value) => value.type_name(),
            Source::Table(..) => "a table",
        };
        Err(Slip { message: format!("expected {wanted}, found {found}"), span: Some(self.span()), keys: Vec::new() })
    }

    /// A text may be written with escapes, so the place of a character in it is that of the whole value.
    fn examine(&self, text: &str) {
        if let Some(one) = text.chars().find(|one| forbidden(*one)) {
            let fault = Fault::new(&rules::CONTROL_CHARACTER, self.span(), forbidden_message(one));
            self.heard.borrow_mut().push(fault.help("delete it"));
        }
    }

    fn table(&self) -> Option<&'v Table> {
        match self.value {
            Source::Table(table, _) | Source::Value(Value { data: Data::Table(table), .. }) => Some(table),
            Source::Value(_) => None,
        }
    }

    fn data(&self) -> Option<&'v Data> {
        match self.value {
            Source::Value(value) => Some(&value.data),
            Source::Table(..) => None,
        }
    }

    fn number<T: std::str::FromStr>(&self, wanted: &str) -> Result<T, Slip> {
        match self.data() {
            Some(Data::Integer(text) | Data::Float(text) | Data::Plain(text)) => match text.trim().replace('_', "").parse() {
                Ok(number) => Ok(number),
                Err(_) => Err(Slip { message: format!("expected {wanted}, found `{text}`"), span: Some(self.span()), keys: Vec::new() }),
            },
            _ => self.wrong(wanted),
        }
    }
}

/// Numbers of each width come from the text of the value.
macro_rules! numbers {
    ($($method:ident, $visit:ident, $wanted:literal;)+) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Slip> {
            let span = self.span();
            visitor.$visit(self.number($wanted)?).map_err(|slip: Slip| slip.at(span))
        })+
    };
}

impl<'de> de::Deserializer<'de> for Reader<'de, '_> {
    type Error = Slip;

    numbers! {
        deserialize_i8, visit_i8, "a whole number"; deserialize_i16, visit_i16, "a whole number";
        deserialize_i32, visit_i32, "a whole number"; deserialize_i64, visit_i64, "a whole number";
        deserialize_u8, visit_u8, "a whole number from 0 to 255"; deserialize_u16, visit_u16, "a whole number, not negative";
        deserialize_u32, visit_u32, "a whole number, not negative"; deserialize_u64, visit_u64, "a whole number, not negative";
        deserialize_f32, visit_f32, "a number"; deserialize_f64, visit_f64, "a number";
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Slip> {
        let span = self.span();
        if let Some(table) = self.table() {
            return visitor.visit_map(Fields::new(self, table)).map_err(|slip| slip.at(span));
        }
        let result = match self.data() {
            None | Some(Data::Null | Data::Table(_)) => visitor.visit_unit(),
            Some(Data::Bool(truth)) => visitor.visit_bool(*truth),
            Some(Data::Integer(text)) => match text.parse::<i64>() {
                Ok(number) => visitor.visit_i64(number),
                Err(_) => visitor.visit_str(text),
            },
            Some(Data::Float(text)) => visitor.visit_f64(text.parse().unwrap_or(f64::NAN)),
            Some(Data::Date(text) | Data::Text(text) | Data::Plain(text)) => visitor.visit_borrowed_str(text),
            Some(Data::List(list)) => visitor.visit_seq(Items { reader: self, rest: list.iter() }),
        };
        result.map_err(|slip: Slip| slip.at(span))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Slip> {
        match self.data() {
            Some(Data::Bool(truth)) => visitor.visit_bool(*truth),
            Some(Data::Plain(text)) if text.eq_ignore_ascii_case("true") => visitor.visit_bool(true),
            Some(Data::Plain(text)) if text.eq_ignore_ascii_case("false") => visitor.visit_bool(false),
            _ => self.wrong("true or false"),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Slip> {
        let span = self.span();
        match self.data() {
            Some(Data::Text(text) | Data::Plain(text) | Data::Date(text)) => {
                self.examine(text);
                visitor.visit_borrowed_str(text).map_err(|slip: Slip| slip.at(span))
            }
            _ => self.wrong("a text in quotation marks"),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Slip> {
        self.deserialize_str(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Slip> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Slip> {
        match self.data() {
            Some(Data::Null) => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Slip> {
        let span = self.span();
        let result = if name == crate::text::SPANNED {
            visitor.visit_seq(Placed { reader: self, step: 0 })
        } else if let (crate::text::AS_WRITTEN, Some(Data::Integer(text) | Data::Float(text))) = (name, self.data()) {
            visitor.visit_str(text)
        } else {
            visitor.visit_newtype_struct(self)
        };
        result.map_err(|slip: Slip| slip.at(span))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Slip> {
        let span = self.span();
        match self.data() {
            Some(Data::List(list)) => visitor.visit_seq(Items { reader: self, rest: list.iter() }).map_err(|slip: Slip| slip.at(span)),
            _ => self.wrong("a list"),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Slip> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(self, _: &'static str, _: usize, visitor: V) -> Result<V::Value, Slip> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Slip> {
        let span = self.span();
        match self.table() {
            Some(table) => visitor.visit_map(Fields::new(self, table)).map_err(|slip: Slip| slip.at(span)),
            None => self.wrong("a table"),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(self, _: &'static str, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Slip> {
        let Some(table) = self.table() else { return self.wrong("a table") };
        let span = self.span();
        for entry in &table.entries {
            if !fields.contains(&entry.key.as_str()) {
                let known = fields.iter().chain(self.also).copied();
                let mut fault = Fault::new(&rules::UNKNOWN_KEY, entry.key_span, format!("the key `{}` is not known here", entry.key));
                let near = nearest(&entry.key, known);
                fault.help = offer(&near).or_else(|| Some(format!("the keys are: {}", fields.join(", "))));
                fault.instead = near.first().map(|&key| key.to_owned());
                self.heard.borrow_mut().push(fault);
            }
        }
        let fields = Fields { known: Some(fields), ..Fields::new(self, table) };
        visitor.visit_map(fields).map_err(|slip: Slip| slip.at(span))
    }

    fn deserialize_enum<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Slip> {
        let span = self.span();
        match self.data() {
            Some(Data::Text(text) | Data::Plain(text)) => {
                visitor.visit_enum(text.as_str().into_deserializer()).map_err(|slip: Slip| slip.at(span))
            }
            _ => self.wrong("one of the known words, in quotation marks"),
        }
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Slip> {
        self.deserialize_str(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Slip> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! { bytes byte_buf unit unit_struct }
}

/// The entries of a table, of which a struct takes only those it knows.
struct Fields<'v, 'h> {
    reader: Reader<'v, 'h>,
    rest: std::slice::Iter<'v, super::Entry>,
    entry: Option<&'v super::Entry>,
    known: Option<&'static [&'static str]>,
}

impl<'v, 'h> Fields<'v, 'h> {
    fn new(reader: Reader<'v, 'h>, table: &'v Table) -> Self {
        Self { reader, rest: table.entries.iter(), entry: None, known: None }
    }
}

impl<'v> MapAccess<'v> for Fields<'v, '_> {
    type Error = Slip;

    fn next_key_seed<K: DeserializeSeed<'v>>(&mut self, seed: K) -> Result<Option<K::Value>, Slip> {
        let known = self.known;
        let Some(entry) = self.rest.find(|entry| known.is_none_or(|fields| fields.contains(&entry.key.as_str()))) else {
            return Ok(None);
        };
        self.entry = Some(entry);
        seed.deserialize(entry.key.as_str().into_deserializer()).map(Some).map_err(|slip: Slip| slip.at(entry.key_span).of(&entry.key))
    }

    fn next_value_seed<S: DeserializeSeed<'v>>(&mut self, seed: S) -> Result<S::Value, Slip> {
        let entry = self.entry.take().ok_or_else(|| de::Error::custom("a value is asked for before its key"))?;
        seed.deserialize(self.reader.of(&entry.value)).map_err(|slip: Slip| slip.at(entry.value.span).of(&entry.key))
    }
}

/// The items of a list.
struct Items<'v, 'h> {
    reader: Reader<'v, 'h>,
    rest: std::slice::Iter<'v, Value>,
}

impl<'v> SeqAccess<'v> for Items<'v, '_> {
    type Error = Slip;

    fn next_element_seed<S: DeserializeSeed<'v>>(&mut self, seed: S) -> Result<Option<S::Value>, Slip> {
        let Some(value) = self.rest.next() else { return Ok(None) };
        // An item that does not fit takes its whole list with it.
        let of_list = |slip: Slip| Slip { keys: Vec::new(), ..slip.at(value.span) };
        seed.deserialize(self.reader.of(value)).map(Some).map_err(of_list)
    }
}

/// A value as three items: where it starts, where it ends, what it is.
struct Placed<'v, 'h> {
    reader: Reader<'v, 'h>,
    step: u8,
}

impl<'v> SeqAccess<'v> for Placed<'v, '_> {
    type Error = Slip;

    fn next_element_seed<S: DeserializeSeed<'v>>(&mut self, seed: S) -> Result<Option<S::Value>, Slip> {
        self.step += 1;
        let span = self.reader.span();
        match self.step {
            1 => seed.deserialize(span.start.into_deserializer()).map(Some),
            2 => seed.deserialize(span.end.into_deserializer()).map(Some),
            3 => seed.deserialize(self.reader).map(Some),
            _ => Ok(None),
        }
    }
}
