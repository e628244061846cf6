//! A plain entry of the list of sources: what a build without the feature `cite`
//! prints, and the last resort where a style prints nothing for a source.

use super::date;
use super::markup::{escaped, link};
use super::name::Name;
use crate::kind::Source;

/// The title of a source, or what names it where it has none.
pub(super) fn title<'a>(id: &'a str, source: &'a Source) -> &'a str {
    let bare = |url: &'a str| url.split_once("://").map_or(url, |(_, rest)| rest).trim_end_matches('/');
    [&source.title, &source.original_title]
        .into_iter()
        .find_map(|title| title.as_deref().map(str::trim).filter(|title| !title.is_empty()))
        .or(source.url.as_deref().map(bare).filter(|url| !url.is_empty()))
        .unwrap_or(id)
}

/// The names that lead an entry: authors, else editors, else the publisher.
pub(super) fn leaders(source: &Source) -> Vec<Name<'_>> {
    let people = if source.author.is_empty() { &source.editor } else { &source.author };
    let publisher = source.publisher.as_deref().map(Name::Literal);
    if people.is_empty() { publisher.into_iter().collect() } else { people.iter().map(|name| Name::parse(name)).collect() }
}

/// The year of a source, or what its date says instead.
pub(super) fn year(source: &Source) -> &str {
    source.date.as_deref().map_or("n.d.", |date| date::year(date).unwrap_or(date))
}

/// `Author. Year. Title [Original]. Container. Publisher. URL.`
pub(super) fn entry(id: &str, source: &Source) -> String {
    let mut html = String::new();
    let names: Vec<String> = leaders(source).iter().map(Name::inverted).collect();
    sentence(&mut html, &escaped(&names.join("; ")));
    if source.date.is_some() || !names.is_empty() {
        sentence(&mut html, &escaped(year(source)));
    }
    let mut heading = format!("<em>{}</em>", escaped(title(id, source)));
    if let (Some(_), Some(original)) = (&source.title, &source.original_title) {
        heading.extend([" [", &escaped(original), "]"]);
    }
    sentence(&mut html, &heading);
    for text in [&source.container, &source.publisher].into_iter().flatten() {
        if names != [text.as_str()] {
            sentence(&mut html, &escaped(text));
        }
    }
    let doi = source.doi.as_deref().map(|doi| format!("https://doi.org/{doi}"));
    if let Some(address) = doi.as_deref().or(source.url.as_deref()) {
        let mut text = String::new();
        link(address, address, &mut text);
        sentence(&mut html, &text);
    }
    html
}

/// Adds a sentence, with one full stop at its end.
fn sentence(html: &mut String, text: &str) {
    if text.is_empty() {
        return;
    }
    if !html.is_empty() {
        html.push(' ');
    }
    html.push_str(text);
    if !text.ends_with(['.', '!', '?', '。']) {
        html.push('.');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_has_one_stop_after_each_part() {
        let text = |text: &str| Some(text.to_owned());
        let source = Source {
            title: text("Who <digs>?"),
            original_title: text("谁在挖"),
            author: vec!["Wang, X.".into()],
            publisher: text("Press"),
            date: text("2024-03-30"),
            url: text("https://x.org/?a&b"),
            ..Source::default()
        };
        assert_eq!(
            entry("x", &source),
            "Wang, X. 2024. <em>Who &lt;digs&gt;?</em> [谁在挖]. Press. \
             <a href=\"https://x.org/?a&amp;b\">https://x.org/?a&amp;b</a>."
        );
        assert_eq!(entry("x", &Source::default()), "<em>x</em>.");
    }
}
