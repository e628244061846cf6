//! Findings as commands to GitHub Actions, which shows them beside the lines of a change.

use super::locate::Locator;
use crate::text::{Diagnostic, Diagnostics, Severity};

/// Every finding as a line.
pub(super) fn write(diagnostics: &Diagnostics, locator: &Locator<'_>) -> String {
    diagnostics.iter().map(|one| command(one, locator)).collect()
}

fn command(one: &Diagnostic, locator: &Locator<'_>) -> String {
    let word = match one.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut properties = String::new();
    if let Some(place) = &one.place {
        let (first, after) = locator.lines(place);
        properties = format!("file={},line={},endLine={},", property(&locator.file(place)), first.line, after.line);
        // Columns over several lines are refused there.
        if first.line == after.line {
            properties.push_str(&format!("col={},endColumn={},", first.column, after.column));
        }
    }
    let text = std::iter::once(&one.message).chain(&one.help).map(|line| data(line)).collect::<Vec<_>>().join("%0A");
    format!("::{word} {properties}title={}::{text}\n", property(one.rule.name))
}

/// A text behind the last `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, where colons and commas have a meaning, too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_meaning_is_escaped() {
        assert_eq!(data("50 %: a,\r\nb"), "50 %25: a,%0D%0Ab");
        assert_eq!(property("a,b:c%.md"), "a%2Cb%3Ac%25.md");
    }
}
