//! Publishing: a set of files becomes a folder, wholly or not at all.
//!
//! The site is staged beside its destination, in `.NAME.postil/next`, where NAME is the destination's
//! own name. Files that have not changed are hard-linked from the present site, so their times stay.
//! When the staged site is complete and safe on disk it changes places with the present one in a
//! single step, and the old one is removed. A process killed at any moment leaves the whole old or
//! the whole new site; what else it leaves is in `.NAME.postil` and is cleaned by the next run.
//!
//! Where a file system cannot exchange two folders, two renames stand in for the exchange, and a run
//! killed between them is made good by the next one (see `swap`).
//!
//! What costs time to make is kept for the next run by `cache`.
//!
//! Apart from that, `rewrite` makes the edits that an author has asked for in the author's own files.

mod background;
mod cache;
mod error;
mod file;
mod guard;
mod lock;
mod manifest;
mod media;
mod name;
mod open;
mod place;
mod present;
mod replace;
mod rewrite;
mod stage;
mod stop;
mod swap;
mod sync;
mod whole;

use std::path::Path;

use rayon::prelude::*;

pub use background::stand_back;
pub use cache::Cache;
pub use error::{NameFault, OutputError, Refusal};
pub use file::{OutFile, SiteFile};
pub use guard::Protected;
pub use manifest::{Manifest, Record};
pub use media::media_type;
pub use replace::replace_file;
pub use rewrite::{Unwritten, editable, rewrite};
pub use whole::{Whole, written};

use place::Place;
use present::Present;

/// What a publication did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Files that are new, or differ from what was there.
    pub changed: usize,
    /// Files of the old site that the new one does not have.
    pub removed: usize,
    /// Files that were left as they were.
    pub unchanged: usize,
    /// The list of all files now in the folder.
    pub manifest: Manifest,
}

/// Make the folder `dest` hold exactly `files` and their manifest.
///
/// When nothing differs, nothing is touched. A relative `dest` is read from the current folder.
///
/// # Errors
///
/// On any error the old site is as it was before, except where the error says that the new one is in
/// place and only the removal of the old one failed.
pub fn publish<File: SiteFile>(dest: &Path, protected: &Protected, files: &[File]) -> Result<Published, OutputError> {
    name::check(files)?;
    let dest = guard::admit(dest, protected)?;
    // A folder that is not ours is refused before anything is made beside it.
    guard::ours(&dest)?;
    let manifest = Manifest::of(files);

    let place = Place::beside(&dest)?;
    let _lock = lock::take(&place.lock())?;
    swap::recover(&place)?;
    // Asked again: another run may have published while this one waited for the lock.
    let old = guard::ours(&dest)?;
    let present = Present::scan(&dest)?;
    present.refuse_strangers(&dest, old.as_ref())?;

    let kept: Vec<bool> = files.par_iter().map(|file| present.holds(&dest, file)).collect();
    let unchanged = kept.iter().filter(|kept| **kept).count();
    let published = Published {
        changed: files.len() - unchanged,
        removed: old.as_ref().map_or(0, |old| old.missing_from(&manifest)),
        unchanged,
        manifest,
    };
    if published.changed > 0 || old.as_ref() != Some(&published.manifest) {
        replace(&place, files, &kept, &published.manifest)?;
    }
    Ok(published)
}

/// Stage the new site, put it in the place of the old one, and remove the old one.
fn replace<File: SiteFile>(place: &Place, files: &[File], kept: &[bool], manifest: &Manifest) -> Result<(), OutputError> {
    let swapped = stage::fill(place, files, kept, manifest).and_then(|()| sync::tree(&place.next())).and_then(|()| {
        stop::at(stop::Point::BeforeSwap);
        swap::swap(place)
    });
    if let Err(error) = swapped {
        // The first error is the one to tell; the next run cleans what this cannot.
        let _ = place.clean();
        return Err(error);
    }
    stop::at(stop::Point::AfterSwap);
    place.clean()
}

#[cfg(test)]
mod tests;
