//! Pictures, made here and broken here.

use std::io::Cursor;
use std::time::Instant;

use image::{DynamicImage, ExtendedColorType, ImageEncoder, ImageFormat, RgbImage, RgbaImage};

use super::*;
use crate::raster::{Memory, Nothing};

/// Hills of colour with some noise: more colours than a drawing has.
fn photograph(width: u32, height: u32) -> RgbImage {
    let mut noise = 1_u32;
    RgbImage::from_fn(width, height, |x, y| {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [x, y] = [x, y].map(|at| f64::from(at) / 60.0);
        let wave = |shift: f64| 120.0 + 60.0 * (x + shift).sin() + 50.0 * (y - shift * x / 9.0).cos();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "waves of at most 110 about 120")]
        let colour = [0.0, 1.0, 2.0].map(|shift| wave(shift) as u8 + (noise >> 29) as u8);
        image::Rgb(colour)
    })
}

/// Bars on white.
fn drawing(width: u32, height: u32) -> RgbImage {
    let bar = |x: u32, y: u32| x / 40 % 3 == 1 && y > 20 + x % 7 * 10;
    RgbImage::from_fn(width, height, |x, y| if bar(x, y) { image::Rgb([20, 60, 160]) } else { image::Rgb([255, 255, 255]) })
}

fn jpeg(image: &RgbImage, quality: u8) -> Vec<u8> {
    let mut out = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, quality);
    encoder.write_image(image.as_raw(), image.width(), image.height(), ExtendedColorType::Rgb8).expect("a picture");
    out
}

fn file(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image.into().write_to(&mut out, format).expect("a picture");
    out.into_inner()
}

/// An Exif segment after the first two bytes of a JPEG: a turn, and a place that is nobody's business.
fn with_exif(jpeg: &[u8], turn: u8) -> Vec<u8> {
    let tiff = [&b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"[..], &[turn], b"\0\0\0\0\0\0", b"Latitude 34.75"].concat();
    let length = u16::try_from(tiff.len() + 8).expect("short").to_be_bytes();
    [&jpeg[..2], b"\xff\xe1", &length, b"Exif\0\0", &tiff, &jpeg[2..]].concat()
}

fn chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let mut hasher = crc(&[&name, data].concat()).to_be_bytes().to_vec();
    let mut out = u32::try_from(data.len()).expect("short").to_be_bytes().to_vec();
    out.extend_from_slice(&name);
    out.extend_from_slice(data);
    out.append(&mut hasher);
    out
}

fn crc(bytes: &[u8]) -> u32 {
    let step = |sum: u32| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 };
    !bytes.iter().fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), |sum, _| step(sum)))
}

fn shape(renditions: &Renditions) -> Vec<(&'static str, u32, u32)> {
    renditions.list().iter().map(|one| (one.format.extension(), one.width, one.height)).collect()
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|part| part == words)
}

#[test]
fn a_photograph_comes_in_widths_and_two_formats() {
    let bytes = jpeg(&photograph(1000, 500), 95);
    let made = renditions(&bytes, &Nothing).expect("a picture");
    assert_eq!(made.size(), (1000, 500));
    assert_eq!(shape(&made), [("webp", 480, 240), ("webp", 800, 400), ("webp", 1000, 500), ("jpg", 1000, 500)]);
    for one in made.list() {
        let format = if one.format == Format::WebP { ImageFormat::WebP } else { ImageFormat::Jpeg };
        let read = image::load_from_memory_with_format(&one.bytes, format).expect("what was written is read");
        assert_eq!((read.width(), read.height()), (one.width, one.height));
    }
    assert!(made.list()[3].bytes.len() < bytes.len() / 2);
}

#[test]
fn nothing_is_wider_than_the_widest() {
    let made = renditions(&file(photograph(3001, 40), ImageFormat::Png), &Nothing).expect("a picture");
    assert_eq!(made.size(), (3001, 40));
    let widths: Vec<u32> = made.list().iter().map(|one| one.width).collect();
    assert_eq!(widths, [480, 800, 1200, 1600, 2400, 2400]);
    assert_eq!(made.list()[5].height, 32);
}

#[test]
fn a_photograph_in_a_png_falls_back_to_jpeg_and_a_drawing_does_not() {
    let photograph = file(photograph(300, 200), ImageFormat::Png);
    let made = renditions(&photograph, &Nothing).expect("a picture");
    assert_eq!(shape(&made), [("webp", 300, 200), ("jpg", 300, 200)]);
    assert!(made.list()[1].bytes.len() < photograph.len() / 2);
    let drawing = drawing(300, 200);
    let made = renditions(&file(drawing.clone(), ImageFormat::Png), &Nothing).expect("a picture");
    assert_eq!(shape(&made), [("webp", 300, 200), ("png", 300, 200)]);
    for one in made.list() {
        let read = image::load_from_memory(&one.bytes).expect("what was written is read");
        assert_eq!(read.into_rgb8(), drawing, "a drawing loses nothing at its own size");
    }
}

#[test]
fn a_smaller_size_that_is_a_larger_file_is_left_out() {
    let made = renditions(&file(drawing(1300, 700), ImageFormat::Png), &Nothing).expect("a picture");
    let sizes: Vec<(u32, usize)> = made.list().iter().map(|one| (one.width, one.bytes.len())).collect();
    let (_, newer) = sizes.split_last().expect("one at least");
    assert!(newer.is_sorted_by(|a, b| a.0 < b.0 && a.1 < b.1), "{sizes:?}");
    assert!(newer.len() < 4 && newer.last().is_some_and(|(width, _)| *width == 1300), "{sizes:?}");
}

#[test]
fn light_goes_through_where_it_went_through() {
    let mut glass = RgbaImage::from_pixel(600, 300, image::Rgba([200, 0, 0, 0]));
    for (x, _, pixel) in glass.enumerate_pixels_mut() {
        pixel.0[3] = if x < 300 { 255 } else { 0 };
    }
    let made = renditions(&file(glass, ImageFormat::Png), &Nothing).expect("a picture");
    assert_eq!(shape(&made), [("webp", 600, 300), ("png", 600, 300)]);
    for one in made.list() {
        let read = image::load_from_memory(&one.bytes).expect("a picture").into_rgba8();
        assert_eq!((read.get_pixel(10, 10)[3], read.get_pixel(one.width - 10, 10)[3]), (255, 0));
        assert!(read.get_pixel(10, 10)[0] > 190);
    }
}

#[test]
fn the_camera_s_turn_is_applied_and_its_notes_are_gone() {
    let mut still = RgbImage::from_pixel(600, 300, image::Rgb([10, 10, 10]));
    for y in 0..300 {
        for x in 0..300 {
            still.put_pixel(x, y, image::Rgb([250, 250, 250]));
        }
    }
    for (turn, size, first) in [(1, (600, 300), true), (3, (600, 300), false), (6, (300, 600), true), (8, (300, 600), false)] {
        let bytes = with_exif(&jpeg(&still, 90), turn);
        let made = renditions(&bytes, &Nothing).expect("a picture");
        assert_eq!(made.size(), size, "{turn}");
        for one in made.list() {
            assert!(!holds(&one.bytes, b"Latitude") && !holds(&one.bytes, b"Exif"));
            let read = image::load_from_memory(&one.bytes).expect("a picture").into_rgb8();
            assert_eq!(read.get_pixel(5, 5)[0] > 128, first, "{turn}: the light half comes first");
        }
    }
}

#[test]
fn a_small_file_of_the_author_is_not_written_anew() {
    let mut small = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut small, 40);
    encoder.encode(photograph(400, 300).as_raw(), 400, 300, jpeg_encoder::ColorType::Rgb).expect("a picture");
    let bytes = with_exif(&small, 1);
    let made = renditions(&bytes, &Nothing).expect("a picture");
    let last = made.list().last().expect("one at least");
    assert!(last.format == Format::Jpeg && *last.bytes == small, "{} bytes of {}", last.bytes.len(), small.len());
}

#[test]
fn other_colour_spaces_come_to_srgb() {
    let mut out = Vec::new();
    let red = RgbImage::from_pixel(64, 64, image::Rgb([200, 40, 40]));
    let mut encoder = image::codecs::png::PngEncoder::new(&mut out);
    encoder.set_icc_profile(moxcms::ColorProfile::new_display_p3().encode().expect("a profile")).expect("a place for it");
    encoder.write_image(red.as_raw(), 64, 64, ExtendedColorType::Rgb8).expect("a picture");
    let made = renditions(&out, &Nothing).expect("a picture");
    for one in made.list() {
        assert!(!holds(&one.bytes, b"iCCP") && !holds(&one.bytes, b"ICCP"));
        let pixel = *image::load_from_memory(&one.bytes).expect("a picture").into_rgb8().get_pixel(30, 30);
        assert!(pixel[0].abs_diff(218) <= 3 && pixel[1] < 30, "a stronger red in the smaller space: {pixel:?}");
    }
}

#[test]
fn four_inks_are_read_as_three_colours() {
    let mut out = Vec::new();
    let inks = [0_u8, 255, 255, 0].repeat(64 * 64);
    jpeg_encoder::Encoder::new(&mut out, 90).encode(&inks, 64, 64, jpeg_encoder::ColorType::CmykAsYcck).expect("a picture");
    let made = renditions(&out, &Nothing).expect("a picture");
    assert_eq!(shape(&made), [("webp", 64, 64), ("jpg", 64, 64)]);
    assert!(!File::read(&made.list()[1].bytes).expect("a picture").inks && *made.list()[1].bytes != out);
    let pixel = *image::load_from_memory(&made.list()[0].bytes).expect("a picture").into_rgb8().get_pixel(30, 30);
    assert!(pixel[0] > 200 && pixel[1] < 60, "{pixel:?}");
}

#[test]
fn what_moves_is_kept_without_its_notes() {
    let frames = [0_u8, 255].map(|grey| image::Frame::new(RgbaImage::from_pixel(20, 10, image::Rgba([grey, grey, grey, 255]))));
    let mut gif = Vec::new();
    image::codecs::gif::GifEncoder::new(&mut gif).encode_frames(frames).expect("two frames");
    let noted = [&gif[..gif.len() - 1], b"\x21\xfe\x05a cat\0\x3b"].concat();
    let made = renditions(&noted, &Nothing).expect("a picture");
    let Renditions::AsIs { file: kept, why: Kept::Moves } = &made else { panic!("{made:?}") };
    assert_eq!((kept.width, kept.height, kept.format, kept.bytes.to_vec()), (20, 10, Format::Gif, gif));

    let png = file_of_two_frames();
    let made = renditions(&png, &Nothing).expect("a picture");
    assert!(
        matches!(&made, Renditions::AsIs { file, why: Kept::Moves } if !holds(&file.bytes, b"Latitude") && file.width == 4),
        "{made:?}"
    );

    let still = file(drawing(50, 40), ImageFormat::Gif);
    assert_eq!(shape(&renditions(&still, &Nothing).expect("a picture")), [("webp", 50, 40), ("png", 50, 40)]);
}

/// A PNG that says it moves, with a note.
fn file_of_two_frames() -> Vec<u8> {
    let png = file(drawing(4, 4), ImageFormat::Png);
    [&png[..33], &chunk(*b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]), &chunk(*b"tEXt", b"Latitude\x0034.75"), &png[33..]].concat()
}

#[test]
fn a_webp_keeps_neither_notes_nor_its_flags_for_them() {
    let plain = file(drawing(40, 30), ImageFormat::WebP);
    let body = &plain[12..];
    let flags = [8 | 4 | 2, 0, 0, 0, 39, 0, 0, 29, 0, 0];
    let parts = [b"VP8X\x0a\0\0\0", &flags[..], body, b"EXIF\x08\0\0\0Latitude", b"XMP \x03\0\0\0xmp\0"].concat();
    let length = u32::try_from(parts.len() + 4).expect("short").to_le_bytes();
    let file = File::read(&[b"RIFF", &length[..], b"WEBP", &parts].concat()).expect("a picture");
    assert!(file.moves && (file.width, file.height) == (40, 30));
    assert!(!holds(&file.bare, b"Latitude") && !holds(&file.bare, b"XMP"));
    assert_eq!((file.bare[20], file.bare.len()), (2, 12 + 18 + body.len()));
}

#[test]
fn a_picture_too_large_is_refused_by_its_head() {
    let head = chunk(*b"IHDR", &[0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50, 8, 2, 0, 0, 0]);
    let bytes = [b"\x89PNG\r\n\x1a\n", &head[..], &chunk(*b"IDAT", &vec![0; 300_000]), &chunk(*b"IEND", b"")].concat();
    let start = Instant::now();
    let fault = renditions(&bytes, &Nothing).expect_err("too large");
    assert!(start.elapsed().as_millis() < 20, "{:?}", start.elapsed());
    assert_eq!(fault, ImageFault::Pixels { width: 50_000, height: 50_000 });
    assert_eq!(fault.to_string(), "has 50000 × 50000 pixels; at most 100 million in all are read");
    let large = [&bytes[..8], &vec![0; crate::budget::IMAGE_FILE]].concat();
    let fault = renditions(&large, &Nothing).expect_err("too large");
    assert_eq!(fault.to_string(), "has 65 MiB; at most 64 are read");
    assert_eq!(renditions(b"<svg/>", &Nothing), Err(ImageFault::Unknown));
    assert_eq!(renditions(b"", &Nothing), Err(ImageFault::Unknown));
}

#[test]
fn sixteen_bits_that_take_too_much_memory_are_refused() {
    // Ten thousand squared, four channels of two bytes.
    let head = chunk(*b"IHDR", &[0, 0, 0x27, 0x10, 0, 0, 0x27, 0x10, 16, 6, 0, 0, 0]);
    let bytes = [b"\x89PNG\r\n\x1a\n", &head[..], &chunk(*b"IDAT", &[0; 100]), &chunk(*b"IEND", b"")].concat();
    assert_eq!(renditions(&bytes, &Nothing), Err(ImageFault::Memory { bytes: 800_000_000 }));
}

#[test]
fn an_unchanged_picture_is_not_made_again() {
    let store = Memory::default();
    let bytes = jpeg(&photograph(900, 600), 90);
    let first = renditions(&bytes, &store).expect("a picture");
    let start = Instant::now();
    let again = renditions(&bytes, &store).expect("a picture");
    assert!(start.elapsed().as_millis() < 20, "{:?}", start.elapsed());
    assert_eq!(first, again);
    assert!(std::iter::zip(first.list(), again.list()).all(|(a, b)| Arc::ptr_eq(&a.bytes, &b.bytes)));
    let threads = rayon::ThreadPoolBuilder::new().num_threads(7).build().expect("threads");
    assert_eq!(threads.install(|| renditions(&bytes, &Nothing)).expect("a picture"), first);
}

#[test]
fn two_thousand_broken_files_bring_no_panic() {
    let moving = file_of_two_frames();
    let mut profiled = Vec::new();
    let mut encoder = image::codecs::png::PngEncoder::new(&mut profiled);
    encoder.set_icc_profile(moxcms::ColorProfile::new_display_p3().encode().expect("a profile")).expect("a place for it");
    encoder.write_image(drawing(30, 20).as_raw(), 30, 20, ExtendedColorType::Rgb8).expect("a picture");
    let sources = [
        file(photograph(40, 30), ImageFormat::Png),
        with_exif(&jpeg(&photograph(40, 30), 80), 6),
        file(drawing(40, 30), ImageFormat::WebP),
        file(drawing(40, 30), ImageFormat::Gif),
        renditions(&file(photograph(40, 30), ImageFormat::Png), &Nothing).expect("a picture").list()[0].bytes.to_vec(),
        renditions(&file(photograph(40, 30), ImageFormat::Png), &Nothing).expect("a picture").list()[1].bytes.to_vec(),
        moving,
        profiled,
    ];
    let mut seed = 7_u64;
    let mut next = |most: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).expect("31 bits") % most
    };
    let (mut read, mut refused) = (0, 0);
    for round in 0..2_400 {
        let mut bytes = sources[round % sources.len()].clone();
        for _ in 0..=next(4) {
            // The head is where lies are told.
            let at = if next(2) == 0 { next(bytes.len()) } else { next(bytes.len().min(80)) };
            bytes[at] = [0, 255, 1, bytes[at] ^ 0x10][next(4)];
        }
        if next(4) == 0 {
            bytes.truncate(next(bytes.len()));
        }
        match renditions(&bytes, &Nothing) {
            Ok(_) => read += 1,
            Err(_) => refused += 1,
        }
    }
    assert!(read > 100 && refused > 1_000, "{read} read, {refused} refused");
}

#[test]
fn a_file_that_was_cut_off_is_a_fault() {
    for bytes in [file(photograph(60, 40), ImageFormat::Png), jpeg(&photograph(60, 40), 80), file(drawing(60, 40), ImageFormat::WebP)] {
        for part in 1..8 {
            let cut = &bytes[..bytes.len() * part / 8];
            assert!(matches!(renditions(cut, &Nothing), Err(ImageFault::Broken(_))), "{part} of 8");
        }
    }
}
