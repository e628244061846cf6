//! `postil verify` and postil.lock: words that were verified stay so on a machine without the copy, and any change of a
//! quotation or of a copy is noticed.

mod common;

use common::program::Briefing;

const COPY: &str = "Output of crude steel fell by 3.2 per cent. Prices rose in “most” of the regions, the bureau\nsaid on Monday.";

/// A section that quotes its source in a record and in its text.
fn section(quote: &str) -> String {
    format!(
        "+++\ntitle = \"A\"\n\n[[sources]]\nid = \"nbs\"\ntitle = \"Communique\"\naccessed = \"2024-05-01\"\nsnapshot = \"snapshots/nbs.txt\"\n\n\
         [[claims]]\nid = \"steel\"\nstatement = \"Steel fell by 3.2%.\"\nvalue = 3.2\nunit = \"%\"\n\
         sources = [{{ id = \"nbs\", quote = \"{quote}\" }}]\n+++\n\nIt [fell by 3.2%](claim:steel).\n\n\
         > Prices rose in \"most\" of the regions, the bureau said on Monday.\n> — [@nbs]\n"
    )
}

fn briefing(quote: &str) -> Briefing {
    Briefing::new(&[("postil.toml", "title = \"T\"\n"), ("content/a.md", &section(quote)), ("snapshots/nbs.txt", COPY)])
}

const GOOD: &str = "fell by 3.2 per cent";

fn page(briefing: &Briefing) -> String {
    briefing.run(&["build", "--strict"]).ends(0);
    briefing.read("output/a/index.html")
}

#[test]
fn words_stay_verified_without_the_copy() {
    let briefing = briefing(GOOD);
    briefing.run(&["check", "--strict"]).ends(1).says("postil.lock does not say so yet").says("postil verify");
    briefing.run(&["verify"]).ends(0).says("2 quotations verified; postil.lock written");
    let lock = briefing.read("postil.lock");
    assert!(lock.contains("snapshot = \"snapshots/nbs.txt\"") && lock.contains("date = \"2024-05-01\""), "{lock}");
    briefing.run(&["verify"]).ends(0).says("2 quotations verified\n");
    assert_eq!(briefing.read("postil.lock"), lock, "a second run changes nothing");
    let with_copy = page(&briefing);
    assert_eq!(with_copy.matches("verified against a copy of 1 May 2024").count(), 2, "{with_copy}");
    std::fs::remove_dir_all(briefing.root().join("snapshots")).expect("the copies can go");
    assert_eq!(page(&briefing), with_copy, "the site is the same on a machine without the copy");
    briefing.run(&["verify"]).ends(0);
    assert_eq!(briefing.read("postil.lock"), lock, "and so is the lock");
}

#[test]
fn a_changed_quotation_is_noticed_with_the_copy_and_without() {
    let briefing = briefing(GOOD);
    briefing.run(&["verify"]).ends(0);
    briefing.write("content/a.md", section("fell by 3.3 per cent").as_bytes());
    briefing
        .run(&["check"])
        .ends(1)
        .says("error[quote-mismatch]")
        .says("content/a.md:15:")
        .says("fell by 3.2 per cent")
        .says("snapshots/nbs.txt:1:");
    briefing.run(&["verify"]).ends(1).says("1 quotation verified, 1 not in its copy");
    briefing.write("content/a.md", section("Output of crude steel").as_bytes());
    std::fs::remove_dir_all(briefing.root().join("snapshots")).expect("the copies can go");
    briefing.run(&["check", "--strict"]).ends(1).says("quote-unverified").says("put the copy at snapshots/nbs.txt");
}

#[test]
fn a_changed_copy_is_noticed() {
    let briefing = briefing(GOOD);
    briefing.run(&["verify"]).ends(0);
    briefing.write("snapshots/nbs.txt", format!("A new first line.\n{COPY}").as_bytes());
    briefing.run(&["check", "--strict"]).ends(1).says("is another than the one that was verified");
    briefing.run(&["verify"]).ends(0).says("postil.lock written");
    briefing.run(&["check", "--strict"]).ends(0);
}

#[test]
fn a_quotation_that_is_gone_leaves_the_lock() {
    let briefing = briefing(GOOD);
    briefing.run(&["verify"]).ends(0);
    let before = briefing.read("postil.lock").matches("[[quotes]]").count();
    briefing.write("content/a.md", section(GOOD).replace(", quote = \"fell by 3.2 per cent\"", "").as_bytes());
    briefing.run(&["check", "--strict"]).ends(1).says("postil.lock holds 1 quotation that nothing gives any more");
    briefing.run(&["verify"]).ends(0);
    assert_eq!((before, briefing.read("postil.lock").matches("[[quotes]]").count()), (2, 1));
}

#[test]
fn a_copy_may_lie_elsewhere_and_be_a_web_page() {
    let briefing = briefing(GOOD);
    std::fs::remove_dir_all(briefing.root().join("snapshots")).expect("the copies can go");
    let file = briefing.folder.path().join("saved.txt");
    std::fs::write(&file, COPY).expect("a file");
    let given = format!("nbs={}", file.display());
    briefing.run(&["verify", "--copy", &given]).ends(0).says("2 quotations verified");
    briefing.run(&["verify", "--copy", "nsb=x"]).ends(2).says("did you mean `nbs`?");
    briefing.run(&["verify", "--copy", "nbs"]).ends(2).says("SOURCE=FILE");
    briefing.run(&["verify", "--copy", "nbs=no-such-file"]).ends(3);
    briefing.write("content/a.md", section(GOOD).replace("nbs.txt", "nbs.html").as_bytes());
    let html = format!("<!doctype html><title>T</title><script>fell by 9 per cent</script><p>{}</p>", COPY.replace("3.2", "3<wbr>.2"));
    briefing.write("snapshots/nbs.html", html.as_bytes());
    briefing.run(&["verify"]).ends(0).says("2 quotations verified");
}

#[test]
fn a_lock_or_a_copy_that_cannot_be_read_says_so() {
    let briefing = briefing(GOOD);
    briefing.write("postil.lock", b"version = [\n");
    briefing.run(&["check"]).ends(1).says("postil.lock:1:");
    briefing.run(&["verify"]).ends(0);
    briefing.run(&["check", "--strict"]).ends(0);
    briefing.write("snapshots/nbs.txt", b"\xff\xfe\xfa");
    briefing.run(&["verify"]).ends(1).says("bad-copy");
}
