//! The repository's own briefing: it builds without a finding, and every link of it leads somewhere.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

use common::lines;
use common::site::Site;
use postil::briefing::{Briefing, QuotedAt, Seen, Step, Verdict};
use postil::build::{self, Built, Options};
use postil::draw::{Content, csv_text};
use postil::kind::Kind;
use postil::raster::Nothing;
use postil::read::snapshot::Snapshot;
use postil::text::Diagnostics;

/// What the briefing works out itself, with the results that its register shows.
const DERIVED: [(&str, &str); 39] = [
    ("new-bodies-sum", "145 bodies"),
    ("clusters-unnamed", "5 clusters"),
    ("plans-per-chain", "1 plan for each chain"),
    ("equip-share-revenue", "18.5151%"),
    ("equip-share-value-added", "59.1716%"),
    ("clusters-floor", "7 trillion yuan"),
    ("chains-floor", "2.8 trillion yuan"),
    ("chain-average-needed", "250 billion yuan"),
    ("clusters-floor-over-gdp", "1.1838 times"),
    ("car-plants-lifetime", "4.4 million vehicles"),
    ("nev-year-over-lifetime", "45.4545%"),
    ("nev-pace-2024", "534,666.6667 vehicles"),
    ("nev-forecast-over-pace", "3.7406 times"),
    ("weihua-sway-ratio", "400 to 1"),
    ("tbm-parts-ratio", "3 times"),
    ("alliances-per-cluster", "1 alliance for each cluster"),
    ("new-bodies-and-alliances", "152 bodies"),
    ("services-per-company", "2.5 services for each company"),
    ("pilot-share-as-printed", "375%"),
    ("pilot-share", "37.5%"),
    ("projects-per-partner", "1.6 projects for each partner"),
    ("pilot-gain-points", "50 percentage points"),
    ("pilot-gain-times", "2.6667 times"),
    ("pilot-rate-against-base", "42.5 percentage points"),
    ("presses-share", "87.5%"),
    ("presses-other", "200 presses"),
    ("electrolysis-half", "50%"),
    ("superhard-growth", "2.5 times"),
    ("zmj-efficiency-low", "100%"),
    ("zmj-efficiency-high", "200%"),
    ("zmj-cost-ratio", "3 times"),
    ("smart-share", "4.2829%"),
    ("implied-growth", "3.9791%"),
    ("official-growth", "4%"),
    ("sf6-gap", "5.4393%"),
    ("tally-article", "199 claims"),
    ("tally-share", "65.3266%"),
    ("zmj-efficiency-ratio", "3.3333 times"),
    ("digital-end", "2026"),
];

/// The repository as it is checked out: the kept copies of sources are not in it.
fn snapshot() -> Snapshot {
    Snapshot::read(Path::new(env!("CARGO_MANIFEST_DIR")), &["content", "themes"])
}

/// The site, built once with warnings counted as errors.
fn built() -> &'static Built {
    static BUILT: OnceLock<Built> = OnceLock::new();
    BUILT.get_or_init(|| build::build(&snapshot(), &Options { strict: true, ..Options::default() }, &Nothing, &|_| {}))
}

fn briefing() -> Briefing {
    build::assemble(&snapshot(), &Options::default(), &|_| {}, &mut Diagnostics::default())
}

#[test]
fn it_builds_without_a_finding_and_without_the_copies() {
    assert_eq!(snapshot().below("snapshots").count(), 0);
    let found = lines(&built().diagnostics, &snapshot());
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert!(built().counts.sections > 7 && built().counts.annotations > 600, "{:?}", built().counts);
}

#[test]
fn every_link_leads_somewhere_and_ids_are_unique() {
    let faults = Site::of(&built().files).faults();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn links_hold_under_a_sub_path() {
    let moved = built().files.iter().cloned().map(|mut file| {
        file.path = format!("a/b/{}", file.path);
        file
    });
    let faults = Site::of(&moved.collect::<Vec<_>>()).faults();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_page_fetches_from_another_host() {
    let fetched = Site::of(&built().files).fetched();
    assert!(fetched.is_empty(), "{}", fetched.join("\n"));
}

#[test]
fn it_is_whole() {
    let briefing = briefing();
    let count = |kind: Kind| briefing.registry.count(kind);
    let counts = [Kind::Term, Kind::Entity, Kind::Note, Kind::Figure].map(count);
    assert_eq!(counts, [119, 86, 107, 16]);
    assert!(count(Kind::Claim) >= 199, "{}", count(Kind::Claim));
    assert_eq!(briefing.body_sections().count(), 8);
}

#[test]
fn the_cover_and_the_one_page_say_how_long_the_whole_takes_to_read() {
    let site = Site::of(&built().files);
    let time = |page: &str| {
        let text = site.text(page).expect("the page");
        let (before, _) = text.split_once(" min to read").expect("a time");
        before.rsplit('>').next().expect("a number").trim().parse::<usize>().expect("a number")
    };
    assert_eq!(time("index.html"), time("print/index.html"));
    assert!(time("index.html") > 30);
}

#[test]
fn every_figure_has_its_page_its_data_and_its_picture() {
    let briefing = briefing();
    let site = Site::of(&built().files);
    for number in briefing.registry.of(Kind::Figure) {
        let id = briefing.registry.get(number).record.id();
        let table = briefing.drawings[&number].table.as_ref().unwrap_or_else(|| panic!("`{id}` has no data"));
        let page = site.text(&format!("figures/{id}/index.html")).expect("its page");
        assert!(page.contains("<table>") && page.contains("id=\"cite\""), "{id}");
        // The file holds exactly what is drawn: a row for each of the table's.
        let csv = site.text(&format!("figures/{id}/{id}.csv")).expect("its data");
        assert_eq!(csv, csv_text(table), "{id}");
        for form in ["json", "svg"] {
            site.text(&format!("figures/{id}/{id}.{form}")).unwrap_or_else(|fault| panic!("{fault}"));
        }
        assert!(!cfg!(feature = "png") || site.paths().any(|path| path == format!("figures/{id}/{id}.png")), "{id}");
    }
}

#[test]
fn figures_are_drawn_as_what_they_are() {
    let briefing = briefing();
    let kinds: BTreeMap<&str, &str> = briefing
        .registry
        .of(Kind::Figure)
        .map(|number| (briefing.registry.get(number).record.id(), briefing.drawings[&number].class))
        .collect();
    let of = |class: &str| kinds.iter().filter(|(_, own)| **own == class).map(|(id, _)| *id).collect::<Vec<_>>();
    // Numbers that cannot be compared stay a table.
    assert_eq!(of("table"), ["before-after", "nev-counts", "pilot-base", "ranks-table", "targets-2025", "tbm-card"]);
    assert_eq!(of("timeline"), ["timeline-policy"]);
    assert_eq!(of("diagram"), ["structure-7-28-n"]);
    assert_eq!(of("chart").len(), 8);
    for number in briefing.registry.of(Kind::Figure) {
        let drawing = &briefing.drawings[&number];
        let is_drawn = matches!(drawing.content, Content::Drawn(_));
        assert_eq!(is_drawn, drawing.class != "table", "{}", briefing.registry.get(number).record.id());
    }
}

#[test]
fn every_record_is_used() {
    let briefing = briefing();
    let counted_with: BTreeSet<usize> = briefing.derived.values().flat_map(|working| &working.steps).filter_map(claim_of).collect();
    let unused: Vec<String> = (0..briefing.registry.len())
        .filter(|number| {
            briefing.uses[*number].is_empty()
                && !briefing.figures.contains_key(number)
                && !briefing.carried.contains_key(number)
                && !counted_with.contains(number)
        })
        .map(|number| briefing.registry.get(number).record.anchor())
        .collect();
    assert!(unused.is_empty(), "{} records are used nowhere: {unused:?}", unused.len());
}

fn claim_of(step: &Step) -> Option<usize> {
    match step {
        Step::Claim(number) => Some(*number),
        Step::Text(_) => None,
    }
}

#[test]
fn every_quotation_of_the_article_was_found_in_its_copy() {
    let briefing = briefing();
    let mut quoted = 0;
    for number in 0..briefing.registry.len() {
        let record = &briefing.registry.get(number).record;
        for (at, support) in record.common.sources.iter().enumerate().filter(|(_, support)| support.id.value == "outlook") {
            let Some(quote) = &support.quote else { continue };
            assert!(briefing.quotations.lock.quote("outlook", &quote.value).is_some(), "`{}`: “{}”", record.id(), quote.value);
            let verdict = briefing.quotations.verdicts.get(&QuotedAt::Record(number, at));
            assert!(matches!(verdict, Some(Verdict::Verified(Seen::First(_)))), "`{}`: {verdict:?}", record.id());
            quoted += 1;
        }
    }
    assert!(quoted > 190, "{quoted}");
    let blocks: Vec<&Verdict> =
        briefing.quotations.verdicts.iter().filter(|(at, _)| matches!(at, QuotedAt::Section(..))).map(|(_, verdict)| verdict).collect();
    assert!(!blocks.is_empty() && blocks.iter().all(|verdict| matches!(verdict, Verdict::Verified(_))), "{blocks:?}");
}

#[test]
fn what_is_worked_out_shows_its_working() {
    let briefing = briefing();
    let site = Site::of(&built().files);
    let page = site.text("claims/index.html").expect("there is a register");
    for (id, result) in DERIVED {
        let number = briefing.registry.find(Kind::Claim, id).unwrap_or_else(|| panic!("there is no claim `{id}`"));
        let working = briefing.derived.get(&number).unwrap_or_else(|| panic!("the claim `{id}` is not derived"));
        assert_eq!(working.result, result, "{id}");
        let entry = page.split(&format!("id=\"claim-{id}\"")).nth(1).unwrap_or_else(|| panic!("`{id}` has no entry"));
        let entry = entry.split("<li class=\"entry").next().unwrap_or_default();
        assert!(entry.contains("Worked out") && entry.contains(&format!(" = {result}")), "{id}: {entry}");
        for claim in working.steps.iter().filter_map(claim_of) {
            let anchor = briefing.registry.get(claim).record.anchor();
            assert!(entry.contains(&format!("#{anchor}\"")), "{id} does not lead to {anchor}");
        }
    }
    assert_eq!(briefing.derived.len(), DERIVED.len());
}
