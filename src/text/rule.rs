//! The rules by name: what each finds, how much it weighs, and the group it belongs to.
//!
//! A rule's explanation is a file of its own, `rules/NAME.md`: some words, then under `## Example` files that break the
//! rule, and under `## Fix` the same files without the fault. Tests build both.

use super::Level;

/// A named check.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The name, in kebab case; it reads well after "allow".
    pub name: &'static str,
    /// The group by which several rules can be set at once.
    pub group: &'static Group,
    /// What becomes of its findings where the site says nothing.
    pub level: Level,
    /// What it finds, in one line.
    pub summary: &'static str,
    /// Why that matters and what to do, with an example and its fix: Markdown.
    pub explanation: &'static str,
}

/// Rules that belong together.
#[derive(Debug, PartialEq, Eq)]
pub struct Group {
    /// The name, which `[lints]` takes like a rule's.
    pub name: &'static str,
    /// What its rules are about.
    pub title: &'static str,
}

/// Declares each rule once, as a constant and as a line of the list.
macro_rules! rules {
    ($($group:ident $group_name:literal $title:literal { $($constant:ident, $name:literal, $level:ident, $summary:literal;)+ })+) => {
        /// Every rule, one constant each.
        pub mod rules {
            use super::{Group, Level, Rule};
            $(
                #[doc = $title]
                pub static $group: Group = Group { name: $group_name, title: $title };
                $(
                    #[doc = $summary]
                    pub static $constant: Rule = Rule {
                        name: $name,
                        group: &$group,
                        level: Level::$level,
                        summary: $summary,
                        explanation: include_str!(concat!("rules/", $name, ".md")),
                    };
                )+
            )+
            /// The list of all rules, group by group.
            pub static ALL: &[&Rule] = &[$($(&$constant),+),+];
            /// The list of all groups.
            pub static GROUPS: &[&Group] = &[$(&$group),+];

            /// The rule of this name.
            #[must_use]
            pub fn by_name(name: &str) -> Option<&'static Rule> {
                ALL.iter().find(|rule| rule.name == name).copied()
            }

            /// The names that `[lints]` takes: those of rules and of groups.
            pub fn names() -> impl Iterator<Item = &'static str> {
                ALL.iter().map(|rule| rule.name).chain(GROUPS.iter().map(|group| group.name))
            }
        }
    };
}

rules! {
    FILES "files" "Files that cannot be read as what they are" {
        IO, "unreadable-file", Forbid, "A file cannot be read.";
        NOT_UTF8, "not-utf8", Forbid, "A text file is not UTF-8.";
        TOO_LARGE, "too-large", Forbid, "A file or a structure is over its budget.";
        CONTROL_CHARACTER, "control-character", Forbid, "A text holds a control, bidirectional or non-character that has no business there.";
        FRONT_MATTER, "front-matter", Forbid, "Front matter or a register is broken.";
        UNKNOWN_KEY, "unknown-key", Forbid, "A key is not known.";
        WRONG_TYPE, "wrong-type", Forbid, "A value has the wrong type, or one is missing.";
        BAD_DATE, "bad-date", Forbid, "A date is not written as year, year-month or year-month-day.";
        BAD_DATA, "bad-data", Forbid, "A data file or a cell of it cannot be used.";
        MISSING_DATA, "missing-data", Forbid, "A data file is not there.";
        SETTINGS, "settings", Forbid, "The configuration is broken.";
        ADDRESS_COLLISION, "address-collision", Forbid, "Two files or pages would have the same address.";
    }
    REFERENCES "references" "Names that lead to records" {
        UNKNOWN_SOURCE, "unknown-source", Forbid, "A source is cited and not declared.";
        UNKNOWN_TERM, "unknown-term", Forbid, "A term is used and not declared.";
        UNKNOWN_FIGURE, "unknown-figure", Forbid, "A figure is used and not declared.";
        UNKNOWN_CLAIM, "unknown-claim", Forbid, "A claim is used and not declared.";
        UNKNOWN_NOTE, "unknown-note", Forbid, "An editor's note is used and not declared.";
        UNKNOWN_ENTITY, "unknown-entity", Forbid, "An entity is used and not declared.";
        UNKNOWN_REFERENCE, "unknown-reference", Forbid, "A bare name fits nothing.";
        AMBIGUOUS_REFERENCE, "ambiguous-reference", Forbid, "A bare name fits more than one thing.";
        DUPLICATE_ID, "duplicate-id", Forbid, "Two records of one kind have the same id.";
        DUPLICATE_NAME, "duplicate-name", Warn, "Two terms or two entities share a name, an alias or an abbreviation.";
    }
    UNUSED "unused" "Records that nothing uses" {
        UNUSED_SOURCE, "unused-source", Warn, "A source is declared, and nothing cites it or rests on it.";
        UNUSED_TERM, "unused-term", Warn, "A term is declared and not used.";
        UNUSED_FIGURE, "unused-figure", Warn, "A figure is declared, and neither placed nor referred to.";
        UNUSED_CLAIM, "unused-claim", Warn, "A claim is declared and not used.";
        UNUSED_NOTE, "unused-note", Warn, "An editor's note is declared and not used.";
        UNUSED_ENTITY, "unused-entity", Warn, "An entity is declared and not named.";
    }
    LINKS "links" "Links, anchors and images" {
        DEAD_LINK, "dead-link", Forbid, "A link names a file that is not there.";
        DEAD_ANCHOR, "dead-anchor", Forbid, "A link names a heading that is not there.";
        MISSING_IMAGE, "missing-image", Forbid, "An image is not there.";
        BAD_IMAGE, "bad-image", Forbid, "A picture cannot be read, or not be made safe.";
        CLEANED_SVG, "cleaned-svg", Warn, "An SVG file was cleaned: something in it is not allowed.";
        REMOTE_IMAGE, "remote-image", Forbid, "An image is fetched from another host.";
        UNSAFE_ADDRESS, "unsafe-address", Forbid, "An address has a scheme that is not allowed.";
        OWN_ADDRESS, "own-address", Warn, "A link to a page of this site is written with the site's full address.";
        DEAD_URL, "dead-url", Deny, "An outside address has failed twice.";
        MOVED_URL, "moved-url", Warn, "An outside address has moved for good.";
    }
    MARKUP "markup" "Markdown that is not read as it was meant" {
        CITATION_DEFINITION, "citation-definition", Forbid, "A citation at the start of a line, followed by a colon, is read as a link definition.";
        CITATION_IN_LINK, "citation-in-link", Forbid, "A citation inside a link's words destroys the link.";
        NAKED_CITATION, "naked-citation", Warn, "A source's key stands in the text without brackets.";
        UNDEFINED_FOOTNOTE, "undefined-footnote", Forbid, "A footnote is used and not defined.";
        UNUSED_FOOTNOTE, "unused-footnote", Warn, "A footnote is defined and not used.";
        DUPLICATE_FOOTNOTE, "duplicate-footnote", Forbid, "A footnote is defined twice.";
        FOOTNOTE_IN_RECORD, "footnote-in-record", Warn, "A record's text has a footnote, which no page can show.";
        INLINE_FOOTNOTE, "inline-footnote", Warn, "`^[…]` is no footnote here.";
        COLON_FENCE, "colon-fence", Warn, "A line of colons is no box here.";
        LEFTOVER_EMPHASIS, "leftover-emphasis", Warn, "Stars beside a Chinese character were not read as emphasis.";
        RAW_HTML, "raw-html", Warn, "Raw HTML was cleaned: something in it is not allowed.";
        HEADING_ATTRIBUTE, "heading-attribute", Forbid, "A heading has an attribute that is not allowed.";
        ALLOW_COMMENT, "allow-comment", Warn, "A comment that lets a finding through is mistaken, or lets nothing through.";
    }
    STRUCTURE "structure" "The build of a section" {
        MISSING_TITLE, "missing-title", Warn, "A section has no title.";
        EMPTY_SECTION, "empty-section", Warn, "A section, or the part under a heading, has no text.";
        HEADING_JUMP, "heading-jump", Warn, "A heading is more than one level below the one before it.";
        DUPLICATE_ANCHOR, "duplicate-anchor", Warn, "Two headings of a section have the same address.";
    }
    FIGURES "figures" "Figures and what stands beneath them" {
        FIGURE_PLACE, "figure-place", Forbid, "A figure is placed twice, or not alone in its paragraph.";
        UNPLACED_FIGURE, "unplaced-figure", Warn, "A figure is referred to and never placed.";
        MISSING_ALT, "missing-alt", Warn, "A figure or an image has no alternative text.";
        MISSING_CAPTION, "missing-caption", Warn, "A figure has no caption.";
        FIGURE_WITHOUT_SOURCE, "figure-without-source", Warn, "A figure does not say where its data or its picture come from.";
        FIGURE_WITHOUT_LICENSE, "figure-without-license", Warn, "A picture does not say under which licence it may be shown.";
    }
    CLAIMS "claims" "Claims, and the numbers in the text" {
        CLAIM_MISMATCH, "claim-mismatch", Deny, "A passage marked with a claim does not state the claim's value.";
        CLAIM_WITHOUT_SOURCE, "claim-without-source", Warn, "A claim names no source.";
        SINGLE_SOURCE, "single-source", Warn, "A claim of high confidence rests on one source.";
        STALE_CLAIM, "stale-claim", Allow, "A claim was checked too long ago.";
        DERIVED_FORMULA, "derived-formula", Deny, "The formula of a derived claim cannot be worked out.";
        DERIVED_MISMATCH, "derived-mismatch", Deny, "The formula of a derived claim gives another value than the claim.";
        NUMBER_WITHOUT_CLAIM, "number-without-claim", Allow, "A number in the text stands outside any claim or citation.";
        CITATION_WITHOUT_LOCATOR, "citation-without-locator", Allow, "A long source is cited without the place in it.";
    }
    QUOTATIONS "quotations" "Quotations, and the kept copies of sources" {
        QUOTE_MISMATCH, "quote-mismatch", Deny, "A quotation is not in the kept copy of its source.";
        QUOTE_UNVERIFIED, "quote-unverified", Warn, "A quotation has not been held against the kept copy of its source.";
        QUOTE_WITHOUT_COPY, "quote-without-copy", Allow, "A quotation's source names no kept copy.";
        BAD_COPY, "bad-copy", Deny, "A kept copy cannot be read as text.";
        LOCK_OUTDATED, "lock-outdated", Warn, "postil.lock is not up to date.";
    }
    TERMS "terms" "Words that a reader may not know" {
        TERM_BEFORE_DEFINITION, "term-before-definition", Allow, "A term is used before the section that defines it.";
        UNEXPANDED_ABBREVIATION, "unexpanded-abbreviation", Warn, "An abbreviation is nowhere written out.";
    }
    THEME "theme" "Themes" {
        TEMPLATE, "template", Forbid, "A template of the theme is broken.";
        UNKNOWN_VARIABLE, "unknown-variable", Forbid, "A template uses a name that it is not given.";
    }
}
