//! Terms: words that a reader may not know, each with its definition.
//!
//! ```toml
//! [[terms]]
//! id = "pmi"
//! term = "purchasing managers' index"
//! abbr = "PMI"
//! definition = "A survey of firms, in which 50 means no change."
//! forms = { zh-Hans = "采购经理指数" }
//! ```

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::common::{Fact, FormText, Info, Named, form_facts};

/// A term of the glossary.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub struct Term {
    /// The term as it is headed in the glossary.
    pub term: String,
    /// What it means, as Markdown.
    pub definition: String,
    /// Its abbreviation.
    pub abbr: Option<String>,
    /// Other names.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The term in other languages: language tag to form.
    #[serde(default)]
    pub forms: BTreeMap<String, FormText>,
    /// The group it belongs to.
    pub category: Option<String>,
}

impl Term {
    /// What is fixed about this kind.
    pub const INFO: Info = Info {
        name: "term",
        plural: "terms",
        prefix: "term",
        folder: "glossary",
        title: "Glossary",
        intro: "Every term the briefing explains, with each passage that uses it.",
        text_keys: ("term", "definition"),
        lists: &["aliases", "sources", "see"],
    };
}

impl Named for Term {
    fn label(&self) -> &str {
        &self.term
    }

    fn main_text(&self) -> Option<&str> {
        Some(&self.definition)
    }

    fn facts(&self) -> Vec<Fact> {
        let also = (!self.aliases.is_empty()).then(|| self.aliases.join("; "));
        let mut facts: Vec<Fact> = Fact::maybe("Abbreviation", self.abbr.as_ref()).into_iter().collect();
        facts.extend(Fact::maybe("Also", also));
        facts.extend(form_facts(&self.forms));
        facts.extend(Fact::maybe("Category", self.category.as_ref()));
        facts
    }

    fn aliases(&self) -> &[String] {
        &self.aliases
    }

    fn names(&self) -> Vec<&str> {
        let others = self.abbr.iter().chain(&self.aliases).map(String::as_str);
        std::iter::once(self.term.as_str()).chain(others).filter(|name| !name.trim().is_empty()).collect()
    }
}
