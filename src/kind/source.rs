//! Sources: the documents that a briefing rests on.
//!
//! ```toml
//! [[sources]]
//! id = "nbs-2022"
//! type = "report"
//! title = "Statistical communique of 2022"
//! original_title = "2022年国民经济和社会发展统计公报"
//! author = "National Bureau of Statistics"
//! date = "2023-02-28"
//! url = "https://www.stats.gov.cn/"
//! reliability = "A"
//! ```

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

/// One source, as its record gives it.
///
/// Names are written `Family, Given`, or as they stand for an organisation;
/// braces keep a comma inside a name: `{Ministry of Commerce, PRC}`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(default)]
pub struct Source {
    /// What kind of document this is, in CSL's words.
    #[serde(rename = "type")]
    pub source_type: SourceType,
    /// The title, in the language of the briefing where it has been translated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The title in the language of the document, where `title` is a translation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original_title: Option<String>,
    /// Who wrote it: one name or a list of names.
    #[serde(deserialize_with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "OneOrMany")]
    pub author: Vec<String>,
    /// Who edited it: one name or a list of names.
    #[serde(deserialize_with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "OneOrMany")]
    pub editor: Vec<String>,
    /// Who translated it: one name or a list of names.
    #[serde(deserialize_with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "OneOrMany")]
    pub translator: Vec<String>,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Where the publisher is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// What it appeared in: the journal, newspaper, book or site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub container: Option<String>,
    /// When it appeared: `2024`, `2024-03`, `2024-03-30`, or free text.
    #[serde(deserialize_with = "text", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<TextOrNumber>")]
    pub date: Option<String>,
    /// Its address on the web.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When it was read there, as a date.
    #[serde(deserialize_with = "text", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<TextOrNumber>")]
    pub accessed: Option<String>,
    /// The address of an archived copy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived: Option<String>,
    /// The language of the document, as a language tag (`zh-CN`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The volume of the container.
    #[serde(deserialize_with = "text", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<TextOrNumber>")]
    pub volume: Option<String>,
    /// The issue of the container.
    #[serde(deserialize_with = "text", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<TextOrNumber>")]
    pub issue: Option<String>,
    /// The pages it fills in the container.
    #[serde(deserialize_with = "text", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<TextOrNumber>")]
    pub page: Option<String>,
    /// Its own number: of a report, a standard, a law.
    #[serde(deserialize_with = "text", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<TextOrNumber>")]
    pub number: Option<String>,
    /// Its edition.
    #[serde(deserialize_with = "text", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<TextOrNumber>")]
    pub edition: Option<String>,
    /// Its DOI, without the address before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doi: Option<String>,
    /// Its ISBN.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub isbn: Option<String>,
    /// How far its publisher can be relied on, on the Admiralty scale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reliability: Option<Reliability>,
    /// The path of a kept copy of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snapshot: Option<String>,
}

/// The reliability of a source: the letter of the Admiralty code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema)]
pub enum Reliability {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Reliability cannot be judged.
    F,
}

macro_rules! source_types {
    ($($(#[$default:meta])* $variant:ident = $name:literal, $doc:literal;)*) => {
        /// What kind of document a source is: the type names of CSL 1.0.2.
        #[derive(
            Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash,
            Deserialize, Serialize, JsonSchema,
        )]
        pub enum SourceType {
            $(
                #[doc = $doc]
                $(#[$default])*
                #[serde(rename = $name)]
                $variant,
            )*
        }

        impl SourceType {
            /// Every type, in CSL's order.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name exactly as CSL writes it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

source_types! {
    Article = "article", "A self-contained work, such as a preprint or working paper.";
    ArticleJournal = "article-journal", "An article in a scholarly journal.";
    ArticleMagazine = "article-magazine", "An article in a magazine.";
    ArticleNewspaper = "article-newspaper", "An article in a newspaper.";
    Bill = "bill", "A proposed law.";
    Book = "book", "A book.";
    Broadcast = "broadcast", "A programme on radio, television or as a podcast.";
    Chapter = "chapter", "A part of a book.";
    Classic = "classic", "A classical or ancient work.";
    Collection = "collection", "A collection in an archive.";
    Dataset = "dataset", "A data set.";
    #[default] Document = "document", "Anything that no other type fits.";
    Entry = "entry", "An entry in a database or catalogue.";
    EntryDictionary = "entry-dictionary", "An entry in a dictionary.";
    EntryEncyclopedia = "entry-encyclopedia", "An entry in an encyclopedia.";
    Event = "event", "An organised event.";
    Figure = "figure", "An illustration in a work.";
    Graphic = "graphic", "A picture, photograph or poster.";
    Hearing = "hearing", "A hearing of a government body.";
    Interview = "interview", "An interview.";
    LegalCase = "legal_case", "A case before a court.";
    Legislation = "legislation", "A law.";
    Manuscript = "manuscript", "An unpublished manuscript.";
    Map = "map", "A map.";
    MotionPicture = "motion_picture", "A film or video.";
    MusicalScore = "musical_score", "A musical score.";
    Pamphlet = "pamphlet", "A pamphlet or brochure.";
    PaperConference = "paper-conference", "A paper given at a conference.";
    Patent = "patent", "A patent.";
    Performance = "performance", "A live performance.";
    Periodical = "periodical", "A whole issue or run of a periodical.";
    PersonalCommunication = "personal_communication", "A letter, message or conversation.";
    Post = "post", "A post in a forum or on a social network.";
    PostWeblog = "post-weblog", "A post on a blog.";
    Regulation = "regulation", "An administrative order or regulation.";
    Report = "report", "A report.";
    Review = "review", "A review of something other than a book.";
    ReviewBook = "review-book", "A review of a book.";
    Software = "software", "Software.";
    Song = "song", "A song or recording.";
    Speech = "speech", "A speech or presentation.";
    Standard = "standard", "A technical standard.";
    Thesis = "thesis", "A thesis.";
    Treaty = "treaty", "A treaty between states.";
    Webpage = "webpage", "A page on the web.";
}

/// The two ways to write a list of names.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

/// A short text that many authors write as a bare number.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
enum TextOrNumber {
    Text(String),
    Number(i64),
}

fn one_or_many<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    Ok(match OneOrMany::deserialize(from)? {
        OneOrMany::One(name) => vec![name],
        OneOrMany::Many(names) => names,
    })
}

fn text<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let value = Option::<TextOrNumber>::deserialize(from)?;
    Ok(value.map(|value| match value {
        TextOrNumber::Text(text) => text,
        TextOrNumber::Number(number) => number.to_string(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_or_a_list_and_bare_numbers_are_read() {
        let source: Source = serde_json::from_value(serde_json::json!({
            "type": "legal_case", "author": "王, 小明", "editor": ["A, B", "C"], "date": 2024, "reliability": "B",
        }))
        .expect("the record is valid");
        assert_eq!(source.source_type, SourceType::LegalCase);
        assert_eq!(source.author, ["王, 小明"]);
        assert_eq!(source.editor, ["A, B", "C"]);
        assert_eq!(source.date.as_deref(), Some("2024"));
        assert_eq!(source.reliability, Some(Reliability::B));
    }

    #[test]
    fn type_names_are_those_of_csl() {
        assert_eq!(SourceType::ALL.len(), 45);
        for kind in SourceType::ALL {
            let name = serde_json::to_value(kind).expect("a unit variant is a string");
            assert_eq!(name, kind.name());
        }
    }
}
