//! Runs the cases of the specification, and rewrites their findings where that is asked for.

use std::path::Path;

use postil::build::{self, Options};
use postil::raster::Nothing;
use postil::text::{Diagnostic, Severity, WrittenDate, rules};

use super::case::{Case, cases, shown};
use super::site::{Site, fold, main_part};

/// Groups whose warnings a case meets that is about something else: a file names those that it shows.
const ASIDE: [&str; 6] = ["unused", "structure", "figures", "claims", "quotations", "terms"];

/// Runs all cases of one file; says everything that does not hold.
pub fn run(path: &Path) -> Result<(), String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let shown = shown(&text);
    if let Some(name) = shown.iter().find(|name| !rules::names().any(|known| known == *name)) {
        return Err(format!("{}: there is no rule `{name}`", path.display()));
    }
    let cases = cases(&text);
    let bless = std::env::var_os("POSTIL_BLESS").is_some();
    let mut wrong = Vec::new();
    let mut blessed: Vec<(Case, Vec<String>)> = Vec::new();
    for case in cases {
        let (found, site) = outcome(&case, &shown);
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

fn outcome(case: &Case, shown: &[String]) -> (Vec<String>, Site) {
    let snapshot = case.snapshot();
    let mut options = Options::default();
    for line in &case.options {
        match line.split_once(' ').unwrap_or((line, "")) {
            ("drafts", _) => options.drafts = true,
            ("strict", _) => options.strict = true,
            ("base-url", url) => options.base_url = Some(url.to_owned()),
            ("today", date) => options.today = Some(WrittenDate::read(date).expect("a day")),
            _ => panic!("{}: there is no option `{line}`", case.name),
        }
    }
    let built = build::build(&snapshot, &options, &Nothing, &|_| {});
    let found = built.diagnostics.settle(|one| compared(one, shown).then_some(one.severity));
    (super::lines(&found, &snapshot), Site::of(&built.files))
}

/// Whether a finding belongs to what a file is about: errors always do.
fn compared(one: &Diagnostic, shown: &[String]) -> bool {
    let named = |name: &&str| shown.iter().any(|one| one == name);
    one.severity == Severity::Error || !ASIDE.contains(&one.rule.group.name) || [one.rule.name, one.rule.group.name].iter().any(named)
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
