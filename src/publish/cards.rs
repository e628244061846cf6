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
pub use drawn::Cards;
#[cfg(not(feature = "png"))]
pub use plain::Cards;

#[cfg(not(feature = "png"))]
mod plain {
    use crate::page::Shape;
    use crate::publish::Desk;
    use crate::raster::Store;
    use crate::read::snapshot::Bytes;

    /// Draws nothing, since this program cannot.
    #[derive(Debug, Default)]
    pub struct Cards;

    impl Cards {
        /// What a card shows: always the same.
        #[must_use]
        pub fn key(_: &Desk, _: Shape) -> blake3::Hash {
            blake3::hash(&[])
        }

        /// A card without a byte, which no layout has.
        #[must_use]
        pub fn card(&self, _: &Desk, _: Shape, _: &dyn Store) -> Bytes {
            Bytes::default()
        }
    }
}

#[cfg(feature = "png")]
mod drawn {
    use std::sync::OnceLock;

    use super::{HEIGHT, WIDTH};
    use crate::font::{Weight, wrap};
    use crate::page::Shape;
    use crate::publish::Desk;
    use crate::raster::{self, INK, Line, Plate, Store};
    use crate::read::snapshot::Bytes;

    /// Where words begin, and how much room they have.
    const LEFT: u32 = 96;
    const ROOM: f64 = 888.0;
    /// The shade of what is said beside the title.
    const QUIET: u8 = 9;

    /// Draws the cards of all pages, and keeps the letters that it has drawn.
    #[derive(Default)]
    pub struct Cards(OnceLock<raster::Cards>);

    impl Cards {
        /// The hash of what the card of a page shows.
        #[must_use]
        pub fn key(desk: &Desk, shape: Shape) -> blake3::Hash {
            let title = shape.title(&desk.briefing);
            let mut hasher = blake3::Hasher::new();
            for part in around(desk, &title).into_iter().chain([title.as_str()]) {
                hasher.update(&part.len().to_le_bytes()).update(part.as_bytes());
            }
            hasher.finalize()
        }

        /// The card of a page. What was drawn before is taken from the store.
        #[must_use]
        pub fn card(&self, desk: &Desk, shape: Shape, store: &dyn Store) -> Bytes {
            let lines = words(desk, &shape.title(&desk.briefing));
            self.0.get_or_init(|| raster::Cards::new(plate())).card(&lines, store).to_vec().into()
        }
    }

    /// The card without words.
    fn plate() -> Plate {
        // Lines of text with a note at their side: the sign of the site.
        let lines = [96, 128, 160].map(|top| ([1064, top, 72, 6], false));
        let rule = ([LEFT, 536, 1008, 2], false);
        let note = ([1148, 96, 8, 70], true);
        let edge = ([0, 0, 24, HEIGHT], true);
        let boxes = lines.into_iter().chain([rule, note, edge]).collect();
        Plate { size: (WIDTH, HEIGHT), boxes }
    }

    /// What stands above the title of a card, and below.
    fn around<'d>(desk: &'d Desk, title: &str) -> [&'d str; 2] {
        let config = &desk.briefing.config;
        let above = if title == config.title { config.subtitle.as_deref().unwrap_or_default() } else { &config.title };
        [above, desk.institution().unwrap_or_default()]
    }

    /// The lines of a card: the briefing, the page, who wrote it.
    fn words(desk: &Desk, title: &str) -> Vec<Line> {
        let [above, below] = around(desk, title);
        let mut lines: Vec<Line> = Vec::new();
        let mut quiet = |text: &str, line: u32, most: usize| {
            let wrapped = wrap(text, 30.0, Weight::Regular, ROOM, most);
            for (text, row) in wrapped.lines.into_iter().zip(0..) {
                lines.push(Line { text, at: (LEFT, line + 42 * row), size: 30, weight: Weight::Regular, shade: QUIET });
            }
        };
        quiet(above, 124, 2);
        quiet(below, 586, 1);
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
