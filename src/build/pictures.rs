//! Pictures that pages show, in the sizes and formats that screens ask for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::copies::fault_of;
use super::layout::Layout;
use crate::briefing::{Briefing, Observer, Stage, folded};
use crate::draw::{Picture, Size, Source, is_svg};
use crate::output::OutFile;
use crate::raster::{ImageFault, Rendition, Renditions, Store, renditions};
use crate::read::snapshot::Snapshot;
use crate::text::Diagnostics;

/// What is made of the pictures of a briefing.
#[derive(Default)]
pub(super) struct Pictures {
    /// What pages offer of each, by the author's file.
    pub offered: BTreeMap<String, Picture>,
    /// The files beside those of the author.
    pub files: Vec<OutFile>,
}

/// Makes what is not in the store. `copies` are the author's files as they are published, in order of their paths, and
/// `made` the addresses of all that is made elsewhere.
pub(super) fn pictures(
    briefing: &Briefing,
    snapshot: &Snapshot,
    (copies, made): (&[OutFile], &Layout),
    store: &dyn Store,
    observe: Observer<'_>,
    diagnostics: &mut Diagnostics,
) -> Pictures {
    let shown: Vec<&str> = briefing.pictures.keys().map(String::as_str).filter(|path| !is_svg(path)).collect();
    let done = AtomicUsize::new(0);
    let tell = |done: usize| observe(Stage { name: "making pictures ready", count: Some((done, shown.len())) });
    if shown.is_empty() {
        return Pictures::default();
    }
    tell(0);
    let make = |path: &&str| {
        let bytes = snapshot.get(&format!("content/{path}"))?;
        let made = renditions(bytes, store);
        tell(done.fetch_add(1, Ordering::Relaxed) + 1);
        Some(made)
    };
    let results: Vec<Option<Result<Renditions, ImageFault>>> = shown.par_iter().map(make).collect();
    let taken = copies.iter().map(|copy| copy.path.as_str()).chain(made.iter().map(|(path, _)| path)).map(folded).collect();
    let mut desk = Desk { taken, pictures: Pictures::default() };
    for (path, result) in shown.into_iter().zip(results) {
        match result {
            Some(Ok(renditions)) => {
                let own = copies.binary_search_by(|copy| copy.path.as_str().cmp(path)).ok().map_or(&[][..], |at| &copies[at].bytes);
                desk.offer(path, own, renditions);
            }
            // A file of another sort stays as it is; where its name says otherwise, that was told when it was copied.
            Some(Err(ImageFault::Unknown)) | None => {}
            Some(Err(fault)) => diagnostics.push(fault_of(path, &fault)),
        }
    }
    desk.pictures
}

struct Desk {
    /// The addresses that are taken, as a disk compares them that does not tell letters from capitals.
    taken: BTreeSet<String>,
    pictures: Pictures,
}

impl Desk {
    /// Gives each rendition its address. `own` is the author's file as it is published.
    fn offer(&mut self, path: &str, own: &[u8], renditions: Renditions) {
        let (width, height) = renditions.size();
        let mut picture = Picture::plain(path, Some(Size { width, height }));
        let Renditions::Made { mut list, .. } = renditions else {
            self.pictures.offered.insert(path.to_owned(), picture);
            return;
        };
        // The last is the one that every browser reads: often it is the author's own file.
        let plain = list.pop_if(|last| *last.bytes == *own);
        let stem = self.stem(path, &list);
        let fallback = if plain.is_some() { None } else { list.pop() };
        for rendition in list {
            let (width, media_type) = (rendition.width, rendition.format.media_type());
            let address = self.publish(&stem, &rendition);
            match picture.sources.last_mut().filter(|source| source.media_type == media_type) {
                Some(source) => source.files.push((width, address)),
                None => picture.sources.push(Source { media_type, files: vec![(width, address)] }),
            }
        }
        if let Some(rendition) = fallback {
            picture.path = self.publish(&stem, &rendition);
        }
        self.pictures.offered.insert(path.to_owned(), picture);
    }

    /// What the names of a picture's files begin with: the author's name without its ending where that is free, or else
    /// with it, or with a number too.
    fn stem(&self, path: &str, list: &[Rendition]) -> String {
        let plain = path.rsplit_once('.').filter(|(_, ending)| !ending.contains('/')).map_or(path, |(stem, _)| stem);
        let more = (2_u32..).map(|number| format!("{path}-{number}"));
        let free = |stem: &String| list.iter().all(|rendition| !self.taken.contains(&folded(&address(stem, rendition))));
        [plain, path].into_iter().map(str::to_owned).chain(more).find(free).unwrap_or_default()
    }

    fn publish(&mut self, stem: &str, rendition: &Rendition) -> String {
        let path = address(stem, rendition);
        self.taken.insert(folded(&path));
        self.pictures.files.push(OutFile::new(&path, rendition.bytes.to_vec().into()));
        path
    }
}

/// The address of a rendition: its width is a part of its name.
fn address(stem: &str, rendition: &Rendition) -> String {
    format!("{stem}-{}.{}", rendition.width, rendition.format.extension())
}
