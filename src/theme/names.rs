//! The names that templates use, held against the data that they get: `{{ section.titel }}` is found before any page
//! is made, also in a branch that no page takes.

use std::collections::BTreeMap;

use serde_json::Value;

use super::folder::{File, Folder};
use crate::page::data;
use crate::text::{Diagnostic, Place, Span, nearest, offer, rules};

/// The schemas of the names that templates find, by name.
struct Roots(BTreeMap<&'static str, Value>);

impl Roots {
    fn new() -> Self {
        Self(data::names().into_iter().map(|(name, schema)| (name, schema.to_value())).collect())
    }
}

/// What is known of a name: nothing, or the schema of its value and the definitions that it leads to.
type Shape<'r> = Option<(&'r Value, &'r Value)>;

/// Findings in the templates that a site brought along. `free` gives the names that a template takes from outside, by
/// the template's full name.
pub(super) fn unknown(folders: &[Folder], free: impl Fn(&str) -> Vec<String>) -> Vec<Diagnostic> {
    let roots = Roots::new();
    let mut found = Vec::new();
    for folder in folders {
        for (name, file) in folder.own_templates() {
            found.extend(free(&name).iter().filter_map(|variable| stranger(variable, file, &roots)));
            Scan { roots: &roots, file, scopes: Vec::new(), found: &mut found }.run();
        }
    }
    found
}

/// A name that no page gives, at its first place in a template.
fn stranger(variable: &str, file: &File, roots: &Roots) -> Option<Diagnostic> {
    // The page for addresses that are not there has no data of its own, and the engine has a name for its own use.
    if roots.0.contains_key(variable) || variable == "missing" || variable.starts_with("__") {
        return None;
    }
    let text = file.text();
    let first =
        tags(text).into_iter().flat_map(|tag| words(text, tag)).find(|word| word.text.split(['.', '?']).next() == Some(variable))?;
    let span = Span::new(first.span.start, first.span.start + variable.len());
    let message = format!("no page has anything called `{variable}`");
    let known = || roots.0.keys().copied();
    let found = Diagnostic::new(&rules::UNKNOWN_VARIABLE, Place::new(file.path.clone(), span), message);
    Some(found.maybe_help(offer(&nearest(variable, known()))).help(format!("known are: {}", known().collect::<Vec<_>>().join(", "))))
}

/// The walk through one template.
struct Scan<'r, 'f, 'o> {
    roots: &'r Roots,
    file: &'f File,
    /// Names that loops, components and `set` bring in; the inner ones hide the outer ones.
    scopes: Vec<(Scope, Vec<(String, Shape<'r>)>)>,
    found: &'o mut Vec<Diagnostic>,
}

/// What opened a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Loop,
    Component,
}

impl<'r> Scan<'r, '_, '_> {
    fn run(mut self) {
        for tag in tags(self.file.text()) {
            let words = words(self.file.text(), tag);
            let texts: Vec<&str> = words.iter().map(|word| word.text).collect();
            match texts.as_slice() {
                ["for", name, "in", path, ..] | ["for", _, ",", name, "in", path, ..] => {
                    let item = self.shape(path).and_then(|shape| item(shape));
                    let mut names = vec![((*name).to_owned(), item), ("loop".to_owned(), None)];
                    if texts[2] == "," {
                        names.push((texts[1].to_owned(), None));
                    }
                    self.check(&words[texts.iter().position(|one| *one == "in").unwrap_or(0) + 1..]);
                    self.scopes.push((Scope::Loop, names));
                }
                ["endfor", ..] => self.close(Scope::Loop),
                ["component", _, arguments @ ..] => {
                    let names = arguments.iter().map(|name| ((*name).to_owned(), None)).collect();
                    self.scopes.push((Scope::Component, names));
                }
                ["endcomponent", ..] => self.close(Scope::Component),
                ["set" | "set_global", name, ..] => {
                    let known = ((*name).to_owned(), None);
                    match self.scopes.last_mut() {
                        Some((_, names)) => names.push(known),
                        None => self.scopes.push((Scope::Component, vec![known])),
                    }
                    self.check(&words[2..]);
                }
                ["block" | "endblock" | "extends" | "include" | "raw" | "endraw", ..] => {}
                _ => self.check(&words),
            }
        }
    }

    fn close(&mut self, scope: Scope) {
        if let Some(at) = self.scopes.iter().rposition(|(open, _)| *open == scope) {
            self.scopes.truncate(at);
        }
    }

    /// The shape of `name.field.field`.
    fn shape(&self, path: &str) -> Shape<'r> {
        let mut parts = path.split('.');
        let mut shape = self.name(parts.next()?)?;
        for part in parts {
            shape = field(shape, part).ok().flatten()?;
        }
        Some(shape)
    }

    fn name(&self, name: &str) -> Shape<'r> {
        let local = self.scopes.iter().rev().flat_map(|(_, names)| names.iter().rev()).find(|(known, _)| known == name);
        match local {
            Some((_, shape)) => *shape,
            None => self.roots.0.get(name).map(|schema| (schema, schema)),
        }
    }

    fn check(&mut self, words: &[Word<'_>]) {
        for word in words.iter().filter(|word| word.text.contains('.')) {
            let mut parts = word.text.split('.');
            let Some(mut shape) = parts.next().and_then(|name| self.name(name)) else { continue };
            let mut at = word.text.split('.').next().map_or(0, str::len) + 1;
            for part in parts {
                match field(shape, part.trim_end_matches('?')) {
                    Ok(Some(next)) => shape = next,
                    Ok(None) => break,
                    Err(known) => {
                        let span = Span::new(word.span.start + at, word.span.start + at + part.len());
                        self.report(word.text, part, span, &known);
                        break;
                    }
                }
                at += part.len() + 1;
            }
        }
    }

    fn report(&mut self, path: &str, part: &str, span: Span, known: &[&str]) {
        let place = Place::new(self.file.path.clone(), span);
        let found = Diagnostic::new(&rules::UNKNOWN_VARIABLE, place, format!("`{path}` is not there: nothing is called `{part}`"));
        let near = nearest(part, known.iter().copied());
        let found = found.maybe_help(offer(&near)).help(format!("known are: {}", known.join(", ")));
        self.found.push(match near.first() {
            Some(best) => found.replace(format!("write `{best}`"), false, *best),
            None => found,
        });
    }
}

/// A field of a value: `Ok(None)` where nothing is known of it, and the known names where it is not among them.
fn field<'r>((schema, root): (&'r Value, &'r Value), name: &str) -> Result<Shape<'r>, Vec<&'r str>> {
    let Some(schema) = plain(schema, root) else { return Ok(None) };
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return Ok(None) };
    match properties.get(name) {
        Some(next) => Ok(Some((next, root))),
        None => Err(properties.keys().map(String::as_str).collect()),
    }
}

/// What a list holds.
fn item<'r>((schema, root): (&'r Value, &'r Value)) -> Shape<'r> {
    let schema = plain(schema, root)?;
    schema.get("items").map(|items| (items, root))
}

/// A schema itself, where it stands under a name or may be nothing.
fn plain<'r>(schema: &'r Value, root: &'r Value) -> Option<&'r Value> {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        return root.pointer(name.strip_prefix('#')?);
    }
    if let Some(choices) = schema.get("anyOf").and_then(Value::as_array) {
        let mut real = choices.iter().filter(|one| one.get("type").is_none_or(|name| name != "null"));
        let first = real.next()?;
        return if real.next().is_none() { plain(first, root) } else { None };
    }
    Some(schema)
}

/// The insides of `{{ … }}` and `{% … %}`, in order.
fn tags(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('{').map(|open| at + open) {
        let close = match text.as_bytes().get(open + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => {
                at = open + 1;
                continue;
            }
        };
        let Some(end) = text[open + 2..].find(close).map(|end| open + 2 + end) else { break };
        if close != "#}" {
            found.push(Span::new(open + 2, end));
        }
        at = end + 2;
    }
    found
}

/// A name with its fields, or a comma.
struct Word<'t> {
    text: &'t str,
    span: Span,
}

/// The names in a tag. Texts between quotation marks, filters, tests, names of components and of arguments are none.
fn words(text: &str, tag: Span) -> Vec<Word<'_>> {
    let inside = &text[tag.range()];
    let bytes = inside.as_bytes();
    let part = |at: usize| bytes.get(at).is_some_and(|one| one.is_ascii_alphanumeric() || *one == b'_' || *one >= 0x80);
    let mut found = Vec::new();
    let mut at = 0;
    let mut before = b' ';
    while at < bytes.len() {
        let one = bytes[at];
        if matches!(one, b'"' | b'\'' | b'`') {
            let end = inside[at + 1..].find(char::from(one)).map_or(bytes.len(), |end| at + 1 + end + 1);
            at = end;
            before = one;
        } else if part(at) {
            let start = at;
            while part(at)
                || at + 1 < bytes.len() && bytes[at] == b'.' && part(at + 1)
                || at + 2 < bytes.len() && &bytes[at..at + 2] == b"?."
            {
                at += 1;
            }
            let named = inside[at..].trim_start().starts_with('=') && !inside[at..].trim_start().starts_with("==");
            if !(matches!(before, b'|' | b'<' | b'/') || named && before != b'%' && !found.is_empty() && !starts_set(&found)) {
                found.push(Word { text: &inside[start..at], span: Span::new(tag.start + start, tag.start + at) });
            }
            before = b'a';
        } else {
            if one == b',' {
                found.push(Word { text: ",", span: Span::new(tag.start + at, tag.start + at + 1) });
            }
            if !one.is_ascii_whitespace() && one != b'-' {
                before = one;
            }
            at += 1;
        }
    }
    found
}

/// Whether the words begin with `set`, whose name is followed by a sign of equality.
fn starts_set(words: &[Word<'_>]) -> bool {
    words.len() == 1 && matches!(words[0].text, "set" | "set_global")
}
