//! Deploys that are killed at any moment, on real targets: a folder, a store, another machine.

use std::time::{Duration, Instant};

use crate::hosts::{self, Host, Ready};
use crate::peek::peek;
use crate::project::files_of;
use crate::site::{self, Files, broken, of_the_site};

/// How often a deploy is killed, if this variable says so.
const KILLS: &str = "POSTIL_DEPLOY_KILLS";
/// The lock, which a run that is killed leaves behind.
const LOCK: &str = ".postil/deploy-lock.json";

/// All that is there, once it stands still: what was under way when a run was killed may still come.
fn still(there: &dyn Fn() -> Files) -> Files {
    let mut last = there();
    loop {
        let now = there();
        if now == last {
            return now;
        }
        last = now;
    }
}

/// Kills deploys of sites of this size, and holds what they leave to the law.
fn killed(name: &str, ready: Ready, size: usize, usual: u32, there: &dyn Fn(&Host) -> Files) {
    let Some(host) = hosts::there(&format!("kills of deploys, {name}"), ready) else { return };
    let times: u32 = std::env::var(KILLS).ok().and_then(|times| times.parse().ok()).unwrap_or(usual);
    let project = host.project();
    project.write(&site::site(size, 1));
    project.deploy().ends(0);
    project.write(&site::site(size, 2));
    let start = Instant::now();
    project.deploy().ends(0);
    let (whole, mut locks) = (start.elapsed(), 0);
    for turn in 0..times {
        let new = site::site(size, 3 + turn);
        project.write(&new);
        let old = of_the_site(there(&host));
        let mut child = project.start(&["deploy", "--yes"]);
        // Spread over the time that a whole run takes, in an order of its own.
        let moment = whole * ((turn * 37 + 11) % 97) / 97;
        std::thread::sleep(moment + Duration::from_millis(1));
        child.kill().expect("it is killed");
        child.wait().expect("it ends");
        let all = still(&|| there(&host));
        let (now, what) = (of_the_site(all.clone()), format!("{name}, killed after {moment:?} of {whole:?}"));
        let faults = broken(&now);
        assert!(faults.is_empty(), "{what}: {faults:?}");
        let missing = new.iter().filter(|(path, bytes)| now.get(*path) != Some(bytes)).count();
        assert!(missing == 0 || old.keys().all(|path| now.contains_key(path)), "{what}: something was removed too early");
        locks += u32::from(all.contains_key(LOCK));
        // The next run does not wait for a holder that is dead.
        let again = project.deploy().ends(0);
        assert!(again.sent() <= missing + 1, "{what}: {missing} were missing, and {} were sent", again.sent());
        let all = there(&host);
        assert_eq!(of_the_site(all.clone()), new, "{what}");
        // Where there was nothing left to do, the lock of the dead one is left to the next run.
        assert!(!all.contains_key(LOCK) || again.err.contains("nothing was to be done"), "{what}: {}", again.err);
    }
    project.write(&site::site(size, 2));
    project.deploy().ends(0);
    assert!(!there(&host).contains_key(LOCK), "{name}: a lock is left");
    eprintln!("{name}: {times} deploys killed, {locks} of them with the lock");
    project.run(&["deploy", "--verify"]).ends(0).says(&format!("{size} of {size}"));
}

#[test]
fn an_end_at_any_moment_breaks_no_folder() {
    killed("file", Ok(hosts::folder()), 300, 6, &|host| files_of(&host.folder.path().join("www")));
}

#[test]
fn an_end_at_any_moment_breaks_no_bucket() {
    killed("moto", hosts::moto(), 60, 3, &|host| peek(&host.project(), &[]));
}

#[test]
fn an_end_at_any_moment_breaks_no_other_machine() {
    killed("ssh", hosts::ssh(), 120, 2, &|host| files_of(&host.folder.path().join("www/site")));
}
