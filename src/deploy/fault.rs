//! What can go wrong at a target, and the way out.

use std::fmt;

/// Why something could not be done at a target. Its words hold no credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What kind of fault.
    pub kind: Kind,
    /// What was tried, and what became of it.
    pub message: String,
}

/// Kinds of faults, as far as they need another answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It may go away by itself, so it is tried again.
    Passing,
    /// The bucket, container, repository or machine is not there.
    NoPlace,
    /// The credentials are missing, wrong, or not enough.
    Denied,
    /// The clock of this machine is wrong.
    Clock,
    /// There is no space left.
    Full,
    /// What should not be there is there, or what should still be there has changed.
    Condition,
    /// The target does not know this request.
    Unknown,
    /// Another run deploys to the same target.
    Busy,
    /// Somebody has changed the target meanwhile.
    Moved,
    /// The site here is not what it was when the deploy began.
    Source,
    /// The target takes no such file.
    Limit,
    /// A file of somebody else stands in the way.
    Foreign,
    /// Too much would be removed.
    Guard,
    /// There is nothing to go back to.
    NoPrevious,
    /// A program that is needed is not there.
    Program,
    /// Anything else.
    Other,
}

impl Fault {
    /// A fault of this kind.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// The same, with what was tried before its message.
    #[must_use]
    pub fn while_doing(self, what: &str) -> Self {
        Self { message: format!("{what}: {}", self.message), ..self }
    }

    /// The way out.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self.kind {
            Kind::Passing => "look whether the network and the target are up, then run `postil deploy` again: it goes on where it stopped",
            Kind::NoPlace => "make it, or mend the address in postil.toml",
            Kind::Denied => {
                "look at the credentials, which come from the environment, profile files or the ssh agent, and at what they may do"
            }
            Kind::Clock => "set the clock of this machine: the target refuses requests that seem to be from another time",
            Kind::Full => "make room at the target, then run `postil deploy` again: it goes on where it stopped",
            Kind::Busy => "wait until the other run has ended",
            Kind::Moved | Kind::Condition => "run `postil deploy` again to see what there is to do now",
            Kind::Source => "build again, then run `postil deploy` again",
            Kind::Limit => "make the file smaller, or shorten its name, or take it out of the content folder",
            Kind::Foreign => "move it away, or deploy to a folder of its own; Postil touches no file that it did not put there",
            Kind::Guard => "look at the plan with `--dry-run`; if it is meant, say so with `--many-deletions`",
            Kind::NoPrevious => "deploy an earlier site instead: check it out, build it, and run `postil deploy`",
            Kind::Program => "install it; the ways `git:` and `ssh:` go by the programs git and rsync",
            Kind::Unknown | Kind::Other => "set this right, then run `postil deploy` again: it goes on where it stopped",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for Fault {}
