//! A diagnostic as data: rule, severity, message, place, related places, help.

use std::sync::Arc;

use super::{Rule, Span};

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something to mend; the site is built all the same.
    Warning,
    /// The site is not written while this stands.
    Error,
}

/// A range of bytes in a file of the briefing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, from the root of the briefing, with slashes.
    pub path: Arc<str>,
    /// The bytes meant.
    pub span: Span,
}

impl Place {
    /// A place in a file.
    pub fn new(path: impl Into<Arc<str>>, span: Span) -> Self {
        Self { path: path.into(), span }
    }

    /// Whether two places share a byte, or begin at one.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let (a, b) = (self.span, other.span);
        self.path == other.path && (a.start < b.end && b.start < a.end || a.start == b.start)
    }
}

/// Another place that belongs to a finding, with a word about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What stands there.
    pub text: String,
}

/// One finding of one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// The severity, after the site's own settings.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where; a finding about a whole file points at its first byte.
    pub place: Option<Place>,
    /// Other places that matter.
    pub related: Vec<Label>,
    /// The way out, one line each.
    pub help: Vec<String>,
    /// The edit that mends it, where there is one.
    pub fix: Option<Fix>,
}

/// A piece of text in place of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What goes.
    pub place: Place,
    /// What comes.
    pub text: String,
}

/// Edits that mend a finding together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What they do, in a few words.
    pub title: String,
    /// Whether they surely keep the author's meaning, so that `--fix` makes them; the others are offered.
    pub safe: bool,
    /// The edits, which do not overlap.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// Edits that surely keep the author's meaning.
    pub fn safe(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { title: title.into(), safe: true, edits }
    }

    /// Edits that an author should look at.
    pub fn guess(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { title: title.into(), safe: false, edits }
    }
}

impl Diagnostic {
    /// A finding at a place.
    pub fn new(rule: &'static Rule, place: Place, message: impl Into<String>) -> Self {
        Self { place: Some(place), ..Self::placeless(rule, message) }
    }

    /// A finding about no place in particular, such as a folder that is not there.
    pub fn placeless(rule: &'static Rule, message: impl Into<String>) -> Self {
        // A rule that is allowed until a site asks for it weighs as a warning until the site's settings are heard.
        let severity = rule.level.severity().unwrap_or(Severity::Warning);
        Self { rule, severity, message: message.into(), place: None, related: Vec::new(), help: Vec::new(), fix: None }
    }

    /// Adds a way out.
    #[must_use]
    pub fn help(mut self, line: impl Into<String>) -> Self {
        self.help.push(line.into());
        self
    }

    /// Adds a way out where there is one.
    #[must_use]
    pub fn maybe_help(self, line: Option<String>) -> Self {
        match line {
            Some(line) => self.help(line),
            None => self,
        }
    }

    /// Adds the edit that mends it.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// Adds an edit that replaces the finding's own place, where it has one.
    #[must_use]
    pub fn replace(self, title: impl Into<String>, safe: bool, text: impl Into<String>) -> Self {
        match self.place.clone() {
            Some(place) => self.fix(Fix { title: title.into(), safe, edits: vec![Edit { place, text: text.into() }] }),
            None => self,
        }
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, place: Place, text: impl Into<String>) -> Self {
        self.related.push(Label { place, text: text.into() });
        self
    }
}

/// The findings of one step, in the order in which they were made. Cheap to clone: each is shared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Arc<Diagnostic>>,
}

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(Arc::new(diagnostic));
    }

    /// Adds all of another step.
    pub fn append(&mut self, mut other: Self) {
        self.list.append(&mut other.list);
    }

    /// Adds all of another step, which keeps them.
    pub fn extend(&mut self, other: &Self) {
        self.list.extend_from_slice(&other.list);
    }

    /// The findings.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter().map(|one| &**one)
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many findings have this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|one| one.severity == severity).count()
    }

    /// Whether any finding keeps the site from being written.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Puts the findings in the order of the files, drops repeats, and changes or drops each by `level`:
    /// `None` silences it.
    #[must_use]
    pub fn settle(mut self, level: impl Fn(&Diagnostic) -> Option<Severity>) -> Self {
        self.list.sort_by(|a, b| (&a.place, a.rule.name, &a.message).cmp(&(&b.place, b.rule.name, &b.message)));
        self.list.dedup();
        self.list.retain_mut(|one| {
            let Some(severity) = level(one) else { return false };
            if one.severity != severity {
                Arc::make_mut(one).severity = severity;
            }
            true
        });
        self
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(findings: I) -> Self {
        Self { list: findings.into_iter().map(Arc::new).collect() }
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::iter::Map<std::vec::IntoIter<Arc<Diagnostic>>, fn(Arc<Diagnostic>) -> Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter().map(Arc::unwrap_or_clone)
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::iter::Map<std::slice::Iter<'a, Arc<Diagnostic>>, fn(&'a Arc<Diagnostic>) -> &'a Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.list.iter().map(|one| &**one)
    }
}
