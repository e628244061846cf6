//! Bad files: some three hundred mutations of good ones, and the shapes that bring parsers down. Nothing may panic or
//! hang, and every finding has a place in a file that is there.

mod common;

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use common::{check, lines};
use postil::read::snapshot::Snapshot;
use postil::text::Diagnostics;

/// What one file may take, with an unoptimised program on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);
/// Mutations of each good file.
const EACH: u64 = 32;

/// A briefing of which every file is good, in every form that is read.
const GOOD: [(&str, &str); 10] = [
    (
        "postil.toml",
        "title = \"Good\"\nbase_url = \"https://example.org/\"\n[markdown]\nsmart_punctuation = true\n[lints]\nmissing-title = \"deny\"\n",
    ),
    (
        "content/01-a.md",
        "+++\ntitle = \"A\"\ndate = 2024-05-01\n\n[[claims]]\nid = \"c\"\nstatement = \"It *fell* by 3.2%.\"\nvalue = 3.2\nunit = \"%\"\nsources = [{ id = \"nbs\", locator = \"p. 3\", quote = \"fell\" }]\n\n\
         [[figures]]\nid = \"f\"\nkind = \"table\"\ntitle = \"F\"\ndata = \"data/f.csv\"\n+++\n\n## Prices {#p}\n\n[It fell by 3.2%](claim:c) [@nbs, p. 3], says the [[pmi]].[^n] **产量**下降，\n因为。\n\n\
         ![[fig:f]]\n\n| a | b |\n|---|--:|\n| [[pmi\\|x]] | 1 [@lin] |\n\n> Words.\n> — [@nbs]\n\n> [!CORRECTION 2024-05-01]\n> It said 30.\n\n```rust\nfn main() {}\n```\n\n[^n]: A note, see [b](02-b.md#c) and [[02-b]].\n",
    ),
    (
        "content/02-b.md",
        "---\ntitle: 能源\nauthors: [Lin, NO]\nnotes:\n  - id: n1\n    problem: \"Doubtful\"\n    about: [c]\nentities:\n  - {id: zmj, name: ZMJ, type: organisation}\n---\n\n## C\n\n[[ent:zmj]].[[note:n1]] <b>Bold</b> ![p](data/p.svg)\n",
    ),
    (
        "content/sources.bib",
        "@report{nbs, title = {Communiqu{\\'e}}, author = {{Bureau}}, date = {2022-03}, url = {https://a.b/}}\n@string{iq = \"Quarterly\"}\n@article{x, author = \"Lin, Wei and Zhou\", journal = iq, year = 2021, pages = \"3--9\"}\n",
    ),
    (
        "content/sources.json",
        "[{\"id\": \"lin\", \"type\": \"book\", \"title\": \"B\", \"author\": [{\"family\": \"Lin\", \"given\": \"W\"}], \"issued\": {\"date-parts\": [[2021, 2]]}}]",
    ),
    (
        "content/terms.csv",
        "id,term,definition,aliases,forms.zh-Hans\npmi,index,\"A survey, of firms\",a; b,指数\ngdp,product,What is made,,\n",
    ),
    ("content/claims.csv", "id,statement,value,credibility,support,sources\nd,It rose by 7.,7,2,attributed,nbs; lin\n"),
    (
        "content/terms.toml",
        "[[terms]]\nid = \"cpi\"\nterm = \"prices\"\ndefinition = \"See [[pmi]].\"\nforms = { ja = { form = \"物価\", inferred = true } }\n",
    ),
    ("content/data/f.csv", "year,output\n2021,\"1,000\"\n2022,900\n"),
    ("content/data/p.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 3 2\"><g id=\"a\"/></svg>"),
];

fn good() -> Snapshot {
    Snapshot::of(GOOD)
}

/// The good briefing with one file changed, or one more.
fn with(path: &str, bytes: &[u8]) -> Snapshot {
    let mut snapshot = good();
    snapshot.insert(path, bytes);
    snapshot
}

/// Checks a snapshot, and that each finding has a place that is there.
fn survives(name: &str, snapshot: &Snapshot) -> Diagnostics {
    let start = Instant::now();
    let found = catch_unwind(AssertUnwindSafe(|| check(snapshot))).unwrap_or_else(|_| panic!("{name}: it panicked"));
    assert!(start.elapsed() < PATIENCE, "{name}: it took {:?}", start.elapsed());
    for one in &found {
        let place = one.place.as_ref().unwrap_or_else(|| panic!("{name}: `{}` has no place", one.message));
        let bytes = snapshot.get(&place.path).unwrap_or_else(|| panic!("{name}: there is no file {}", place.path));
        assert!(place.span.start <= place.span.end, "{name}: {place:?} ends before it begins");
        assert!(place.span.end <= bytes.len(), "{name}: {place:?} is past the end, {}", bytes.len());
        if let Ok(text) = std::str::from_utf8(bytes) {
            assert!(text.is_char_boundary(place.span.start), "{name}: {place:?} is inside a character: {}", one.message);
        }
    }
    found
}

/// A small generator of numbers: the same on any machine.
struct Dice(u64);

impl Dice {
    fn next(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let most = u64::try_from(most.max(1)).expect("a length");
        usize::try_from(self.0 % most).expect("less than a length")
    }
}

/// Cuts, flips, doubles or splices bytes, up to four times.
fn mutated(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    const SIGNS: &[u8] = b"[](){}\"'`*_|#>-+=:;,.@!^&\\/~\n\r\t\0\x80\xff\xe4";
    let mut out = bytes.to_vec();
    for _ in 0..=dice.next(4) {
        let from = dice.next(out.len());
        let to = (from + 1 + dice.next(24)).min(out.len());
        match dice.next(7) {
            0 => out.truncate(from),
            1 => drop(out.drain(from..to)),
            2 if from < out.len() => out[from] ^= 1 << dice.next(8),
            3 => {
                let twice = out[from.min(to)..to].repeat(1 + dice.next(40));
                out.splice(from..from, twice);
            }
            4 => out.insert(from, SIGNS[dice.next(SIGNS.len())]),
            5 => {
                let (_, other) = GOOD[dice.next(GOOD.len())];
                let at = dice.next(other.len());
                out.splice(from..to, other.as_bytes()[at..].iter().take(40).copied());
            }
            _ => {
                let line = out.split(|one| *one == b'\n').nth(dice.next(12)).unwrap_or_default().to_vec();
                out.splice(from..from, line);
            }
        }
    }
    out
}

#[test]
fn the_good_briefing_is_good() {
    let found = check(&good());
    assert!(!found.has_errors(), "{}", lines(&found, &good()).join("\n"));
}

#[test]
fn mutations_of_good_files_are_survived() {
    let mut bad = 0;
    for (file, (path, text)) in GOOD.iter().enumerate() {
        for number in 0..EACH {
            let seed = number * 1_000_003 + u64::try_from(file).expect("a small number") * 7919 + 1;
            let bytes = mutated(text.as_bytes(), &mut Dice(seed));
            let name = format!("{path}, seed {seed}: {:?}", String::from_utf8_lossy(&bytes));
            bad += usize::from(!survives(&name, &with(path, &bytes)).is_empty());
        }
    }
    assert!(bad > 150, "only {bad} mutations were found fault with");
}

/// A section with this body.
fn section(body: &str) -> Vec<(&'static str, String)> {
    vec![("content/03-bomb.md", format!("+++\ntitle = \"Bomb\"\n+++\n\n{body}\n"))]
}

fn front(text: &str) -> Vec<(&'static str, String)> {
    let toml = format!("+++\ntitle = \"Bomb\"\n{text}\n+++\n");
    let yaml = format!("---\ntitle: Bomb\n{text}\n---\n");
    vec![("content/03-bomb.md", toml), ("content/04-bomb.md", yaml)]
}

/// So many texts in a row.
fn many(numbers: Range<usize>, one: impl Fn(usize) -> String) -> String {
    numbers.map(one).collect()
}

fn survive_all(bombs: Vec<(&str, Vec<(&'static str, String)>)>) {
    for (name, files) in bombs {
        for (path, text) in files {
            survives(&format!("{name} in {path}"), &with(path, text.as_bytes()));
        }
    }
}

const MANY: usize = 100_000;

#[test]
fn many_of_one_sign_are_survived() {
    let signs = [
        "[",
        "]",
        "[[",
        "![",
        "*",
        "_",
        "`",
        "<",
        ">",
        "~",
        "|",
        "(",
        "[a](",
        "[@",
        "[^",
        "&",
        "\\",
        "[[a|",
        "![[fig:f]]",
        "**。",
        "<b>",
        "<!--",
        "{#a}",
    ];
    survive_all(signs.iter().map(|sign| (*sign, section(&sign.repeat(MANY / sign.len())))).collect());
}

#[test]
fn many_marks_are_survived() {
    survive_all(vec![
        ("footnotes", section(&many(0..20_000, |n| format!("[^{n}]\n\n[^{n}]: note\n\n")))),
        ("marks of one footnote", section(&("[^a] ".repeat(MANY) + "\n\n[^a]: note"))),
        ("marks of no footnote", section(&"[^a] ".repeat(20_000))),
        ("footnotes without marks", section(&many(0..20_000, |n| format!("[^{n}]: note\n\n")))),
        ("headings of one name", section(&"## Same\n\n".repeat(5_000))),
        ("dead names", section(&many(0..2_000, |n| format!("[[no-{n}]] ")))),
        ("citations", section(&"[@nbs, p. 3; @lin] ".repeat(20_000))),
        ("definitions", section(&many(0..20_000, |n| format!("[a{n}]: b\n")))),
        ("corrections", section(&"> [!CORRECTION 2024-05-01]\n> x\n\n".repeat(5_000))),
        ("cells", section(&format!("{}\n{}\n{}", "|a".repeat(5_000), "|-".repeat(5_000), "|b".repeat(5_000)))),
    ]);
}

#[test]
fn deep_nesting_is_survived() {
    let deep = |open: &str, close: &str, most: usize| open.repeat(most) + "1" + &close.repeat(most);
    let items: String = many(0..400, |depth| format!("{}- a\n", "  ".repeat(depth)));
    survive_all(vec![
        ("quotations", section(&(">".repeat(10_000) + " a"))),
        ("items", section(&items)),
        ("items in one line", section(&"- ".repeat(5_000))),
        ("emphasis", section(&deep("*a _b ", "_ c*", 5_000))),
        ("elements", section(&deep("<div>", "</div>", 10_000))),
        ("arrays", front(&format!("x = {}", deep("[", "]", 50_000)))),
        ("sequences", front(&format!("x: {}", deep("[", "]", 50_000)))),
        ("mappings", front(&format!("x: {}", deep("{a: ", "}", 20_000)))),
        ("blocks", front(&many(0..2_000, |depth| format!("{}a:\n", " ".repeat(depth))))),
        ("dotted keys", front(&format!("{} = 1", ["a"; 20_000].join(".")))),
        ("JSON", vec![("content/sources.json", deep("[", "]", MANY)), ("content/data/d.json", deep("{\"a\":", "}", MANY))]),
        ("BibTeX", vec![("content/sources.bib", format!("@report{{nbs, title = {}}}", deep("{", "}", 20_000)))]),
        ("SVG", vec![("content/data/p.svg", format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{}</svg>", deep("<g>", "</g>", 20_000)))]),
    ]);
}

#[test]
fn bombs_and_huge_lines_are_survived() {
    let aliases: String = many(1..30, |n| format!("a{n}: &a{n} [*a{0},*a{0},*a{0},*a{0},*a{0},*a{0}]\n", n - 1));
    let entities: String = many(1..20, |n| format!("<!ENTITY a{n} \"&a{0};&a{0};&a{0};&a{0};\">", n - 1));
    let svg = format!("<!DOCTYPE svg [<!ENTITY a0 \"x\">{entities}]><svg xmlns=\"http://www.w3.org/2000/svg\">&a19;</svg>");
    survive_all(vec![
        ("aliases", front(&format!("a0: &a0 [x]\n{aliases}"))),
        ("entities", vec![("content/data/p.svg", svg)]),
        ("a huge word", section(&"a".repeat(4_000_000))),
        ("a huge Chinese line", section(&"产量下降，".repeat(100_000))),
        ("a huge line of code", section(&format!("```json\n[{}1]\n```", "1, ".repeat(200_000)))),
        ("a huge cell", vec![("content/terms.csv", format!("id,term,definition\nx,y,\"{}\"\n", "a ".repeat(500_000)))]),
        ("many columns", vec![("content/terms.csv", format!("id,term,definition{}\nx,y,z\n", ",a".repeat(MANY)))]),
        ("many rows", vec![("content/terms.csv", "id,term,definition\n".to_owned() + &many(0..5_000, |n| format!("t{n},t,d\n")))]),
        ("many unknown keys", front(&many(0..2_000, |n| format!("k{n} = 1\n")))),
        ("many errors of TOML", front(&"= =\n".repeat(20_000))),
        ("a huge key", front(&format!("{} = 1", "k".repeat(500_000)))),
    ]);
}

#[test]
fn names_that_lead_to_one_another_are_survived() {
    let doubled = many(1..60, |n| format!("@string{{a{n} = a{0} # a{0}}}\n", n - 1));
    let parents = many(1..60, |n| format!("@book{{a{n}, xdata = {{a{0}, a{0}, a{0}}}}}\n", n + 1));
    let chain = many(0..3_000, |n| format!("c{n},It is {n}.,{n},c{} + 1\n", n + 1));
    let circle = chain.replace("c3000", "c0");
    survive_all(vec![
        ("doubled abbreviations", vec![("content/sources.bib", format!("@string{{a0 = \"x\"}}\n{doubled}@book{{b, title = a59}}\n"))]),
        ("shared parents", vec![("content/sources.bib", parents)]),
        ("commands", vec![("content/sources.bib", format!("@book{{b, title = {{{}}}}}", "\\emph{".repeat(9_000) + &"}".repeat(9_000)))]),
        ("broken entries", vec![("content/sources.bib", "@book{b, title = {x}\n".repeat(5_000))]),
        ("signs of entries", vec![("content/sources.bib", format!("@book{{b, title = {{x}}\n{}", "@home\n".repeat(50_000)))]),
        ("formulas", vec![("content/claims.csv", format!("id,statement,value,derived\n{chain}"))]),
        ("formulas in a circle", vec![("content/claims.csv", format!("id,statement,value,derived\n{circle}"))]),
    ]);
}

#[test]
fn what_a_bibtex_file_shares_has_a_budget() {
    let long = format!("@string{{a = \"{}\"}}\n{}", "x".repeat(300_000), many(0..20, |n| format!("@book{{b{n}, title = a}}\n")));
    let children = many(0..3_000, |n| format!("@book{{b{n}, crossref = {{p}}}}\n"));
    let parent = format!("@book{{p, title = {{{}}}}}\n{children}", "x".repeat(100_000));
    for text in [long, parent] {
        let found = survives("shared", &with("content/sources.bib", text.as_bytes()));
        assert!(found.iter().any(|one| one.rule.name == "too-large"));
    }
}

#[test]
fn thousands_of_unknown_names_are_survived() {
    let known = many(0..3_000, |n| format!("@book{{source-{n:04}, title = {{T}}}}\n"));
    for unknown in ["[@sorce-", "[[sorce-", "@sorce-", "[x](#sorce-"] {
        let body = many(0..1_000, |n| format!("Words {unknown}{n:04}{}.\n\n", if unknown.contains("[[") { "]]" } else { "])" }));
        let mut snapshot = with("content/sources.bib", known.as_bytes());
        snapshot.insert("content/03-bomb.md", &section(&body)[0].1);
        survives(unknown, &snapshot);
    }
}

#[test]
fn a_file_over_its_budget_is_named_and_not_read() {
    let huge = vec![b'a'; postil::budget::TEXT_FILE + 1];
    for path in ["content/03-bomb.md", "content/terms.csv", "postil.toml", "themes/default/templates/home.html"] {
        let found = survives(path, &with(path, &huge));
        assert!(found.iter().any(|one| one.rule.name == "too-large"), "{path}");
    }
}
