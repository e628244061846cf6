//! Themes: a folder of templates and static files that turns a page's data into HTML. Only this room names `tera`.
//!
//! A theme is a folder in `themes/`: `theme.toml` (`name`, `description`, `extends`), `templates/`, and `static/`, whose
//! files go to `static/` in the site. The themes `default` and `plain` are built into the program. A site's own `themes/default/`
//! replaces it file by file; a theme with `extends = "default"` does the same under a name of its own, and may also
//! build on a template that it replaces: `{% extends "default/section.html" %}`.
//!
//! A template sees `site`, `page` and one more name that says what kind of page it is; `page::data` holds them all.
//! It can read no file, clock or environment, so equal data give equal bytes.

mod calls;
mod chain;
mod fault;
mod folder;
mod known;
mod names;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use tera::{Context, Tera, Value};

use self::folder::{Folder, TEMPLATES};
use crate::page::data::{PageHead, Site};
use crate::read::snapshot::{Bytes, Snapshot};
use crate::text::{Diagnostic, Diagnostics, Spanned};

/// Templates with these endings escape what they print.
const ESCAPED: [&str; 4] = [".html", ".xml", ".svg", ".json"];

/// Digits of the hash that names the folder of a theme's files.
pub const ASSETS_HASH: usize = 10;

/// A theme, ready to render.
pub struct Theme {
    /// The theme itself, then the one that it extends, and so on.
    folders: Vec<Folder>,
    tera: Tera,
}

impl Theme {
    /// Loads the theme of this name; `None` where it, or one of its templates, is broken.
    pub fn load(name: &Spanned<String>, snapshot: &Snapshot, diagnostics: &mut Diagnostics) -> Option<Self> {
        let folders = chain::chain(name, snapshot, diagnostics)?;
        match engine(&folders) {
            Ok(tera) => Some(Self { folders, tera }),
            Err(found) => {
                for one in found {
                    diagnostics.push(one);
                }
                None
            }
        }
    }

    /// Names that the site's own templates use and that no data has. Those of the built-in theme are right.
    pub fn unknown_names(&self, diagnostics: &mut Diagnostics) {
        let free = |template: &str| {
            let names = self.tera.get_template_variables(template).unwrap_or_default();
            let sorted: BTreeSet<&str> = names.into_iter().collect();
            sorted.into_iter().map(str::to_owned).collect()
        };
        let takes = |component: &str| {
            let known = self.tera.get_component_definition(component).filter(|known| known.rest_param().is_none())?;
            let names =
                |needed: bool| known.args().iter().filter(|one| !needed || one.is_required()).map(|one| one.name().to_owned()).collect();
            Some(calls::Takes { all: names(false), needed: names(true) })
        };
        for found in names::unknown(&self.folders, free, takes) {
            diagnostics.push(found);
        }
    }

    /// Whether the site has templates of its own, which only rendering can wholly try.
    #[must_use]
    pub fn has_own_templates(&self) -> bool {
        self.folders.iter().any(|folder| folder.own_templates().next().is_some())
    }

    /// Gives every page the data of the site.
    #[must_use]
    pub fn with_site(mut self, site: &Site) -> Self {
        self.tera.global_context().insert("site", site);
        self
    }

    /// Renders a page with a template (`section.html`); the template finds `data` under `key`. The data is gone before the page
    /// is written, because each of the two may be large.
    ///
    /// # Errors
    ///
    /// The diagnostic points into the template that is broken.
    pub fn render(&self, template: &str, key: &str, page: &PageHead, data: impl Serialize) -> Result<String, Diagnostic> {
        let mut context = Context::new();
        let mut insert = |key: &str, value: tera::TeraResult<Value>| value.map(|value| context.insert_value(key.to_owned(), value));
        insert("page", Value::try_from_serializable(page))
            .and_then(|()| insert(key, Value::try_from_serializable(&data)))
            .and_then(|()| {
                drop(data);
                self.tera.render(template, &context)
            })
            .map_err(|error| fault::first(&error, &self.folders))
    }

    /// The static files, by their path in the site (`static/style.css`), in order of path.
    pub fn statics(&self) -> impl Iterator<Item = (&str, &Bytes)> {
        let far_to_near = self.folders.iter().rev().flat_map(Folder::statics);
        far_to_near.collect::<BTreeMap<_, _>>().into_iter()
    }

    /// The folder of the static files in the site, with a stroke at its end. It is named for what all of them hold, so that
    /// what stands at an address never changes.
    #[must_use]
    pub fn assets(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for (path, bytes) in self.statics() {
            for part in [path.as_bytes(), bytes.as_slice()] {
                hasher.update(&part.len().to_le_bytes()).update(part);
            }
        }
        format!("static/{}/", &hasher.finalize().to_hex()[..ASSETS_HASH])
    }

    /// The static files at their addresses in the site. Where a template of the site itself names `static/`, they stand there
    /// too.
    pub fn published(&self) -> impl Iterator<Item = (String, &Bytes)> {
        let assets = self.assets();
        let named = self.folders.iter().flat_map(Folder::own_templates).any(|(_, file)| file.text().contains("static/"));
        let plain = self.statics().filter(move |_| named).map(|(path, bytes)| (path.to_owned(), bytes));
        self.statics().map(move |(path, bytes)| (path.replacen("static/", &assets, 1), bytes)).chain(plain)
    }

    /// Every file that the theme is made of, by its path in the briefing: what a hash of the theme covers, and where
    /// the text of a diagnostic's place is found for a theme that is built in.
    pub fn files(&self) -> impl Iterator<Item = (&str, &Bytes)> {
        self.folders.iter().flat_map(Folder::files)
    }
}

/// Reads all templates. A nearer theme goes before a farther one, for templates and for components.
fn engine(folders: &[Folder]) -> Result<Tera, Vec<Diagnostic>> {
    let fresh = || {
        let mut tera = Tera::new();
        tera.autoescape_on(ESCAPED);
        tera
    };
    let mut tera = fresh();
    let templates: Vec<(String, &str)> = folders.iter().flat_map(Folder::templates).collect();
    let prefixes: Vec<String> = folders.iter().map(|folder| format!("{}/", folder.name)).collect();
    let ready =
        tera.set_fallback_prefixes(prefixes).and_then(|()| tera.add_raw_templates(templates.iter().map(|(name, text)| (name, text))));
    let Err(error) = ready else { return Ok(tera) };
    // The first broken template ends the reading; each is tried alone, so that all of them are reported.
    let alone = templates.iter().filter_map(|(name, text)| fresh().add_raw_template(name, text).err());
    let syntax: Vec<Diagnostic> = alone.filter(fault::is_syntax).map(|error| fault::first(&error, folders)).collect();
    Err(if syntax.is_empty() { fault::all(&error, folders) } else { syntax })
}

/// A file of a theme that is built in, by its path in the briefing: the text of a finding's place where the site has no
/// such file.
#[must_use]
pub fn built_in(path: &str) -> Option<&'static [u8]> {
    folder::built_in_file(path)
}

/// The file of a template by its full name (`default/section.html`).
fn template<'f>(name: &str, folders: &'f [Folder]) -> Option<&'f folder::File> {
    let (theme, rest) = name.split_once('/')?;
    folders.iter().find(|folder| folder.name == theme)?.file(&format!("{TEMPLATES}{rest}"))
}

#[cfg(test)]
mod tests;
