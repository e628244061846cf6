//! `postil check --fix`: what it mends, what it leaves alone, and that it then has nothing more to do.

mod common;

use std::fs;

use common::program::{Briefing, Run};
use postil::output::rewrite;
use postil::text::{Edit, Fix, Place, Span};

const PATH: &str = "content/a.md";

/// A section with these lines of front matter and this text. Its source is cited, so that nothing else is found.
fn section(head: &str, body: &str) -> String {
    format!("+++\ntitle = \"A\"\n{head}\n[[sources]]\nid = \"nbs-2022\"\ntitle = \"Yearbook\"\n+++\n\nCited [@nbs-2022].\n\n{body}\n")
}

fn with(text: &str) -> Briefing {
    Briefing::new(&[("postil.toml", "title = \"Test\"\n"), (PATH, text)])
}

fn fix(briefing: &Briefing) -> Run {
    briefing.run(&["check", "--fix"])
}

/// Mends a section; it must then be as wanted, without a finding, and stay so.
fn mends(before: &str, after: &str) {
    let briefing = with(before);
    briefing.run(&["check", "--strict"]).ends(1).says("`postil check --fix`");
    fix(&briefing).ends(0).is_silent_on_stdout().says("content/a.md: 1 finding mended").says("nothing to mend");
    assert_eq!(briefing.read(PATH), after);
    let state = briefing.state();
    assert_eq!(fix(&briefing).ends(0).err, "nothing to mend\n");
    assert_eq!(briefing.state(), state, "what is mended is not touched again");
}

/// Mends a section both with the line ends of Unix and with those of Windows.
fn mends_each(before: &str, after: &str) {
    mends(before, after);
    mends(&before.replace('\n', "\r\n"), &after.replace('\n', "\r\n"));
}

#[test]
fn a_bidirectional_control_is_deleted() {
    mends_each(&section("", "Fell\u{202e} by 中."), &section("", "Fell by 中."));
}

#[test]
fn stars_give_way_to_the_punctuation() {
    mends_each(&section("", "**产量下降。**后来回升。"), &section("", "**产量下降**。后来回升。"));
}

#[test]
fn a_naked_key_gets_its_brackets() {
    mends_each(&section("", "It fell, as @nbs-2022 says."), &section("", "It fell, as [@nbs-2022] says."));
}

#[test]
fn a_date_is_written_in_one_way() {
    mends_each(&section("date = \"2024/5/1\"\n", "It fell."), &section("date = \"2024-05-01\"\n", "It fell."));
}

#[test]
fn an_id_is_spelt_as_it_is_declared() {
    mends_each(&section("", "It fell [see @NBS_2022, p. 3; @nbs-2022]."), &section("", "It fell [see @nbs-2022, p. 3; @nbs-2022]."));
}

#[test]
fn a_link_to_the_own_site_leads_to_the_file() {
    let text = section(
        "",
        "See [this](https://example.org/b/a/ \"again\") and [that](https://example.org/b/a/#prices).\n\n## Prices\n\nThey rose.",
    );
    let briefing = with(&text);
    briefing.write("postil.toml", b"title = \"T\"\nbase_url = \"https://example.org/b/\"\n");
    fix(&briefing).ends(0).says("content/a.md: 2 findings mended").says("nothing to mend");
    assert_eq!(briefing.read(PATH), text.replace("https://example.org/b/a/", "/a.md"));
}

#[test]
fn a_comment_that_lets_nothing_through_is_deleted() {
    let before = section("", "<!-- postil: allow heading-jump -->\n\nIt fell.");
    let briefing = with(&before);
    fix(&briefing).ends(0).says("content/a.md: 1 finding mended");
    let left = briefing.read(PATH);
    assert!(!left.contains("postil:") && left.ends_with("It fell.\n"), "{left}");
    let state = briefing.state();
    fix(&briefing).ends(0);
    assert_eq!(briefing.state(), state);
}

#[test]
fn many_findings_are_mended_in_one_run() {
    let before = section("date = \"2024/5/1\"\n", "As @nbs-2022 and [@NBS-2022] say\u{202e}, **是。**的。");
    let briefing = with(&before);
    briefing.write(
        "content/b.md",
        section("", "").replace("\n[[sources]]\nid = \"nbs-2022\"\ntitle = \"Yearbook\"", "updated = \"2024.5.1\"").as_bytes(),
    );
    fix(&briefing).ends(0).says("content/a.md: 5 findings mended").says("content/b.md: 1 finding mended").says("nothing to mend");
    assert_eq!(briefing.read(PATH), section("date = \"2024-05-01\"\n", "As [@nbs-2022] and [@nbs-2022] say, **是**。的。"));
}

#[test]
fn what_an_author_must_decide_is_left_and_reported() {
    let text = section("", "It fell [@nbs-2023], as @nbs-2022 says.");
    let briefing = with(&text);
    let run = fix(&briefing);
    run.ends(1).says("content/a.md: 1 finding mended").says("error[unknown-source]: there is no source `nbs-2023`");
    assert!(!run.err.contains("can be mended"), "{}", run.err);
    assert_eq!(briefing.read(PATH), text.replace("as @nbs-2022", "as [@nbs-2022]"));
}

#[test]
fn what_is_left_is_the_result_in_other_forms() {
    let briefing = with(&section("", "It fell [@nbs-2023], as @nbs-2022 says."));
    let run = briefing.run(&["check", "--fix", "--format", "json"]);
    run.ends(1).says("content/a.md: 1 finding mended");
    assert_eq!(run.out.lines().count(), 1);
    let left: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(left["rule"], "unknown-source");
}

#[test]
fn without_the_option_nothing_is_written() {
    let briefing = with(&section("date = \"2024/5/1\"\n", "As @nbs-2022 says."));
    let state = briefing.state();
    briefing.run(&["check"]).ends(1).says("2 findings can be mended by `postil check --fix`");
    assert_eq!(briefing.state(), state);
}

#[test]
fn a_quiet_run_mends_without_a_word() {
    let briefing = with(&section("", "As @nbs-2022 says."));
    let run = briefing.run(&["check", "--fix", "--quiet"]);
    assert_eq!((run.ends(0).out.as_str(), run.err.as_str()), ("", ""));
    assert!(briefing.read(PATH).contains("As [@nbs-2022] says."));
}

#[test]
fn a_file_that_is_not_what_was_read_is_left_alone() {
    let briefing = with("New words.\n");
    let edits = vec![Edit { place: Place::new(PATH, Span::new(0, 3)), text: "Old".to_owned() }];
    let error = rewrite(&briefing.root(), PATH, b"Other words.\n", &[&Fix::safe("", edits)]).expect_err("it differs");
    assert!(error.to_string().contains("has changed since"), "{error}");
    assert_eq!(briefing.read(PATH), "New words.\n");
}

#[cfg(unix)]
mod on_unix {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn a_link_is_left_alone() {
        let briefing = Briefing::new(&[("postil.toml", "title = \"Test\"\n"), ("content/notes/x.txt", &section("", "As @nbs-2022 says."))]);
        symlink("notes/x.txt", briefing.root().join(PATH)).expect("a link");
        let state = briefing.state();
        fix(&briefing).ends(0).says("`content/a.md` is left as it is: it is a symbolic link").says("warning[naked-citation]");
        assert_eq!(briefing.state(), state);
        assert!(fs::symlink_metadata(briefing.root().join(PATH)).expect("it is there").is_symlink());
    }

    #[test]
    fn a_file_in_a_folder_that_is_a_link_is_left_alone() {
        let briefing = with(&section("", "Words."));
        briefing.write("content/real/b.md", b"+++\ntitle = \"B\"\n+++\n\nAs @nbs-2022 says.\n");
        symlink("real", briefing.root().join("content/other")).expect("a link");
        fix(&briefing).ends(0).says("`content/other/b.md` is left as it is").says("content/real/b.md: 1 finding mended");
    }

    #[test]
    fn a_read_only_file_is_left_alone_and_the_others_are_mended() {
        let briefing = with(&section("", "As @nbs-2022 says."));
        briefing.write("content/b.md", b"+++\ntitle = \"B\"\n+++\n\nAs @nbs-2022 says.\n");
        let file = briefing.root().join(PATH);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).expect("it is ours");
        let before = briefing.read(PATH);
        fix(&briefing).ends(0).says("`content/a.md` is left as it is: it is read-only").says("content/b.md: 1 finding mended");
        assert_eq!(briefing.read(PATH), before);
    }

    #[test]
    fn permissions_are_kept_and_nothing_lies_about() {
        let briefing = with(&section("", "As @nbs-2022 says."));
        let file = briefing.root().join(PATH);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("it is ours");
        fix(&briefing).ends(0);
        assert_eq!(fs::metadata(&file).expect("it is there").permissions().mode() & 0o777, 0o640);
        assert_eq!(fs::read_dir(briefing.root().join("content")).expect("a folder").count(), 1);
    }
}
