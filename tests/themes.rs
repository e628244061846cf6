//! The themes that are built in: their tokens, the guide's table of them, what their pages weigh, and the second theme,
//! which replaces two files of the first and leaves the rest as it is.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use common::lines;
use common::site::Site;
use postil::build::{Built, Options, build};
use postil::raster::Nothing;
use postil::read::snapshot::Snapshot;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The files of a folder with this ending, in order.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join(folder)).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut found: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|end| end == ending)).collect();
    found.sort();
    found
}

/// The first cells of a table's rows in the guide's page of themes, without their marks.
fn rows(anchor: &str) -> BTreeMap<String, String> {
    let page = read("docs/content/09-themes.md");
    let part = page.split(&format!("{{#{anchor}}}")).nth(1).and_then(|rest| rest.split("\n## ").next()).expect("the part of the guide");
    let rows = part.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('|'));
    rows.map(|(name, rest)| (name.trim().trim_end_matches('`').to_owned(), rest.to_owned())).collect()
}

/// The tokens of a theme and what they are.
fn tokens(theme: &str) -> BTreeMap<String, String> {
    let text = read(&format!("themes/{theme}/static/tokens.css"));
    let lines = text.lines().filter_map(|line| line.trim().strip_prefix("--")?.split_once(':'));
    lines.map(|(name, value)| (format!("--{name}"), value.trim().trim_end_matches(';').to_owned())).collect()
}

#[test]
fn the_guide_tells_every_token() {
    let told: BTreeSet<String> = rows("tokens").into_keys().collect();
    let there: BTreeSet<String> = tokens("default").into_keys().collect();
    assert_eq!(told, there, "the table of tokens in docs/content/09-themes.md, and themes/default/static/tokens.css");
}

#[test]
fn the_guide_tells_every_script() {
    let told: BTreeSet<String> = rows("static").into_keys().collect();
    let scripts = files("themes/default/static", "js");
    let there = scripts.iter().filter_map(|path| Some(path.file_name()?.to_str()?.to_owned())).collect();
    assert_eq!(told, there, "the table of scripts in docs/content/09-themes.md, and themes/default/static/");
}

#[test]
fn every_token_is_used_and_every_name_that_is_used_is_there() {
    let style: String = files("themes/default/static", "css").iter().map(|path| fs::read_to_string(path).expect("a text")).collect();
    let tokens = tokens("default");
    let used: BTreeSet<&str> = style.split("var(").skip(1).filter_map(|rest| rest.split([')', ',']).next()).collect();
    let unused: Vec<&String> = tokens.keys().filter(|name| !used.contains(name.as_str())).collect();
    assert!(unused.is_empty(), "no style uses {unused:?}");
    let unknown: Vec<&&str> = used.iter().filter(|name| !style.contains(&format!("{name}:"))).collect();
    assert!(unknown.is_empty(), "no style sets {unknown:?}");
}

#[test]
fn the_plain_theme_has_every_token() {
    let names = |theme| tokens(theme).into_keys().collect::<Vec<_>>();
    assert_eq!(names("plain"), names("default"));
}

/// How light a colour is, as the guidelines for accessible pages reckon it.
fn luminance(colour: &str) -> f64 {
    let digits = colour.trim_start_matches('#');
    let wide: String = if digits.len() == 3 { digits.chars().flat_map(|one| [one, one]).collect() } else { digits.to_owned() };
    let part = |at: usize| {
        let value = f64::from(u8::from_str_radix(&wide[at..at + 2], 16).unwrap_or_else(|_| panic!("`{colour}` is no colour"))) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4)
}

/// A token in the light scheme (0) or in the dark one (1).
fn colour(tokens: &BTreeMap<String, String>, name: &str, scheme: usize) -> String {
    let value = tokens.get(name).unwrap_or_else(|| panic!("there is no token `{name}`"));
    if let Some(other) = value.strip_prefix("var(").and_then(|rest| rest.strip_suffix(')')) {
        return colour(tokens, other, scheme);
    }
    match value.strip_prefix("light-dark(").and_then(|rest| rest.strip_suffix(')')) {
        Some(pair) => pair.split(", ").nth(scheme).unwrap_or_else(|| panic!("`{name}` has two colours: {value}")).to_owned(),
        None => value.clone(),
    }
}

#[test]
fn colours_can_be_told_apart() {
    let mut wrong = Vec::new();
    for theme in ["default", "plain"] {
        let tokens = tokens(theme);
        let code = (1..=5).map(|number| format!("--code-{number}"));
        let texts: Vec<String> = ["--ink", "--soft", "--rubric", "--warn", "--calm"].map(str::to_owned).into_iter().chain(code).collect();
        let mut pairs: Vec<(&str, &str, f64)> = vec![("--ink", "--mark", 4.5), ("--soft", "--mark", 4.5), ("--rubric", "--mark", 4.5)];
        pairs.extend(texts.iter().flat_map(|text| ["--paper", "--panel", "--sheet"].map(|ground| (text.as_str(), ground, 4.5))));
        let series: Vec<String> = (1..=6).map(|number| format!("--chart-{number}")).collect();
        pairs.extend(series.iter().map(|name| (name.as_str(), "--paper", 3.0)));
        for (text, ground, least) in pairs {
            for (scheme, word) in ["light", "dark"].iter().enumerate() {
                let [one, two] = [text, ground].map(|name| luminance(&colour(&tokens, name, scheme)) + 0.05);
                let contrast = one.max(two) / one.min(two);
                if contrast < least {
                    wrong.push(format!("{theme}, {word}: {text} on {ground} has {contrast:.2}:1, not {least}:1"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The Henan briefing in a theme that the program brings along.
fn henan(theme: &str) -> (Built, Snapshot) {
    let own = Snapshot::read(root(), &["content"]);
    let mut texts: Vec<(String, Vec<u8>)> = own.below("content").map(|(path, bytes)| (path.to_string(), bytes.to_vec())).collect();
    let settings = read("postil.toml");
    texts.push(("postil.lock".to_owned(), read("postil.lock").into_bytes()));
    texts.push(("postil.toml".to_owned(), format!("theme = \"{theme}\"\n{settings}").into_bytes()));
    let snapshot = Snapshot::of(texts);
    (build(&snapshot, &Options { strict: true, ..Options::default() }, &Nothing, &|_| {}), snapshot)
}

/// Where the links of each page lead, in order of address.
fn links(site: &Site) -> BTreeMap<String, BTreeSet<String>> {
    let selector = scraper::Selector::parse("main a[href]").expect("a selector");
    let of = |page: &scraper::Html| page.select(&selector).filter_map(|link| link.attr("href").map(str::to_owned)).collect();
    site.pages().map(|(path, page)| (path.to_owned(), of(&page))).collect()
}

#[test]
fn the_plain_theme_shows_the_same_briefing() {
    let (default, _) = henan("default");
    let (plain, snapshot) = henan("plain");
    assert!(plain.diagnostics.is_empty(), "{}", lines(&plain.diagnostics, &snapshot).join("\n"));
    let [default, plain] = [&default, &plain].map(|built| Site::of(&built.files));
    assert_eq!(plain.faults(), [""; 0]);
    assert!(links(&default) == links(&plain), "every page leads to the same places");
    // What it replaces is replaced, and nothing else.
    let differing: BTreeSet<&str> = default.paths().filter(|path| default.text(path).ok() != plain.text(path).ok()).collect();
    assert_eq!(differing.into_iter().collect::<Vec<_>>(), ["index.html", "static/tokens.css"]);
}

/// How many bytes go over the wire, as servers compress what they send.
fn sent(bytes: &[u8]) -> usize {
    let params = brotli::enc::BrotliEncoderParams { quality: 5, ..Default::default() };
    let mut sent = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut sent, &params).expect("memory takes all");
    sent.len()
}

#[test]
fn all_scripts_together_are_small() {
    let scripts = files("themes/default/static", "js");
    let bytes: usize = scripts.iter().map(|path| sent(&fs::read(path).expect("a script"))).sum();
    assert!(bytes <= 8 * 1024, "all scripts together are {bytes} bytes over the wire");
}

/// The words of the Henan briefing without its marks, in its order.
fn prose() -> Vec<String> {
    let (default, _) = henan("default");
    let words = scraper::Selector::parse(".body p").expect("a selector");
    let site = Site::of(&default.files);
    let texts = site.pages().flat_map(|(_, page)| page.select(&words).map(|text| text.text().collect::<String>()).collect::<Vec<_>>());
    let plain = |word: &str| word.chars().filter(|one| one.is_alphanumeric() || matches!(one, '.' | ',' | '-' | '%')).collect::<String>();
    texts.flat_map(|text| text.split_whitespace().map(plain).collect::<Vec<_>>()).filter(|word| !word.is_empty()).collect()
}

#[test]
fn a_long_page_with_many_notes_is_light() {
    const WORDS: usize = 10_000;
    const NOTES: usize = 150;
    const IN_NOTE: usize = 20;
    let all = prose();
    assert!(all.len() > 12_000, "{} words are too few to write a long page", all.len());
    let in_text = WORDS - NOTES * IN_NOTE;
    let (text, notes) = all.split_at(in_text);
    let mut page = "+++\ntitle = \"Long\"\n+++\n\n".to_owned();
    for (number, paragraph) in text.chunks(in_text / NOTES).take(NOTES).enumerate() {
        page.push_str(&format!("{}[^n{number}]\n\n", paragraph.join(" ")));
    }
    for (number, note) in notes.chunks(IN_NOTE).take(NOTES).enumerate() {
        page.push_str(&format!("[^n{number}]: {}\n\n", note.join(" ")));
    }
    let built = build(&Snapshot::of([("content/long.md", page)]), &Options::default(), &Nothing, &|_| {});
    let file = |path: &str| built.files.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("there is no {path}"));
    let html = String::from_utf8_lossy(&file("long/index.html").bytes).into_owned();
    assert_eq!(html.matches("class=\"sidenote\"").count(), NOTES);
    let loaded = html.split('"').filter(|part| part.starts_with("../static/") && (part.ends_with(".css") || part.ends_with(".js")));
    let beside: Vec<(String, usize)> = loaded.map(|path| (path.to_owned(), sent(&file(path.trim_start_matches("../")).bytes))).collect();
    assert!(beside.len() > 5, "{beside:?}");
    let whole = sent(html.as_bytes()) + beside.iter().map(|(_, bytes)| bytes).sum::<usize>();
    assert!(whole <= 60 * 1024, "{whole} bytes over the wire, {} of them the page itself; beside it {beside:?}", sent(html.as_bytes()));
}
