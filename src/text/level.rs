//! What a site makes of a rule: allow, warn, deny, forbid.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Severity;

/// What becomes of a rule's findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Not reported.
    Allow,
    /// Reported; the site is built.
    Warn,
    /// Reported; the site is not built.
    Deny,
    /// As `deny`, and no section and no comment can let one through.
    Forbid,
}

impl Level {
    /// The severity of a finding at this level; `None` where it is not reported.
    #[must_use]
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Allow => None,
            Self::Warn => Some(Severity::Warning),
            Self::Deny | Self::Forbid => Some(Severity::Error),
        }
    }

    /// The word for it, as `postil.toml` has it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Deny => "deny",
            Self::Forbid => "forbid",
        }
    }
}
