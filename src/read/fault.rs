//! What is wrong in a file that is being read.

use std::sync::Arc;

use crate::text::{Diagnostic, Place, Rule, Span};

/// Something wrong in a file that is being read; it becomes a diagnostic once the file's name is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// The rule.
    pub rule: &'static Rule,
    /// Where in the file.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// The way out.
    pub help: Option<String>,
    /// What might stand in the place of the fault instead.
    pub instead: Option<String>,
}

impl Fault {
    /// A fault at a place.
    #[must_use]
    pub fn new(rule: &'static Rule, span: Span, message: impl Into<String>) -> Self {
        Self { rule, span, message: message.into(), help: None, instead: None }
    }

    /// Adds the way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The diagnostic that it is in a file of this name.
    #[must_use]
    pub fn found_in(self, path: impl Into<Arc<str>>) -> Diagnostic {
        let found = Diagnostic::new(self.rule, Place::new(path, self.span), self.message).maybe_help(self.help);
        match self.instead {
            Some(instead) => found.replace(format!("write `{instead}`"), false, instead),
            None => found,
        }
    }
}
