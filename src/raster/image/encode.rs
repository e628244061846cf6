//! Pixels as a file of a format.

use std::sync::Arc;

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use webp::{PixelLayout, WebPConfig};

use super::pixels::Pixels;
use super::{Format, ImageFault};
use crate::raster::bitmap::{self, Colours};

/// The quality of WebP for photographs, of a hundred.
const PHOTOGRAPH: f32 = 80.0;
/// The same for what was drawn: thin lines and letters stay clean.
const DRAWN: f32 = 90.0;
/// How much trouble WebP takes where nothing is lost.
const EFFORT: f32 = 60.0;
/// The quality of JPEG, which every program reads, but few need.
const JPEG: u8 = 80;
/// The quality of AVIF, in its own measure.
#[cfg(feature = "avif")]
const AVIF: f32 = 70.0;

/// What is said when there is no memory to write to.
const UNWRITTEN: ImageFault = ImageFault::Broken("its pixels cannot be written");

/// Whether a format can hold a picture of this size.
pub(super) fn fits(format: Format, pixels: &Pixels) -> bool {
    let most = match format {
        Format::WebP => 16_383,
        Format::Jpeg | Format::Avif | Format::Gif => 65_535,
        Format::Png => u32::MAX,
    };
    pixels.width.max(pixels.height) <= most
}

/// The picture as a file. What was drawn is written with and without loss, and the smaller file is taken: at its own
/// size a screen is half as large without loss, and twice as large once its letters are grey at their edges.
pub(super) fn encode(pixels: &Pixels, format: Format, drawn: bool) -> Result<Arc<[u8]>, ImageFault> {
    match format {
        Format::Avif => avif(pixels),
        Format::WebP if drawn => {
            let (plain, lossy) = (webp(pixels, true, EFFORT)?, webp(pixels, false, DRAWN)?);
            Ok(if plain.len() <= lossy.len() { plain } else { lossy })
        }
        Format::WebP => webp(pixels, false, PHOTOGRAPH),
        Format::Jpeg => jpeg(pixels),
        Format::Png | Format::Gif => Ok(bitmap::png(pixels.width, pixels.height, &pixels.bytes, pixels.channels(), Colours::EXACT).into()),
    }
}

fn webp(pixels: &Pixels, lossless: bool, quality: f32) -> Result<Arc<[u8]>, ImageFault> {
    let mut config = WebPConfig::new().map_err(|()| UNWRITTEN)?;
    config.lossless = lossless.into();
    config.quality = quality;
    config.method = 4;
    config.thread_level = 0;
    let layout = if pixels.alpha { PixelLayout::Rgba } else { PixelLayout::Rgb };
    let encoder = webp::Encoder::new(&pixels.bytes, layout, pixels.width, pixels.height);
    let written = encoder.encode_advanced(&config).map_err(|_| UNWRITTEN)?;
    Ok(Arc::from(&written[..]))
}

fn jpeg(pixels: &Pixels) -> Result<Arc<[u8]>, ImageFault> {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, JPEG);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    let side = |length: u32| u16::try_from(length).map_err(|_| UNWRITTEN);
    let colours = if pixels.alpha { ColorType::Rgba } else { ColorType::Rgb };
    encoder.encode(&pixels.bytes, side(pixels.width)?, side(pixels.height)?, colours).map_err(|_| UNWRITTEN)?;
    Ok(out.into())
}

#[cfg(feature = "avif")]
fn avif(pixels: &Pixels) -> Result<Arc<[u8]>, ImageFault> {
    use ravif::{Img, RGBA8};
    let [width, height] = [pixels.width, pixels.height].map(|length| usize::try_from(length).unwrap_or(usize::MAX));
    let opaque = |pixel: &[u8]| RGBA8::new(pixel[0], pixel[1], pixel[2], pixel.get(3).copied().unwrap_or(u8::MAX));
    let colours: Vec<RGBA8> = pixels.bytes.chunks_exact(pixels.channels()).map(opaque).collect();
    // One thread: the number of threads decides how the picture is parted, and so its bytes.
    let encoder = ravif::Encoder::new().with_quality(AVIF).with_alpha_quality(AVIF).with_speed(6).with_num_threads(Some(1));
    let written = encoder.encode_rgba(Img::new(&colours, width, height)).map_err(|_| UNWRITTEN)?;
    Ok(written.avif_file.into())
}

#[cfg(not(feature = "avif"))]
const fn avif(_: &Pixels) -> Result<Arc<[u8]>, ImageFault> {
    Err(UNWRITTEN)
}

#[cfg(all(test, feature = "avif"))]
mod tests {
    use super::*;

    #[test]
    fn an_avif_is_the_same_each_time() {
        let bytes: Vec<u8> = (0..=255_u8).cycle().take(64 * 48 * 3).collect();
        let pixels = Pixels { width: 64, height: 48, alpha: false, bytes };
        let first = encode(&pixels, Format::Avif, false).expect("a picture");
        assert_eq!(&first[4..12], b"ftypavif");
        assert_eq!(encode(&pixels, Format::Avif, false), Ok(first));
    }
}
