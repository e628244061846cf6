//! `llms.txt`: what the briefing is and where its texts and data stand, for programs that read prose.

use super::desk::{Desk, Listed};
use super::{file, markdown};
use crate::kind::Kind;
use crate::output::OutFile;
use crate::page::Shape;
use crate::read::publish::Part;

pub(super) fn files(desk: &Desk) -> Vec<OutFile> {
    let config = &desk.briefing.config;
    let mut out = format!("# {}\n\n", one_line(&config.title));
    let home = desk.pages().iter().find(|page| page.shape == Shape::Home);
    if let Some(home) = home.filter(|home| !home.description.is_empty()) {
        out.push_str(&format!("> {}\n\n", one_line(&home.description)));
    }
    out.push_str("Every claim, term, source and name of this briefing has a record with a permanent address. The texts below are in Markdown; marked passages lead to their records.\n");
    let mut listed = |heading: &str, wanted: &dyn Fn(Shape) -> Option<usize>| {
        let mut found: Vec<(usize, &Listed)> = desk.pages().iter().filter_map(|page| Some((wanted(page.shape)?, page))).collect();
        if found.is_empty() {
            return;
        }
        found.sort_by_key(|(order, _)| *order);
        out.push_str(&format!("\n## {heading}\n\n"));
        for (_, page) in found {
            let about = Some(one_line(&page.description)).filter(|text| !text.is_empty()).map(|text| format!(": {text}"));
            let address = desk.address.of(&markdown::path(&page.path));
            out.push_str(&format!("- [{}]({address}){}\n", one_line(&page.title), about.unwrap_or_default()));
        }
    };
    listed("Text", &|shape| match shape {
        Shape::Home => Some(0),
        Shape::Section(number) => Some(number + 1),
        _ => None,
    });
    listed("Registers", &|shape| match shape {
        Shape::Register(kind) => Kind::ALL.iter().position(|one| *one == kind),
        Shape::Corrections => Some(Kind::ALL.len()),
        _ => None,
    });
    let has = |kind: Kind| desk.briefing.registry.count(kind) > 0;
    let data = [
        (desk.makes(Part::Claims) && has(Kind::Claim), super::CLAIMS_JSON, "every claim with its support, value and sources"),
        (desk.makes(Part::Claims) && has(Kind::Claim), super::CLAIMS_CSV, "the same as a table"),
        (desk.makes(Part::Sources) && has(Kind::Source), super::SOURCES_CSL, "every source as CSL-JSON"),
    ];
    let lines: Vec<String> = data
        .iter()
        .filter(|(made, ..)| *made)
        .map(|(_, path, about)| format!("- [{path}]({}): {about}\n", desk.address.of(path)))
        .collect();
    if !lines.is_empty() {
        out.push_str(&format!("\n## Data\n\n{}", lines.concat()));
    }
    vec![file(super::LLMS, out)]
}

/// A text on one line, whose brackets end no link.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace(['[', ']'], "")
}
