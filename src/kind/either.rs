//! Values that an author may write in a short form: a text where a table or a list says more.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::text::Spanned;

/// What was written: the text, or what stands in its place.
pub(super) enum Either<T> {
    Text(String),
    More(T),
}

/// Reads a text, or a table of keys; `expecting` names both in the words of a finding.
pub(super) fn text_or_table<'de, T, D>(deserializer: D, expecting: &'static str) -> Result<Either<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    struct TextOrTable<T>(&'static str, PhantomData<T>);
    impl<'de, T: Deserialize<'de>> Visitor<'de> for TextOrTable<T> {
        type Value = Either<T>;
        fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            out.write_str(self.0)
        }
        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Either<T>, E> {
            Ok(Either::Text(text.to_owned()))
        }
        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Either<T>, A::Error> {
            T::deserialize(MapAccessDeserializer::new(map)).map(Either::More)
        }
    }
    deserializer.deserialize_any(TextOrTable(expecting, PhantomData))
}

/// Reads a text, or a list.
pub(super) fn text_or_list<'de, T, D>(deserializer: D, expecting: &'static str) -> Result<Either<Vec<Spanned<T>>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    struct TextOrList<T>(&'static str, PhantomData<T>);
    impl<'de, T: Deserialize<'de>> Visitor<'de> for TextOrList<T> {
        type Value = Either<Vec<Spanned<T>>>;
        fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            out.write_str(self.0)
        }
        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
            Ok(Either::Text(text.to_owned()))
        }
        fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
            Vec::deserialize(SeqAccessDeserializer::new(list)).map(Either::More)
        }
    }
    deserializer.deserialize_any(TextOrList(expecting, PhantomData))
}
