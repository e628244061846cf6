//! Quotations held to the kept copies of their sources, and to `postil.lock`, which remembers what was found.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Registry, Resolved};
use crate::kind::{Data, Kind, Record, Source};
use crate::parse::Section;
use crate::quote::{CopyEntry, CopyError, Folded, Lock, QuoteEntry, copy_text, find, hash_copy, hash_quote, nearest};
use crate::read::snapshot::{Bytes, LOCK, Snapshot};
use crate::text::{Diagnostic, Diagnostics, Place, Span, WrittenDate, rules};

/// Where kept copies stand, from the root of the briefing.
pub const COPIES: &str = "snapshots/";

/// A quotation, with the source whose words it gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// What quotes.
    pub at: QuotedAt,
    /// The source, by its number in the registry.
    pub source: usize,
    /// The words.
    pub text: String,
    /// Where they stand.
    pub place: Place,
}

/// What quotes a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum QuotedAt {
    /// A record: its number, and which of its sources it is.
    Record(usize, usize),
    /// A block quotation: its section's number, and its own in that section.
    Section(usize, usize),
}

/// How far a quotation was held to its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Its words are in the copy.
    Verified(Seen),
    /// Its words are not in the copy.
    Missing,
    /// There should be a copy, and the words were never looked for in it.
    Unverified,
    /// The source names no copy.
    NoCopy,
}

/// The day that stands for a kept copy, as a reader reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// When the source was read, and the copy made.
    Made(String),
    /// When the copy was first verified.
    First(String),
    /// Nobody knows.
    Undated,
}

/// What became of all quotations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quotations {
    /// Each quotation with its verdict.
    pub verdicts: BTreeMap<QuotedAt, Verdict>,
    /// What `postil.lock` should hold now.
    pub lock: Lock,
}

/// Kept copies as they were read, by their files, for as long as these are the same.
#[derive(Debug, Default)]
pub(super) struct Copies(BTreeMap<String, Arc<ReadCopy>>);

/// A kept copy that was read. That of a PDF takes long.
#[derive(Debug)]
struct ReadCopy {
    bytes: Bytes,
    hash: String,
    /// Its text, and whether that is the file as it stands.
    text: Result<(Folded<'static>, bool), CopyError>,
}

impl Copies {
    /// The copy in a file: the one that was read before, where the file is the same.
    fn copy(&self, path: &str, bytes: &Bytes) -> Arc<ReadCopy> {
        if let Some(known) = self.0.get(path).filter(|known| known.bytes == *bytes) {
            return known.clone();
        }
        let text = copy_text(path, bytes).map(|copy| (Folded::new(&copy.text).into_owned(), copy.plain));
        Arc::new(ReadCopy { bytes: bytes.clone(), hash: hash_copy(bytes), text })
    }
}

/// The quotations of records.
pub(super) fn of_records(registry: &Registry) -> Vec<Quoted> {
    let mut found = Vec::new();
    for number in 0..registry.len() {
        let record = &registry.get(number).record;
        for (at, support) in record.common.sources.iter().enumerate() {
            let Some(quote) = &support.quote else { continue };
            let Some(source) = registry.find(Kind::Source, &support.id.value) else { continue };
            let place = Place { path: record.place.path.clone(), span: quote.span };
            found.push(Quoted { at: QuotedAt::Record(number, at), source, text: quote.value.clone(), place });
        }
    }
    found
}

/// The quotations of the text.
pub(super) fn of_sections(sections: &[Arc<Section>], resolved: &[Arc<Vec<Resolved>>]) -> Vec<Quoted> {
    let mut found = Vec::new();
    for (number, section) in sections.iter().enumerate() {
        for (at, quotation) in section.body.quotations.iter().enumerate() {
            let Some(Resolved::Cite(sources)) = resolved[number].get(quotation.reference) else { continue };
            // A quotation that names several sources is held to the first.
            let Some(source) = sources.iter().flatten().next() else { continue };
            let place = Place::new(section.path.clone(), quotation.span);
            found.push(Quoted { at: QuotedAt::Section(number, at), source: *source, text: quotation.text.clone(), place });
        }
    }
    found
}

/// Holds quotations to their copies, and gives these as they were read. `today` dates copies that were not seen before.
pub(super) fn hold<'q>(
    quoted: impl Iterator<Item = &'q Quoted>,
    (registry, snapshot): (&Registry, &Snapshot),
    before: Option<&Copies>,
    today: Option<WrittenDate>,
    diagnostics: &mut Diagnostics,
) -> (Quotations, Copies) {
    let known = read_lock(snapshot, diagnostics);
    let mut copies = Copies::default();
    let mut by_source: BTreeMap<usize, Vec<&Quoted>> = BTreeMap::new();
    for one in quoted {
        by_source.entry(one.source).or_default().push(one);
    }
    let mut held = Quotations::default();
    for (source, quoted) in by_source {
        let record = &registry.get(source).record;
        let Data::Source(data) = &record.data else { continue };
        let Some(path) = &data.snapshot else {
            for one in quoted {
                let message = format!("the source `{}` names no kept copy, so these words are not verified", record.id());
                let found = Diagnostic::new(&rules::QUOTE_WITHOUT_COPY, one.place.clone(), message);
                diagnostics.push(found.help(format!("keep a copy in {COPIES}, and name it in the source: `snapshot = \"{COPIES}…\"`")));
                held.verdicts.insert(one.at, Verdict::NoCopy);
            }
            continue;
        };
        let desk = Desk { record, data, path, known: &known, today };
        match snapshot.get(path) {
            Some(bytes) => {
                let copy = before.unwrap_or(&copies).copy(path, bytes);
                copies.0.insert(path.clone(), copy.clone());
                desk.with_copy(&copy, &quoted, &mut held, diagnostics);
            }
            None => desk.without_copy(&quoted, &mut held, diagnostics),
        }
    }
    held.lock.quotes.sort();
    held.lock.quotes.dedup();
    leftovers(&known, &held.lock, diagnostics);
    (held, copies)
}

/// One source at work.
struct Desk<'d> {
    record: &'d Record,
    data: &'d Source,
    path: &'d str,
    known: &'d Lock,
    today: Option<WrittenDate>,
}

impl Desk<'_> {
    fn with_copy(&self, read: &ReadCopy, quoted: &[&Quoted], held: &mut Quotations, diagnostics: &mut Diagnostics) {
        let (folded, plain) = match &read.text {
            Ok(copy) => copy,
            Err(error) => {
                let message = format!("the kept copy `{}` cannot be read: {error}", self.path);
                diagnostics.push(Diagnostic::new(&rules::BAD_COPY, self.record.place_of("snapshot"), message));
                held.verdicts.extend(quoted.iter().map(|one| (one.at, Verdict::Unverified)));
                return;
            }
        };
        let hash = read.hash.clone();
        let before = self.known.copies.get(self.record.id());
        let same = before.is_some_and(|copy| copy.hash == hash && copy.snapshot == self.path);
        let date = self.date(before.filter(|_| same));
        // The day of this run goes into the lock, and not onto a page: equal files give equal pages on any day.
        let seen = self.seen(before.filter(|_| same).map(|copy| copy.date.as_str()));
        let mut fresh = 0;
        for one in quoted {
            let Some(found) = find(&one.text, folded) else {
                diagnostics.push(self.mismatch(one, folded, *plain));
                held.verdicts.insert(one.at, Verdict::Missing);
                continue;
            };
            held.verdicts.insert(one.at, Verdict::Verified(seen.clone()));
            let entry = QuoteEntry {
                source: self.record.id().to_owned(),
                hash: hash_quote(&one.text),
                offset: found.span.start,
                prefix: found.prefix,
                suffix: found.suffix,
            };
            fresh += usize::from(!same || self.known.entry(&entry.source, &entry.hash) != Some(&entry));
            held.lock.quotes.push(entry);
        }
        let entry = CopyEntry { snapshot: self.path.to_owned(), hash, date: date.unwrap_or_default() };
        held.lock.copies.insert(self.record.id().to_owned(), entry);
        if before.is_some() && !same {
            let message = format!("the kept copy of `{}` is another than the one that was verified", self.record.id());
            diagnostics.push(self.outdated(message));
        } else if fresh > 0 {
            let id = self.record.id();
            let words = if fresh == 1 { format!("1 quotation of `{id}` was") } else { format!("{fresh} quotations of `{id}` were") };
            diagnostics.push(self.outdated(format!("{words} found in its copy, and {LOCK} does not say so yet")));
        }
    }

    fn without_copy(&self, quoted: &[&Quoted], held: &mut Quotations, diagnostics: &mut Diagnostics) {
        let outside = !self.path.starts_with(COPIES);
        if outside {
            let message = format!("kept copies stand in the folder {COPIES}, and `{}` does not", self.path);
            let found = Diagnostic::new(&rules::BAD_COPY, self.record.place_of("snapshot"), message);
            diagnostics.push(found.help(format!("move the file there, and write `snapshot = \"{COPIES}…\"`")));
        }
        let copy = self.known.copies.get(self.record.id()).filter(|copy| copy.snapshot == self.path);
        if let Some(copy) = copy {
            held.lock.copies.insert(self.record.id().to_owned(), copy.clone());
        }
        for one in quoted {
            match copy.and_then(|copy| Some((copy, self.known.quote(self.record.id(), &one.text)?))) {
                Some((copy, entry)) => {
                    held.lock.quotes.push(entry.clone());
                    held.verdicts.insert(one.at, Verdict::Verified(self.seen(Some(&copy.date))));
                }
                None => {
                    let message = format!("these words were not held against the copy of `{}`, which is not here", self.record.id());
                    let found = Diagnostic::new(&rules::QUOTE_UNVERIFIED, one.place.clone(), message);
                    let way_out = format!("put the copy at {}, and run `postil verify`", self.path);
                    diagnostics.push(if outside { found } else { found.help(way_out) });
                    held.verdicts.insert(one.at, Verdict::Unverified);
                }
            }
        }
    }

    /// The day of the copy: when the source was read, or else when its copy was first verified.
    fn date(&self, before: Option<&CopyEntry>) -> Option<String> {
        let read = self.data.accessed.as_deref().and_then(WrittenDate::read).map(WrittenDate::iso);
        let seen = || before.map(|copy| copy.date.clone()).filter(|date| !date.is_empty());
        read.or_else(seen).or_else(|| self.today.map(WrittenDate::iso))
    }

    fn seen(&self, date: Option<&str>) -> Seen {
        let read = self.data.accessed.as_deref().and_then(WrittenDate::read);
        match (read, date.filter(|date| !date.is_empty())) {
            (Some(read), _) => Seen::Made(read.long()),
            (None, Some(date)) => Seen::First(WrittenDate::read(date).map_or_else(|| date.to_owned(), WrittenDate::long)),
            (None, None) => Seen::Undated,
        }
    }

    fn mismatch(&self, one: &Quoted, folded: &Folded<'_>, plain: bool) -> Diagnostic {
        let message = format!("these words are not in the kept copy of `{}`", self.record.id());
        let found = Diagnostic::new(&rules::QUOTE_MISMATCH, one.place.clone(), message);
        let found = match nearest(&one.text, folded) {
            Some(near) if plain => {
                found.related(Place::new(self.path, near.span), "the copy has this").help(format!("the copy says “{}”", near.text))
            }
            Some(near) => found.help(format!("the copy says “{}”", near.text)),
            None if folded.original().trim().is_empty() => found.help("the copy has no text"),
            None => found.help("nothing like it is in the copy; look whether it is quoted from another source"),
        };
        found.help("quote word for word; what is left out is marked with […]")
    }

    fn outdated(&self, message: String) -> Diagnostic {
        Diagnostic::new(&rules::LOCK_OUTDATED, self.record.place_of("snapshot"), message).help("run `postil verify` and commit postil.lock")
    }
}

fn read_lock(snapshot: &Snapshot, diagnostics: &mut Diagnostics) -> Lock {
    let Some(text) = snapshot.text(LOCK, diagnostics) else { return Lock::default() };
    let (value, mut faults) = crate::read::toml(text);
    let crate::read::Value { span, data: crate::read::Data::Table(table) } = value else { return Lock::default() };
    let lock = crate::read::fill(&table, span, &[], &mut faults);
    for fault in faults {
        let found = fault.found_in(LOCK);
        diagnostics.push(found.help("`postil verify` writes this file; take it back from version control, or delete it and verify anew"));
    }
    // A lock of another form tells nothing that can be compared; `postil verify` writes it anew.
    lock.filter(Lock::is_current).unwrap_or_default()
}

/// What the lock still holds though nothing quotes it any more.
fn leftovers(known: &Lock, now: &Lock, diagnostics: &mut Diagnostics) {
    let gone = known.quotes.iter().filter(|entry| now.entry(&entry.source, &entry.hash).is_none()).count();
    if gone > 0 {
        let words = if gone == 1 { "1 quotation that nothing".to_owned() } else { format!("{gone} quotations that nothing") };
        let found =
            Diagnostic::new(&rules::LOCK_OUTDATED, Place::new(LOCK, Span::default()), format!("{LOCK} holds {words} gives any more"));
        diagnostics.push(found.help("run `postil verify` and commit postil.lock"));
    }
}
