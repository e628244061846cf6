//! The names that templates use, held against the data that they get: `{{ section.titel }}` is found before any page
//! is made, also in a branch that no page takes.

use std::collections::BTreeMap;

use serde_json::Value;

use super::calls::{Calls, Takes};
use super::folder::{File, Folder};
use super::words::{Word, call, tags, words};
use crate::page::data;
use crate::text::{Diagnostic, Place, Span, nearest, offer, rules};

/// The schemas of the names that templates find, by name.
pub(super) struct Roots(BTreeMap<&'static str, Value>);

impl Roots {
    fn new() -> Self {
        Self(data::names().into_iter().map(|(name, schema)| (name, schema.to_value())).collect())
    }
}

/// What is known of a name: nothing, or the schema of its value and the definitions that it leads to.
pub(super) type Shape<'r> = Option<(&'r Value, &'r Value)>;

/// Findings in the templates that a site brought along. `free` gives the names that a template takes from outside, by
/// the template's full name; `takes` what a component takes, by its name.
pub(super) fn unknown(folders: &[Folder], free: impl Fn(&str) -> Vec<String>, takes: impl Fn(&str) -> Option<Takes>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if folders.iter().all(|folder| folder.own_templates().next().is_none()) {
        return found;
    }
    let roots = Roots::new();
    let calls = Calls::learn(folders, &roots);
    for folder in folders {
        for (name, file) in folder.own_templates() {
            found.extend(free(&name).iter().filter_map(|variable| stranger(variable, file, &roots)));
            let mut scan = Scan::new(file.text(), &roots, &calls);
            scan.run(&mut |_, _| {});
            found.extend(scan.found.into_iter().map(|one| one.in_file(file)));
        }
    }
    found.extend(super::calls::wrong(folders, takes));
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
pub(super) struct Scan<'r, 't> {
    roots: &'r Roots,
    calls: &'t Calls<'r>,
    text: &'t str,
    /// Names that loops, components and `set` bring in; the inner ones hide the outer ones.
    scopes: Vec<(Scope, Vec<(String, Shape<'r>)>)>,
    found: Vec<Missing>,
}

/// A field that is not there.
struct Missing {
    path: String,
    part: String,
    span: Span,
    known: Vec<String>,
}

impl Missing {
    fn in_file(self, file: &File) -> Diagnostic {
        let Self { path, part, span, known } = self;
        let message = format!("`{path}` is not there: nothing is called `{part}`");
        let found = Diagnostic::new(&rules::UNKNOWN_VARIABLE, Place::new(file.path.clone(), span), message);
        let near = nearest(&part, known.iter().map(String::as_str));
        let found = found.maybe_help(offer(&near)).help(format!("known are: {}", known.join(", ")));
        match near.first() {
            Some(best) => found.replace(format!("write `{best}`"), false, *best),
            None => found,
        }
    }
}

/// What opened a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Loop,
    Component,
}

impl<'r, 't> Scan<'r, 't> {
    pub(super) fn new(text: &'t str, roots: &'r Roots, calls: &'t Calls<'r>) -> Self {
        Self { roots, calls, text, scopes: Vec::new(), found: Vec::new() }
    }

    /// Walks through the template; `called` is told what each call gives a component.
    pub(super) fn run(&mut self, called: &mut dyn FnMut((&str, &str), Shape<'r>)) {
        for tag in tags(self.text) {
            if let Some(call) = call(self.text, tag) {
                for (argument, given) in &call.arguments {
                    if let Some(path) = given {
                        called((call.name.text, argument.text), self.shape(path));
                    }
                }
            }
            let words = words(self.text, tag);
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
                ["component", component, arguments @ ..] => {
                    let names = arguments.iter().map(|name| ((*name).to_owned(), self.calls.shape(component, name))).collect();
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
        let known = known.iter().map(|name| (*name).to_owned()).collect();
        self.found.push(Missing { path: path.to_owned(), part: part.to_owned(), span, known });
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
pub(super) fn plain<'r>(schema: &'r Value, root: &'r Value) -> Option<&'r Value> {
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
