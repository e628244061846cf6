//! BibTeX and BibLaTeX to records of sources; alone knows the BibTeX library.

mod abbreviations;
mod entries;
mod inherit;

use biblatex::{Bibliography, ChunksExt, EntryType, Person, RawBibliography, RawEntry};

use self::abbreviations::Abbreviations;
use self::entries::{Entries, not_bibtex};
use self::inherit::Kin;
use super::{Data, Fault, Table, Value};
use crate::budget;
use crate::text::Span;

/// What a `.bib` file holds.
#[derive(Debug, Default)]
pub struct Library {
    /// Each whole entry as a record with the keys of a source.
    pub records: Vec<Value>,
    /// The keys of entries that are broken.
    pub lost: Vec<String>,
    /// What is broken.
    pub faults: Vec<Fault>,
}

/// Reads a `.bib` file. A broken entry is reported and left out; the others are read.
#[must_use]
pub fn bibtex(text: &str) -> Library {
    let Entries { mut list, abbreviations, lost, faults } = entries::entries(text);
    let mut library = Library { records: Vec::new(), lost, faults };
    // What abbreviations and parents bring along is counted, so that a small file cannot grow without end.
    let mut left = budget::BIBTEX_SHARED + 4 * text.len();
    let abbreviations = Abbreviations::new(abbreviations);
    list.retain_mut(|entry| {
        abbreviations.spell_out(&mut entry.v, &mut left, &mut library.faults);
        inherit::keep_plain_names(&mut entry.v);
        let deep = entries::too_deep(&entry.v);
        let kept = deep.is_none();
        library.lost.extend(deep.iter().map(|_| entry.v.key.v.to_owned()));
        library.faults.extend(deep);
        kept
    });
    let kin = Kin::new(&list);
    for entry in list.iter().map(|entry| &entry.v).filter(|entry| !entry.kind.v.eq_ignore_ascii_case("xdata")) {
        let span = Span::from(entry.key.span.clone());
        match whole(entry, &kin, &mut left, &mut library.faults) {
            Some(whole) => library.records.push(record(&whole, span)),
            None => library.lost.push(entry.key.v.to_owned()),
        }
    }
    library
}

/// An entry with what it inherits; `None` where it is broken.
fn whole(entry: &RawEntry<'_>, kin: &Kin<'_, '_>, left: &mut usize, faults: &mut Vec<Fault>) -> Option<biblatex::Entry> {
    match kin.ancestors(entry, left) {
        Ok(ancestors) if !ancestors.is_empty() => {
            // A parent that is broken is reported by itself.
            if let Ok(whole) = resolve(std::iter::once(entry).chain(ancestors).cloned()) {
                return Some(whole);
            }
        }
        Ok(_) => {}
        Err(fault) => faults.push(fault),
    }
    let mut alone = entry.clone();
    alone.fields.retain(|field| !inherit::names_parents(field));
    resolve(std::iter::once(alone)).map_err(|error| faults.push(not_bibtex(&error, 0))).ok()
}

/// The first of some entries; the others are those that it inherits from.
fn resolve<'t>(entries: impl Iterator<Item = RawEntry<'t>>) -> Result<biblatex::Entry, biblatex::ParseError> {
    let entries = entries.map(|entry| {
        let span = entry.key.span.clone();
        biblatex::Spanned::new(entry, span)
    });
    let raw = RawBibliography { preamble: String::new(), entries: entries.collect(), abbreviations: Vec::new() };
    let entries = Bibliography::from_raw(raw)?.into_vec();
    Ok(entries.into_iter().next().unwrap_or_else(|| biblatex::Entry::new(String::new(), EntryType::Misc)))
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
