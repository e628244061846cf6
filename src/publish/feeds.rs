//! Feeds of sections and corrections, as Atom and as JSON Feed. Entries have dates of their own, and no date is made up:
//! a section without one is in no feed.

use serde_json::{Value, json};

use super::dates::moment;
use super::desk::{Desk, Listed};
use super::file;
use crate::output::OutFile;
use crate::page::{self, Shape};
use crate::parse::escape;
use crate::text::WrittenDate;

/// Entries of a feed: the latest.
const MOST: usize = 100;

/// A section, or a correction.
struct Entry {
    /// Its address, which is its name for good.
    url: String,
    title: String,
    text: String,
    published: String,
    changed: String,
}

/// Both feeds, which need full addresses.
pub(super) fn files(desk: &Desk) -> Vec<OutFile> {
    let Some(home) = desk.address.base() else { return Vec::new() };
    let mut entries: Vec<Entry> = desk.pages().iter().filter_map(|page| section(desk, page)).collect();
    entries.extend((0..desk.briefing.sections.len()).flat_map(|number| corrections(desk, number)));
    entries.sort_by(|a, b| b.changed.cmp(&a.changed).then_with(|| a.url.cmp(&b.url)));
    entries.truncate(MOST);
    // A feed must say when it was changed.
    let Some(changed) = entries.iter().map(|entry| entry.changed.clone()).max() else { return Vec::new() };
    vec![file(super::ATOM_FEED, atom(desk, home, &changed, &entries)), file(super::JSON_FEED, json_feed(desk, home, &entries))]
}

fn section(desk: &Desk, page: &Listed) -> Option<Entry> {
    let Shape::Section(number) = page.shape else { return None };
    let dates = desk.dates(number);
    let changed = dates.changed.as_deref()?;
    Some(Entry {
        url: desk.address.of(&page.path),
        title: page.title.clone(),
        text: page.description.clone(),
        published: moment(dates.published.as_deref().unwrap_or(changed)),
        changed: moment(changed),
    })
}

fn corrections(desk: &Desk, number: usize) -> Vec<Entry> {
    let section = &desk.briefing.sections[number];
    let page = &desk.briefing.addresses.pages[number];
    let logged = page::corrections(&desk.briefing, number);
    let entry = |(entry, correction): (&page::data::CorrectionEntry, &crate::parse::Correction)| {
        let date = moment(&WrittenDate::read(&correction.date)?.iso());
        Some(Entry {
            url: desk.address.of(&format!("{page}#{}", correction.anchor)),
            title: format!("Correction: {}", section.title),
            text: page::words(&entry.body.0),
            published: date.clone(),
            changed: date,
        })
    };
    logged.iter().zip(&section.body.corrections).filter_map(entry).collect()
}

fn atom(desk: &Desk, home: &str, changed: &str, entries: &[Entry]) -> String {
    let config = &desk.briefing.config;
    let (title, language) = (escape(&config.title), escape(&config.language));
    let me = escape(&desk.address.of(super::ATOM_FEED));
    let home = escape(home);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{language}\">\n<title>{title}</title>\n"
    );
    if let Some(subtitle) = &config.subtitle {
        out.push_str(&format!("<subtitle>{}</subtitle>\n", escape(subtitle)));
    }
    out.push_str(&format!(
        "<id>{home}</id>\n<updated>{changed}</updated>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"{me}\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"{home}\"/>\n"
    ));
    // Each entry needs an author, and the feed speaks for all of them.
    let names: Vec<&str> = config.authors.iter().map(String::as_str).collect();
    let names = if names.is_empty() { vec![desk.institution().unwrap_or(&config.title)] } else { names };
    for name in names {
        out.push_str(&format!("<author><name>{}</name></author>\n", escape(name.trim_matches(['{', '}']))));
    }
    if let Some(license) = &config.license {
        out.push_str(&format!("<rights>{}</rights>\n", escape(license)));
    }
    for Entry { url, title, text, published, changed } in entries {
        let (url, title, text) = (escape(url), escape(title), escape(text));
        out.push_str(&format!(
            "<entry>\n<title>{title}</title>\n<id>{url}</id>\n<link rel=\"alternate\" type=\"text/html\" href=\"{url}\"/>\n<published>{published}</published>\n<updated>{changed}</updated>\n<summary>{text}</summary>\n</entry>\n"
        ));
    }
    out + "</feed>\n"
}

fn json_feed(desk: &Desk, home: &str, entries: &[Entry]) -> String {
    let config = &desk.briefing.config;
    let item = |entry: &Entry| {
        json!({
            "id": entry.url,
            "url": entry.url,
            "title": entry.title,
            "content_text": entry.text,
            "date_published": entry.published,
            "date_modified": entry.changed,
        })
    };
    let authors: Vec<Value> = config.authors.iter().map(|name| json!({ "name": name.trim_matches(['{', '}']) })).collect();
    let mut feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": config.title,
        "home_page_url": home,
        "feed_url": desk.address.of(super::JSON_FEED),
        "language": config.language,
    });
    if let Some(description) = config.description.as_ref().or(config.subtitle.as_ref()) {
        feed["description"] = description.as_str().into();
    }
    if !authors.is_empty() {
        feed["authors"] = authors.into();
    }
    feed["items"] = entries.iter().map(item).collect();
    format!("{feed:#}\n")
}
