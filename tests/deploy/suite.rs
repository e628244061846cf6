//! One suite over all targets: what must hold wherever a site goes.

use crate::google;
use crate::hosts::{self, Ready};
use crate::peek::{peek, site_of};
use crate::site::{self, odd_names};

/// Holds a target to the suite; where it cannot be had, says so.
fn conforms(name: &str, ready: Ready) {
    let Some(host) = hosts::there(&format!("the suite, {name}"), ready) else { return };
    let project = host.project();
    let mut old = site::site(24, 1);
    old.extend(odd_names());
    let mut new = site::site(24, 2);
    new.extend(odd_names());

    // A place that is not there yet, or has nothing.
    project.write(&old);
    project.run(&["deploy", "--verify"]).ends(3).says("nothing was deployed");
    project.run(&["deploy", "--dry-run"]).ends(0).says("34 added");
    // A file of somebody else, before anything is deployed.
    peek(&project, &[["put", "theirs/note.txt", "mine"]]);
    project.run(&["deploy", "--verify"]).ends(3).says("nothing was deployed");
    project.run(&["deploy"]).ends(2).says("--yes");
    project.run(&["deploy", "--dry-run"]).ends(0).says("+ index.html");
    assert_eq!(site_of(&project).len(), 1, "{name}: nothing was to be done");
    let first = project.deploy().ends(0).says("34 files sent");
    let ignores = name == "s3rver" || name == "gs without conditions";
    assert_eq!(first.err.contains("takes no conditions"), ignores, "{name}: {}", first.err);
    let mut there = old.clone();
    there.insert("theirs/note.txt".to_owned(), b"mine".to_vec());
    assert_eq!(site_of(&project), there, "{name}: after the first deploy");
    project.run(&["deploy", "--verify"]).ends(0).says("34 of 34");

    // Nothing changed.
    project.run(&["deploy"]).ends(0).says("nothing was to be done");
    project.run(&["deploy", "--dry-run"]).ends(0).says("34 unchanged");

    // A new site, and back.
    project.write(&new);
    project
        .run(&["deploy", "--dry-run"])
        .ends(0)
        .says("- static/0000000001/style.css")
        .says("+ static/0000000002/style.css")
        .says("~ index.html");
    project.deploy().ends(0).says("1 removed");
    let mut there = new.clone();
    there.insert("theirs/note.txt".to_owned(), b"mine".to_vec());
    assert_eq!(site_of(&project), there, "{name}: after the second deploy");
    project.run(&["deploy", "--verify"]).ends(0).says("34 of 34");
    project.run(&["deploy", "--rollback", "--yes"]).ends(0);
    let mut there = old.clone();
    there.insert("theirs/note.txt".to_owned(), b"mine".to_vec());
    assert_eq!(site_of(&project), there, "{name}: after the way back");
    project.run(&["deploy", "--verify"]).ends(0).says("34 of 34");
    project.run(&["deploy", "--rollback", "--yes"]).ends(3).says("no site to go back to");

    // Somebody else was there.
    peek(&project, &[["put", "img/1.svg", "edited by hand"], ["remove", "img/2.svg", ""]]);
    let verified = project.run(&["deploy", "--verify"]).ends(3);
    assert!(verified.err.contains("`img/1.svg`") && verified.err.contains("`img/2.svg`"), "{name}: {}", verified.err);
    project.write(&old);
    project.deploy().ends(0).says("2 of these changed or removed there by somebody else");
    project.run(&["deploy", "--verify"]).ends(0).says("34 of 34");
    // A file of theirs is in the way of a new one.
    let mut blocked = old.clone();
    blocked.insert("theirs/note.txt".to_owned(), b"ours, and longer".to_vec());
    project.write(&blocked);
    project.deploy().ends(3).says("`theirs/note.txt`");
    assert_eq!(peek(&project, &[])["theirs/note.txt"], b"mine", "{name}");
    // Much is to go.
    project.write(&site::site(12, 1));
    project.deploy().ends(3).says("--many-deletions");
    project.run(&["deploy", "--yes", "--many-deletions"]).ends(0);
    let mut there = site::site(12, 1);
    there.insert("theirs/note.txt".to_owned(), b"mine".to_vec());
    assert_eq!(site_of(&project), there, "{name}: after much was removed");
}

#[test]
fn a_folder_conforms() {
    conforms("file", Ok(hosts::folder()));
}

#[test]
fn a_branch_conforms() {
    conforms("git", hosts::git());
}

#[test]
fn another_machine_conforms() {
    conforms("ssh", hosts::ssh());
}

#[test]
fn a_bucket_conforms() {
    conforms("moto", hosts::moto());
}

#[test]
fn a_bucket_of_a_store_that_ignores_conditions_conforms() {
    conforms("s3rver", hosts::s3rver());
}

#[test]
fn a_container_conforms() {
    conforms("azurite", hosts::azurite());
}

#[test]
fn a_bucket_of_google_conforms() {
    conforms("gs", google::google(true));
}

#[test]
fn a_bucket_of_google_without_conditions_conforms() {
    conforms("gs without conditions", google::google(false));
}
