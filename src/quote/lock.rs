//! `postil.lock`: which copies were read and where in them each quotation was found.
//!
//! ```toml
//! version = 1
//!
//! [copies.nbs-2022]
//! snapshot = "snapshots/nbs-2022.html"
//! hash = "blake3:…"
//! date = "2024-05-01"
//!
//! [[quotes]]
//! source = "nbs-2022"
//! hash = "5f0e…"
//! offset = 1204
//! prefix = "Over the year the"
//! suffix = "by 3.2%"
//! ```

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use super::fold::Folded;

/// The form of the file, and of the folding that its hashes rest on.
const VERSION: u32 = 1;
/// Hexadecimal digits of a quotation's hash.
const QUOTE_HASH: usize = 32;

/// What is known of the copies and the quotations.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Lock {
    /// The form of the file; see [`Lock::is_current`].
    pub version: u32,
    /// The copy that was read of each source, by the source's id.
    pub copies: BTreeMap<String, CopyEntry>,
    /// The quotations that were found, sorted.
    #[serde(deserialize_with = "sorted")]
    pub quotes: Vec<QuoteEntry>,
}

/// A copy that was read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CopyEntry {
    /// The path of the copy, as the source names it.
    pub snapshot: String,
    /// What [`hash_copy`] gives for its bytes.
    pub hash: String,
    /// The day of the copy, `YYYY-MM-DD`, or nothing.
    pub date: String,
}

/// A quotation that was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct QuoteEntry {
    /// The source's id.
    pub source: String,
    /// What [`hash_quote`] gives for its words.
    pub hash: String,
    /// Where it begins: bytes of the copy's text, as [`super::copy_text`] gives it.
    pub offset: usize,
    /// What stands before it.
    pub prefix: String,
    /// What stands after it.
    pub suffix: String,
}

impl Default for Lock {
    fn default() -> Self {
        Self { version: VERSION, copies: BTreeMap::new(), quotes: Vec::new() }
    }
}

impl Lock {
    /// Whether the file has the form of this version of Postil; what another form says is void.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.version == VERSION
    }

    /// Where a quotation of a source was found, however it is typeset now.
    #[must_use]
    pub fn quote(&self, source: &str, quote: &str) -> Option<&QuoteEntry> {
        self.entry(source, &hash_quote(quote))
    }

    /// Where a quotation of a source was found, by its hash.
    #[must_use]
    pub fn entry(&self, source: &str, hash: &str) -> Option<&QuoteEntry> {
        let at = self.quotes.binary_search_by(|one| (one.source.as_str(), one.hash.as_str()).cmp(&(source, hash))).ok()?;
        self.quotes.get(at)
    }

    /// The file, in TOML. Equal values give equal bytes.
    #[must_use]
    pub fn write(&self) -> String {
        let mut out = format!("# Written by `postil verify`. Commit it; do not edit it.\nversion = {}\n", self.version);
        for (source, copy) in &self.copies {
            out.push_str(&format!("\n[copies.{}]\n", key(source)));
            for (name, value) in [("snapshot", &copy.snapshot), ("hash", &copy.hash), ("date", &copy.date)] {
                out.push_str(&format!("{name} = {}\n", quoted(value)));
            }
        }
        for QuoteEntry { source, hash, offset, prefix, suffix } in &self.quotes {
            let (source, hash, prefix, suffix) = (quoted(source), quoted(hash), quoted(prefix), quoted(suffix));
            out.push_str(&format!(
                "\n[[quotes]]\nsource = {source}\nhash = {hash}\noffset = {offset}\nprefix = {prefix}\nsuffix = {suffix}\n"
            ));
        }
        out
    }
}

/// Puts the quotations of a file in order: two branches that were merged may have mixed them.
fn sorted<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<QuoteEntry>, D::Error> {
    let mut quotes = Vec::<QuoteEntry>::deserialize(from)?;
    quotes.sort();
    quotes.dedup();
    Ok(quotes)
}

/// The hash of a copy's bytes: `blake3:` and 64 hexadecimal digits.
#[must_use]
pub fn hash_copy(bytes: &[u8]) -> String {
    format!("blake3:{}", blake3::hash(bytes))
}

/// The hash of a quotation, as it is compared: 32 hexadecimal digits. How it is typeset makes no difference.
#[must_use]
pub fn hash_quote(quote: &str) -> String {
    let mut hash = blake3::hash(Folded::new(quote).text().as_bytes()).to_hex().to_string();
    hash.truncate(QUOTE_HASH);
    hash
}

/// A key: bare where it may be.
fn key(name: &str) -> String {
    let bare = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if bare { name.to_owned() } else { quoted(name) }
}

/// A text in quotation marks.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for one in text.chars() {
        match one {
            '"' | '\\' => out.extend(['\\', one]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            _ if one.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(one))),
            _ => out.push(one),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Data, fill, toml};
    use crate::text::Span;

    fn read(text: &str) -> Option<Lock> {
        let (value, mut faults) = toml(text);
        let Data::Table(table) = value.data else { return None };
        let lock = fill::<Lock>(&table, Span::new(0, text.len()), &[], &mut faults);
        assert_eq!(faults, [], "{text}");
        lock
    }

    fn entry(source: &str, quote: &str, offset: usize) -> QuoteEntry {
        QuoteEntry {
            source: source.to_owned(),
            hash: hash_quote(quote),
            offset,
            prefix: "中 \t\"'\\".to_owned(),
            suffix: "\r\n".to_owned(),
        }
    }

    fn sample() -> Lock {
        let mut lock = Lock::default();
        let copy = CopyEntry { snapshot: "a b\\\"c\".txt".to_owned(), hash: hash_copy(b"x"), date: "2024-05-01".to_owned() };
        lock.copies.insert("源.x".to_owned(), copy.clone());
        lock.copies.insert("nbs-2022".to_owned(), copy);
        lock.quotes.extend([entry("源.x", "two", 2), entry("源.x", "one", 1), entry("", "three", 3)]);
        lock.quotes.sort();
        lock
    }

    #[test]
    fn what_is_written_is_read_again() {
        let lock = sample();
        let text = lock.write();
        assert_eq!(read(&text).as_ref(), Some(&lock), "{text}");
        assert_eq!(read(&text).map(|lock| lock.write()), Some(text));
        assert_eq!(read(""), Some(Lock::default()));
        assert!(read("version = 2").is_some_and(|lock| !lock.is_current()));
        let mut mixed = lock.clone();
        mixed.quotes.reverse();
        mixed.quotes.push(entry("源.x", "one", 1));
        assert_eq!(read(&mixed.write()), Some(lock), "in order, and once each");
        assert_eq!(quoted("\u{b}\u{7f}\u{85}"), "\"\\u000B\\u007F\\u0085\"");
    }

    #[test]
    fn a_file_reads_well() {
        let mut lock = Lock::default();
        let copy = CopyEntry { snapshot: "snapshots/a.txt".to_owned(), hash: "blake3:00".to_owned(), date: "2024-05-01".to_owned() };
        lock.copies.insert("a".to_owned(), copy);
        lock.quotes.push(QuoteEntry { prefix: "Output".to_owned(), suffix: String::new(), ..entry("a", "fell by 3.2%", 7) });
        let expected = format!(
            "# Written by `postil verify`. Commit it; do not edit it.\nversion = 1\n\n\
             [copies.a]\nsnapshot = \"snapshots/a.txt\"\nhash = \"blake3:00\"\ndate = \"2024-05-01\"\n\n\
             [[quotes]]\nsource = \"a\"\nhash = \"{}\"\noffset = 7\nprefix = \"Output\"\nsuffix = \"\"\n",
            hash_quote("fell by 3.2%")
        );
        assert_eq!(lock.write(), expected);
    }

    #[test]
    fn a_quotation_is_known_by_its_words() {
        let lock = sample();
        assert_eq!(lock.quote("源.x", " one\n").map(|entry| entry.offset), Some(1));
        assert_eq!(lock.quote("源.x", "One"), None);
        assert_eq!(lock.quote("other", "one"), None);
        assert_eq!(hash_quote("“a”  b—c"), hash_quote("\"a\" b-c"));
        assert_eq!(hash_quote("").len(), QUOTE_HASH);
        assert_eq!(hash_copy(b"").len(), "blake3:".len() + 64);
    }
}
