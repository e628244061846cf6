//! Findings as SARIF 2.1.0, the form in which code hosts and editors exchange the results of checkers.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use super::locate::Locator;
use crate::text::{Diagnostic, Diagnostics, Fix, Level, Place, Rule, Severity, rules};

/// The schema of this version.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// The folder in which the program ran, by the name that readers fill in; the log itself names no machine.
const BASE: &str = "%SRCROOT%";
/// The fingerprint that this file writes; another way to reckon it needs another number.
const FINGERPRINT: &str = "findingHash/v1";
/// Hexadecimal digits of a fingerprint.
const DIGITS: usize = 16;

/// All findings as one log.
pub(super) fn write(diagnostics: &Diagnostics, locator: &Locator<'_>) -> String {
    let indexes: BTreeMap<&str, usize> = rules::ALL.iter().enumerate().map(|(index, rule)| (rule.name, index)).collect();
    let mut seen = BTreeMap::new();
    let results: Vec<Value> = diagnostics.iter().map(|one| result(one, indexes.get(one.rule.name), locator, &mut seen)).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "Postil",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules::ALL.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { BASE: { "description": { "text": "The folder in which the program was run." } } },
            "results": results,
        }],
    });
    log.to_string() + "\n"
}

fn descriptor(rule: &Rule) -> Value {
    // The words before the example.
    let opening = rule.explanation.split("\n## ").next().unwrap_or_default().trim();
    let weight = rule.level.severity().unwrap_or(Severity::Warning);
    json!({
        "id": rule.name,
        "shortDescription": { "text": rule.summary },
        "fullDescription": { "text": opening },
        "help": { "text": opening, "markdown": rule.explanation },
        "defaultConfiguration": { "enabled": rule.level != Level::Allow, "level": level(weight) },
        "properties": { "tags": [rule.group.name] },
    })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// One finding; `seen` counts those that would have the same fingerprint.
fn result(one: &Diagnostic, index: Option<&usize>, locator: &Locator<'_>, seen: &mut BTreeMap<String, usize>) -> Value {
    let lines: Vec<&str> = std::iter::once(&one.message).chain(&one.help).map(String::as_str).collect();
    let hash = hash(one, locator);
    let count = seen.entry(hash.clone()).and_modify(|count| *count += 1).or_insert(1);
    let mut result = json!({
        "ruleId": one.rule.name,
        "ruleIndex": index,
        "level": level(one.severity),
        "message": { "text": lines.join("\n") },
        "locations": one.place.iter().map(|place| location(place, None, locator)).collect::<Vec<_>>(),
        "partialFingerprints": { FINGERPRINT: format!("{hash}:{count}") },
    });
    if !one.related.is_empty() {
        result["relatedLocations"] = one.related.iter().map(|label| location(&label.place, Some(&label.text), locator)).collect();
    }
    if let Some(fix) = one.fix.as_ref().filter(|fix| !fix.edits.is_empty()) {
        result["fixes"] = json!([fixed(fix, locator)]);
    }
    result
}

fn location(place: &Place, text: Option<&str>, locator: &Locator<'_>) -> Value {
    let mut location = json!({ "physicalLocation": { "artifactLocation": artifact(place, locator), "region": region(place, locator) } });
    if let Some(text) = text {
        location["message"] = json!({ "text": text });
    }
    location
}

fn artifact(place: &Place, locator: &Locator<'_>) -> Value {
    let file = locator.file(place);
    // A root outside the present folder was given from the top of the file system.
    if Path::new(&file).is_absolute() {
        return json!({ "uri": format!("file:///{}", encoded(file.trim_start_matches('/'))) });
    }
    json!({ "uri": encoded(&file), "uriBaseId": BASE })
}

fn region(place: &Place, locator: &Locator<'_>) -> Value {
    let (first, after) = locator.lines(place);
    json!({ "startLine": first.line, "startColumn": first.column, "endLine": after.line, "endColumn": after.column })
}

/// A fix, its edits gathered by file.
fn fixed(fix: &Fix, locator: &Locator<'_>) -> Value {
    let mut files: BTreeMap<&str, (Value, Vec<Value>)> = BTreeMap::new();
    for edit in &fix.edits {
        let replacement = json!({ "deletedRegion": region(&edit.place, locator), "insertedContent": { "text": edit.text } });
        let file = files.entry(&edit.place.path).or_insert_with(|| (artifact(&edit.place, locator), Vec::new()));
        file.1.push(replacement);
    }
    let changes = files.into_values().map(|(artifact, replacements)| json!({ "artifactLocation": artifact, "replacements": replacements }));
    json!({ "description": { "text": fix.title }, "artifactChanges": changes.collect::<Vec<_>>() })
}

/// A hash that stays while the finding's line stays, wherever that line moves and wherever the program runs.
fn hash(one: &Diagnostic, locator: &Locator<'_>) -> String {
    let (path, line) = match &one.place {
        Some(place) => (&*place.path, locator.line_text(place).trim()),
        None => ("", one.message.as_str()),
    };
    let mut hash = blake3::hash([one.rule.name, path, line].join("\0").as_bytes()).to_hex().to_string();
    hash.truncate(DIGITS);
    hash
}

/// A path as a URI: all but letters, digits, slashes and four signs is percent-encoded.
fn encoded(path: &str) -> String {
    let byte = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    path.bytes().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        assert_eq!(encoded("content/a b#1.md"), "content/a%20b%231.md");
        assert_eq!(encoded("content/中.md"), "content/%E4%B8%AD.md");
    }
}
