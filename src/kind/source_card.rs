//! Sources as annotations: their names and the facts of their card.

use super::common::{Fact, Info, Named, language_name};
use super::source::{Reliability, Source};

impl Source {
    /// What is fixed about this kind.
    pub const INFO: Info = Info {
        name: "source",
        plural: "sources",
        prefix: "source",
        folder: "sources",
        title: "Sources",
        intro: "Everything the briefing cites, with each passage that does.",
        text_keys: ("title", ""),
        lists: &["author", "editor", "translator", "sources", "see"],
    };
}

impl Named for Source {
    fn label(&self) -> &str {
        self.title.as_deref().unwrap_or("untitled")
    }

    fn facts(&self) -> Vec<Fact> {
        let reliability = self.reliability.map(|grade| format!("{grade:?} ({})", word(grade)));
        [
            Fact::maybe("Original title", self.original_title.as_ref()),
            Fact::maybe("Language", self.language.as_deref().map(language_name)),
            Fact::maybe("Reliability", reliability),
            Fact::maybe("Accessed", self.accessed.as_ref()),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// The steps of the Admiralty scale for sources, in its own words.
const fn word(grade: Reliability) -> &'static str {
    match grade {
        Reliability::A => "completely reliable",
        Reliability::B => "usually reliable",
        Reliability::C => "fairly reliable",
        Reliability::D => "not usually reliable",
        Reliability::E => "unreliable",
        Reliability::F => "cannot be judged",
    }
}
