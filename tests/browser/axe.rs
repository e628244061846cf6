//! Every kind of page is held to the rules of axe-core, in the light on a desk and in the dark on a phone. `make axe`
//! fetches it from its registry into `target/axe/`; where it is not there, this test says so and is skipped.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::open;

/// Where `make axe` puts it.
const SCRIPT: &str = "target/axe/node_modules/axe-core/axe.min.js";

/// All rules of the standards and of good practice.
const ALL: &str = "{ type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }";

/// Those that ask how a page looks: in other colours and another width only these may find something else.
const LOOKS: &str = "{ type: 'rule', values: ['color-contrast', 'target-size', 'scrollable-region-focusable', 'link-in-text-block'] }";

/// What it finds, as `rule: element`.
fn run(rules: &str) -> String {
    format!(
        "(async () => {{
           for (const one of document.querySelectorAll('details')) one.open = true;
           /* What is laid out only when a reader comes to it has no size before. */
           const all = document.createElement('style');
           all.textContent = '* {{ content-visibility: visible !important }}';
           document.head.append(all);
           const found = await axe.run(document, {{ runOnly: {rules}, rules: {{ 'target-size': {{ enabled: true }} }}, resultTypes: ['violations'] }});
           return found.violations.flatMap(rule => rule.nodes.slice(0, 3).map(node => rule.id + ': ' + node.html.slice(0, 160)));
         }})()"
    )
}

#[test]
fn axe_finds_nothing_on_any_kind_of_page() {
    let Ok(axe) = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(SCRIPT)) else {
        let why = format!("the test of accessibility is skipped: there is no {SCRIPT}; `make axe` fetches it");
        // Past the test harness, which keeps to itself what a passing test prints.
        writeln!(std::io::stderr(), "\n{why}\n").expect("standard error");
        return;
    };
    let Some((mut page, site)) = open(1280, 900) else { return };
    let mut wrong = Vec::new();
    for path in site.kinds() {
        for (width, scheme, rules) in [(1280, "light", ALL), (320, "dark", LOOKS)] {
            page.resize(width, 900);
            page.media(&[("prefers-color-scheme", scheme), ("prefers-reduced-motion", "reduce")], "");
            page.open(&site.url(path));
            page.get(&format!("{axe}; true"));
            let found = page.promised(&run(rules));
            let found = found.as_array().expect("a list").iter();
            wrong.extend(found.map(|one| format!("{path} at {width} px, {scheme}: {one}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
