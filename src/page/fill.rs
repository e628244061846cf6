//! Filling the holes of a body: citations, terms, claims, figures, links, footnotes.

use super::figure;
use super::links::View;
use super::notes::{self, Numbers};
use crate::briefing::{Briefing, QuotedAt, Resolved, Seen, Verdict, mark_anchor};
use crate::cite::{Item, Piece};
use crate::kind::{Data, Kind};
use crate::parse::{Body, CiteItem, Fragment, Hole, Margin, Reference, Target, escape, escape_href};
use crate::text::Diagnostics;

/// What is needed to write a body for one page.
pub(super) struct Filler<'b> {
    pub briefing: &'b Briefing,
    pub view: View,
    pub body: &'b Body,
    pub resolved: &'b [Resolved],
    /// The ordinals of the references' marks; none for the texts of records, whose marks have no anchors.
    pub ordinals: &'b [Vec<usize>],
    pub numbers: Numbers,
    prefix: String,
    section: Option<usize>,
}

/// Whether a text is the one place of its anchors, or a copy without them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Copy {
    Canonical,
    Repeated,
}

impl<'b> Filler<'b> {
    /// The filler of a section's body.
    pub(super) fn of_section(briefing: &'b Briefing, section: usize, view: View) -> Self {
        let body = &briefing.sections[section].body;
        let note_style = briefing.has_note_style();
        let prefix = view.prefix(briefing);
        let (resolved, ordinals) = (&briefing.resolved[section], &briefing.ordinals[section]);
        Self { briefing, view, body, resolved, ordinals, numbers: Numbers::new(body, note_style), prefix, section: Some(section) }
    }

    /// A fragment of the body as HTML.
    pub(super) fn fragment(&self, fragment: &Fragment, copy: Copy) -> String {
        let mut out = String::with_capacity(fragment.html.len() + fragment.holes.len() * 160);
        let mut from = 0;
        for (at, hole) in &fragment.holes {
            out.push_str(&fragment.html[from..*at]);
            from = *at;
            self.hole(*hole, copy, &mut out);
        }
        out.push_str(&fragment.html[from..]);
        out
    }

    fn hole(&self, hole: Hole, copy: Copy, out: &mut String) {
        match hole {
            Hole::Mark(number) => self.mark(number, copy, out),
            Hole::Open(number) => self.open(number, copy, out),
            Hole::Close(number) => self.close(number, out),
            Hole::FootnoteMark(number, mark) => out.push_str(&self.footnote_mark(number, mark, copy)),
            Hole::MarginOpen(from, to) => self.margin(from, to, out),
            Hole::MarginClose => out.push_str(if self.view.print { "" } else { "</div>\n" }),
            Hole::Prefix => out.push_str(&self.prefix),
            Hole::Verdict(number) => out.push_str(&self.verdict(number)),
        }
    }

    /// What is known of the words of a block quotation. Only a section has quotations that were looked at.
    fn verdict(&self, number: usize) -> String {
        let known = self.section.and_then(|section| self.briefing.quotations.verdicts.get(&QuotedAt::Section(section, number)));
        known.map(|verdict| format!(" <span class=\"verdict\">({})</span>", escape(&words_of(verdict)))).unwrap_or_default()
    }

    /// An anchor of this page.
    pub(super) fn anchor(&self, plain: &str) -> String {
        format!("{}{plain}", self.prefix)
    }

    fn mark(&self, number: usize, copy: Copy, out: &mut String) {
        let reference = &self.body.references[number];
        match (&reference.target, &self.resolved[number]) {
            (Target::Cite(items), Resolved::Cite(sources)) => match self.numbers.citation(number) {
                Some(note) if copy == Copy::Canonical => out.push_str(&notes::citation_mark(self, note)),
                // Inside a footnote a note style's citation is a part of the author's sentence, which has its own full stop.
                None if self.briefing.has_note_style() => {
                    out.push_str(&self.citation(number, items, sources, copy).replace(".</a></span>", "</a></span>"));
                }
                _ => out.push_str(&self.citation(number, items, sources, copy)),
            },
            (Target::Place(_), Resolved::Record(record)) => out.push_str(&figure::figure(self.briefing, &self.view, *record)),
            (Target::Image { path, alt, title }, Resolved::Asset(_)) => {
                out.push_str(&self.briefing.picture(path, &self.view.root, alt, title));
            }
            (_, Resolved::Dead) => out.push_str(&escape(&dead_name(reference))),
            (_, resolved) => {
                self.open(number, copy, out);
                out.push_str(&self.name(resolved));
                self.close(number, out);
            }
        }
    }

    /// The words of a reference that has none of its own, as HTML.
    fn name(&self, resolved: &Resolved) -> String {
        match resolved {
            Resolved::Record(number) => {
                let annotation = self.briefing.registry.get(*number);
                match annotation.record.kind {
                    Kind::Claim => record_text(self.briefing, &self.view, &annotation.label),
                    _ => escape(&self.briefing.plain_name(resolved)),
                }
            }
            _ => escape(&self.briefing.plain_name(resolved)),
        }
    }

    /// The id attribute of a reference's mark, where it has one.
    fn id(&self, number: usize, item: usize, record: usize, copy: Copy) -> String {
        match self.ordinals.get(number).and_then(|ordinals| ordinals.get(item)) {
            Some(ordinal) if copy == Copy::Canonical && self.view.has_marks(self.briefing.registry.get(record).record.kind) => {
                format!(" id=\"{}\"", escape(&self.anchor(&mark_anchor(&self.briefing.registry, record, *ordinal))))
            }
            _ => String::new(),
        }
    }

    /// A role of DPUB-ARIA goes to marks that have a way back.
    fn role(role: &str, copy: Copy) -> String {
        if copy == Copy::Canonical { format!(" role=\"{role}\"") } else { String::new() }
    }

    fn open(&self, number: usize, copy: Copy, out: &mut String) {
        let html = match &self.resolved[number] {
            Resolved::Record(record) => self.open_record(number, *record, copy),
            Resolved::Section(section, anchor) => format!("<a href=\"{}\">", self.view.section(self.briefing, *section, anchor.as_deref())),
            Resolved::Asset(path) => format!("<a href=\"{}\">", self.view.asset(path)),
            Resolved::Register(kind) => format!("<a href=\"{}\">", self.view.register(*kind)),
            Resolved::Cite(_) | Resolved::Dead => String::new(),
        };
        out.push_str(&html);
    }

    fn open_record(&self, number: usize, record: usize, copy: Copy) -> String {
        let annotation = self.briefing.registry.get(record);
        let id = self.id(number, 0, record, copy);
        let card = self.view.card(self.briefing, record);
        match annotation.record.kind {
            Kind::Source => format!("<a class=\"cite-item\"{}{id} href=\"{card}\">", Self::role("doc-biblioref", copy)),
            Kind::Term => format!("<a class=\"term\"{}{id} href=\"{card}\">", Self::role("doc-glossref", copy)),
            Kind::Figure => format!("<a class=\"fig-ref\"{id} href=\"{}\">", self.view.figure(self.briefing, record)),
            Kind::Claim => format!("<span class=\"claim claim-{}\"{id}>", support(&annotation.record.data).unwrap_or("unmarked")),
            Kind::Note => {
                let words = if self.body.references[number].words { " note-words" } else { "" };
                format!("<a class=\"note-ref{words}\"{}{id} href=\"{card}\">", Self::role("doc-noteref", copy))
            }
            Kind::Entity => format!("<a class=\"entity\"{id} href=\"{card}\">"),
        }
    }

    fn close(&self, number: usize, out: &mut String) {
        match &self.resolved[number] {
            Resolved::Record(record) => {
                let data = &self.briefing.registry.get(*record).record.data;
                if !matches!(data, Data::Claim(_)) {
                    out.push_str("</a>");
                    return;
                }
                let word = support(data);
                let (name, label) = word.map_or(("Claim".to_owned(), "claim"), |word| (format!("Claim: {word}"), word));
                let card = self.view.card(self.briefing, *record);
                let name = if self.view.print { String::new() } else { format!(" aria-label=\"{name}\"") };
                out.push_str(&format!(
                    "<a class=\"claim-mark\" href=\"{card}\"{name}><span class=\"claim-label\">{label}</span></a></span>"
                ));
            }
            Resolved::Section(..) | Resolved::Asset(_) | Resolved::Register(_) => out.push_str("</a>"),
            Resolved::Cite(_) | Resolved::Dead => {}
        }
    }

    /// A citation as the style writes it, each source a link of its own.
    pub(super) fn citation(&self, number: usize, items: &[CiteItem], sources: &[Option<usize>], copy: Copy) -> String {
        let mut out = String::from("<span class=\"cite\">");
        let known: Vec<(usize, usize, Item<'_>)> = items
            .iter()
            .zip(sources)
            .enumerate()
            .filter_map(|(at, (item, source))| {
                let record = (*source)?;
                let source = *self.briefing.cited.get(&record)?;
                let item = Item { source, prefix: &item.prefix, locator: &item.locator, suffix: "", suppress_author: item.suppress_author };
                Some((at, record, item))
            })
            .collect();
        let cluster: Vec<Item<'_>> = known.iter().map(|(_, _, item)| *item).collect();
        let pieces = self.briefing.bibliography.as_ref().map(|one| one.cluster(&cluster)).unwrap_or_default();
        for piece in pieces {
            match piece {
                Piece::Text(html) => out.push_str(&html),
                Piece::Item { index, html } => {
                    let Some((at, record, _)) = known.get(index) else { continue };
                    let id = self.id(number, *at, *record, copy);
                    let href = self.view.card(self.briefing, *record);
                    out.push_str(&format!(
                        "<a class=\"cite-item\"{}{id} href=\"{href}\">{}</a>",
                        Self::role("doc-biblioref", copy),
                        without_links(&html)
                    ));
                }
            }
        }
        out.push_str("</span>");
        out
    }

    fn footnote_mark(&self, footnote: usize, mark: usize, copy: Copy) -> String {
        // Only a section's own text has its notes on the same page; a record's text and the log of corrections have none.
        if self.view.section.is_none() {
            return String::new();
        }
        let anchor = &self.body.footnotes[footnote].anchor;
        let number = self.numbers.footnote(footnote);
        let id = if copy == Copy::Canonical {
            format!(" id=\"{}\"", escape(&self.anchor(&notes::mark_anchor(anchor, mark))))
        } else {
            String::new()
        };
        let href = escape_href(&format!("#{}", self.anchor(&notes::note_anchor(anchor))));
        format!(
            "<a class=\"fn-ref\"{}{id} href=\"{href}\" aria-label=\"Note {number}\"><sup>{number}</sup></a>",
            Self::role("doc-noteref", copy)
        )
    }

    /// The notes beside a block. The one-page print has none: paper keeps its notes at the end.
    fn margin(&self, from: usize, to: usize, out: &mut String) {
        if self.view.print {
            return;
        }
        out.push_str("<div class=\"noted\">");
        let mut shown: Vec<usize> = Vec::new();
        for margin in &self.body.margins[from..to] {
            match margin {
                Margin::Footnote(number) => {
                    let text = self.fragment(&self.body.footnotes[*number].fragment, Copy::Repeated);
                    let shown = self.numbers.footnote(*number);
                    out.push_str(&format!("<aside class=\"sidenote\" aria-label=\"Note {shown}\"><span class=\"sidenote-number\">{shown}</span> {text}</aside>\n"));
                }
                Margin::Note(reference) => {
                    let Resolved::Record(record) = &self.resolved[*reference] else { continue };
                    if !shown.contains(record) {
                        shown.push(*record);
                        out.push_str(&notes::editor_aside(self.briefing, &self.view, *record));
                    }
                }
            }
        }
    }
}

/// A text of a record as HTML: its references are links without anchors.
pub(super) fn record_text(briefing: &Briefing, view: &View, body: &Body) -> String {
    if body.main.holes.is_empty() {
        return body.main.html.clone();
    }
    let scope = briefing.scope();
    let place = crate::text::Place::new("", crate::text::Span::default());
    // What leads nowhere was reported when the briefing was indexed.
    let resolved: Vec<Resolved> =
        body.references.iter().map(|one| scope.resolve(&one.target, None, &place, &mut Diagnostics::default())).collect();
    // What a record names may have no card on this page, so its links lead to the registers.
    let view = View { section: None, ..view.clone() };
    let filler = Filler {
        briefing,
        view,
        body,
        resolved: &resolved,
        ordinals: &[],
        numbers: Numbers::default(),
        prefix: String::new(),
        section: None,
    };
    filler.fragment(&body.main, Copy::Repeated)
}

/// How far a quotation's words were verified, as a reader is told.
pub(super) fn words_of(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Verified(Seen::Made(date)) => format!("verified against a copy of {date}"),
        Verdict::Verified(Seen::First(date)) => format!("verified on {date} against a kept copy"),
        Verdict::Verified(Seen::Undated) => "verified against a kept copy".to_owned(),
        Verdict::Missing => "not found in the kept copy".to_owned(),
        Verdict::Unverified | Verdict::NoCopy => "not verified against a copy".to_owned(),
    }
}

/// The word for a claim's support.
pub(super) fn support(data: &Data) -> Option<&'static str> {
    match data {
        Data::Claim(claim) => claim.support.map(crate::kind::ClaimSupport::word),
        _ => None,
    }
}

/// What stands for a reference that leads nowhere, while its diagnostic says so.
fn dead_name(reference: &Reference) -> String {
    match &reference.target {
        Target::Record(kind, id) => format!("{}:{id}", kind.info().prefix),
        Target::Place(id) => format!("fig:{id}"),
        Target::Bare(name, _) | Target::File(name, _) => name.clone(),
        Target::Image { alt, .. } => alt.clone(),
        Target::Cite(_) => String::new(),
    }
}

/// A style's own links would stand inside the mark's link; their words stay.
pub(super) fn without_links(html: &str) -> String {
    if !html.contains("<a ") {
        return html.to_owned();
    }
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find("<a ") {
        out.push_str(&rest[..at]);
        rest = rest[at..].split_once('>').map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out.replace("</a>", "")
}
