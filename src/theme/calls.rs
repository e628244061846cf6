//! Components and who calls them: what their arguments are, told from all calls, and calls that do not fit.

use std::collections::BTreeMap;

use serde_json::Value;

use super::folder::{File, Folder};
use super::names::{Roots, Scan, Shape, plain};
use super::words::{Call, call, tags};
use crate::text::{Diagnostic, Place, Span, rules, suggestion};

/// Calls lead to calls: so often an argument is handed on at most.
const DEEPEST: usize = 12;

/// What a component takes.
pub(super) struct Takes {
    /// Every argument.
    pub(super) all: Vec<String>,
    /// Those that have no value of their own.
    pub(super) needed: Vec<String>,
}

/// What the arguments of components are, by component and argument: the same in all calls, or not known.
#[derive(Default)]
pub(super) struct Calls<'r>(BTreeMap<(String, String), Shape<'r>>);

impl<'r> Calls<'r> {
    /// Looks at every call, until no more is learned from it.
    pub(super) fn learn(folders: &[Folder], roots: &'r Roots) -> Self {
        let texts: Vec<&str> = folders.iter().flat_map(Folder::templates).map(|(_, text)| text).collect();
        let mut calls = Self::default();
        // At first what is not known yet is left open; then it counts as not known.
        for strict in [false, true] {
            for _ in 0..DEEPEST {
                let mut told: Vec<((String, String), Shape<'r>)> = Vec::new();
                for text in &texts {
                    let mut hear = |(component, argument): (&str, &str), shape: Shape<'r>| {
                        told.push(((component.to_owned(), argument.to_owned()), shape));
                    };
                    Scan::new(text, roots, &calls).run(&mut hear);
                }
                let before = calls.known();
                told.into_iter().filter(|(_, shape)| strict || shape.is_some()).for_each(|(key, shape)| calls.hear(key, shape));
                if calls.known() == before {
                    break;
                }
            }
        }
        calls
    }

    /// What an argument of a component is.
    pub(super) fn shape(&self, component: &str, argument: &str) -> Shape<'r> {
        *self.0.get(&(component.to_owned(), argument.to_owned()))?
    }

    fn hear(&mut self, key: (String, String), shape: Shape<'r>) {
        let known = self.0.entry(key).or_insert(shape);
        if known.zip(shape).is_none_or(|(one, other)| !same(one, other)) {
            *known = None;
        }
    }

    /// How many arguments were met, and how many of them are known.
    fn known(&self) -> (usize, usize) {
        (self.0.len(), self.0.values().filter(|shape| shape.is_some()).count())
    }
}

/// Whether two values have the same fields. Each page has definitions of its own, which are equal where their names are.
fn same((one, root): (&Value, &Value), (other, other_root): (&Value, &Value)) -> bool {
    let parts = |schema: &Value| ["properties", "items", "type"].map(|key| schema.get(key).cloned());
    plain(one, root).map(parts) == plain(other, other_root).map(parts)
}

/// Calls that give a component what it does not take, or not what it needs. Where the call is built in, the site's own
/// component is at fault: it replaces one with other arguments.
pub(super) fn wrong(folders: &[Folder], takes: impl Fn(&str) -> Option<Takes>) -> Vec<Diagnostic> {
    let own: Vec<&File> = folders.iter().flat_map(Folder::own_templates).map(|(_, file)| file).collect();
    let mut found: Vec<Diagnostic> = Vec::new();
    for (path, text, is_own) in folders.iter().flat_map(Folder::all_templates) {
        for call in tags(text).into_iter().filter_map(|tag| call(text, tag)) {
            let Some(takes) = takes(call.name.text) else { continue };
            let place = if is_own {
                Some(Place::new(path.clone(), call.name.span))
            } else {
                own.iter().find_map(|file| defined(file, call.name.text))
            };
            let Some(place) = place else { continue };
            let new: Vec<Diagnostic> = faults(&call, &takes, &place).collect();
            let told = |one: &Diagnostic| found.iter().any(|other| other.place == one.place && other.message == one.message);
            let new: Vec<Diagnostic> = new.into_iter().filter(|one| !told(one)).collect();
            found.extend(new);
        }
    }
    found
}

/// What is wrong with one call.
fn faults<'a>(call: &'a Call<'_>, takes: &'a Takes, place: &'a Place) -> impl Iterator<Item = Diagnostic> + 'a {
    let name = call.name.text;
    let given = |wanted: &str| call.arguments.iter().any(|(argument, _)| argument.text == wanted);
    let strange = call.arguments.iter().map(|(argument, _)| argument.text).filter(|one| !takes.all.iter().any(|known| known == one));
    let strange = strange.map(move |one| {
        let found = Diagnostic::new(&rules::TEMPLATE, place.clone(), format!("`{name}` is called with `{one}`, which it does not take"));
        found.maybe_help(suggestion(one, takes.all.iter().map(String::as_str))).help(format!("it takes: {}", takes.all.join(", ")))
    });
    let lacking = takes.needed.iter().filter(move |one| !given(one));
    let lacking = lacking
        .map(move |one| Diagnostic::new(&rules::TEMPLATE, place.clone(), format!("`{name}` is called without `{one}`, which it needs")));
    strange.chain(lacking)
}

/// Where a file says what a component is.
fn defined(file: &File, name: &str) -> Option<Place> {
    let start = format!("component {name}(");
    let at = file.text().find(&start)? + "component ".len();
    Some(Place::new(file.path.clone(), Span::new(at, at + name.len())))
}
