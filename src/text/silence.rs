//! Comments that let a finding through at one place: `<!-- postil: allow claim-mismatch -->`.

use super::{Diagnostic, Edit, Fix, Level, Place, Rule, Span, Spanned, rules, suggestion};

/// What such a comment begins with.
const MARK: &str = "postil:";
/// The one word it knows.
const WORD: &str = "allow";

/// Lines of a block that a comment speaks of at most.
const BLOCK: usize = 1_000;

/// A comment that lets findings through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silence {
    /// The place of the comment.
    pub place: Place,
    /// The rules or groups it names.
    pub names: Vec<Spanned<String>>,
    /// The bytes of the file that it speaks of: its own line; where it stands alone there, the block that follows.
    pub covers: Span,
}

impl Silence {
    /// Reads the inside of a comment that stands at `span` in a file with this `text`; `None` where it is a comment of
    /// another sort.
    #[must_use]
    pub fn read(text: &str, span: Span, path: &std::sync::Arc<str>) -> Option<Self> {
        let comment = text.get(span.range())?;
        let at = comment.find(MARK)?;
        let before = comment[..at].trim_start();
        if !matches!(before.trim_end(), "<!--" | "#" | "%") {
            return None;
        }
        let rest = comment[at + MARK.len()..].trim_end().trim_end_matches("-->");
        let start = span.start + at + MARK.len();
        let mut names = words(rest, start);
        if names.first().is_some_and(|first| first.value == WORD) {
            names.remove(0);
        } else {
            names.clear();
        }
        Some(Self { place: Place::new(path.clone(), span), names, covers: covers(text, span) })
    }

    /// Moves every place by `by` bytes: from a part of a file to the whole.
    pub fn shift(&mut self, by: usize) {
        self.place.span = self.place.span.shift(by);
        self.covers = self.covers.shift(by);
        for name in &mut self.names {
            name.span = name.span.shift(by);
        }
    }

    /// Every such comment among the lines of a text whose comments begin with `#` or `%`: front matter, registers.
    pub fn of_lines(text: &str, lines: Span, path: &std::sync::Arc<str>) -> Vec<Self> {
        if !text[lines.range()].contains(MARK) {
            return Vec::new();
        }
        let mut at = lines.start;
        let mut found = Vec::new();
        for line in text[lines.range()].split_inclusive('\n') {
            let inside = line.trim();
            if inside.starts_with(['#', '%']) {
                let start = at + line.find(inside).unwrap_or_default();
                found.extend(Self::read(text, Span::new(start, start + inside.len()), path));
            }
            at += line.len();
        }
        found
    }

    /// Whether it lets a finding through.
    #[must_use]
    pub fn lets_through(&self, diagnostic: &Diagnostic) -> bool {
        let Some(place) = &diagnostic.place else { return false };
        place.path == self.place.path
            && self.covers.start <= place.span.start
            && place.span.start < self.covers.end
            && self.names.iter().any(|name| name.value == diagnostic.rule.name || name.value == diagnostic.rule.group.name)
    }

    /// What is wrong with the comment itself. `used` tells whether it let anything through.
    pub fn faults(&self, used: bool) -> Vec<Diagnostic> {
        let finding =
            |span: Span, message: String| Diagnostic::new(&rules::ALLOW_COMMENT, Place { path: self.place.path.clone(), span }, message);
        if self.names.is_empty() {
            let found = finding(self.place.span, "this comment names no rule".to_owned());
            return vec![found.help("write `<!-- postil: allow RULE -->`, or `# postil: allow RULE` in front matter")];
        }
        let mut faults: Vec<Diagnostic> = Vec::new();
        for name in &self.names {
            let rule: Option<&Rule> = rules::by_name(&name.value);
            if rule.is_some_and(|rule| rule.level == Level::Forbid) {
                let found = finding(name.span, format!("the rule `{}` finds errors that cannot be let through", name.value));
                faults.push(found.help("mend what it finds"));
            } else if !rules::names().any(|known| known == name.value) {
                let found = finding(name.span, format!("there is no rule `{}`", name.value));
                faults.push(found.maybe_help(suggestion(&name.value, rules::names())));
            }
        }
        // What only `postil links` finds is not there for other commands to let through.
        let elsewhere = |name: &Spanned<String>| [rules::DEAD_URL.name, rules::MOVED_URL.name].contains(&name.value.as_str());
        if faults.is_empty() && !used && !self.names.iter().any(elsewhere) {
            let found = finding(self.place.span, "this comment lets nothing through".to_owned());
            let fix = Fix::safe("delete it", vec![Edit { place: self.place.clone(), text: String::new() }]);
            faults.push(found.help("delete it").fix(fix));
        }
        faults
    }
}

/// The words of a text, parted by spaces and commas, with their places.
fn words(text: &str, start: usize) -> Vec<Spanned<String>> {
    let mut at = start;
    let mut found = Vec::new();
    for piece in text.split([' ', ',', '\t', '\n', '\r']) {
        if !piece.is_empty() {
            found.push(Spanned { value: piece.to_owned(), span: Span::new(at, at + piece.len()) });
        }
        // Each of these separators is one byte.
        at += piece.len() + 1;
    }
    found
}

/// The line of a comment; where it stands alone on it, also the lines that follow, up to the next empty one, but not
/// more than `BLOCK`.
fn covers(text: &str, comment: Span) -> Span {
    let start = text[..comment.start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = |from: usize| text[from..].find('\n').map_or(text.len(), |at| from + at + 1);
    let mut end = line_end(comment.end);
    let alone = text[start..comment.start].trim().is_empty() && text[comment.end..end].trim().is_empty();
    if !alone {
        return Span::new(start, end);
    }
    // Empty lines between the comment and its block do not part them.
    while end < text.len() && text[end..line_end(end)].trim().is_empty() {
        end = line_end(end);
    }
    for _ in 0..BLOCK {
        if end == text.len() || text[end..line_end(end)].trim().is_empty() {
            break;
        }
        end = line_end(end);
    }
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_speaks_of_its_line_or_of_the_block_after_it() {
        let path: std::sync::Arc<str> = "a.md".into();
        let text = "one\n<!-- postil: allow single-source, unused -->\n\ntwo\nthree\n\nfour <!-- postil: allow x -->\nfive\n";
        let at = text.find("<!--").expect("a comment");
        let end = text.find("-->").expect("its end") + 3;
        let first = Silence::read(text, Span::new(at, end), &path).expect("a silence");
        let names: Vec<&str> = first.names.iter().map(|name| name.value.as_str()).collect();
        assert_eq!(names, ["single-source", "unused"]);
        assert_eq!(&text[first.names[1].span.range()], "unused");
        assert!(text[first.covers.range()].ends_with("two\nthree\n"));
        let at = text.rfind("<!--").expect("a comment");
        let last = Silence::read(text, Span::new(at, text.rfind("-->").expect("its end") + 3), &path).expect("a silence");
        assert_eq!(&text[last.covers.range()], "four <!-- postil: allow x -->\n");
        assert_eq!(last.faults(false).len(), 1);
    }

    #[test]
    fn lines_of_front_matter() {
        let text = "title = 1\n# postil: allow unused-source\n[[sources]]\nid = 1\n\n# a comment\n";
        let found = Silence::of_lines(text, Span::new(0, text.len()), &"a.md".into());
        assert_eq!(found.len(), 1);
        assert!(text[found[0].covers.range()].ends_with("id = 1\n"));
    }
}
