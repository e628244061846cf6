//! Drawings as bitmaps: SVG drawn with the bundled fonts, the same on every machine.

use std::fmt;
use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{Options, Tree};

use super::bitmap::{self, Colours};
use super::{Store, kept, key};
use crate::budget;
use crate::font;

/// What draws. The number is raised with every change that gives other bytes.
const MAKER: &str = "drawing.1";
/// The family that stands for all that are not there.
const FAMILY: &str = "Noto Sans";

/// Why a drawing did not become a bitmap. Its words go on after «this drawing».
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DrawingFault {
    /// It cannot be read as SVG; the words are those of the reader.
    Unread(String),
    /// It would have too many pixels.
    Pixels {
        /// Its width.
        width: u32,
        /// Its height.
        height: u32,
    },
}

impl fmt::Display for DrawingFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unread(words) => write!(out, "cannot be drawn: {words}"),
            Self::Pixels { width, height } => {
                let most = budget::DRAWING_PIXELS / 1_000_000;
                write!(out, "would have {width} × {height} pixels; at most {most} million in all are drawn")
            }
        }
    }
}

impl std::error::Error for DrawingFault {}

/// The drawing on white, so many pixels wide, as a PNG file.
///
/// # Errors
/// Where the text is no SVG that shows something, or the bitmap would be larger than [`budget::DRAWING_PIXELS`].
pub fn png(svg: &str, width: u32, store: &dyn Store) -> Result<Arc<[u8]>, DrawingFault> {
    kept(store, &key(MAKER, &width.to_string(), svg.as_bytes()), || Ok(draw(svg, width)?.into()))
}

fn draw(svg: &str, width: u32) -> Result<Vec<u8>, DrawingFault> {
    let options = Options { fontdb: fonts(), font_family: FAMILY.to_owned(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|fault| DrawingFault::Unread(fault.to_string()))?;
    let size = tree.size();
    #[expect(clippy::cast_precision_loss, reason = "no bitmap is so wide that a pixel of it matters")]
    let scale = width as f32 / size.width();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast ends at the largest number, which is refused")]
    let height = (size.height() * scale).ceil() as u32;
    let pixels = u64::from(width) * u64::from(height);
    let pixmap = if pixels > budget::DRAWING_PIXELS { None } else { Pixmap::new(width, height) };
    let mut pixmap = pixmap.ok_or(DrawingFault::Pixels { width, height })?;
    pixmap.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    // On white nothing lets light through, so the fourth byte of a pixel says nothing.
    let bytes: Vec<u8> = pixmap.data().as_chunks::<4>().0.iter().flat_map(|[red, green, blue, _]| [*red, *green, *blue]).collect();
    Ok(bitmap::png(width, height, &bytes, 3, Colours::BLENDED))
}

/// The bundled fonts, read once. Where a character is not in the first, the next that has it gives it.
fn fonts() -> Arc<Database> {
    static FONTS: OnceLock<Arc<Database>> = OnceLock::new();
    let read = || {
        let mut fonts = Database::new();
        for font in [font::REGULAR, font::BOLD, font::HAN] {
            fonts.load_font_source(Source::Binary(Arc::new(font)));
        }
        fonts.set_serif_family(FAMILY);
        fonts.set_sans_serif_family(FAMILY);
        fonts.set_monospace_family(FAMILY);
        fonts.set_cursive_family(FAMILY);
        fonts.set_fantasy_family(FAMILY);
        Arc::new(fonts)
    };
    FONTS.get_or_init(read).clone()
}

#[cfg(test)]
mod tests {
    use super::super::{Memory, Nothing};
    use super::*;

    fn drawn(inner: &str, width: u32) -> (u32, u32, Vec<u8>) {
        let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 60 20\">{inner}</svg>");
        let bytes = png(&svg, width, &Nothing).expect("a drawing");
        let mut decoder = ::png::Decoder::new(std::io::Cursor::new(&*bytes));
        decoder.set_transformations(::png::Transformations::EXPAND);
        let mut reader = decoder.read_info().expect("a head");
        let mut pixels = vec![0; reader.output_buffer_size().expect("a small picture")];
        let info = reader.next_frame(&mut pixels).expect("pixels");
        (info.width, info.height, pixels)
    }

    fn dark(pixels: &[u8]) -> usize {
        pixels.as_chunks::<3>().0.iter().filter(|pixel| pixel[0] < 128).count()
    }

    #[test]
    fn a_drawing_stands_on_white_in_the_width_asked_for() {
        let (width, height, pixels) = drawn("<rect width='30' height='20' fill='#246'/>", 120);
        assert_eq!((width, height), (120, 40));
        assert_eq!((&pixels[..3], &pixels[357..360]), (&[0x22, 0x44, 0x66][..], &[255, 255, 255][..]));
    }

    #[test]
    fn every_text_is_drawn_with_a_font_that_has_it() {
        let text = |family: &str, words: &str| drawn(&format!("<text y='15' font-family='{family}' font-size='12'>{words}</text>"), 240).2;
        let latin = text("Noto Sans", "Steel");
        assert!(dark(&latin) > 100);
        for family in ["sans-serif", "serif", "monospace", "Helvetica, Arial", "system-ui", ""] {
            assert!(text(family, "Steel") == latin, "{family}");
        }
        assert!(dark(&text("sans-serif", "河南")) > 200, "the Chinese font steps in");
        assert!(text("sans-serif", "河南") != text("sans-serif", "煤炭"));
        assert!(dark(&text("sans-serif", "Сталь")) > 100 && dark(&text("sans-serif", "Δμ")) > 50);
        let bold = drawn("<text y='15' font-weight='bold' font-size='12'>Steel</text>", 240).2;
        assert!(dark(&bold) > dark(&latin));
    }

    #[test]
    fn what_is_no_drawing_and_what_is_too_large_is_a_fault() {
        assert!(matches!(png("<svg", 100, &Nothing), Err(DrawingFault::Unread(_))));
        let tall = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 100000'/>";
        let fault = png(tall, 1000, &Nothing).expect_err("too large");
        assert_eq!(fault.to_string(), "would have 1000 × 100000000 pixels; at most 32 million in all are drawn");
        assert!(png(tall, 0, &Nothing).is_err());
    }

    #[test]
    fn a_drawing_is_drawn_once_and_the_same_each_time() {
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 60 20'><text y='15'>河南 2022</text></svg>";
        let store = Memory::default();
        let first = png(svg, 300, &store).expect("a drawing");
        assert!(Arc::ptr_eq(&first, &png(svg, 300, &store).expect("a drawing")));
        assert_eq!(first, png(svg, 300, &Nothing).expect("a drawing"));
        assert_ne!(first, png(svg, 200, &store).expect("a drawing"));
    }

    #[test]
    fn nothing_outside_is_read() {
        let image = |href: &str| drawn(&format!("<image width='60' height='20' href='{href}'/>"), 60).2;
        for href in ["/etc/hostname", "file:///etc/hostname", "http://example.org/a.png", "../a.svg"] {
            assert_eq!(dark(&image(href)), 0, "{href}");
        }
    }
}
