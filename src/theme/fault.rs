//! From the template engine's errors to diagnostics with places.

use std::collections::BTreeSet;

use tera::{Error, ErrorKind, ReportError};

use super::folder::{File, Folder, built_in_file};
use super::known;
use super::template;
use super::words::tags;
use crate::text::{Diagnostic, Place, Span, rules, suggestion};

/// Whether an error is about one template alone.
pub(super) fn is_syntax(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::SyntaxError(_))
}

/// The first finding of an error.
pub(super) fn first(error: &Error, folders: &[Folder]) -> Diagnostic {
    let found = all(error, folders).into_iter().next();
    found.unwrap_or_else(|| finding(None, &error.to_string(), folders))
}

/// All findings of an error: unknown filters, tests, functions and components come together.
pub(super) fn all(error: &Error, folders: &[Folder]) -> Vec<Diagnostic> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => vec![reported(error, report, folders)],
        ErrorKind::MissingParent { current, parent } => vec![missing_parent(current, parent, folders)],
        ErrorKind::CircularExtend { tpl, .. } => {
            vec![finding(word(tpl, "extends", folders), &format!("the template `{tpl}` extends itself"), folders)]
        }
        ErrorKind::CircularInclude { tpl, .. } => {
            vec![finding(word(tpl, "include", folders), &format!("the template `{tpl}` includes itself"), folders)]
        }
        ErrorKind::TemplateNotFound(name) => vec![missing(name, folders)],
        _ => told(&error.to_string(), folders),
    }
}

/// An error that knows its place.
fn reported(error: &Error, report: &ReportError, folders: &[Folder]) -> Diagnostic {
    let place = template(report.filename(), folders).map(|file| place(file, report.span().range.clone().into()));
    let first = finding(place, report.message(), folders);
    let whole = error.to_string();
    let callers = whole.lines().enumerate().filter_map(|(at, line)| Some((at, line.strip_prefix("note: called from ")?)));
    callers.fold(first, |found, (at, locus)| match locate(locus, whole.lines().nth(at + 3), folders) {
        Some(place) => found.related(place, "called from here"),
        None => found,
    })
}

/// Errors that the engine found in all templates together come as one text:
/// `error: …`, `--> template:line:column`, the line, and carets beneath it.
fn told(text: &str, folders: &[Folder]) -> Vec<Diagnostic> {
    let lines: Vec<&str> = text.lines().collect();
    let heads = lines.iter().enumerate().filter_map(|(at, line)| Some((at, line.strip_prefix("error: ")?)));
    let found: Vec<Diagnostic> = heads
        .map(|(at, message)| {
            let locus = lines.get(at + 1).and_then(|line| line.trim_start().strip_prefix("--> "));
            finding(locus.and_then(|locus| locate(locus, lines.get(at + 4).copied(), folders)), message, folders)
        })
        .collect();
    if found.is_empty() {
        if text.contains("is defined in both") {
            return vec![twice(text, folders)];
        }
        // Such a text names its templates between backticks.
        let named = text.split('`').find_map(|name| template(name, folders));
        return vec![finding(named.map(|file| place(file, Span::default())), text, folders)];
    }
    found
}

/// A component that stands in two files of one theme: its place in the site's own.
fn twice(text: &str, folders: &[Folder]) -> Diagnostic {
    let names: Vec<&str> = text.split('`').skip(1).step_by(2).collect();
    let own = names.iter().filter_map(|name| Some((*name, template(name, folders)?))).find(|(_, file)| !file.built_in);
    let place = own.and_then(|(name, _)| word(name, &format!("component {}", names.first()?), folders));
    let theme = names.get(1).and_then(|name| name.split('/').next()).unwrap_or_default();
    let help = format!(
        "in one theme a component stands in one file: replace it there, or write it in a theme of another name that says `extends = \"{theme}\"`"
    );
    finding(place, text, folders).help(help)
}

/// The place that `template:line:column` names, as wide as the carets beneath it.
fn locate(locus: &str, carets: Option<&str>, folders: &[Folder]) -> Option<Place> {
    let mut parts = locus.rsplitn(3, ':');
    let column: usize = parts.next()?.parse().ok()?;
    let line: usize = parts.next()?.parse().ok()?;
    let file = template(parts.next()?, folders)?;
    let before: usize = file.text().split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let row = file.text()[before..].lines().next()?;
    let bytes = |characters: usize| row.char_indices().nth(characters).map_or(row.len(), |(at, _)| at);
    let from = column.checked_sub(1)?;
    let width = carets.map_or(1, |line| line.matches('^').count());
    Some(place(file, Span::new(before + bytes(from), before + bytes(from + width))))
}

fn missing_parent(current: &str, parent: &str, folders: &[Folder]) -> Diagnostic {
    let found = finding(word(current, parent, folders), &format!("there is no template `{parent}` to extend"), folders);
    found.maybe_help(suggestion(parent, names(folders).iter().map(String::as_str)))
}

fn missing(name: &str, folders: &[Folder]) -> Diagnostic {
    let theme = folders.first().map_or("", |folder| folder.name.as_str());
    let found = finding(None, &format!("the theme `{theme}` has no template `{name}`"), folders);
    found.help(format!("add it, or write `extends = \"default\"` in themes/{theme}/theme.toml"))
}

/// Every template's name without its theme.
fn names(folders: &[Folder]) -> Vec<String> {
    let full = folders.iter().flat_map(Folder::templates);
    full.filter_map(|(name, _)| name.split_once('/').map(|(_, rest)| rest.to_owned())).collect()
}

/// The first place of a word in a template.
fn word(name: &str, word: &str, folders: &[Folder]) -> Option<Place> {
    let file = template(name, folders)?;
    let at = file.text().find(word)?;
    Some(place(file, Span::new(at, at + word.len())))
}

fn place(file: &File, span: Span) -> Place {
    Place::new(file.path.clone(), span)
}

/// A finding in the engine's words. The list of the names that it knows becomes a line of help; of components and blocks
/// it tells none, and the nearest is looked for here.
fn finding(place: Option<Place>, message: &str, folders: &[Folder]) -> Diagnostic {
    let (message, known) = message.split_once(". Available ").unwrap_or((message, ""));
    let mut letters = message.trim_end_matches('.').chars();
    let message: String = letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect();
    let near = known.split_once(": ").zip(message.split('`').nth(1)).and_then(|((_, list), wanted)| suggestion(wanted, list.split(", ")));
    let near = near.or_else(|| nearest(&message, folders));
    let lost = message.strip_prefix("unknown component `").and_then(|rest| replaced(rest.trim_end_matches('`'), folders));
    let built_in = place.as_ref().filter(|place| folders.iter().any(|folder| folder.brings(&place.path)));
    let built_in = built_in.map(|place| format!("`{}` is built in, and is right with the files that came with it", place.path));
    let found = match place {
        Some(place) => Diagnostic::new(&rules::TEMPLATE, place, message),
        None => Diagnostic::placeless(&rules::TEMPLATE, message),
    };
    let known = (!known.is_empty()).then(|| format!("known {known}"));
    if lost.is_some() { found.maybe_help(lost) } else { found.maybe_help(near).maybe_help(known) }.maybe_help(built_in)
}

/// The names that are nearest to what a message calls unknown.
fn nearest(message: &str, folders: &[Folder]) -> Option<String> {
    let sort = ["component", "block", "filter", "test", "function"].into_iter().find(|sort| message.contains(&format!("{sort} `")));
    let sort = sort.filter(|_| !message.contains("is defined in both"))?;
    let wanted = message.split('`').nth(1)?;
    let defined = defined(sort, folders);
    let near = suggestion(wanted, defined.into_iter().chain(known::names(sort).iter().copied()).filter(|other| *other != wanted));
    let all = || Some(known::names(sort).join(", ")).filter(|all| !all.is_empty()).map(|all| format!("known {sort}s: {all}"));
    near.or_else(all)
}

/// What to do where a file of the site replaces the built-in one that has a component.
fn replaced(component: &str, folders: &[Folder]) -> Option<String> {
    let start = format!("component {component}(");
    let mut own = folders.iter().flat_map(Folder::own_templates).map(|(_, file)| file);
    let file = own.find(|file| {
        let text = built_in_file(&file.path).and_then(|bytes| std::str::from_utf8(bytes).ok());
        text.is_some_and(|text| text.contains(&start))
    })?;
    Some(format!(
        "it stands in the built-in file that `{}` replaces: write it there too, or keep only your own components, in a theme of another name that says `extends = \"default\"`",
        file.path
    ))
}

/// The names of all blocks, or of all components.
fn defined<'f>(sort: &str, folders: &'f [Folder]) -> BTreeSet<&'f str> {
    let start = format!("{sort} ");
    let texts = folders.iter().flat_map(Folder::all_templates).map(|(_, text, _)| text);
    let tags = texts.flat_map(|text| tags(text).into_iter().map(|tag| text[tag.range()].trim_start_matches('-').trim_start()));
    tags.filter_map(|tag| tag.strip_prefix(&start)?.split([' ', '(', '-']).next()).collect()
}
