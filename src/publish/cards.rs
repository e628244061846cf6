//! Cards: a picture of each page for whoever links to it, with the titles of the page and of the briefing.

/// The width of a card in pixels, as those who show them ask for.
pub(super) const WIDTH: u32 = 1200;
/// Its height.
pub(super) const HEIGHT: u32 = 630;
/// Whether this program draws them.
pub(super) const DRAWN: bool = cfg!(feature = "png");

/// The address of a page's card. That of the cover stands apart, since a section may have any name.
pub(super) fn path(page: &str) -> String {
    match page.trim_end_matches("index.html").trim_end_matches('/') {
        "" => "card.png".to_owned(),
        folder => format!("cards/{folder}.png"),
    }
}

#[cfg(feature = "png")]
pub(super) use drawn::files;

/// Nothing: this program does not draw.
#[cfg(not(feature = "png"))]
pub(super) fn files(_: &super::Desk, _: &[super::Made], _: &dyn crate::raster::Store) -> Vec<crate::output::OutFile> {
    Vec::new()
}

#[cfg(feature = "png")]
mod drawn {
    use rayon::prelude::*;

    use super::{HEIGHT, WIDTH};
    use crate::font::{Weight, wrap};
    use crate::output::OutFile;
    use crate::page::Shape;
    use crate::publish::{Desk, Made};
    use crate::raster::{Cards, INK, Line, Plate, Store};

    /// Where words begin, and how much room they have.
    const LEFT: u32 = 96;
    const ROOM: f64 = 888.0;
    /// The shade of what is said beside the title.
    const QUIET: u8 = 9;

    /// The card of each page. What was drawn before is taken from the store.
    pub(in crate::publish) fn files(desk: &Desk, pages: &[Made], store: &dyn Store) -> Vec<OutFile> {
        // Nobody could say where the card is.
        if desk.address.base().is_none() {
            return Vec::new();
        }
        // Lines of text with a note at their side: the sign of the site.
        let lines = [96, 128, 160].map(|top| ([1064, top, 72, 6], false));
        let rule = ([LEFT, 536, 1008, 2], false);
        let note = ([1148, 96, 8, 70], true);
        let edge = ([0, 0, 24, HEIGHT], true);
        let boxes = lines.into_iter().chain([rule, note, edge]).collect();
        let cards = Cards::new(Plate { size: (WIDTH, HEIGHT), boxes });
        let card = |made: &Made| {
            let bytes = cards.card(&words(desk, &made.title), store);
            OutFile::new(&super::path(&made.file.path), bytes.to_vec().into())
        };
        pages.par_iter().filter(|made| made.shape != Shape::Missing).map(card).collect()
    }

    /// The lines of a card: the briefing, the page, who wrote it.
    fn words(desk: &Desk, title: &str) -> Vec<Line> {
        let config = &desk.briefing.config;
        let cover = title == config.title;
        let above = if cover { config.subtitle.as_deref().unwrap_or_default() } else { &config.title };
        let mut lines: Vec<Line> = Vec::new();
        let mut quiet = |text: &str, line: u32, most: usize| {
            let wrapped = wrap(text, 30.0, Weight::Regular, ROOM, most);
            for (text, row) in wrapped.lines.into_iter().zip(0..) {
                lines.push(Line { text, at: (LEFT, line + 42 * row), size: 30, weight: Weight::Regular, shade: QUIET });
            }
        };
        quiet(above, 124, 2);
        quiet(desk.institution().unwrap_or_default(), 586, 1);
        // A long title is set smaller, so that it is not cut where it need not be.
        let large = wrap(title, 72.0, Weight::Bold, ROOM, 4);
        let (size, wrapped) = if large.cut { (54, wrap(title, 54.0, Weight::Bold, ROOM, 5)) } else { (72, large) };
        let leading = size + size / 4;
        for (text, row) in wrapped.lines.into_iter().zip(0..) {
            lines.push(Line { text, at: (LEFT, 150 + leading * (row + 1)), size, weight: Weight::Bold, shade: INK });
        }
        lines
    }
}
