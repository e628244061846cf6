//! What every kind of annotation has in common.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use super::either::{Either, text_or_table};
use crate::text::Spanned;

/// What is fixed about a kind.
#[derive(Debug, PartialEq, Eq)]
pub struct Info {
    /// Its name, as the command line and anchors have it.
    pub name: &'static str,
    /// The key of its records in front matter, and the stem of its registers.
    pub plural: &'static str,
    /// How a reference begins: `fig` in `[[fig:steel]]`.
    pub prefix: &'static str,
    /// The folder of its page in the site.
    pub folder: &'static str,
    /// The heading of its page.
    pub title: &'static str,
    /// One sentence at the head of its page.
    pub intro: &'static str,
    /// The keys of its naming text and of its main text.
    pub text_keys: (&'static str, &'static str),
    /// Columns of its CSV register that hold several values.
    pub lists: &'static [&'static str],
}

/// One line of a card: a name and a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Fact {
    /// What it tells, such as "Support".
    pub name: String,
    /// The value, as plain text.
    pub text: String,
    /// The language of the value, where it is not the page's.
    pub language: Option<String>,
}

impl Fact {
    /// A fact, if there is a value.
    pub fn maybe(name: &str, text: Option<impl ToString>) -> Option<Self> {
        text.map(|text| Self { name: name.to_owned(), text: text.to_string(), language: None })
    }
}

/// A record seen through what all kinds have in common.
pub trait Named: fmt::Debug {
    /// What names it in running text: inline Markdown.
    fn label(&self) -> &str;

    /// Its main text as Markdown: a definition, a statement, a caption.
    fn main_text(&self) -> Option<&str> {
        None
    }

    /// Its further texts as Markdown, each with a heading.
    fn texts(&self) -> Vec<(&'static str, &str)> {
        Vec::new()
    }

    /// Short facts for its card.
    fn facts(&self) -> Vec<Fact> {
        Vec::new()
    }

    /// Other names by which it is found.
    fn aliases(&self) -> &[String] {
        &[]
    }

    /// Every name by which a reader may know it: its label, its abbreviation, its aliases.
    fn names(&self) -> Vec<&str> {
        let names = std::iter::once(self.label()).chain(self.aliases().iter().map(String::as_str));
        names.filter(|name| !name.trim().is_empty()).collect()
    }

    /// The group in which its page lists it.
    fn group(&self) -> Option<&str> {
        None
    }
}

/// The keys that a record of any kind may have.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
pub struct Common {
    /// The id, unique within its kind over the whole briefing.
    #[serde(skip_serializing)]
    pub id: Spanned<String>,
    /// The sources that carry it.
    #[serde(default)]
    pub sources: Vec<Support>,
    /// Other records to look at, as `id` (of the same kind) or `kind:id`.
    #[serde(default)]
    pub see: Vec<Spanned<String>>,
    /// A free note.
    pub note: Option<String>,
}

impl Common {
    /// The keys.
    pub const KEYS: &[&str] = &["id", "sources", "see", "note"];
}

/// A source that carries a record, with the place in it and its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Support {
    /// The source's id.
    pub id: Spanned<String>,
    /// The place in the source, such as `p. 3`.
    pub locator: Option<String>,
    /// The source's own words.
    pub quote: Option<Spanned<String>>,
}

impl<'de> Deserialize<'de> for Support {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Full {
            id: Spanned<String>,
            locator: Option<String>,
            quote: Option<Spanned<String>>,
        }
        struct Written(Either<Full>);
        impl<'de> Deserialize<'de> for Written {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                text_or_table(deserializer, "a source's id, or a table with `id`, `locator` and `quote`").map(Self)
            }
        }
        let written = Spanned::<Written>::deserialize(deserializer)?;
        Ok(match written.value.0 {
            Either::Text(id) => Self { id: Spanned { value: id, span: written.span }, locator: None, quote: None },
            Either::More(Full { id, locator, quote }) => Self { id, locator, quote },
        })
    }
}

/// A name's form in another language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FormText {
    /// The form.
    pub form: String,
    /// Whether the form was inferred and not met in a source.
    pub inferred: bool,
}

impl<'de> Deserialize<'de> for FormText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Full {
            form: String,
            #[serde(default)]
            inferred: bool,
        }
        let written = text_or_table(deserializer, "a text, or a table with `form` and `inferred`")?;
        Ok(match written {
            Either::Text(form) => Self { form, inferred: false },
            Either::More(Full { form, inferred }) => Self { form, inferred },
        })
    }
}

/// The forms of a name in other languages as facts.
pub(super) fn form_facts(forms: &std::collections::BTreeMap<String, FormText>) -> impl Iterator<Item = Fact> + '_ {
    forms.iter().map(|(language, form)| Fact {
        name: format!("In {}{}", language_name(language), if form.inferred { " (inferred)" } else { "" }),
        text: form.form.clone(),
        language: Some(language.clone()),
    })
}

/// The English name of the languages met most; others keep their tag.
pub(super) fn language_name(tag: &str) -> &str {
    match tag {
        "zh" => "Chinese",
        "zh-Hans" | "zh-CN" => "Chinese (simplified)",
        "zh-Hant" | "zh-TW" => "Chinese (traditional)",
        "zh-Latn-pinyin" => "pinyin",
        "en" => "English",
        "de" => "German",
        "fr" => "French",
        "ja" => "Japanese",
        "ru" => "Russian",
        other => other,
    }
}
