//! The marks of a page with the text around them, as one finds it who reads the page: without its tags, every run of white
//! space one space.

use std::collections::BTreeMap;

/// How much text is told on either side of a quotation, in characters; more, where that alone does not tell it from others.
const AROUND: [usize; 3] = [40, 120, 360];
/// How much of the text before a mark that has no words is quoted, in characters.
const BEFORE: usize = 90;
/// Elements whose text nobody reads.
const SILENT: [&str; 4] = ["script", "style", "template", "noscript"];
/// Elements that have no end.
const VOID: [&str; 8] = ["br", "hr", "img", "input", "link", "meta", "source", "wbr"];

/// Words of a page and what stands on either side. A session keeps those of all pages, so that they are one text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Quote {
    text: Box<str>,
    /// Where the words begin and end in the text.
    words: (u32, u32),
}

impl Quote {
    /// What stands before the words.
    pub(super) fn prefix(&self) -> &str {
        &self.text[..self.words.0 as usize]
    }

    /// The words.
    pub(super) fn exact(&self) -> &str {
        &self.text[self.words.0 as usize..self.words.1 as usize]
    }

    /// What follows the words.
    pub(super) fn suffix(&self) -> &str {
        &self.text[self.words.1 as usize..]
    }
}

/// Where an element with an id stands in the text.
#[derive(Debug, Clone, Copy)]
struct Range {
    /// Where the block that holds it begins.
    block: usize,
    start: usize,
    end: usize,
}

/// The text of a page and the places of its marks.
pub(super) struct Marks {
    text: String,
    by_id: BTreeMap<String, Range>,
}

impl Marks {
    /// Reads the main part of a page, and the elements in it whose id begins like this.
    pub(super) fn read(html: &str, prefix: &str) -> Self {
        let from = html.find("<main").unwrap_or(0);
        let to = html.rfind("</main>").unwrap_or(html.len());
        let mut reader = Reader { marks: Self { text: String::new(), by_id: BTreeMap::new() }, open: Vec::new(), block: 0, silent: 0 };
        let mut rest = &html[from..to.max(from)];
        while let Some(at) = rest.find('<') {
            reader.text(&rest[..at]);
            let end = end_of_tag(&rest[at..]);
            reader.tag(&rest[at..at + end], prefix);
            rest = &rest[at + end..];
        }
        reader.text(rest);
        reader.marks
    }

    /// The words of a mark. Where they are not the author's, and where there are none, what stands before it in its block is
    /// quoted.
    pub(super) fn quote(&self, id: &str, own: bool) -> Option<Quote> {
        let range = *self.by_id.get(id)?;
        let words = self.text[range.start..range.end].trim();
        if own && !words.is_empty() {
            let start = range.start + self.text[range.start..range.end].find(words).unwrap_or_default();
            return Some(self.around(start, start + words.len()));
        }
        let before = &self.text[range.block.min(range.start)..range.start];
        let from = before.char_indices().rev().nth(BEFORE - 1).map_or(0, |(at, _)| at);
        // Whole words, if there is more than one.
        let cut = if from == 0 { 0 } else { before[from..].find(' ').map_or(from, |space| from + space + 1) };
        // The bracket in which a mark stands is no part of what it says.
        let words = before[cut..].trim_end_matches(|one: char| one.is_whitespace() || "([{（".contains(one)).trim_start();
        let (start, end) = match words {
            "" => (range.start, range.end),
            words => {
                let start = range.start - before.len() + cut + before[cut..].find(words).unwrap_or_default();
                (start, start + words.len())
            }
        };
        (start < end).then(|| self.around(start, end))
    }

    fn around(&self, start: usize, end: usize) -> Quote {
        let is_alone = |quote: &Quote| self.text.find(&*quote.text) == self.text.rfind(&*quote.text);
        let [near, wider @ ..] = AROUND;
        let near = self.with(near, start, end);
        if is_alone(&near) {
            return near;
        }
        wider.into_iter().map(|width| self.with(width, start, end)).find(is_alone).unwrap_or(near)
    }

    /// The words, with so many characters on either side.
    fn with(&self, width: usize, start: usize, end: usize) -> Quote {
        let (before, after) = (&self.text[..start], &self.text[end..]);
        let from = before.char_indices().rev().nth(width - 1).map_or(0, |(at, _)| at);
        let to = after.char_indices().nth(width).map_or(after.len(), |(at, _)| at);
        // No page has 4 GiB; words that cannot be counted would be none.
        let offset = |at: usize| u32::try_from(at - from).unwrap_or_default();
        Quote { text: self.text[from..end + to].into(), words: (offset(start), offset(end)) }
    }
}

struct Reader {
    marks: Marks,
    /// The open elements: name, and the id of a mark.
    open: Vec<(String, Option<String>)>,
    block: usize,
    /// How many of the open elements nobody reads.
    silent: usize,
}

impl Reader {
    fn text(&mut self, html: &str) {
        if self.silent > 0 || html.is_empty() {
            return;
        }
        let text = &mut self.marks.text;
        for (at, piece) in html.split('&').enumerate() {
            let piece = if at == 0 { piece } else { entity(piece, text) };
            for one in piece.chars() {
                let space = one.is_ascii_whitespace();
                if !space || !text.ends_with(' ') {
                    text.push(if space { ' ' } else { one });
                }
            }
        }
    }

    fn tag(&mut self, tag: &str, prefix: &str) {
        let inside = tag.trim_start_matches('<').trim_end_matches('>');
        if inside.starts_with(['!', '?']) {
            return;
        }
        if let Some(name) = inside.strip_prefix('/') {
            return self.close(name.trim());
        }
        let name = inside.split([' ', '\n', '\t', '/']).next().unwrap_or_default();
        if VOID.contains(&name) || inside.ends_with('/') {
            return;
        }
        // What a mark says of its claim is no part of the author's words.
        if inside.contains("class=\"claim-mark\"")
            && let Some((_, Some(id))) = self.open.last()
        {
            let id = id.clone();
            self.end(&id);
        }
        if matches!(name, "p" | "li" | "td" | "th" | "div" | "blockquote" | "figcaption" | "h2" | "h3" | "dd") {
            self.block = self.marks.text.len();
        }
        let id = attribute(inside, "id").filter(|id| id.starts_with(prefix));
        if let Some(id) = &id {
            let start = self.marks.text.len();
            self.marks.by_id.insert(id.clone(), Range { block: self.block, start, end: usize::MAX });
        }
        self.silent += usize::from(SILENT.contains(&name));
        self.open.push((name.to_owned(), id));
    }

    /// Ends the nearest open element of this name, and those in it that were not ended.
    fn close(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|(open, _)| open == name) else { return };
        for (name, id) in self.open.split_off(at) {
            self.silent -= usize::from(SILENT.contains(&name.as_str()));
            if let Some(id) = id {
                self.end(&id);
            }
        }
    }

    fn end(&mut self, id: &str) {
        let end = self.marks.text.len();
        if let Some(range) = self.marks.by_id.get_mut(id).filter(|range| range.end == usize::MAX) {
            range.end = end;
        }
    }
}

/// The length of a tag or comment, with its end.
fn end_of_tag(html: &str) -> usize {
    if html.starts_with("<!--") {
        return html.find("-->").map_or(html.len(), |at| at + 3);
    }
    let mut quote = None;
    for (at, one) in html.bytes().enumerate() {
        match (quote, one) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(one),
            (Some(open), one) if open == one => quote = None,
            _ => {}
        }
    }
    html.len()
}

/// The value of an attribute in double quotation marks.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let value = &tag[start..start + tag[start..].find('"')?];
    let mut out = String::new();
    for (at, piece) in value.split('&').enumerate() {
        let rest = if at == 0 { piece } else { entity(piece, &mut out) };
        out.push_str(rest);
    }
    Some(out)
}

/// Writes the character that an entity stands for; gives what follows it. What is no entity stays as it is.
fn entity<'h>(piece: &'h str, out: &mut String) -> &'h str {
    let known = piece.split_once(';').and_then(|(name, rest)| {
        let one = match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            "nbsp" => '\u{a0}',
            "ensp" => '\u{2002}',
            "thinsp" => '\u{2009}',
            name => {
                let digits = name.strip_prefix('#')?;
                let number = match digits.strip_prefix(['x', 'X']) {
                    Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                    None => digits.parse().ok()?,
                };
                char::from_u32(number)?
            }
        };
        Some((one, rest))
    });
    let Some((one, rest)) = known else {
        out.push('&');
        return piece;
    };
    out.push(one);
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<body>No<main id=\"m\"><p>Output\n <b>fell</b> by <span id=\"ref-a\">3&nbsp;% &amp; more<a class=\"claim-mark\" \
        href=\"#x>\">said</a></span>,<!-- <p> --> say all.<a id=\"ref-b\" href=\"#\">8</a></p><script>no</script><p><a id=\"ref-c\">(L)</a> \
        End</p></main></body>";

    #[test]
    fn a_mark_is_quoted_with_what_is_around_it() {
        let marks = Marks::read(PAGE, "ref-");
        let quote = marks.quote("ref-a", true).expect("a mark");
        assert_eq!((quote.exact(), quote.prefix(), quote.suffix()), ("3\u{a0}% & more", "Output fell by ", "said, say all.8(L) End"));
        assert_eq!(marks.quote("ref-b", false).expect("a mark").exact(), "Output fell by 3\u{a0}% & moresaid, say all.");
        assert_eq!(marks.quote("ref-c", false).expect("a mark").exact(), "(L)");
        assert_eq!(marks.quote("m", true), None);
    }

    #[test]
    fn what_is_said_twice_is_told_apart_by_more_of_what_is_around_it() {
        let same = "The machines have been ordered in great numbers by many firms, some say by more than that. ".repeat(2);
        let page = format!("<p>First. {same}<a id=\"ref-a\">1</a> {same}</p><p>Second. {same}<a id=\"ref-b\">1</a> {same}</p>");
        let marks = Marks::read(&page, "ref-");
        let [a, b] = ["ref-a", "ref-b"].map(|id| marks.quote(id, true).expect("a mark"));
        assert_eq!((a.exact(), b.exact()), ("1", "1"));
        assert!(a.prefix().contains("First. ") && b.prefix().contains("Second. "), "{a:?} {b:?}");
        let again = Marks::read("<p>1 1 <a id=\"ref-a\">1</a> 1 1</p>", "ref-").quote("ref-a", true).expect("a mark");
        assert_eq!((again.exact(), again.prefix()), ("1", "1 1 "));
    }

    #[test]
    fn long_texts_are_cut_at_words_and_broken_pages_are_read() {
        let text = format!("<p>{}<a id='x' id=\"ref-a\">1", "wörter ".repeat(40));
        let marks = Marks::read(&text, "ref-");
        assert_eq!(marks.by_id.len(), 1);
        for page in ["<", "<p", "&#x;", "</p>", "<a id=\"ref-", "<main>", "</main><main>"] {
            Marks::read(page, "ref-");
        }
        let text = format!("<p>{}<a id=\"ref-a\">1</a></p>", "wörter ".repeat(40));
        let quote = Marks::read(&text, "ref-").quote("ref-a", false).expect("a mark");
        assert!(quote.exact().starts_with("wörter wörter") && quote.exact().chars().count() <= BEFORE, "{quote:?}");
    }
}
