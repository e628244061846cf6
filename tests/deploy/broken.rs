//! Deploys that are interrupted by a store in trouble, at any request.

use crate::hosts::{self, Host, copy, on_disk, there};
use crate::project::Project;
use crate::proxy::{Proxy, Trouble};
use crate::site::{self, Files, broken};

/// With this variable every request fails in every way, and not only some.
const ALL: &str = "POSTIL_DEPLOY_ALL";

/// How stores refuse, and what is said of the way out.
const REFUSALS: [(&str, &str, &str); 5] = [
    ("403 Forbidden", "RequestTimeTooSkewed", "set the clock of this machine"),
    ("403 Forbidden", "AccessDenied", "look at the credentials"),
    ("507 Insufficient Storage", "InsufficientStorage", "make room at the target"),
    ("400 Bad Request", "EntityTooLarge", "make the file smaller"),
    ("400 Bad Request", "KeyTooLongError", "shorten its name"),
];

/// A store on disk with the old site in it, a way in between, and a project with the new site.
struct Scene {
    host: Host,
    proxy: Proxy,
    project: Project,
    new: Files,
}

impl Scene {
    fn ready() -> Result<Self, String> {
        let host = hosts::s3rver()?;
        let proxy = Proxy::before(host.port());
        let through = hosts::s3(proxy.port, "S3RVER", "S3RVER");
        let project = Project::new(&format!("{}timeout = 2\nretries = 0\n", through.toml), &through.env);
        project.write(&site::site(60, 1));
        project.deploy().ends(0).says("60 files sent");
        copy(&host.folder.path().join("site"), &host.folder.path().join("old"));
        let new = site::site(60, 2);
        project.write(&new);
        Ok(Self { host, proxy, project, new })
    }

    /// The store as it was after the first deploy.
    fn restore(&self) {
        let site = self.host.folder.path().join("site");
        std::fs::remove_dir_all(&site).expect("it is removed");
        copy(&self.host.folder.path().join("old"), &site);
    }

    fn missing(&self) -> usize {
        let there = on_disk(&self.host);
        self.new.iter().filter(|(path, bytes)| there.get(*path) != Some(bytes)).count()
    }

    /// Whether something was removed while something was missing; the log is that of one run.
    fn holds(&self, what: &str) {
        let faults = broken(&on_disk(&self.host));
        assert!(faults.is_empty(), "{what}: {faults:?}");
        let removed = self.proxy.log().iter().any(|line| line.starts_with("DELETE") || line.contains("?delete"));
        assert!(!removed || self.missing() == 0, "{what}: something was removed before all was there");
    }

    fn finish(&self, what: &str) {
        let missing = self.missing();
        self.proxy.reset(None);
        let again = self.project.deploy().ends(0);
        assert!(again.sent() <= missing + 1, "{what}: {missing} were missing, and {} were sent", again.sent());
        assert_eq!(on_disk(&self.host), self.new, "{what}");
    }
}

#[test]
fn a_store_in_trouble_breaks_nothing() {
    let Some(scene) = there("a store in trouble", Scene::ready()) else { return };
    scene.proxy.reset(None);
    scene.project.deploy().ends(0);
    let (all, step) = (scene.proxy.count(), if std::env::var_os(ALL).is_some() { 1 } else { 19 });
    let refusals = REFUSALS.map(|(status, code, words)| (Trouble::Says(status, code), words));
    let failures = [Trouble::Error, Trouble::Reset, Trouble::Half, Trouble::Silence].map(|trouble| (trouble, "help"));
    for (trouble, words) in failures.into_iter().chain(refusals) {
        // A refusal is not tried again, whatever it was that was refused.
        let step = if matches!(trouble, Trouble::Says(..)) { 2 * step - 1 } else { step };
        for at in (0..all).step_by(step) {
            scene.restore();
            scene.proxy.reset(Some((at, trouble)));
            let what = format!("{trouble:?} from request {at} of {all} on");
            let ran = scene.project.deploy();
            assert!(ran.code == Some(3) || at + 2 >= all, "{what}: {:?} {}", ran.code, ran.err);
            assert!(ran.code == Some(0) || ran.err.contains(words), "{what}: {}", ran.err);
            scene.holds(&what);
            scene.finish(&what);
        }
    }
    scene.project.run(&["deploy", "--verify"]).ends(0).says("60 of 60");
}

#[test]
fn an_unchanged_site_is_not_sent() {
    let Some(host) = there("an unchanged site", hosts::moto()) else { return };
    let proxy = Proxy::before(host.port());
    let through = hosts::s3(proxy.port, "moto-key", "moto-secret");
    let project = Project::new(&through.toml, &through.env);
    project.write(&site::site(2_000, 1));
    project.deploy().ends(0).says("2000 files sent");
    proxy.reset(None);
    project.deploy().ends(0).says("nothing was to be done");
    let log = proxy.log();
    assert!(log.iter().all(|line| line.starts_with("GET ")), "{log:?}");
    assert!(log.len() <= 4, "{log:?}");
    project.run(&["deploy", "--verify"]).ends(0).says("2000 of 2000");
}
