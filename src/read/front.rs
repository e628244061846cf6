//! Parting a section's front matter from its body.

use super::{Data, Fault, Table, Value, toml, yaml};
use crate::text::{Span, rules};

/// The front matter of one section, and where its body begins.
#[derive(Debug)]
pub struct FrontMatter {
    /// The keys and values; places count from the start of the file.
    pub table: Table,
    /// The place of the whole front matter.
    pub span: Span,
    /// The first byte of the body.
    pub body: usize,
    /// What is broken.
    pub faults: Vec<Fault>,
}

/// Parts the front matter (`+++` TOML, `---` YAML) from the body. A text without front matter is all body.
#[must_use]
pub fn split(text: &str) -> FrontMatter {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = text[start..].split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    let fence = first.trim_end();
    let none = FrontMatter { table: Table::default(), span: Span::new(start, start), body: start, faults: Vec::new() };
    if fence != "+++" && fence != "---" {
        return none;
    }
    let inner = start + first.len();
    let mut at = inner;
    for line in lines {
        if line.trim_end() == fence {
            let (mut value, mut faults) = if fence == "+++" { toml(&text[inner..at]) } else { yaml(&text[inner..at]) };
            value.shift(inner);
            for fault in &mut faults {
                fault.span = fault.span.shift(inner);
            }
            let span = Span::new(start, at + line.trim_end().len());
            return FrontMatter { table: table(value, &mut faults), span, body: at + line.len(), faults };
        }
        at += line.len();
    }
    let fault = Fault::new(
        &rules::FRONT_MATTER,
        Span::new(start, start + fence.len()),
        format!("the front matter is not closed by a second `{fence}`"),
    );
    FrontMatter { body: text.len(), faults: vec![fault], ..none }
}

fn table(value: Value, faults: &mut Vec<Fault>) -> Table {
    match value.data {
        Data::Table(table) => table,
        Data::Null => Table::default(),
        _ => {
            faults.push(Fault::new(&rules::FRONT_MATTER, value.span, "front matter is keys and values"));
            Table::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_and_neither() {
        let toml = split("+++\ntitle = \"A\"\n+++\nBody");
        assert_eq!((toml.table.get("title").and_then(Value::text), toml.body), (Some("A"), 20));
        let yaml = split("\u{feff}---\r\ntitle: A\r\n---\r\nBody");
        assert_eq!(yaml.table.get("title").and_then(Value::text), Some("A"));
        assert!(yaml.faults.is_empty());
        assert_eq!(split("Body").body, 0);
        assert_eq!(split("+++\ntitle").faults.len(), 1);
    }
}
