//! The walk over Markdown events that writes HTML and leaves holes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Tag, TagEnd};

use super::body::{Body, Correction, Footnote, Fragment, HOLE_END, HOLE_START, Heading, Hole, Margin, Reference, Target};
use super::highlight::highlight;
use super::links::{self, Destination};
use super::markdown::Origin;
use super::quote::{self, Quote, end_of};
use super::slug::slug;
use super::url::{escape, escape_href, scheme};
use super::citation;
use crate::kind::Kind;
use crate::text::{Diagnostic, Diagnostics, Place, Rule, Span, WrittenDate, rules};

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
    block: String,
    block_used: bool,
    /// Footnotes by label: their numbers, and the definitions met.
    labels: BTreeMap<String, usize>,
    definitions: BTreeMap<String, (Fragment, Span)>,
    in_footnote: Option<usize>,
    anchors: BTreeSet<String>,
    heading_path: Vec<(u8, String)>,
    tight: Vec<bool>,
    alignments: Vec<Alignment>,
    column: usize,
    in_table_head: bool,
    open_links: Vec<Close>,
    raw: Option<Range<usize>>,
    quiet: bool,
}

/// What ends an open link.
enum Close {
    Reference(usize),
    Anchor,
    Nothing,
}

impl<'e, 't, 'd> Writer<'e, 't, 'd> {
    pub(super) fn new(text: &'t str, origin: &'e Origin, events: Events<'e, 't>, diagnostics: &'d mut Diagnostics) -> Self {
        Self {
            text,
            origin,
            events,
            diagnostics,
            out: Fragment { html: String::with_capacity(text.len() * 3 / 2), holes: Vec::new() },
            body: Body::default(),
            block: String::new(),
            block_used: false,
            labels: BTreeMap::new(),
            definitions: BTreeMap::new(),
            in_footnote: None,
            anchors: BTreeSet::new(),
            heading_path: Vec::new(),
            tight: Vec::new(),
            alignments: Vec::new(),
            column: 0,
            in_table_head: false,
            open_links: Vec::new(),
            raw: None,
            quiet: false,
        }
    }

    pub(super) fn write(mut self) -> Written {
        self.number_footnotes();
        self.blocks(0..self.events.len());
        self.end_block();
        let unused = self.collect_footnotes();
        self.body.main = self.out;
        let raw_html = self.raw.is_some();
        Written { body: self.body, raw_html, raw_span: self.raw.unwrap_or_default(), unused }
    }

    /// Numbers go by the order of the first marks, which the walk must know before it meets a definition.
    fn number_footnotes(&mut self) {
        for (event, _) in self.events {
            if let Event::FootnoteReference(label) = event {
                let next = self.labels.len();
                self.labels.entry(label.to_string()).or_insert(next);
            }
        }
        self.body.footnotes = vec![Footnote::default(); self.labels.len()];
        for (label, number) in &self.labels {
            self.body.footnotes[*number].label.clone_from(label);
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
                    self.report_at(&rules::UNUSED_FOOTNOTE, span, format!("the footnote `{label}` has no mark"), &format!("put `[^{label}]` where it belongs, or delete it"));
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

    // ---- blocks

    /// Writes top-level blocks; one that holds margin notes is wrapped with them.
    fn blocks(&mut self, range: Range<usize>) {
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

    /// Writes a range of events.
    fn run(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            at = self.event(at);
        }
    }

    /// Writes a range that ends inside a paragraph: that paragraph stays open.
    fn run_open(&mut self, range: Range<usize>) {
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
                self.block.push_str(code);
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                self.raw.get_or_insert(range.clone());
                self.push(html);
            }
            Event::FootnoteReference(label) => self.footnote_mark(label),
            Event::SoftBreak => self.soft_break(at),
            Event::HardBreak => {
                self.push("<br>\n");
                self.block.push(' ');
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

    fn start(&mut self, at: usize, tag: &Tag<'t>, range: Range<usize>) -> usize {
        match tag {
            Tag::Paragraph => return self.paragraph(at, range),
            Tag::Heading { level, id, classes, attrs } => return self.heading(at, *level as u8, id.as_deref(), classes, attrs, range),
            Tag::BlockQuote(kind) => return self.block_quote(at, *kind, range),
            Tag::CodeBlock(kind) => return self.code_block(at, kind),
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
                    self.body.references[number].at.end = self.block.len();
                    self.hole(Hole::Close(number));
                }
                Some(Close::Anchor) => self.push("</a>"),
                Some(Close::Nothing) | None => {}
            },
            _ => {}
        }
    }

    fn paragraph(&mut self, at: usize, range: Range<usize>) -> usize {
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

    fn heading(&mut self, at: usize, level: u8, id: Option<&str>, classes: &[pulldown_cmark::CowStr<'_>], attrs: &[(pulldown_cmark::CowStr<'_>, Option<pulldown_cmark::CowStr<'_>>)], range: Range<usize>) -> usize {
        let end = end_of(self.events, at);
        // The section's title is the page's one heading of the first level.
        let level = level.max(2);
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
            if matches!(name.as_ref(), "lang" | "dir") || name.strip_prefix("data-").is_some_and(|rest| rest.bytes().all(|one| one.is_ascii_lowercase() || one == b'-')) {
                open.push_str(&format!(" {name}=\"{}\"", escape(value.as_deref().unwrap_or_default())));
            } else {
                self.report(&rules::UNSAFE_ADDRESS, range.clone(), format!("the attribute `{name}` is not allowed on a heading"), "allowed are an id, classes, `lang`, `dir` and `data-…`");
            }
        }
        self.push(&open);
        self.push(">");
        self.end_block();
        let from = (self.out.html.len(), self.out.holes.len());
        self.run(at + 1..end);
        let html = without_holes(&self.out, from);
        self.end_block();
        self.push(" <a class=\"permalink\" href=\"#");
        self.hole(Hole::Prefix);
        self.push(&format!("{}\" aria-label=\"Link to this section\">#</a></h{level}>\n", escape_href(&id)));
        let span = self.origin.spans.place(range);
        self.body.headings.push(Heading { level, id, html, text, span });
        end + 1
    }

    /// The anchor of a heading. One that is taken is told apart by the heading above it, so that it does not move when
    /// a third is added elsewhere.
    fn anchor(&mut self, level: u8, id: Option<&str>, text: &str, range: Range<usize>) -> String {
        self.heading_path.retain(|(above, _)| *above < level);
        let plain = id.map_or_else(|| slug(text), str::to_owned);
        let mut anchor = plain.clone();
        if self.anchors.contains(&anchor) {
            self.report(&rules::DUPLICATE_ANCHOR, range, format!("two headings have the address `#{anchor}`"), "give this one an id of its own: `## Heading {#its-id}`");
            if let Some((_, above)) = self.heading_path.last() {
                anchor = format!("{above}--{plain}");
            }
        }
        let mut number = 2;
        while !self.anchors.insert(anchor.clone()) {
            anchor = format!("{plain}-{number}");
            number += 1;
        }
        self.heading_path.push((level, anchor.clone()));
        anchor
    }

    fn code_block(&mut self, at: usize, kind: &CodeBlockKind<'_>) -> usize {
        let end = end_of(self.events, at);
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

    fn list(&mut self, at: usize, first: Option<u64>) {
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
    fn cell(&mut self) {
        if self.column > 0 {
            self.block.push_str(" · ");
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

    fn block_quote(&mut self, at: usize, kind: Option<pulldown_cmark::BlockQuoteKind>, range: Range<usize>) -> usize {
        let end = end_of(self.events, at);
        match quote::quote(self.text, self.events, at, kind) {
            Quote::Plain => {
                self.push("<blockquote>\n");
                self.run(at + 1..end);
                self.push("</blockquote>\n");
            }
            Quote::Alert(class, title) => {
                self.push(&format!("<div class=\"alert alert-{class}\" role=\"note\" aria-label=\"{title}\"><p class=\"alert-title\">{title}</p>\n"));
                self.run(at + 1..end);
                self.push("</div>\n");
            }
            Quote::Correction(date, mark) => self.correction(end, &date, mark, range),
            Quote::Sourced(line, link) => self.sourced_quote(at, line, link),
        }
        end + 1
    }

    fn correction(&mut self, end: usize, date: &str, mark: Range<usize>, range: Range<usize>) {
        let number = self.body.corrections.iter().filter(|one| one.date == date).count() + 1;
        let suffix = if number > 1 { format!("-{number}") } else { String::new() };
        let anchor = format!("correction-{}{suffix}", slug(date));
        let shown = WrittenDate::read(date).map(WrittenDate::long).unwrap_or_else(|| date.to_owned());
        self.push("<section class=\"correction\" role=\"doc-errata\" id=\"");
        self.hole(Hole::Prefix);
        self.push(&format!(
            "{anchor}\" aria-label=\"Correction of {0}\"><p class=\"correction-title\">Correction, <time datetime=\"{1}\">{0}</time></p>\n",
            escape(&shown), escape(date)
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

    fn sourced_quote(&mut self, at: usize, line: Range<usize>, link: usize) {
        self.push("<figure class=\"quotation\"><blockquote>\n");
        self.run_open(at + 1..line.start);
        // The last paragraph is still open where the source's line was its last; otherwise it was the source's alone.
        if matches!(self.events[line.start].0, Event::SoftBreak | Event::HardBreak) {
            self.end(TagEnd::Paragraph);
        }
        self.push("</blockquote><figcaption>— ");
        self.run(link..line.end);
        self.push("</figcaption></figure>\n");
        self.end_block();
    }

    fn footnote_definition(&mut self, at: usize, label: &str, range: Range<usize>) -> usize {
        let end = end_of(self.events, at);
        self.end_block();
        let saved = std::mem::take(&mut self.out);
        let outer = std::mem::replace(&mut self.in_footnote, self.labels.get(label).copied());
        self.run(at + 1..end);
        self.end_block();
        self.in_footnote = outer;
        let fragment = std::mem::replace(&mut self.out, saved);
        let span = self.origin.spans.place(range);
        if self.definitions.insert(label.to_owned(), (fragment, span)).is_some() {
            self.report_at(&rules::DUPLICATE_FOOTNOTE, span, format!("the footnote `{label}` is defined twice"), "give one of the two another label");
        }
        end + 1
    }

    fn footnote_mark(&mut self, label: &str) {
        let Some(number) = self.labels.get(label).copied() else { return };
        let footnote = &mut self.body.footnotes[number];
        footnote.marks += 1;
        let mark = footnote.marks;
        if mark == 1 && self.in_footnote.is_none() {
            self.body.margins.push(Margin::Footnote(number));
        }
        self.hole(Hole::FootnoteMark(number, mark));
    }

    // ---- running text

    fn text(&mut self, text: &str, at: usize, range: Range<usize>) {
        if let Some((offset, bad)) = text.char_indices().find(|(_, one)| forbidden(*one)) {
            let from = (range.start + offset).min(range.end);
            self.report(&rules::CONTROL_CHARACTER, from..from + bad.len_utf8(), format!("this is the character U+{:04X}, which has no business in a text", u32::from(bad)), "delete it");
        }
        if !self.quiet {
            self.leftover(text, at, &range);
            self.count(text);
        }
        let safe: String;
        let text = if text.chars().any(forbidden) {
            safe = text.chars().map(|one| if forbidden(one) { '\u{fffd}' } else { one }).collect();
            &safe
        } else {
            text
        };
        // Writing into a String cannot fail.
        let _ = pulldown_cmark_escape::escape_html_body_text(&mut self.out.html, text);
        self.block.push_str(text);
    }

    /// `**…。**后`: the stars beside a Chinese character did not become emphasis.
    fn leftover(&mut self, text: &str, at: usize, range: &Range<usize>) {
        let Some(offset) = text.find("**") else { return };
        let around = |from: Option<char>| from.is_some_and(|one| is_han(one) || "，。！？；：、）（”“》《".contains(one));
        let near = around(text[..offset].chars().next_back()) || around(text[offset + 2..].chars().next());
        let next = matches!(self.events.get(at + 1), Some((Event::Text(_), _)));
        if near || next && around(self.block.chars().next_back()) {
            let from = range.start + offset;
            self.report(&rules::LEFTOVER_EMPHASIS, from..from + 2, "these stars were not read as emphasis, because they stand between Chinese punctuation and a character", "put the punctuation outside the stars: `**…**。后`");
        }
    }

    fn count(&mut self, text: &str) {
        let han = text.chars().filter(|one| is_han(*one)).count();
        let words = text.split(|one: char| one.is_whitespace() || is_han(one)).filter(|word| word.chars().any(char::is_alphanumeric)).count();
        self.body.han += han;
        self.body.words += words + han;
    }

    /// Two Chinese lines join without a space.
    fn soft_break(&mut self, at: usize) {
        let before = self.block.chars().next_back();
        let after = match self.events.get(at + 1) {
            Some((Event::Text(text), _)) => text.chars().next(),
            _ => None,
        };
        if before.is_some_and(is_wide) && after.is_some_and(is_wide) {
            return;
        }
        self.push("\n");
        self.block.push(' ');
    }

    /// Closes the present block: its plain text is kept if a reference lies in it.
    fn end_block(&mut self) {
        let text = std::mem::take(&mut self.block);
        if self.body.lede.is_empty() && self.in_footnote.is_none() && self.body.headings.is_empty() && text.len() > 40 {
            self.body.lede = text.split(HOLE_START).map(|piece| piece.split_once(HOLE_END).map_or(piece, |(_, rest)| rest)).collect();
        }
        if self.block_used {
            self.body.blocks.push(text);
            self.block_used = false;
        }
    }

    fn refer(&mut self, target: Target, words: bool, range: Range<usize>) -> usize {
        let number = self.body.references.len();
        let at = Span::new(self.block.len(), self.block.len());
        let span = self.origin.spans.place(range);
        if matches!(target, Target::Record(Kind::Note, _)) && self.in_footnote.is_none() {
            self.body.margins.push(Margin::Note(number));
        }
        self.body.references.push(Reference { target, words, span, block: self.body.blocks.len(), at, footnote: self.in_footnote });
        self.block_used = true;
        number
    }

    /// A reference without words of its own: its words come with the hole.
    fn mark(&mut self, target: Target, range: Range<usize>) {
        let cite = matches!(target, Target::Cite(_));
        let number = self.refer(target, false, range);
        if !cite {
            self.block.push_str(&format!("{HOLE_START}{number}{HOLE_END}"));
            self.body.references[number].at.end = self.block.len();
        }
        self.hole(Hole::Mark(number));
    }

    fn link(&mut self, at: usize, kind: LinkType, dest: &str, title: &str, range: Range<usize>) -> usize {
        let end = end_of(self.events, at);
        match kind {
            LinkType::ShortcutUnknown | LinkType::CollapsedUnknown | LinkType::ReferenceUnknown => {
                self.cite(range);
                return end + 1;
            }
            LinkType::WikiLink { has_pothole: false } => {
                self.mark(links::wikilink(dest), range);
                return end + 1;
            }
            LinkType::WikiLink { has_pothole: true } => self.open(links::wikilink(dest), range),
            _ if at + 1 == end => {
                if let Destination::Inside(target) = links::destination(dest, &self.origin.content_path) {
                    self.mark(target, range);
                }
                return end + 1;
            }
            LinkType::Email => self.outside(&format!("mailto:{dest}"), title),
            _ => match links::destination(dest, &self.origin.content_path) {
                Destination::Inside(target) => self.open(target, range),
                Destination::Outside => self.outside(dest, title),
                Destination::Unsafe => {
                    self.report(&rules::UNSAFE_ADDRESS, range, format!("the address `{}` is not allowed", shorten(dest)), "a link is relative, or begins with https:, http:, mailto: or tel:");
                    self.open_links.push(Close::Nothing);
                }
            },
        }
        at + 1
    }

    fn open(&mut self, target: Target, range: Range<usize>) {
        let number = self.refer(target, true, range);
        self.hole(Hole::Open(number));
        self.open_links.push(Close::Reference(number));
    }

    fn outside(&mut self, dest: &str, title: &str) {
        let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape(title)) };
        self.push(&format!("<a rel=\"external\" href=\"{}\"{title}>", escape_href(dest)));
        self.open_links.push(Close::Anchor);
    }

    fn cite(&mut self, range: Range<usize>) {
        let inside = &self.text[range.start + 1..range.end - 1];
        let rest = &self.text[range.end..];
        let line = rest.lines().next().unwrap_or_default();
        if let Some(close) = line.find("](")
            && !line[..close].contains('[')
        {
            let end = range.end + close + 1;
            self.report(&rules::CITATION_IN_LINK, range.start..end, "a citation inside a link's words destroys the link", "put the citation after the link: `[words](target) [@key]`");
        }
        let mut items = citation::items(inside, range.start + 1);
        for item in &mut items {
            item.span = self.origin.spans.place(item.span.range());
        }
        self.mark(Target::Cite(items), range);
    }

    fn image(&mut self, at: usize, kind: LinkType, dest: &str, title: &str, range: Range<usize>) -> usize {
        let end = end_of(self.events, at);
        if let LinkType::WikiLink { .. } = kind {
            self.report(&rules::FIGURE_PLACE, range, "a figure is placed alone in its paragraph", "put an empty line before and after `![[fig:…]]`; to refer to it, write `[[fig:…]]`");
            return end + 1;
        }
        if let Some(target) = self.image_target(dest, title, at, end, &range) {
            self.mark(target, range);
        }
        end + 1
    }

    fn block_image(&mut self, at: usize, range: Range<usize>) {
        let Event::Start(Tag::Image { link_type, dest_url, title, .. }) = &self.events[at].0 else { return };
        let end = end_of(self.events, at);
        let target = match (link_type, links::record(dest_url.trim_end_matches('\\'))) {
            (LinkType::WikiLink { .. }, Some(Target::Record(Kind::Figure, id))) => Some(Target::Place(id)),
            (LinkType::WikiLink { .. }, _) => {
                self.report(&rules::FIGURE_PLACE, range, format!("`![[{dest_url}]]` places no figure"), "write `![[fig:id]]`; an image file is `![words](file.png)`");
                return;
            }
            _ => self.image_target(dest_url, title, at, end, &range),
        };
        self.end_block();
        let Some(target) = target else { return };
        let image = matches!(target, Target::Image { .. });
        if image {
            self.push("<p class=\"image\">");
        }
        self.mark(target, range);
        if image {
            self.push("</p>\n");
        }
        self.end_block();
    }

    fn image_target(&mut self, dest: &str, title: &str, at: usize, end: usize, range: &Range<usize>) -> Option<Target> {
        let alt = plain_text(&self.events[at + 1..end]);
        match links::destination(dest, &self.origin.content_path) {
            Destination::Inside(Target::File(path, _)) => Some(Target::Image { path, alt, title: title.to_owned() }),
            Destination::Inside(_) | Destination::Unsafe => {
                self.report(&rules::UNSAFE_ADDRESS, range.clone(), format!("the address `{}` is no image", shorten(dest)), "an image is a file of the content folder");
                None
            }
            Destination::Outside => {
                let from = scheme(dest).unwrap_or_default();
                self.report(&rules::REMOTE_IMAGE, range.clone(), format!("this image would be fetched from another host ({from}:)"), "save the image in the content folder and name that file");
                None
            }
        }
    }
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

/// The HTML written since a point, with its holes left out.
fn without_holes(out: &Fragment, from: (usize, usize)) -> String {
    out.html[from.0..].trim().to_owned()
}

/// A copy of what was written since a point, holes included.
fn part(out: &Fragment, from: (usize, usize)) -> Fragment {
    let holes = out.holes[from.1..].iter().map(|(at, hole)| (at - from.0, *hole)).collect();
    Fragment { html: out.html[from.0..].to_owned(), holes }
}

/// Characters that no text has: controls but tab and line ends, bidirectional overrides, non-characters.
fn forbidden(one: char) -> bool {
    matches!(one, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}'
        | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}' | '\u{f8f0}' | '\u{f8f1}')
}

/// Chinese characters, and the kana that stand among them.
fn is_han(one: char) -> bool {
    matches!(one, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Characters between which a line end is no space: Chinese characters and their punctuation.
fn is_wide(one: char) -> bool {
    is_han(one) || matches!(one, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff65}' | '“' | '”' | '‘' | '’' | '—' | '…')
}

fn shorten(text: &str) -> String {
    if text.chars().count() <= 60 { text.to_owned() } else { text.chars().take(59).chain(['…']).collect() }
}
