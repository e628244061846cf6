//! Pictures in a site: sizes and formats, what cameras write into them, what is too large, and what is not made twice.

#![cfg(feature = "images")]

mod common;

use std::io::Cursor;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use common::program::Briefing;
use common::site::Site;
use image::{DynamicImage, ImageFormat, RgbImage};
use postil::build::{self, Built, Options};
use postil::raster::{Memory, Nothing, Store};
use postil::read::snapshot::Snapshot;

/// Hills of colour with some noise, as a photograph has.
fn photograph(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut noise = 1_u32;
    let image = RgbImage::from_fn(width, height, |x, y| {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let wave = |by: u32| u8::try_from((x / by + y / (by + 1)) % 200).expect("less than 200");
        let grain = u8::try_from(noise >> 29).expect("three bits");
        image::Rgb([wave(3) + grain, wave(5) + grain, wave(7) + grain])
    });
    let mut out = Cursor::new(Vec::new());
    DynamicImage::from(image).write_to(&mut out, format).expect("a picture");
    out.into_inner()
}

/// A JPEG with the place where it was taken, to be turned by a quarter.
fn with_place(jpeg: &[u8]) -> Vec<u8> {
    let notes = [&b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"[..], b"Latitude 34.75"].concat();
    let length = u16::try_from(notes.len() + 8).expect("short").to_be_bytes();
    [&jpeg[..2], b"\xff\xe1", &length, b"Exif\0\0", &notes, &jpeg[2..]].concat()
}

const PAGE: &str = "+++\ntitle = \"A\"\n+++\n\n![A furnace](img/furnace.jpg)\n";

fn briefing(page: &str, files: &[(&str, Vec<u8>)]) -> Snapshot {
    let mut snapshot = Snapshot::of([("content/a.md", page)]);
    for (path, bytes) in files {
        snapshot.insert(format!("content/{path}"), bytes);
    }
    snapshot
}

fn built(snapshot: &Snapshot, store: &dyn Store) -> Built {
    let built = build::build(snapshot, &Options::default(), store, &|_| {});
    assert_eq!(common::lines(&built.diagnostics, snapshot), Vec::<String>::new());
    built
}

fn bytes<'b>(built: &'b Built, path: &str) -> &'b [u8] {
    let paths: Vec<&str> = built.files.iter().map(|file| file.path.as_str()).collect();
    built.files.iter().find(|file| file.path == path).map_or_else(|| panic!("no {path} in {paths:?}"), |file| &file.bytes)
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|part| part == words)
}

/// A store that counts what it is given to keep.
#[derive(Default)]
struct Counting {
    kept: Memory,
    puts: AtomicUsize,
}

impl Counting {
    fn puts(&self) -> usize {
        self.puts.swap(0, Ordering::Relaxed)
    }
}

impl Store for Counting {
    fn get(&self, key: &str) -> Option<Arc<[u8]>> {
        self.kept.get(key)
    }

    fn put(&self, key: &str, bytes: &Arc<[u8]>) {
        self.puts.fetch_add(1, Ordering::Relaxed);
        self.kept.put(key, bytes);
    }
}

#[test]
fn a_page_offers_a_picture_in_several_sizes() {
    let snapshot = briefing(PAGE, &[("img/furnace.jpg", photograph(1000, 500, ImageFormat::Jpeg))]);
    let built = built(&snapshot, &Nothing);
    let site = Site::of(&built.files);
    let page = site.text("a/index.html").expect("a page");
    let source = "<picture><source type=\"image/webp\" srcset=\"../img/furnace-480.webp 480w, ../img/furnace-800.webp 800w, \
                  ../img/furnace-1000.webp 1000w\" sizes=\"(min-width: 41rem) 38.25rem, 100vw\">";
    if cfg!(feature = "avif") {
        assert!(page.contains("<picture><source type=\"image/avif\" srcset=\"../img/furnace-480.avif 480w"), "{page}");
    } else {
        assert!(page.contains(source), "{page}");
    }
    assert!(page.contains(" alt=\"A furnace\" width=\"1000\" height=\"500\" loading=\"lazy\" decoding=\"async\"></picture>"), "{page}");
    for width in [480, 800, 1000] {
        let made = image::load_from_memory_with_format(bytes(&built, &format!("img/furnace-{width}.webp")), ImageFormat::WebP);
        assert_eq!(made.map(|made| (made.width(), made.height())).expect("a picture"), (width, width / 2));
    }
    assert_eq!(site.faults(), Vec::<String>::new());
    assert_eq!(site.fetched(), Vec::<String>::new());
}

#[test]
fn nothing_tells_where_a_picture_was_taken() {
    let photograph = with_place(&photograph(640, 480, ImageFormat::Jpeg));
    // One is shown and one is not, one has a name that says nothing.
    let page = PAGE.to_owned() + "\n[Another](img/other.jpg), [a third](img/third.bin).\n";
    let files = ["img/furnace.jpg", "img/other.jpg", "img/third.bin"].map(|path| (path, photograph.clone()));
    let snapshot = briefing(&page, &files);
    let built = built(&snapshot, &Nothing);
    for file in &built.files {
        assert!(!holds(&file.bytes, b"Latitude"), "{}", file.path);
    }
    let page = Site::of(&built.files).text("a/index.html").expect("a page").to_owned();
    assert!(page.contains("width=\"480\" height=\"640\""), "as it is turned: {page}");
    assert!(!page.contains("img/other-") && bytes(&built, "img/other.jpg").starts_with(b"\xff\xd8"));
}

#[test]
fn a_figure_has_the_same_sizes() {
    let record = "+++\ntitle = \"A\"\n\n[[figures]]\nid = \"f\"\nkind = \"image\"\ntitle = \"F\"\nsrc = \"f.png\"\nalt = \"F\"\n+++\n\n";
    let snapshot = briefing(&format!("{record}![[fig:f]]\n"), &[("f.png", photograph(700, 300, ImageFormat::Png))]);
    let built = build::build(&snapshot, &Options::default(), &Nothing, &|_| {});
    assert!(!built.diagnostics.has_errors(), "{:?}", common::lines(&built.diagnostics, &snapshot));
    let site = Site::of(&built.files);
    let page = site.text("a/index.html").expect("a page");
    assert!(page.contains("../f-480.webp 480w, ../f-700.webp 700w"), "{page}");
    // Of a photograph in a PNG, what every browser reads is a JPEG.
    assert!(page.contains("<img src=\"../f-700.jpg\""), "{page}");
    assert!(holds(bytes(&built, "f.png"), b"PNG"));
    // The index of figures shows the lightest that is wide enough.
    let index = site.text("figures/index.html").expect("the index");
    assert!(index.contains("<img src=\"../f-480.webp\""), "{index}");
    assert_eq!(site.faults(), Vec::<String>::new());
}

#[test]
fn sizes_never_take_the_place_of_another_file() {
    let page = "+++\ntitle = \"A\"\n+++\n\n![a](x.jpg) ![b](x.png) ![c](X-300.WEBP) ![d](y.jpg)\n";
    let (wide, tall) = (photograph(300, 200, ImageFormat::Jpeg), photograph(300, 400, ImageFormat::Png));
    let small = photograph(90, 60, ImageFormat::Jpeg);
    let snapshot =
        briefing(page, &[("x.jpg", wide.clone()), ("x.png", tall), ("X-300.WEBP", small.clone()), ("y.jpg", wide), ("y-300.webp", small)]);
    let built = built(&snapshot, &Nothing);
    let page = Site::of(&built.files).text("a/index.html").expect("a page").to_owned();
    for address in ["../x.jpg-300.webp 300w", "../x.png-300.webp 300w", "../X-300-90.webp 90w", "../y.jpg-300.webp 300w"] {
        assert!(page.contains(address), "{address}: {page}");
    }
    let mut paths: Vec<String> = built.files.iter().map(|file| file.path.to_lowercase()).collect();
    let count = paths.len();
    paths.sort();
    paths.dedup();
    assert_eq!(paths.len(), count, "one address for each file");
}

#[test]
fn a_picture_of_fifty_thousand_pixels_a_side_is_refused() {
    let head = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\xc3\x50\0\0\xc3\x50\x08\x02\0\0\0\0\0\0\0";
    let snapshot = briefing(PAGE, &[("img/furnace.jpg", [&head[..], &vec![0; 200_000]].concat())]);
    let expected = [
        "content/img/furnace.jpg:1:1 error[too-large]: this picture has 50000 × 50000 pixels; at most 100 million in all are read",
        "    help: make it smaller: a page shows at most 2400 pixels of its width",
    ];
    let built = build::build(&snapshot, &Options::default(), &Nothing, &|_| {});
    assert_eq!(common::lines(&built.diagnostics, &snapshot), expected);
    assert_eq!(common::lines(&common::check(&snapshot), &snapshot), expected);
    assert!(built.files.is_empty());
}

#[test]
fn a_picture_that_breaks_in_its_pixels_is_found_by_the_build() {
    let whole = photograph(200, 100, ImageFormat::Png);
    let mut broken = whole.clone();
    let at = whole.windows(4).position(|part| part == b"IDAT").expect("pixels");
    broken[at + 40] ^= 0xff;
    let snapshot = briefing(PAGE, &[("img/furnace.jpg", broken)]);
    let built = build::build(&snapshot, &Options::default(), &Nothing, &|_| {});
    let lines = common::lines(&built.diagnostics, &snapshot);
    assert!(
        lines.len() == 2 && lines[0].starts_with("content/img/furnace.jpg:1:1 error[bad-image]: this picture is broken: "),
        "{lines:?}"
    );
    assert!(built.files.is_empty());
}

#[test]
fn an_unchanged_picture_is_not_made_again() {
    let store = Counting::default();
    let (first, second) = (photograph(900, 600, ImageFormat::Jpeg), photograph(500, 400, ImageFormat::Png));
    let page = PAGE.to_owned() + "\n![Another](b.png)\n";
    let snapshot = briefing(&page, &[("img/furnace.jpg", first.clone()), ("b.png", second)]);
    let one = built(&snapshot, &store);
    let puts = store.puts();
    assert!(puts > 0);
    let two = built(&snapshot, &store);
    assert_eq!((store.puts(), &two.files), (0, &one.files));
    // Another text, and another second picture: the first is not touched.
    let changed = briefing(&(page + "\nMore.\n"), &[("img/furnace.jpg", first), ("b.png", photograph(510, 400, ImageFormat::Png))]);
    built(&changed, &store);
    assert!((1..puts).contains(&store.puts()));
}

#[test]
fn the_number_of_threads_does_not_matter() {
    let files = ["img/furnace.jpg", "b.jpg", "c.jpg"].map(|path| (path, photograph(600, 400, ImageFormat::Jpeg)));
    let snapshot = briefing(&(PAGE.to_owned() + "\n![b](b.jpg) ![c](c.jpg)\n"), &files);
    let threads = |number: usize| rayon::ThreadPoolBuilder::new().num_threads(number).build().expect("threads");
    let one = threads(1).install(|| built(&snapshot, &Nothing));
    let many = threads(5).install(|| built(&snapshot, &Nothing));
    assert_eq!(one.files, many.files);
}

#[test]
fn the_program_keeps_what_it_made() {
    let briefing = Briefing::new(&[("content/a.md", PAGE)]);
    briefing.write("content/img/furnace.jpg", &photograph(900, 600, ImageFormat::Jpeg));
    let kept = || {
        let state = briefing.state();
        state.into_iter().filter(|(path, _)| path.to_string_lossy().contains(".postil/cache/")).collect::<Vec<_>>()
    };
    briefing.run(&["check"]).ends(0);
    briefing.run(&["build", "--no-cache"]).ends(0);
    assert!(kept().is_empty() && !briefing.root().join(".postil").exists());
    let first = briefing.output();
    briefing.run(&["build"]).ends(0).says("nothing changed");
    assert_eq!(briefing.read(".postil/.gitignore"), "*\n");
    let before = kept();
    assert!(before.len() > 3, "a list, and each rendition");
    // Whatever is damaged is made anew, and the rest is taken as it is.
    let victim = before.iter().find(|(path, _)| path.to_string_lossy().ends_with(".webp")).expect("a rendition").0.clone();
    std::fs::write(&victim, b"not what it was").expect("a file");
    briefing.run(&["build"]).ends(0).says("nothing changed");
    assert_eq!(briefing.output(), first);
    let after = kept();
    assert_eq!(
        before.iter().map(|(path, (bytes, _))| (path, bytes)).collect::<Vec<_>>(),
        after.iter().map(|(path, (bytes, _))| (path, bytes)).collect::<Vec<_>>()
    );
}

#[cfg(unix)]
#[test]
fn a_store_that_cannot_be_written_is_told_once() {
    let briefing = Briefing::new(&[("content/a.md", PAGE), (".postil", "no folder")]);
    briefing.write("content/img/furnace.jpg", &photograph(900, 600, ImageFormat::Jpeg));
    let run = briefing.run(&["build"]);
    run.ends(0).says("could not be kept for the next run");
    assert_eq!(run.err.matches("could not be kept").count(), 1);
    assert_eq!(briefing.run(&["build", "--quiet"]).ends(0).err, "");
}
