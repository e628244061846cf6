//! Publishing as a whole, in temporary folders.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::*;

/// A project with content, a theme and a home around it, all of them temporary.
struct Project {
    folder: tempfile::TempDir,
}

impl Project {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for name in ["home/site/content", "home/site/themes/plain"] {
            fs::create_dir_all(folder.path().join(name)).expect("a folder");
        }
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn output(&self) -> PathBuf {
        self.path("home/site/output")
    }

    fn protected(&self) -> Protected {
        Protected {
            root: self.path("home/site"),
            content: self.path("home/site/content"),
            themes: vec![self.path("home/site/themes")],
            home: Some(self.path("home")),
        }
    }

    fn publish(&self, files: &[OutFile]) -> Result<Published, OutputError> {
        publish(&self.output(), &self.protected(), files)
    }

    /// Why publishing to the folder of this name is refused.
    fn refusal(&self, name: &str) -> Refusal {
        let error = publish(&self.path(name), &self.protected(), &site("a", 1)).expect_err(name);
        assert!(!error.to_string().is_empty() && !error.help().is_empty());
        match error {
            OutputError::Refused { why, .. } => why,
            other => panic!("{name}: {other}"),
        }
    }
}

fn file(path: &str, text: &str) -> OutFile {
    OutFile::new(path, text.as_bytes().to_vec().into())
}

/// A home page of the given text, and a number of other pages.
fn site(text: &str, pages: usize) -> Vec<OutFile> {
    let page = |n| file(&format!("part/{n}/index.html"), &format!("page {n}"));
    std::iter::once(file("index.html", text)).chain((0..pages).map(page)).collect()
}

/// Every file and folder under a path, with the time of its last change and its bytes.
fn state(folder: &Path) -> Vec<(PathBuf, SystemTime, Option<Vec<u8>>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let found = fs::symlink_metadata(&path).expect("it is there");
        all.push((path.clone(), found.modified().expect("its time"), fs::read(&path).ok()));
        if found.is_dir() {
            all.extend(state(&path));
        }
    }
    all.sort();
    all
}

fn counts(published: &Published) -> (usize, usize, usize) {
    (published.changed, published.removed, published.unchanged)
}

#[test]
fn a_site_is_published_changed_and_thinned() {
    let project = Project::new();
    let first = project.publish(&site("one", 3)).expect("a new site");
    assert_eq!(counts(&first), (4, 0, 0));
    let second = project.publish(&site("two", 2)).expect("a changed site");
    assert_eq!(counts(&second), (1, 1, 2));
    assert_eq!(fs::read_to_string(project.output().join("index.html")).expect("a page"), "two");
    assert!(!project.output().join("part/2").exists());
    let stored = Manifest::read(&project.output()).expect("it can be read");
    assert_eq!(stored.as_ref(), Some(&second.manifest));
    let left: Vec<_> = fs::read_dir(project.path("home/site/.output.postil"))
        .expect("the staging folder")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    assert_eq!(left, ["lock"]);
}

#[test]
fn nothing_changed_is_nothing_touched() {
    let project = Project::new();
    project.publish(&site("one", 3)).expect("a new site");
    let before = state(&project.output());
    let again = project.publish(&site("one", 3)).expect("the same site");
    assert_eq!(counts(&again), (0, 0, 4));
    assert_eq!(state(&project.output()), before);
}

#[test]
fn an_empty_folder_may_be_filled_and_an_empty_site_published() {
    let project = Project::new();
    fs::create_dir(project.output()).expect("a folder");
    assert_eq!(counts(&project.publish(&site("one", 0)).expect("a site")), (1, 0, 0));
    assert_eq!(counts(&project.publish(&[]).expect("no files")), (0, 1, 0));
    assert_eq!(counts(&project.publish(&[]).expect("no files")), (0, 0, 0));
}

#[test]
fn a_missing_parent_is_made() {
    let project = Project::new();
    let dest = project.path("home/site/build/web/");
    publish(&dest, &project.protected(), &site("one", 1)).expect("a site");
    assert!(dest.join("part/0/index.html").is_file());
}

#[test]
fn edited_and_missing_files_are_repaired() {
    let project = Project::new();
    project.publish(&site("one", 3)).expect("a new site");
    // Same length and same time: only the bytes tell.
    let page = project.output().join("index.html");
    let time = fs::metadata(&page).and_then(|found| found.modified()).expect("its time");
    fs::write(&page, "eno").expect("an edit");
    let edited = fs::File::options().write(true).open(&page).expect("the file");
    edited.set_modified(time).expect("the old time");
    fs::remove_dir_all(project.output().join("part/1")).expect("a page is lost");
    let repaired = project.publish(&site("one", 3)).expect("a repair");
    assert_eq!(counts(&repaired), (2, 0, 2));
    assert_eq!(fs::read_to_string(page).expect("a page"), "one");
}

#[test]
fn folders_that_hold_the_authors_work_are_refused() {
    let project = Project::new();
    fs::write(project.path("home/site/content/a.md"), "text").expect("a section");
    fs::create_dir(project.path("home/site/papers")).expect("a folder");
    fs::write(project.path("home/site/papers/a.txt"), "text").expect("a paper");
    fs::create_dir_all(project.path("home/site/broken/.postil")).expect("a folder");
    fs::write(project.path("home/site/broken/.postil/manifest.json"), "{}").expect("no manifest");
    fs::create_dir_all(project.path("home/site/foreign/.postil")).expect("a folder");
    let other = r#"{ "generator": "Other", "format": 1, "files": {} }"#;
    fs::write(project.path("home/site/foreign/.postil/manifest.json"), other).expect("a file");
    let before = state(project.folder.path());
    for (name, expected) in [
        ("home/site", Refusal::Is("the project folder")),
        ("home/site/content/..", Refusal::Is("the project folder")),
        ("home/site/content", Refusal::Is("the content folder")),
        ("home/site/content/output", Refusal::Inside("the content folder")),
        ("home/site/content/new/output", Refusal::Inside("the content folder")),
        ("home/site/themes", Refusal::Is("a theme folder")),
        ("home/site/themes/plain/static", Refusal::Inside("a theme folder")),
        ("home", Refusal::Holds("the project folder")),
        ("", Refusal::Holds("the project folder")),
        ("home/site/content/a.md", Refusal::Inside("the content folder")),
        ("home/site/papers/a.txt", Refusal::File),
        ("home/site/papers", Refusal::NotOurs),
        ("/", Refusal::FileSystemRoot),
    ] {
        assert_eq!(project.refusal(name), expected, "{name}");
    }
    for name in ["home/site/broken", "home/site/foreign"] {
        assert!(matches!(project.refusal(name), Refusal::Manifest(_)), "{name}");
    }
    assert_eq!(state(project.folder.path()), before);
}

#[test]
fn the_home_folder_is_refused_but_not_what_is_in_it() {
    let project = Project::new();
    fs::create_dir(project.path("elsewhere")).expect("a folder");
    let away = |name| project.path("elsewhere").join(name);
    let protected =
        Protected { root: away("site"), content: away("site/content"), themes: vec![], home: Some(project.path("home/site/themes/plain")) };
    let refusal = |name| match publish(&project.path(name), &protected, &site("a", 1)) {
        Err(OutputError::Refused { why, .. }) => why,
        other => panic!("{name}: {other:?}"),
    };
    assert_eq!(refusal("home/site/themes/plain"), Refusal::Is("the home folder"));
    assert_eq!(refusal("home/site/themes"), Refusal::Holds("the home folder"));
    publish(&project.path("home/site/themes/plain/web"), &protected, &site("a", 1)).expect("a site");
}

#[test]
fn files_of_others_in_the_output_are_not_lost() {
    let project = Project::new();
    project.publish(&site("one", 1)).expect("a new site");
    fs::write(project.output().join(".DS_Store"), "litter").expect("litter");
    fs::create_dir(project.output().join("empty")).expect("an empty folder");
    project.publish(&site("two", 1)).expect("litter is no reason to refuse");
    fs::write(project.output().join("CNAME"), "example.org").expect("a file of the author's");
    let before = state(&project.output());
    let expected = Refusal::Strangers(vec!["CNAME".to_owned()]);
    assert_eq!(project.refusal("home/site/output"), expected);
    assert_eq!(state(&project.output()), before);
}

#[test]
fn what_a_killed_run_left_is_cleaned() {
    let project = Project::new();
    project.publish(&site("one", 1)).expect("a new site");
    let staging = project.path("home/site/.output.postil");
    fs::create_dir_all(staging.join("next/part")).expect("half a site");
    fs::write(staging.join("next/index.html"), "tw").expect("half a page");
    project.publish(&site("one", 1)).expect("the same site");
    assert!(!staging.join("next").exists());
}

#[test]
fn a_failure_while_staging_leaves_the_old_site() {
    let project = Project::new();
    project.publish(&site("one", 1)).expect("a new site");
    let before = state(&project.output());
    let long = "x".repeat(300);
    let error = project.publish(&[file("index.html", "two"), file(&long, "")]).expect_err("too long");
    assert!(error.to_string().contains(&long), "{error}");
    assert_eq!(state(&project.output()), before);
    assert!(!project.path("home/site/.output.postil/next").exists());
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    use super::*;

    #[test]
    fn unchanged_files_keep_their_inode_and_time() {
        let project = Project::new();
        project.publish(&site("one", 2)).expect("a new site");
        let page = project.output().join("part/0/index.html");
        let old = fs::File::options().write(true).open(&page).expect("the file");
        old.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(5)).expect("an old time");
        let about = |path: &Path| fs::metadata(path).map(|found| (found.ino(), found.mtime()));
        let (before, home) = (about(&page), about(&project.output().join("index.html")));
        project.publish(&site("two", 2)).expect("a changed site");
        assert_eq!(about(&page).expect("a page"), before.expect("a page"));
        assert_ne!(about(&project.output().join("index.html")).expect("a page").0, home.expect("a page").0);
    }

    #[test]
    fn links_are_neither_published_to_nor_followed() {
        let project = Project::new();
        let precious = project.path("precious");
        fs::create_dir(&precious).expect("a folder");
        fs::write(precious.join("index.html"), "one").expect("a file");
        symlink(&precious, project.path("home/site/link")).expect("a link");
        symlink(project.path("nowhere"), project.path("home/site/dangling")).expect("a link");
        for name in ["home/site/link", "home/site/link/", "home/site/dangling"] {
            assert_eq!(project.refusal(name), Refusal::Link, "{name}");
        }
        symlink(project.path("home"), project.path("door")).expect("a link");
        assert_eq!(project.refusal("door/site"), Refusal::Is("the project folder"));

        // A page replaced by a link to the same text is repaired; its target stays as it is.
        project.publish(&site("one", 1)).expect("a new site");
        let page = project.output().join("index.html");
        fs::remove_file(&page).expect("the page");
        symlink(precious.join("index.html"), &page).expect("a link");
        assert_eq!(counts(&project.publish(&site("one", 1)).expect("a repair")), (1, 0, 1));
        assert!(fs::symlink_metadata(&page).expect("a page").is_file());
        // A folder replaced by a link is somebody's doing, and is left to them.
        fs::remove_dir_all(project.output().join("part")).expect("the folder");
        symlink(&precious, project.output().join("part")).expect("a link");
        assert_eq!(project.refusal("home/site/output"), Refusal::Strangers(vec!["part".to_owned()]));
        assert_eq!(fs::read_to_string(precious.join("index.html")).expect("it is there"), "one");
    }

    #[test]
    fn a_link_in_place_of_the_staging_folder_is_refused() {
        let project = Project::new();
        fs::create_dir(project.path("precious")).expect("a folder");
        symlink(project.path("precious"), project.path("home/site/.output.postil")).expect("a link");
        let error = project.publish(&site("one", 1)).expect_err("a link");
        assert!(matches!(error, OutputError::Staging { .. }), "{error}");
        assert_eq!(fs::read_dir(project.path("precious")).expect("a folder").count(), 0);
    }

    #[test]
    fn nothing_can_be_run() {
        let project = Project::new();
        project.publish(&site("one", 1)).expect("a new site");
        let page = project.output().join("index.html");
        let mode = |path: &Path| fs::metadata(path).expect("a page").permissions().mode();
        assert_eq!(mode(&page) & 0o111, 0);
        fs::set_permissions(&page, fs::Permissions::from_mode(0o755)).expect("a new mode");
        project.publish(&site("one", 1)).expect("a repair");
        assert_eq!(mode(&page) & 0o111, 0);
    }
}
