//! How much a file draws once every reference in it is followed: a few lines can stand for a thousand million shapes.

use std::collections::HashMap;

use roxmltree::{Document, Node, NodeId};

use super::{SvgFault, start};
use crate::budget;

/// How many steps into elements and along references are followed.
const DEEPEST: usize = 4 * budget::SVG_DEPTH;

/// Refuses a file that draws more than [`budget::SVG_DRAWN`] elements, or whose references lead too deep.
pub(super) fn check(document: &Document<'_>) -> Result<(), SvgFault> {
    let named = document.descendants().filter_map(|node| Some((node.attribute("id")?, node)));
    // Of two elements with one id, the first is meant.
    let mut ids = HashMap::new();
    named.for_each(|(id, node)| {
        ids.entry(id).or_insert(node);
    });
    let mut counter = Counter { ids, known: HashMap::new() };
    let root = document.root_element();
    if counter.drawn(root, 0)? > budget::SVG_DRAWN {
        let message = format!("this file draws more than {} elements, because parts of it are used many times over", budget::SVG_DRAWN);
        return Err(SvgFault::new(message, start(root)));
    }
    Ok(())
}

struct Counter<'d, 'i> {
    ids: HashMap<&'d str, Node<'d, 'i>>,
    /// What an element draws; nothing as long as it is being counted, for a circle draws nothing.
    known: HashMap<NodeId, u64>,
}

impl<'d, 'i> Counter<'d, 'i> {
    fn drawn(&mut self, node: Node<'d, 'i>, depth: usize) -> Result<u64, SvgFault> {
        if let Some(known) = self.known.get(&node.id()) {
            return Ok(*known);
        }
        if depth > DEEPEST {
            let message = format!("elements stand in one another, or refer to one another, more than {DEEPEST} deep");
            return Err(SvgFault::new(message, start(node)));
        }
        self.known.insert(node.id(), 0);
        let mut count = 1_u64;
        for child in node.children().filter(Node::is_element) {
            count = count.saturating_add(self.drawn(child, depth + 1)?);
        }
        for target in targets(node) {
            if let Some(target) = self.ids.get(target).copied() {
                count = count.saturating_add(self.drawn(target, depth + 1)?);
            }
        }
        self.known.insert(node.id(), count);
        Ok(count)
    }
}

/// The ids that an element draws, or draws with.
fn targets<'d>(node: Node<'d, '_>) -> Vec<&'d str> {
    let mut found = Vec::new();
    for attribute in node.attributes() {
        if attribute.name() == "href" && node.tag_name().name() != "a" {
            found.extend(attribute.value().trim().strip_prefix('#'));
        }
        for (at, words) in attribute.value().match_indices("url(") {
            let inner = attribute.value()[at + words.len()..].split(')').next().unwrap_or_default();
            found.extend(inner.trim_matches(|one: char| one.is_whitespace() || matches!(one, '"' | '\'')).strip_prefix('#'));
        }
    }
    found
}
