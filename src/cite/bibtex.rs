//! Sources as BibLaTeX, for those who write in LaTeX.

use super::date;
use super::name::Name;
use crate::kind::{Source, SourceType};

/// A source as one BibLaTeX entry, with a line break at its end. The note is free text.
#[must_use]
pub fn bibtex(id: &str, source: &Source, note: Option<&str>) -> String {
    let mut entry = format!("@{}{{{},\n", entry_type(source.source_type), key(id));
    let mut field = |name: &str, value: &str| {
        if !value.is_empty() {
            entry.extend(["  ", name, " = {", value, "},\n"]);
        }
    };
    for (name, value) in texts(source) {
        field(name, &value.as_deref().map(escape).unwrap_or_default());
    }
    for (name, names) in [("author", &source.author), ("editor", &source.editor), ("translator", &source.translator)] {
        let names: Vec<String> = names.iter().map(|name| person(name)).collect();
        field(name, &names.join(" and "));
    }
    for (name, date) in [("date", &source.date), ("urldate", &source.accessed)] {
        field(name, date.as_deref().filter(|date| is_date(date)).unwrap_or_default());
    }
    if let Some(date) = source.date.as_deref().filter(|date| !is_date(date)) {
        // A free date is no `date` to BibLaTeX, which would drop it.
        field("year", &escape(date));
    }
    for (name, value) in [("url", &source.url), ("doi", &source.doi)] {
        field(name, &value.as_deref().map(verbatim).unwrap_or_default());
    }
    field("note", &note.map(escape).unwrap_or_default());
    entry.push_str("}\n");
    entry
}

/// The fields that are plain text.
fn texts(source: &Source) -> [(&'static str, &Option<String>); 13] {
    let publisher = match source.source_type {
        SourceType::Report | SourceType::Thesis => "institution",
        SourceType::Webpage | SourceType::Post | SourceType::PostWeblog | SourceType::Document => "organization",
        _ => "publisher",
    };
    let container = match source.source_type {
        SourceType::Chapter
        | SourceType::PaperConference
        | SourceType::Entry
        | SourceType::EntryDictionary
        | SourceType::EntryEncyclopedia => "booktitle",
        SourceType::Webpage | SourceType::Post | SourceType::PostWeblog => "maintitle",
        // What BibLaTeX has no part for prints this.
        SourceType::Figure | SourceType::Graphic | SourceType::Map => "howpublished",
        _ => "journaltitle",
    };
    [
        ("title", &source.title),
        ("origtitle", &source.original_title),
        (container, &source.container),
        (publisher, &source.publisher),
        ("location", &source.place),
        ("edition", &source.edition),
        ("volume", &source.volume),
        ("issue", &source.issue),
        ("number", &source.number),
        ("pages", &source.page),
        ("langid", &source.language),
        ("isbn", &source.isbn),
        ("addendum", &source.archived),
    ]
}

/// The BibLaTeX type that is nearest to one of CSL's.
fn entry_type(kind: SourceType) -> &'static str {
    use SourceType as T;
    match kind {
        T::ArticleJournal | T::ArticleMagazine | T::ArticleNewspaper | T::Review | T::ReviewBook => "article",
        T::Book | T::Classic | T::MusicalScore => "book",
        T::Chapter => "incollection",
        T::Entry | T::EntryDictionary | T::EntryEncyclopedia => "inreference",
        T::PaperConference => "inproceedings",
        T::Collection => "collection",
        T::Periodical => "periodical",
        T::Report => "report",
        T::Thesis => "thesis",
        T::Manuscript => "unpublished",
        T::Pamphlet => "booklet",
        T::Webpage | T::Post | T::PostWeblog => "online",
        T::Dataset => "dataset",
        T::Software => "software",
        T::Patent => "patent",
        T::Standard => "standard",
        T::LegalCase => "jurisdiction",
        T::Bill | T::Legislation | T::Regulation | T::Treaty => "legislation",
        T::Map | T::Figure | T::Graphic => "image",
        T::MotionPicture | T::Broadcast => "video",
        T::Song => "audio",
        T::Performance => "performance",
        T::PersonalCommunication => "letter",
        _ => "misc",
    }
}

/// A key without the characters that end or divide it.
fn key(id: &str) -> String {
    let reserved = |c: char| c.is_whitespace() || c.is_control() || r#"{}(),"'#%~\="#.contains(c);
    id.chars().map(|c| if reserved(c) { '-' } else { c }).collect()
}

/// One name; an organisation stands in braces of its own.
fn person(name: &str) -> String {
    match Name::parse(name) {
        Name::Literal(name) => format!("{{{}}}", escape(name)),
        Name::Person { particle, family, given, suffix } => {
            let family = [particle, family].join(" ");
            let parts = [family.trim(), suffix, given].map(escape);
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
        }
    }
}

fn is_date(date: &str) -> bool {
    date.splitn(2, '/').all(|date| date::parts(date).is_some())
}

/// Text in which LaTeX sees no command.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => escaped.extend(['\\', c]),
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// An address, which BibLaTeX reads verbatim but for the braces around it.
fn verbatim(address: &str) -> String {
    let mut text = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            '{' => text.push_str("%7B"),
            '}' => text.push_str("%7D"),
            '\\' => text.push_str("%5C"),
            c if c.is_control() || c == ' ' => text.push_str("%20"),
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_keeps_names_dates_and_special_characters() {
        let text = |text: &str| Some(text.to_owned());
        let source = Source {
            source_type: SourceType::Report,
            title: text("R&D: 50% of {all}"),
            author: vec!["King, Martin, Jr.".into(), "de Vries, Jan".into(), "{Ministry of Commerce, PRC}".into()],
            publisher: text("World Bank"),
            date: text("2024-03"),
            accessed: text("some day"),
            url: text("https://x.org/{a}_b%20"),
            ..Source::default()
        };
        assert_eq!(
            bibtex("世 行,1", &source, Some("CC_BY")),
            "@report{世-行-1,\n  \
               title = {R\\&D: 50\\% of \\{all\\}},\n  \
               institution = {World Bank},\n  \
               author = {King, Jr., Martin and de Vries, Jan and {Ministry of Commerce, PRC}},\n  \
               date = {2024-03},\n  \
               url = {https://x.org/%7Ba%7D_b%20},\n  \
               note = {CC\\_BY},\n\
             }\n"
        );
    }
}
