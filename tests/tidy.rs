//! The house itself: floors of modules, small files that say what they are, each outside library in one room, and no
//! file, clock, environment or printing in the core.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Lines that a file may have.
const LONGEST: usize = 400;

/// Libraries that may stand in several rooms, because they carry no behaviour of their own or are one word each.
const ANYWHERE: [(&str, &str); 12] = [
    ("blake3", "one call that turns bytes into their hash"),
    ("futures_util", "adapters of streams, which the server and the object stores both give"),
    ("include_dir", "a macro that puts a folder into the program: the theme's, and that of the first briefing"),
    ("memchr", "a fast search for one byte"),
    ("rayon", "a loop in parallel reads as a loop"),
    ("schemars", "a derive on the types that users write"),
    ("serde", "a derive on the types that are read and printed"),
    ("serde_json", "values in the form that serde gives them"),
    ("strsim", "one function on two texts"),
    ("tempfile", "a file that is written before it takes its place"),
    ("tokio", "the runtime that the server and the object stores both need"),
    ("unicode_normalization", "one method on a text"),
];

/// Libraries that are named for their features alone, because another library uses them.
const FOR_THEIR_FEATURES: [(&str, &str); 1] =
    [("reqwest", "object stores speak through it; here it is told to take the provider of rustls")];

/// What only the shell may touch, by the words that it is named with.
const SHELL: [&str; 12] = [
    "std::fs",
    "std::env",
    "env::var",
    "SystemTime",
    "Instant",
    "std::net",
    "std::process",
    "println!",
    "print!",
    "eprintln!",
    "eprint!",
    "dbg!",
];

/// Rooms and files of the shell.
const OF_THE_SHELL: [&str; 7] = ["links/", "deploy/", "watch/", "read/snapshot.rs", "output/", "cmd/", "main.rs"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Rust files below a folder, by their path in it.
fn files(folder: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root().join(folder)];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a folder") {
            let path: PathBuf = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let inside = path.strip_prefix(root().join(folder)).expect("below the folder");
                let name = inside.to_str().expect("UTF-8").replace('\\', "/");
                found.insert(name, fs::read_to_string(&path).expect("a text"));
            }
        }
    }
    found
}

/// The room of a file: the folder at the top of `src`, or the file itself.
fn room(path: &str) -> &str {
    path.split('/').next().unwrap_or(path).trim_end_matches(".rs")
}

/// The lines of a file that are code of the program: no comments, and no tests.
fn code(text: &str) -> Vec<&str> {
    let tests = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    text[..tests].lines().filter(|line| !line.trim_start().starts_with("//")).collect()
}

/// Whether a line names a path that begins with these words, and not one that only ends so.
fn names(line: &str, words: &str) -> bool {
    line.match_indices(words).any(|(at, _)| !line[..at].ends_with(|one: char| one.is_alphanumeric() || one == '_' || one == ':'))
}

/// The floor of each module: `lib.rs` lists them from the ground up, and a blank line parts two floors.
fn floors() -> BTreeMap<String, usize> {
    let text = fs::read_to_string(root().join("src/lib.rs")).expect("the list of modules");
    let mut floors = BTreeMap::new();
    for (floor, group) in text.split("\n\n").enumerate() {
        let modules = group.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
        floors.extend(modules.map(|module| (module.to_owned(), floor)));
    }
    floors
}

#[test]
fn a_module_uses_only_floors_above_its_own_line() {
    let floors = floors();
    let mut wrong = Vec::new();
    for (path, text) in files("src") {
        let own = room(&path);
        let Some(floor) = floors.get(own) else {
            assert!(["lib", "main"].contains(&own), "src/{path} is in no module of the list");
            continue;
        };
        for line in code(&text) {
            for (at, _) in line.match_indices("crate::") {
                let name: String = line[at + "crate::".len()..].chars().take_while(|one| one.is_alphanumeric() || *one == '_').collect();
                let other = floors.get(&name).unwrap_or_else(|| panic!("src/{path}: `crate::{name}` is no module: {line}"));
                if name != own && other >= floor {
                    wrong.push(format!("src/{path} uses `{name}`, which is not above it: {}", line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_and_is_short() {
    let mut wrong = Vec::new();
    for folder in ["src", "tests", "benches"] {
        for (path, text) in files(folder) {
            if !text.starts_with("//! ") {
                wrong.push(format!("{folder}/{path} does not begin with `//!`"));
            }
            let lines = text.lines().count();
            if lines > LONGEST {
                wrong.push(format!("{folder}/{path} has {lines} lines"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The outside libraries of the program, as code names them.
fn libraries() -> BTreeSet<String> {
    let text = fs::read_to_string(root().join("Cargo.toml")).expect("the manifest");
    let mut inside = false;
    let mut found = BTreeSet::new();
    for line in text.lines() {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]") && !line.contains("dev-dependencies");
        } else if let Some((name, _)) = line.split_once('=').filter(|_| inside && !line.starts_with('#')) {
            found.insert(name.trim().replace('-', "_"));
        }
    }
    found
}

#[test]
fn each_outside_library_is_known_to_one_room() {
    let libraries = libraries();
    assert!(libraries.len() > 20, "{libraries:?}");
    let sources = files("src");
    let mut wrong = Vec::new();
    for library in &libraries {
        let path = format!("{library}::");
        let known: BTreeSet<&str> =
            sources.iter().filter(|(_, text)| code(text).iter().any(|line| names(line, &path))).map(|(file, _)| room(file)).collect();
        let anywhere = ANYWHERE.iter().any(|(name, _)| name == library);
        if known.is_empty() && FOR_THEIR_FEATURES.iter().any(|(name, _)| name == library) {
            continue;
        }
        if known.is_empty() {
            wrong.push(format!("`{library}` is used nowhere"));
        } else if anywhere && known.len() == 1 {
            wrong.push(format!("`{library}` needs no exception: only {known:?} knows it"));
        } else if !anywhere && known.len() > 1 {
            wrong.push(format!("`{library}` is known to {known:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_shell_reads_writes_prints_or_asks_the_clock() {
    let mut wrong = Vec::new();
    for (path, text) in files("src") {
        if OF_THE_SHELL.iter().any(|shell| path.starts_with(shell)) || path.ends_with("tests.rs") {
            continue;
        }
        for line in code(&text) {
            // What comes of these words is a type of the standard library, not an act.
            let line = line.replace("std::env!", "");
            wrong.extend(SHELL.iter().filter(|word| names(&line, word)).map(|word| format!("src/{path} names `{word}`: {}", line.trim())));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn exceptions_are_in_order_and_known() {
    assert!(ANYWHERE.is_sorted(), "in order of name");
    let libraries = libraries();
    for (name, reason) in ANYWHERE {
        assert!(libraries.contains(name) && !reason.is_empty(), "{name}");
    }
    for shell in OF_THE_SHELL {
        assert!(root().join("src").join(shell).exists(), "{shell}");
    }
}
