//! The walk over Markdown events that writes HTML and leaves holes.

mod blocks;
mod chars;
mod chart;
mod inline;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::body::{Body, Footnote, Fragment, Hole};
use super::markdown::Origin;
use super::prose::{Block, Setting};
use super::quote::end_of;
use super::slug::slug;
use super::url::escape;
use crate::text::{Diagnostic, Diagnostics, Place, Rule, Span, rules};

/// A written body, and what later steps need to know of it.
pub(super) struct Written {
    /// The body.
    pub body: Body,
    /// Whether it holds raw HTML.
    pub raw_html: bool,
    /// The place of the first raw HTML.
    pub raw_span: Range<usize>,
    /// Labels of footnotes that are defined and not used.
    pub unused: Vec<String>,
}

type Events<'e, 't> = &'e [(Event<'t>, Range<usize>)];

/// The state of the walk.
pub(super) struct Writer<'e, 't, 'd> {
    text: &'t str,
    origin: &'e Origin,
    events: Events<'e, 't>,
    diagnostics: &'d mut Diagnostics,
    /// What is being written: the main text, or a footnote inside it.
    out: Fragment,
    body: Body,
    /// The plain text of the present block, and whether a reference lies in it.
    block: Block,
    block_used: bool,
    /// Footnotes by label: their numbers, and the definitions met.
    labels: BTreeMap<String, usize>,
    definitions: BTreeMap<String, (Fragment, Span)>,
    in_footnote: Option<usize>,
    anchors: BTreeSet<String>,
    /// The number that the next heading of a name gets which is taken.
    next_numbers: BTreeMap<String, usize>,
    heading_path: Vec<(u8, String)>,
    tight: Vec<bool>,
    alignments: Vec<Alignment>,
    column: usize,
    in_table_head: bool,
    open_links: Vec<Close>,
    raw: Option<Range<usize>>,
    quiet: bool,
    setting: Setting,
    /// The last heading, and where the text stood when it was closed: to see whether anything comes under it.
    last_heading: Option<(usize, usize)>,
}

/// What ends an open link.
enum Close {
    Reference(usize),
    Anchor,
    Nothing,
}

impl<'e, 't, 'd> Writer<'e, 't, 'd> {
    pub(super) fn new(text: &'t str, origin: &'e Origin, events: Events<'e, 't>, keep: bool, diagnostics: &'d mut Diagnostics) -> Self {
        Self {
            text,
            origin,
            events,
            diagnostics,
            out: Fragment { html: String::with_capacity(text.len() * 3 / 2), holes: Vec::new() },
            body: Body::default(),
            block: Block::default(),
            block_used: false,
            labels: BTreeMap::new(),
            definitions: BTreeMap::new(),
            in_footnote: None,
            anchors: BTreeSet::new(),
            next_numbers: BTreeMap::new(),
            heading_path: Vec::new(),
            tight: Vec::new(),
            alignments: Vec::new(),
            column: 0,
            in_table_head: false,
            open_links: Vec::new(),
            raw: None,
            quiet: false,
            setting: Setting { heading: false, sourced: false, keep },
            last_heading: None,
        }
    }

    pub(super) fn write(mut self) -> Written {
        self.number_footnotes();
        self.blocks(0..self.events.len());
        self.end_block();
        self.close_heading(0);
        let unused = self.collect_footnotes();
        self.body.main = self.out;
        let raw_html = self.raw.is_some();
        Written { body: self.body, raw_html, raw_span: self.raw.unwrap_or_default(), unused }
    }

    /// Numbers go by the order of the first marks, which the walk must know before it meets a definition. A mark
    /// counts that stands in the text, or in a footnote with a mark that counts.
    fn number_footnotes(&mut self) {
        let mut marks: Vec<(Option<&str>, &str)> = Vec::new();
        let mut inside: Vec<&str> = Vec::new();
        for (event, _) in self.events {
            match event {
                Event::Start(Tag::FootnoteDefinition(label)) => inside.push(label),
                Event::End(TagEnd::FootnoteDefinition) => drop(inside.pop()),
                Event::FootnoteReference(label) => marks.push((inside.last().copied(), label)),
                _ => {}
            }
        }
        let mut within: BTreeMap<Option<&str>, Vec<&str>> = BTreeMap::new();
        for (footnote, label) in &marks {
            within.entry(*footnote).or_default().push(label);
        }
        let mut counted: BTreeSet<&str> = BTreeSet::new();
        let mut next: Vec<&str> = within.remove(&None).unwrap_or_default();
        while let Some(label) = next.pop() {
            if counted.insert(label) {
                next.extend(within.remove(&Some(label)).unwrap_or_default());
            }
        }
        for (_, label) in marks.iter().filter(|(footnote, _)| footnote.is_none_or(|footnote| counted.contains(footnote))) {
            let number = self.labels.len();
            self.labels.entry((*label).to_owned()).or_insert(number);
        }
        self.body.footnotes = vec![Footnote::default(); self.labels.len()];
        for (label, number) in &self.labels {
            self.body.footnotes[*number].label.clone_from(label);
        }
        // Labels may differ in signs alone: `*` and `†` have no letter between them.
        let mut taken = BTreeSet::new();
        for footnote in &mut self.body.footnotes {
            let plain = slug(&footnote.label);
            footnote.anchor.clone_from(&plain);
            let mut number = 2;
            while !taken.insert(footnote.anchor.clone()) {
                footnote.anchor = format!("{plain}-{number}");
                number += 1;
            }
        }
    }

    fn collect_footnotes(&mut self) -> Vec<String> {
        let mut unused = Vec::new();
        for (label, (fragment, span)) in std::mem::take(&mut self.definitions) {
            match self.labels.get(&label) {
                Some(number) => {
                    self.body.footnotes[*number].fragment = fragment;
                    self.body.footnotes[*number].span = span;
                }
                None => {
                    self.report_at(
                        &rules::UNUSED_FOOTNOTE,
                        span,
                        format!("the footnote `{label}` has no mark"),
                        &format!("put `[^{label}]` where it belongs, or delete it"),
                    );
                    unused.push(label);
                }
            }
        }
        unused
    }

    fn report(&mut self, rule: &'static Rule, range: Range<usize>, message: impl Into<String>, help: &str) {
        let span = self.origin.spans.place(range);
        self.report_at(rule, span, message, help);
    }

    fn report_at(&mut self, rule: &'static Rule, span: Span, message: impl Into<String>, help: &str) {
        self.diagnostics.push(Diagnostic::new(rule, Place::new(self.origin.path.clone(), span), message).help(help));
    }

    fn hole(&mut self, hole: Hole) {
        self.out.holes.push((self.out.html.len(), hole));
    }

    fn push(&mut self, html: &str) {
        self.out.html.push_str(html);
    }

    /// Writes a range of events.
    fn run(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            at = self.event(at);
        }
    }

    /// Writes one event, or all up to its end where they belong together; gives the next one's index.
    fn event(&mut self, at: usize) -> usize {
        let (event, range) = &self.events[at];
        match event {
            Event::Start(tag) => return self.start(at, tag, range.clone()),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) => self.text(text, at, range.clone()),
            Event::Code(code) => {
                self.push("<code>");
                self.push(&escape(code));
                self.push("</code>");
                self.block.push_code(code);
            }
            Event::InlineHtml(html) if comment(html) => self.silence(range.clone()),
            Event::Html(html) | Event::InlineHtml(html) => {
                self.raw.get_or_insert(range.clone());
                self.push(html);
            }
            Event::FootnoteReference(label) => self.footnote_mark(label),
            Event::SoftBreak => self.soft_break(at),
            Event::HardBreak => {
                self.push("<br>\n");
                self.block.text.push(' ');
            }
            Event::Rule => self.push("<hr>\n"),
            Event::TaskListMarker(done) => {
                let checked = if *done { " checked" } else { "" };
                self.push(&format!("<input type=\"checkbox\" disabled{checked} aria-label=\"{}\"> ", if *done { "done" } else { "to do" }));
            }
            Event::InlineMath(math) | Event::DisplayMath(math) => self.text(math, at, range.clone()),
        }
        at + 1
    }

    /// Whether an HTML block is nothing but a comment: a word of the author to the author, which no page shows.
    fn is_comment(&self, at: usize) -> bool {
        let end = end_of(self.events, at);
        let lines = self.events[at + 1..end].iter().map(|(event, _)| match event {
            Event::Html(line) => line.as_ref(),
            _ => "",
        });
        comment(&lines.collect::<String>())
    }

    fn start(&mut self, at: usize, tag: &Tag<'t>, range: Range<usize>) -> usize {
        match tag {
            Tag::Paragraph => return self.paragraph(at, range),
            Tag::Heading { level, id, classes, attrs } => return self.heading(at, *level as u8, id.as_deref(), classes, attrs, range),
            Tag::BlockQuote(kind) => return self.block_quote(at, *kind, range),
            Tag::CodeBlock(kind) => return self.code_block(at, kind, range),
            Tag::FootnoteDefinition(label) => return self.footnote_definition(at, label, range),
            Tag::Link { link_type, dest_url, title, .. } => return self.link(at, *link_type, dest_url, title, range),
            Tag::Image { link_type, dest_url, title, .. } => return self.image(at, *link_type, dest_url, title, range),
            Tag::List(first) => self.list(at, *first),
            Tag::Item => {
                self.end_block();
                self.push("<li>");
            }
            Tag::Table(alignments) => {
                self.alignments.clone_from(alignments);
                self.push("<div class=\"table-scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Table\"><table>\n");
            }
            Tag::TableHead => {
                self.in_table_head = true;
                self.column = 0;
                self.push("<thead><tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.push("<tr>");
            }
            Tag::TableCell => self.cell(),
            Tag::Emphasis => self.push("<em>"),
            Tag::Strong => self.push("<strong>"),
            Tag::Strikethrough => self.push("<del>"),
            Tag::Superscript => self.push("<sup>"),
            Tag::Subscript => self.push("<sub>"),
            Tag::HtmlBlock if self.is_comment(at) => {
                self.silence(range);
                return end_of(self.events, at) + 1;
            }
            Tag::HtmlBlock | Tag::MetadataBlock(_) | Tag::DefinitionList | Tag::DefinitionListTitle | Tag::DefinitionListDefinition => {}
        }
        at + 1
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                self.end_block();
                if !self.tight.last().copied().unwrap_or(false) {
                    self.push("</p>\n");
                }
            }
            TagEnd::BlockQuote(_) => self.push("</blockquote>\n"),
            TagEnd::List(ordered) => {
                self.tight.pop();
                self.push(if ordered { "</ol>\n" } else { "</ul>\n" });
            }
            TagEnd::Item => {
                self.end_block();
                self.push("</li>\n");
            }
            TagEnd::Table => self.push("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.end_block();
                self.in_table_head = false;
                self.push("</tr></thead><tbody>\n");
            }
            TagEnd::TableRow => {
                self.end_block();
                self.push("</tr>\n");
            }
            TagEnd::TableCell => {
                self.push(if self.in_table_head { "</th>" } else { "</td>" });
            }
            TagEnd::Emphasis => self.push("</em>"),
            TagEnd::Strong => self.push("</strong>"),
            TagEnd::Strikethrough => self.push("</del>"),
            TagEnd::Superscript => self.push("</sup>"),
            TagEnd::Subscript => self.push("</sub>"),
            TagEnd::Link => match self.open_links.pop() {
                Some(Close::Reference(number)) => {
                    self.body.references[number].at.end = self.block.text.len();
                    self.hole(Hole::Close(number));
                }
                Some(Close::Anchor) => self.push("</a>"),
                Some(Close::Nothing) | None => {}
            },
            _ => {}
        }
    }
}

/// Whether a piece of HTML is one comment and nothing else.
fn comment(html: &str) -> bool {
    let inside = html.trim().strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
    inside.is_some_and(|inside| !inside.contains("-->"))
}

/// The text of events without their marks, with a space between blocks.
fn plain_blocks(events: &[(Event<'_>, Range<usize>)]) -> String {
    let mut out = String::new();
    for (event, _) in events {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(text),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item) => out.push(' '),
            _ => {}
        }
    }
    out.trim().to_owned()
}

/// The text of events without their marks.
fn plain_text(events: &[(Event<'_>, Range<usize>)]) -> String {
    let mut out = String::new();
    for (event, _) in events {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(text),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
    out.trim().to_owned()
}
