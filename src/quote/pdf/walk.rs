//! The instructions of the pages that show text; alone knows the PDF library.

use std::sync::Arc;

use hayro_font::hayro_cmap::BfString;
use hayro_font::hayro_syntax::content::TypedIter;
use hayro_font::hayro_syntax::content::ops::TypedInstruction;
use hayro_font::hayro_syntax::object::{Array, Name, Object, Stream, String as Bytes};
use hayro_font::hayro_syntax::page::Resources;
use hayro_font::hayro_syntax::{LoadPdfError, Pdf};
use hayro_font::kurbo::{Affine, Vec2};
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn};

use super::line::{Glyph, Lines, Vector};
use crate::budget;
use crate::quote::copy::CopyError;

/// How deep drawings may stand in drawings.
const DEPTH: usize = 16;

/// The lines of all pages.
pub(super) fn lines(bytes: &[u8]) -> Result<Lines, CopyError> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => CopyError::from("the PDF is locked with a password; keep a copy without one"),
        LoadPdfError::Invalid => CopyError::from("it is not a PDF, or a broken one"),
    })?;
    let mut walk = Walk::new();
    for page in pdf.pages().iter() {
        let start = State::new(Affine::IDENTITY);
        walk.run(page.typed_operations(), page.resources(), start, 0)?;
        walk.lines.end();
    }
    Ok(walk.lines)
}

/// What goes on from page to page.
struct Walk<'a> {
    lines: Lines,
    fonts: FontCache<'a>,
    standard: FontResolverFn,
    maps: CMapResolverFn,
    steps: usize,
}

/// What the instructions set and `q` keeps.
#[derive(Clone)]
struct State<'a> {
    page: Affine,
    font: Option<Font<'a>>,
    size: f64,
    letter_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    /// Where the next glyph stands.
    here: Affine,
    /// Where the line began.
    line: Affine,
}

impl State<'_> {
    fn new(page: Affine) -> Self {
        let (here, line) = (Affine::IDENTITY, Affine::IDENTITY);
        Self { page, font: None, size: 1.0, letter_space: 0.0, word_space: 0.0, stretch: 1.0, leading: 0.0, rise: 0.0, here, line }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line *= Affine::translate((x, y));
        self.here = self.line;
    }

    fn move_to(&mut self, place: Affine) {
        (self.here, self.line) = (place, place);
    }
}

impl<'a> Walk<'a> {
    fn new() -> Self {
        let standard: FontResolverFn = Arc::new(|query| match query {
            FontQuery::Standard(font) => Some(font.get_font_data()),
            FontQuery::Fallback(font) => Some(font.pick_standard_font().get_font_data()),
        });
        Self { lines: Lines::default(), fonts: FontCache::new(), standard, maps: Arc::new(hayro_cmap::load_embedded), steps: 0 }
    }

    /// Counts what is done, so that no file, however it is made, keeps the program for long.
    fn step(&mut self) -> Result<(), CopyError> {
        self.steps += 1;
        if self.steps > budget::PDF_STEPS { Err("the PDF is too long; keep only the pages that are quoted".into()) } else { Ok(()) }
    }

    /// Follows the instructions of a page, or of a drawing in it.
    fn run(&mut self, mut code: TypedIter<'_>, with: &Resources<'a>, mut state: State<'a>, depth: usize) -> Result<(), CopyError> {
        let mut kept: Vec<State<'a>> = Vec::new();
        while let Some(instruction) = code.next() {
            self.step()?;
            match instruction {
                TypedInstruction::SaveState(_) => kept.push(state.clone()),
                TypedInstruction::RestoreState(_) => state = kept.pop().unwrap_or(state),
                TypedInstruction::Transform(m) => state.page *= affine([m.0, m.1, m.2, m.3, m.4, m.5].map(|n| n.as_f64())),
                TypedInstruction::TextFont(font) => {
                    let found = with.get_font(font.0);
                    state.font = found.and_then(|dict| self.fonts.font(&dict, &self.standard, &self.maps));
                    state.size = font.1.as_f64();
                }
                TypedInstruction::XObject(name) => {
                    if let Some(drawing) = with.get_x_object(name.0) {
                        self.drawing(&drawing, with, &state, depth)?;
                    }
                }
                other => self.text(&other, &mut state)?,
            }
        }
        Ok(())
    }

    /// Follows the instructions of a drawing that stands in a page or in another drawing.
    fn drawing(&mut self, drawing: &Stream<'a>, with: &Resources<'a>, state: &State<'a>, depth: usize) -> Result<(), CopyError> {
        let dict = drawing.dict();
        let is_form = dict.get::<Name<'_>>(b"Subtype").is_some_and(|kind| &*kind == b"Form");
        let Some(code) = Some(drawing).filter(|_| is_form && depth < DEPTH).and_then(|drawing| drawing.decoded_data().ok()) else {
            return Ok(());
        };
        let matrix = dict.get::<[f64; 6]>(b"Matrix").map_or(Affine::IDENTITY, affine);
        let own = dict.get(b"Resources").map(Resources::new);
        let state = State { page: state.page * matrix, ..state.clone() };
        self.run(TypedIter::new(&code), own.as_ref().unwrap_or(with), state, depth + 1)
    }

    /// Follows an instruction that places or shows text.
    fn text(&mut self, instruction: &TypedInstruction<'_, '_>, state: &mut State<'a>) -> Result<(), CopyError> {
        match instruction {
            TypedInstruction::BeginText(_) => state.move_to(Affine::IDENTITY),
            TypedInstruction::CharacterSpacing(by) => state.letter_space = by.0.as_f64(),
            TypedInstruction::WordSpacing(by) => state.word_space = by.0.as_f64(),
            TypedInstruction::HorizontalScaling(by) => state.stretch = by.0.as_f64() / 100.0,
            TypedInstruction::TextLeading(by) => state.leading = by.0.as_f64(),
            TypedInstruction::TextRise(by) => state.rise = by.0.as_f64(),
            TypedInstruction::SetTextMatrix(m) => state.move_to(affine([m.0, m.1, m.2, m.3, m.4, m.5].map(|n| n.as_f64()))),
            TypedInstruction::NextLine(by) => state.next_line(by.0.as_f64(), by.1.as_f64()),
            TypedInstruction::NextLineAndSetLeading(by) => {
                state.leading = -by.1.as_f64();
                state.next_line(by.0.as_f64(), by.1.as_f64());
            }
            TypedInstruction::NextLineUsingLeading(_) => state.next_line(0.0, -state.leading),
            TypedInstruction::ShowText(shown) => self.show(shown.0, state)?,
            TypedInstruction::ShowTexts(shown) => self.show_all(shown.0, state)?,
            TypedInstruction::NextLineAndShowText(shown) => {
                state.next_line(0.0, -state.leading);
                self.show(shown.0, state)?;
            }
            TypedInstruction::ShowTextWithParameters(shown) => {
                (state.word_space, state.letter_space) = (shown.0.as_f64(), shown.1.as_f64());
                state.next_line(0.0, -state.leading);
                self.show(shown.2, state)?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Shows texts with gaps between them.
    fn show_all(&mut self, shown: &Array<'_>, state: &mut State<'a>) -> Result<(), CopyError> {
        for item in shown.iter::<Object<'_>>() {
            match item {
                Object::String(text) => self.show(&text, state)?,
                Object::Number(back) => {
                    let level = state.font.as_ref().is_none_or(Font::is_horizontal);
                    let by = -back.as_f64() / 1000.0 * state.size;
                    state.here *= Affine::translate(if level { (by * state.stretch, 0.0) } else { (0.0, by) });
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Shows a text, glyph by glyph.
    fn show(&mut self, shown: &Bytes<'_>, state: &mut State<'a>) -> Result<(), CopyError> {
        let Some(font) = state.font.clone() else { return Ok(()) };
        let bytes = shown.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            self.step()?;
            let (code, length) = font.read_code(bytes, at);
            at += length.max(1);
            let space = state.letter_space + if code == 32 && length == 1 { state.word_space } else { 0.0 };
            let Vec2 { x, y } = font.code_advance(code);
            let advance = if font.is_horizontal() {
                Vec2::new((x / 1000.0 * state.size + space) * state.stretch, 0.0)
            } else {
                Vec2::new(0.0, y / 1000.0 * state.size + space)
            };
            let letters = match font.glyph(font.map_code(code), code) {
                FontGlyph::Outline(glyph) => glyph.as_unicode(),
                FontGlyph::Type3(glyph) => glyph.as_unicode(),
            };
            if let Some(glyph) = placed(state, advance, font.is_horizontal()) {
                let letters = letters.map(|letters| match letters {
                    BfString::Char(one) => one.to_string(),
                    BfString::String(text) => text,
                });
                self.lines.add(glyph, letters.as_deref());
            }
            state.here *= Affine::translate(advance);
        }
        Ok(())
    }
}

/// Where on the page a glyph stands, if it has a size there.
fn placed(state: &State<'_>, advance: Vec2, level: bool) -> Option<Glyph> {
    let text = state.page * state.here;
    let [a, b, c, d, ..] = text.as_coeffs();
    let vector = |by: Vec2| Vec2::new(a * by.x + c * by.y, b * by.x + d * by.y);
    let unit = vector(if level { Vec2::new(1.0, 0.0) } else { Vec2::new(0.0, -1.0) });
    let size = vector(Vec2::new(0.0, state.size)).hypot();
    let origin = text.translation() + vector(Vec2::new(0.0, state.rise));
    let length = unit.hypot();
    let along = Vector { x: unit.x / length, y: unit.y / length };
    let reach = vector(advance);
    let advance = reach.x * along.x + reach.y * along.y;
    let sound = size > 0.0 && [size, length, advance, along.x, along.y, origin.x, origin.y].iter().all(|n| n.is_finite());
    sound.then_some(Glyph { origin: Vector { x: origin.x, y: origin.y }, along, advance, size })
}

fn affine(numbers: [f64; 6]) -> Affine {
    Affine::new(numbers)
}
