//! Footnotes, the notes of note styles, and editor's notes in the margin.

use std::collections::BTreeMap;

use super::data::{Footnote, Html, Link};
use super::fill::{Copy, Filler, record_text};
use super::links::View;
use crate::briefing::{Briefing, Resolved};
use crate::kind::Data;
use crate::parse::{Body, Hole, Target, escape, escape_href};

/// The numbers of a body's notes. A note style makes a note of every citation in the text; its notes and the
/// author's footnotes are numbered together, in the order of their marks.
#[derive(Debug, Clone, Default)]
pub(super) struct Numbers {
    footnotes: Vec<usize>,
    citations: BTreeMap<usize, usize>,
}

impl Numbers {
    pub(super) fn new(body: &Body, note_style: bool) -> Self {
        if !note_style {
            return Self { footnotes: (1..=body.footnotes.len()).collect(), citations: BTreeMap::new() };
        }
        let mut numbers = Self { footnotes: vec![0; body.footnotes.len()], citations: BTreeMap::new() };
        let mut next = 1;
        for (_, hole) in &body.main.holes {
            match hole {
                Hole::FootnoteMark(number, _) if numbers.footnotes[*number] == 0 => numbers.footnotes[*number] = next,
                Hole::Mark(number) if matches!(body.references[*number].target, Target::Cite(_)) => {
                    numbers.citations.insert(*number, next);
                }
                _ => continue,
            }
            next += 1;
        }
        for number in numbers.footnotes.iter_mut().filter(|number| **number == 0) {
            *number = next;
            next += 1;
        }
        numbers
    }

    /// The number of a footnote.
    pub(super) fn footnote(&self, number: usize) -> usize {
        self.footnotes.get(number).copied().unwrap_or(number + 1)
    }

    /// The number of a citation's note, where the style makes notes.
    pub(super) fn citation(&self, reference: usize) -> Option<usize> {
        self.citations.get(&reference).copied()
    }
}

/// The anchor of a footnote.
pub(super) fn note_anchor(anchor: &str) -> String {
    format!("fn-{anchor}")
}

/// The anchor of a footnote's mark.
pub(super) fn mark_anchor(anchor: &str, mark: usize) -> String {
    format!("fnref-{anchor}-{mark}")
}

/// The mark of a citation's note.
pub(super) fn citation_mark(filler: &Filler<'_>, number: usize) -> String {
    let (id, href) = (filler.anchor(&format!("citeref-{number}")), filler.anchor(&format!("cite-{number}")));
    format!(
        "<a class=\"fn-ref\" role=\"doc-noteref\" id=\"{}\" href=\"#{}\" aria-label=\"Note {number}\"><sup>{number}</sup></a>",
        escape(&id),
        escape_href(&href)
    )
}

/// The notes of a body, in order of number.
pub(super) fn notes(filler: &Filler<'_>) -> Vec<Footnote> {
    let mut notes: Vec<Footnote> =
        filler.body.footnotes.iter().enumerate().filter(|(_, one)| one.marks > 0).map(|(at, _)| footnote(filler, at)).collect();
    notes.extend(filler.numbers.citations.iter().filter_map(|(reference, number)| citation_note(filler, *reference, *number)));
    notes.sort_by_key(|note| note.number);
    notes
}

fn footnote(filler: &Filler<'_>, at: usize) -> Footnote {
    let footnote = &filler.body.footnotes[at];
    let back = (1..=footnote.marks).map(|mark| {
        let text = if footnote.marks == 1 { "Back to the text".to_owned() } else { mark.to_string() };
        Link { href: escape_href(&format!("#{}", filler.anchor(&mark_anchor(&footnote.anchor, mark)))), text }
    });
    Footnote {
        id: filler.anchor(&note_anchor(&footnote.anchor)),
        number: filler.numbers.footnote(at),
        body: Html(filler.fragment(&footnote.fragment, Copy::Canonical)),
        back: back.collect(),
    }
}

fn citation_note(filler: &Filler<'_>, reference: usize, number: usize) -> Option<Footnote> {
    let (Target::Cite(items), Resolved::Cite(sources)) = (&filler.body.references[reference].target, &filler.resolved[reference]) else {
        return None;
    };
    let back =
        Link { href: escape_href(&format!("#{}", filler.anchor(&format!("citeref-{number}")))), text: "Back to the text".to_owned() };
    Some(Footnote {
        id: filler.anchor(&format!("cite-{number}")),
        number,
        body: Html(format!("<p>{}</p>", filler.citation(reference, items, sources, Copy::Canonical))),
        back: vec![back],
    })
}

/// An editor's note as it stands in the margin.
pub(super) fn editor_aside(briefing: &Briefing, view: &View, record: usize) -> String {
    let annotation = briefing.registry.get(record);
    let id = escape(annotation.record.id());
    let Data::Note(note) = &annotation.record.data else { return String::new() };
    let category =
        note.category.as_deref().map(|category| format!(" <span class=\"note-category\">{}</span>", escape(category))).unwrap_or_default();
    let problem = annotation.main.as_ref().map(|body| record_text(briefing, view, body)).unwrap_or_default();
    let reading = annotation.texts.iter().map(|(name, body)| format!(" <b>{name}:</b> {}", record_text(briefing, view, body)));
    let href = view.record(briefing, record);
    format!(
        "<aside class=\"sidenote editor-note\" aria-label=\"Editor’s note {id}\"><p><a class=\"note-id\" href=\"{href}\">{id}</a>{category} {problem}{}</p></aside>\n",
        reading.collect::<String>()
    )
}
