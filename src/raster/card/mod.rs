//! Cards: words on paper as a small PNG file, set letter by letter, which costs a hundredth of a drawing.
//!
//! A card has sixteen colours, so that two pixels are a byte: paper, the shades from it to ink, an accent, a grey.

mod pack;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};

use png::{BitDepth, ColorType, Encoder};
use resvg::tiny_skia::{FillRule, Mask, PathBuilder, Point, Transform};

use super::{Store, kept, key};
use crate::font::{self, Step, Weight};

/// What draws. The number is raised with every change that gives other bytes.
const MAKER: &str = "card.2";
/// The strongest shade: that of ink.
pub const INK: u8 = 13;
/// The numbers of the other colours.
const ACCENT: u8 = 14;
const GREY: u8 = 15;
/// Red, green and blue of paper, ink, accent and grey.
const COLOURS: [[u8; 3]; 4] = [[0xfd, 0xfc, 0xf8], [0x1f, 0x1f, 0x1c], [0x8a, 0x2b, 0x20], [0xcf, 0xcc, 0xc2]];

/// A line of words.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The words.
    pub text: String,
    /// Where they begin, and where their line is, in pixels.
    pub at: (u32, u32),
    /// The height of an em, in pixels.
    pub size: u32,
    /// How strong the letters are.
    pub weight: Weight,
    /// How dark they are, up to [`INK`].
    pub shade: u8,
}

/// Paper of a size, with boxes on it: left, top, width and height, and whether it is the accent's.
#[derive(Debug, Clone, PartialEq)]
pub struct Plate {
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// The boxes.
    pub boxes: Vec<([u32; 4], bool)>,
}

/// Draws cards of one plate, and keeps the letters that it has drawn.
pub struct Cards {
    plate: Plate,
    blank: Canvas,
    letters: Mutex<BTreeMap<(char, u32, bool), Arc<Shape>>>,
}

/// A letter in pixels.
#[derive(Default)]
struct Shape {
    /// Where its box begins, seen from where the letter begins on its line.
    offset: (i64, i64),
    width: usize,
    /// How much of each pixel it covers, row by row.
    cover: Vec<u8>,
    advance: f32,
}

impl Cards {
    /// Cards of a plate.
    #[must_use]
    pub fn new(plate: Plate) -> Self {
        let mut blank = Canvas::new(plate.size);
        for ([left, top, width, height], accent) in &plate.boxes {
            for y in *top..top + height {
                (*left..left + width).for_each(|x| blank.put(i64::from(x), i64::from(y), if *accent { ACCENT } else { GREY }));
            }
        }
        Self { plate, blank, letters: Mutex::default() }
    }

    /// The card with these lines as a PNG file.
    pub fn card(&self, lines: &[Line], store: &dyn Store) -> Arc<[u8]> {
        let words = format!("{:?} {lines:?}", self.plate);
        let draw = || Ok::<_, Infallible>(self.draw(lines).into());
        let Ok(bytes) = kept(store, &key(MAKER, "card", words.as_bytes()), draw);
        bytes
    }

    fn draw(&self, lines: &[Line]) -> Vec<u8> {
        let mut canvas = self.blank.clone();
        for line in lines {
            #[expect(clippy::cast_precision_loss, reason = "a card is not so wide")]
            let mut x = line.at.0 as f32;
            for one in line.text.chars() {
                let shape = self.shape(one, line.size, line.weight);
                canvas.stamp(&shape, (x.round(), line.at.1), line.shade);
                x += shape.advance;
            }
        }
        canvas.png()
    }

    /// A letter, drawn when it is first met. What no font has shows nothing.
    fn shape(&self, one: char, size: u32, weight: Weight) -> Arc<Shape> {
        let key = (one, size, weight == Weight::Bold);
        if let Some(known) = self.letters.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return known.clone();
        }
        let shape = Arc::new(Shape::of(one, size, weight));
        self.letters.lock().unwrap_or_else(PoisonError::into_inner).insert(key, shape.clone());
        shape
    }
}

impl Shape {
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a letter has few pixels")]
    fn of(one: char, size: u32, weight: Weight) -> Self {
        let Some(letter) = font::letter(one, weight) else { return Self::default() };
        let scale = size as f32;
        let advance = letter.advance * scale;
        let Some(path) = path(&letter.steps, scale) else { return Self { advance, ..Self::default() } };
        let bounds = path.bounds();
        let (left, top) = (bounds.left().floor(), bounds.top().floor());
        let (width, height) = ((bounds.right() - left).ceil() as u32 + 1, (bounds.bottom() - top).ceil() as u32 + 1);
        let Some(mut mask) = Mask::new(width, height) else { return Self { advance, ..Self::default() } };
        mask.fill_path(&path, FillRule::Winding, true, Transform::from_translate(-left, -top));
        Self { offset: (left as i64, top as i64), width: width as usize, cover: mask.data().to_vec(), advance }
    }
}

fn path(steps: &[Step], scale: f32) -> Option<resvg::tiny_skia::Path> {
    let mut path = PathBuilder::new();
    let at = |point: [f32; 2]| Point::from_xy(point[0] * scale, point[1] * scale);
    for step in steps {
        match *step {
            Step::Move(to) => path.move_to(at(to).x, at(to).y),
            Step::Line(to) => path.line_to(at(to).x, at(to).y),
            Step::Quad(by, to) => path.quad_to(at(by).x, at(by).y, at(to).x, at(to).y),
            Step::Cubic(by, then, to) => path.cubic_to(at(by).x, at(by).y, at(then).x, at(then).y, at(to).x, at(to).y),
            Step::Close => path.close(),
        }
    }
    path.finish()
}

/// Pixels, two a byte.
#[derive(Clone)]
struct Canvas {
    size: (u32, u32),
    stride: usize,
    bytes: Vec<u8>,
}

impl Canvas {
    fn new(size: (u32, u32)) -> Self {
        let stride = size.0.div_ceil(2) as usize;
        Self { size, stride, bytes: vec![0; stride * size.1 as usize] }
    }

    /// Gives a pixel a colour that is stronger than the one it has; nothing outside.
    fn put(&mut self, x: i64, y: i64, colour: u8) {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return };
        if x >= self.size.0 as usize || y >= self.size.1 as usize {
            return;
        }
        let byte = &mut self.bytes[y * self.stride + x / 2];
        let shift = if x.is_multiple_of(2) { 4 } else { 0 };
        let stronger = (*byte >> shift & 15).max(colour);
        *byte = *byte & !(15 << shift) | stronger << shift;
    }

    /// Sets a letter that begins at a point of a line.
    #[expect(clippy::cast_possible_truncation, reason = "a card is not so wide")]
    fn stamp(&mut self, shape: &Shape, (x, y): (f32, u32), shade: u8) {
        let (left, top) = (x as i64 + shape.offset.0, i64::from(y) + shape.offset.1);
        for (row, y) in shape.cover.chunks(shape.width.max(1)).zip(top..) {
            for (cover, x) in row.iter().zip(left..).filter(|(cover, _)| **cover > 8) {
                let colour = (u16::from(*cover) * u16::from(shade)).div_ceil(255);
                self.put(x, y, colour as u8);
            }
        }
    }

    fn png(&self) -> Vec<u8> {
        let invariant = "a size that is not zero, its bytes, and memory to write to";
        let mut out = Vec::new();
        let mut encoder = Encoder::new(&mut out, self.size.0, self.size.1);
        encoder.set_color(ColorType::Indexed);
        encoder.set_depth(BitDepth::Four);
        encoder.set_palette(palette());
        let mut writer = encoder.write_header().expect(invariant);
        writer.write_chunk(png::chunk::IDAT, &pack::pack(&self.bytes, self.stride)).expect(invariant);
        writer.finish().expect(invariant);
        out
    }
}

/// Paper, the shades from it to ink, the accent and the grey.
fn palette() -> Vec<u8> {
    let [paper, ink, accent, grey] = COLOURS;
    let shade = |step: u16| {
        let most = u16::from(INK);
        let mixed = paper.iter().zip(ink).map(move |(from, to)| (u16::from(*from) * (most - step) + u16::from(to) * step) / most);
        mixed.map(|channel| u8::try_from(channel).unwrap_or(u8::MAX))
    };
    (0..=u16::from(INK)).flat_map(shade).chain(accent).chain(grey).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Memory, Nothing};
    use super::*;

    fn line(text: &str) -> Line {
        Line { text: text.to_owned(), at: (4, 30), size: 24, weight: Weight::Bold, shade: INK }
    }

    fn pixels(bytes: &[u8]) -> (u32, u32, Vec<u8>) {
        let mut decoder = ::png::Decoder::new(std::io::Cursor::new(bytes));
        decoder.set_transformations(::png::Transformations::EXPAND);
        let mut reader = decoder.read_info().expect("a head");
        let mut pixels = vec![0; reader.output_buffer_size().expect("a small picture")];
        let info = reader.next_frame(&mut pixels).expect("pixels");
        (info.width, info.height, pixels)
    }

    #[test]
    fn words_stand_on_paper() {
        let cards = Cards::new(Plate { size: (121, 40), boxes: vec![([0, 0, 2, 40], true)] });
        let (width, height, blank) = pixels(&cards.card(&[], &Nothing));
        assert_eq!((width, height, &blank[..9]), (121, 40, &[0x8a, 0x2b, 0x20, 0x8a, 0x2b, 0x20, 0xfd, 0xfc, 0xf8][..]));
        let dark = |text: &str| pixels(&cards.card(&[line(text)], &Nothing)).2.chunks(3).filter(|one| one[1] < 0x40).count();
        assert!(dark("Steel") > 100 && dark("河南") > 100 && dark("Steel") != dark("Stell"));
        assert_eq!(dark("\u{fdd0}"), 80, "the bar alone");
        assert!(dark(&"far too long for its card ".repeat(9)) > 100);
    }

    #[test]
    fn a_card_is_drawn_once_and_the_same_each_time() {
        let plate = Plate { size: (60, 40), boxes: Vec::new() };
        let store = Memory::default();
        let first = Cards::new(plate.clone()).card(&[line("One")], &store);
        assert!(Arc::ptr_eq(&first, &Cards::new(plate.clone()).card(&[line("One")], &store)));
        assert_eq!(first, Cards::new(plate).card(&[line("One")], &Nothing));
    }
}
