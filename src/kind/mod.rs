//! The kinds of annotation. A kind is one file here and one line in the list below.

mod chart;
mod claim;
mod common;
mod either;
mod entity;
mod figure;
mod note;
mod source;
mod source_card;
mod term;

use serde::Serialize;

pub use chart::{Callout, Change, ChartKind, ClaimDatum, DiagramKind, Direction, FigureData, Labels, Names, Order, ReferenceLine, Scale};
pub use claim::{Claim, ClaimKind, Confidence, Operator, Quantity, Support as ClaimSupport, with_unit};
pub use common::{Common, Fact, FormText, Info, Named, Support};
pub use entity::Entity;
pub use figure::{Figure, FigureKind};
pub use note::Note;
pub use source::*;
pub use term::Term;

use crate::read::{Entry, Fault, Table, fill};
use crate::text::{Place, Span, rules};

/// Declares the kinds: the name an author writes, and the type of its record.
macro_rules! kinds {
    ($($variant:ident => $module:ident::$record:ident;)+) => {
        /// One of the kinds of annotation.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "lowercase")]
        pub enum Kind { $(#[doc = concat!("See [`", stringify!($record), "`].")] $variant),+ }

        impl Kind {
            /// Every kind, in the order in which the site shows them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// What is fixed about this kind: its names, its page, its reference.
            #[must_use]
            pub const fn info(self) -> &'static Info {
                match self { $(Self::$variant => &<$module::$record>::INFO),+ }
            }

            fn fill(self, table: &Table, span: Span, faults: &mut Vec<Fault>) -> Option<Data> {
                match self { $(Self::$variant => fill(table, span, Common::KEYS, faults).map(|record| Data::$variant(Box::new(record)))),+ }
            }

            /// The JSON Schema of this kind's own fields.
            #[must_use]
            pub fn schema(self) -> schemars::Schema {
                match self { $(Self::$variant => schemars::schema_for!($module::$record)),+ }
            }
        }

        /// The fields of one annotation. The kinds differ much in size, so that each has a box of its own.
        #[derive(Debug, Clone, PartialEq, Serialize)]
        #[serde(untagged)]
        pub enum Data { $(#[doc = concat!("See [`", stringify!($record), "`].")] $variant(Box<$module::$record>)),+ }

        impl Data {
            /// The record seen through what all kinds have in common.
            #[must_use]
            pub fn named(&self) -> &dyn Named {
                match self { $(Self::$variant(record) => &**record),+ }
            }
        }
    };
}

kinds! {
    Source => source::Source;
    Term => term::Term;
    Figure => figure::Figure;
    Claim => claim::Claim;
    Note => note::Note;
    Entity => entity::Entity;
}

impl Kind {
    /// The kind whose records stand under this key of the front matter (`sources`, `terms`, …).
    #[must_use]
    pub fn by_plural(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.info().plural == key)
    }

    /// The kind that a reference names by this prefix (`term:`, `fig:`, …).
    #[must_use]
    pub fn by_prefix(prefix: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.info().prefix == prefix || kind.info().name == prefix)
    }

    /// The anchor of a record on its page.
    #[must_use]
    pub fn anchor(self, id: &str) -> String {
        format!("{}-{id}", self.info().name)
    }
}

/// One annotation, as its author declared it.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Its kind.
    pub kind: Kind,
    /// Where its id stands.
    pub place: Place,
    /// What every kind has.
    pub common: Common,
    /// What its own kind has.
    pub data: Data,
    /// The places of its keys' values.
    pub fields: Vec<(String, Span)>,
}

impl Record {
    /// Makes a record of a table; `None` where what is left after its faults is not enough.
    pub fn read(kind: Kind, path: &std::sync::Arc<str>, mut table: Table, span: Span, faults: &mut Vec<Fault>) -> Option<Self> {
        let fields = table.entries.iter().map(|entry| (entry.key.clone(), entry.value.span)).collect();
        let shared = Table { entries: Common::KEYS.iter().filter_map(|key| table.take(key)).collect::<Vec<Entry>>() };
        let common: Option<Common> = fill(&shared, span, &[], faults);
        let data = kind.fill(&table, span, faults);
        let (common, data) = (common?, data?);
        if !well_formed(&common.id.value) {
            let message = format!("`{}` is no id", common.id.value);
            faults.push(
                Fault::new(&rules::WRONG_TYPE, common.id.span, message).help("an id has letters, digits, `-`, `_` and `.`, and no spaces"),
            );
            return None;
        }
        let place = Place::new(path.clone(), common.id.span);
        Some(Self { kind, place, common, data, fields })
    }

    /// The id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.common.id.value
    }

    /// The place of a key's value, or of the id where the key is not written.
    #[must_use]
    pub fn place_of(&self, key: &str) -> Place {
        let span = self.fields.iter().find(|(name, _)| name == key).map_or(self.place.span, |(_, span)| *span);
        Place { path: self.place.path.clone(), span }
    }

    /// Its permanent anchor.
    #[must_use]
    pub fn anchor(&self) -> String {
        self.kind.anchor(self.id())
    }
}

fn well_formed(id: &str) -> bool {
    // One of points alone would lead out of the folder that is named for it.
    id.contains(char::is_alphanumeric) && id.chars().all(|one| one.is_alphanumeric() || matches!(one, '-' | '_' | '.' | '+'))
}
