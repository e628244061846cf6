//! One theme's folder: its `theme.toml`, its templates and its static files.

use std::collections::BTreeMap;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use serde::Deserialize;

use crate::read::snapshot::{Bytes, Snapshot};
use crate::read::{Data, Value, fill, toml};
use crate::text::{Diagnostics, Span, Spanned};

/// The theme that a site has unless it names another.
pub(super) const DEFAULT: &str = "default";
/// Where themes stand in a briefing.
pub(super) const THEMES: &str = "themes/";
/// Where templates stand in a theme.
pub(super) const TEMPLATES: &str = "templates/";
const STATIC: &str = "static/";
const MANIFEST: &str = "theme.toml";

static BUILT_IN: Dir = include_dir!("$CARGO_MANIFEST_DIR/themes");

/// The names of the themes that the program brings along, in order.
pub(super) fn built_in_names() -> impl Iterator<Item = &'static str> {
    BUILT_IN.dirs().filter_map(|folder| folder.path().to_str())
}

/// A file that the program brings along, by its path in a briefing.
pub(super) fn built_in_file(path: &str) -> Option<&'static [u8]> {
    BUILT_IN.get_file(path.strip_prefix(THEMES)?).map(include_dir::File::contents)
}

/// A file of a theme.
pub(super) struct File {
    /// Its path in the briefing.
    pub(super) path: Arc<str>,
    /// What it holds.
    pub(super) bytes: Bytes,
    /// Whether the program brought it along.
    pub(super) built_in: bool,
}

impl File {
    /// The text of a template; templates that are no text were left out when the folder was read.
    pub(super) fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap_or_default()
    }
}

/// A theme's files by their path in its folder.
pub(super) struct Folder {
    /// The name of the folder.
    pub(super) name: String,
    /// The theme that gives what is missing here.
    pub(super) extends: Option<Spanned<String>>,
    files: BTreeMap<String, File>,
}

/// What `theme.toml` may say.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Manifest {
    #[serde(rename = "name")]
    _name: Option<String>,
    #[serde(rename = "description")]
    _description: Option<String>,
    extends: Option<Spanned<String>>,
}

impl Folder {
    /// The theme of this name: the site's files over those that are built in.
    pub(super) fn find(name: &str, snapshot: &Snapshot, diagnostics: &mut Diagnostics) -> Option<Self> {
        let top = format!("{THEMES}{name}");
        let mut files = built_in(name);
        for (path, bytes) in snapshot.below(&top) {
            let inside = &path[top.len() + 1..];
            let static_file = !inside.starts_with(TEMPLATES) && inside != MANIFEST;
            // A template that is no text is reported here, and rendered by no one.
            if static_file || snapshot.text(path, diagnostics).is_some() {
                files.insert(inside.to_owned(), File { path: path.clone(), bytes: bytes.clone(), built_in: false });
            }
        }
        if files.is_empty() {
            return None;
        }
        let unread = || snapshot.get(&format!("{top}/{MANIFEST}")).and_then(|_| assumed(name));
        let extends = files.get(MANIFEST).map_or_else(unread, |file| extends(name, file, diagnostics));
        Some(Self { name: name.to_owned(), extends, files })
    }

    /// A file by its path in the folder.
    pub(super) fn file(&self, path: &str) -> Option<&File> {
        self.files.get(path)
    }

    /// The path of its `theme.toml` in the briefing.
    pub(super) fn manifest_path(&self) -> String {
        format!("{THEMES}{}/{MANIFEST}", self.name)
    }

    /// Templates by their full name (`default/section.html`).
    pub(super) fn templates(&self) -> impl Iterator<Item = (String, &str)> {
        let named = |(path, file): (&String, _)| path.strip_prefix(TEMPLATES).map(|path| (format!("{}/{path}", self.name), file));
        self.files.iter().filter_map(named).map(|(name, file): (String, &File)| (name, file.text()))
    }

    /// Templates by their path in the briefing, and whether the site brought them along.
    pub(super) fn all_templates(&self) -> impl Iterator<Item = (&Arc<str>, &str, bool)> {
        let templates = self.files.iter().filter(|(path, _)| path.starts_with(TEMPLATES));
        templates.map(|(_, file)| (&file.path, file.text(), !file.built_in))
    }

    /// Templates that the program did not bring along.
    pub(super) fn own_templates(&self) -> impl Iterator<Item = (String, &File)> {
        let own = self.files.iter().filter(|(_, file)| !file.built_in);
        own.filter_map(|(path, file)| Some((format!("{}/{}", self.name, path.strip_prefix(TEMPLATES)?), file)))
    }

    /// Whether a path in the briefing is a file that the program brought along.
    pub(super) fn brings(&self, path: &str) -> bool {
        self.files.values().any(|file| file.built_in && *file.path == *path)
    }

    /// Static files by their path in the site.
    pub(super) fn statics(&self) -> impl Iterator<Item = (&str, &Bytes)> {
        self.files.iter().filter(|(path, _)| path.starts_with(STATIC)).map(|(path, file)| (path.as_str(), &file.bytes))
    }

    /// All files by their path in the briefing.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, &Bytes)> {
        self.files.values().map(|file| (&*file.path, &file.bytes))
    }
}

/// The theme that a `theme.toml` names.
fn extends(name: &str, file: &File, diagnostics: &mut Diagnostics) -> Option<Spanned<String>> {
    let (value, mut faults) = toml(file.text());
    let Value { span, data: Data::Table(table) } = value else { return None };
    let manifest: Option<Manifest> = fill(&table, span, &[], &mut faults);
    let broken = !faults.is_empty();
    for fault in faults {
        diagnostics.push(fault.found_in(file.path.clone()));
    }
    manifest.and_then(|manifest| manifest.extends).or_else(|| assumed(name).filter(|_| broken))
}

/// What a theme extends whose `theme.toml` is broken: most build on the default, and its templates are not all to be
/// called missing.
fn assumed(name: &str) -> Option<Spanned<String>> {
    (name != DEFAULT).then(|| Spanned { value: DEFAULT.to_owned(), span: Span::default() })
}

/// The files of a theme that the program brings along; none where it has no theme of this name.
fn built_in(name: &str) -> BTreeMap<String, File> {
    let mut files = BTreeMap::new();
    if let Some(folder) = BUILT_IN.dirs().find(|folder| folder.path().to_str() == Some(name)) {
        gather(folder, &format!("{name}/"), &mut files);
    }
    files
}

fn gather(folder: &Dir<'_>, top: &str, files: &mut BTreeMap<String, File>) {
    for file in folder.files() {
        // On Windows the macro writes the separators of the machine that compiles.
        let path = file.path().to_string_lossy().replace('\\', "/");
        let inside = path.strip_prefix(top).unwrap_or(&path).to_owned();
        let path = format!("{THEMES}{path}").into();
        files.insert(inside, File { path, bytes: Bytes::new(file.contents().to_vec()), built_in: true });
    }
    folder.dirs().for_each(|inner| gather(inner, top, files));
}
