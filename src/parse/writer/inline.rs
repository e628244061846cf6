//! Running text: words, references, links, images.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag};

use super::super::body::{HOLE_END, HOLE_START, Hole, Margin, Reference, Target};
use super::super::citation;
use super::super::links::{self, Destination};
use super::super::quote::end_of;
use super::super::url::{escape, escape_href, scheme};
use super::chars::{is_han, is_wide};
use super::{Close, Writer, plain_text};
use crate::kind::Kind;
use crate::text::{Diagnostic, Edit, Fix, Place, Span, forbidden, rules};

impl Writer<'_, '_, '_> {
    pub(super) fn text(&mut self, text: &str, at: usize, range: Range<usize>) {
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
        let span = self.origin.spans.place(range);
        self.block.push(text, span);
    }

    /// `**…。**后`: the stars beside a Chinese character did not become emphasis. The parser gives each star that it
    /// could not use as a text of its own.
    pub(super) fn leftover(&mut self, text: &str, at: usize, range: &Range<usize>) {
        let next = |at: usize| match self.events.get(at) {
            Some((Event::Text(text), place)) => Some((text, place)),
            _ => None,
        };
        let Some((_, second)) = next(at + 1).filter(|(other, place)| text == "*" && other.as_ref() == "*" && place.start == range.end)
        else {
            return;
        };
        let (before, after) = (self.block.text.chars().next_back(), next(at + 2).and_then(|(text, _)| text.chars().next()));
        let sign = |one: Option<char>| one.is_some_and(|one| "，。！？；：、）（”“》《」「".contains(one));
        let word = |one: Option<char>| one.is_some_and(char::is_alphanumeric);
        if sign(before) && word(after) || word(before) && sign(after) {
            let stars = range.start..second.end;
            let place = |range: Range<usize>| Place::new(self.origin.path.clone(), self.origin.spans.place(range));
            let found = Diagnostic::new(
                &rules::LEFTOVER_EMPHASIS,
                place(stars.clone()),
                "these stars were not read as emphasis, because they stand between Chinese punctuation and a character",
            );
            let found = found.help("put the punctuation outside the stars: `**…**。后`");
            // The mark of punctuation changes places with the stars, if it stands in the file as it does in the text.
            let mark = if sign(before) { before } else { after }.unwrap_or_default();
            let (whole, swapped) = if sign(before) {
                (stars.start.saturating_sub(mark.len_utf8())..stars.end, format!("**{mark}"))
            } else {
                (stars.start..stars.end + mark.len_utf8(), format!("{mark}**"))
            };
            let written = self.text.get(whole.clone()).is_some_and(|text| text.len() == swapped.len() && text.contains(mark));
            let edit = Edit { place: place(whole), text: swapped };
            let found = if written { found.fix(Fix::safe("put the punctuation outside the stars", vec![edit])) } else { found };
            self.diagnostics.push(found);
        }
    }

    pub(super) fn count(&mut self, text: &str) {
        let han = text.chars().filter(|one| is_han(*one)).count();
        let words =
            text.split(|one: char| one.is_whitespace() || is_han(one)).filter(|word| word.chars().any(char::is_alphanumeric)).count();
        self.body.han += han;
        self.body.words += words + han;
    }

    /// Two Chinese lines join without a space.
    pub(super) fn soft_break(&mut self, at: usize) {
        let before = self.block.text.chars().next_back();
        let after = match self.events.get(at + 1) {
            Some((Event::Text(text), _)) => text.chars().next(),
            _ => None,
        };
        if before.is_some_and(is_wide) && after.is_some_and(is_wide) {
            return;
        }
        self.push("\n");
        self.block.text.push(' ');
    }

    pub(super) fn refer(&mut self, target: Target, words: bool, range: Range<usize>) -> usize {
        let number = self.body.references.len();
        let at = Span::new(self.block.text.len(), self.block.text.len());
        let span = self.origin.spans.place(range);
        if matches!(target, Target::Record(Kind::Note, _)) && self.in_footnote.is_none() {
            self.body.margins.push(Margin::Note(number));
        }
        self.body.references.push(Reference { target, words, span, block: self.body.blocks.len(), at, footnote: self.in_footnote });
        self.block_used = true;
        number
    }

    /// A reference without words of its own: its words come with the hole.
    pub(super) fn mark(&mut self, target: Target, range: Range<usize>) {
        let cite = matches!(target, Target::Cite(_));
        let number = self.refer(target, false, range);
        if !cite {
            self.block.text.push_str(&format!("{HOLE_START}{number}{HOLE_END}"));
            self.body.references[number].at.end = self.block.text.len();
        }
        self.hole(Hole::Mark(number));
    }

    pub(super) fn link(&mut self, at: usize, kind: LinkType, dest: &str, title: &str, range: Range<usize>) -> usize {
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
            LinkType::Email => self.outside(&format!("mailto:{dest}"), title, range),
            _ => match links::destination(dest, &self.origin.content_path) {
                Destination::Inside(target) => self.open(target, range),
                Destination::Outside => self.outside(dest, title, range),
                Destination::Unsafe => {
                    self.report(
                        &rules::UNSAFE_ADDRESS,
                        range,
                        format!("the address `{}` is not allowed", shorten(dest)),
                        "a link is relative, or begins with https:, http:, mailto: or tel:",
                    );
                    self.open_links.push(Close::Nothing);
                }
            },
        }
        at + 1
    }

    pub(super) fn open(&mut self, target: Target, range: Range<usize>) {
        let number = self.refer(target, true, range);
        self.hole(Hole::Open(number));
        self.open_links.push(Close::Reference(number));
    }

    pub(super) fn outside(&mut self, dest: &str, title: &str, range: Range<usize>) {
        let span = self.origin.spans.place(range);
        self.body.outside.push((dest.to_owned(), span));
        let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape(title)) };
        self.push(&format!("<a rel=\"external\" href=\"{}\"{title}>", escape_href(dest)));
        self.open_links.push(Close::Anchor);
    }

    pub(super) fn cite(&mut self, range: Range<usize>) {
        let inside = &self.text[range.start + 1..range.end - 1];
        let rest = &self.text[range.end..];
        // No further than to the next bracket, so that a line of many citations is not read anew for each.
        let near = &rest[..rest.find(['[', '\n']).unwrap_or(rest.len())];
        if let Some(close) = near.find("](") {
            let end = range.end + close + 1;
            self.report(
                &rules::CITATION_IN_LINK,
                range.start..end,
                "a citation inside a link's words destroys the link",
                "put the citation after the link: `[words](target) [@key]`",
            );
        }
        let mut items = citation::items(inside, range.start + 1);
        for item in &mut items {
            item.span = self.origin.spans.place(item.span.range());
        }
        self.mark(Target::Cite(items), range);
    }

    pub(super) fn image(&mut self, at: usize, kind: LinkType, dest: &str, title: &str, range: Range<usize>) -> usize {
        let end = end_of(self.events, at);
        if let LinkType::WikiLink { .. } = kind {
            self.report(
                &rules::FIGURE_PLACE,
                range,
                "a figure is placed alone in its paragraph",
                "put an empty line before and after `![[fig:…]]`; to refer to it, write `[[fig:…]]`",
            );
            return end + 1;
        }
        if let Some(target) = self.image_target(dest, title, at, end, &range) {
            self.mark(target, range);
        }
        end + 1
    }

    pub(super) fn block_image(&mut self, at: usize, range: Range<usize>) {
        let Event::Start(Tag::Image { link_type, dest_url, title, .. }) = &self.events[at].0 else { return };
        let end = end_of(self.events, at);
        let target = match (link_type, links::record(dest_url.trim_end_matches('\\'))) {
            (LinkType::WikiLink { .. }, Some(Target::Record(Kind::Figure, id))) => Some(Target::Place(id)),
            (LinkType::WikiLink { .. }, _) => {
                self.report(
                    &rules::FIGURE_PLACE,
                    range,
                    format!("`![[{dest_url}]]` places no figure"),
                    "write `![[fig:id]]`; an image file is `![words](file.png)`",
                );
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

    pub(super) fn image_target(&mut self, dest: &str, title: &str, at: usize, end: usize, range: &Range<usize>) -> Option<Target> {
        let alt = plain_text(&self.events[at + 1..end]);
        match links::destination(dest, &self.origin.content_path) {
            Destination::Inside(Target::File(path, _)) => Some(Target::Image { path, alt, title: title.to_owned() }),
            Destination::Inside(_) | Destination::Unsafe => {
                self.report(
                    &rules::UNSAFE_ADDRESS,
                    range.clone(),
                    format!("the address `{}` is no image", shorten(dest)),
                    "an image is a file of the content folder",
                );
                None
            }
            Destination::Outside => {
                let from = scheme(dest).unwrap_or_default();
                self.report(
                    &rules::REMOTE_IMAGE,
                    range.clone(),
                    format!("this image would be fetched from another host ({from}:)"),
                    "save the image in the content folder and name that file",
                );
                None
            }
        }
    }
}

/// A text cut to what fits a message.
fn shorten(text: &str) -> String {
    if text.chars().count() <= 60 { text.to_owned() } else { text.chars().take(59).chain(['…']).collect() }
}
