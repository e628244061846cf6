//! Two runs that deploy to the same target at once: one wins, the other waits or says who holds the lock.

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::hosts::{self, Host, there};
use crate::peek::{peek, site_of};
use crate::project::Project;
use crate::proxy::{Proxy, Trouble};
use crate::site::{self, broken};

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_mins(1);

fn begun(project: &Project) -> Child {
    project.command(&["deploy", "--yes"]).stdout(Stdio::null()).spawn().expect("postil runs")
}

/// How it ended, and what it said.
fn ended(child: Child) -> (Option<i32>, String) {
    let output = child.wait_with_output().expect("it ends");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// Two projects with other sites deploy to one target at the same moment, some times.
fn race(host: &Host) {
    let projects = [host.project(), host.project()];
    for round in 0..3_u32 {
        let sites = [1, 2].map(|one| site::site(60, 10 * round + one));
        for (project, site) in projects.iter().zip(&sites) {
            project.write(site);
        }
        let runs = [0, 1].map(|one| begun(&projects[one])).map(ended);
        let now = site_of(&projects[0]);
        assert_eq!(broken(&now), [""; 0], "round {round}");
        assert!(sites.contains(&now), "round {round}: the target has neither site whole; {runs:?}");
        assert!(runs.iter().any(|(code, _)| *code == Some(0)), "round {round}: nobody has won; {runs:?}");
        for (code, said) in &runs {
            let clear = said.contains("another run (process ") || said.contains("has changed since the plan was made");
            assert!(*code == Some(0) || (*code == Some(3) && clear), "round {round}: {code:?} {said}");
        }
    }
}

#[test]
fn two_runs_at_one_folder_leave_it_whole() {
    race(&hosts::folder());
}

#[test]
fn two_runs_at_one_bucket_leave_it_whole() {
    if let Some(host) = there("two runs at one bucket", hosts::moto()) {
        race(&host);
    }
}

#[test]
fn whoever_comes_second_is_told_who_is_there() {
    let Some(host) = there("two runs, one of them slow", hosts::moto()) else { return };
    let proxy = Proxy::before(host.port());
    let through = hosts::s3(proxy.port, "moto-key", "moto-secret-0123456789");
    let (slow, other) = (Project::new(&through.toml, &through.env), host.project());
    slow.write(&site::site(30, 1));
    other.write(&site::site(30, 2));
    proxy.reset(Some((0, Trouble::Wait)));
    let first = begun(&slow);
    let holder = format!("(process {}", first.id());
    let end = Instant::now() + PATIENCE;
    while !peek(&other, &[]).keys().any(|path| path.starts_with("img/")) {
        assert!(Instant::now() < end, "the first run has begun nothing");
    }
    // In the same project that is known by a lock of this machine; elsewhere by the one at the target.
    slow.deploy().ends(3).says("another run ").says(&holder).says("wait until the other run has ended");
    other.deploy().ends(3).says("another run").says(&holder).says("wait until the other run has ended");
    proxy.reset(None);
    let (code, said) = ended(first);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(site_of(&other), site::site(30, 1));
}
