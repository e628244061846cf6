//! The laws of a deploy, on a target in memory: every request fails once in every way.

use std::path::Path;

use postil::deploy::{Done, Fault, Headers, Kind, Local, Options, Pace, Plan, Retry, Rollback, deploy, verify};
use postil::output::Whole;
use tempfile::TempDir;

use crate::memory::{Failing, Memory};
use crate::site::{self, Files, broken};

fn project(files: &Files) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    site::write(folder.path(), files);
    folder
}

fn local(root: &Path) -> Local {
    Local::new(Whole::take(&root.join("output")).expect("it is whole").expect("it is there"))
}

fn options() -> Options {
    let short = std::time::Duration::from_millis(20);
    Options { retry: Retry::after([]), pace: Pace { beat: short * 10, look: short, patience: short * 2 }, ..Options::default() }
}

fn run(memory: &Memory, root: &Path, files: &Files, options: &Options) -> Result<(Plan, Done), Fault> {
    memory.wanted.lock().expect("no panic").clone_from(files);
    let local = local(root);
    let plan = local.plan(memory, None, &options.retry)?;
    let done = deploy(memory, &plan, &local, options, &|_| {})?;
    Ok((plan, done))
}

/// How many files of a site are not at the target as they should be.
fn missing(memory: &Memory, files: &Files) -> usize {
    let there = memory.site();
    files.iter().filter(|(path, bytes)| there.get(*path) != Some(bytes)).count()
}

/// Deploys the first site wholly, if there is to be one; then the second, of which one request fails.
fn interrupted(failing: Failing, first: bool, retry: bool) {
    let (old, new) = (site::site(60, 1), site::site(60, 2));
    let (before, after) = (project(&old), project(&new));
    let mut at = 0;
    loop {
        let memory = Memory::default();
        if first {
            run(&memory, before.path(), &old, &options()).expect("the first site goes through");
        }
        memory.reset(Some((at, failing)));
        let mut options = options();
        if retry {
            options.retry = Retry::after([std::time::Duration::ZERO]);
        }
        let token = options.token.clone();
        let ended = run(&memory, after.path(), &new, &options);
        let all = memory.requests();
        assert_eq!(broken(&memory.site()), Vec::<String>::new(), "request {at} fails ({failing:?})");
        let left = missing(&memory, &new);
        if let Err(fault) = &ended {
            assert!(!fault.help().is_empty());
            memory.reset(None);
            let again = Options { before: vec![token], ..self::options() };
            run(&memory, after.path(), &new, &again).unwrap_or_else(|fault| panic!("request {at} failed ({failing:?}); then: {fault}"));
            let sent = memory.sent();
            assert!(sent.len() <= left + 1, "request {at} fails ({failing:?}): {left} were missing, {sent:?} were sent");
        } else if !retry && failing == Failing::Down {
            // What fails after the last request is the lock that is not given back.
            assert!(all <= at + 1, "request {at} of {all} fails and nobody minds");
        }
        assert_eq!(memory.site(), new, "request {at} fails ({failing:?})");
        memory.reset(None);
        let verified = verify(&memory, &Retry::after([])).expect("it can be read");
        assert_eq!((verified.faults, verified.good), (Vec::new(), 60));
        if ended.is_ok() && at >= all {
            break;
        }
        at += 1;
    }
    assert!(at > 50, "{at} requests");
}

#[test]
fn a_request_that_fails_breaks_nothing_and_the_next_run_finishes() {
    interrupted(Failing::Once, true, false);
    interrupted(Failing::Once, false, false);
}

#[test]
fn a_request_whose_answer_is_lost_breaks_nothing() {
    interrupted(Failing::Unheard, true, false);
    interrupted(Failing::Unheard, false, false);
}

#[test]
fn a_network_that_goes_breaks_nothing() {
    interrupted(Failing::Down, true, false);
    interrupted(Failing::Down, false, false);
}

#[test]
fn a_request_that_fails_is_made_again() {
    interrupted(Failing::Once, true, true);
    interrupted(Failing::Unheard, true, true);
}

#[test]
fn nothing_is_sent_where_nothing_changed() {
    let files = site::site(2_000, 1);
    let folder = project(&files);
    let memory = Memory::default();
    run(&memory, folder.path(), &files, &options()).expect("it goes through");
    memory.reset(None);
    let (plan, _) = run(&memory, folder.path(), &files, &options()).expect("it goes through");
    assert!(plan.is_settled());
    assert_eq!(plan.unchanged, 2_000);
    let log = memory.log.lock().expect("no panic");
    assert!(log.0.is_empty() && log.1.is_empty());
    assert!(memory.requests() <= 2, "{} requests", memory.requests());
}

#[test]
fn what_goes_is_kept_for_one_way_back() {
    let (old, new) = (site::site(30, 1), site::site(30, 2));
    let (before, after) = (project(&old), project(&new));
    let memory = Memory::default();
    for (folder, files) in [(&before, &old), (&after, &new)] {
        run(&memory, folder.path(), files, &options()).expect("it goes through");
    }
    memory.wanted.lock().expect("no panic").clone_from(&old);
    // Wherever the way back is interrupted, it can be gone on.
    let mut at = 0;
    while memory.site() != old {
        memory.reset(Some((at, Failing::Once)));
        let token = options();
        let result = Rollback::plan(&memory, &token.retry)
            .and_then(|back| deploy(&memory, &back.plan, &back, &Options { back: true, before: Vec::new(), ..token }, &|_| {}));
        assert_eq!(broken(&memory.site()), Vec::<String>::new());
        assert!(result.is_ok() || at < 200, "{result:?}");
        at += 3;
    }
    // What is left is at most a lock, or the target's memory: the next deploy of this site sends nothing.
    memory.reset(None);
    run(&memory, before.path(), &old, &options()).expect("it goes through");
    assert_eq!(memory.sent(), Vec::<String>::new());
    assert_eq!(verify(&memory, &Retry::after([])).expect("it can be read").faults, Vec::<String>::new());
    let fault = Rollback::plan(&memory, &Retry::after([])).map(drop).expect_err("it is back");
    assert_eq!(fault.kind, Kind::NoPrevious);
}

#[test]
fn a_deploy_that_was_interrupted_can_go_back_to_the_last_whole_site() {
    let (old, new) = (site::site(30, 1), site::site(30, 2));
    let (before, after) = (project(&old), project(&new));
    for at in [11, 16, 21, 26, 31] {
        let memory = Memory::default();
        run(&memory, before.path(), &old, &options()).expect("it goes through");
        memory.reset(Some((at, Failing::Down)));
        let first = options();
        let token = first.token.clone();
        run(&memory, after.path(), &new, &first).expect_err("it is interrupted");
        memory.reset(None);
        memory.wanted.lock().expect("no panic").clone_from(&old);
        let back = Rollback::plan(&memory, &Retry::after([])).unwrap_or_else(|fault| panic!("request {at}: {fault}"));
        let options = Options { back: true, before: vec![token], ..options() };
        deploy(&memory, &back.plan, &back, &options, &|_| {}).expect("it goes through");
        assert_eq!(memory.site(), old, "request {at}");
    }
}

#[test]
fn files_of_others_are_never_touched() {
    let (old, new) = (site::site(30, 1), site::site(30, 2));
    let (before, after) = (project(&old), project(&new));
    let memory = Memory::default();
    let foreign = |path: &str| memory.files.lock().expect("no panic").insert(path.to_owned(), (b"mine".to_vec(), Headers::default()));
    foreign("theirs/page.html");
    foreign(".postil/other.json");
    run(&memory, before.path(), &old, &options()).expect("it goes through");
    run(&memory, after.path(), &new, &options()).expect("it goes through");
    let files = memory.files.lock().expect("no panic");
    assert_eq!(files["theirs/page.html"].0, b"mine");
    assert_eq!(files[".postil/other.json"].0, b"mine");
}

#[test]
fn a_file_of_somebody_else_in_the_way_stops_all() {
    let files = site::site(30, 1);
    let folder = project(&files);
    let memory = Memory::default();
    memory.files.lock().expect("no panic").insert("index.html".to_owned(), (b"mine".to_vec(), Headers::default()));
    let fault = run(&memory, folder.path(), &files, &options()).expect_err("it is in the way");
    assert_eq!(fault.kind, Kind::Foreign);
    assert!(fault.message.contains("`index.html`"), "{fault}");
    assert_eq!(memory.site().len(), 1);
    // The same bytes are as good as ours: so a target that has lost its memory is taken up again.
    let lost = Memory::default();
    run(&lost, folder.path(), &files, &options()).expect("it goes through");
    lost.files.lock().expect("no panic").remove(".postil/deploy.json");
    lost.reset(None);
    let (plan, _) = run(&lost, folder.path(), &files, &options()).expect("it goes through");
    assert!(plan.is_empty() && lost.sent().is_empty());
}

#[test]
fn what_somebody_has_changed_is_mended_or_left() {
    let (old, new) = (site::site(30, 1), site::site(30, 2));
    let (before, after) = (project(&old), project(&new));
    let memory = Memory::default();
    run(&memory, before.path(), &old, &options()).expect("it goes through");
    let edit = |path: &str| memory.files.lock().expect("no panic").insert(path.to_owned(), (b"edited".to_vec(), Headers::default()));
    edit("img/1.svg");
    edit("static/0000000001/style.css");
    memory.files.lock().expect("no panic").remove("img/2.svg");
    let (plan, _) = run(&memory, after.path(), &new, &options()).expect("it goes through");
    assert_eq!(plan.mended, 2);
    assert_eq!(plan.left, ["static/0000000001/style.css"]);
    let mut there = memory.site();
    assert_eq!(there.remove("static/0000000001/style.css").as_deref(), Some(b"edited".as_slice()));
    assert_eq!(there, new);
}

#[test]
fn much_is_removed_only_on_demand() {
    let (old, new) = (site::site(30, 1), site::site(20, 1));
    let (before, after) = (project(&old), project(&new));
    let memory = Memory::default();
    run(&memory, before.path(), &old, &options()).expect("it goes through");
    let fault = run(&memory, after.path(), &new, &options()).expect_err("it is too much");
    assert_eq!(fault.kind, Kind::Guard);
    assert_eq!(memory.site(), old);
    run(&memory, after.path(), &new, &Options { many_deletions: true, ..options() }).expect("it goes through");
    assert_eq!(memory.site(), new);
}

#[test]
fn names_and_sizes_that_a_target_does_not_take_stop_all() {
    let memory = Memory::default();
    for (path, size) in [("a/".repeat(120), 1), ("b".repeat(101), 1), ("large.bin".to_owned(), 1_000_001)] {
        let mut files = site::site(10, 1);
        files.insert(format!("{path}x"), vec![b'x'; size]);
        let folder = project(&files);
        let fault = run(&memory, folder.path(), &files, &options()).expect_err("it is too much");
        assert_eq!(fault.kind, Kind::Limit, "{fault}");
        assert!(memory.site().is_empty());
    }
}

#[test]
fn two_runs_take_turns() {
    let files = site::site(30, 1);
    let folder = project(&files);
    let memory = Memory::default();
    let held = |token: &str, beat: u32| {
        let note = format!("{{\"token\":\"{token}\",\"beat\":{beat}}}");
        memory.files.lock().expect("no panic").insert(".postil/deploy-lock.json".to_owned(), (note.into_bytes(), Headers::default()));
    };
    held("another", 1);
    let fault = std::thread::scope(|scope| {
        // The other run lives: its lock changes.
        let run = scope.spawn(|| run(&memory, folder.path(), &files, &options()));
        let mut beat = 1;
        while !run.is_finished() {
            beat += 1;
            held("another", beat);
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        run.join().expect("no panic").expect_err("it is held")
    });
    assert_eq!(fault.kind, Kind::Busy);
    assert!(memory.site().is_empty() && memory.sent().is_empty());
    // A lock that nobody keeps fresh is taken over, and one that this project left behind at once.
    run(&memory, folder.path(), &files, &options()).expect("the other run is gone");
    assert_eq!(memory.site(), files);
    let dumb = Memory { dumb: true, ..Memory::default() };
    let (_, done) = run(&dumb, folder.path(), &files, &options()).expect("it goes through");
    assert!(done.no_conditions);
}
