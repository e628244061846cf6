//! The law of the memo: a build that takes what an earlier one made gives what a build from nothing gives, byte for
//! byte; and a snapshot that is read again where files changed is the one that is read anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use postil::build::{Built, Edition, Memo, Options, build, edition};
use postil::output::SiteFile;
use postil::raster::Memory;
use postil::read::snapshot::{FOLDERS, Snapshot};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::common::briefing::{Plan, plans};
use crate::common::law::holds;

/// One step of an author.
#[derive(Debug, Clone)]
enum Step {
    /// All sections become those of another plan.
    Plan(Plan),
    /// A file's text.
    Write(&'static str, String),
    /// A file goes.
    Delete(usize),
    /// A file gets another name.
    Move(usize, &'static str),
    /// A section gets another paragraph.
    Append(usize, &'static str),
}

/// What an author adds to a section: words, marks, a name that others may refer to.
const PARAGRAPHS: [&str; 7] = [
    "A sentence without a mark.",
    "A sentence with a source [@s0, p. 3] and a [term](term:t0).",
    "> Words of somebody else.\n> [@s1]",
    "## Another heading",
    "![[fig:f0]]",
    "[A picture](img/a%20b.svg), and [the first section](01-a.md).",
    "<!-- allow unused-term: it comes later -->",
];

/// Files beside the sections that matter to many pages, with texts that fit and such that do not.
const FILES: [(&str, &[&str]); 9] = [
    ("postil.toml", &["", "title = \"Other\"\n", "language = \"de\"\n[markdown]\nsmart_punctuation = true\n", "title = ["]),
    (
        "content/01-a.md",
        &["+++\ntitle = \"New\"\n+++\nText.\n", "+++\ntitle = \"New\"\ndraft = true\n+++\nText.\n", "+++\ntitle = \n+++\n"],
    ),
    ("content/02-part/index.md", &["+++\ntitle = \"Part\"\n+++\n\n# Prices\n\n[[t0]] and [@s1].\n", "---\ntitle: Part\n---\n[@nobody]\n"]),
    ("content/terms.csv", &["id,term,definition\nt0,Zero,\"It.\"\nt1,One,\"It.\"\nt2,Two,\"It.\"\n"]),
    (
        "content/sources.bib",
        &["@report{s0, title = {Other}, year = 1999}\n@report{s1, title = {One}, year = 2000}\n@report{s2, title = {Two}, year = 2000}\n"],
    ),
    ("content/img/a b.svg", &["<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"5\" height=\"3\"><script/></svg>", "no drawing"]),
    ("themes/default/templates/corrections.html", &["{{ page.title }}", "{{ page.nothing }}", "{% if %}"]),
    ("themes/default/static/own.css", &["a { color: red }", ""]),
    ("content/more.txt", &["one", "two"]),
];

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let write = (0..FILES.len(), 0..4_usize).prop_map(|(file, text)| {
        let (path, texts) = FILES[file];
        Step::Write(path, texts[text % texts.len()].to_owned())
    });
    let names = prop_oneof![Just("content/00-first.md"), Just("content/zz/last.md"), Just("content/more.txt")];
    let append = (0..40_usize, 0..PARAGRAPHS.len()).prop_map(|(file, text)| Step::Append(file, PARAGRAPHS[text]));
    let step = prop_oneof![
        4 => append,
        2 => plans().prop_map(Step::Plan),
        4 => write,
        1 => (0..40_usize).prop_map(Step::Delete),
        1 => ((0..40_usize), names).prop_map(|(file, name)| Step::Move(file, name)),
    ];
    vec(step, 1..8)
}

impl Step {
    /// Takes the step on disk. Gives the paths that it has changed.
    fn take(&self, root: &Path) -> BTreeSet<String> {
        let all: Vec<String> = Snapshot::read(root, &FOLDERS).iter().map(|(path, _)| path.to_string()).collect();
        let mut touched = BTreeSet::new();
        let mut write = |path: &str, bytes: &[u8]| {
            let file = root.join(path);
            fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            fs::write(file, bytes).expect("a file");
            touched.insert(path.to_owned());
        };
        match self {
            Self::Plan(plan) => plan.snapshot().iter().for_each(|(path, bytes)| write(path, bytes)),
            Self::Write(path, text) => write(path, text.as_bytes()),
            Self::Delete(number) | Self::Move(number, _) if !all.is_empty() => {
                let path = &all[number % all.len()];
                if let Self::Move(_, name) = self {
                    write(name, &fs::read(root.join(path)).expect("a file"));
                }
                fs::remove_file(root.join(path)).expect("a file");
                touched.insert(path.clone());
            }
            Self::Append(number, text) => {
                let sections: Vec<&String> = all.iter().filter(|path| path.ends_with(".md")).collect();
                if let Some(path) = sections.get(number % sections.len().max(1)) {
                    let old = fs::read_to_string(root.join(path)).unwrap_or_default();
                    write(path, format!("{old}\n\n{text}\n").as_bytes());
                }
            }
            _ => {}
        }
        touched
    }
}

#[test]
fn an_incremental_build_is_a_full_build() {
    holds(40, &(plans(), steps()), |(plan, steps)| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path();
        let mut snapshot = Snapshot::default();
        let mut memo = Memo::keeping();
        // Cards and bitmaps take long to draw; what they show is in their keys.
        let store = Memory::default();
        for (number, step) in std::iter::once(&Step::Plan(plan)).chain(&steps).enumerate() {
            let touched = step.take(root);
            snapshot = snapshot.refreshed(root, &FOLDERS, &touched);
            let whole = Snapshot::read(root, &FOLDERS);
            if snapshot != whole || snapshot.renewed(root, &FOLDERS) != whole {
                return Err(format!("after {step:?}, {touched:?}: the snapshot is not what is there"));
            }
            let options = Options::default();
            let full = build(&whole, &options, &store, &|_| {});
            let edition = edition(&snapshot, &options, &store, &mut memo, &|_| {});
            // A server is asked for some pages, and the next save comes before the rest is made.
            let hasty = number % 3 != 2;
            match edition {
                Ok(edition) if hasty => asked((&edition, &store), &full, number),
                Ok(edition) => {
                    let result = compared(&edition.built(&store), &full);
                    // What was written is not kept, and made again where it is asked for.
                    edition.let_go();
                    result.and_then(|()| asked((&edition, &store), &full, number))
                }
                Err(diagnostics) => compared(&Built { diagnostics, ..Built::default() }, &full),
            }
            .map_err(|fault| format!("after {step:?}: {fault}"))?;
        }
        Ok(())
    });
}

/// Some files of an edition, made alone, are those of the full build.
fn asked((edition, store): (&Edition, &Memory), full: &Built, from: usize) -> Result<(), String> {
    for file in full.files.iter().skip(from).step_by(5) {
        match edition.file(&file.path, store) {
            Some(Ok(made)) if made.hash() == file.hash && made.bytes() == file.bytes => {}
            Some(Ok(_)) => return Err(format!("{} is stale", file.path)),
            Some(Err(fault)) => return Err(format!("{} cannot be made: {fault:?}", file.path)),
            None => return Err(format!("{} is not there", file.path)),
        }
    }
    Ok(())
}

fn compared(incremental: &Built, full: &Built) -> Result<(), String> {
    if incremental.diagnostics != full.diagnostics || incremental.counts != full.counts {
        return Err(format!("other findings:\n{:?}\n{:?}", incremental.diagnostics, full.diagnostics));
    }
    let paths = |built: &Built| built.files.iter().map(|file| file.path.clone()).collect::<Vec<_>>();
    if paths(incremental) != paths(full) {
        return Err("other files".to_owned());
    }
    let stale = incremental.files.iter().zip(&full.files).find(|(one, other)| one.bytes != other.bytes);
    stale.map_or(Ok(()), |(file, _)| Err(format!("{} is stale", file.path)))
}

#[cfg(unix)]
#[test]
fn a_file_that_stands_at_two_paths_changes_at_both() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    fs::create_dir_all(root.join("content/real")).expect("a folder");
    fs::write(root.join("content/real/a.md"), "one").expect("a file");
    std::os::unix::fs::symlink("real", root.join("content/link")).expect("a link");
    let before = Snapshot::read(root, &FOLDERS);
    fs::write(root.join("content/real/a.md"), "two").expect("a file");
    let after = before.refreshed(root, &FOLDERS, &BTreeSet::from(["content/real/a.md".to_owned()]));
    assert_eq!(after.get("content/link/a.md").map(|bytes| bytes.as_slice()), Some(&b"two"[..]));
    assert_eq!(after, Snapshot::read(root, &FOLDERS));
}

#[test]
fn a_folder_comes_and_goes_with_all_that_is_in_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    fs::create_dir_all(root.join("content/part/deep")).expect("a folder");
    for path in ["content/part/a.md", "content/part/deep/b.md", "content/part-b.md"] {
        fs::write(root.join(path), path).expect("a file");
    }
    let mut snapshot = Snapshot::read(root, &FOLDERS);
    fs::rename(root.join("content/part"), root.join("content/moved")).expect("a new name");
    for paths in [["content/part", "content/moved"], ["content/moved/deep", "content/moved"]] {
        snapshot = snapshot.refreshed(root, &FOLDERS, &paths.map(str::to_owned).into());
        assert_eq!(snapshot, Snapshot::read(root, &FOLDERS));
    }
    assert!(snapshot.get("content/moved/deep/b.md").is_some() && snapshot.get("content/part-b.md").is_some());
}
