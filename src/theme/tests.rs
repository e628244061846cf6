//! Tests of themes: which file wins, what may not stand, and where a fault is reported.

use super::*;
use crate::page::data::{Corrections, HeadingItem, Html, Machines, SectionData};
use crate::read::snapshot::CONFIG;
use crate::text::{Place, Span, rules};

fn load(name: &str, files: &[(&str, &str)]) -> (Option<Theme>, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let name = Spanned { value: name.to_owned(), span: Span::new(9, 13) };
    let theme = Theme::load(&name, &Snapshot::of(files.iter().copied()), &mut diagnostics);
    (theme.map(|theme| theme.with_site(&site())), diagnostics)
}

fn site() -> Site {
    Site {
        title: "A & B".to_owned(),
        subtitle: None,
        description: None,
        language: "en".to_owned(),
        authors: Vec::new(),
        publisher: None,
        license: None,
        license_url: None,
        base_url: None,
        generator: "Postil".to_owned(),
        apparatus: Vec::new(),
        has_print: false,
    }
}

fn page() -> PageHead {
    PageHead {
        shape: "section",
        kind: None,
        path: "a/index.html".to_owned(),
        root: "../".to_owned(),
        assets: "../static/".to_owned(),
        title: "One <two>".to_owned(),
        description: "\"Said\"".to_owned(),
        canonical: None,
        has_drawings: false,
        machines: Machines::default(),
    }
}

fn render(theme: &Theme) -> Result<String, Diagnostic> {
    theme.render("section.html", "section", &page(), SectionData::default())
}

/// The one finding of a theme whose `section.html` is this text, and the words that it points at.
fn fault(text: &str) -> (Diagnostic, String) {
    let (theme, diagnostics) = load("default", &[("themes/default/templates/section.html", text)]);
    let found = match theme {
        Some(theme) => render(&theme).expect_err("the template is broken"),
        None => diagnostics.iter().next().expect("a theme that does not load says why").clone(),
    };
    let place = found.place.clone().expect("the finding has a place");
    assert_eq!(&*place.path, "themes/default/templates/section.html");
    assert_eq!(found.rule, &rules::TEMPLATE);
    (found, text[place.span.range()].to_owned())
}

#[test]
fn the_built_in_theme_renders_and_escapes() {
    let (theme, diagnostics) = load("default", &[]);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let theme = theme.expect("the built-in theme loads");
    let html = render(&theme).expect("it renders");
    assert!(html.starts_with("<!doctype html>"));
    assert!(html.contains("<title>One &lt;two&gt; · A &amp; B</title>"));
    assert!(html.contains("content=\"&quot;Said&quot;\""));
    assert!(html.contains("href=\"../static/style.css\""));
    assert_eq!(html, render(&theme).expect("it renders again"));
    let empty = Corrections { entries: Vec::new() };
    theme.render("corrections.html", "corrections", &page(), &empty).expect("the log renders");
    theme.render("404.html", "missing", &page(), ()).expect("the page for missing addresses renders");
    assert!(theme.statics().any(|(path, _)| path == "static/style.css"));
}

#[test]
fn a_site_replaces_single_files_of_the_default_theme() {
    let (theme, _) = load("default", &[("themes/default/static/style.css", "p{}"), ("themes/default/static/a.svg", "<svg/>")]);
    let theme = theme.expect("a part of the default theme is enough");
    let own = |wanted: &str| theme.statics().find(|(path, _)| *path == wanted).map(|(_, bytes)| bytes.to_vec());
    assert_eq!(own("static/a.svg").as_deref(), Some(&b"<svg/>"[..]));
    assert_eq!(own("static/style.css").as_deref(), Some(&b"p{}"[..]));
    assert!(own("static/icon.svg").is_some(), "what the site does not replace stays");
    assert!(render(&theme).is_ok());
}

#[test]
fn the_nearest_theme_wins_and_may_build_on_the_next() {
    let files = [
        ("themes/mine/theme.toml", "extends = \"default\""),
        ("themes/mine/templates/section.html", "{% extends \"default/section.html\" %}{% block head %}<!-- mine -->{% endblock head %}"),
        ("themes/mine/templates/components/own.html", "{% component card.label(card) %}mine{% endcomponent card.label %}"),
    ];
    let (theme, diagnostics) = load("mine", &files);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let html = render(&theme.expect("it loads")).expect("it renders");
    assert!(html.contains("<!-- mine -->") && html.contains("<main"));
}

#[test]
fn an_unknown_theme_offers_the_nearest() {
    let (theme, diagnostics) = load("defualt", &[("themes/mine/static/a.css", "")]);
    assert!(theme.is_none());
    let found = diagnostics.iter().next().expect("it is reported");
    assert_eq!(found.place, Some(Place::new(CONFIG, Span::new(9, 13))));
    assert!(found.help[0].contains("`default`"), "{found:?}");
}

#[test]
fn a_circle_of_themes_is_refused() {
    let (theme, diagnostics) = load("a", &[("themes/a/theme.toml", "extends = \"b\""), ("themes/b/theme.toml", "extends = \"a\"")]);
    assert!(theme.is_none());
    let found = diagnostics.iter().next().expect("it is reported");
    assert_eq!(found.message, "the theme `a` extends itself: `a` extends `b` extends `a`");
    assert_eq!(found.place, Some(Place::new("themes/b/theme.toml", Span::new(10, 13))));
}

#[test]
fn a_fault_points_at_its_words() {
    let (found, words) = fault("中文 {{ sectoin.title }}");
    assert_eq!((found.message.as_str(), words.as_str()), ("variable `sectoin` is not defined", "sectoin"));
    assert_eq!(found.help, ["did you mean `section`?", "known variables: page, section, site"]);
    let (found, words) = fault("{{ section.tilte }}");
    assert_eq!((found.help[0].as_str(), words.as_str()), ("did you mean `title` or `subtitle`?", "tilte"));
    let (found, words) = fault("<p>\n中文 {{ page.title | uper }}");
    assert_eq!((found.message.as_str(), words.as_str()), ("unknown filter `uper`", "uper"));
    let (found, words) = fault("{% extends \"bse.html\" %}");
    assert!(found.help[0].starts_with("did you mean `base.html`"), "{found:?}");
    assert_eq!(words, "bse.html");
    let (found, _) = fault("{% if page %}");
    assert!(found.message.contains("end of input"), "{found:?}");
}

#[test]
fn a_fault_in_a_component_names_its_caller() {
    let text = "{% component one(x) %}{{ x.y }}{% endcomponent one %}\n{{ <one x={page} /> }}";
    let (found, words) = fault(text);
    assert_eq!(words, "y");
    assert_eq!(found.related.len(), 1);
    assert_eq!(&text[found.related[0].place.span.range()], "<one x={page} />");
}

#[test]
fn every_broken_template_is_reported() {
    let files = [("themes/default/templates/section.html", "{{ }}"), ("themes/default/templates/home.html", "{% nonsense %}")];
    let (theme, diagnostics) = load("default", &files);
    assert!(theme.is_none());
    assert_eq!(diagnostics.iter().count(), 2);
}

#[test]
fn a_theme_without_a_template_says_which() {
    let (theme, _) = load("bare", &[("themes/bare/static/a.css", "")]);
    let found = render(&theme.expect("a theme of static files loads")).expect_err("it has no template");
    assert_eq!(found.message, "the theme `bare` has no template `section.html`");
}

#[test]
fn themes_are_shared_between_threads() {
    const fn shared<T: Send + Sync>() {}
    shared::<Theme>();
}

#[test]
fn the_built_in_templates_use_only_names_that_are_there() {
    // Handed in as a site's own files, they are scanned like those of any other theme.
    let built_in = Folder::find("default", &Snapshot::default(), &mut Diagnostics::default()).expect("the theme is built in");
    let own: Vec<(String, String)> =
        built_in.files().map(|(path, bytes)| (path.to_owned(), String::from_utf8_lossy(bytes).into_owned())).collect();
    let files: Vec<(&str, &str)> = own.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let (theme, _) = load("default", &files);
    let mut found = Diagnostics::default();
    theme.expect("the theme loads").unknown_names(&mut found);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn unknown_names_are_found_in_loops_and_in_branches() {
    let text = "{% for h in section.headings %}{{ h.txt }}{% endfor %}{% if page.foo == 'site.x' %}{{ site.titel | safe }}{% endif %}\
        {% for section in site.authors %}{{ section.any }}{% endfor %}{{ sectoin.title }}";
    let (theme, _) = load("default", &[("themes/default/templates/section.html", text)]);
    let mut found = Diagnostics::default();
    theme.expect("the theme loads").unknown_names(&mut found);
    let words: Vec<&str> = found.iter().filter_map(|one| one.place.as_ref()).map(|place| &text[place.span.range()]).collect();
    assert_eq!(words, ["sectoin", "txt", "foo", "titel"]);
}

/// What the names of a theme with this one file are found to be wrong in, and the words of the file.
fn unknown(path: &str, text: &str) -> Vec<(String, String)> {
    let path = format!("themes/mine/templates/{path}");
    let (theme, _) = load("mine", &[("themes/mine/theme.toml", "extends = \"default\""), (&path, text)]);
    let mut found = Diagnostics::default();
    theme.expect("the theme loads").unknown_names(&mut found);
    let place = |one: &Diagnostic| one.place.clone().expect("the finding has a place");
    assert!(found.iter().all(|one| *place(one).path == *path), "{found:?}");
    found.iter().map(|one| (one.message.clone(), text[place(one).span.range()].to_owned())).collect()
}

#[test]
fn unknown_names_are_found_in_components() {
    // What a card is, only the calls in the default theme's templates tell.
    let found = unknown("components/card.html", "{% component card.label(card) %}{{ card.lable | safe }}{% endcomponent card.label %}");
    assert_eq!(found, [("`card.lable` is not there: nothing is called `lable`".to_owned(), "lable".to_owned())]);
    let text = "{% component mine.dates(list, word = \"\") %}{{ word }}{% for one in list %}{{ one.dat }}{% endfor %}{% endcomponent mine.dates %}\
        {{ <mine.dates list={corrections.entries} word=\"on\" /> }}";
    assert_eq!(unknown("corrections.html", text)[0].1, "dat");
    // Two sorts of values: nothing is known of the argument.
    let text = "{% component mine.name(of) %}{{ of.title }}{{ of.iso }}{% endcomponent mine.name %}{{ <mine.name of={section} /> }}{{ <mine.name of={section.date} /> }}";
    assert_eq!(unknown("section.html", text), []);
}

#[test]
fn a_component_takes_what_it_is_called_with() {
    let told = |text: &str| unknown("components/card.html", text);
    let found = told("{% component card.label(crad) %}{{ crad.label | safe }}{% endcomponent card.label %}");
    let messages: Vec<&str> = found.iter().map(|(message, _)| message.as_str()).collect();
    assert_eq!(
        messages,
        ["`card.label` is called with `card`, which it does not take", "`card.label` is called without `crad`, which it needs"]
    );
    assert!(found.iter().all(|(_, words)| words == "card.label"), "{found:?}");
    let found = unknown("section.html", "{{ <card.back links={section.headings} entri=\"a\" /> }}");
    assert_eq!(found[0], ("`card.back` is called with `entri`, which it does not take".to_owned(), "card.back".to_owned()));
}

#[test]
fn the_nearest_component_and_block_are_offered() {
    let (found, words) = fault("{{ <card.lable card={section} /> }}");
    assert!(found.help[0].starts_with("did you mean `card.label`") && words.starts_with("<card.lable"), "{found:?}");
    let (found, words) = fault("{% extends \"base.html\" %}{% block mian %}{% endblock mian %}");
    assert_eq!((found.help.first().map(String::as_str), words.as_str()), (Some("did you mean `main`?"), "mian"));
}

#[test]
fn the_nearest_filter_test_and_function_are_offered() {
    for (text, near) in
        [("{{ page.title | saef }}", "safe"), ("{% if page.title is strng %}{% endif %}", "string"), ("{{ rnge(end=3) }}", "range")]
    {
        let (found, _) = fault(text);
        assert!(found.help[0].starts_with(&format!("did you mean `{near}`")), "{text}: {:?}", found.help);
    }
    let (found, _) = fault("{{ rot13(text=page.title) }}");
    assert_eq!(found.help[0], "known functions: range, super, throw");
}

#[test]
fn a_fault_in_a_built_in_template_has_its_place_too() {
    let text =
        "{% component contents.headings(section) %}{% set x = section %}{{ <card.way link={x} /> }}{% endcomponent contents.headings %}";
    let (theme, _) =
        load("mine", &[("themes/mine/theme.toml", "extends = \"default\""), ("themes/mine/templates/components/own.html", text)]);
    let data =
        SectionData { headings: vec![HeadingItem { level: 2, id: "a".to_owned(), title: Html("A".to_owned()) }], ..SectionData::default() };
    let found = theme.expect("it loads").render("section.html", "section", &page(), &data).expect_err("a section is no link");
    let place = found.place.expect("the finding has a place");
    let card = std::str::from_utf8(built_in(&place.path).expect("the file is built in")).expect("a text");
    assert_eq!((&*place.path, &card[place.span.range()]), ("themes/default/templates/components/card.html", "href"));
    assert!(found.help[0].starts_with("known fields: ") && found.help[1].contains("is built in"), "{:?}", found.help);
    assert_eq!(found.related.len(), 2, "it names who called");
}

#[test]
fn a_component_that_a_file_replaced_away_is_told_with_that_file() {
    let path = "themes/default/templates/components/card.html";
    let (theme, diagnostics) = load("default", &[(path, "{% component card.label(card) %}x{% endcomponent card.label %}")]);
    assert!(theme.is_none());
    assert!(diagnostics.iter().all(|one| one.place.is_some() && one.help[0].contains(&format!("`{path}` replaces"))), "{diagnostics:?}");
    let own = "themes/default/templates/components/own.html";
    let (_, diagnostics) = load("default", &[(own, "{% component card.label(card) %}x{% endcomponent card.label %}")]);
    let found = diagnostics.iter().next().expect("it is reported");
    assert_eq!(found.place.as_ref().map(|place| &*place.path), Some(own));
    assert!(found.help[0].contains("`extends = \"default\"`"), "{found:?}");
}

#[test]
fn the_second_theme_is_built_in_and_extends_the_first() {
    let (theme, diagnostics) = load("plain", &[]);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let theme = theme.expect("it loads");
    let statics: BTreeMap<&str, &Bytes> = theme.statics().collect();
    assert!(statics.contains_key("static/style.css"), "the default's");
    assert!(std::str::from_utf8(statics["static/tokens.css"]).expect("a text").contains("plain theme"));
    assert!(render(&theme).is_ok());
}
