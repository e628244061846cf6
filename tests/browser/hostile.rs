//! A briefing that nobody would write and a page has to bear: titles of 300 characters, words of 80 letters, 400 notes in
//! a section, notes longer than the text, tables of 12 columns, scripts from right to left, a section with nothing in it,
//! a figure wider than any screen, a term used 2,000 times. Nothing overlaps, sticks out or disappears.

use std::fmt::Write;
use std::sync::OnceLock;

use postil::read::snapshot::Snapshot;
use serde_json::json;

use crate::chromium::Browser;
use crate::layout::{COLLISIONS, SPACING};
use crate::page::Page;
use crate::site::Site;

/// 80 letters without a place to break.
fn word() -> String {
    "unbreakable".chars().cycle().take(80).collect()
}

/// 300 characters.
fn title() -> String {
    "A title that goes on ".chars().cycle().take(300).collect::<String>().trim().to_owned()
}

const MIXED: &str = "The Hebrew שלום עולם and the Arabic مرحبا بالعالم stand beside 中文和日本語のテキスト, ภาษาไทยไม่มีช่องว่างระหว่างคำ and Ελληνικά (12,5 % / ‎−3‏).";

/// The section of all records, and of everything that is too wide; what stands in braces is put in.
const WIDE: &str = r#"+++
title = "{title}"
subtitle = "{title}"
summary = "{title}"
authors = ["{word}"]

[[sources]]
id = "{word}"
title = "{title} {word}"
author = "{word}, {word}"
date = "2022"
url = "https://example.org/{word}{word}"

[[terms]]
id = "term"
term = "{word}"
definition = "{title}"
forms = { zh-Hans = "{han}", ar = "كلمة" }

[[claims]]
id = "{word}"
statement = "{title} 12,345,678 {word}."
value = 12345678
unit = "{word}"
as_of = "{title}"
said_by = "{word}"
support = "attributed"
sources = [{ id = "{word}", locator = "{title}", quote = "{title}" }]

[[notes]]
id = "{word}"
about = ["{word}"]
category = "{word}"
problem = "{title} {word}"
reading = "{title}"

[[entities]]
id = "who"
name = "{word}"
type = "organisation"
role = "{title}"

[[figures]]
id = "wide"
kind = "svg"
title = "{title}"
caption = "{title} {word}"
alt = "{title}"
src = "wide.svg"
sources = ["{word}"]

[[figures]]
id = "chart"
kind = "chart"
chart = "bar"
title = "{word}"
caption = "{title}"
alt = "{title}"
data = "chart.csv"
x = "what"
y = "amount"
unit = "{word}"
sources = ["{word}"]
+++

# {title} {word}

{mixed}

## {title}

### {word}

{word} `{word}{word}` [12,345,678 {word}](claim:{word}) [@{word}, {word}] [[term]] [[ent:who]] [note](note:{word}) <https://example.org/{word}{word}>

{table}

![[fig:wide]]

![[fig:chart]]

> {word} {mixed}
>
> — [@{word}, p. 3]

> [!CORRECTION 2024-05-01]
> {word} {title}

> [!NOTE]
> {word}

```rust
let {word}{word} = "{word}{word}";
```

- one
    - {word}
        - {word}
            - {word}

<p dir="rtl" lang="ar">مرحبا بالعالم {word} 12,5</p>
"#;

fn wide() -> String {
    let row = |cell: &str| format!("|{}\n", format!(" {cell} |").repeat(12));
    let table = [row("A column"), row("---").replace(' ', ""), row("1,234,567 units").repeat(3)].concat();
    let parts =
        [("{title}", title()), ("{mixed}", MIXED.to_owned()), ("{table}", table), ("{han}", "中文和日本語".repeat(20)), ("{word}", word())];
    parts.iter().fold(WIDE.to_owned(), |text, (name, part)| text.replace(name, part))
}

/// 400 notes in one section, the last of them longer than all of the text, and two in a short paragraph.
fn noted() -> String {
    let mut text = String::from("+++\ntitle = \"Notes\"\n+++\n\n");
    for number in (1..400).step_by(3) {
        let _ = writeln!(text, "Short[^n{number}] text[^n{}] here[^n{}].\n", number + 1, number + 2);
    }
    text.push_str("The last[^n400].\n\n");
    for number in 1..=399 {
        let _ = writeln!(
            text,
            "[^n{number}]: Note {number} has words of its own, {}.\n",
            if number % 50 == 0 { word() } else { "as notes have".to_owned() }
        );
    }
    let _ = writeln!(text, "[^n400]: {}", "This note is longer than the text that it belongs to. ".repeat(120));
    text
}

/// A term, 2,000 times.
fn often() -> String {
    let line = format!("{}\n\n", "The [[term|word]] again. ".repeat(20));
    format!("+++\ntitle = \"Often\"\n+++\n\n{}", line.repeat(100))
}

/// The site of this briefing.
fn site() -> &'static Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(|| {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9000 60\" width=\"9000\" height=\"60\"><rect width=\"9000\" height=\"60\"/></svg>";
        let rows: Vec<String> = (1..=30).map(|number| format!("{} {number},{number}", word())).collect();
        Site::of(&Snapshot::of([
            ("postil.toml", format!("title = \"{}\"\nlanguage = \"en\"\n", title())),
            ("content/index.md", format!("+++\ntitle = \"{0}\"\n+++\n\n{0} {1}\n", title(), word())),
            ("content/01-wide.md", wide()),
            ("content/02-margin.md", noted()),
            ("content/03-often.md", often()),
            ("content/04-empty.md", "+++\ntitle = \"Nothing\"\n+++\n".to_owned()),
            ("content/wide.svg", svg.to_owned()),
            ("content/chart.csv", format!("what,amount\n{}\n", rows.join("\n"))),
        ]))
    })
}

fn open(width: u32) -> Option<Page> {
    Some(Page::new(Browser::shared()?, width, 900))
}

/// What is wider than the screen and cannot be moved into it, and text that its own box cuts off.
const LOST: &str = "(() => {
  const wide = document.documentElement.clientWidth;
  const wrong = document.documentElement.scrollWidth > wide ? ['the page is ' + document.documentElement.scrollWidth + ' wide'] : [];
  const name = it => it.tagName + '.' + (it.className.baseVal ?? it.className) + ' “' + it.textContent.trim().slice(0, 30) + '”';
  for (const it of document.querySelectorAll('body *')) {
    if (!it.checkVisibility() || it.closest('.skip, .thumbnail, dialog') || it.closest('svg') && it.localName !== 'text') continue;
    const box = it.getBoundingClientRect(), style = getComputedStyle(it);
    if (style.clipPath !== 'none') continue;
    const moved = it.closest('.table-scroll, .code');
    if (box.width && !moved && (box.right > wide + 1 || box.left < -1)) wrong.push(name(it) + ' sticks out: ' + box.left + ' to ' + box.right);
    if (!/auto|scroll/.test(style.overflowX) && style.overflowX !== 'visible' && it.scrollWidth > it.clientWidth + 1) wrong.push(name(it) + ' is cut off');
    if (!/auto|scroll/.test(style.overflowY) && style.overflowY !== 'visible' && it.scrollHeight > it.clientHeight + 1) wrong.push(name(it) + ' is cut off below');
  }
  return wrong.slice(0, 8);
})()";

#[test]
fn nothing_sticks_out_or_is_cut_off() {
    let Some(mut page) = open(1440) else { return };
    let mut wrong = Vec::new();
    for path in site().pages() {
        page.open(&site().url(path));
        for width in [320, 834, 1440] {
            page.resize(width, 900);
            page.until(&format!("innerWidth === {width}"), "the new width");
            wrong.extend(page.texts(LOST).into_iter().map(|one| format!("{path} at {width} px: {one}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn text_of_twice_the_size_and_wide_spacing_lose_nothing() {
    let Some(mut page) = open(1280) else { return };
    let mut wrong = Vec::new();
    for path in site().pages() {
        for (how, what) in [("twice the size", "document.documentElement.style.fontSize = '200%'; true"), ("wide spacing", SPACING)] {
            page.open(&site().url(path));
            page.get(what);
            wrong.extend(page.texts(LOST).into_iter().map(|one| format!("{path}, {how}: {one}")));
            wrong.extend(page.texts(COLLISIONS).into_iter().map(|one| format!("{path}, {how}: {one}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn boxes_of_the_margin_never_meet() {
    let Some(mut page) = open(1440) else { return };
    for path in ["wide/index.html", "margin/index.html"] {
        let path = site().pages().find(|one| one.ends_with(path)).unwrap_or(path);
        page.open(&site().url(path));
        for width in crate::WIDTHS {
            page.resize(width, 900);
            page.until(&format!("innerWidth === {width}"), "the new width");
            let wrong = page.texts(COLLISIONS);
            assert!(wrong.is_empty(), "{path} at {width} px: {wrong:#?}");
        }
    }
}

#[test]
fn nothing_disappears() {
    let Some(mut page) = open(1440) else { return };
    let seen = |selector: &str| {
        format!(
            "[...document.querySelectorAll({})].filter(it => it.checkVisibility() && it.getClientRects().length).length",
            json!(selector)
        )
    };
    page.open(&site().url(site().sections().into_iter().find(|path| path.contains("margin")).expect("a section")));
    assert_eq!(page.get(&seen(".body .sidenote")), json!(400), "notes in the margin");
    assert_eq!(page.get(&seen(".endnotes li")), json!(400), "notes at the end");
    page.open(&site().url("often/index.html"));
    assert_eq!(page.get(&seen(".body a.term")), json!(2000), "marks of the term");
    assert_eq!(page.get("document.querySelectorAll('[id^=card-] [role=doc-backlink]').length"), json!(2000), "ways back from it");
    page.open(&site().url("empty/index.html"));
    assert_eq!(page.get(&seen("h1")), json!(1), "the heading of a section with nothing in it");
    page.open(&site().url("wide/index.html"));
    for selector in [".body td", ".body figure img", ".body svg.drawing", ".body [dir=rtl]", ".body pre", ".uses .card"] {
        assert!(page.get(&seen(selector)).as_u64() > Some(0), "{selector} is there");
    }
    let order = page.get("getComputedStyle(document.querySelector('.body [dir=rtl]')).direction");
    assert_eq!(order, json!("rtl"));
}
