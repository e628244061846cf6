//! Renditions from the store: a list by the hash of the author's file, and each file that it names.
//!
//! A picture that has not changed costs its hash and the look into its container. A list that cannot be read, or of
//! which a file is gone or has another length, is made anew.

use std::sync::Arc;

use super::file::File;
use super::make::make;
use super::{Format, ImageFault, Kept, Rendition, Renditions, as_is};
use crate::raster::{Store, key};

/// What makes renditions. The number is raised with every change that gives other bytes.
const MAKER: &str = "image.1";
/// What is wished of it, beyond what is always made.
const WISHES: &str = if cfg!(feature = "avif") { "avif" } else { "webp" };
/// The list of a picture that is kept as it is.
const UNREAD: &str = "unread\n";

/// The renditions from the store, or else made and put there.
pub(super) fn kept(file: File, bytes: &[u8], store: &dyn Store) -> Result<Renditions, ImageFault> {
    let key = key(MAKER, WISHES, bytes);
    let (width, height) = file.shown();
    let old = store.get(&key).filter(|list| !list.is_empty());
    let old = old.as_deref().and_then(|list| std::str::from_utf8(list).ok());
    if old == Some(UNREAD) {
        return Ok(as_is(file, Kept::Unread));
    }
    if let Some(list) = old.and_then(|list| recall(list, &key, store)) {
        return Ok(Renditions::Made { width, height, list });
    }
    let made = make(&file)?;
    let lines = made.as_ref().map_or_else(|| UNREAD.to_owned(), |list| list.iter().map(|one| remember(one, &key, store)).collect());
    store.put(&key, &Arc::from(lines.into_bytes()));
    Ok(match made {
        Some(list) => Renditions::Made { width, height, list },
        None => as_is(file, Kept::Unread),
    })
}

/// The key of one file of a list.
fn part(key: &str, width: &str, extension: &str) -> String {
    format!("{key}-{width}.{extension}")
}

/// Puts a rendition in the store and tells its line in the list.
fn remember(rendition: &Rendition, key: &str, store: &dyn Store) -> String {
    let Rendition { width, height, format, bytes } = rendition;
    store.put(&part(key, &width.to_string(), format.extension()), bytes);
    format!("{} {width} {height} {}\n", format.extension(), bytes.len())
}

fn recall(list: &str, key: &str, store: &dyn Store) -> Option<Vec<Rendition>> {
    let one = |line: &str| {
        let mut words = line.split(' ');
        let (extension, width, height, length) = (words.next()?, words.next()?, words.next()?, words.next()?);
        let format = [Format::Avif, Format::WebP, Format::Jpeg, Format::Png].into_iter().find(|format| format.extension() == extension)?;
        let bytes = store.get(&part(key, width, extension))?;
        let whole = length.parse() == Ok(bytes.len());
        whole.then_some(Rendition { width: width.parse().ok()?, height: height.parse().ok()?, format, bytes })
    };
    list.lines().map(one).collect()
}
