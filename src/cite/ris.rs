//! Sources as RIS, the form that every reference manager reads.

use super::date;
use super::name::Name;
use crate::kind::{Source, SourceType};

/// A source as one record of RIS; its lines end as the form demands. The note is free text.
#[must_use]
pub fn ris(id: &str, source: &Source, note: Option<&str>) -> String {
    let mut record = String::new();
    let mut line = |tag: &str, value: &str| {
        let value: String = value.chars().map(|one| if one.is_control() { ' ' } else { one }).collect();
        if !value.trim().is_empty() {
            record.extend([tag, "  - ", value.trim(), "\r\n"]);
        }
    };
    line("TY", record_type(source.source_type));
    line("ID", id);
    for (tag, names) in [("AU", &source.author), ("ED", &source.editor), ("A4", &source.translator)] {
        for name in names {
            line(tag, &Name::parse(name).inverted());
        }
    }
    if let Some(date) = &source.date {
        line("PY", date::year(date).unwrap_or(date));
        line("DA", &day(date));
    }
    for (tag, text) in texts(source) {
        line(tag, text.as_deref().unwrap_or_default());
    }
    line("N1", note.unwrap_or_default());
    record.push_str("ER  - \r\n");
    record
}

/// The lines that are plain text.
fn texts(source: &Source) -> [(&'static str, &Option<String>); 13] {
    [
        ("TI", &source.title),
        ("T2", &source.container),
        ("PB", &source.publisher),
        ("CY", &source.place),
        ("ET", &source.edition),
        ("VL", &source.volume),
        ("IS", &source.issue),
        ("M1", &source.number),
        ("SP", &source.page),
        ("LA", &source.language),
        ("DO", &source.doi),
        ("SN", &source.isbn),
        ("UR", &source.url),
    ]
}

/// A date as `2024/03/30/`, with nothing between the strokes where it has no month or day.
fn day(date: &str) -> String {
    let Some(parts) = date::parts(date) else { return String::new() };
    let part = |at: usize| parts.get(at).map(|part| format!("{part:02}")).unwrap_or_default();
    format!("{}/{}/{}/", part(0), part(1), part(2))
}

/// The type of RIS that is nearest to one of CSL's.
fn record_type(kind: SourceType) -> &'static str {
    use SourceType as T;
    match kind {
        T::ArticleJournal | T::Review | T::ReviewBook => "JOUR",
        T::ArticleMagazine => "MGZN",
        T::ArticleNewspaper => "NEWS",
        T::Book | T::Classic => "BOOK",
        T::Chapter => "CHAP",
        T::Entry | T::EntryDictionary => "DICT",
        T::EntryEncyclopedia => "ENCYC",
        T::PaperConference => "CPAPER",
        T::Report => "RPRT",
        T::Thesis => "THES",
        T::Manuscript => "UNPB",
        T::Pamphlet => "PAMP",
        T::Webpage => "ELEC",
        T::Post | T::PostWeblog => "BLOG",
        T::Dataset => "DATA",
        T::Software => "COMP",
        T::Patent => "PAT",
        T::Standard => "STAND",
        T::LegalCase => "CASE",
        T::Bill => "BILL",
        T::Hearing => "HEAR",
        T::Legislation | T::Regulation | T::Treaty => "STAT",
        T::Map => "MAP",
        T::Figure | T::Graphic => "FIGURE",
        T::MotionPicture => "MPCT",
        T::Broadcast => "VIDEO",
        T::Song => "SOUND",
        T::PersonalCommunication => "PCOMM",
        _ => "GEN",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_has_a_line_for_each_thing() {
        let text = |text: &str| Some(text.to_owned());
        let source = Source {
            source_type: SourceType::Chapter,
            title: text("Steel\nand coal"),
            author: vec!["de Vries, Jan".into(), "{Ministry of Commerce, PRC}".into()],
            container: text("Metals"),
            date: text("2024-03"),
            url: text("https://x.org/a"),
            ..Source::default()
        };
        let lines = [
            "TY  - CHAP",
            "ID  - steel",
            "AU  - de Vries, Jan",
            "AU  - Ministry of Commerce, PRC",
            "PY  - 2024",
            "DA  - 2024/03//",
            "TI  - Steel and coal",
            "T2  - Metals",
            "UR  - https://x.org/a",
            "N1  - CC BY 4.0",
            "ER  - ",
        ];
        assert_eq!(ris("steel", &source, Some("CC BY 4.0")), lines.map(|line| format!("{line}\r\n")).concat());
    }
}
