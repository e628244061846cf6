//! A page that is open while its author saves: the text changes under the reader's eyes, and nothing else does.

use serde_json::{Value, json};

use crate::chromium::Browser;
use crate::common::program::Briefing;
use crate::page::Page;
use crate::watching::Session;

const SOURCE: &str = "[[sources]]\nid = \"nbs\"\ntype = \"report\"\ntitle = \"The yearbook\"\nauthor = \"The bureau\"\n";

/// A long section with a citation in its middle, and a paragraph of one's own after it.
fn section(words: &str) -> String {
    let rest = "Words that stay where they are, line after line, so that there is something to scroll.\n\n".repeat(30);
    format!("+++\ntitle = \"First\"\n{SOURCE}+++\n\n{rest}Output fell [@nbs].\n\n{words}\n\n{rest}")
}

fn briefing() -> Briefing {
    Briefing::new(&[
        ("content/01-a.md", &section("The first words.")),
        ("content/02-b.md", "+++\ntitle = \"Second\"\n+++\n\nThe other page.\n"),
    ])
}

/// The session, and a page that it serves; nothing where there is no browser.
fn open() -> Option<(Session, Page)> {
    let browser = Browser::shared()?;
    let session = Session::with(briefing(), &[]);
    session.shows("/a/", "The first words.");
    let mut page = Page::new(browser, 1200, 800);
    visit(&session, &mut page, "a/");
    Some((session, page))
}

/// Opens a page, and keeps what happens to it: a new start of the page would forget all of that.
fn visit(session: &Session, page: &mut Page, path: &str) {
    page.open(&format!("http://127.0.0.1:{}/{path}", session.port));
    page.get(
        "window.swaps = 0; window.marked = []; document.addEventListener('postil:swap', () => swaps++); \
         new MutationObserver(changes => changes.forEach(({ target }) => target.matches('.postil-changed') && marked.push(target.textContent))) \
             .observe(document.body, { attributes: true, attributeFilter: ['class'], subtree: true }); 0",
    );
}

/// Waits until a text stands in the page, which is the one that was opened.
fn says(page: &mut Page, words: &str) {
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
    assert_eq!(page.get("swaps"), json!(2));
}
