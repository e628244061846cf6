//! How long it takes to make the sizes of photographs: on one thread and on two, and where the store has them.
//!
//! `cargo bench --bench pictures` measures; `cargo bench --bench pictures -- --test` only tries that all of it runs.

// The macros of the measuring library make public functions without a word.
#![allow(missing_docs)]

use std::hint::black_box;
use std::io::Cursor;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use image::{DynamicImage, ImageFormat, RgbImage};
use postil::build::{self, Built, Options};
use postil::raster::{Memory, Nothing, Store};
use postil::read::snapshot::Snapshot;

/// Photographs in the briefing.
const COUNT: u32 = 4;

/// Hills of colour with some noise, as large as a screen of today.
fn photograph(seed: u32) -> Vec<u8> {
    let mut noise = seed;
    let image = RgbImage::from_fn(1920, 1280, |x, y| {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [x, y] = [x, y].map(|at| f64::from(at) / 90.0);
        let wave = |shift: f64| 120.0 + 60.0 * (x + shift).sin() + 50.0 * (y - shift * x / 9.0).cos();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "waves of at most 110 about 120")]
        let colour = [0.0, 1.0, 2.0].map(|shift| wave(shift) as u8 + (noise >> 29) as u8);
        image::Rgb(colour)
    });
    let mut out = Cursor::new(Vec::new());
    DynamicImage::from(image).write_to(&mut out, ImageFormat::Jpeg).expect("a picture");
    out.into_inner()
}

/// A section that shows them all.
fn briefing() -> Snapshot {
    let mut snapshot = Snapshot::default();
    let mut text = "+++\ntitle = \"Photographs\"\n+++\n".to_owned();
    for number in 0..COUNT {
        text.push_str(&format!("\n![A photograph](p{number}.jpg)\n"));
        snapshot.insert(format!("content/p{number}.jpg"), photograph(number + 1));
    }
    snapshot.insert("content/a.md", text);
    snapshot
}

fn built(snapshot: &Snapshot, store: &dyn Store) -> Built {
    build::build(black_box(snapshot), &Options::default(), store, &|_| {})
}

fn pictures(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("a build with four photographs");
    group.sample_size(10).measurement_time(Duration::from_secs(20)).throughput(Throughput::Elements(COUNT.into()));
    let snapshot = briefing();
    assert!(built(&snapshot, &Nothing).files.len() > 4 * 5, "a good briefing");
    for number in [1, 2] {
        let threads = rayon::ThreadPoolBuilder::new().num_threads(number).build().expect("threads");
        group.bench_function(BenchmarkId::new("threads", number), |bencher| {
            threads.install(|| bencher.iter(|| built(&snapshot, &Nothing)));
        });
    }
    let store = Memory::default();
    built(&snapshot, &store);
    group.bench_function("from the store", |bencher| bencher.iter(|| built(&snapshot, &store)));
    group.finish();
}

criterion_group!(benches, pictures);
criterion_main!(benches);
