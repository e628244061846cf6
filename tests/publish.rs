//! What machines read: that its addresses lead somewhere, its quotations are found, its dates are those of the author.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

use common::site::{Site, ids};
use postil::build::{self, Built, Options};
use postil::output::OutFile;
use postil::publish::POLICY;
use postil::raster::Nothing;
use postil::read::snapshot::Snapshot;
use scraper::{Html, Node, Selector};
use serde_json::Value;

/// The address of the site that is looked at.
const BASE: &str = "https://example.org/briefings/henan/";

fn built(snapshot: &Snapshot) -> Built {
    let options = Options { base_url: Some(BASE.to_owned()), ..Options::default() };
    build::build(snapshot, &options, &Nothing, &|_| {})
}

/// The repository's own briefing, built once.
fn henan() -> &'static Built {
    static BUILT: OnceLock<Built> = OnceLock::new();
    BUILT.get_or_init(|| built(&Snapshot::read(Path::new(env!("CARGO_MANIFEST_DIR")), &["content", "themes"])))
}

fn text<'f>(files: &'f [OutFile], path: &str) -> &'f str {
    let file = files.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("there is no {path}"));
    std::str::from_utf8(&file.bytes).expect("a text")
}

fn json(files: &[OutFile], path: &str) -> Value {
    serde_json::from_str(text(files, path)).expect("JSON")
}

/// The graph of a page.
fn graph(html: &str) -> Value {
    let page = Html::parse_document(html);
    let script = page.select(&Selector::parse("script[type='application/ld+json']").expect("a selector")).next().expect("a graph");
    serde_json::from_str(&script.text().collect::<String>()).expect("JSON")
}

/// Every full address of this site in a text, as a path from its root and an anchor.
fn addresses(text: &str) -> BTreeSet<(String, String)> {
    let ends = |one: char| one.is_whitespace() || "\"<>()\\',}".contains(one);
    let found = text.match_indices(BASE).map(|(at, _)| {
        let rest = &text[at + BASE.len()..];
        let address = rest[..rest.find(ends).unwrap_or(rest.len())].trim_end_matches(['.', ',', ';']);
        let (path, anchor) = address.split_once('#').unwrap_or((address, ""));
        let path = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        (path, anchor.to_owned())
    });
    found.collect()
}

#[test]
fn every_address_leads_to_a_file_of_the_site() {
    let files = &henan().files;
    let paths: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let site = Site::of(files);
    let anchors: BTreeMap<String, Vec<String>> = site.pages().map(|(path, page)| (path.to_owned(), ids(&page))).collect();
    // Things of a graph that are no element of a page.
    let things = ["briefing", "data", "image", "page", "section"];
    let mut wrong = BTreeSet::new();
    let mut count = 0;
    for file in files {
        let Ok(text) = std::str::from_utf8(&file.bytes) else { continue };
        for (path, anchor) in addresses(text) {
            count += 1;
            let known = anchors.get(&path).is_some_and(|known| known.contains(&anchor));
            if !paths.contains(path.as_str()) || !(anchor.is_empty() || known || things.contains(&anchor.as_str())) {
                wrong.insert(format!("{}: {path}#{anchor}", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(count > 2_000, "{count}");
}

/// The text of a page as one finds it who selects it all.
fn read(html: &str) -> String {
    let page = Html::parse_document(html);
    let body = page.select(&Selector::parse("body").expect("a selector")).next().expect("a body");
    let silent = |name: &str| ["script", "style", "template", "noscript"].contains(&name);
    let mut out = String::new();
    for node in body.descendants() {
        let hidden = || node.ancestors().filter_map(|one| one.value().as_element()).any(|one| silent(one.name()));
        if let Node::Text(text) = node.value()
            && !hidden()
        {
            for one in text.chars() {
                let one = if one.is_ascii_whitespace() { ' ' } else { one };
                if one != ' ' || !out.ends_with(' ') {
                    out.push(one);
                }
            }
        }
    }
    out
}

#[test]
fn every_quotation_of_an_annotation_is_found() {
    let files = &henan().files;
    let annotations = json(files, "annotations.jsonld");
    let items = annotations["first"]["items"].as_array().expect("a list");
    assert!(items.len() > 500 && annotations["total"] == items.len(), "{}", items.len());
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for item in items {
        let target = &item["target"];
        let (path, _) = addresses(target["source"].as_str().expect("an address")).into_iter().next().expect("one address");
        let page = texts.entry(path.clone()).or_insert_with(|| read(text(files, &path)));
        let part = |name: &str| target["selector"][name].as_str().expect("a text");
        let quote = format!("{}{}{}", part("prefix"), part("exact"), part("suffix"));
        assert!(page.contains(&quote), "{path}: {quote:?}");
        assert!(!part("exact").trim().is_empty() && seen.insert(item["id"].to_string()), "{item}");
    }
}

#[test]
fn graphs_name_only_what_is_described() {
    let files = &henan().files;
    let (mut described, mut named) = (BTreeSet::new(), BTreeSet::new());
    for file in files.iter().filter(|file| file.path.ends_with(".html") && file.path != "404.html") {
        collect(&graph(text(files, &file.path)), &mut described, &mut named);
    }
    let dangling: Vec<&String> = named.difference(&described).collect();
    assert!(dangling.is_empty() && described.len() > 400, "{dangling:?}");
}

/// The ids of the things that are described, and of those that are only named.
fn collect(value: &Value, described: &mut BTreeSet<String>, named: &mut BTreeSet<String>) {
    match value {
        Value::Array(list) => list.iter().for_each(|one| collect(one, described, named)),
        Value::Object(members) => {
            if let Some(id) = members.get("@id").and_then(Value::as_str) {
                if members.len() == 1 {
                    named.insert(id.to_owned())
                } else {
                    described.insert(id.to_owned())
                };
            }
            members.values().for_each(|one| collect(one, described, named));
        }
        _ => {}
    }
}

/// A small site whose texts would end what holds them.
fn sharp() -> Vec<OutFile> {
    let snapshot = Snapshot::of([
        (
            "postil.toml",
            "title = \"</script><b>&\"\nauthors = [\"Lin, Wei\", \"{The Desk, London}\"]\npublisher = \"]]>\"\n[publish]\ncompress = [\"br\", \"gzip\"]\nnumber = \"R-1\"\n",
        ),
        ("content/a.md", "+++\ntitle = \"A </script> & <i>\"\nsummary = \"--> ]]> \\\"\"\ndate = \"2024-05\"\n+++\n\nText.\n"),
        ("content/b.md", "+++\ntitle = \"B\"\n+++\n\nNo date.\n"),
    ]);
    let built = built(&snapshot);
    assert!(!built.files.is_empty(), "{:?}", built.diagnostics);
    built.files
}

#[test]
fn texts_end_no_element_and_names_are_told_apart() {
    let files = sharp();
    let page = text(&files, "a/index.html");
    let graph = graph(page);
    assert_eq!(graph["@graph"][0]["headline"], "A </script> & <i>");
    assert_eq!(graph["@graph"][0]["author"][0]["familyName"], "Lin");
    assert_eq!(graph["@graph"][0]["author"][1]["name"], "The Desk, London");
    for line in [
        "<meta name=\"citation_author\" content=\"Lin, Wei\">",
        "<meta name=\"citation_author\" content=\"The Desk, London\">",
        "<meta name=\"citation_publication_date\" content=\"2024/05\">",
        "<meta name=\"citation_technical_report_institution\" content=\"]]&gt;\">",
        "<meta name=\"citation_technical_report_number\" content=\"R-1\">",
        "<meta property=\"og:type\" content=\"article\">",
        "<link rel=\"cite-as\" href=\"https://example.org/briefings/henan/a/\">",
        "<link rel=\"alternate\" href=\"index.md\" type=\"text/markdown\"",
    ] {
        assert!(page.contains(line), "{line} in\n{page}");
    }
    for path in ["feed.xml", "sitemap.xml"] {
        roxmltree::Document::parse(text(&files, path)).unwrap_or_else(|fault| panic!("{path}: {fault}"));
    }
}

#[test]
fn dates_are_those_of_the_author() {
    let files = sharp();
    let sitemap = text(&files, "sitemap.xml");
    assert!(sitemap.contains("/a/</loc><lastmod>2024-05</lastmod>") && sitemap.contains("/b/</loc></url>"), "{sitemap}");
    let feed = json(&files, "feed.json");
    assert_eq!(feed["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(feed["items"][0]["date_published"], "2024-05-01T00:00:00Z");
}

#[test]
fn packed_files_hold_what_the_others_hold() {
    let files = sharp();
    let page = text(&files, "a/index.html").as_bytes();
    let packed = |path: &str| files.iter().find(|file| file.path == path).expect("a packed file").bytes.clone();
    let mut opened = Vec::new();
    brotli::BrotliDecompress(&mut packed("a/index.html.br").as_slice(), &mut opened).expect("Brotli");
    assert!(opened == page);
    let mut opened = Vec::new();
    std::io::copy(&mut flate2::read::GzDecoder::new(packed("a/index.html.gz").as_slice()), &mut opened).expect("gzip");
    assert!(opened == page);
    assert!(!files.iter().any(|file| file.path.ends_with(".png.gz")));
}

#[test]
fn the_theme_s_files_stand_where_their_hash_says_and_the_policy_lets_them_through() {
    let files = sharp();
    let assets = common::site::assets(&files).expect("a folder");
    let page = text(&files, "a/index.html");
    assert!(page.contains(&format!("href=\"../{assets}style.css\"")) && text(&files, &format!("{assets}style.css")).len() > 1_000);
    assert!(!files.iter().any(|file| file.path == "static/style.css"), "no template of the site names it");
    let missing = text(&files, "404.html");
    assert!(missing.contains(&format!("href=\"/briefings/henan/{assets}style.css\"")), "{missing}");
    let headers = text(&files, "_headers");
    assert!(
        headers.contains(POLICY)
            && headers.contains(&format!("/briefings/henan/{assets}*\n  Cache-Control: public, max-age=31536000, immutable"))
    );
    let other = [("content/a.md", "+++\ntitle = \"A\"\n+++\n"), ("themes/default/static/style.css", "p { color: red }")];
    let other = built(&Snapshot::of(other)).files;
    assert_ne!(common::site::assets(&other), Some(assets), "other files have another folder");
}

#[test]
fn no_page_breaks_the_policy_and_the_guide_gives_it_to_servers() {
    let guide = include_str!("../docs/content/10-publishing.md");
    assert_eq!(guide.matches(POLICY).count(), 2, "for nginx and for Caddy");
    for (path, page) in Site::of(&henan().files).pages() {
        for element in common::site::elements(&page) {
            let name = element.value().name();
            let data = element.attr("type") == Some("application/ld+json");
            assert!(name != "style" && (name != "script" || data || element.attr("src").is_some()), "{path}: <{name}> in the page");
            let broken = element.value().attrs().find(|(key, _)| *key == "style" || key.starts_with("on"));
            assert!(broken.is_none(), "{path}: <{name}> has {broken:?}");
        }
    }
}

#[test]
fn a_site_that_names_its_files_by_their_plain_addresses_has_them_there() {
    let snapshot = Snapshot::of([
        ("content/a.md", "+++\ntitle = \"A\"\n+++\n"),
        ("themes/default/templates/404.html", "<main>{{ page.root }}static/own.css</main>"),
        ("themes/default/static/own.css", "p {}"),
    ]);
    let files = built(&snapshot).files;
    assert_eq!(text(&files, "static/own.css"), "p {}");
}

#[cfg(feature = "png")]
#[test]
fn every_page_has_a_card_of_the_right_size() {
    let files = &henan().files;
    let selector = Selector::parse("meta[property='og:image']").expect("a selector");
    let mut cards = BTreeSet::new();
    for (path, page) in Site::of(files).pages().filter(|(path, _)| *path != "404.html") {
        let image = page.select(&selector).next().unwrap_or_else(|| panic!("{path} has no card"));
        let card = image.attr("content").and_then(|url| url.strip_prefix(BASE)).expect("an address of this site").to_owned();
        let bytes = &files.iter().find(|file| file.path == card).unwrap_or_else(|| panic!("{card}")).bytes;
        assert_eq!((&bytes[1..4], &bytes[16..24]), (&b"PNG"[..], &[0, 0, 4, 0xb0, 0, 0, 2, 0x76][..]), "{card}");
        assert!(bytes.len() < 40_000 && cards.insert(card), "{path}: {} bytes", bytes.len());
    }
}
