//! Editor's notes: what the desk found wrong or doubtful in a source, and how it reads it.
//!
//! ```toml
//! [[notes]]
//! id = "split-number"
//! about = ["pilot-80-projects"]
//! category = "number split by page join"
//! says = "More than 0 cooperation projects"
//! problem = "A page break split a number."
//! reading = "Over 80 joint projects."
//! basis = "arithmetic"
//! confidence = "high"
//! ```

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::claim::Confidence;
use super::common::{Fact, Info, Named};
use crate::text::Spanned;

/// A note of the editor on a source's text.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub struct Note {
    /// The records it is about: ids of claims, or `kind:id`.
    #[serde(default)]
    pub about: Vec<Spanned<String>>,
    /// What sort of fault it is.
    pub category: Option<String>,
    /// What the source says, in its own few words.
    pub says: Option<String>,
    /// What is wrong with that, as Markdown.
    pub problem: String,
    /// How the desk reads it, as Markdown.
    pub reading: Option<String>,
    /// What that reading rests on.
    pub basis: Option<String>,
    /// How sure the desk is.
    pub confidence: Option<Confidence>,
}

impl Note {
    /// What is fixed about this kind.
    pub const INFO: Info = Info {
        name: "note",
        plural: "notes",
        prefix: "note",
        folder: "notes",
        title: "Editor's notes",
        intro: "Where a source is damaged, unclear or doubtful, and how this briefing reads it.",
        text_keys: ("category", "problem"),
        lists: &["about", "sources", "see"],
    };
}

impl Named for Note {
    fn label(&self) -> &str {
        self.category.as_deref().unwrap_or("editor's note")
    }

    fn main_text(&self) -> Option<&str> {
        Some(&self.problem)
    }

    fn texts(&self) -> Vec<(&'static str, &str)> {
        self.reading.as_deref().map(|reading| ("Reading", reading)).into_iter().collect()
    }

    fn facts(&self) -> Vec<Fact> {
        // The desk may have quoted several passages, or words in another language, with marks of its own.
        let quoted = |says: &String| says.starts_with(['“', '"', '‘', '「', '『', '«', '„']);
        let says = self.says.as_ref().map(|says| if quoted(says) { says.clone() } else { format!("“{says}”") });
        [
            Fact::maybe("The source says", says),
            Fact::maybe("Basis", self.basis.as_ref()),
            Fact::maybe("Confidence", self.confidence.map(Confidence::word)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn group(&self) -> Option<&str> {
        self.category.as_deref()
    }
}
