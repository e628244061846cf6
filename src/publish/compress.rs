//! Files of text once more in small, for servers that send such files instead of packing them each time.

use std::io::Write;
use std::sync::Arc;

use rayon::prelude::*;

use super::desk::Desk;
use crate::output::{OutFile, SiteFile, media_type};
use crate::raster::{Store, kept, key_of};
use crate::read::publish::Encoding;

/// Below this size nothing is gained.
const LEAST: u64 = 1_024;
/// What packs. The numbers are raised with every change that gives other bytes.
const MAKERS: [(Encoding, &str, &str); 2] = [(Encoding::Br, "brotli.1", "br"), (Encoding::Gzip, "gzip.1", "gz")];

/// The packed forms of all files that gain from it. An author's file in the place of one stays as it is.
pub fn compressed<File: SiteFile>(desk: &Desk, files: &[File], store: &dyn Store) -> Vec<OutFile> {
    let wanted = &desk.briefing.config.publish.compress;
    let makers: Vec<_> = MAKERS.iter().filter(|(encoding, ..)| wanted.contains(encoding)).collect();
    if makers.is_empty() {
        return Vec::new();
    }
    let taken: std::collections::BTreeSet<&str> = files.iter().map(SiteFile::path).collect();
    let texts: Vec<&File> = files.iter().filter(|file| file.size() >= LEAST && is_text(file.path())).collect();
    let packed = texts.into_par_iter().flat_map_iter(|file| {
        makers.iter().filter_map(|(encoding, maker, ending)| {
            let path = format!("{}.{ending}", file.path());
            let pack = || pack(*encoding, &file.bytes()).map(Arc::from).ok_or(());
            let bytes = kept(store, &key_of(maker, ending, file.hash()), pack).ok().filter(|bytes| (bytes.len() as u64) < file.size())?;
            (!taken.contains(path.as_str())).then(|| OutFile::new(&path, bytes.to_vec().into()))
        })
    });
    packed.collect()
}

/// Whether a file is text by its name.
fn is_text(path: &str) -> bool {
    let media = media_type(path);
    let words = ["text/", "application/json", "application/xml", "application/ld+json", "application/manifest+json", "image/svg+xml"];
    words.iter().any(|word| media.starts_with(word))
}

fn pack(encoding: Encoding, bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    match encoding {
        Encoding::Br => {
            let parameters = brotli::enc::BrotliEncoderParams { quality: 9, lgwin: 22, ..Default::default() };
            brotli::BrotliCompress(&mut &*bytes, &mut out, &parameters).ok()?;
        }
        Encoding::Gzip => {
            // Without a name and a time, so that equal files are packed equally.
            let mut encoder = flate2::write::GzEncoder::new(&mut out, flate2::Compression::best());
            encoder.write_all(bytes).ok()?;
            encoder.finish().ok()?;
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_small_and_the_same_each_time() {
        let text = "Output of crude steel fell. ".repeat(100);
        for encoding in [Encoding::Br, Encoding::Gzip] {
            let packed = pack(encoding, text.as_bytes()).expect("packed");
            assert!(packed.len() < 200 && Some(packed) == pack(encoding, text.as_bytes()), "{encoding:?}");
        }
        assert!(is_text("a/index.html") && is_text("feed.xml") && is_text("x.svg") && !is_text("card.png"));
    }
}
