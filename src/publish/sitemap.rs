//! For search engines: the list of all pages with the days on which they were changed, and where that list is.

use super::desk::{Desk, Listed};
use super::file;
use crate::output::OutFile;
use crate::page::Shape;
use crate::parse::escape;

/// Addresses that one list may have.
const MOST: usize = 50_000;

/// The list of all pages, or where they are too many, the list of the lists. All addresses in it are full.
pub(super) fn files(desk: &Desk) -> Vec<OutFile> {
    if desk.address.base().is_none() {
        return Vec::new();
    }
    let mut lines: Vec<(String, String)> =
        desk.pages().iter().filter(|page| page.shape != Shape::Missing).map(|page| (page.path.clone(), line(desk, page))).collect();
    lines.sort();
    let lists: Vec<String> = lines.chunks(MOST).map(|lines| list("urlset", lines.iter().map(|(_, line)| line.as_str()))).collect();
    if lists.len() <= 1 {
        return lists.into_iter().map(|list| file(super::SITEMAP, list)).collect();
    }
    let parts: Vec<OutFile> = lists.into_iter().zip(1..).map(|(list, number)| file(&format!("sitemap-{number}.xml"), list)).collect();
    let named: Vec<String> =
        parts.iter().map(|part| format!("<sitemap><loc>{}</loc></sitemap>\n", escape(&desk.address.of(&part.path)))).collect();
    let index = file(super::SITEMAP, list("sitemapindex", named.iter().map(String::as_str)));
    std::iter::once(index).chain(parts).collect()
}

fn list<'l>(element: &str, lines: impl Iterator<Item = &'l str>) -> String {
    let lines: String = lines.collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{element} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{lines}</{element}>\n"
    )
}

fn line(desk: &Desk, page: &Listed) -> String {
    let changed = desk.changed(page.shape).map(|date| format!("<lastmod>{date}</lastmod>")).unwrap_or_default();
    format!("<url><loc>{}</loc>{changed}</url>\n", escape(&desk.address.of(&page.path)))
}

/// What robots may read: everything.
pub(super) fn robots(desk: &Desk) -> OutFile {
    use crate::read::publish::Part;
    let mut text = "User-agent: *\nAllow: /\n".to_owned();
    if let Some(url) = desk.address.full(super::SITEMAP).filter(|_| desk.makes(Part::Sitemap)) {
        text.push_str(&format!("\nSitemap: {url}\n"));
    }
    file(super::ROBOTS, text)
}
