//! Pages of other servers, open in the browser of an author who watches: they get nothing of what is being written.

use serde_json::{Value, json};

use crate::common::program::Briefing;
use crate::open;
use crate::page::Page;
use crate::watching::Session;

/// Every way in which a page takes something of another into itself, for the server at this address.
fn attack(own: &str) -> String {
    format!(
        "(async () => {{
            const own = {}, got = [];
            const over = (one, name) => new Promise((done) => {{
                one.onload = one.onopen = one.onmessage = () => done(got.push(name));
                one.onerror = () => done();
                setTimeout(done, 3000);
            }});
            const element = (name, attributes) => {{
                const made = Object.assign(document.createElement(name), attributes);
                const end = over(made, name);
                document.body.append(made);
                return end;
            }};
            await fetch(own + 'a/').then((answer) => answer.text()).then((text) => got.push('fetch'), () => {{}});
            await fetch(own + 'a/', {{ mode: 'no-cors' }}).then((answer) => answer.type === 'opaque' || got.push('no-cors'), () => {{}});
            await over(new EventSource(own + '.postil/events?path=/a/'), 'events');
            await element('script', {{ src: own + 'static/reading.js' }});
            await element('img', {{ src: own + 'static/icon.svg' }});
            await element('link', {{ rel: 'stylesheet', href: own + 'static/style.css' }});
            await element('object', {{ data: own + 'a/' }});
            const frame = document.createElement('iframe');
            frame.src = own + 'a/';
            document.body.append(frame);
            await over(frame, 'iframe').then(() => got.splice(0, got.length, ...got.filter((one) => one !== 'iframe')));
            return got;
        }})()",
        json!(own)
    )
}

/// The status of each answer of the server at this address, with what was asked for.
fn answers(page: &Page, own: &str) -> Vec<(String, u64)> {
    let events = page.events();
    let requests = events.iter().filter(|event| event["method"] == "Network.requestWillBeSent");
    let urls: Vec<(&Value, &str)> =
        requests.filter_map(|event| Some((&event["params"]["requestId"], event["params"]["request"]["url"].as_str()?))).collect();
    let heard = events.iter().filter(|event| event["method"] == "Network.responseReceivedExtraInfo");
    heard
        .filter_map(|event| {
            let url = urls.iter().find(|(id, _)| **id == event["params"]["requestId"])?.1;
            Some((url.strip_prefix(own)?.to_owned(), event["params"]["statusCode"].as_u64()?))
        })
        .collect()
}

#[test]
fn a_foreign_page_gets_nothing_and_may_link() {
    let Some((mut page, site)) = open(1200, 800) else { return };
    let session = Session::with(Briefing::new(&[("content/01-a.md", "+++\ntitle = \"First\"\n+++\n\nThe first words.\n")]), &[]);
    session.shows("/a/", "The first words.");
    let own = format!("http://127.0.0.1:{}/", session.port);
    // A server of this machine on another port, and a page that is nobody's.
    for foreign in [site.url("index.html"), "data:text/html,<body>".to_owned()] {
        page.open(&foreign);
        assert_eq!(page.promised(&attack(&own)), json!([]), "{foreign} has got something");
        page.get("0");
    }
    let answered = answers(&page, &own);
    assert!(answered.len() >= 6, "the server was asked: {answered:?}");
    assert!(answered.iter().all(|(_, status)| *status == 403), "{answered:?}");
    assert!(answered.iter().any(|(path, _)| path.starts_with(".postil/events")), "{answered:?}");
    // A link is followed, and the page that it leads to hears of changes.
    page.open(&site.url("index.html"));
    page.get(&format!("const link = document.createElement('a'); link.href = {}; link.id = 'probe'; link.textContent = 'there'; document.querySelector('main').prepend(link); 0", json!(format!("{own}a/"))));
    page.click("#probe");
    page.until(&format!("location.href === {} && !!document.querySelector('main')", json!(format!("{own}a/"))), "the page that is linked");
    session.write("content/01-a.md", "+++\ntitle = \"First\"\n+++\n\nThe second words.\n");
    page.until("document.querySelector('main').innerText.includes('The second words.')", "it follows");
}
