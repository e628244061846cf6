//! What an object store answered, as a fault: its kind, and a line that can be read.

use std::error::Error as _;

use object_store::Error;
use object_store::client::HttpError;

use super::fault::{Fault, Kind};

/// Words in the answers of stores, and what they stand for; the first that is there counts.
const CODES: [(&str, Kind); 18] = [
    ("RequestTimeTooSkewed", Kind::Clock),
    ("Request date header too old", Kind::Clock),
    ("iat and exp", Kind::Clock),
    ("AuthenticationExpired", Kind::Clock),
    ("NoSuchBucket", Kind::NoPlace),
    ("ContainerNotFound", Kind::NoPlace),
    ("The specified bucket does not exist", Kind::NoPlace),
    ("InvalidAccessKeyId", Kind::Denied),
    ("SignatureDoesNotMatch", Kind::Denied),
    ("AuthenticationFailed", Kind::Denied),
    ("AccessDenied", Kind::Denied),
    ("AuthorizationFailure", Kind::Denied),
    ("QuotaExceeded", Kind::Full),
    ("EntityTooLarge", Kind::Limit),
    ("RequestBodyTooLarge", Kind::Limit),
    ("KeyTooLong", Kind::Limit),
    ("NotImplemented", Kind::Unknown),
    // What the library says where a store has not told the version that a condition is made of.
    ("Version required", Kind::Unknown),
];
/// How an answer that is no success begins in the library's words.
const STATUS: &str = "status code: ";
/// Characters of an answer that a message shows.
const SHOWN: usize = 300;

/// An error of a store as a fault.
pub(super) fn fault(error: &Error) -> Fault {
    let whole = chain(error);
    Fault::new(kind(error, &whole), message(error, &whole))
}

fn kind(error: &Error, whole: &str) -> Kind {
    if let Some((_, kind)) = CODES.iter().find(|(code, _)| whole.contains(code)) {
        return *kind;
    }
    match error {
        Error::AlreadyExists { .. } | Error::Precondition { .. } => Kind::Condition,
        Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => Kind::Denied,
        Error::NotFound { .. } => Kind::NoPlace,
        Error::NotSupported { .. } | Error::NotImplemented { .. } => Kind::Unknown,
        Error::InvalidPath { .. } | Error::UnknownConfigurationKey { .. } => Kind::Other,
        _ => match status(whole) {
            Some(401 | 403) => Kind::Denied,
            Some(408 | 425 | 429) => Kind::Passing,
            Some(501) => Kind::Unknown,
            Some(413 | 414) => Kind::Limit,
            Some(507) => Kind::Full,
            Some(400..=499) => Kind::Other,
            None if whole.contains("redential") || whole.contains("metadata") => Kind::Denied,
            // A broken connection, a server in trouble, half an answer.
            _ => Kind::Passing,
        },
    }
}

/// All that an error and its causes say.
fn chain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(one) = cause {
        let line = one.to_string();
        if !text.contains(&line) {
            text.push_str(": ");
            text.push_str(&line);
        }
        cause = one.source();
    }
    text
}

fn status(whole: &str) -> Option<u16> {
    let digits = whole.split_once(STATUS)?.1.get(..3)?;
    digits.parse().ok()
}

/// One line: the store's own code and words where it gave them, and else the last cause.
fn message(error: &Error, whole: &str) -> String {
    let inside = |element: &str| {
        let (_, rest) = whole.split_once(&format!("<{element}>"))?;
        rest.split_once(&format!("</{element}>")).map(|(text, _)| text.trim())
    };
    let text = match (inside("Code"), inside("Message")) {
        (Some(code), Some(words)) => format!("{words} ({code})"),
        (Some(code), None) => code.to_owned(),
        _ => match whole.split_once(STATUS) {
            Some((_, status)) => format!("the store answered {}", status.split(':').next().unwrap_or(status)),
            None => last(error),
        },
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SHOWN).collect()
}

/// The innermost cause, with the kind of trouble where it is one of the connection.
fn last(error: &Error) -> String {
    let mut text = error.to_string();
    let mut kind = None;
    let mut cause = error.source();
    while let Some(one) = cause {
        text = one.to_string();
        kind = one.downcast_ref::<HttpError>().map(HttpError::kind).or(kind);
        cause = one.source();
    }
    match kind {
        Some(kind) => format!("{text} ({kind:?})"),
        None => text,
    }
}
