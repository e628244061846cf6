//! Pixels as a PNG file: with a palette where there are few colours, which is small and costs little.

use std::cmp::Reverse;
use std::collections::HashMap;

use png::{BitDepth, ColorType, Compression, Encoder, Filter};

/// Colours that a palette may have.
const PALETTE: usize = 256;
/// Colours that may become those of a palette: letters and lines are blended with what is behind them in so many ways.
#[cfg(feature = "png")]
const BLENDED: usize = 4_096;
/// How far a colour may be moved for that: the squares of its channels' distances, added.
const MOVED: u32 = 3 * 24 * 24;

/// How many colours a picture may have so that it is written with a palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colours(usize);

impl Colours {
    /// As many as a palette has: nothing is lost.
    #[cfg(feature = "images")]
    pub(super) const EXACT: Self = Self(PALETTE);
    /// Some more: the rare ones become the nearest of the frequent ones.
    #[cfg(feature = "png")]
    pub(super) const BLENDED: Self = Self(BLENDED);
}

/// A picture as a PNG file. `bytes` are those of the pixels, three each, or four where some let light through.
pub(super) fn png(width: u32, height: u32, bytes: &[u8], channels: usize, most: Colours) -> Vec<u8> {
    let written = match channels {
        3 => Palette::<3>::of(bytes, most).map(|palette| palette.write(width, height)),
        _ => Palette::<4>::of(bytes, most).map(|palette| palette.write(width, height)),
    };
    let colours = if channels == 3 { ColorType::Rgb } else { ColorType::Rgba };
    written.unwrap_or_else(|| write(width, height, colours, bytes, |encoder| encoder.set_filter(Filter::Adaptive)))
}

/// The colours of a picture, and the number of each pixel's colour.
struct Palette<const N: usize> {
    colours: Vec<[u8; N]>,
    numbers: Vec<u8>,
}

impl<const N: usize> Palette<N> {
    /// `None` where there are more colours than are allowed, or one is too far from all that the palette has.
    fn of(bytes: &[u8], most: Colours) -> Option<Self> {
        let pixels = bytes.as_chunks::<N>().0;
        let counted = Self::counted(pixels, most)?;
        let colours: Vec<[u8; N]> = counted.iter().take(PALETTE).map(|(colour, _)| *colour).collect();
        let mut known: HashMap<[u8; N], u8> = HashMap::with_capacity(counted.len());
        for (at, (colour, _)) in counted.iter().enumerate() {
            let number = if at < PALETTE { at } else { nearest(&colours, colour)? };
            known.insert(*colour, u8::try_from(number).ok()?);
        }
        let mut numbers = Vec::with_capacity(pixels.len());
        for run in pixels.chunk_by(PartialEq::eq) {
            numbers.resize(numbers.len() + run.len(), *known.get(&run[0])?);
        }
        Some(Self { colours, numbers })
    }

    /// The colours, the most frequent first; of two as frequent, the one that comes first.
    fn counted(pixels: &[[u8; N]], most: Colours) -> Option<Vec<([u8; N], usize)>> {
        let mut places: HashMap<[u8; N], usize> = HashMap::new();
        let mut counted: Vec<([u8; N], usize)> = Vec::new();
        for run in pixels.chunk_by(PartialEq::eq) {
            let at = *places.entry(run[0]).or_insert(counted.len());
            if at == counted.len() {
                counted.push((run[0], 0));
            }
            counted[at].1 += run.len();
            if counted.len() > most.0 {
                return None;
            }
        }
        counted.sort_by_key(|(_, count)| Reverse(*count));
        Some(counted)
    }

    fn write(&self, width: u32, height: u32) -> Vec<u8> {
        write(width, height, ColorType::Indexed, &self.numbers, |encoder| {
            encoder.set_palette(self.colours.iter().flat_map(|colour| [colour[0], colour[1], colour[2]]).collect::<Vec<u8>>());
            if N == 4 {
                encoder.set_trns(self.colours.iter().map(|colour| colour[N - 1]).collect::<Vec<u8>>());
            }
            encoder.set_filter(Filter::NoFilter);
        })
    }
}

/// Where the nearest of some colours stands, if it is near.
fn nearest<const N: usize>(colours: &[[u8; N]], wanted: &[u8; N]) -> Option<usize> {
    let far = |colour: &[u8; N]| colour.iter().zip(wanted).map(|(a, b)| u32::from(a.abs_diff(*b)).pow(2)).sum::<u32>();
    let (at, distance) = colours.iter().map(far).enumerate().min_by_key(|(_, distance)| *distance)?;
    (distance <= MOVED).then_some(at)
}

fn write(width: u32, height: u32, colours: ColorType, bytes: &[u8], tune: impl FnOnce(&mut Encoder<'_, &mut Vec<u8>>)) -> Vec<u8> {
    let invariant = "a size that is not zero, its bytes, and memory to write to";
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, width, height);
    encoder.set_color(colours);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    tune(&mut encoder);
    let mut writer = encoder.write_header().expect(invariant);
    writer.write_image_data(bytes).expect(invariant);
    writer.finish().expect(invariant);
    out
}
