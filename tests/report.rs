//! Findings as the program tells them: on the terminal and in the forms for other programs, and how it explains rules.

mod common;

use common::program::{Briefing, Run, postil, run};
use postil::text::rules;
use serde_json::Value;

/// A briefing with an error that has a place beside it, and an error and a warning that can be mended.
const SMALL: &[(&str, &str)] = &[
    ("postil.toml", "title = \"Test\"\n"),
    (
        "content/a b.md",
        "+++\ntitle = \"A\"\n\n[[sources]]\nid = \"nbs-2022\"\ntitle = \"Yearbook\"\n\n[[sources]]\nid = \"nbs-2022\"\ntitle = \"Other\"\n+++\n\n产量😀 [@NBS_2022], and @nbs-2022.\n\nMore [@nbs-2022].\n",
    ),
];

fn inside(briefing: &Briefing, args: &[&str]) -> Run {
    let mut command = postil(args);
    command.current_dir(briefing.root());
    run(command)
}

fn small(format: &str) -> Run {
    inside(&Briefing::new(SMALL), &["check", "--format", format])
}

const SUMMARY: &str = "\
2 errors, 1 warning
2 findings can be mended by `postil check --fix`
For more about each: `postil explain RULE`, such as `postil explain duplicate-id`
";

#[test]
fn text_shows_each_place_and_the_edit_that_mends_it() {
    let run = small("text");
    run.ends(1).is_silent_on_stdout();
    let findings = "\
error[duplicate-id]: the source `nbs-2022` is declared twice
 --> content/a b.md:9:6
  |
9 | id = \"nbs-2022\"
  |      ^^^^^^^^^^
  |
 ::: content/a b.md:5:6
  |
5 | id = \"nbs-2022\"
  |      ---------- it is declared here
  |
  = help: give one of them another id

error[unknown-source]: there is no source `NBS_2022`
  --> content/a b.md:13:7
   |
13 | 产量😀 [@NBS_2022], and @nbs-2022.
   |          ^^^^^^^^
   |
help: did you mean `nbs-2022`?
   |
13 - 产量😀 [@NBS_2022], and @nbs-2022.
13 + 产量😀 [@nbs-2022], and @nbs-2022.
   |

warning[naked-citation]: `@nbs-2022` without brackets is no citation
  --> content/a b.md:13:22
   |
13 | 产量😀 [@NBS_2022], and @nbs-2022.
   |                         ^^^^^^^^^
   |
   = help: write `[@nbs-2022]`
help: put it in brackets
   |
13 - 产量😀 [@NBS_2022], and @nbs-2022.
13 + 产量😀 [@NBS_2022], and [@nbs-2022].
   |

";
    assert_eq!(run.err, findings.to_owned() + SUMMARY);
}

#[test]
fn json_is_one_object_a_line() {
    let run = small("json");
    assert_eq!(run.ends(1).err, SUMMARY);
    let lines = [
        r#"{"rule":"duplicate-id","group":"references","severity":"error","message":"the source `nbs-2022` is declared twice","place":{"file":"content/a b.md","line":9,"column":6,"end_line":9,"end_column":16,"start":82,"end":92},"related":[{"place":{"file":"content/a b.md","line":5,"column":6,"end_line":5,"end_column":16,"start":34,"end":44},"text":"it is declared here"}],"help":["give one of them another id"],"fix":null}"#,
        r#"{"rule":"unknown-source","group":"references","severity":"error","message":"there is no source `NBS_2022`","place":{"file":"content/a b.md","line":13,"column":7,"end_line":13,"end_column":15,"start":127,"end":135},"related":[],"help":["did you mean `nbs-2022`?"],"fix":{"title":"write `nbs-2022`","safe":true,"edits":[{"place":{"file":"content/a b.md","line":13,"column":7,"end_line":13,"end_column":15,"start":127,"end":135},"text":"nbs-2022"}]}}"#,
        r#"{"rule":"naked-citation","group":"markup","severity":"warning","message":"`@nbs-2022` without brackets is no citation","place":{"file":"content/a b.md","line":13,"column":22,"end_line":13,"end_column":31,"start":142,"end":151},"related":[],"help":["write `[@nbs-2022]`"],"fix":{"title":"put it in brackets","safe":true,"edits":[{"place":{"file":"content/a b.md","line":13,"column":22,"end_line":13,"end_column":31,"start":142,"end":151},"text":"[@nbs-2022]"}]}}"#,
    ];
    assert_eq!(run.out.lines().collect::<Vec<_>>(), lines);
}

#[test]
fn every_field_of_the_json_has_its_description() {
    let schema = postil::cmd::report_schema();
    let defs = schema.get("$defs").and_then(Value::as_object).expect("types");
    let types = defs.values().chain([schema.as_value()]);
    let fields = types.filter_map(|one| one.get("properties")?.as_object()).flatten();
    let names: Vec<&str> = fields
        .map(|(name, field)| {
            assert!(field.get("description").is_some(), "{name}: {field}");
            name.as_str()
        })
        .collect();
    let first: Value = serde_json::from_str(small("json").out.lines().next().expect("a line")).expect("JSON");
    for key in first.as_object().expect("an object").keys() {
        assert!(names.contains(&key.as_str()), "{key}");
    }
}

#[test]
fn github_gets_its_commands() {
    let run = small("github");
    assert_eq!(run.ends(1).err, SUMMARY);
    let lines = [
        "::error file=content/a b.md,line=9,endLine=9,col=6,endColumn=16,title=duplicate-id::the source `nbs-2022` is declared twice%0Agive one of them another id",
        "::error file=content/a b.md,line=13,endLine=13,col=7,endColumn=15,title=unknown-source::there is no source `NBS_2022`%0Adid you mean `nbs-2022`?",
        "::warning file=content/a b.md,line=13,endLine=13,col=22,endColumn=31,title=naked-citation::`@nbs-2022` without brackets is no citation%0Awrite `[@nbs-2022]`",
    ];
    assert_eq!(run.out.lines().collect::<Vec<_>>(), lines);
}

#[test]
fn sarif_has_every_rule_and_every_finding() {
    let run = small("sarif");
    assert_eq!(run.ends(1).err, SUMMARY);
    let log: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!((log["version"].as_str(), log["runs"].as_array().map(Vec::len)), (Some("2.1.0"), Some(1)));
    let of_run = &log["runs"][0];
    assert_eq!(of_run["columnKind"], "unicodeCodePoints");
    assert!(of_run["originalUriBaseIds"]["%SRCROOT%"].get("uri").is_none(), "the log names no machine");
    let described = of_run["tool"]["driver"]["rules"].as_array().expect("rules");
    assert_eq!(described.len(), rules::ALL.len());
    for (rule, known) in described.iter().zip(rules::ALL) {
        assert_eq!((&rule["id"], &rule["properties"]["tags"][0]), (&known.name.into(), &known.group.name.into()));
        assert!(["warning", "error"].contains(&rule["defaultConfiguration"]["level"].as_str().expect("a level")));
        for text in ["/shortDescription/text", "/fullDescription/text", "/help/text", "/help/markdown"] {
            assert!(rule.pointer(text).and_then(Value::as_str).is_some_and(|text| !text.is_empty()), "{}: {text}", known.name);
        }
    }
    let results = of_run["results"].as_array().expect("results");
    for result in results {
        let index = result["ruleIndex"].as_u64().and_then(|index| usize::try_from(index).ok()).expect("an index");
        assert_eq!(described[index]["id"], result["ruleId"]);
    }
    let file = serde_json::json!({ "uri": "content/a%20b.md", "uriBaseId": "%SRCROOT%" });
    let region = |line, start, end| serde_json::json!({ "startLine": line, "startColumn": start, "endLine": line, "endColumn": end });
    let place = |region| serde_json::json!({ "artifactLocation": file, "region": region });
    assert_eq!(results[0]["locations"], serde_json::json!([{ "physicalLocation": place(region(9, 6, 16)) }]));
    let beside = serde_json::json!([{ "physicalLocation": place(region(5, 6, 16)), "message": { "text": "it is declared here" } }]);
    assert_eq!(results[0]["relatedLocations"], beside);
    let fix = serde_json::json!([{
        "description": { "text": "write `nbs-2022`" },
        "artifactChanges": [{
            "artifactLocation": file,
            "replacements": [{ "deletedRegion": region(13, 7, 15), "insertedContent": { "text": "nbs-2022" } }],
        }],
    }]);
    assert_eq!((&results[1]["level"], &results[1]["fixes"]), (&"error".into(), &fix));
    assert_eq!(results[1]["message"]["text"], "there is no source `NBS_2022`\ndid you mean `nbs-2022`?");
}

#[test]
fn a_fingerprint_stays_where_its_line_stays() {
    let prints = |briefing: &Briefing, args: &[&str]| {
        let log: Value = serde_json::from_str(&inside(briefing, args).out).expect("JSON");
        let results = log["runs"][0]["results"].as_array().expect("results").clone();
        results.iter().map(|one| one["partialFingerprints"]["findingHash/v1"].to_string()).collect::<Vec<_>>()
    };
    let args = ["check", "--format", "sarif"];
    let before = prints(&Briefing::new(SMALL), &args);
    let moved = Briefing::new(SMALL);
    moved.write("content/a b.md", SMALL[1].1.replacen("+++\n\n", "+++\n\nNew lines.\n\n", 1).as_bytes());
    assert_eq!(prints(&moved, &args), before);
    let root = moved.root();
    let from_above = ["check", "--format", "sarif", "--root", root.to_str().expect("UTF-8")];
    assert_eq!(prints(&moved, &from_above), before);
    moved.write("content/a b.md", SMALL[1].1.replace(", and", " and").as_bytes());
    assert_ne!(prints(&moved, &args)[1], before[1]);
}

#[test]
fn paths_begin_with_the_root_that_was_given() {
    let briefing = Briefing::new(SMALL);
    for (format, path) in
        [("json", "\"root/content/a b.md\""), ("github", "file=root/content/a b.md,"), ("sarif", "\"root/content/a%20b.md\"")]
    {
        let mut command = postil(&["check", "--format", format, "--root", "root"]);
        command.current_dir(briefing.folder.path());
        let run = run(command);
        assert!(run.ends(1).out.contains(path), "{}", run.out);
    }
}

#[test]
fn a_briefing_without_a_finding_gives_an_empty_result() {
    let briefing = Briefing::new(&[("content/index.md", "+++\ntitle = \"Cover\"\n+++\n\nWords.\n")]);
    for (format, out) in [("json", ""), ("github", "")] {
        let run = inside(&briefing, &["check", "--format", format]);
        assert_eq!((run.ends(0).out.as_str(), run.err.as_str()), (out, "nothing to mend\n"));
    }
    let run = inside(&briefing, &["check", "--format", "sarif", "--quiet"]);
    let log: Value = serde_json::from_str(&run.ends(0).out).expect("JSON");
    assert_eq!((&log["runs"][0]["results"], run.err.as_str()), (&serde_json::json!([]), ""));
}

#[test]
fn a_finding_about_no_line_is_told_in_every_form() {
    let briefing =
        Briefing::new(&[("postil.toml", "theme = \"missing\"\n"), ("content/index.md", "+++\ntitle = \"Cover\"\n+++\n\nWords.\n")]);
    briefing.write("content/b.md", b"+++\ntitle = \"\xff\"\n+++\n");
    for format in ["text", "json", "github", "sarif"] {
        let run = inside(&briefing, &["check", "--format", format]);
        assert!((run.ends(1).out.clone() + &run.err).contains("not-utf8"), "{format}");
    }
}

#[test]
fn the_author_s_mistakes_are_found_in_one_run() {
    let run = inside(&Briefing::new(MISTAKES), &["check"]);
    run.ends(1).says("content/03-broken.md:2:16");
    for (rule, place, near) in FOUND {
        let (_, finding) = run.err.split_once(&format!("error[{rule}]:")).unwrap_or_else(|| panic!("{rule} is not in:\n{}", run.err));
        let finding = finding.split("\n\n").next().unwrap_or_default();
        assert!(finding.contains(&format!("--> {place}\n")), "{rule} is not at {place}:\n{finding}");
        assert!(near.is_empty() || finding.contains(&format!("did you mean `{near}`")), "{rule} does not offer {near}:\n{finding}");
    }
    run.says(&format!("{} errors", FOUND.len()));
}

/// Rule, place, and the name that is offered.
const FOUND: &[(&str, &str, &str)] = &[
    ("unknown-key", "content/01-steel.md:3:1", "summary"),
    ("missing-data", "content/01-steel.md:19:8", "data/output.csv"),
    ("duplicate-id", "content/01-steel.md:30:6", ""),
    ("unknown-source", "content/01-steel.md:35:10", "yearbook"),
    ("unknown-term", "content/01-steel.md:35:27", "pmi"),
    ("unknown-figure", "content/01-steel.md:35:44", "output"),
    ("unknown-claim", "content/01-steel.md:35:70", "fall"),
    ("claim-mismatch", "content/01-steel.md:37:4", ""),
    ("undefined-footnote", "content/01-steel.md:37:27", ""),
    ("dead-link", "content/01-steel.md:37:39", "02-prices.md"),
    ("dead-anchor", "content/01-steel.md:37:66", "steel"),
    ("missing-image", "content/01-steel.md:41:1", "mill.svg"),
    ("front-matter", "content/03-broken.md:2:16", ""),
];

const MISTAKES: &[(&str, &str)] = &[
    ("content/index.md", "+++\ntitle = \"Cover\"\n+++\n\nWelcome to [prices](02-prices.md) and [steel](01-steel.md).\n"),
    ("content/02-prices.md", "+++\ntitle = \"Prices\"\n+++\n\n## Steel\n\nThey rose.\n"),
    ("content/03-broken.md", "+++\ntitle = \"Broken\n+++\n\nText.\n"),
    ("content/data/output.csv", "year,output\n2022,12\n"),
    ("content/mill.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n"),
    (
        "content/01-steel.md",
        r#"+++
title = "Steel"
sumary = "About steel."

[[sources]]
id = "yearbook"
title = "Statistical Yearbook"

[[terms]]
id = "pmi"
term = "purchasing index"
definition = "A survey."

[[figures]]
id = "output"
kind = "table"
title = "Output"
caption = "Output."
data = "data/outputt.csv"
sources = ["yearbook"]

[[claims]]
id = "fall"
statement = "Output fell 3.2%."
value = 3.2
unit = "%"
sources = ["yearbook"]

[[terms]]
id = "pmi"
term = "another index"
definition = "Another survey."
+++

Output [@yearbok] and the [[term:pmj]], as [[fig:outputs]] shows; it [fell](claim:fal).

It [fell 4.1%](claim:fall)[^why]; see [prices](02-prises.md) and [others](02-prices.md#steal), and [[pmi]] [@yearbook].

![[fig:output]]

![A mill](mil.svg)
"#,
    ),
];

#[test]
fn a_rule_is_explained() {
    for rule in rules::ALL {
        let run = run(postil(&["explain", rule.name]));
        run.ends(0);
        assert!(
            run.err.is_empty() && run.out.starts_with(&format!("# {}\n\n{}\n\n- Level: {}", rule.name, rule.summary, rule.level.word()))
        );
        assert!(run.out.contains(&format!("- Group: {} ", rule.group.name)) && run.out.contains(rule.explanation.trim()), "{}", run.out);
    }
}

#[test]
fn all_rules_and_those_of_a_group_are_listed() {
    let all = run(postil(&["explain"]));
    let lines: Vec<&str> = all.ends(0).out.lines().collect();
    for rule in rules::ALL {
        let words = |line: &&&str| line.split_whitespace().take(2).eq([rule.name, rule.level.word()]) && line.ends_with(rule.summary);
        assert_eq!(lines.iter().filter(words).count(), 1, "{}", rule.name);
    }
    let group = run(postil(&["explain", "references"]));
    assert!(group.ends(0).out.starts_with("references: Names that lead to records\n"), "{}", group.out);
    assert!(group.out.contains("  unknown-source ") && !group.out.contains("dead-link"), "{}", group.out);
    assert!(all.out.contains(&group.out));
}

#[test]
fn a_name_that_is_no_rule_gets_the_nearest_ones() {
    run(postil(&["explain", "unknwon-source"]))
        .ends(2)
        .is_silent_on_stdout()
        .says("there is no rule `unknwon-source`")
        .says("did you mean `unknown-source`");
    run(postil(&["explain", "xyzzy"])).ends(2).says("`postil explain` lists the rules");
}

#[test]
fn completions_know_the_rules() {
    for shell in ["bash", "zsh"] {
        assert!(run(postil(&["completions", shell])).ends(0).out.contains("citation-in-link"), "{shell}");
    }
    assert!(!run(postil(&["explain", "--help"])).ends(0).out.contains("citation-in-link"), "the help is not a list of all names");
}

#[test]
fn headings_are_bold_where_colours_are_wanted() {
    let plain = run(postil(&["explain", "bad-date"]));
    let bold = run(postil(&["explain", "bad-date", "--color", "always"]));
    assert!(!plain.ends(0).out.contains('\u{1b}') && bold.ends(0).out.starts_with("\u{1b}[1m# bad-date\u{1b}[0m\n"));
}
