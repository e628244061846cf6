//! The specification: `tests/spec/*.md` read as cases, each built through the library without a disk.
//!
//! A `##` heading is a case. A fenced block whose info string is a file's name is a file that goes in; `escaped` after
//! the name lets it write `\u{202e}`, `\xff` and `\r`. `page PATH` holds fragments, one a line, that must occur in the
//! main part of that page, and with `not:` must not; `output` names files that come out; `options` says what the build
//! is told; `diagnostics` is the exact list of what is found. `POSTIL_BLESS=1 cargo test --test spec` writes that list.
//!
//! Small files leave much to be wished for: sources that nothing cites, figures without captions. So the warnings of the
//! groups `unused`, `structure`, `figures`, `claims`, `quotations` and `terms` are compared only in a file that shows
//! them: one whose introduction, before its first case, names the groups or rules in a fenced block `rules`. Errors and
//! the warnings of all other groups are always compared.

mod common;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use common::case::cases;
use postil::text::rules;

/// Rules that no case can show, each with the reason.
const NOT_HERE: [(&str, &str); 3] = [
    ("unreadable-file", "it needs a disk; tests/cli.rs has it"),
    ("dead-url", "it needs the network"),
    ("moved-url", "it needs the network"),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec")
}

/// Declares one test for each file of the specification, and the list of them all.
macro_rules! spec {
    ($($name:ident, $file:literal;)+) => {
        const FILES: &[&str] = &[$($file),+];
        $(
            #[test]
            fn $name() {
                if let Err(wrong) = common::run::run(&folder().join($file)) {
                    panic!("{wrong}");
                }
            }
        )+
    };
}

spec! {
    front_matter, "front-matter.md";
    citations, "citations.md";
    cite_this, "cite-this.md";
    terms, "terms.md";
    figures, "figures.md";
    figure_pages, "figure-pages.md";
    charts, "charts.md";
    pictures, "pictures.md";
    claims, "claims.md";
    claims_register, "claims-register.md";
    notes, "notes.md";
    entities, "entities.md";
    links, "links.md";
    footnotes, "footnotes.md";
    quotations_and_corrections, "quotations-and-corrections.md";
    markdown, "markdown.md";
    registers, "registers.md";
    order_and_addresses, "order-and-addresses.md";
    settings, "settings.md";
    theme, "theme.md";
    kept_copies, "kept-copies.md";
    unused, "unused.md";
    structure, "structure.md";
    figures_checks, "figures-checks.md";
    claims_checks, "claims-checks.md";
    claim_values, "claim-values.md";
    names, "names.md";
    prose, "prose.md";
    own_address, "own-address.md";
    silences, "silences.md";
    lints, "lints.md";
    publish, "publish.md";
}

#[test]
fn every_file_of_the_specification_is_run() {
    let found: BTreeSet<String> = std::fs::read_dir(folder())
        .expect("the folder of the specification")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
        .collect();
    assert_eq!(found, FILES.iter().map(|file| (*file).to_owned()).collect());
}

#[test]
fn every_rule_has_a_case() {
    let mut shown: BTreeSet<String> = NOT_HERE.iter().map(|(rule, _)| (*rule).to_owned()).collect();
    for file in FILES {
        let text = std::fs::read_to_string(folder().join(file)).expect("a file of the specification");
        let findings = cases(&text).into_iter().flat_map(|case| case.diagnostics).filter(|line| !line.starts_with(' '));
        shown.extend(findings.filter_map(|line| Some(line.split_once('[')?.1.split_once("]:")?.0.to_owned())));
    }
    let missing: Vec<&str> = rules::ALL.iter().map(|rule| rule.name).filter(|name| !shown.contains(*name)).collect();
    assert!(missing.is_empty(), "no case shows the rules {missing:?}");
    let unknown: Vec<&String> = shown.iter().filter(|name| !rules::ALL.iter().any(|rule| rule.name == **name)).collect();
    assert!(unknown.is_empty(), "there are no rules {unknown:?}");
}

#[test]
fn names_of_cases_are_unique_in_their_file() {
    for file in FILES {
        let text = std::fs::read_to_string(folder().join(file)).expect("a file of the specification");
        let mut seen = BTreeSet::new();
        for case in cases(&text) {
            assert!(seen.insert(case.name.clone()), "{file}: two cases are called `{}`", case.name);
            let checks = !case.pages.is_empty() || !case.outputs.is_empty() || !case.diagnostics.is_empty();
            assert!(checks, "{file}: the case `{}` asks for nothing", case.name);
        }
    }
}
