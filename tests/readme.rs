//! What the texts at the top of the repository and the guide promise: the examples build, the commands are there,
//! the findings are printed like that, the links and the paths lead to something.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use common::program::Briefing;
use postil::build::{Options, build};
use postil::raster::Nothing;
use postil::read::snapshot::Snapshot;
use postil::text::Diagnostics;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

/// The texts at the top of the repository.
const TEXTS: [&str; 4] = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"];

#[test]
fn the_examples_of_the_readme_build_without_a_finding() {
    let files = example(&read("README.md"));
    assert!(!files.is_empty(), "the README has an example: a fenced block marked `markdown content/NAME.md`");
    let built = build(&Snapshot::of(files), &strict(), &Nothing, &|_| {});
    assert!(built.diagnostics.is_empty(), "{}", told(&built.diagnostics));
    assert!(!built.files.is_empty());
}

#[test]
fn the_guide_builds_without_a_finding() {
    // Its lock knows what its kept copies say, so that it builds with and without them.
    for folders in [&["content", "themes", "snapshots"][..], &["content", "themes"]] {
        let snapshot = Snapshot::read(&root().join("docs"), folders);
        let built = build(&snapshot, &strict(), &Nothing, &|_| {});
        assert!(built.diagnostics.is_empty(), "{}", told(&built.diagnostics));
        assert!(!built.files.is_empty());
    }
    assert_eq!(read(&format!("docs/{LICENCE}")), read("LICENSE-MIT"), "the copy that the guide quotes");
}

#[test]
fn findings_are_shown_as_they_are_printed() {
    let mut shown = 0;
    for path in guide().into_iter().chain([root().join("README.md")]) {
        let text = std::fs::read_to_string(&path).expect("the text is there");
        let mut files = example(&text);
        if !files.keys().any(|path| path.starts_with("content/")) {
            files.extend(starter());
        }
        for (_, finding) in blocks(&text).into_iter().filter(|(_, block)| block.starts_with("error[") || block.starts_with("warning[")) {
            let briefing = Briefing::new(&[(LICENCE, &read("LICENSE-MIT"))]);
            for (path, text) in edited(files.clone(), &finding) {
                briefing.write(&path, text.as_bytes());
            }
            let printed = briefing.run(&["check"]).err;
            assert!(printed.contains(&finding), "{} shows\n{finding}\nand this is printed:\n{printed}", path.display());
            shown += 1;
        }
    }
    assert!(shown > 4, "the texts show findings: {shown}");
}

#[test]
fn amounts_are_read_as_the_guide_says() {
    let page = read("docs/content/05-evidence.md");
    let table = page.split("{#amounts}").nth(1).and_then(|rest| rest.split("\n\n").nth(1)).expect("the table of amounts");
    for row in table.lines().skip(2) {
        let cells: Vec<Vec<String>> = row.trim_matches('|').split('|').map(spans).collect();
        let [value, unit, good, bad] = cells.as_slice() else { panic!("a row of four cells: {row}") };
        let claim = format!("statement = \"{0} {1}\"\nvalue = \"{0}\"\nunit = \"{1}\"", value[0], unit[0]);
        for (words, states) in good.iter().map(|words| (words, true)).chain(bad.iter().map(|words| (words, false))) {
            let section = format!("+++\ntitle = \"A\"\n[[claims]]\nid = \"c\"\n{claim}\n+++\n[{words}](claim:c)\n");
            let found = common::check(&Snapshot::of([("content/a.md", section)]));
            assert_eq!(found.iter().all(|one| one.rule.name != "claim-mismatch"), states, "{words}: {}", told(&found));
        }
    }
}

#[test]
fn the_commands_that_are_shown_exist() {
    let mut shown: BTreeSet<String> = BTreeSet::new();
    for path in TEXTS.iter().map(|name| root().join(name)).chain(guide()) {
        let text = std::fs::read_to_string(&path).expect("the text is there");
        let lines = blocks(&text).into_iter().flat_map(|(_, code)| code.lines().map(str::to_owned).collect::<Vec<_>>());
        let commands =
            lines.chain(spans(&text)).filter_map(|line| line.trim_start_matches("$ ").strip_prefix("postil ").map(str::to_owned));
        shown.extend(commands);
    }
    assert!(shown.len() > 5, "the texts show commands: {shown:?}");
    for command in shown {
        let words: Vec<&str> = command.split_whitespace().take_while(|word| *word != "&&").collect();
        let name = words.iter().enumerate().find(|(at, word)| !word.starts_with('-') && (*at == 0 || words[at - 1] != "--root"));
        // A program may be built without the commands that need a network.
        let without = |name: &str| {
            let needed = [("links", cfg!(feature = "links")), ("watch", cfg!(feature = "watch")), ("deploy", cfg!(feature = "deploy"))];
            needed.iter().any(|(command, there)| name == *command && !there)
        };
        let absent = |name: &str| name == "help" || without(name);
        let Some((_, name)) = name.filter(|(_, name)| !absent(name)) else { continue };
        let help = help(name).unwrap_or_else(|| panic!("`postil {command}`: there is no command `{name}`"));
        for option in words.iter().filter(|word| word.starts_with("--")) {
            let option = option.split('=').next().unwrap_or(option);
            assert!(help.contains(option), "`postil {command}`: `{name}` has no option `{option}`");
        }
    }
}

#[test]
fn relative_links_lead_to_files() {
    for name in TEXTS {
        for link in links(&read(name)) {
            let file = link.split('#').next().unwrap_or_default();
            let outside = link.contains("://") || link.starts_with("mailto:") || file.is_empty();
            assert!(outside || root().join(file).exists(), "{name} links to `{link}`, which is not there");
        }
    }
}

#[test]
fn the_paths_that_are_named_exist() {
    let tops = ["src/", "tests/", "benches/", "docs/", "content/", "themes/", ".ci/"];
    for name in TEXTS {
        for span in spans(&read(name)) {
            let is_path = tops.iter().any(|top| span.starts_with(top)) && !span.contains(['*', '<', ' ', '{']) && !span.contains("NAME");
            assert!(!is_path || root().join(&span).exists(), "{name} names `{span}`, which is not there");
        }
    }
}

/// The kept copy of the examples that quote one.
const LICENCE: &str = "snapshots/mit-licence.txt";

/// The files of a text's example: fenced blocks that name one, as in `markdown content/NAME.md`.
fn example(text: &str) -> BTreeMap<String, String> {
    let named = blocks(text).into_iter().filter_map(|(info, text)| Some((info.split_once(' ')?.1.trim().to_owned(), text)));
    let of_a_briefing = |path: &str| path.starts_with("content/") || path.starts_with("themes/") || path == "postil.toml";
    named.filter(|(path, _)| of_a_briefing(path)).collect()
}

/// The files that `postil new` makes.
fn starter() -> BTreeMap<String, String> {
    let starter = Snapshot::read(&root().join("src/cmd/starter"), &["content"]);
    let text = |(path, bytes): (&std::sync::Arc<str>, &postil::read::snapshot::Bytes)| {
        (path.to_string(), String::from_utf8(bytes.to_vec()).expect("the starter is text"))
    };
    starter.iter().map(text).collect()
}

/// The files with the lines that a finding shows: it tells by itself which edit leads to it.
fn edited(mut files: BTreeMap<String, String>, finding: &str) -> BTreeMap<String, String> {
    let mut file = "";
    for line in finding.lines() {
        let place = line.trim_start().strip_prefix("--> ").or_else(|| line.trim_start().strip_prefix("::: "));
        if let Some(path) = place.and_then(|place| place.split(':').next()) {
            file = path;
        }
        let shown = line.split_once(" | ").and_then(|(number, text)| Some((number.trim().parse::<usize>().ok()?, text)));
        if let Some(((number, text), before)) = shown.zip(files.get_mut(file)) {
            let mut lines: Vec<&str> = before.lines().collect();
            lines[number - 1] = text;
            *before = lines.join("\n") + "\n";
        }
    }
    files
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The sections of the guide.
fn guide() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join("docs/content")).expect("the guide is there");
    let paths = entries.map(|entry| entry.expect("the guide can be listed").path());
    paths.filter(|path| path.extension().is_some_and(|end| end == "md")).collect()
}

fn strict() -> Options {
    Options { strict: true, ..Options::default() }
}

fn told(diagnostics: &Diagnostics) -> String {
    let line = |one: &postil::text::Diagnostic| {
        let path = one.place.as_ref().map_or(Path::new(""), |place| Path::new(&*place.path));
        format!("{}: {}: {}\n", path.display(), one.rule.name, one.message)
    };
    diagnostics.iter().map(line).collect()
}

/// What a command says of itself; `None` where there is no such command.
fn help(command: &str) -> Option<String> {
    let program = env!("CARGO_BIN_EXE_postil");
    let output = Command::new(program).args([command, "--help"]).stdin(Stdio::null()).output().expect("the program runs");
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Fenced blocks: their info strings and their texts.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut blocks: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                inside = true;
                blocks.push((info.to_string(), String::new()));
            }
            Event::End(TagEnd::CodeBlock) => inside = false,
            Event::Text(part) if inside => {
                if let Some((_, block)) = blocks.last_mut() {
                    block.push_str(&part);
                }
            }
            _ => {}
        }
    }
    blocks
}

/// Code inside paragraphs.
fn spans(text: &str) -> Vec<String> {
    Parser::new_ext(text, pulldown_cmark::Options::ENABLE_TABLES)
        .filter_map(|event| if let Event::Code(code) = event { Some(code.to_string()) } else { None })
        .collect()
}

/// The addresses of links and images.
fn links(text: &str) -> Vec<String> {
    Parser::new_ext(text, pulldown_cmark::Options::ENABLE_TABLES)
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.to_string()),
            _ => None,
        })
        .collect()
}
