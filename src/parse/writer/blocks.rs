//! Blocks: paragraphs, headings, lists, tables, code, quotations, footnotes.

use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, Tag, TagEnd};

use super::super::body::{Correction, Fragment, HOLE_END, HOLE_START, Heading, Hole, Margin, Quotation};
use super::super::highlight::highlight;
use super::super::prose::Block;
use super::super::quote::{self, Quote, end_of};
use super::super::slug::slug;
use super::super::url::{escape, escape_href};
use super::{Writer, plain_blocks, plain_text};
use crate::text::{Silence, WrittenDate, rules};

/// How the anchors begin that Postil gives to things of its own; a heading of such a name gets another.
const OWN: [&str; 9] = ["at-", "card-", "cite-", "citeref-", "correction-", "figure-", "fn-", "fnref-", "ref-"];

impl Writer<'_, '_, '_> {
    /// Writes top-level blocks; one that holds margin notes is wrapped with them.
    pub(super) fn blocks(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            let end = end_of(self.events, at);
            let definition = matches!(self.events[at].0, Event::Start(Tag::FootnoteDefinition(_)));
            let (holes, html, margins) = (self.out.holes.len(), self.out.html.len(), self.body.margins.len());
            self.run(at..end + 1);
            if !definition && self.body.margins.len() > margins {
                self.out.holes.insert(holes, (html, Hole::MarginOpen(margins, self.body.margins.len())));
                self.hole(Hole::MarginClose);
            }
            at = end + 1;
        }
    }

    pub(super) fn paragraph(&mut self, at: usize, range: Range<usize>) -> usize {
        let end = end_of(self.events, at);
        if let Some((Event::Start(Tag::Image { .. }), _)) = self.events.get(at + 1)
            && end_of(self.events, at + 1) + 1 == end
        {
            self.block_image(at + 1, range);
            return end + 1;
        }
        self.end_block();
        self.push("<p>");
        self.run(at + 1..end + 1);
        end + 1
    }

    pub(super) fn heading(
        &mut self,
        at: usize,
        level: u8,
        id: Option<&str>,
        classes: &[pulldown_cmark::CowStr<'_>],
        attrs: &[(pulldown_cmark::CowStr<'_>, Option<pulldown_cmark::CowStr<'_>>)],
        range: Range<usize>,
    ) -> usize {
        let end = end_of(self.events, at);
        // The section's title is the page's one heading of the first level.
        let level = level.max(2);
        self.end_block();
        self.close_heading(level);
        let text = plain_text(&self.events[at + 1..end]);
        let id = self.anchor(level, id, &text, range.clone());
        self.push(&format!("<h{level} id=\""));
        self.hole(Hole::Prefix);
        let mut open = format!("{}\"", escape(&id));
        if !classes.is_empty() {
            let classes: Vec<&str> = classes.iter().map(AsRef::as_ref).collect();
            open.push_str(&format!(" class=\"{}\"", escape(&classes.join(" "))));
        }
        for (name, value) in attrs {
            if matches!(name.as_ref(), "lang" | "dir")
                || name.strip_prefix("data-").is_some_and(|rest| rest.bytes().all(|one| one.is_ascii_lowercase() || one == b'-'))
            {
                open.push_str(&format!(" {name}=\"{}\"", escape(value.as_deref().unwrap_or_default())));
            } else {
                self.report(
                    &rules::HEADING_ATTRIBUTE,
                    range.clone(),
                    format!("the attribute `{name}` is not allowed on a heading"),
                    "allowed are an id, classes, `lang`, `dir` and `data-…`",
                );
            }
        }
        self.push(&open);
        self.push(">");
        self.end_block();
        self.setting.heading = true;
        let from = (self.out.html.len(), self.out.holes.len());
        self.run(at + 1..end);
        let html = without_holes(&self.out, from);
        self.end_block();
        self.setting.heading = false;
        self.push(" <a class=\"permalink\" href=\"#");
        self.hole(Hole::Prefix);
        self.push(&format!("{}\" aria-label=\"Link to this section\">#</a></h{level}>\n", escape_href(&id)));
        let span = self.origin.spans.place(range);
        self.last_heading = Some((self.body.headings.len(), self.out.html.len() + self.out.holes.len()));
        self.body.headings.push(Heading { level, id, html, text, span, empty: false });
        end + 1
    }

    /// Marks the last heading as empty where nothing came under it before one of this level.
    pub(super) fn close_heading(&mut self, level: u8) {
        let Some((number, end)) = self.last_heading.take() else { return };
        let heading = &mut self.body.headings[number];
        heading.empty = level <= heading.level && self.out.html.len() + self.out.holes.len() == end;
    }

    /// A comment that may let a finding through.
    pub(super) fn silence(&mut self, range: Range<usize>) {
        if let super::super::markdown::Spans::From(base) = self.origin.spans
            && let Some(mut silence) = Silence::read(self.text, range.into(), &self.origin.path)
        {
            silence.shift(base);
            self.body.silences.push(silence);
        }
    }

    /// The anchor of a heading. One that is taken is told apart by the heading above it, so that it does not move when
    /// a third is added elsewhere.
    pub(super) fn anchor(&mut self, level: u8, id: Option<&str>, text: &str, range: Range<usize>) -> String {
        self.heading_path.retain(|(above, _)| *above < level);
        let plain = id.map_or_else(|| slug(text), str::to_owned);
        let plain = if OWN.iter().any(|own| plain.starts_with(own)) { format!("heading-{plain}") } else { plain };
        let mut anchor = plain.clone();
        if self.anchors.contains(&anchor) {
            self.report(
                &rules::DUPLICATE_ANCHOR,
                range,
                format!("two headings have the address `#{anchor}`"),
                "give this one an id of its own: `## Heading {#its-id}`",
            );
            if let Some((_, above)) = self.heading_path.last() {
                anchor = format!("{above}--{plain}");
            }
        }
        let number = self.next_numbers.entry(plain.clone()).or_insert(2);
        while !self.anchors.insert(anchor.clone()) {
            anchor = format!("{plain}-{number}");
            *number += 1;
        }
        self.heading_path.push((level, anchor.clone()));
        anchor
    }

    pub(super) fn code_block(&mut self, at: usize, kind: &CodeBlockKind<'_>, range: Range<usize>) -> usize {
        let end = end_of(self.events, at);
        if matches!(kind, CodeBlockKind::Fenced(info) if info.split([' ', '{']).next() == Some("chart")) && self.chart(at, end, &range) {
            return end + 1;
        }
        let mut code = String::new();
        for (event, _) in &self.events[at + 1..end] {
            if let Event::Text(text) = event {
                code.push_str(text);
            }
        }
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',', '{']).next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        let class = if language.is_empty() { String::new() } else { format!(" class=\"language-{}\"", escape(language)) };
        self.push(&format!("<pre class=\"code\" tabindex=\"0\"><code{class}>"));
        self.push(&highlight(&code, language));
        self.push("</code></pre>\n");
        end + 1
    }

    pub(super) fn list(&mut self, at: usize, first: Option<u64>) {
        // A tight list has text directly in its items; the parser then sends no paragraphs.
        self.tight.push(false);
        let task = matches!(self.events.get(at + 2), Some((Event::TaskListMarker(_), _)));
        let class = if task { " class=\"tasks\"" } else { "" };
        match first {
            Some(1) => self.push(&format!("<ol{class}>\n")),
            Some(number) => self.push(&format!("<ol start=\"{number}\"{class}>\n")),
            None => self.push(&format!("<ul{class}>\n")),
        }
    }

    /// The cells of a row are one block: a back link from a cell shows the row.
    pub(super) fn cell(&mut self) {
        if self.column > 0 {
            self.block.text.push_str(" · ");
        }
        let class = match self.alignments.get(self.column) {
            Some(Alignment::Right) => " class=\"align-right\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            _ => "",
        };
        self.column += 1;
        let open = if self.in_table_head { format!("<th scope=\"col\"{class}>") } else { format!("<td{class}>") };
        self.push(&open);
    }

    pub(super) fn block_quote(&mut self, at: usize, kind: Option<pulldown_cmark::BlockQuoteKind>, range: Range<usize>) -> usize {
        let end = end_of(self.events, at);
        match quote::quote(self.text, self.events, at, kind) {
            Quote::Plain => {
                self.push("<blockquote>\n");
                self.run(at + 1..end);
                self.push("</blockquote>\n");
            }
            Quote::Alert(class, title) => {
                self.push(&format!(
                    "<div class=\"alert alert-{class}\" role=\"note\" aria-label=\"{title}\"><p class=\"alert-title\">{title}</p>\n"
                ));
                self.run(at + 1..end);
                self.push("</div>\n");
            }
            Quote::Correction(date, mark) => self.correction(end, &date, mark, range),
            Quote::Sourced(line, link) => self.sourced_quote(at, line, link),
        }
        end + 1
    }

    pub(super) fn correction(&mut self, end: usize, date: &str, mark: Range<usize>, range: Range<usize>) {
        let mark_place = self.events[mark.start].1.clone();
        let number = self.body.corrections.iter().filter(|one| one.date == date).count() + 1;
        let suffix = if number > 1 { format!("-{number}") } else { String::new() };
        let anchor = format!("correction-{}{suffix}", slug(date));
        if WrittenDate::read(date).is_none() {
            let message = if date.is_empty() { "this correction has no date".to_owned() } else { format!("`{date}` is no date") };
            self.report(&rules::BAD_DATE, mark_place, message, "write it as year-month-day: `[!CORRECTION 2024-05-01]`");
        }
        let shown = WrittenDate::read(date).map_or_else(|| date.to_owned(), WrittenDate::long);
        self.push("<section class=\"correction\" role=\"doc-errata\" id=\"");
        self.hole(Hole::Prefix);
        self.push(&format!(
            "{anchor}\" aria-label=\"Correction of {0}\"><p class=\"correction-title\">Correction, <time datetime=\"{1}\">{0}</time></p>\n",
            escape(&shown),
            escape(date)
        ));
        let from = (self.out.html.len(), self.out.holes.len());
        self.push("<p>");
        // A line break after the mark is none of the text's.
        let skip = usize::from(matches!(self.events.get(mark.end), Some((Event::SoftBreak | Event::HardBreak, _))));
        self.run(mark.end + skip..end);
        let fragment = part(&self.out, from);
        self.push("</section>\n");
        let span = self.origin.spans.place(range);
        self.body.corrections.push(Correction { date: date.to_owned(), anchor, span, fragment });
    }

    pub(super) fn sourced_quote(&mut self, at: usize, line: Range<usize>, link: usize) {
        self.push("<figure class=\"quotation\"><blockquote>\n");
        self.setting.sourced = true;
        self.run_open(at + 1..line.start);
        // The last paragraph is still open where the source's line was its last; otherwise it was the source's alone.
        if matches!(self.events[line.start].0, Event::SoftBreak | Event::HardBreak) {
            self.end(TagEnd::Paragraph);
        }
        self.end_block();
        // The back link of the source shows the words that are quoted.
        let words = plain_blocks(&self.events[at + 1..line.start]);
        self.block = Block::default();
        self.block.text = format!("{words} ");
        self.push("</blockquote><figcaption>— ");
        let reference = self.body.references.len();
        self.run(link..line.end);
        self.hole(Hole::Verdict(self.body.quotations.len()));
        self.push("</figcaption></figure>\n");
        self.end_block();
        let span = self.origin.spans.place(self.events[at + 1].1.start..self.events[line.start].1.start);
        self.body.quotations.push(Quotation { text: words, reference, span });
        self.setting.sourced = false;
    }

    pub(super) fn footnote_definition(&mut self, at: usize, label: &str, range: Range<usize>) -> usize {
        let end = end_of(self.events, at);
        self.end_block();
        let saved = std::mem::take(&mut self.out);
        let outer = std::mem::replace(&mut self.in_footnote, self.labels.get(label).copied());
        let outer_heading = self.last_heading.take();
        let before = (self.body.references.len(), self.body.margins.len(), self.body.headings.len(), self.body.corrections.len());
        self.run(at + 1..end);
        self.end_block();
        self.close_heading(0);
        self.last_heading = outer_heading;
        if self.in_footnote.is_none() {
            // A footnote without a mark is shown nowhere, so nothing may lead into it.
            self.body.references.truncate(before.0);
            self.body.margins.truncate(before.1);
            self.body.headings.truncate(before.2);
            self.body.corrections.truncate(before.3);
        }
        self.in_footnote = outer;
        let fragment = std::mem::replace(&mut self.out, saved);
        let span = self.origin.spans.place(range);
        if self.definitions.insert(label.to_owned(), (fragment, span)).is_some() {
            self.report_at(
                &rules::DUPLICATE_FOOTNOTE,
                span,
                format!("the footnote `{label}` is defined twice"),
                "give one of the two another label",
            );
        }
        end + 1
    }

    pub(super) fn footnote_mark(&mut self, label: &str) {
        let Some(number) = self.labels.get(label).copied() else { return };
        let footnote = &mut self.body.footnotes[number];
        footnote.marks += 1;
        let mark = footnote.marks;
        if mark == 1 && self.in_footnote.is_none() {
            self.body.margins.push(Margin::Footnote(number));
        }
        self.hole(Hole::FootnoteMark(number, mark));
    }

    /// Closes the present block: its plain text is kept if a reference lies in it.
    pub(super) fn end_block(&mut self) {
        let block = std::mem::take(&mut self.block);
        let number = self.body.blocks.len();
        let first = self.body.references.iter().rposition(|one| one.block != number).map_or(0, |at| at + 1);
        self.body.prose.take(&block, &self.body.references[first..], self.setting);
        let text = block.text;
        if self.body.lede.is_empty() && self.in_footnote.is_none() && self.body.headings.is_empty() && text.len() > 40 {
            self.body.lede = text.split(HOLE_START).map(|piece| piece.split_once(HOLE_END).map_or(piece, |(_, rest)| rest)).collect();
        }
        if self.block_used {
            self.body.blocks.push(text);
            self.block_used = false;
        }
    }

    /// Writes a range that ends inside a paragraph: that paragraph stays open.
    pub(super) fn run_open(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            if matches!(self.events[at].0, Event::Start(Tag::Paragraph)) && end_of(self.events, at) >= range.end {
                self.end_block();
                self.push("<p>");
                at += 1;
            } else {
                at = self.event(at);
            }
        }
    }
}

/// The HTML written since a point, with its holes left out.
fn without_holes(out: &Fragment, from: (usize, usize)) -> String {
    out.html[from.0..].trim().to_owned()
}

/// A copy of what was written since a point, holes included.
fn part(out: &Fragment, from: (usize, usize)) -> Fragment {
    let holes = out.holes[from.1..].iter().map(|(at, hole)| (at - from.0, *hole)).collect();
    Fragment { html: out.html[from.0..].to_owned(), holes }
}
