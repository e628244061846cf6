//! What became of asking for an address.

use serde::{Deserialize, Serialize};

/// What became of asking for an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub(super) enum Outcome {
    /// It answers.
    Good,
    /// It answers, and has moved for good.
    Moved {
        /// Where to.
        to: String,
    },
    /// Its server says that there is no such page.
    Gone {
        /// The number that the server answered with.
        status: u16,
    },
    /// It answers, but not to a program. Its readers may well see it.
    Refused {
        /// The number that the server answered with.
        status: u16,
    },
    /// It does not work.
    Broken {
        /// The number that the server answered with, if any did.
        status: Option<u16>,
        /// What happened, in words.
        reason: String,
    },
}

impl Outcome {
    /// What a server's last answer means, after a move for good to `moved`.
    pub(super) fn of(status: u16, moved: Option<String>) -> Self {
        match status {
            // 300 and 304 are no proper answers to what was asked, but there is somebody who gave them.
            200..300 | 300 | 304 => moved.map_or(Self::Good, |to| Self::Moved { to }),
            301..400 => Self::broken(status, "it sends its reader on, but does not say where to"),
            404 | 410 => Self::Gone { status },
            500..600 => Self::broken(status, "its server fails"),
            _ => Self::Refused { status },
        }
    }

    /// A server answered, and what it answered is of no use.
    pub(super) fn broken(status: u16, reason: &str) -> Self {
        Self::Broken { status: Some(status), reason: format!("{reason} (status {status})") }
    }

    /// Whether some server answered.
    pub(super) fn answered(&self) -> bool {
        !matches!(self, Self::Broken { status: None, .. })
    }

    /// Why the address is of no use, if that is so.
    pub(super) fn fault(&self) -> Option<String> {
        match self {
            Self::Good | Self::Moved { .. } | Self::Refused { .. } => None,
            Self::Gone { status: 410 } => Some("its server says that the page is gone for good (status 410)".to_owned()),
            Self::Gone { status } => Some(format!("its server says that there is no such page (status {status})")),
            Self::Broken { reason, .. } => Some(reason.clone()),
        }
    }
}
