//! Files that were made. Each is known by its hash; its bytes may be let go, and are made again when somebody asks.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::data::Data;
use super::stock::Stock;
use crate::publish::Quotes;
use crate::read::snapshot::Bytes;
use crate::text::Diagnostic;

/// A file that was made.
#[derive(Debug)]
pub(super) struct Made {
    /// The hash of what it holds.
    pub(super) hash: blake3::Hash,
    /// The length of what it holds.
    pub(super) size: u64,
    /// What it was made from, where the next edition will ask.
    pub(super) data: Option<Data>,
    /// What its marks quote, once that was asked for.
    pub(super) quotes: OnceLock<Arc<Quotes>>,
    bytes: Mutex<Option<Bytes>>,
}

impl Made {
    /// A file with these bytes.
    pub(super) fn new(bytes: Bytes, data: Option<Data>) -> Self {
        let (hash, size) = (blake3::hash(&bytes), bytes.len() as u64);
        Self { hash, size, data, quotes: OnceLock::new(), bytes: Mutex::new(Some(bytes)) }
    }

    /// The file with these bytes: the known one, where it holds the same and was made from what cannot be compared.
    pub(super) fn or_known(bytes: Bytes, known: Option<&Arc<Self>>) -> Arc<Self> {
        let made = Self::new(bytes, None);
        known.filter(|known| known.hash == made.hash).cloned().unwrap_or_else(|| Arc::new(made))
    }

    /// What it holds, as long as that is kept.
    pub(super) fn held(&self) -> Option<Bytes> {
        self.bytes().clone()
    }

    /// Keeps no longer what it holds.
    pub(super) fn let_go(&self) {
        *self.bytes() = None;
    }

    /// The same file, of which nobody knows any more what it was made from.
    pub(super) fn outdated(&self) -> Self {
        Self { hash: self.hash, size: self.size, data: None, quotes: self.quotes.clone(), bytes: Mutex::new(self.held()) }
    }

    fn bytes(&self) -> MutexGuard<'_, Option<Bytes>> {
        self.bytes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The place of a file: empty until it is made.
pub(super) type Slot = OnceLock<Result<Arc<Made>, Box<Diagnostic>>>;

/// The files of an edition, as far as they were made.
pub(super) struct Shelf {
    pub(super) stock: Arc<Stock>,
    pub(super) slots: Vec<Slot>,
}

impl Shelf {
    /// A shelf for the files of a stock, on which nothing stands yet.
    pub(super) fn empty(stock: Arc<Stock>) -> Self {
        let slots = (0..stock.layout.len()).map(|_| OnceLock::new()).collect();
        Self { stock, slots }
    }

    /// The file at a path, if it was made.
    pub(super) fn made(&self, path: &str) -> Option<&Arc<Made>> {
        self.at(self.stock.layout.find(path)?)
    }

    /// The file of a number, if it was made.
    pub(super) fn at(&self, number: usize) -> Option<&Arc<Made>> {
        self.slots[number].get()?.as_ref().ok()
    }

    /// The file of a number in another shelf, if it was made here.
    pub(super) fn made_as(&self, number: usize, other: &Self) -> Option<&Arc<Made>> {
        if Arc::ptr_eq(&self.stock, &other.stock) { self.at(number) } else { self.made(other.stock.layout.file(number).0) }
    }

    /// Whether every file was made.
    pub(super) fn is_full(&self) -> bool {
        self.slots.iter().all(|slot| slot.get().is_some_and(Result::is_ok))
    }

    /// This shelf, where it is full; otherwise a shelf that has for the rest what stood on the one before.
    pub(super) fn filled_from(self: &Arc<Self>, before: Option<&Arc<Self>>) -> Arc<Self> {
        let Some(before) = before.filter(|_| !self.is_full()) else { return self.clone() };
        let same_frame = before.stock.frame == self.stock.frame;
        // Pages of another frame are the last good ones, but no longer right.
        let old = |made: &Arc<Made>| if same_frame { made.clone() } else { Arc::new(made.outdated()) };
        let slot = |number: usize| {
            let made = self.at(number).cloned().or_else(|| before.made_as(number, self).map(old));
            made.map_or_else(Slot::new, |made| Slot::from(Ok(made)))
        };
        let slots = (0..self.stock.layout.len()).map(slot).collect();
        Arc::new(Self { stock: self.stock.clone(), slots })
    }
}
