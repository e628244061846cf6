//! The manifest: every file of a site with its hash, size and media type.
//!
//! It is stored in the site it describes, and is the mark by which Postil knows a folder as its own.
//! Its bytes depend on the files alone: it holds no clock, no place and no machine.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::file::SiteFile;
use super::media::media_type;
use super::open::read;

/// The folder in a site that Postil keeps for itself.
pub(super) const FOLDER: &str = ".postil";
/// Where the manifest stands in a site.
pub(super) const PATH: &str = ".postil/manifest.json";

/// Who made a manifest, and the number of its format. The format is raised when old readers would misread it.
const GENERATOR: &str = "Postil";
const FORMAT: u32 = 1;

/// The files of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    generator: String,
    format: u32,
    /// One record for each file, by its path.
    pub files: BTreeMap<String, Record>,
}

/// What is known of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The BLAKE3 hash of its bytes, in hexadecimal.
    pub hash: String,
    /// Its length in bytes.
    pub size: u64,
    /// Its media type.
    #[serde(rename = "type")]
    pub media_type: String,
}

impl Manifest {
    /// The manifest of these files.
    #[must_use]
    pub fn of<File: SiteFile>(files: &[File]) -> Self {
        let record = |file: &File| Record {
            hash: file.hash().to_hex().to_string(),
            size: file.size(),
            media_type: media_type(file.path()).to_owned(),
        };
        let files = files.par_iter().map(|file| (file.path().to_owned(), record(file))).collect();
        Self { generator: GENERATOR.to_owned(), format: FORMAT, files }
    }

    /// The manifest stored in the site `folder`, if it has one.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or was not written by Postil (`InvalidData`).
    pub fn read(folder: &Path) -> io::Result<Option<Self>> {
        // A link in place of the folder would lead elsewhere, and is not ours.
        match fs::symlink_metadata(folder.join(FOLDER)) {
            Ok(found) if found.is_dir() => {}
            Ok(_) => return Ok(None),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        }
        let bytes = match read(&folder.join(PATH)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let manifest: Self = serde_json::from_slice(&bytes)?;
        if manifest.generator != GENERATOR {
            let message = format!("it names `{}` as its generator", manifest.generator);
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        Ok(Some(manifest))
    }

    /// The bytes it is stored as: indented, so that it can be read and compared by people.
    pub(super) fn to_json(&self) -> Vec<u8> {
        let mut json = serde_json::to_vec_pretty(self).expect("text, numbers and maps with text keys always serialise");
        json.push(b'\n');
        json
    }

    /// How many files of this manifest are not in the `new` one.
    pub(super) fn missing_from(&self, new: &Self) -> usize {
        self.files.keys().filter(|path| !new.files.contains_key(*path)).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::OutFile;

    fn file(path: &str, text: &str) -> OutFile {
        OutFile::new(path, text.as_bytes().to_vec().into())
    }

    #[test]
    fn its_bytes_depend_on_the_files_alone() {
        let one = Manifest::of(&[file("a.html", "x"), file("b/c.css", "")]);
        let two = Manifest::of(&[file("b/c.css", ""), file("a.html", "x")]);
        assert_eq!(one.to_json(), two.to_json());
        let text = String::from_utf8(one.to_json()).expect("JSON is UTF-8");
        assert!(text.contains(r#""generator": "Postil""#), "{text}");
        assert!(text.contains(r#""format": 1"#), "{text}");
        assert!(text.contains(r#""type": "text/html; charset=utf-8""#), "{text}");
        assert!(text.contains(&blake3::hash(b"x").to_hex().to_string()), "{text}");
        let back: Manifest = serde_json::from_str(&text).expect("what was written can be read");
        assert_eq!(back, one);
    }

    #[test]
    fn what_is_gone_is_counted() {
        let old = Manifest::of(&[file("a", ""), file("b", ""), file("c", "")]);
        assert_eq!(old.missing_from(&Manifest::of(&[file("b", "new"), file("d", "")])), 2);
    }
}
