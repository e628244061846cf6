//! The rules by name: what each finds and how much it weighs.

use super::Severity;

/// A named check.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The name, in kebab case; it reads well after "allow".
    pub name: &'static str,
    /// The severity where the site says nothing.
    pub severity: Severity,
    /// What it finds, in one line.
    pub summary: &'static str,
}

/// Declares each rule once, as a constant and as a line of the list.
macro_rules! rules {
    ($($constant:ident, $name:literal, $severity:ident, $summary:literal;)+) => {
        /// Every rule, one constant each.
        pub mod rules {
            use super::{Rule, Severity};
            $(
                #[doc = $summary]
                pub static $constant: Rule = Rule { name: $name, severity: Severity::$severity, summary: $summary };
            )+
            /// The list of all rules, in order of name.
            pub static ALL: &[&Rule] = &[$(&$constant),+];
        }
    };
}

rules! {
    ADDRESS_COLLISION, "address-collision", Error, "Two files or pages would have the same address.";
    AMBIGUOUS_REFERENCE, "ambiguous-reference", Error, "A bare name fits more than one thing.";
    BAD_DATA, "bad-data", Error, "A data file or a cell of it cannot be used.";
    BAD_DATE, "bad-date", Error, "A date is not written as year, year-month or year-month-day.";
    CITATION_DEFINITION, "citation-definition", Error, "A citation at the start of a line, followed by a colon, is read as a link definition.";
    CITATION_IN_LINK, "citation-in-link", Error, "A citation inside a link's words destroys the link.";
    CONTROL_CHARACTER, "control-character", Error, "A text holds a control, bidirectional or non-character that has no business there.";
    DEAD_ANCHOR, "dead-anchor", Error, "A link names a heading that is not there.";
    DEAD_LINK, "dead-link", Error, "A link names a file that is not there.";
    DUPLICATE_ANCHOR, "duplicate-anchor", Warning, "Two headings of a section have the same address.";
    DUPLICATE_FOOTNOTE, "duplicate-footnote", Error, "A footnote is defined twice.";
    DUPLICATE_ID, "duplicate-id", Error, "Two records of one kind have the same id.";
    FIGURE_PLACE, "figure-place", Error, "A figure is placed twice, or not alone in its paragraph.";
    FRONT_MATTER, "front-matter", Error, "Front matter or a register is broken.";
    IO, "unreadable-file", Error, "A file cannot be read.";
    LEFTOVER_EMPHASIS, "leftover-emphasis", Warning, "Stars beside a Chinese character were not read as emphasis.";
    MISSING_DATA, "missing-data", Error, "A data file is not there.";
    MISSING_IMAGE, "missing-image", Error, "An image is not there.";
    MISSING_TITLE, "missing-title", Warning, "A section has no title.";
    NOT_UTF8, "not-utf8", Error, "A text file is not UTF-8.";
    RAW_HTML, "raw-html", Warning, "Raw HTML was cleaned: something in it is not allowed.";
    REMOTE_IMAGE, "remote-image", Error, "An image is fetched from another host.";
    SETTINGS, "settings", Error, "The configuration is broken.";
    TEMPLATE, "template", Error, "A template of the theme is broken.";
    TOO_LARGE, "too-large", Error, "A file or a structure is over its budget.";
    UNDEFINED_FOOTNOTE, "undefined-footnote", Error, "A footnote is used and not defined.";
    UNKNOWN_KEY, "unknown-key", Error, "A key is not known.";
    UNKNOWN_REFERENCE, "unknown-reference", Error, "A bare name fits nothing.";
    UNKNOWN_SOURCE, "unknown-source", Error, "A source is cited and not declared.";
    UNKNOWN_TERM, "unknown-term", Error, "A term is used and not declared.";
    UNKNOWN_FIGURE, "unknown-figure", Error, "A figure is used and not declared.";
    UNKNOWN_CLAIM, "unknown-claim", Error, "A claim is used and not declared.";
    UNKNOWN_NOTE, "unknown-note", Error, "An editor's note is used and not declared.";
    UNKNOWN_ENTITY, "unknown-entity", Error, "An entity is used and not declared.";
    UNSAFE_ADDRESS, "unsafe-address", Error, "An address has a scheme that is not allowed.";
    UNUSED_FOOTNOTE, "unused-footnote", Warning, "A footnote is defined and not used.";
    WRONG_TYPE, "wrong-type", Error, "A value has the wrong type, or one is missing.";
}
