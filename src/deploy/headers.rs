//! What servers say of a file: its type, how long it may be kept, and its encoding.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::output::{Record, media_type};
use crate::publish::is_fingerprinted;

/// For files whose address changes with their bytes.
const FOREVER: &str = "public, max-age=31536000, immutable";
/// For pages, and what else must be new: it may be kept, and is asked for again.
const ASK_AGAIN: &str = "public, no-cache";
/// For files that may be some minutes old.
const SOME_MINUTES: &str = "public, max-age=600";
/// Endings of files that hold another file, packed, and the encoding that they stand for.
const PACKED: [(&str, &str); 3] = [(".br", "br"), (".gz", "gzip"), (".zst", "zstd")];

/// What servers say of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Headers {
    /// `Content-Type`.
    #[serde(rename = "type")]
    pub content_type: String,
    /// `Cache-Control`.
    pub cache: String,
    /// `Content-Encoding`, for a file that holds another one, packed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
}

impl Headers {
    /// The headers of a file of the site with these files.
    pub fn of(path: &str, files: &BTreeMap<String, Record>) -> Self {
        let packed = PACKED.iter().find_map(|(end, encoding)| {
            let original = path.strip_suffix(end).filter(|original| files.contains_key(*original))?;
            Some((original, (*encoding).to_owned()))
        });
        let (original, encoding) = packed.map_or((path, None), |(original, encoding)| (original, Some(encoding)));
        Self { content_type: media_type(original).to_owned(), cache: cache(original).to_owned(), encoding }
    }

    /// The headers of what Postil keeps for itself at a target.
    pub(super) fn own() -> Self {
        Self { content_type: "application/json".to_owned(), cache: "no-store".to_owned(), encoding: None }
    }
}

fn cache(path: &str) -> &'static str {
    if is_fingerprinted(path) {
        FOREVER
    } else if media_type(path).starts_with("text/html") || super::order::is_index(path) {
        ASK_AGAIN
    } else {
        SOME_MINUTES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_folder_named_for_it_is_kept_forever() {
        for (path, expected) in [
            ("static/0f1e2d3c4b/style.css", FOREVER),
            ("static/0f1e2d3c4b/icons/mark.svg", FOREVER),
            ("static/style.css", SOME_MINUTES),
            ("static/decade/style.css", SOME_MINUTES),
            ("figures/output-20220101.csv", SOME_MINUTES),
            ("index.html", ASK_AGAIN),
            ("a/index.html", ASK_AGAIN),
            ("feed.xml", ASK_AGAIN),
            ("sitemap.xml", ASK_AGAIN),
            ("img/0f1e2d3c4b/a.png", SOME_MINUTES),
        ] {
            assert_eq!(Headers::of(path, &BTreeMap::new()).cache, expected, "{path}");
        }
    }

    #[test]
    fn a_packed_twin_has_the_type_of_its_file() {
        let record = Record { hash: String::new(), size: 0, media_type: String::new() };
        let files = BTreeMap::from([("index.html".to_owned(), record)]);
        let twin = Headers::of("index.html.br", &files);
        assert_eq!((twin.content_type.as_str(), twin.encoding.as_deref()), ("text/html; charset=utf-8", Some("br")));
        let alone = Headers::of("data.csv.gz", &files);
        assert_eq!((alone.content_type.as_str(), alone.encoding), ("application/gzip", None));
    }
}
