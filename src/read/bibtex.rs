//! BibTeX and BibLaTeX to records of sources; alone knows the BibTeX library.

use biblatex::{Bibliography, ChunksExt, EntryType, Person, RawBibliography};

use super::{Data, Fault, Table, Value};
use crate::text::{Span, rules};

/// Reads a `.bib` file: each entry becomes a record with the keys of a source.
#[must_use]
pub fn bibtex(text: &str) -> (Vec<Value>, Vec<Fault>) {
    let broken = |error: &biblatex::ParseError| {
        Fault::new(&rules::FRONT_MATTER, Span::from(error.span.clone()), format!("this is not BibTeX: {}", error.kind))
    };
    let raw = match RawBibliography::parse(text) {
        Ok(raw) => raw,
        Err(error) => return (Vec::new(), vec![broken(&error)]),
    };
    let places: Vec<(String, Span)> =
        raw.entries.iter().map(|entry| (entry.v.key.v.to_owned(), Span::from(entry.v.key.span.clone()))).collect();
    let bibliography = match Bibliography::from_raw(raw) {
        Ok(bibliography) => bibliography,
        Err(error) => return (Vec::new(), vec![broken(&error)]),
    };
    let mut faults = Vec::new();
    for (at, (key, span)) in places.iter().enumerate() {
        if places[..at].iter().any(|(other, _)| other == key) {
            faults.push(Fault::new(&rules::DUPLICATE_ID, *span, format!("the source `{key}` stands twice in this file")));
        }
    }
    let place = |key: &str| places.iter().find(|(other, _)| other == key).map_or_else(Span::default, |(_, span)| *span);
    (bibliography.iter().map(|entry| record(entry, place(&entry.key))).collect(), faults)
}

fn record(entry: &biblatex::Entry, span: Span) -> Value {
    let mut table = Table::default();
    let mut put = |key: &str, text: String| {
        if !text.trim().is_empty() {
            table.push(key, span, Value::new(span, Data::Plain(text)));
        }
    };
    put("id", entry.key.clone());
    put("type", csl_type(&entry.entry_type).to_owned());
    let field = |name: &str| entry.get(name).map(ChunksExt::format_verbatim).unwrap_or_default();
    let first = |names: &[&str]| names.iter().map(|name| field(name)).find(|text| !text.is_empty()).unwrap_or_default();
    let title = [field("title"), field("subtitle")].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ");
    put("title", title);
    put("original_title", field("origtitle"));
    put("publisher", first(&["publisher", "institution", "organization", "school"]));
    put("place", first(&["location", "address"]));
    put("container", first(&["journaltitle", "journal", "booktitle", "maintitle"]));
    put("date", date(&field("date"), &field("year"), &field("month")));
    put("url", field("url"));
    put("accessed", field("urldate"));
    put("language", first(&["langid", "language"]));
    put("volume", field("volume"));
    // A journal's number is an issue; a report's or a standard's is its own.
    let numbered = matches!(csl_type(&entry.entry_type), "report" | "standard" | "patent");
    put("number", if numbered { field("number") } else { String::new() });
    put("issue", if numbered { field("issue") } else { first(&["number", "issue"]) });
    put("page", field("pages").replace("--", "-"));
    put("edition", field("edition"));
    put("doi", field("doi"));
    put("isbn", field("isbn"));
    put("note", first(&["note", "annotation"]));
    let editors = entry.editors().ok().map(|groups| groups.into_iter().flat_map(|(people, _)| people).collect());
    for (key, people) in [("author", entry.author().ok()), ("editor", editors), ("translator", entry.translator().ok())] {
        let names: Vec<Value> = people.into_iter().flatten().map(|one| Value::new(span, Data::Plain(name(&one)))).collect();
        if !names.is_empty() {
            table.push(key, span, Value::new(span, Data::List(names)));
        }
    }
    Value::new(span, Data::Table(table))
}

/// "Family, Given", or the name in braces where BibTeX knows only one part.
fn name(person: &Person) -> String {
    let family = format!("{} {}", person.prefix, person.name);
    let family = family.trim();
    if person.given_name.is_empty() { format!("{{{family}}}") } else { format!("{family}, {}", person.given_name) }
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

fn date(date: &str, year: &str, month: &str) -> String {
    if !date.is_empty() {
        return date.to_owned();
    }
    let month = month.to_lowercase();
    let number = MONTHS.iter().position(|name| month.starts_with(name)).map(|at| at + 1).or_else(|| month.parse().ok());
    match number {
        Some(number @ 1..=12) if !year.is_empty() => format!("{year}-{number:02}"),
        _ => year.to_owned(),
    }
}

/// The CSL type for an entry type of BibLaTeX, after the mapping that Zotero and Pandoc use.
fn csl_type(kind: &EntryType) -> &'static str {
    match kind {
        EntryType::Article => "article-journal",
        EntryType::Book | EntryType::MvBook | EntryType::Collection | EntryType::MvCollection | EntryType::Booklet => "book",
        EntryType::InBook | EntryType::BookInBook | EntryType::InCollection | EntryType::SuppBook | EntryType::SuppCollection => "chapter",
        EntryType::InProceedings => "paper-conference",
        EntryType::Online => "webpage",
        EntryType::Report | EntryType::TechReport => "report",
        EntryType::Thesis | EntryType::PhdThesis | EntryType::MastersThesis => "thesis",
        EntryType::Dataset => "dataset",
        EntryType::Software => "software",
        EntryType::Patent => "patent",
        EntryType::Reference | EntryType::InReference => "entry",
        EntryType::Unpublished => "manuscript",
        EntryType::Unknown(name) if name == "standard" => "standard",
        _ => "document",
    }
}
