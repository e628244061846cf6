//! Entities: people, organisations and places that the briefing names.
//!
//! ```toml
//! [[entities]]
//! id = "zmj"
//! name = "Zhengzhou Coal Mining Machinery Group"
//! type = "organisation"
//! aliases = ["ZMJ"]
//! ```

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::common::{Fact, FormText, Info, Named, form_facts};

/// A person, organisation, place, product or event.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub struct Entity {
    /// The name as the briefing writes it.
    pub name: String,
    /// What it is.
    #[serde(rename = "type")]
    pub entity_type: EntityType,
    /// What it does in the briefing, as Markdown.
    pub role: Option<String>,
    /// Other names.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The name in other languages: language tag to form.
    #[serde(default)]
    pub forms: BTreeMap<String, FormText>,
}

/// What an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum EntityType {
    /// A human being.
    Person,
    /// A firm, an authority, a party, a body of any kind.
    Organisation,
    /// A place on the map.
    Place,
    /// A thing that is made or sold.
    Product,
    /// Something that happened, or a programme that is carried out.
    Event,
}

impl EntityType {
    const fn group(self) -> &'static str {
        match self {
            Self::Person => "People",
            Self::Organisation => "Organisations",
            Self::Place => "Places",
            Self::Product => "Products",
            Self::Event => "Events and programmes",
        }
    }
}

impl Entity {
    /// What is fixed about this kind.
    pub const INFO: Info = Info {
        name: "entity",
        plural: "entities",
        prefix: "ent",
        folder: "names",
        title: "Index of names",
        intro: "The people, organisations, places and things the briefing names, with each passage that does.",
        text_keys: ("name", "role"),
        lists: &["aliases", "sources", "see"],
    };
}

impl Named for Entity {
    fn label(&self) -> &str {
        &self.name
    }

    fn main_text(&self) -> Option<&str> {
        self.role.as_deref()
    }

    fn facts(&self) -> Vec<Fact> {
        let also = (!self.aliases.is_empty()).then(|| self.aliases.join("; "));
        Fact::maybe("Also", also).into_iter().chain(form_facts(&self.forms)).collect()
    }

    fn aliases(&self) -> &[String] {
        &self.aliases
    }

    fn group(&self) -> Option<&str> {
        Some(self.entity_type.group())
    }
}
