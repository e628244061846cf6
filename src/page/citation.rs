//! How to cite the briefing and its parts: in words, and as files that reference managers read.

use super::data::{Citation, Html, Link};
use super::fill::without_links;
use super::{Shape, canonical, plate};
use crate::briefing::Briefing;
use crate::cite;
use crate::kind::{Data, Kind, Source, SourceType};
use crate::parse::{escape, slug};
use crate::text::WrittenDate;

/// The name of the CSL-JSON file.
pub(crate) const CSL_JSON: &str = "cite.csl.json";

/// The name of the RIS file.
const RIS: &str = "cite.ris";

/// The files beside a page: what a reader calls the form, and the file's name.
const FILES: [(&str, &str); 3] = [("BibTeX", "cite.bib"), ("CSL-JSON", CSL_JSON), ("RIS", RIS)];

/// A part of the briefing, as if it were one of the sources.
pub(crate) struct Cited {
    /// What names it.
    pub id: String,
    /// The part itself.
    pub thing: Source,
    /// The licence under which it may be used.
    pub license: Option<String>,
}

/// How to cite the briefing, a section or a figure, on its own page.
pub(super) fn citation(briefing: &Briefing, shape: Shape) -> Option<Citation> {
    let Cited { id, thing, license } = cited(briefing, shape)?;
    // The address is for those who read elsewhere; here the reader is there.
    let entry = without_links(&briefing.single.as_ref()?.entry(&id, &thing).html);
    let link = |(form, file): &(&str, &str)| Link { href: (*file).to_owned(), text: (*form).to_owned() };
    Some(Citation {
        text: Html(format!("{entry}{}", license.as_deref().map(|license| escape(&sentence(license))).unwrap_or_default())),
        bibtex: cite::bibtex(&id, &thing, license.as_deref()),
        files: FILES.iter().map(link).collect(),
    })
}

/// A file beside the page of the briefing, a section or a figure, by the number of its form.
pub(crate) fn file(briefing: &Briefing, shape: Shape, form: usize) -> String {
    let Some(Cited { id, thing, license }) = cited(briefing, shape) else { return String::new() };
    let license = license.as_deref();
    match FILES[form].1 {
        CSL_JSON => {
            let mut item = cite::csl_json(&id, &thing);
            if let Some(license) = license {
                item["note"] = license.into();
            }
            serde_json::to_string_pretty(&[item]).unwrap_or_default() + "\n"
        }
        RIS => cite::ris(&id, &thing, license),
        _ => cite::bibtex(&id, &thing, license),
    }
}

/// The addresses of these files beside a page.
pub(crate) fn paths(page: &str) -> [String; 3] {
    let folder = page.strip_suffix("index.html").unwrap_or_default();
    FILES.map(|(_, file)| format!("{folder}{file}"))
}

/// Whether a page tells how it is to be cited.
pub(crate) fn is_cited(shape: Shape) -> bool {
    matches!(shape, Shape::Home | Shape::Section(_) | Shape::Figure(_))
}

/// How the briefing, a section or a figure is to be cited.
pub(crate) fn cited(briefing: &Briefing, shape: Shape) -> Option<Cited> {
    let config = &briefing.config;
    let (section, source_type, title) = match shape {
        Shape::Home => (briefing.cover(), SourceType::Report, config.title.clone()),
        Shape::Section(number) => (Some(number), SourceType::Chapter, briefing.sections[number].title.clone()),
        Shape::Figure(number) => (place(briefing, number), SourceType::Figure, plate::title(briefing, number)),
        _ => return None,
    };
    let whole = slug(&config.title);
    let page = shape.path(briefing);
    let id = match shape {
        Shape::Home => whole,
        _ => format!("{whole}-{}", page.trim_end_matches("/index.html").replace('/', "-")),
    };
    let thing = Source {
        source_type,
        title: Some(title),
        author: authors(briefing, section),
        publisher: config.publisher.clone(),
        container: (shape != Shape::Home).then(|| config.title.clone()),
        date: date(briefing, section),
        url: canonical(briefing, &page),
        language: Some(
            section.and_then(|number| briefing.sections[number].head.language.clone()).unwrap_or_else(|| config.language.clone()),
        ),
        ..Source::default()
    };
    let own = match shape {
        Shape::Figure(number) => match &briefing.registry.get(number).record.data {
            Data::Figure(figure) => figure.license.clone(),
            _ => None,
        },
        _ => None,
    };
    Some(Cited { id, thing, license: own.or_else(|| config.license.clone()) })
}

/// How to cite a claim, in words alone: who reports it where, and under which address.
pub(super) fn of_claim(briefing: &Briefing, number: usize) -> String {
    let config = &briefing.config;
    let section = briefing.uses[number].first().map(|one| one.section);
    let annotation = briefing.registry.get(number);
    let statement = plate::words(&annotation.label.main.html);
    let names = authors(briefing, section).join(", ").replace(['{', '}'], "");
    let year: String = date(briefing, section).iter().flat_map(|date| date.chars().take(4)).collect();
    let who = match (names.as_str(), year.as_str()) {
        ("", "") => String::new(),
        ("", year) => format!("{year}: "),
        (names, "") => format!("{names}: "),
        (names, year) => format!("{names} ({year}): "),
    };
    let publisher = config.publisher.as_ref().filter(|publisher| **publisher != names).map(|publisher| format!(", {publisher}"));
    let page = Shape::Register(Kind::Claim).path(briefing);
    let address = canonical(briefing, &page).map(|url| format!(" {url}#{}", crate::parse::escape_href(&annotation.record.anchor())));
    format!(
        "{who}“{}”, claim {} in {}{}.{}{}",
        statement.trim_end_matches('.'),
        annotation.record.id(),
        config.title,
        publisher.unwrap_or_default(),
        config.license.as_deref().map(sentence).unwrap_or_default(),
        address.unwrap_or_default()
    )
}

/// The section that places a figure.
fn place(briefing: &Briefing, figure: usize) -> Option<usize> {
    briefing.figures.get(&figure).map(|(_, section)| *section)
}

/// Who wrote a section, else who wrote the briefing, else who publishes it.
fn authors(briefing: &Briefing, section: Option<usize>) -> Vec<String> {
    let own = section.map(|number| &briefing.sections[number].head.authors).filter(|authors| !authors.is_empty());
    let authors = own.unwrap_or(&briefing.config.authors);
    let publisher = || briefing.config.publisher.iter().map(|name| format!("{{{name}}}")).collect();
    if authors.is_empty() { publisher() } else { authors.clone() }
}

/// When a section was last changed, else the briefing as a whole.
fn date(briefing: &Briefing, section: Option<usize>) -> Option<String> {
    let of = |number: usize| {
        let head = &briefing.sections[number].head;
        let date = head.updated.as_ref().or(head.date.as_ref())?;
        WrittenDate::read(&date.value).map(WrittenDate::iso)
    };
    let latest = || (0..briefing.sections.len()).filter_map(of).max();
    section.and_then(of).or_else(|| briefing.cover().and_then(of)).or_else(latest)
}

/// A text as a further sentence.
fn sentence(text: &str) -> String {
    format!(" {}.", text.trim_end_matches('.'))
}
