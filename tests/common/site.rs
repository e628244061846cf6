//! A built site seen as a browser sees it: its pages, their anchors, and where their links lead.

use std::collections::{BTreeMap, BTreeSet};

use postil::output::OutFile;
use postil::parse::path_of;
use postil::publish;
use scraper::{ElementRef, Html, Selector};

/// The folder of the theme's files, which is named for what they hold.
pub fn assets(files: &[OutFile]) -> Option<&str> {
    let file = files.iter().find(|file| publish::is_fingerprinted(&file.path))?;
    file.path.match_indices('/').nth(1).map(|(at, _)| &file.path[..=at])
}

/// The files of a site by their paths.
pub struct Site {
    files: BTreeMap<String, Vec<u8>>,
    /// The path of the site on its host, which the page for missing addresses knows.
    base: String,
}

impl Site {
    /// The files of a build. Those of the theme stand at their plain addresses, so that no test knows their hash.
    pub fn of(files: &[OutFile]) -> Self {
        let named = assets(files);
        let plain = |file: &OutFile| {
            let (path, bytes) = (file.path.clone(), file.bytes.to_vec());
            let Some(named) = named else { return (path, bytes) };
            let path = path.replacen(named, publish::PLAIN_ASSETS, 1);
            match String::from_utf8(bytes) {
                Ok(text) => (path, text.replace(named, publish::PLAIN_ASSETS).into_bytes()),
                Err(fault) => (path, fault.into_bytes()),
            }
        };
        let files: BTreeMap<String, Vec<u8>> = files.iter().map(plain).collect();
        let home = files.iter().filter(|(path, _)| path.ends_with("index.html")).min_by_key(|(path, _)| path.len());
        let home = home.map(|(_, bytes)| String::from_utf8_lossy(bytes)).unwrap_or_default();
        let canonical = home.split_once("<link rel=\"canonical\" href=\"").and_then(|(_, rest)| rest.split('"').next());
        let base = canonical.map(path_of).unwrap_or_default().to_owned();
        Self { files, base }
    }

    /// The text of a file; what is there instead helps where it is not.
    pub fn text(&self, path: &str) -> Result<&str, String> {
        let bytes =
            self.files.get(path).ok_or_else(|| format!("there is no file `{path}` among {:?}", self.paths().collect::<Vec<_>>()))?;
        std::str::from_utf8(bytes).map_err(|error| format!("`{path}` is no text: {error}"))
    }

    /// The paths of all files.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The pages: path and parsed HTML.
    pub fn pages(&self) -> impl Iterator<Item = (&str, Html)> {
        let pages = self.files.iter().filter(|(path, _)| path.ends_with(".html"));
        pages.map(|(path, bytes)| (path.as_str(), Html::parse_document(&String::from_utf8_lossy(bytes))))
    }

    /// Everything that is wrong with ids and local links, one line each.
    pub fn faults(&self) -> Vec<String> {
        let pages: BTreeMap<&str, Html> = self.pages().collect();
        let ids: BTreeMap<&str, Vec<String>> = pages.iter().map(|(path, html)| (*path, ids(html))).collect();
        let mut faults = Vec::new();
        for (path, list) in &ids {
            let mut seen = BTreeSet::new();
            faults.extend(list.iter().filter(|id| !seen.insert(*id)).map(|id| format!("{path}: the id `{id}` stands twice")));
        }
        for (path, html) in &pages {
            faults.extend(addresses(html).into_iter().filter_map(|(_, to)| self.fault(path, &to, &ids)));
        }
        faults
    }

    fn fault(&self, from: &str, to: &str, ids: &BTreeMap<&str, Vec<String>>) -> Option<String> {
        if is_outside(to) {
            return None;
        }
        let to = if from.ends_with("404.html") { to.strip_prefix(&self.base).unwrap_or(to) } else { to };
        let (file, anchor) = to.split_once('#').map_or((to, None), |(file, anchor)| (file, Some(anchor)));
        let Some(path) = resolve(from, &decode(file)) else {
            return Some(format!("{from}: `{to}` is not relative, or leads out of the site"));
        };
        if !self.files.contains_key(&path) {
            return Some(format!("{from}: `{to}` leads to no file"));
        }
        let anchor = decode(anchor?);
        let known = ids.get(path.as_str()).is_some_and(|list| list.contains(&anchor));
        (!known).then(|| format!("{from}: `{to}` leads to no element"))
    }

    /// What pages fetch by themselves from another host.
    pub fn fetched(&self) -> Vec<String> {
        let mut fetched = Vec::new();
        for (path, html) in self.pages() {
            let loads = |tag: &str, element: ElementRef<'_>| match tag {
                "a" => false,
                "link" => {
                    element.attr("rel").is_some_and(|rel| rel.contains("stylesheet") || rel.contains("icon") || rel.contains("preload"))
                }
                _ => true,
            };
            let outside = elements(&html).filter_map(|element| {
                let tag = element.value().name();
                let to = element.attr("src").or_else(|| element.attr("href")).or_else(|| element.attr("data"))?;
                (is_outside(to) && loads(tag, element)).then(|| format!("{path}: <{tag}> fetches {to}"))
            });
            fetched.extend(outside);
        }
        fetched
    }
}

/// The elements of a page.
pub fn elements(html: &Html) -> impl Iterator<Item = ElementRef<'_>> {
    let all = Selector::parse("*").expect("a selector");
    html.select(&all).collect::<Vec<_>>().into_iter()
}

/// The ids of a page, in order.
pub fn ids(html: &Html) -> Vec<String> {
    elements(html).filter_map(|element| element.attr("id").map(str::to_owned)).collect()
}

/// Every address that a page names: the element's name, and the address.
fn addresses(html: &Html) -> Vec<(String, String)> {
    let pairs = elements(html).flat_map(|element| {
        let name = element.value().name().to_owned();
        let list = ["href", "src", "data", "poster"].map(|key| element.attr(key).map(|to| (name.clone(), to.to_owned())));
        // A frame would load what it shows, and a page refers by id to what names it.
        let labels = element.attr("aria-labelledby").into_iter().flat_map(str::split_whitespace);
        let labels = labels.map(|id| (name.clone(), format!("#{id}"))).collect::<Vec<_>>();
        // Each address of this list stands before the width of what it leads to.
        let sizes = element.attr("srcset").into_iter().flat_map(|list| list.split(", ")).filter_map(|one| one.split(' ').next());
        let sizes = sizes.map(|to| (name.clone(), to.to_owned())).collect::<Vec<_>>();
        list.into_iter().flatten().chain(labels).chain(sizes)
    });
    pairs.collect()
}

fn is_outside(to: &str) -> bool {
    ["http:", "https:", "mailto:", "tel:", "//"].iter().any(|start| to.to_ascii_lowercase().starts_with(start))
}

/// The file that a relative address leads to; `None` where it is absolute or climbs out of the site.
fn resolve(from: &str, to: &str) -> Option<String> {
    if to.is_empty() {
        return Some(from.to_owned());
    }
    if to.starts_with('/') || to.split('/').next().is_some_and(|first| first.contains(':')) {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in to.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            other => parts.push(other),
        }
    }
    let path = parts.join("/");
    Some(if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path })
}

/// Percent-decoding, as a browser does it before it looks for a file or an id.
fn decode(text: &str) -> String {
    let mut out = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let pair = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                out.push(byte);
                rest = &after[2..];
            }
            None => {
                out.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The main part of a page, white space folded. Another file is wholly its main part.
pub fn main_part(html: &str) -> String {
    let from = html.find("<main").unwrap_or(0);
    let to = html.rfind("</main>").unwrap_or(html.len());
    fold(&html[from..to])
}

/// Every run of white space as one space.
pub fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
