//! The text of a page of the web; alone knows the HTML library.

use std::cell::RefCell;

use encoding_rs::Encoding;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{Rawtext, Rcdata, ScriptData};
use html5ever::tokenizer::{BufferQueue, EndTag, StartTag, Tag, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::class::raise;
use super::copy::{CopyError, marked};

/// Bytes at the head of a page in which it may name its encoding.
const HEAD: usize = 4096;

/// Elements whose content no reader sees, in order.
const UNSEEN: &[&str] =
    &["audio", "canvas", "iframe", "noembed", "noframes", "noscript", "object", "script", "style", "svg", "template", "video"];
/// Elements that part the text before them from the text after them, in order.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "pre",
    "search",
    "section",
    "select",
    "summary",
    "table",
    "tbody",
    "td",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
];

/// The text of a page: what a reader sees of it, block by block.
pub(super) fn text(bytes: &[u8]) -> Result<String, CopyError> {
    let page = decoded(bytes)?;
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(page));
    let tokenizer = Tokenizer::new(Reader::default(), TokenizerOpts::default());
    // The reader never asks to wait for a script, so one call reads all.
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    Ok(tokenizer.sink.seen.into_inner().text)
}

/// A page as a text. A browser that saves a page makes it UTF-8 and leaves the old name of the encoding, so the bytes are
/// believed before what they say.
fn decoded(bytes: &[u8]) -> Result<String, CopyError> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    if let Some(text) = marked(bytes) {
        return Ok(text);
    }
    let name =
        charset(&bytes[..bytes.len().min(HEAD)]).ok_or("it is neither in UTF-8 nor does it name its encoding; save it anew as UTF-8")?;
    let encoding = Encoding::for_label(name.as_bytes())
        .ok_or_else(|| CopyError(format!("its encoding `{name}` is not known; save it anew as UTF-8")))?;
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    text.map(std::borrow::Cow::into_owned)
        .ok_or_else(|| CopyError(format!("it says that it is in `{name}` and is not; save it anew as UTF-8")))
}

/// The encoding that the head of a page names, in a `meta` or in an XML declaration.
fn charset(head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let mut rest = head.as_str();
    while let Some(at) =
        rest.find("charset").map(|at| at + "charset".len()).or_else(|| rest.find("encoding").map(|at| at + "encoding".len()))
    {
        rest = &rest[at..];
        if let Some(value) = rest.trim_start().strip_prefix('=') {
            let value = value.trim_start().trim_start_matches(['"', '\'']);
            let end = value.find(|one: char| !one.is_ascii_alphanumeric() && !"-_:.".contains(one)).unwrap_or(value.len());
            return Some(value[..end].to_owned()).filter(|name| !name.is_empty());
        }
    }
    None
}

/// Takes what the library reads, piece by piece.
#[derive(Default)]
struct Reader {
    seen: RefCell<Seen>,
}

/// The text so far.
#[derive(Default)]
struct Seen {
    text: String,
    /// The element whose content is left out, and how many of its name are open.
    unseen: Option<(String, usize)>,
    /// How many elements of raised text are open.
    raised: usize,
}

impl TokenSink for Reader {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut seen = self.seen.borrow_mut();
        match token {
            Token::CharacterTokens(text) if seen.unseen.is_none() => seen.write(&text),
            Token::TagToken(tag) => {
                seen.tag(&tag);
                return raw(&tag);
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// How the library is to read on after a tag: some elements hold text that is no markup.
fn raw(tag: &Tag) -> TokenSinkResult<()> {
    match &*tag.name {
        _ if tag.kind == EndTag => TokenSinkResult::Continue,
        "title" | "textarea" => TokenSinkResult::RawData(Rcdata),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => TokenSinkResult::RawData(Rawtext),
        "script" => TokenSinkResult::RawData(ScriptData),
        _ => TokenSinkResult::Continue,
    }
}

impl Seen {
    fn tag(&mut self, tag: &Tag) {
        let name = &*tag.name;
        if let Some((unseen, open)) = &mut self.unseen {
            if unseen == name && !tag.self_closing {
                *open = if tag.kind == StartTag { *open + 1 } else { *open - 1 };
            }
            if *open == 0 {
                self.unseen = None;
            }
        } else if tag.kind == StartTag && !tag.self_closing && UNSEEN.binary_search(&name).is_ok() {
            self.unseen = Some((name.to_owned(), 1));
        } else if name == "sup" {
            self.raised = if tag.kind == StartTag { self.raised + 1 } else { self.raised.saturating_sub(1) };
        } else if BLOCKS.binary_search(&name).is_ok() && !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Writes text; raised digits stay raised, so that the number of a note is no part of the word before it.
    fn write(&mut self, text: &str) {
        if self.raised == 0 {
            self.text.push_str(text);
        } else {
            self.text.extend(text.chars().map(raise));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(page: &[u8]) -> Vec<String> {
        let text = text(page).expect("a page");
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    #[test]
    fn what_a_reader_sees_is_the_text() {
        let page = "<!DOCTYPE html><html><head><title>A &amp; B</title><style>p{}</style><script>if (a<b) '<p>no</p>'</script></head>
            <body><h1>Head</h1><p>One <b>bo</b>ld&nbsp;word&mdash;&#x4e2d;</p><!-- no --><noscript><img>no</noscript>
            <template><p>no<template>no</template>no</p></template><svg><title>no</title><text>no</text></svg>
            <ul><li>1<li>2</ul>growth<sup>12</sup> of CO<sub>2</sub><br/>x &lt; y<td>c";
        assert_eq!(lines(page.as_bytes()), ["A & B", "Head", "One bold\u{a0}word—中", "1", "2", "growth¹² of CO2", "x < y", "c"]);
    }

    #[test]
    fn the_encoding_is_that_of_the_bytes_or_the_one_that_is_named() {
        assert_eq!(lines("<meta charset=gb2312><p>中文".as_bytes()), ["中文"]);
        assert_eq!(lines(b"<meta http-equiv=Content-Type content='text/html; charset=GB2312'><p>\xd6\xd0\xce\xc4"), ["中文"]);
        assert_eq!(lines(b"<?xml version=\"1.0\" encoding=\"windows-1252\"?><p>caf\xe9 \x93"), ["café “"]);
        assert_eq!(lines(b"\xff\xfe<\0p\0>\0\x2d\x4e"), ["中"]);
        let error = |page: &[u8]| text(page).expect_err("it cannot be read").0;
        assert!(error(b"<p>caf\xe9").contains("nor does it name"));
        assert!(error(b"<meta charset='x-none'><p>caf\xe9").contains("`x-none`"));
        assert!(error(b"<meta charset=gbk><p>\xff\xff").contains("and is not"));
    }

    #[test]
    fn lists_are_in_order() {
        assert!(UNSEEN.is_sorted() && BLOCKS.is_sorted());
    }

    #[test]
    fn broken_pages_are_read_to_the_end() {
        assert_eq!(lines(b"</noscript></sup><p>a<p"), ["a"]);
        assert_eq!(lines(b"<svg/>a&am<script>"), ["a&am"]);
        assert_eq!(lines(b"a\0b"), ["ab"]);
    }
}
