//! What a target cannot take: names that are too long, files that are too large, more than there is room for. Each is said
//! before anything is changed, or leaves the target whole.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use postil::deploy::{Entry, Files, Headers, Kind, Plan, State, Survey, connect};
use postil::read::deploy::{Address, TargetConfig};

use crate::hosts::{self, needed, there};
use crate::peek::site_of;
use crate::project::{Project, files_of};
use crate::site::{self, broken, of_the_site};

/// An address of each kind; nothing is asked of any.
const KINDS: [&str; 6] = ["file:/nowhere/www", "s3://site/a/b", "gs://site/a", "az://site/a", "git:/nowhere/site.git", "ssh://host/www"];

#[test]
fn every_kind_of_target_knows_what_it_cannot_take() {
    let project = tempfile::tempdir().expect("a temporary folder");
    let project = postil::deploy::Project { root: project.path().to_owned(), own: Vec::new() };
    let nothing = Survey { state: State::default(), present: Files::new(), changed: BTreeSet::new(), foreign: BTreeMap::new() };
    for kind in KINDS {
        let address = Address::read(kind).expect("an address");
        let config = TargetConfig { account: None, ..TargetConfig::default() };
        // A store may want an account before it is asked for anything.
        let Ok(target) = connect(&address, &config, &project) else {
            assert!(kind.starts_with("az:"), "{kind}");
            continue;
        };
        let able = target.abilities();
        let part = "b".repeat(able.longest_part.min(200));
        let deep = format!("{part}/").repeat(able.longest_path / part.len() + 1);
        let cases = [
            (format!("{deep}x"), 1, "too long"),
            (format!("a/{}", "b".repeat(able.longest_part + 1)), 1, "too long"),
            ("film.mp4".to_owned(), able.largest.saturating_add(1), "too large"),
        ];
        for (path, size, words) in cases.into_iter().filter(|(_, size, _)| *size < u64::MAX) {
            let entry = Entry { hash: String::new(), size, headers: Headers::default(), tag: None };
            let fault = Plan::new(Files::from([(path, entry)]), &nothing, &able).expect_err(kind);
            assert_eq!(fault.kind, Kind::Limit, "{kind}: {fault}");
            assert!(fault.message.contains(words) && fault.message.contains("may have"), "{kind}: {fault}");
        }
        let most = |size| Entry { hash: String::new(), size, headers: Headers::default(), tag: None };
        assert!(Plan::new(Files::from([("film.mp4".to_owned(), most(able.largest))]), &nothing, &able).is_ok(), "{kind}");
    }
}

#[test]
fn names_and_files_beyond_the_host_are_said_before_anything_is_sent() {
    let host = hosts::folder();
    let project = Project::new(&format!("{}largest = 1\n", host.toml), &host.env);
    let mut files = site::site(10, 1);
    files.insert("film.mp4".to_owned(), vec![b'x'; (1 << 20) + 1]);
    project.write(&files);
    project
        .deploy()
        .ends(3)
        .says("`film.mp4` is too large for the target: it has 1048577 bytes, and may have 1048576")
        .says("make the file smaller");
    assert!(!host.folder.path().join("www").exists());

    let Some(host) = there("a name beyond a bucket", hosts::moto()) else { return };
    let project = host.project();
    let mut files = site::site(10, 1);
    files.insert(format!("{}x.txt", "a-long-name/".repeat(90)), b"deep".to_vec());
    project.write(&files);
    project.deploy().ends(3).says("is too long for the target: it has 1085 bytes").says("shorten its name");
    assert!(site_of(&project).is_empty());
}

/// A disk of 8 MiB at `$disk`, in a namespace of its own, so that no rights are needed: one site is deployed, then all but a
/// little is filled; the next one does not go through until there is room.
const FULL: &str = r#"
set -u
mount -t tmpfs -o size=8m disk "$disk" || exit 77
eval "$prepare"
"$postil" --root "$old" deploy --yes || exit 1
eval "$copy" && mv "$out/copy" "$out/before"
head -c 16000000 /dev/zero > "$disk/ballast" 2>/dev/null
truncate -s -16384 "$disk/ballast"
"$postil" --root "$new" deploy --yes 2> "$out/said"
echo $? > "$out/code"
eval "$copy" && mv "$out/copy" "$out/after"
rm "$disk/ballast"
"$postil" --root "$new" deploy --yes || exit 1
eval "$copy" && mv "$out/copy" "$out/end"
"#;

/// Deploys to a target that is on a disk without room.
fn full(name: &str, to: &str, env: &[(String, String)], prepare: &str, copy: &str) {
    let what = format!("a full disk, {name}");
    let Some(unshare) = there(&what, needed("unshare")) else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = |name: &str| folder.path().join(name);
    for one in ["disk", "out"] {
        fs::create_dir(at(one)).expect("a folder");
    }
    let disk = at("disk").display().to_string();
    let toml = format!("[deploy.live]\nto = \"{}\"\nretries = 0\n", to.replace("DISK", &disk));
    let (old, new) = (Project::new(&toml, env), Project::new(&toml, env));
    old.write(&site::site(40, 1));
    new.write(&site::site(40, 2));
    let mut command = Command::new(unshare);
    command.args(["--user", "--map-root-user", "--mount", "sh", "-c", FULL]).stdin(Stdio::null());
    new.environment(&mut command);
    command.env("disk", &disk).env("out", at("out")).env("postil", env!("CARGO_BIN_EXE_postil"));
    command.env("old", old.root()).env("new", new.root()).env("prepare", prepare).env("copy", copy);
    let output = command.output().expect("a shell");
    let said = fs::read_to_string(at("out/said")).unwrap_or_default();
    if said.is_empty() && !at("out/before").exists() {
        let why = format!("no disk can be made: {}", String::from_utf8_lossy(&output.stderr));
        there::<()>(&what, Err(why));
        return;
    }
    assert!(output.status.success(), "{name}: {said} {}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(fs::read_to_string(at("out/code")).expect("a code").trim(), "3", "{name}: {said}");
    assert!(said.contains("No space left") && said.contains("make room at the target"), "{name}: {said}");
    let site = |when: &str| -> site::Files { of_the_site(files_of(&at("out").join(when))) };
    let [before, after, end] = ["before", "after", "end"].map(site);
    assert_eq!(before, site::site(40, 1), "{name}");
    assert_eq!(broken(&after), [""; 0], "{name}");
    assert!(before.keys().all(|path| after.contains_key(path)), "{name}: something was removed too early");
    assert_eq!(end, site::site(40, 2), "{name}");
}

#[test]
fn a_full_disk_breaks_no_folder() {
    full("file", "file:DISK/www", &[], "", "cp -a \"$disk/www\" \"$out/copy\"");
}

#[test]
fn a_full_disk_breaks_no_branch() {
    // As the server of a large host, which unpacks nothing into files.
    let prepare = "git init --quiet --bare \"$disk/site.git\"";
    let copy = "mkdir \"$out/copy\" && git --git-dir \"$disk/site.git\" archive gh-pages | tar -x -C \"$out/copy\"";
    full("git", "git:DISK/site.git", &[], prepare, copy);
}

#[test]
fn a_full_disk_breaks_no_other_machine() {
    if there("a full disk, ssh", needed("rsync")).is_none() {
        return;
    }
    // A shell that goes to no other machine, since none could see this disk.
    let folder = tempfile::tempdir().expect("a temporary folder");
    let shell = folder.path().join("shell");
    fs::write(&shell, "#!/bin/sh\nshift\nexec sh -c \"$*\"\n").expect("a file");
    executable(&shell);
    let env = [("RSYNC_RSH".to_owned(), shell.display().to_string())];
    full("ssh", "ssh://nearbyDISK/www", &env, "", "cp -a \"$disk/www\" \"$out/copy\"");
}

fn executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("rights");
}

#[test]
fn a_limit_on_the_size_of_files_breaks_nothing() {
    let host = hosts::folder();
    let project = host.project();
    let old = site::site(30, 1);
    project.write(&old);
    project.deploy().ends(0);
    let mut new = site::site(30, 2);
    new.insert("film.mp4".to_owned(), vec![b'x'; 400_000]);
    project.write(&new);
    let limited = "trap '' XFSZ; ulimit -f 200; exec \"$0\" --root \"$1\" deploy --yes";
    let mut command = Command::new("sh");
    command.args(["-c", limited, env!("CARGO_BIN_EXE_postil")]).arg(project.root()).stdin(Stdio::null());
    project.environment(&mut command);
    let output = command.output().expect("a shell");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("film.mp4") && said.contains("make the file smaller"), "{said}");
    let now = of_the_site(files_of(&host.folder.path().join("www")));
    assert_eq!(broken(&now), [""; 0]);
    assert!(old.keys().all(|path| now.contains_key(path)), "something was removed too early");
    project.deploy().ends(0);
    project.run(&["deploy", "--verify"]).ends(0).says("31 of 31");
}
