//! An author's SVG file, made safe: read as XML, and written anew out of what is known to be harmless.
//!
//! Nothing is passed on because it looks harmless: an element, an attribute, a property, a function or an address stands
//! on a list, or it is left out and named. What remains runs nothing, fetches nothing, moves nothing and refers to
//! nothing but itself; a link to another site may be followed by hand. Words, spaces, numbers and ids stay as they are.
//! What was made with other programs loses their notes, and `xlink:href` becomes `href`.

mod address;
mod css;
mod drawn;
mod names;
mod removed;
#[cfg(test)]
mod tests;

use roxmltree::{Attribute, Document, Node, NodeType, ParsingOptions};

use crate::budget;
use crate::text::Span;
use names::{XLINK, XML};
pub use removed::Removal;
use removed::Removed;

/// An SVG file that is safe to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned {
    /// The file.
    pub svg: String,
    /// What was taken out, each once, in order of the words.
    pub removed: Vec<Removal>,
}

/// Why an SVG file cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SvgFault {
    /// What is wrong, without a full stop.
    pub message: String,
    /// Where.
    pub span: Span,
}

impl SvgFault {
    fn new(message: impl Into<String>, span: impl Into<Span>) -> Self {
        Self { message: message.into(), span: span.into() }
    }
}

/// Makes an SVG file safe. What is clean already stays as it is.
///
/// # Errors
/// Where the text is no SVG, declares entities, or is larger or deeper than [`crate::budget`] allows.
pub fn clean(svg: &str) -> Result<Cleaned, SvgFault> {
    if svg.len() > budget::SVG_FILE {
        let most = budget::SVG_FILE / (1024 * 1024);
        return Err(SvgFault::new(format!("this SVG file is larger than {most} MiB"), 0..0));
    }
    let document = document(svg)?;
    let root = document.root_element();
    if !(is_svg(root) && root.tag_name().name() == "svg") {
        return Err(SvgFault::new("this is XML, but its outermost element is not `svg`", start(root)));
    }
    drawn::check(&document)?;
    let mut writer = Writer { out: String::with_capacity(svg.len()), removed: Removed::default() };
    for (node, instruction) in document.root().children().filter_map(|node| Some((node, node.pi()?))) {
        writer.removed.at(node.range());
        writer.removed.instruction(instruction.target);
    }
    writer.element(root, 0)?;
    writer.out.push('\n');
    Ok(Cleaned { svg: writer.out, removed: writer.removed.list() })
}

/// The file as XML. A document type may stand before it, as old programs write it, but may not declare entities: what
/// they stand for is known only to who declared them.
fn document(svg: &str) -> Result<Document<'_>, SvgFault> {
    let options = ParsingOptions { allow_dtd: true, nodes_limit: budget::SVG_NODES, ..ParsingOptions::default() };
    let entity = svg.find("<!ENTITY").map(|at| SvgFault::new("this file declares entities; save it as plain SVG", at..at + 8));
    match Document::parse_with_options(svg, options) {
        Ok(document) => {
            let prolog = document.root_element().range().start;
            entity.filter(|fault| fault.span.start < prolog).map_or(Ok(document), Err)
        }
        Err(roxmltree::Error::NodesLimitReached) => {
            Err(SvgFault::new(format!("this SVG file has more than {} elements and texts", budget::SVG_NODES), 0..0))
        }
        Err(error) => Err(entity.unwrap_or_else(|| {
            let place = place(svg, error.pos());
            SvgFault::new(format!("this is not well-formed XML: {error}"), place..place)
        })),
    }
}

/// A line and a column, both from one, as a place in the text.
fn place(text: &str, at: roxmltree::TextPos) -> usize {
    let [row, column] = [at.row, at.col].map(|number| usize::try_from(number).unwrap_or(usize::MAX).saturating_sub(1));
    let line: usize = text.split_inclusive('\n').take(row).map(str::len).sum();
    let rest = text.get(line..).unwrap_or_default();
    line + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at)
}

/// The first characters of an element.
fn start(node: Node<'_, '_>) -> std::ops::Range<usize> {
    let start = node.range().start;
    start..start + 1 + node.tag_name().name().len()
}

/// The first characters of an element; the whole of anything else.
fn place_of(node: Node<'_, '_>) -> std::ops::Range<usize> {
    if node.is_element() { start(node) } else { node.range() }
}

/// Whether an element is one of SVG. Files without a namespace are read as if they had it, and are given it.
fn is_svg(node: Node<'_, '_>) -> bool {
    node.tag_name().namespace().is_none_or(|namespace| namespace == names::SVG)
}

/// What is written.
struct Writer {
    out: String,
    removed: Removed,
}

impl Writer {
    fn element(&mut self, node: Node<'_, '_>, depth: usize) -> Result<(), SvgFault> {
        if depth > budget::SVG_DEPTH {
            return Err(SvgFault::new(format!("elements stand in one another more than {} deep", budget::SVG_DEPTH), start(node)));
        }
        let name = node.tag_name().name();
        self.out.push('<');
        self.out.push_str(name);
        if depth == 0 {
            self.attribute("xmlns", names::SVG);
        }
        self.attributes(node);
        self.out.push('>');
        let inside = self.out.len();
        match name {
            "style" => self.style(node),
            // A page that holds the drawing would read elements in these two as its own.
            "title" | "desc" => self.words(node),
            _ => self.children(node, depth)?,
        }
        if self.out.len() == inside {
            self.out.truncate(inside - 1);
            self.out.push_str("/>");
        } else {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
        Ok(())
    }

    fn children(&mut self, node: Node<'_, '_>, depth: usize) -> Result<(), SvgFault> {
        for child in node.children() {
            self.removed.at(place_of(child));
            match child.node_type() {
                NodeType::Element if !is_svg(child) => self.removed.foreign(child.lookup_prefix(namespace(child)).unwrap_or_default()),
                NodeType::Element if names::is_element(child.tag_name().name()) => self.element(child, depth + 1)?,
                NodeType::Element => self.removed.element(child.tag_name().name()),
                NodeType::Text => escape(&mut self.out, child.text().unwrap_or_default(), false),
                NodeType::PI => self.removed.instruction(child.pi().map_or("", |instruction| instruction.target)),
                NodeType::Comment | NodeType::Root => {}
            }
        }
        Ok(())
    }

    /// Only the text of an element.
    fn words(&mut self, node: Node<'_, '_>) {
        for child in node.children() {
            if child.is_element() {
                self.removed.at(start(child));
                self.removed.element(child.tag_name().name());
            } else if child.is_text() {
                escape(&mut self.out, child.text().unwrap_or_default(), false);
            }
        }
    }

    fn style(&mut self, node: Node<'_, '_>) {
        self.removed.at(start(node));
        let sheet: String = node.children().filter(Node::is_text).filter_map(|text| text.text()).collect();
        let sheet = css::sheet(&sheet, &mut self.removed);
        escape(&mut self.out, &sheet, false);
    }

    fn attributes(&mut self, node: Node<'_, '_>) {
        let plain = node.attributes().any(|attribute| attribute.namespace().is_none() && attribute.name() == "href");
        for attribute in node.attributes() {
            self.removed.at(attribute.range());
            match attribute.namespace() {
                None => self.plain(node, attribute.name(), attribute.value()),
                Some(XML) if matches!(attribute.name(), "space" | "lang") => {
                    self.attribute(&format!("xml:{}", attribute.name()), attribute.value());
                }
                Some(XLINK) if attribute.name() == "href" && !plain => {
                    self.plain(node, "href", attribute.value());
                }
                Some(XML) => self.removed.attribute(&format!("xml:{}", attribute.name())),
                // Said twice, or said of a link that has the right words of its own.
                Some(XLINK) => {}
                Some(_) => self.removed.foreign(prefix(node, &attribute)),
            }
        }
    }

    /// An attribute without a namespace, if it stands on a list and its value is harmless.
    fn plain(&mut self, node: Node<'_, '_>, name: &str, value: &str) {
        let element = node.tag_name().name();
        if name == "href" {
            match address::of(element, value) {
                Some(address) => self.attribute(name, &address),
                None => self.removed.address(element),
            }
        } else if name == "style" {
            let style = css::declarations(value, &mut self.removed);
            if !style.trim().is_empty() {
                self.attribute(name, &style);
            }
        } else if names::is_attribute(name) || names::is_property(name) && css::is_harmless(value) {
            self.attribute(name, value);
        } else if names::is_property(name) {
            self.removed.value(name);
        } else {
            self.removed.attribute(name);
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape(&mut self.out, value, true);
        self.out.push('"');
    }
}

fn namespace<'n>(node: Node<'n, '_>) -> &'n str {
    node.tag_name().namespace().unwrap_or_default()
}

fn prefix<'n>(node: Node<'n, '_>, attribute: &Attribute<'n, '_>) -> &'n str {
    attribute.namespace().and_then(|namespace| node.lookup_prefix(namespace)).unwrap_or_default()
}

/// Writes a text so that reading gives it back, line ends and tabs of an attribute too.
fn escape(out: &mut String, text: &str, quoted: bool) {
    for one in text.chars() {
        match one {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            '"' if quoted => out.push_str("&quot;"),
            '\n' if quoted => out.push_str("&#10;"),
            '\t' if quoted => out.push_str("&#9;"),
            one => out.push(one),
        }
    }
}
