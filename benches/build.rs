//! How long a cold build takes, at three sizes, and what its parts take of that.
//!
//! `cargo bench --bench build` measures; `cargo bench --bench build -- --test` only tries that all of it runs.

// The macros of the measuring library make public functions without a word.
#![allow(missing_docs)]

mod corpus;

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use postil::build::{self, Memo, Options};
use postil::page::{self, Content, Shape};
use postil::parse;
use postil::raster::Nothing;
use postil::read::snapshot::Snapshot;
use postil::text::{Diagnostics, Severity, Span, Spanned};
use postil::theme::Theme;

/// Sections of a small, a large and a very large briefing.
const SIZES: [usize; 3] = [20, 200, 1_000];

/// A cold build: from bytes to files, nothing kept from before.
fn cold(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("cold build");
    group.sample_size(10).measurement_time(Duration::from_secs(10));
    for size in SIZES {
        let snapshot = corpus::briefing(size);
        let first = build::build(&snapshot, &Options::default(), &Nothing, &|_| {});
        assert!(first.diagnostics.count(Severity::Error) == 0 && first.counts.sections == size + 1, "the corpus is a good briefing");
        group.throughput(Throughput::Elements(u64::try_from(size).expect("a small number")));
        group.bench_with_input(BenchmarkId::from_parameter(size), &snapshot, |bencher, snapshot| {
            bencher.iter(|| build::build(black_box(snapshot), &Options::default(), &Nothing, &|_| {}));
        });
    }
    group.finish();
}

/// The parts of a build: one section read, all of them indexed, their pages rendered.
fn parts(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("parts");
    group.sample_size(20);
    let text = corpus::section(7, 200);
    let path: Arc<str> = "content/s00007.md".into();
    group.bench_function("parse a section", |bencher| {
        bencher.iter(|| parse::section(&path, "s00007.md", black_box(&text), parse::Options::default()));
    });
    let snapshot = corpus::briefing(200);
    let assemble = || build::assemble(black_box(&snapshot), &Options::default(), &|_| {}, &mut Diagnostics::default());
    group.bench_function("parse and index 200 sections", |bencher| bencher.iter(assemble));
    let briefing = assemble();
    group.bench_function("make the data of 200 pages", |bencher| {
        bencher.iter(|| (0..200).map(|number| Shape::Section(number).page(black_box(&briefing))).collect::<Vec<_>>());
    });
    let name = Spanned { value: "default".to_owned(), span: Span::default() };
    let theme = Theme::load(&name, &snapshot, &mut Diagnostics::default()).expect("the theme that is built in");
    let theme = theme.with_site(&page::site(&briefing));
    let page = Shape::Section(7).page(&briefing);
    let Content::Section(data) = &page.content else { unreachable!("the shape of a section") };
    group.bench_function("render a section", |bencher| {
        bencher.iter(|| theme.render("section.html", "section", black_box(&page.head), data).expect("a good template"));
    });
    group.finish();
}

/// A save while the site is watched: one section has another sentence, or another title, and its page is asked for.
fn edits(criterion: &mut Criterion) {
    const SIZE: usize = 1_000;
    let mut group = criterion.benchmark_group("edit");
    group.sample_size(20);
    let (path, page) = ("content/s00007.md", "s00007/index.html");
    let snapshot = corpus::briefing(SIZE);
    let text = String::from_utf8(snapshot.get(path).expect("a section").to_vec()).expect("a text");
    let edit = |number: usize, name: &str| match name {
        "prose" => text.replacen("\n## ", &format!("\nSentence {number}.\n\n## "), 1),
        _ => text.replacen("title = \"", &format!("title = \"{number} "), 1),
    };
    for name in ["prose", "title"] {
        let mut memo = Memo::keeping();
        let make = |snapshot: &Snapshot, memo: &mut Memo| {
            let edition = build::edition(snapshot, &Options::default(), &Nothing, memo, &|_| {}).expect("a good briefing");
            edition.file(page, &Nothing).expect("a page").expect("a good template");
            edition
        };
        make(&snapshot, &mut memo).whole(&Nothing, &|| false).expect("nobody stops it");
        let mut number = 0;
        group.bench_function(format!("{name}, among {SIZE} sections"), |bencher| {
            bencher.iter(|| {
                number += 1;
                let mut next = snapshot.clone();
                next.insert(path, edit(number, name));
                make(black_box(&next), &mut memo)
            });
        });
    }
    group.finish();
}

/// Charts of fifty points each, from typed data to drawings in both widths.
fn charts(criterion: &mut Criterion) {
    const COUNT: usize = 200;
    let mut group = criterion.benchmark_group("figures");
    group.sample_size(10);
    let kinds = ["bar", "line", "dot", "stacked-bar", "scatter"];
    let mut text = String::from("+++\ntitle = \"Charts\"\n+++\n");
    for number in 0..COUNT {
        text.push_str(&format!("\n```chart\ntitle = \"Chart {number}\"\nchart = \"{}\"\n---\nplace,first,second\n", kinds[number % 5]));
        for at in 0..25 {
            let name = if number % 5 == 4 { at.to_string() } else { format!("{}", 1990 + at) };
            text.push_str(&format!("{name},{},{}\n", (at * 37 + number) % 101, (at * 53 + number) % 89));
        }
        text.push_str("```\n");
    }
    let snapshot = Snapshot::of([("content/a.md", text)]);
    group.throughput(Throughput::Elements(u64::try_from(COUNT).expect("a small number")));
    group.bench_function("read and draw 200 charts of 50 points", |bencher| {
        bencher.iter(|| {
            let briefing = build::assemble(black_box(&snapshot), &Options::default(), &|_| {}, &mut Diagnostics::default());
            assert_eq!(briefing.drawings.len(), COUNT);
            briefing
        });
    });
    group.finish();
}

criterion_group!(benches, cold, parts, edits, charts);
criterion_main!(benches);
