//! The explanations of the rules: each has an example that breaks its rule, and a fix that does not.
//!
//! They are read from `src/text/rules/` as files of the specification are: `## Example` and `## Fix` are cases.

mod common;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use common::case::{Case, cases};
use common::lines;
use postil::build::{self, Options};
use postil::raster::Nothing;
use postil::text::{Diagnostic, Severity, WrittenDate, rules};

/// Rules whose example no build can break, each with the reason.
const NOT_BUILT: [(&str, &str); 3] =
    [("unreadable-file", "it needs a disk"), ("dead-url", "it needs the network"), ("moved-url", "it needs the network")];
/// The day on which the examples are built.
const TODAY: &str = "2026-01-01";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/text/rules")
}

fn explanation(rule: &str) -> String {
    std::fs::read_to_string(folder().join(format!("{rule}.md"))).expect("every rule has its file: the library includes it")
}

/// What is found in the files of a case, with the findings as lines to show.
fn found(case: &Case) -> (Vec<Diagnostic>, String) {
    let snapshot = case.snapshot();
    let options = Options { today: WrittenDate::read(TODAY), ..Options::default() };
    let diagnostics = build::build(&snapshot, &options, &Nothing, &|_| {}).diagnostics;
    (diagnostics.iter().cloned().collect(), lines(&diagnostics, &snapshot).join("\n"))
}

/// What does not hold of the example and the fix of a rule.
fn faults(rule: &str) -> Vec<String> {
    let cases = cases(&explanation(rule));
    let [example, fix] = cases.as_slice() else { return vec!["it has not just `## Example` and `## Fix`".to_owned()] };
    let mut faults = Vec::new();
    let (broken, shown) = found(example);
    if !broken.iter().any(|one| one.rule.name == rule) {
        faults.push(format!("the example does not break the rule\n{shown}"));
    }
    if broken.iter().any(|one| one.rule.name != rule && one.severity == Severity::Error) {
        faults.push(format!("the example breaks another rule, too\n{shown}"));
    }
    let (left, shown) = found(fix);
    // `postil verify` writes the lock after the fix; only the lock's own example brings one.
    let locked = |one: &Diagnostic| one.rule == &rules::LOCK_OUTDATED && rule != rules::LOCK_OUTDATED.name;
    if !left.iter().all(locked) {
        faults.push(format!("the fix leaves something to mend\n{shown}"));
    }
    faults
}

#[test]
fn examples_break_their_rule_and_fixes_break_none() {
    let built = rules::ALL.iter().map(|rule| rule.name).filter(|name| !NOT_BUILT.iter().any(|(known, _)| known == name));
    let faults: Vec<String> = built.flat_map(|rule| faults(rule).into_iter().map(move |fault| format!("{rule}: {fault}"))).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn explanations_have_one_form() {
    for rule in rules::ALL {
        let text = explanation(rule.name);
        let mut inside = false;
        let outside = |line: &&str| {
            let fence = line.starts_with("```");
            inside ^= fence;
            !inside && !fence
        };
        let headings: Vec<&str> = text.lines().filter(outside).filter(|line| line.starts_with('#')).collect();
        assert_eq!(headings, ["## Example", "## Fix"], "{}", rule.name);
        let words = text.split("\n## ").next().unwrap_or_default();
        let paragraphs = words.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()).count();
        assert!((1..=3).contains(&paragraphs) && !words.contains("TODO"), "{} has {paragraphs} paragraphs", rule.name);
        assert!((18..=56).contains(&text.lines().count()), "{} has {} lines", rule.name, text.lines().count());
        let long = text.lines().find(|line| line.chars().count() > 120);
        assert_eq!(long, None, "{} has a line that is too long", rule.name);
    }
}

#[test]
fn every_explanation_is_of_a_rule() {
    let files: BTreeSet<String> = std::fs::read_dir(folder())
        .expect("the folder of explanations")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
        .collect();
    assert_eq!(files, rules::ALL.iter().map(|rule| format!("{}.md", rule.name)).collect());
}
