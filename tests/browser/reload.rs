//! A page that is open while its author saves: the text changes under the reader's eyes, and nothing else does.

use serde_json::{Value, json};

use crate::chromium::Browser;
use crate::common::program::Briefing;
use crate::page::Page;
use crate::watching::Session;

const SOURCE: &str = "[[sources]]\nid = \"nbs\"\ntype = \"report\"\ntitle = \"The yearbook\"\nauthor = \"The bureau\"\n";

/// A long section with a citation in its middle, and a paragraph of one's own after it.
pub(crate) fn section(words: &str) -> String {
    let rest = "Words that stay where they are, line after line, so that there is something to scroll.\n\n".repeat(30);
    format!("+++\ntitle = \"First\"\n{SOURCE}+++\n\n{rest}Output fell [@nbs].\n\n{words}\n\n{rest}")
}

pub(crate) fn briefing() -> Briefing {
    Briefing::new(&[
        ("content/01-a.md", &section("The first words.")),
        ("content/02-b.md", "+++\ntitle = \"Second\"\n+++\n\nThe other page.\n"),
    ])
}

/// The session, and a page that it serves; nothing where there is no browser.
pub(crate) fn open() -> Option<(Session, Page)> {
    open_at(briefing(), "a/")
}

/// A session on a briefing, and one of its pages.
pub(crate) fn open_at(briefing: Briefing, path: &str) -> Option<(Session, Page)> {
    let browser = Browser::shared()?;
    let session = Session::with(briefing, &[]);
    session.answers(&format!("/{path}"), 200);
    let mut page = Page::new(browser, 1200, 800);
    visit(&session, &mut page, path);
    Some((session, page))
}

/// Opens a page, and keeps what happens to it: a new start of the page would forget all of that.
pub(crate) fn visit(session: &Session, page: &mut Page, path: &str) {
    page.open(&format!("http://127.0.0.1:{}/{path}", session.port));
    page.get(
        "window.swaps = 0; window.kept = {}; window.marked = []; document.addEventListener('postil:swap', () => swaps++); \
         new MutationObserver(changes => changes.forEach(({ target }) => target.matches('.postil-changed') && marked.push(target.textContent))) \
             .observe(document.body, { attributes: true, attributeFilter: ['class'], subtree: true }); 0",
    );
}

/// Waits until a text stands in the page, which is the one that was opened.
pub(crate) fn says(page: &mut Page, words: &str) {
    page.until(&format!("document.querySelector('main').innerText.includes({})", json!(words)), words);
    assert_ne!(page.get("window.swaps ?? null"), Value::Null, "the page was loaded anew for `{words}`");
}

/// The words of the panel that lies over the page; none where there is none.
const PANEL: &str = "(document.getElementById('postil-panel')?.hidden === false \
    ? document.getElementById('postil-panel').shadowRoot.querySelector('.panel').innerText : '')";

#[test]
fn a_saved_edit_is_seen_in_place() {
    let Some((session, mut page)) = open() else { return };
    page.click("article .body a[href^='#card-source-']");
    page.until("!!document.querySelector(':popover-open')", "a card");
    let before = page.get("scrollY");
    assert!(before.as_f64().is_some_and(|at| at > 200.0), "the page is scrolled: {before}");
    session.write("content/01-a.md", &section("The second words."));
    says(&mut page, "The second words.");
    page.until("swaps === 1", "the theme hears of it");
    assert_eq!(page.get("scrollY"), before, "the page has jumped");
    assert_eq!(page.get("!!document.querySelector(':popover-open')"), json!(true), "the card was closed");
    assert_eq!(page.texts("marked")[0], "The second words.", "the passage is marked");
    page.until("!document.querySelector('.postil-changed')", "the mark goes");
    assert_eq!(page.get("[...document.querySelectorAll('main p')].some(one => one.hasAttribute('class') && !one.className)"), json!(false));
    // What comes new is shown too, and what stands below stays where it is.
    session.write("content/01-a.md", &section("The second words.\n\nA third line."));
    says(&mut page, "A third line.");
    page.until("marked.includes('A third line.')", "what is new is marked");
    session.write("content/01-a.md", &section("The last words."));
    says(&mut page, "The last words.");
    page.until("!document.querySelector('main').innerText.includes('A third line.')", "what went is gone");
    assert_eq!(page.get("scrollY"), before);
    // A title changes the head and the navigation as well.
    let buttons = page.get("document.querySelectorAll('main button').length");
    assert_ne!(buttons, json!(0), "the theme adds some");
    session.write("content/01-a.md", &section("The last words.").replace("\"First\"", "\"Renamed\""));
    says(&mut page, "Renamed");
    page.until("document.title.includes('Renamed')", "the title of the window");
    assert_eq!(page.get("document.querySelectorAll('main button').length"), buttons, "what a script has added stays");
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn a_style_is_changed_under_the_page() {
    let Some((session, mut page)) = open() else { return };
    let sheet = |colour: &str| format!(":root {{ --probe: {colour}; }}\n.probe {{ color: red; }}\n");
    let probe = "getComputedStyle(document.documentElement).getPropertyValue('--probe').trim()";
    for colour in ["teal", "navy", "olive"] {
        session.write("themes/default/static/registers.css", &sheet(colour));
        page.until(&format!("{probe} === '{colour}'"), colour);
    }
    page.until(
        "document.querySelectorAll('link[rel=stylesheet][href*=\"registers.css\"]').length === 1",
        "one sheet in the place of the other",
    );
    assert_eq!(page.get("swaps"), json!(0), "the page itself stays as it is");
}

#[test]
fn a_page_that_did_not_change_is_left_alone() {
    let Some((session, mut page)) = open() else { return };
    let mut other = Page::new(Browser::shared().expect("the same"), 1200, 800);
    visit(&session, &mut other, "b/");
    let asked = |page: &mut Page| {
        page.get("0");
        page.asked().into_iter().filter(|url| url.ends_with("/b/")).count()
    };
    // The page asks once for itself as it was served.
    other.until(
        "performance.getEntriesByType('resource').some(one => one.initiatorType === 'fetch' && one.responseEnd > 0)",
        "it has begun",
    );
    let before = asked(&mut other);
    session.write("content/01-a.md", &section("Not for the other page."));
    says(&mut page, "Not for the other page.");
    // What the other page hears next is for it.
    session.write("content/02-b.md", "+++\ntitle = \"Second\"\n+++\n\nFor the other page.\n");
    says(&mut other, "For the other page.");
    other.until("swaps === 1", "one change");
    assert_eq!(asked(&mut other), before + 1, "it asked for more than its own change");
}

#[test]
fn errors_lie_over_the_last_good_page_until_they_are_mended() {
    let Some((session, mut page)) = open() else { return };
    session.write("content/01-a.md", &section("Not yet.").replace("title = \"First\"", "title = \"<b>First"));
    page.until(&format!("{PANEL}.includes('content/01-a.md:2:')"), "the panel");
    let panel = page.get(PANEL).as_str().expect("a text").to_owned();
    assert!(panel.contains("1 error") && panel.contains("<b>First"), "{panel}");
    says(&mut page, "The first words.");
    let link = "document.getElementById('postil-panel').shadowRoot.querySelector('.place a')";
    let file = session.root().canonicalize().expect("the root").join("content/01-a.md");
    let address = page.get(&format!("{link}.href"));
    assert!(address.as_str().is_some_and(|it| it.starts_with(&format!("vscode://file{}:2:", file.display()))), "{address}");
    session.write("content/01-a.md", &section("Mended."));
    says(&mut page, "Mended.");
    page.until(&format!("{PANEL} === ''"), "the panel goes");
    // A warning is a line that opens, and says nothing until somebody asks.
    session.write("content/01-a.md", &section("Mended.").replace("Output fell [@nbs].", "Output fell."));
    page.until(&format!("{PANEL}.includes('1 warning')"), "the quiet list");
    assert_eq!(page.get(&format!("{PANEL}.includes('unused-source')")), json!(false));
    let list = "document.getElementById('postil-panel').shadowRoot.querySelector('details')";
    page.get(&format!("{list}.open = true"));
    assert_eq!(page.get(&format!("{PANEL}.includes('unused-source')")), json!(true));
}

#[test]
fn a_page_finds_its_way_back_to_a_server_that_was_started_anew() {
    let Some((session, mut page)) = open() else { return };
    let port = session.port.to_string();
    let (code, briefing) = session.end();
    assert_eq!(code, Some(0));
    briefing.write("content/01-a.md", section("Written while nobody served.").as_bytes());
    let session = Session::with(briefing, &["--port", &port]);
    says(&mut page, "Written while nobody served.");
    session.write("content/01-a.md", &section("And followed."));
    says(&mut page, "And followed.");
    // Also to one that was killed.
    let (code, briefing) = session.killed();
    assert_eq!(code, None);
    briefing.write("content/01-a.md", section("Written after a kill.").as_bytes());
    let session = Session::with(briefing, &["--port", &port]);
    says(&mut page, "Written after a kill.");
    session.write("content/01-a.md", &section("And followed again."));
    says(&mut page, "And followed again.");
    assert_eq!(page.get("swaps"), json!(4));
}

#[test]
fn a_page_that_is_saved_while_it_is_opened_is_not_loaded_twice() {
    let Some((session, mut page)) = open() else { return };
    for round in 0..8 {
        // What the page was when it was opened is asked of the browser, and not of a server that has a newer one.
        visit(&session, &mut page, if round % 2 == 0 { "b/" } else { "a/" });
        session.write(
            "content/01-a.md",
            &section(&format!("Saved for the {round}th time.")).replace("\"First\"", &format!("\"Title {round}\"")),
        );
        let shown = if round % 2 == 0 { format!("Title {round}") } else { format!("Saved for the {round}th time.") };
        page.until(&format!("document.body?.innerText.includes({})", json!(shown)), "the newer page");
        assert_ne!(page.get("window.swaps ?? null"), Value::Null, "the page was loaded anew");
    }
}

#[test]
fn a_page_that_slept_catches_up() {
    let Some((session, mut page)) = open() else { return };
    page.call("Page.setWebLifecycleState", json!({ "state": "frozen" }));
    session.write("content/01-a.md", &section("Written in its sleep."));
    session.shows("/a/", "Written in its sleep.");
    page.call("Page.setWebLifecycleState", json!({ "state": "active" }));
    says(&mut page, "Written in its sleep.");
    // A window that nobody sees gives its connection back, and asks again when it is seen.
    let seen = |hidden: bool| {
        format!(
            "Object.defineProperty(document, 'hidden', {{ value: {hidden}, configurable: true }}); document.dispatchEvent(new Event('visibilitychange')); 0"
        )
    };
    page.get(&seen(true));
    session.write("content/01-a.md", &section("Written out of sight."));
    session.shows("/a/", "Written out of sight.");
    page.get(&seen(false));
    says(&mut page, "Written out of sight.");
}

#[test]
fn what_stands_in_sight_stays_where_it_is() {
    let Some((session, mut page)) = open() else { return };
    page.get("[...document.querySelectorAll('main p')].find(it => it.textContent === 'The first words.').scrollIntoView({ block: 'center', behavior: 'instant' })");
    let place = "[...document.querySelectorAll('main p')].find(it => /first words/.test(it.textContent)).getBoundingClientRect().top";
    let link = "document.querySelector(\"article .body a[href^='#card-source-']\")";
    page.get(&format!("{link}.focus({{ preventScroll: true }}); kept.focus = document.activeElement; 0"));
    let (before, scrolled) = (page.get(place), page.get("scrollY"));
    assert!(scrolled.as_f64().is_some_and(|at| at > 200.0), "{scrolled}");
    let near = |value: Value, what: &str| {
        let [one, other] = [&value, &before].map(|it| it.as_f64().expect("a number"));
        assert!((one - other).abs() < 2.0, "{what}: from {other} to {one}");
    };
    let above = |text: &str| section("The first words.").replacen("Words that stay", &format!("{text}\n\nWords that stay"), 1);
    session.write("content/01-a.md", &above(&"A paragraph that is new, far above.\n\n".repeat(8)));
    says(&mut page, "A paragraph that is new, far above.");
    page.until("swaps === 1", "the theme hears of it");
    near(page.get(place), "after eight paragraphs above it");
    session.write("content/01-a.md", &above("One is left.").replace("The first words.", "Now the first words."));
    says(&mut page, "One is left.");
    page.until("swaps === 2", "the theme hears of it");
    near(page.get(place), "after seven are gone");
    assert_eq!(page.get("document.activeElement === kept.focus && kept.focus.isConnected"), json!(true), "the focus has gone");
}

#[test]
fn the_mark_moves_nothing_for_those_who_want_no_motion() {
    let Some((session, mut page)) = open() else { return };
    let look = "new MutationObserver(() => { const it = document.querySelector('.postil-changed'); if (it) kept.look = getComputedStyle(it).animationTimingFunction; })
        .observe(document.body, { attributes: true, attributeFilter: ['class'], subtree: true }); 0";
    page.get(look);
    page.media(&[("prefers-reduced-motion", "reduce")], "");
    session.write("content/01-a.md", &section("Without motion."));
    says(&mut page, "Without motion.");
    page.until("/^steps?[(-]/.test(kept.look)", "the mark is there, and does not fade");
    page.until("!document.querySelector('.postil-changed')", "and goes");
    page.media(&[("prefers-reduced-motion", "no-preference")], "");
    session.write("content/01-a.md", &section("With motion."));
    says(&mut page, "With motion.");
    page.until("kept.look === 'ease-out'", "the mark fades");
}

#[test]
fn a_site_with_an_address_of_its_own_changes_in_place_too() {
    let briefing = briefing();
    briefing.write("postil.toml", b"title = \"A site\"\nbase_url = \"https://example.org/briefing/\"\n");
    let Some((session, mut page)) = open_at(briefing, "a/") else { return };
    assert_eq!(page.get("!!document.querySelector('head script[type=\"application/ld+json\"]')"), json!(true), "what machines read");
    session.write("content/01-a.md", &section("The second words.").replace("\"First\"", "\"Renamed\""));
    says(&mut page, "The second words.");
    page.until(
        "swaps === 1 && document.head.innerHTML.includes('Renamed') && !document.head.innerHTML.includes('First')",
        "the head follows",
    );
    assert_eq!(page.get("document.head.querySelectorAll('script[type=\"application/ld+json\"]').length"), json!(1));
    assert_eq!(page.complaints(), [""; 0]);
}
