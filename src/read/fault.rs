//! What is wrong in a file that is being read.

use crate::text::{Rule, Span};

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
}

impl Fault {
    /// A fault at a place.
    #[must_use]
    pub fn new(rule: &'static Rule, span: Span, message: impl Into<String>) -> Self {
        Self { rule, span, message: message.into(), help: None }
    }

    /// Adds the way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
