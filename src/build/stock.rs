//! The stock of a site: its theme, the files that are there, and the layout of all others. It stays the same while only
//! the text changes.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::layout::{Layout, Origin};
use super::{Memo, collisions, copies, pictures};
use crate::briefing::{Briefing, Observer};
use crate::output::OutFile;
use crate::page::{self, Site};
use crate::publish::{self, Cards};
use crate::raster::Store;
use crate::read::publish::Part;
use crate::read::snapshot::{Bytes, Snapshot};
use crate::text::Diagnostics;
use crate::theme::Theme;

/// What all pages share, and every file that is not made from data.
pub(super) struct Stock {
    /// The theme, which has the data of the site.
    pub(super) theme: Theme,
    /// The folder of the theme's files.
    pub(super) assets: String,
    /// The hash of what all pages share: the theme, and what they say of the site.
    pub(super) frame: blake3::Hash,
    /// All files of the site.
    pub(super) layout: Layout,
    /// Draws the cards.
    pub(super) cards: Cards,
    /// Those whose bytes are there.
    pub(super) ready: BTreeMap<String, OutFile>,
    /// What was found.
    pub(super) found: Diagnostics,
    site: Site,
    themes: Vec<(Arc<str>, Bytes)>,
}

/// A stock of which the pictures are not made yet.
pub(super) struct Begun {
    theme: Theme,
    copies: Vec<OutFile>,
    made: Layout,
    /// What was found so far.
    pub(super) found: Diagnostics,
}

impl Begun {
    /// Loads the theme, and finds a place for each file; nothing where the theme is broken.
    pub(super) fn new(briefing: &Briefing, snapshot: &Snapshot, memo: &mut Memo, diagnostics: &mut Diagnostics) -> Option<Self> {
        let mut found = Diagnostics::default();
        let copies = copies::copies(briefing, snapshot, memo, &mut found);
        let theme = Theme::load(&briefing.config.theme, snapshot, &mut found);
        let made = theme.as_ref().map_or_else(Layout::empty, |theme| Layout::made(briefing, theme));
        if let Some(theme) = &theme {
            collisions::collisions(briefing, &made, theme, &mut found);
            theme.unknown_names(&mut found);
        }
        diagnostics.extend(&found);
        Some(Self { theme: theme?, copies, made, found })
    }

    /// Makes the pictures ready. Gives the briefing with what pages offer of them.
    pub(super) fn finish(
        self,
        briefing: Briefing,
        snapshot: &Snapshot,
        store: &dyn Store,
        observe: Observer<'_>,
        diagnostics: &mut Diagnostics,
    ) -> (Briefing, Stock) {
        let Self { theme, copies, made, mut found } = self;
        let mut fresh = Diagnostics::default();
        let pictures = pictures::pictures(&briefing, snapshot, (&copies, &made), store, observe, &mut fresh);
        found.extend(&fresh);
        diagnostics.append(fresh);
        let briefing = briefing.with_pictures(pictures.offered);
        let site = page::site(&briefing);
        let frame = frame(&briefing.config.theme.value, &theme, &site);
        let statics = theme.published().map(|(path, bytes)| OutFile::new(&path, bytes.clone()));
        let ready = copies.into_iter().chain(pictures.files).chain(statics);
        let ready: BTreeMap<String, OutFile> = ready.map(|file| (file.path.clone(), file)).collect();
        let stubs = publish::stubs(&briefing).map(|path| (path, Origin::Published(Part::Redirects)));
        let layout = made.with(ready.keys().map(|path| (path.clone(), Origin::Ready)).chain(stubs));
        let assets = theme.assets();
        let themes = themes(snapshot).map(|(path, bytes)| (path.clone(), bytes.clone())).collect();
        let theme = theme.with_site(&site);
        (briefing, Stock { theme, assets, frame, layout, cards: Cards::default(), ready, found, site, themes })
    }
}

impl Stock {
    /// Whether a briefing on the same web has the same stock.
    pub(super) fn holds(&self, briefing: &Briefing, snapshot: &Snapshot) -> bool {
        let known = self.themes.iter().map(|(path, bytes)| (path, bytes));
        themes(snapshot).eq(known) && page::site(briefing) == self.site
    }
}

fn themes(snapshot: &Snapshot) -> impl Iterator<Item = (&Arc<str>, &Bytes)> {
    snapshot.below("themes")
}

/// The hash of what all pages share.
fn frame(name: &str, theme: &Theme, site: &Site) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    // Texts and numbers can always be written, and a hasher takes them all.
    let _ = serde_json::to_writer(&mut hasher, &(name, site));
    for (path, bytes) in theme.files() {
        for part in [path.as_bytes(), bytes.as_slice()] {
            hasher.update(&part.len().to_le_bytes()).update(part);
        }
    }
    hasher.finalize()
}
