//! Drawn figures: golden drawings of every kind, and laws that hold for any data.
//!
//! The golden drawings are those of the guide's page on figures: a stranger sees there what a kind looks like, and a
//! change of a drawing is seen here. `POSTIL_BLESS=1 cargo test --test charts` writes them anew; look at them.

mod common;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use common::law::holds;
use common::{build, lines};
use postil::build::{self as program, Options};
use postil::draw::Content;
use postil::draw::ink::Canvas;
use postil::read::snapshot::Snapshot;
use postil::text::{Diagnostics, Severity};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Where the golden drawings are.
const GOLDEN: &str = "tests/golden/figures";

#[test]
fn every_kind_is_drawn_as_before() {
    let snapshot = Snapshot::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("docs"), &["content"]);
    let built = build(&snapshot);
    assert_eq!(built.diagnostics.count(Severity::Error), 0, "{}", lines(&built.diagnostics, &snapshot).join("\n"));
    let drawn: BTreeMap<String, String> = built
        .files
        .iter()
        .filter_map(|file| {
            let name = file.path.strip_prefix("figures/")?.strip_suffix(".svg")?.rsplit('/').next()?.to_owned();
            Some((name, String::from_utf8(file.bytes.to_vec()).expect("SVG is a text")))
        })
        .collect();
    assert!(drawn.len() >= 19, "the guide shows every kind: {}", drawn.len());
    let folder = Path::new(GOLDEN);
    if std::env::var_os("POSTIL_BLESS").is_some() {
        if folder.exists() {
            std::fs::remove_dir_all(folder).expect("the old drawings can be taken away");
        }
        std::fs::create_dir_all(folder).expect("the folder can be made");
        for (name, svg) in &drawn {
            std::fs::write(folder.join(format!("{name}.svg")), svg).expect("a drawing can be written");
        }
    }
    let kept = std::fs::read_dir(folder).expect("golden drawings").count();
    assert_eq!(kept, drawn.len(), "one golden drawing for each figure of the guide");
    let changed: Vec<&String> = drawn
        .iter()
        .filter(|(name, svg)| std::fs::read_to_string(folder.join(format!("{name}.svg"))).ok().as_ref() != Some(svg))
        .map(|(name, _)| name)
        .collect();
    assert!(changed.is_empty(), "these drawings changed: {changed:?}; look at them, then set POSTIL_BLESS=1");
    for (name, svg) in &drawn {
        roxmltree::Document::parse(svg).unwrap_or_else(|error| panic!("{name}.svg is no XML: {error}"));
    }
}

/// A figure in the author's words: keys, and data.
fn drawn(keys: &str, csv: &str) -> Option<Vec<Canvas>> {
    let text = format!("+++\ntitle = \"A\"\n+++\n\n```chart\ntitle = \"T\"\n{keys}---\n{csv}```\n");
    let snapshot = Snapshot::of([("content/a.md", text)]);
    let mut found = Diagnostics::default();
    let briefing = program::assemble(&snapshot, &Options::default(), &|_| {}, &mut found);
    let drawing = briefing.drawings.values().next()?;
    match &drawing.content {
        Content::Drawn(drawn) => Some(drawn.canvases.clone()),
        _ => None,
    }
}

const NAMES: &[&str] = &[
    "A",
    "2021",
    "emerging industries",
    "Five leading industries, of above-size industry, in the year 2023 and before",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnungen",
    "战略性新兴产业",
    "郑州煤矿机械集团股份有限公司（高端装备）",
    "x, y",
    "µ−1",
    "“quoted”",
];

const VALUES: &[&str] = &[
    "0",
    "1",
    "46",
    "46",
    "-18",
    "3.25",
    "1600",
    ">46",
    "<5",
    "about 50",
    "3–5",
    "46±2",
    "–",
    "",
    "1e-9",
    "123456789012",
    "1.76 million",
    "0.004",
    "-0.7",
    "99.9",
    "7",
];

fn cell(words: &[&'static str]) -> impl Strategy<Value = &'static str> + use<> {
    select(words.to_vec())
}

/// Keys that fit any data.
fn keys() -> impl Strategy<Value = String> {
    let chart = select(vec!["bar", "grouped-bar", "stacked-bar", "line", "area", "dot", "slope", "range", "scatter"]);
    let direction = select(vec!["", "direction = \"horizontal\"\n", "direction = \"vertical\"\n"]);
    let order = select(vec!["", "order = \"descending\"\n", "order = \"name\"\n"]);
    let labels = select(vec!["", "labels = \"all\"\n", "labels = \"none\"\n", "labels = \"ends\"\n", "labels = \"highlighted\"\n"]);
    let unit = select(vec!["", "unit = \"%\"\n", "unit = \"million vehicles\"\n"]);
    let lines = select(vec!["", "references = [{ value = 4, label = \"a line to compare with, of some length\" }, { value = 60 }]\n"]);
    let axis = select(vec!["", "", "axis = [10, 50]\n", "scale = \"log\"\n"]);
    (chart, direction, order, labels, unit, lines, axis)
        .prop_map(|(chart, a, b, c, d, e, f)| format!("chart = \"{chart}\"\nx = \"name\"\n{a}{b}{c}{d}{e}{f}"))
}

/// Data of one to four columns of values.
fn data() -> impl Strategy<Value = String> {
    let row = (cell(NAMES), 0..100_u8, vec(cell(VALUES), 4));
    (1..5_usize, vec(row, 1..24), any::<bool>()).prop_map(|(series, rows, dates)| {
        let mut csv = String::from("name");
        for number in 0..series {
            write!(csv, ",series {number} {}", NAMES[number % NAMES.len()].replace(',', "")).expect("a text takes all");
        }
        csv.push('\n');
        for (at, (name, number, values)) in rows.iter().enumerate() {
            let name = if dates { format!("{}-{:02}", 2000 + at, number % 12 + 1) } else { format!("{name} {number}") };
            writeln!(csv, "\"{name}\",{}", values[..series].join(",")).expect("a text takes all");
        }
        csv
    })
}

#[test]
fn labels_stand_inside_and_never_on_each_other() {
    holds(400, &(keys(), data()), |(keys, csv)| {
        let Some(canvases) = drawn(&keys, &csv) else { return Ok(()) };
        for canvas in canvases {
            sound(&canvas).map_err(|fault| format!("{fault}\nwidth {}\n{keys}---\n{csv}", canvas.width))?;
        }
        Ok(())
    });
}

/// Whether a drawing keeps its laws.
fn sound(canvas: &Canvas) -> Result<(), String> {
    const SLACK: f64 = 0.51;
    if !(canvas.height.is_finite() && canvas.height > 0.0 && canvas.height < 20_000.0) {
        return Err(format!("a height of {}", canvas.height));
    }
    for label in &canvas.ink.labels {
        let area = label.area;
        let inside = area.x >= -SLACK && area.y >= -SLACK && area.right() <= canvas.width + SLACK && area.bottom() <= canvas.height + SLACK;
        if !inside {
            return Err(format!("“{}” stands outside at {area:?}, height {}", label.text, canvas.height));
        }
    }
    let mut labels: Vec<_> = canvas.ink.labels.iter().collect();
    labels.sort_by(|a, b| a.area.y.total_cmp(&b.area.y));
    for (at, one) in labels.iter().enumerate() {
        for other in labels[at + 1..].iter().take_while(|other| other.area.y < one.area.bottom() - SLACK) {
            let apart = one.area.right() - SLACK <= other.area.x || other.area.right() - SLACK <= one.area.x;
            if !apart {
                return Err(format!("“{}” stands on “{}”: {:?} {:?}", one.text, other.text, one.area, other.area));
            }
        }
    }
    if canvas.ink.svg.contains("NaN") || canvas.ink.svg.contains("inf\"") {
        return Err("a coordinate that is no number".to_owned());
    }
    let whole = format!("<svg>{}</svg>", canvas.ink.svg);
    roxmltree::Document::parse(&whole).map(|_| ()).map_err(|error| format!("no XML: {error}"))
}

#[test]
fn equal_data_give_equal_bytes() {
    holds(
        60,
        &(keys(), data()),
        |(keys, csv)| {
            if drawn(&keys, &csv) == drawn(&keys, &csv) { Ok(()) } else { Err(format!("{keys}---\n{csv}")) }
        },
    );
}

#[test]
fn bars_are_as_long_as_their_values() {
    let values = vec(1..5_000_u32, 2..12);
    holds(200, &(values, any::<bool>()), |(values, upright)| {
        let direction = if upright { "vertical" } else { "horizontal" };
        let mut csv = String::from("name,value\n");
        for (at, value) in values.iter().enumerate() {
            writeln!(csv, "n{at},{value}").expect("a text takes all");
        }
        let keys = format!("chart = \"bar\"\ndirection = \"{direction}\"\n");
        for canvas in drawn(&keys, &csv).ok_or("nothing is drawn")? {
            let lengths = bars(&canvas.ink.svg, if upright { "height" } else { "width" });
            if lengths.len() != values.len() {
                return Err(format!("{} bars for {} values", lengths.len(), values.len()));
            }
            let longest = f64::from(*values.iter().max().expect("a value"));
            let most = lengths.iter().copied().fold(0.0, f64::max);
            for (length, value) in lengths.iter().zip(&values) {
                let wanted = most * f64::from(*value) / longest;
                if (length - wanted).abs() > 0.02 {
                    return Err(format!("{value} is {length} long, not {wanted}, in {csv}"));
                }
            }
        }
        Ok(())
    });
}

/// The lengths of the bars of the first series.
fn bars(svg: &str, side: &str) -> Vec<f64> {
    let whole = format!("<svg>{svg}</svg>");
    let document = roxmltree::Document::parse(&whole).expect("XML");
    let marks = document.descendants().filter(|node| node.attribute("class") == Some("mark"));
    marks
        .flat_map(|mark| mark.descendants().filter(|node| node.has_tag_name("rect")).collect::<Vec<_>>())
        .filter(|rect| rect.parent().and_then(|group| group.attribute("class")) == Some("c1"))
        .filter_map(|rect| rect.attribute(side)?.parse().ok())
        .collect()
}

#[test]
fn a_mark_leads_to_the_claim_that_its_value_comes_from() {
    let snapshot = Snapshot::of([(
        "content/a.md",
        "+++\ntitle = \"A\"\n\n[[claims]]\nid = \"steel\"\nstatement = \"More than 1500 kg of steel.\"\nlabel = \"steel\"\nvalue = 1500\nop = \">\"\nunit = \"kg\"\n\
         said_by = \"x\"\nsupport = \"estimate\"\n\n[[figures]]\nid = \"f\"\nkind = \"chart\"\nchart = \"bar\"\ntitle = \"F\"\nunit = \"tonnes\"\n\
         data = [\"claim:steel\"]\n+++\n\n![[fig:f]]\n",
    )]);
    let built = build(&snapshot);
    assert_eq!(built.diagnostics.count(Severity::Error), 0, "{}", lines(&built.diagnostics, &snapshot).join("\n"));
    let text = |path: &str| {
        let file = built.files.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("{path}"));
        String::from_utf8(file.bytes.to_vec()).expect("a text")
    };
    assert!(
        text("a/index.html").contains("href=\"../claims/index.html#claim-steel\" class=\"mark\" aria-label=\"steel: &gt; 1.5 tonnes\"")
    );
    assert_eq!(text("figures/f/f.csv"), "name,value,record\nsteel,> 1.5,claim:steel\n");
}

/// What readers without one kind of cone see, in linear light: Machado, Oliveira and Fernandes, “A Physiologically-based
/// Model for Simulation of Color Vision Deficiency”, 2009, at full severity; and who has all of them.
const SIGHTS: [(&str, [[f64; 3]; 3]); 4] = [
    ("all cones", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    ("no red", [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]]),
    ("no green", [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]]),
    ("no blue", [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]]),
];

/// A colour in linear light.
fn light(hex: &str) -> [f64; 3] {
    [1, 3, 5].map(|at| {
        let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("two digits")) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    })
}

fn luminance([red, green, blue]: [f64; 3]) -> f64 {
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// A colour in CIE Lab, by the white of daylight.
fn lab([red, green, blue]: [f64; 3]) -> [f64; 3] {
    let xyz = [
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        luminance([red, green, blue]),
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
    ];
    let [x, y, z] = xyz.map(|one: f64| if one > 0.008_856 { one.cbrt() } else { 7.787 * one + 16.0 / 116.0 });
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

#[test]
fn colours_of_series_are_told_apart_by_all_readers() {
    let tokens = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/static/tokens.css")).expect("tokens");
    let pair = |name: &str| -> [String; 2] {
        let value = tokens.split(&format!("--{name}: light-dark(")).nth(1).and_then(|rest| rest.split(')').next()).expect("a token");
        let colours: Vec<String> = value.split(", ").map(str::to_owned).collect();
        colours.try_into().expect("two colours")
    };
    let paper = pair("paper");
    let series: Vec<[String; 2]> = (1..=6).map(|number| pair(&format!("chart-{number}"))).collect();
    for scheme in [0, 1] {
        for (name, matrix) in SIGHTS {
            let seen = |hex: &str| {
                let own = light(hex);
                lab(matrix.map(|row| row.iter().zip(own).map(|(part, value)| part * value).sum::<f64>().clamp(0.0, 1.0)))
            };
            for (at, one) in series.iter().enumerate() {
                for other in &series[at + 1..] {
                    let (a, b) = (seen(&one[scheme]), seen(&other[scheme]));
                    let apart = a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
                    assert!(apart > 20.0, "{name}: {} and {} are {apart:.1} apart", one[scheme], other[scheme]);
                }
            }
        }
        for one in &series {
            let [ink, paper] = [&one[scheme], &paper[scheme]].map(|hex| luminance(light(hex)) + 0.05);
            let contrast = if ink > paper { ink / paper } else { paper / ink };
            assert!(contrast >= 3.0, "{} has a contrast of {contrast:.2} on the paper", one[scheme]);
        }
    }
    // A file by itself has the colours of the page in light.
    let own: Vec<&str> = postil::draw::ink::SERIES.to_vec();
    assert_eq!(own, series.iter().map(|one| one[0].as_str()).collect::<Vec<_>>());
}
