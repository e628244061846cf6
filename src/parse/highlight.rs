//! Code in colours: spans of eleven classes, never inline colours; alone knows syntect.

use std::sync::OnceLock;

use syntect::parsing::{ParseState, ScopeStack, ScopeStackOp, SyntaxSet};

use super::url::escape;
use crate::budget;

/// The grammars, loaded when the first block asks for one.
fn syntaxes() -> &'static SyntaxSet {
    static SET: OnceLock<SyntaxSet> = OnceLock::new();
    SET.get_or_init(two_face::syntax::extra_newlines)
}

/// Which scope becomes which class; the first that fits, from the innermost scope outwards.
const CLASSES: [(&str, &str); 22] = [
    ("comment", "hl-comment"),
    ("string", "hl-string"),
    ("constant.numeric", "hl-number"),
    ("constant.character.escape", "hl-constant"),
    ("constant", "hl-constant"),
    ("entity.name.function", "hl-function"),
    ("support.function", "hl-function"),
    ("variable.function", "hl-function"),
    ("entity.name.tag", "hl-tag"),
    ("entity.other.attribute-name", "hl-attribute"),
    ("entity.name", "hl-type"),
    ("support.type.property-name", "hl-attribute"),
    ("support.type", "hl-type"),
    ("support.class", "hl-type"),
    ("keyword.operator", "hl-operator"),
    ("keyword", "hl-keyword"),
    ("storage.modifier", "hl-keyword"),
    ("storage", "hl-keyword"),
    ("meta.mapping.key", "hl-attribute"),
    ("variable.language", "hl-variable"),
    ("variable.parameter", "hl-variable"),
    ("markup.heading", "hl-keyword"),
];

/// The code as HTML with spans. An unknown language, a block or a line over its budget, or a grammar's failure
/// give the same code without spans.
#[must_use]
pub(super) fn highlight(code: &str, language: &str) -> String {
    let name = language.split([',', ' ', '{']).next().unwrap_or_default();
    let fits = code.len() <= budget::HIGHLIGHT_BLOCK && code.lines().all(|line| line.len() <= budget::HIGHLIGHT_LINE);
    if name.is_empty() || name == "text" || !fits {
        return escape(code);
    }
    let Some(grammar) = syntaxes().find_syntax_by_token(name) else { return escape(code) };
    spans(code, &mut ParseState::new(grammar)).unwrap_or_else(|| escape(code))
}

fn spans(code: &str, state: &mut ParseState) -> Option<String> {
    let mut out = Spans { html: String::with_capacity(code.len() * 2), open: None };
    let mut stack = ScopeStack::new();
    let mut class = None;
    for line in code.split_inclusive('\n') {
        let mut from = 0;
        for (at, operation) in state.parse_line(line, syntaxes()).ok()? {
            out.text(&line[from..at], class);
            from = at;
            stack.apply(&operation).ok()?;
            if !matches!(operation, ScopeStackOp::Noop) {
                class = class_of(&stack);
            }
        }
        out.text(&line[from..], class);
    }
    out.close();
    Some(out.html)
}

fn class_of(stack: &ScopeStack) -> Option<&'static str> {
    static KNOWN: OnceLock<Vec<(syntect::parsing::Scope, &'static str)>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| {
        let scope = |(name, class): &(&str, &'static str)| syntect::parsing::Scope::new(name).ok().map(|scope| (scope, *class));
        CLASSES.iter().filter_map(scope).collect()
    });
    stack.as_slice().iter().rev().find_map(|scope| known.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class))
}

/// Writes text in spans; neighbours of one class share a span, and white space never opens one.
struct Spans {
    html: String,
    open: Option<&'static str>,
}

impl Spans {
    fn text(&mut self, text: &str, class: Option<&'static str>) {
        if text.is_empty() {
            return;
        }
        if class != self.open && !text.trim().is_empty() {
            self.close();
            if let Some(class) = class {
                self.html.push_str("<span class=\"");
                self.html.push_str(class);
                self.html.push_str("\">");
            }
            self.open = class;
        }
        // Writing into a String cannot fail.
        let _ = pulldown_cmark_escape::escape_html_body_text(&mut self.html, text);
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.html.push_str("</span>");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_spans_and_nothing_lost() {
        let code = "fn main() {\n    let x = \"<a>\"; // 中文\n}\n";
        let html = highlight(code, "rust");
        assert!(html.contains("<span class=\"hl-string\">\"&lt;a&gt;\"</span>"), "{html}");
        assert!(html.contains("hl-comment"));
        let plain = highlight(code, "no-such-language");
        assert!(!plain.contains("<span"));
    }
}
