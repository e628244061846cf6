//! What an author's link or wikilink means.

use super::body::Target;
use super::url::{safe_url, scheme};
use crate::kind::Kind;

/// What a link leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Destination {
    /// Something of the briefing.
    Inside(Target),
    /// An address outside, which is safe.
    Outside,
    /// An address that must not be printed.
    Unsafe,
}

/// The destination of `[words](dest)` in the file `path` (from the root of the content folder).
pub(super) fn destination(dest: &str, path: &str) -> Destination {
    if let Some(target) = record(dest) {
        return Destination::Inside(target);
    }
    if !safe_url(dest) {
        return Destination::Unsafe;
    }
    if scheme(dest).is_some() {
        return Destination::Outside;
    }
    let (file, anchor) = match dest.split_once('#') {
        Some((file, anchor)) => (file, Some(decode(anchor))),
        None => (dest, None),
    };
    let file = decode(file.split('?').next().unwrap_or_default());
    let file = if file.is_empty() { path.to_owned() } else { resolve(&file, path) };
    Destination::Inside(Target::File(file, anchor.filter(|anchor| !anchor.is_empty())))
}

/// The target of `[[dest]]`. In a table the bar is written `\|`, which leaves a backslash on the target.
pub(super) fn wikilink(dest: &str) -> Target {
    let dest = dest.trim_end_matches('\\').trim();
    record(dest).unwrap_or_else(|| match dest.split_once('#') {
        Some((name, anchor)) => Target::Bare(name.trim().to_owned(), Some(anchor.trim().to_owned())),
        None => Target::Bare(dest.to_owned(), None),
    })
}

/// `kind:id`, if the prefix is a kind's.
pub(super) fn record(dest: &str) -> Option<Target> {
    let (prefix, id) = dest.split_once(':')?;
    let kind = Kind::by_prefix(prefix)?;
    Some(Target::Record(kind, decode(id.trim())))
}

/// A path relative to a file of the content folder, as a path from that folder's root. What climbs above the root
/// keeps its dots, so that it is found to be dead.
pub(super) fn resolve(dest: &str, from: &str) -> String {
    let mut parts: Vec<&str> = match dest.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => from.rsplit_once('/').map_or(Vec::new(), |(folder, _)| folder.split('/').collect()),
    };
    for part in dest.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    parts.join("/")
}

/// Percent-decoding; what is no UTF-8 stays as it is.
pub(super) fn decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut out = Vec::with_capacity(text.len());
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let pair = bytes.get(at + 1..at + 3).and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()).filter(|_| bytes[at] == b'%') {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_resolve_from_their_file() {
        assert_eq!(resolve("b.md", "part/a.md"), "part/b.md");
        assert_eq!(resolve("../b.md", "part/a.md"), "b.md");
        assert_eq!(resolve("/b.md", "part/a.md"), "b.md");
        assert_eq!(resolve("../../b.md", "part/a.md"), "../b.md");
    }

    #[test]
    fn prefixes_are_kinds() {
        assert_eq!(destination("fig:steel", "a.md"), Destination::Inside(Target::Record(Kind::Figure, "steel".to_owned())));
        assert_eq!(wikilink("pmi\\"), Target::Bare("pmi".to_owned(), None));
        assert_eq!(destination("javascript:x", "a.md"), Destination::Unsafe);
        assert_eq!(destination("%E6%B0%B4.md#x", "a.md"), Destination::Inside(Target::File("水.md".to_owned(), Some("x".to_owned()))));
    }
}
