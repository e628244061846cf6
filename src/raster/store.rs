//! A store of what was made before: found by the hash of what it was made from, of the wishes and of the maker.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes by key. A store may forget at any time, and must give back what was put or nothing.
pub trait Store: Sync {
    /// The bytes that were put under this key, where they are still there.
    fn get(&self, key: &str) -> Option<Arc<[u8]>>;

    /// Keeps the bytes. The key is of lower-case letters, digits, `.` and `-`: fit to be the name of a file.
    fn put(&self, key: &str, bytes: &Arc<[u8]>);
}

/// A store that keeps nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nothing;

impl Store for Nothing {
    fn get(&self, _: &str) -> Option<Arc<[u8]>> {
        None
    }

    fn put(&self, _: &str, _: &Arc<[u8]>) {}
}

/// A store that keeps everything for as long as it lives.
#[derive(Debug, Default)]
pub struct Memory(Mutex<BTreeMap<String, Arc<[u8]>>>);

impl Store for Memory {
    fn get(&self, key: &str) -> Option<Arc<[u8]>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    fn put(&self, key: &str, bytes: &Arc<[u8]>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key.to_owned(), bytes.clone());
    }
}

/// A key: the maker with its version, the wishes, and the hash of the input. `maker` and `wishes` are of the letters
/// that a key may have.
#[must_use]
pub fn key(maker: &str, wishes: &str, input: &[u8]) -> String {
    key_of(maker, wishes, blake3::hash(input))
}

/// The same key, where the hash of the input is known.
#[must_use]
pub fn key_of(maker: &str, wishes: &str, input: blake3::Hash) -> String {
    format!("{maker}-{wishes}-{}", input.to_hex())
}

/// What the store has under the key, or else what is made now, which the store then keeps. A fault is not kept.
///
/// # Errors
/// Those of `make`.
pub fn kept<E>(store: &dyn Store, key: &str, make: impl FnOnce() -> Result<Arc<[u8]>, E>) -> Result<Arc<[u8]>, E> {
    if let Some(bytes) = store.get(key) {
        return Ok(bytes);
    }
    let bytes = make()?;
    store.put(key, &bytes);
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_is_kept_and_a_fault_is_not() {
        let store = Memory::default();
        let key = key("test.1", "wide", b"input");
        assert!(key.starts_with("test.1-wide-") && key.len() == 12 + 64, "{key}");
        assert_eq!(kept(&store, &key, || Err("no")), Err("no"));
        let made: Arc<[u8]> = Arc::from(&b"made"[..]);
        assert_eq!(kept(&store, &key, || Ok::<_, ()>(made.clone())), Ok(made.clone()));
        assert_eq!(kept(&store, &key, || Err("not asked again")), Ok(made.clone()));
        assert_eq!(kept(&Nothing, &key, || Err("asked again")), Err("asked again"));
    }
}
