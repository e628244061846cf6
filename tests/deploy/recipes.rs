//! The recipes of the guide for machines without a person: each is read as its host reads it, and its lines are run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_yaml::Value;

use crate::hosts::{done, needed, there};
use crate::project::Project;

const GUIDE: &str = include_str!("../../docs/content/10-putting-online.md");

/// The blocks of the guide in this language, in order.
fn fenced(language: &str) -> Vec<&'static str> {
    let opening = format!("\n```{language}\n");
    GUIDE.split(&opening).skip(1).map(|rest| rest.split("\n```").next().unwrap_or_default()).collect()
}

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}:\n{text}"))
}

/// A project with one section, as its repository has it after a checkout, and a folder to go to.
fn project(section: &str) -> Project {
    let project = Project::new("title = \"A\"\n\n[deploy.live]\nto = \"file:../www\"\n", &[]);
    fs::create_dir(project.root().join("content")).expect("a folder");
    fs::write(project.root().join("content/a.md"), section).expect("a file");
    project
}

const GOOD: &str = "+++\ntitle = \"A\"\n+++\n\nText.\n";
const BAD: &str = "+++\ntitle = \"A\"\n+++\n\nText [@nobody].\n";

/// Runs a line as a host does; gives its code, and all that it printed.
fn run(project: &Project, line: &str) -> (Option<i32>, String) {
    let program = Path::new(env!("CARGO_BIN_EXE_postil")).parent().expect("a folder").to_owned();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(program).chain(std::env::split_paths(&path))).expect("a path");
    let mut command = Command::new("bash");
    command.args(["-eo", "pipefail", "-c", line]).current_dir(project.root()).stdin(Stdio::null());
    project.environment(&mut command);
    let output = command.env("PATH", path).env("TOKEN", "a-token").output().expect("bash runs");
    (output.status.code(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
}

/// Runs lines one after the other, as long as they end well.
fn all(project: &Project, lines: &[String]) -> (Option<i32>, String) {
    let mut said = String::new();
    for line in lines {
        let (code, more) = run(project, line);
        said += &more;
        if code != Some(0) {
            return (code, said);
        }
    }
    (Some(0), said)
}

fn deployed(project: &Project) -> PathBuf {
    project.beside("www/a/index.html")
}

/// Lines that bring a good site to its readers, and stop at a finding of a bad one.
fn carry(lines: &[String], name: &str) -> [Project; 2] {
    let (good, bad) = (project(GOOD), project(BAD));
    let (code, said) = all(&good, lines);
    assert!(code == Some(0) && deployed(&good).is_file(), "{name}: {code:?} {said}");
    let (code, said) = all(&bad, lines);
    assert!(code.is_some_and(|code| code != 0) && said.contains("unknown-source"), "{name}: {code:?} {said}");
    assert!(!deployed(&bad).exists(), "{name}: a site with an error went out");
    [good, bad]
}

fn texts(list: &Value) -> Vec<String> {
    list.as_sequence().expect("a list").iter().map(|one| one.as_str().expect("a text").to_owned()).collect()
}

#[test]
fn the_workflow_for_github_brings_the_site_to_its_readers() {
    let workflow = yaml(fenced("yaml")[0]);
    assert_eq!(texts(&workflow["on"]["push"]["branches"]), ["main"]);
    assert_eq!(workflow["permissions"]["contents"].as_str(), Some("write"), "a branch is pushed");
    let steps = workflow["jobs"]["site"]["steps"].as_sequence().expect("steps");
    assert!(workflow["jobs"]["site"]["runs-on"].is_string());
    let known = |step: &Value| step["run"].is_string() != step["uses"].is_string();
    assert!(steps.iter().all(known), "each step runs something or uses something");
    let lines: Vec<String> = steps.iter().filter_map(|step| step["run"].as_str().map(str::to_owned)).collect();
    assert!(lines.iter().any(|line| line.starts_with("postil check --format github")), "{lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("postil build --strict && postil deploy ")), "{lines:?}");
    let [good, bad] = carry(&lines, "GitHub");
    // The line before them gives git the token for addresses of GitHub.
    let (_, said) = run(&good, "git config --global --get-regexp '^url'");
    assert!(said.contains("https://x-access-token:a-token@github.com/") && said.trim_end().ends_with(" https://github.com/"), "{said}");
    let (_, said) = run(&bad, &lines[0]);
    assert!(said.contains("::error file=content/a.md,line=5"), "{said}");
}

#[test]
fn the_job_for_gitlab_brings_the_site_to_its_readers() {
    let job = yaml(fenced("yaml")[1]);
    assert!(job["site"]["rules"][0]["if"].is_string() && job["site"]["resource_group"].is_string());
    carry(&texts(&job["site"]["script"]), "GitLab");
}

#[test]
fn the_line_for_cron_says_nothing_unless_something_is_wrong() {
    let Some(git) = there("the line for cron", needed("git")) else { return };
    let line = fenced("text").into_iter().find(|line| line.contains("postil deploy")).expect("a line for cron");
    let mut words = line.split_whitespace();
    let moment: Vec<&str> = words.by_ref().take(5).collect();
    assert!(moment.iter().all(|field| field.chars().all(|one| one.is_ascii_digit() || "*/,-".contains(one))), "{moment:?}");
    let line = words.collect::<Vec<_>>().join(" ");
    assert!(!line.contains('%'), "cron ends a line there");
    for (section, good) in [(GOOD, true), (BAD, false)] {
        let project = project(section);
        let commit = "init --quiet; add content postil.toml; -c user.name=a -c user.email=a@example.org commit --quiet -m a";
        for arguments in commit.split("; ") {
            done(Command::new(&git).arg("-C").arg(project.root()).args(arguments.split(' '))).expect("git runs");
        }
        let origin = project.beside("origin.git");
        done(Command::new(&git).args(["clone", "--quiet", "--bare"]).arg(project.root()).arg(&origin)).expect("git runs");
        let name = "remote add origin ORIGIN; fetch --quiet; branch --quiet --set-upstream-to=origin/HEAD";
        let own = format!("cd {}", project.root().display());
        let branch = run(&project, "git symbolic-ref --short HEAD").1;
        let name = name.replace("ORIGIN", &origin.display().to_string()).replace("origin/HEAD", &format!("origin/{}", branch.trim()));
        for arguments in name.split("; ") {
            done(Command::new(&git).arg("-C").arg(project.root()).args(arguments.split(' '))).expect("git runs");
        }
        assert!(line.contains("cd /srv/briefing "), "{line}");
        let (code, said) = run(&project, &line.replace("cd /srv/briefing", &own));
        assert_eq!(code == Some(0), good, "{said}");
        assert_eq!(said.is_empty(), good, "{said}");
        assert_eq!(deployed(&project).exists(), good);
    }
}
