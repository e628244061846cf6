//! The program as its users meet it: exit codes, streams, colours, options, and what it leaves on disk.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use common::program::{Briefing, gather, postil, run};

/// A briefing without a finding.
const GOOD: &[(&str, &str)] = &[
    ("postil.toml", "title = \"Test\"\n"),
    ("content/index.md", "+++\ntitle = \"Cover\"\n+++\n\nWelcome to [a](a.md).\n"),
    (
        "content/a.md",
        "+++\ntitle = \"A\"\n\n[[terms]]\nid = \"pmi\"\nterm = \"index, monthly\"\ndefinition = \"A \\\"survey\\\".\"\naliases = [\"a\", \"b\"]\n+++\n\nThe [[pmi]].\n",
    ),
];
const DEAD: (&str, &str) = ("content/b.md", "+++\ntitle = \"B\"\n+++\n\nCited [@nobody].\n");
const UNTITLED: (&str, &str) = ("content/b.md", "No title.\n");

fn with(more: (&str, &str)) -> Briefing {
    let briefing = Briefing::new(GOOD);
    briefing.write(more.0, more.1.as_bytes());
    briefing
}

#[test]
fn a_good_briefing_is_built() {
    let briefing = Briefing::new(GOOD);
    let run = briefing.run(&["build"]);
    run.ends(0).is_silent_on_stdout().says("2 sections").says("1 annotation");
    for page in ["index.html", "a/index.html", "glossary/index.html", "print/index.html", "404.html", "robots.txt"] {
        assert!(briefing.root().join("output").join(page).is_file(), "{page}");
    }
}

#[test]
fn findings_end_with_1_and_stand_on_stderr() {
    let briefing = with(DEAD);
    for command in ["check", "build"] {
        let run = briefing.run(&[command]);
        run.ends(1)
            .is_silent_on_stdout()
            .says("error[unknown-source]: there is no source `nobody`")
            .says("content/b.md:5:9")
            .says("1 error");
    }
}

#[test]
fn warnings_are_errors_only_when_strict() {
    let briefing = with(UNTITLED);
    briefing.run(&["check"]).ends(0).says("warning[missing-title]").says("1 warning");
    briefing.run(&["build"]).ends(0).says("warning[missing-title]");
    briefing.run(&["check", "--strict"]).ends(1).says("error[missing-title]");
    briefing.run(&["build", "--strict"]).ends(1).says("the site was not written");
}

#[test]
fn a_wrong_command_line_or_configuration_ends_with_2() {
    let briefing = Briefing::new(GOOD);
    briefing.run(&["buidl"]).ends(2).is_silent_on_stdout();
    briefing.run(&["build", "--nonsense"]).ends(2);
    briefing.run(&["list", "sorces"]).ends(2).says("did you mean `sources`?");
    briefing.run(&["build", "--base-url", "example.org"]).ends(2).says("no full address");
    run(postil(&[])).ends(2);
    let broken = with(("postil.toml", "titel = \"T\"\n"));
    broken.run(&["check"]).ends(2).says("did you mean `title`");
    broken.run(&["build"]).ends(2);
}

#[test]
fn a_missing_root_and_a_root_without_content_end_with_2() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let missing = folder.path().join("nothing here");
    for (root, words) in [(missing.as_path(), "nothing here"), (folder.path(), "there is no folder `content`")] {
        for command in [["check"].as_slice(), &["build"], &["list", "terms"]] {
            let mut command = postil(command);
            command.arg("--root").arg(root);
            run(command).ends(2).says(words).is_silent_on_stdout();
        }
    }
}

#[test]
fn a_failure_to_write_ends_with_3() {
    let briefing = Briefing::new(GOOD);
    briefing.write("output/mine.txt", b"not made by Postil");
    let run = briefing.run(&["build"]);
    assert!(matches!(run.code, 2 | 3), "{}: {}", run.code, run.err);
    assert_eq!(briefing.read("output/mine.txt"), "not made by Postil");
    briefing.write("file", b"");
    briefing.run(&["build", "--output", "file/below"]).ends(3);
}

#[test]
fn help_and_version_go_to_stdout() {
    for args in [["--help"].as_slice(), &["--version"], &["build", "--help"], &["completions", "bash"], &["man"]] {
        let run = run(postil(args));
        run.ends(0);
        assert!(!run.out.is_empty() && run.err.is_empty(), "{args:?}: {}", run.err);
    }
}

#[test]
fn colours_come_only_where_they_are_asked_for() {
    let briefing = with(DEAD);
    let coloured = |args: &[&str], no_color: bool| {
        let mut command = briefing.command(args);
        if no_color {
            command.env("NO_COLOR", "1");
        }
        run(command).ends(1).err.contains('\u{1b}')
    };
    assert!(!coloured(&["check"], false), "piped");
    assert!(!coloured(&["check"], true), "NO_COLOR");
    assert!(!coloured(&["check", "--color", "never"], false), "--color never");
    assert!(coloured(&["check", "--color", "always"], false), "--color always");
    assert!(coloured(&["check", "--color=always"], true), "--color always overrules NO_COLOR");
}

#[test]
fn quiet_leaves_only_errors() {
    let warned = with(UNTITLED);
    for command in ["check", "build"] {
        let run = warned.run(&[command, "--quiet"]);
        assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "", ""));
    }
    with(DEAD).run(&["check", "-q"]).ends(1).says("error[unknown-source]");
}

#[test]
fn a_new_briefing_builds_anywhere_without_a_warning() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let dir = folder.path().join("first briefing");
    let mut new = postil(&["new", "first briefing"]);
    new.current_dir(folder.path());
    run(new).ends(0).is_silent_on_stdout().says("postil build");
    assert!(!dir.join("themes").exists() && dir.join("content").is_dir() && dir.join(".gitignore").is_file());
    let mut build = postil(&["build", "--strict"]);
    build.current_dir(&dir);
    let run = run(build);
    run.ends(0);
    assert!(!run.err.contains("warning"), "{}", run.err);
    let files: Vec<postil::output::OutFile> = {
        let mut state = BTreeMap::new();
        gather(&dir.join("output"), &mut state);
        let relative = |path: &Path| path.strip_prefix(dir.join("output")).expect("below").to_str().expect("UTF-8").to_owned();
        state.into_iter().map(|(path, (bytes, _))| postil::output::OutFile::new(&relative(&path), bytes.into())).collect()
    };
    let faults = common::site::Site::of(&files).faults();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn new_refuses_a_folder_with_something_in_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("mine.txt"), "mine").expect("a file");
    run(postil(&["new", folder.path().to_str().expect("UTF-8")])).ends(2).says("is not empty");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).expect("a folder");
    run(postil(&["new", empty.to_str().expect("UTF-8")])).ends(0);
}

#[test]
fn lists_come_as_table_json_and_csv() {
    let briefing = Briefing::new(GOOD);
    let table = briefing.run(&["list", "terms"]);
    table.ends(0);
    assert!(table.err.is_empty() && table.out.contains("pmi") && table.out.contains("index, monthly"), "{}", table.out);

    let json = briefing.run(&["list", "term", "--format", "json"]);
    let records: serde_json::Value = serde_json::from_str(&json.ends(0).out).expect("JSON");
    let record = &records[0];
    assert_eq!((record["id"].as_str(), record["uses"].as_u64(), record["line"].as_u64()), (Some("pmi"), Some(1), Some(5)));
    assert_eq!(record["file"].as_str(), Some("content/a.md"));

    let csv = briefing.run(&["list", "terms", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(csv.ends(0).out.as_bytes());
    let header = reader.headers().expect("a header").clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row as long as the header")).collect();
    let cell = |name: &str| header.iter().position(|column| column == name).and_then(|at| rows[0].get(at));
    assert_eq!(rows.len(), 1);
    assert_eq!((cell("id"), cell("term"), cell("definition")), (Some("pmi"), Some("index, monthly"), Some("A \"survey\".")));
    assert_eq!((cell("aliases"), cell("uses")), (Some("a; b"), Some("1")));
}

#[test]
fn every_kind_has_a_list() {
    let briefing = Briefing::new(GOOD);
    for kind in ["sources", "terms", "figures", "claims", "notes", "entities"] {
        for format in ["table", "json", "csv"] {
            briefing.run(&["list", kind, "--format", format]).ends(0);
        }
    }
}

#[test]
fn checking_writes_nothing() {
    for briefing in [Briefing::new(GOOD), with(DEAD)] {
        let before = briefing.state();
        briefing.run(&["check"]);
        briefing.run(&["list", "terms"]);
        assert_eq!(briefing.state(), before);
        assert_eq!(fs::read_dir(briefing.folder.path()).expect("a folder").count(), 1);
    }
}

#[test]
fn broken_content_leaves_the_site_as_it_is() {
    let briefing = Briefing::new(GOOD);
    briefing.run(&["build"]).ends(0);
    let before = briefing.output();
    briefing.write(DEAD.0, DEAD.1.as_bytes());
    briefing.run(&["build"]).ends(1).says("the site was not written");
    assert_eq!(briefing.output(), before);
}

#[test]
fn a_second_build_changes_no_byte_and_no_time() {
    let briefing = Briefing::new(GOOD);
    briefing.run(&["build"]).ends(0);
    let before = briefing.output();
    briefing.run(&["build"]).ends(0).says("nothing changed");
    assert_eq!(briefing.output(), before);
    briefing.write("content/a.md", "+++\ntitle = \"A\"\n+++\n\nOther words.\n".as_bytes());
    briefing.run(&["build"]).ends(0);
    let style = before.keys().find(|path| path.ends_with("style.css")).expect("a style sheet");
    assert_eq!(briefing.output().get(style), before.get(style), "a file that is the same keeps its time");
}

#[test]
fn the_output_folder_can_be_chosen() {
    let briefing = Briefing::new(GOOD);
    briefing.run(&["build", "--output", "public/site"]).ends(0);
    assert!(briefing.root().join("public/site/index.html").is_file() && !briefing.root().join("output").exists());
    briefing.write("postil.toml", b"output = \"elsewhere\"\n");
    briefing.run(&["build"]).ends(0);
    assert!(briefing.root().join("elsewhere/index.html").is_file());
    for refused in [".", "content", "content/site"] {
        let run = briefing.run(&["build", "--output", refused]);
        assert!(matches!(run.code, 2 | 3), "{refused}: {}", run.code);
    }
}

#[test]
fn the_address_of_the_site_makes_canonical_links() {
    let briefing = Briefing::new(GOOD);
    briefing.run(&["build"]).ends(0);
    assert!(!briefing.read("output/a/index.html").contains("rel=\"canonical\""));
    briefing.run(&["build", "--base-url", "https://example.org/b/"]).ends(0);
    assert!(briefing.read("output/a/index.html").contains("<link rel=\"canonical\" href=\"https://example.org/b/a/\">"));
    assert!(briefing.read("output/index.html").contains("<link rel=\"canonical\" href=\"https://example.org/b/\">"));
    assert!(!briefing.read("output/404.html").contains("rel=\"canonical\""));
}

#[test]
fn drafts_are_built_on_demand() {
    let briefing = with(("content/b.md", "+++\ntitle = \"B\"\ndraft = true\n+++\n\nLater.\n"));
    let page = briefing.root().join("output/b/index.html");
    briefing.run(&["build", "--drafts"]).ends(0);
    assert!(page.is_file());
    briefing.run(&["build"]).ends(0).says("removed");
    assert!(!page.exists());
}

#[test]
fn a_file_that_is_not_utf_8_is_named_with_its_place() {
    let briefing = Briefing::new(GOOD);
    briefing.write("content/b.md", b"+++\ntitle = \"B\"\n+++\n\nCaf\xe9\n");
    briefing.run(&["check"]).ends(1).says("error[not-utf8]").says("content/b.md:5:4");
}

#[cfg(unix)]
mod on_unix {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn an_unreadable_file_is_named() {
        let briefing = with(("content/b.md", "+++\ntitle = \"B\"\n+++\n"));
        let file = briefing.root().join("content/b.md");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).expect("it is ours");
        // Whoever may read everything, as root may, meets no such file.
        if fs::read(&file).is_err() {
            briefing.run(&["check"]).ends(1).says("error[unreadable-file]").says("content/b.md");
        }
    }

    #[test]
    fn a_dangling_link_is_named() {
        let briefing = Briefing::new(GOOD);
        symlink("nowhere.md", briefing.root().join("content/b.md")).expect("a link");
        briefing.run(&["check"]).ends(1).says("error[unreadable-file]").says("content/b.md");
    }

    #[test]
    fn a_link_out_of_the_briefing_is_not_followed() {
        let briefing = Briefing::new(GOOD);
        let secret = briefing.folder.path().join("secret.txt");
        fs::write(&secret, "secret words").expect("a file");
        symlink(&secret, briefing.root().join("content/inside.txt")).expect("a link");
        symlink(briefing.folder.path(), briefing.root().join("content/folder")).expect("a link");
        let run = briefing.run(&["build"]);
        run.ends(1).says("error[unreadable-file]").says("content/inside.txt").says("out of the briefing");
        assert!(!run.err.contains("secret words"));
        assert!(!briefing.root().join("output").exists());
    }

    #[test]
    fn a_link_within_the_briefing_is_followed() {
        let briefing = Briefing::new(GOOD);
        briefing.write("content/data/x.csv", b"a,b\n");
        symlink("data/x.csv", briefing.root().join("content/y.csv")).expect("a link");
        briefing.run(&["build"]).ends(0);
        assert_eq!(briefing.read("output/y.csv"), "a,b\n");
    }

    #[test]
    fn a_reader_that_goes_away_is_no_failure() {
        let briefing = Briefing::new(GOOD);
        let mut command = briefing.command(&["list", "terms"]);
        let mut child = command.stdout(std::process::Stdio::piped()).spawn().expect("postil runs");
        drop(child.stdout.take());
        assert_eq!(child.wait().expect("it ends").code(), Some(0));
    }
}
