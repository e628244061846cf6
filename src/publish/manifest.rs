//! The web manifest: what a device needs to keep the site among its own things, and the icons for it.

use serde_json::{Value, json};

use super::desk::Desk;
use super::{Theming, file};
use crate::output::OutFile;
use crate::raster::Store;

/// The icon that some devices ask for by its name.
pub(super) const TOUCH_ICON: &str = "apple-touch-icon.png";
/// The icons as bitmaps, with their widths.
const ICONS: [(&str, u32); 3] = [(TOUCH_ICON, 180), ("icon-192.png", 192), ("icon-512.png", 512)];
/// The theme's icon.
const DRAWN: &str = "static/icon.svg";

/// The addresses of all files.
pub(super) fn paths() -> impl Iterator<Item = &'static str> {
    let icons = ICONS.iter().map(|(path, _)| *path).filter(|_| super::cards::DRAWN);
    std::iter::once(super::MANIFEST).chain(icons)
}

/// The manifest, and the theme's icon as bitmaps. An icon that cannot be drawn is left out.
pub(super) fn files(desk: &Desk, theming: &Theming<'_>, store: &dyn Store) -> Vec<OutFile> {
    let config = &desk.briefing.config;
    let icons = theming.file(DRAWN).map(|svg| icons(svg, store)).unwrap_or_default();
    let mut listed: Vec<Value> = Vec::new();
    if theming.file(DRAWN).is_some() {
        let src = format!("{}icon.svg", desk.statics);
        listed.push(json!({ "src": src, "sizes": "any", "type": "image/svg+xml" }));
    }
    let bitmap = |(icon, (path, width)): (&OutFile, &(&str, u32))| {
        (icon.path == *path).then(|| json!({ "src": path, "sizes": format!("{width}x{width}"), "type": "image/png" }))
    };
    listed.extend(icons.iter().zip(&ICONS).filter_map(bitmap));
    let mut manifest = json!({
        "name": config.title,
        "lang": config.language,
        "start_url": "./",
        "scope": "./",
        "display": "browser",
        "icons": listed,
    });
    if let Some(description) = config.description.as_ref().or(config.subtitle.as_ref()) {
        manifest["description"] = description.as_str().into();
    }
    std::iter::once(file(super::MANIFEST, format!("{manifest:#}\n"))).chain(icons).collect()
}

#[cfg(feature = "png")]
fn icons(svg: &str, store: &dyn Store) -> Vec<OutFile> {
    let icon = |(path, width): &(&str, u32)| {
        let bytes = crate::raster::png(svg, *width, store).ok()?;
        Some(OutFile::new(path, bytes.to_vec().into()))
    };
    ICONS.iter().map_while(icon).collect()
}

#[cfg(not(feature = "png"))]
fn icons(_: &str, _: &dyn Store) -> Vec<OutFile> {
    Vec::new()
}
