//! Laws that hold for any input: nothing panics, equal input gives equal bytes, every link leads somewhere.

mod common;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use common::briefing::{Plan, plans};
use common::law::holds;
use common::site::{Site, ids};
use common::{build, check, lines};
use postil::output::OutFile;
use postil::read::snapshot::Snapshot;
use postil::text::Severity;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// A run of a few hundred bytes that takes longer than this hangs.
const PATIENCE: Duration = Duration::from_secs(10);

/// What authors write, in pieces that need not fit.
const PIECES: &[&str] = &[
    "[@a]",
    "[@a, p. 3; ",
    "[-@",
    "[@",
    "]",
    "[[",
    "]]",
    "[[a|b]]",
    "[[a\\|b]]",
    "![[fig:f]]",
    "![[",
    "](",
    ")",
    "](term:a)",
    "](#a)",
    "[[claim:c]]",
    "[[note:n]]",
    "[[ent:e]]",
    "[x](claim:c)",
    "[x](note:n)",
    "[^n]",
    "[^n]:",
    "[^",
    "[@a]: x",
    "> ",
    "> — [@a]",
    "> [!CORRECTION 2024-05-01]",
    "> [!NOTE]",
    "|",
    "| - |",
    "---",
    "\n",
    "\n\n",
    "\n",
    "```rust\n",
    "~~~",
    "    ",
    "\t",
    "**",
    "*",
    "_",
    "~~",
    "`",
    "# ",
    "### ",
    "{#a}",
    "{onclick=x}",
    "- ",
    "1. ",
    "- [x] ",
    "<b>",
    "</b>",
    "<div title=\"",
    "\">",
    "<script>",
    "<!--",
    "-->",
    "<https://a.b>",
    "javascript:x",
    "&#x202e;",
    "&amp;",
    "\\",
    "\u{202e}",
    "\u{0}",
    "\u{fdd0}0\u{fdd1}",
    "\u{f8f0}9\u{f8f1}",
    "\u{feff}",
    "。",
    "，后",
    "“",
    "中",
    "é",
    "e\u{301}",
    "🙂",
    "a",
    "x y",
    "$5",
    "+++",
    "\r\n",
    "\r",
];

/// What stands in front matter and registers, in pieces that need not fit.
const KEYS: &[&str] = &[
    "title",
    "date",
    "authors",
    "sources",
    "terms",
    "figures",
    "claims",
    "notes",
    "entities",
    "id",
    "term",
    "definition",
    "statement",
    "kind",
    "value",
    "rows",
    "columns",
    "quote",
    "see",
    "forms",
    "=",
    ":",
    " ",
    "\n",
    "\n",
    "\n  ",
    "\n- ",
    "[[",
    "]]",
    "[",
    "]",
    "{",
    "}",
    ",",
    "\"",
    "'",
    "\"\"\"",
    "\"a\"",
    "2024-05-01",
    "7",
    "-1.5e9",
    "true",
    "~",
    "&a",
    "*a",
    "<<",
    "|",
    ">",
    "#",
    "?",
    "!!int",
    "...",
    "---",
    "\u{0}",
    "中",
    "@report{",
    "@string{",
    "author",
    " and ",
    "\\",
    "%",
    "a.b",
    ";",
];

fn soup(pieces: &'static [&'static str], most: usize) -> impl Strategy<Value = String> {
    let piece = prop_oneof![6 => select(pieces).prop_map(str::to_owned), 1 => "\\PC{0,6}"];
    vec(piece, 0..most).prop_map(|pieces| pieces.concat())
}

/// Checks and builds a snapshot; says what was wrong with that.
fn survives(snapshot: &Snapshot) -> Result<(), String> {
    let start = Instant::now();
    let built = build(snapshot);
    let checked = check(snapshot);
    if start.elapsed() > PATIENCE {
        return Err(format!("it took {:?}", start.elapsed()));
    }
    if let Some(line) = lines(&built.diagnostics, snapshot).iter().find(|line| line.contains("[template]")) {
        return Err(line.clone());
    }
    let of_checking: Vec<_> = checked.iter().filter(|one| one.severity == Severity::Error).collect();
    if of_checking.is_empty() == built.files.is_empty() {
        return Err(format!("{} errors, and yet {} files", of_checking.len(), built.files.len()));
    }
    // Raw HTML may take a passage away that other pages lead to; that is warned of.
    let cleaned = built.diagnostics.iter().any(|one| one.rule.name == "raw-html");
    let faults = Site::of(&built.files).faults();
    if faults.is_empty() || cleaned { Ok(()) } else { Err(faults.join("\n")) }
}

#[test]
fn any_markdown_is_read() {
    holds(250, &soup(PIECES, 60), |body| {
        let text =
            format!("+++\ntitle = \"A\"\n[[terms]]\nid = \"a\"\nterm = \"t\"\ndefinition = \"d\"\n[[sources]]\nid = \"a\"\n+++\n{body}");
        survives(&Snapshot::of([("content/a.md", text.as_str())]))?;
        // As a text of a record, the same words go another way.
        let record = format!("id,term,definition\nt,term,\"{}\"\n", body.replace('"', "\"\""));
        survives(&Snapshot::of([("content/terms.csv", record.as_str()), ("content/a.md", "---\ntitle: A\n---\n[[t]]")]))
    });
}

#[test]
fn any_front_matter_is_read() {
    holds(250, &soup(KEYS, 60), |front| {
        for fence in ["+++", "---"] {
            let text = format!("{fence}\n{front}\n{fence}\nText [@a].\n");
            survives(&Snapshot::of([("content/a.md", text.as_str()), ("postil.toml", "")]))?;
        }
        survives(&Snapshot::of([("content/a.md", "---\ntitle: A\n---\n"), ("postil.toml", front.as_str())]))
    });
}

#[test]
fn any_register_is_read() {
    let texts = prop_oneof![2 => soup(KEYS, 60).prop_map(String::into_bytes), 1 => vec(any::<u8>(), 0..200)];
    let figure = "---\ntitle: A\nfigures:\n- {id: f, kind: table, title: T, data: d.json}\n- {id: g, kind: svg, title: T, src: p.svg}\n---\n![[fig:f]]\n";
    holds(150, &texts, |bytes| {
        let names =
            ["sources.bib", "sources.json", "sources.csv", "terms.csv", "claims.csv", "figures.toml", "d.json", "d.tsv", "p.svg", "p.png"];
        for name in names {
            let page: (&str, &[u8]) = ("content/a.md", figure.as_bytes());
            survives(&Snapshot::of([page, (&format!("content/{name}"), bytes.as_slice())]))?;
        }
        Ok(())
    });
}

#[test]
fn a_broken_entry_of_bibtex_loses_only_itself() {
    holds(100, &(0..4_usize, soup(KEYS, 12)), |(broken, junk)| {
        let entry = |number| {
            let junk = if number == broken { junk.as_str() } else { "" };
            format!("@report{{e{number},\n  title = {{Title}} {junk}\n}}\n")
        };
        let register: String = (0..4).map(entry).collect();
        let snapshot = Snapshot::of([
            ("content/sources.bib", register.as_str()),
            ("content/a.md", "---\ntitle: A\n---\n[@e0; @e1; @e2; @e3; @other]\n"),
        ]);
        let found = lines(&check(&snapshot), &snapshot);
        let unknown: Vec<&String> = found.iter().filter(|line| line.contains("[unknown-source]")).collect();
        // What is broken may hold anything, also the name of the source that nobody declares.
        let fits = unknown.len() <= 1 && unknown.iter().all(|line| line.contains("`other`"));
        if fits { Ok(()) } else { Err(format!("{register}\n{}", found.join("\n"))) }
    });
}

/// The files of a briefing in which everything fits.
fn valid(snapshot: &Snapshot) -> Result<Vec<OutFile>, String> {
    let built = build(snapshot);
    let found = lines(&built.diagnostics, snapshot);
    let errors: Vec<&String> = found.iter().filter(|line| line.contains(" error[")).collect();
    if errors.is_empty() { Ok(built.files) } else { Err(format!("{errors:?}")) }
}

#[test]
fn every_link_of_a_valid_briefing_leads_somewhere_and_ids_are_unique() {
    holds(60, &plans(), |plan| {
        let faults = Site::of(&valid(&plan.snapshot())?).faults();
        if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
    });
}

#[test]
fn equal_input_gives_equal_bytes_on_any_number_of_threads() {
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
    let (one, four) = (pool(1), pool(4));
    holds(15, &plans(), |plan| {
        let snapshot = plan.snapshot();
        let built = [valid(&snapshot)?, valid(&snapshot)?, one.install(|| valid(&snapshot))?, four.install(|| valid(&snapshot))?];
        let names = ["again", "on one thread", "on four threads"];
        match built[1..].iter().zip(names).find(|(files, _)| **files != built[0]) {
            Some((_, name)) => Err(format!("built {name}, the site is another")),
            None => Ok(()),
        }
    });
}

/// The anchors of each page, without those of lists that a new section may add to.
fn anchors(files: &[OutFile]) -> BTreeMap<String, Vec<String>> {
    let site = Site::of(files);
    let pages = site.pages().map(|(path, html)| {
        let ids = ids(&html).into_iter().filter(|id| !id.starts_with("at-"));
        (path.to_owned(), ids.collect())
    });
    pages.collect()
}

#[test]
fn a_new_section_moves_no_anchor_of_another() {
    let added =
        "+++\ntitle = \"New\"\n+++\n\n## Prices\n\nThe [[t0]] [@s0], [it](claim:c0), [[ent:e0]].[^a] See [[fig:f0]].\n\n[^a]: A note.\n";
    holds(30, &plans(), |plan| {
        let mut snapshot = plan.snapshot();
        let before = anchors(&valid(&snapshot)?);
        snapshot.insert("content/00-new.md", added);
        let after = anchors(&valid(&snapshot)?);
        for (page, ids) in &before {
            let known = after.get(page).ok_or_else(|| format!("{page} is gone"))?;
            let section = (0..plan.sections.len()).any(|number| *page == address(number));
            let gone: Vec<&String> = ids.iter().filter(|id| !known.contains(id)).collect();
            if !gone.is_empty() || section && ids != known {
                return Err(format!("{page}: {ids:?} became {known:?}"));
            }
        }
        Ok(())
    });
}

/// The page of a section of a plan, by the rule that the specification gives.
fn address(number: usize) -> String {
    let plain = |part: &str| postil::parse::slug(part.trim_start_matches(|one: char| one.is_ascii_digit()).trim_start_matches('-'));
    let file = Plan::file(number);
    let parts: Vec<String> = file.trim_end_matches(".md").split('/').map(plain).filter(|part| part != "index").collect();
    [parts, vec!["index.html".to_owned()]].concat().join("/")
}
