//! Runs the cases of the specification, and rewrites their findings where that is asked for.

use std::path::Path;

use postil::build::{self, Options};
use postil::read::snapshot::Snapshot;

use super::case::{Case, cases};
use super::site::{Site, fold, main_part};

/// Runs all cases of one file; says everything that does not hold.
pub fn run(path: &Path) -> Result<(), String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let cases = cases(&text);
    let bless = std::env::var_os("POSTIL_BLESS").is_some();
    let mut wrong = Vec::new();
    let mut blessed: Vec<(Case, Vec<String>)> = Vec::new();
    for case in cases {
        let (found, site) = outcome(&case);
        if found != case.diagnostics {
            if bless {
                blessed.push((case, found));
                continue;
            }
            wrong.push(format!("## {}\nfound:\n{}\nexpected:\n{}", case.name, found.join("\n"), case.diagnostics.join("\n")));
        }
        wrong.extend(pages(&case, &site).into_iter().map(|line| format!("## {}\n{line}", case.name)));
    }
    if !blessed.is_empty() {
        std::fs::write(path, rewritten(&text, &blessed)).map_err(|error| error.to_string())?;
    }
    if wrong.is_empty() { Ok(()) } else { Err(format!("{}\n\n{}", path.display(), wrong.join("\n\n"))) }
}

fn outcome(case: &Case) -> (Vec<String>, Site) {
    let snapshot = Snapshot::of(case.files.iter().map(|(path, bytes)| (path.as_str(), bytes)));
    let mut options = Options::default();
    for line in &case.options {
        match line.split_once(' ').unwrap_or((line, "")) {
            ("drafts", _) => options.drafts = true,
            ("strict", _) => options.strict = true,
            ("base-url", url) => options.base_url = Some(url.to_owned()),
            _ => panic!("{}: there is no option `{line}`", case.name),
        }
    }
    let built = build::build(&snapshot, &options, &|_| {});
    (super::lines(&built.diagnostics, &snapshot), Site::of(&built.files))
}

/// What does not hold of the pages and files of a case.
fn pages(case: &Case, site: &Site) -> Vec<String> {
    let mut wrong = Vec::new();
    for (path, fragments) in &case.pages {
        let main = match site.text(path) {
            Ok(text) => main_part(text),
            Err(missing) => {
                wrong.push(missing);
                continue;
            }
        };
        for line in fragments {
            let (fragment, wanted) = line.strip_prefix("not:").map_or((line.as_str(), true), |rest| (rest, false));
            if main.contains(&fold(fragment)) != wanted {
                wrong.push(format!("{path}: {} `{}` in\n{main}", if wanted { "expected" } else { "did not expect" }, fold(fragment)));
            }
        }
    }
    for line in &case.outputs {
        let (path, wanted) = line.strip_prefix("not:").map_or((line.as_str(), true), |rest| (rest.trim(), false));
        if site.paths().any(|one| one == path) != wanted {
            wrong.push(format!(
                "{} `{path}` among {:?}",
                if wanted { "expected" } else { "did not expect" },
                site.paths().collect::<Vec<_>>()
            ));
        }
    }
    wrong
}

/// The text with other findings: a block is changed where it stands, or put at the end of its case.
fn rewritten(text: &str, blessed: &[(Case, Vec<String>)]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for (case, found) in blessed.iter().rev() {
        let block = |found: &[String]| {
            let inside = found.iter().cloned();
            std::iter::once("```diagnostics".to_owned()).chain(inside).chain(std::iter::once("```".to_owned())).collect::<Vec<_>>()
        };
        match (&case.block, found.is_empty()) {
            (Some(range), true) => drop(lines.drain(range.clone())),
            (Some(range), false) => drop(lines.splice(range.clone(), block(found))),
            (None, _) => drop(lines.splice(case.end..case.end, std::iter::once(String::new()).chain(block(found)))),
        }
    }
    lines.join("\n") + "\n"
}
