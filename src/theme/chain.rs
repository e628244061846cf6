//! The chain of themes: one, the one that it extends, and so on.

use std::collections::BTreeSet;

use super::folder::{Folder, THEMES, built_in_names};
use crate::read::snapshot::{CONFIG, Snapshot};
use crate::text::{Diagnostic, Diagnostics, Place, Spanned, rules, suggestion};

/// The folders of a theme, the nearest first; `None` where one is missing or extends itself.
pub(super) fn chain(name: &Spanned<String>, snapshot: &Snapshot, diagnostics: &mut Diagnostics) -> Option<Vec<Folder>> {
    let mut folders: Vec<Folder> = Vec::new();
    let mut next = Some((name.value.clone(), Place::new(CONFIG, name.span)));
    while let Some((name, place)) = next {
        if folders.iter().any(|folder| folder.name == name) {
            let way: Vec<String> = folders.iter().map(|folder| format!("`{}`", folder.name)).collect();
            let message = format!("the theme `{name}` extends itself: {} extends `{name}`", way.join(" extends "));
            diagnostics.push(Diagnostic::new(&rules::SETTINGS, place, message));
            return None;
        }
        let Some(folder) = Folder::find(&name, snapshot, diagnostics) else {
            diagnostics.push(unknown(&name, place, snapshot));
            return None;
        };
        let manifest = folder.manifest_path();
        next = folder.extends.as_ref().map(|parent| (parent.value.clone(), Place::new(manifest, parent.span)));
        folders.push(folder);
    }
    Some(folders)
}

fn unknown(name: &str, place: Place, snapshot: &Snapshot) -> Diagnostic {
    let paths = snapshot.below(THEMES.trim_end_matches('/'));
    let mut known: BTreeSet<&str> = paths.filter_map(|(path, _)| path[THEMES.len()..].split_once('/')).map(|(name, _)| name).collect();
    for name in built_in_names() {
        known.insert(name);
    }
    let near = suggestion(name, known.iter().copied());
    let all: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    let help = near.unwrap_or_else(|| format!("the themes here: {}", all.join(", ")));
    let built_in: Vec<String> = built_in_names().map(|name| format!("`{name}`")).collect();
    Diagnostic::new(&rules::SETTINGS, place, format!("there is no theme `{name}`"))
        .help(help)
        .help(format!("a theme is a folder in `themes/`; built in are {}", built_in.join(" and ")))
}
