//! The pixels of a picture: read, made smaller, brought to sRGB, turned.

use std::collections::BTreeSet;
use std::io::Cursor;

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::codecs::{gif::GifDecoder, jpeg::JpegDecoder, png::PngDecoder, webp::WebPDecoder};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, Limits};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::file::{File, Turn};
use super::{Format, ImageFault};
use crate::budget;

/// Colours from which on a picture is taken for a photograph: drawings and screens have fewer.
const COLOURS: usize = 4_096;
/// Pixels that are looked at for that, spread over the picture.
const LOOKED_AT: usize = 500_000;

/// Said of what a decoder cannot read.
const UNREADABLE: ImageFault = ImageFault::Broken("its pixels cannot be read");

/// Pixels of three or four bytes, row by row: red, green, blue and, if there are four, how opaque.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pixels {
    pub(super) width: u32,
    pub(super) height: u32,
    /// Whether some pixel lets light through.
    pub(super) alpha: bool,
    pub(super) bytes: Vec<u8>,
}

/// A picture as it was read.
#[derive(Debug)]
pub(super) struct Decoded {
    pixels: Pixels,
    /// Whether it was drawn, not photographed.
    pub(super) drawn: bool,
    profile: Option<Vec<u8>>,
    turn: Turn,
}

impl Decoded {
    /// Reads a picture; `None` where it is of a sort that is not read here.
    pub(super) fn read(file: &File) -> Result<Option<Self>, ImageFault> {
        let input = Cursor::new(file.bare.as_slice());
        let read = match file.format {
            Format::Png => PngDecoder::with_limits(input, limits()).map(|decoder| decoded(decoder, file)),
            Format::Jpeg => JpegDecoder::new(input).map(|decoder| decoded(decoder, file)),
            Format::WebP => WebPDecoder::new(input).map(|decoder| decoded(decoder, file)),
            Format::Gif => GifDecoder::new(input).map(|decoder| decoded(decoder, file)),
            Format::Avif => return Ok(None),
        };
        match read {
            Ok(decoded) => decoded,
            Err(ImageError::Unsupported(_)) => Ok(None),
            Err(_) => Err(UNREADABLE),
        }
    }

    /// The picture at most so wide as it is shown, in sRGB and upright, and whether that differs from what was read.
    pub(super) fn shown(self, width: u32) -> (Pixels, bool) {
        let lies = self.turn.lies();
        let (own, other) = if lies { (self.pixels.height, self.pixels.width) } else { (self.pixels.width, self.pixels.height) };
        let smaller = own > width;
        let mut pixels = self.pixels;
        if smaller {
            let height = scaled(other, width, own);
            pixels = if lies { pixels.resized(height, width) } else { pixels.resized(width, height) };
        }
        let converted = self.profile.is_some_and(|profile| to_srgb(&mut pixels, &profile).is_some());
        let turned = !self.turn.is_none();
        if let Some(turn) = Orientation::from_exif(self.turn.number()).filter(|_| turned) {
            pixels = pixels.turned(turn);
        }
        (pixels, smaller || converted || turned)
    }
}

/// A length, made smaller as `from` becomes `to`; at least one.
pub(super) fn scaled(length: u32, to: u32, from: u32) -> u32 {
    let (length, to, from) = (u64::from(length), u64::from(to), u64::from(from));
    u32::try_from((length * to + from / 2) / from).unwrap_or(u32::MAX).max(1)
}

fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(budget::IMAGE_MEMORY);
    limits
}

fn decoded(mut decoder: impl ImageDecoder, file: &File) -> Result<Option<Decoded>, ImageFault> {
    if decoder.dimensions() != (file.width, file.height) {
        return Err(ImageFault::Broken("it tells two sizes"));
    }
    let bytes = decoder.total_bytes();
    if bytes > budget::IMAGE_MEMORY {
        return Err(ImageFault::Memory { bytes });
    }
    decoder.set_limits(limits()).map_err(|_| UNREADABLE)?;
    let profile = decoder.icc_profile().ok().flatten();
    match DynamicImage::from_decoder(decoder) {
        Ok(image) => {
            let pixels = Pixels::of(image);
            let drawn = file.format != Format::Jpeg && pixels.is_drawn();
            Ok(Some(Decoded { pixels, drawn, profile, turn: file.turn }))
        }
        Err(ImageError::Unsupported(_)) => Ok(None),
        Err(_) => Err(UNREADABLE),
    }
}

impl Pixels {
    fn of(image: DynamicImage) -> Self {
        let (width, height) = (image.width(), image.height());
        if image.color().has_alpha() {
            let image = DynamicImage::ImageRgba8(image.into_rgba8());
            let alpha = image.as_bytes().as_chunks::<4>().0.iter().any(|pixel| pixel[3] != u8::MAX);
            if alpha {
                return Self { width, height, alpha, bytes: image.into_bytes() };
            }
            return Self { width, height, alpha, bytes: image.into_rgb8().into_raw() };
        }
        Self { width, height, alpha: false, bytes: image.into_rgb8().into_raw() }
    }

    /// Bytes of a pixel.
    pub(super) const fn channels(&self) -> usize {
        if self.alpha { 4 } else { 3 }
    }

    /// Whether there are so few colours that the picture must have been drawn.
    fn is_drawn(&self) -> bool {
        let count = self.bytes.len() / self.channels();
        let mut colours = BTreeSet::new();
        let mut last: &[u8] = &[];
        for pixel in self.bytes.chunks_exact(self.channels()).step_by(count.div_ceil(LOOKED_AT).max(1)) {
            if pixel != last {
                colours.insert(pixel);
                last = pixel;
            }
            if colours.len() > COLOURS {
                return false;
            }
        }
        true
    }

    /// The same in another size.
    pub(super) fn resized(&self, width: u32, height: u32) -> Self {
        let kind = if self.alpha { PixelType::U8x4 } else { PixelType::U8x3 };
        let mut out = Image::new(width, height, kind);
        let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
        let source = ImageRef::new(self.width, self.height, &self.bytes, kind).expect("so many bytes as the size asks for");
        Resizer::new().resize(&source, &mut out, &options).expect("two sizes that are not zero, of one kind");
        Self { width, height, alpha: self.alpha, bytes: out.into_vec() }
    }

    fn turned(self, turn: Orientation) -> Self {
        let alpha = self.alpha;
        let size = "so many bytes as the size asks for";
        let mut image: DynamicImage = if alpha {
            image::RgbaImage::from_raw(self.width, self.height, self.bytes).expect(size).into()
        } else {
            image::RgbImage::from_raw(self.width, self.height, self.bytes).expect(size).into()
        };
        image.apply_orientation(turn);
        Self { width: image.width(), height: image.height(), alpha, bytes: image.into_bytes() }
    }
}

/// Brings colours to sRGB. `None`, and no change, where they are there already, or where the profile is not one of red,
/// green and blue: what is read from other inks is in sRGB as near as can be told.
fn to_srgb(pixels: &mut Pixels, profile: &[u8]) -> Option<()> {
    let profile = ColorProfile::new_from_slice(profile).ok().filter(|profile| profile.color_space == DataColorSpace::Rgb)?;
    let layout = if pixels.alpha { Layout::Rgba } else { Layout::Rgb };
    let srgb = ColorProfile::new_srgb();
    let probe = profile.create_transform_8bit(Layout::Rgb, &srgb, Layout::Rgb, TransformOptions::default()).ok()?;
    let colours: Vec<u8> =
        (0..=8_u8).flat_map(|a| (0..=8_u8).flat_map(move |b| (0..=8_u8).flat_map(move |c| [a, b, c]))).map(|step| step * 31).collect();
    let mut out = vec![0; colours.len()];
    probe.transform(&colours, &mut out).ok()?;
    if colours.iter().zip(&out).all(|(a, b)| a.abs_diff(*b) <= 2) {
        return None;
    }
    let transform = profile.create_transform_8bit(layout, &srgb, layout, TransformOptions::default()).ok()?;
    let mut out = vec![0; pixels.bytes.len()];
    transform.transform(&pixels.bytes, &mut out).ok()?;
    pixels.bytes = out;
    Some(())
}
