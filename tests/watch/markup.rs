//! Texts of files in the panel over a page: whatever they say, they stay texts.

use scraper::Html;

use crate::common::site::elements;
use crate::session::Session;

#[test]
fn no_text_of_a_file_becomes_markup_in_the_panel() {
    let payloads = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\"><svg onload=alert(1)>",
        "'><b>x</b>",
        "</li></ul></section><h1>x</h1>",
        "</pre><iframe src=x>",
        "<!--",
        "-->",
        "<![CDATA[",
        "&lt;script&gt;",
        "&#60;script&#62;",
        "<a href=javascript:alert(1)>x</a>",
        "javascript:alert(1)",
        "\u{202e}<i>",
        "<style>*{display:none}</style>",
        "<template><script>",
        "<math><mi//xlink:href=\"data:x,<script>\">",
        "{{ 7 * 7 }}",
        "${7*7}",
        "<postil-x y=z>",
    ];
    // A panel lists so many findings and no more, so they come in parts.
    for (part, payloads) in payloads.chunks(5).enumerate() {
        shows_no_markup(part, payloads);
    }
}

/// Puts these texts wherever a file has any, and looks at the panel.
fn shows_no_markup(part: usize, payloads: &[&str]) {
    let broken = "{{ nothing.\"<script>\" }} <script>".to_owned();
    let mut files = vec![("themes/default/templates/404.html".to_owned(), broken)];
    for (number, payload) in payloads.iter().enumerate() {
        let name = payload.replace('/', "\u{2215}");
        let quoted = serde_json::Value::from(*payload);
        let body = format!("See [{payload}](term:no-{number}) {payload} [@no-{number}].");
        files.push((format!("content/n{number} {name}.md"), format!("+++\ntitle = {quoted}\nx{number} = 1\n+++\n\n{body}\n")));
        files.push((format!("content/t{number}.md"), format!("+++\ntitle = \"{payload}\n+++\n")));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let session = Session::start(&files);
    let state = session.events("/").until(|state| state["panel"] != "");
    let panel = state["panel"].as_str().expect("a text");
    for place in ["content/t0.md:2:", "content/t4.md:2:", "themes/default/templates/404.html:1:"] {
        assert!(panel.contains(place), "{part}: {place} in {panel}");
    }
    let known = ["html", "head", "body", "section", "details", "summary", "h2", "ul", "li", "p", "b", "code", "pre", "mark", "a"];
    for element in elements(&Html::parse_document(panel)) {
        assert!(known.contains(&element.value().name()), "{}", element.html());
        for (name, value) in element.value().attrs() {
            let fine = match name {
                "class" => ["errors", "warnings", "place", "help"].contains(&value),
                "role" => value == "alert",
                "href" => value.starts_with("vscode://file/") && !value.contains(['<', '"', '\'', ' ']),
                _ => false,
            };
            assert!(fine, "{}", element.html());
        }
    }
    assert!(!session.get("/").body.contains("alert(1)"));
}
