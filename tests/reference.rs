//! The reference pages of the guide are made from the types that the program reads, and that it hands to themes.
//!
//! The tests compare them with what stands in `docs/content/`; with `POSTIL_BLESS=1` they rewrite it.

use std::collections::{BTreeSet, VecDeque};
use std::path::Path;

use postil::kind::{Common, Kind};
use postil::page::{By, Shape, data};
use postil::parse::Head;
use postil::read::config::Config;
use postil::text::{Rule, rules};
use schemars::{Schema, schema_for};
use serde_json::{Map, Value};

#[test]
fn the_page_of_records_is_current() {
    let mut page = front("Reference: records and settings", "Every key of front matter, of each kind of record, and of postil.toml.");
    page.push_str("A key that is *needed* must be written; every other may be left out. Texts are Markdown where the guide says so; a date is written `2024`, `2024-03` or `2024-03-30`.\n\n");
    let keys = |schema: &Schema, heading: &str| format!("## {heading}\n\n{}", Keys::new(schema).write());
    page.push_str(&keys(&schema_for!(Head), "A section {#section}"));
    page.push_str(&keys(&schema_for!(Common), "Every record {#common}"));
    for kind in Kind::ALL {
        let info = kind.info();
        page.push_str(&keys(&kind.schema(), &format!("`[[{}]]` {{#{}}}", info.plural, info.name)));
    }
    page.push_str(&keys(&schema_for!(Config), "`postil.toml` {#postil-toml}"));
    compare("11-records.md", &page);
}

#[test]
fn the_page_of_theme_data_is_current() {
    let mut page = front("Reference: theme data", "What each template of a theme receives.");
    page.push_str("Every template finds [`site`](#site) and [`page`](#page), and one name more:\n\n| template | name |\n|---|---|\n");
    let shapes = [
        Shape::Home,
        Shape::Section(0),
        Shape::Register(Kind::Source),
        Shape::Order(By::Value),
        Shape::Figure(0),
        Shape::Corrections,
        Shape::Print,
        Shape::Missing,
    ];
    for (template, key) in shapes.map(Shape::template) {
        let key = if key == "missing" { "nothing more".to_owned() } else { format!("[`{key}`](#{key})") };
        page.push_str(&format!("| `{template}` | {key} |\n"));
    }
    page.push_str("\nA value of the type HTML is safe and is printed with `| safe`; every other text is escaped. A field `href` is relative to the page that holds it; a field `path` counts from the root of the site and is written after `{{ page.root }}`.\n\n");
    page.push_str(&types(&data::names()));
    page.push_str(&components());
    compare("12-theme-data.md", &page);
}

/// The components of the default theme as tables: the comment of a file and of each component says what it is.
fn components() -> String {
    let mut out = "\n## Components of the default theme {#components}\n\nA component is called as `{{ <card.label card={card} /> }}`. An argument with a value may be left out.\n".to_owned();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/templates/components");
    let entries = std::fs::read_dir(folder).expect("the components").map(|entry| entry.expect("an entry").path());
    for path in entries.collect::<BTreeSet<_>>() {
        let text = std::fs::read_to_string(&path).expect("a text");
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a name");
        let comment = |text: &str| {
            let inside = text.trim_end().strip_suffix("-#}").and_then(|text| text.rsplit_once("{#-")).map(|(_, inside)| inside);
            inside.map(|inside| inside.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        let about = text.split_inclusive("-#}").next().and_then(comment).unwrap_or_else(|| panic!("{name}.html says what it is"));
        out.push_str(&format!(
            "\n### components/{name}.html {{#components-{name}}}\n\n{about}\n\n| component | arguments | what it is |\n|---|---|---|\n"
        ));
        for (at, start) in text.match_indices("{% component ") {
            let (name, rest) = text[at + start.len()..].split_once('(').expect("a list of arguments");
            let arguments = rest.split_once(')').expect("its end").0;
            let about = comment(&text[..at]).unwrap_or_else(|| panic!("a comment above the component {name} says what it is"));
            out.push_str(&format!("| `{name}` | `{arguments}` | {about} |\n"));
        }
    }
    out
}

#[test]
fn the_page_of_rules_is_current() {
    let mut page = front("Reference: rules", "Every rule by its name: what it finds, why that matters, and an example with its fix.");
    page.push_str("`postil explain` prints what stands here. A level is what becomes of a rule's findings: `allow` does not report them, `warn` does, `deny` also keeps the site from being written, and so does `forbid`, which nothing can let through. [How to change a level](08-diagnostics.md#lints) is told with the diagnostics, for a rule and for a whole group.\n");
    for group in rules::GROUPS {
        let own: Vec<&Rule> = rules::ALL.iter().copied().filter(|rule| rule.group == *group).collect();
        page.push_str(&format!("\n## {} {{#{}}}\n\n", group.title, group.name));
        page.push_str(&format!("The group `{}`.\n\n| rule | level | what it finds |\n|---|---|---|\n", group.name));
        for Rule { name, level, summary, .. } in &own {
            page.push_str(&format!("| [`{name}`](#rule-{name}) | {} | {summary} |\n", level.word()));
        }
        for rule in own {
            page.push_str(&format!("\n### {0} {{#rule-{0}}}\n\n{1}\n", rule.name, explanation(rule)));
        }
    }
    compare("13-rules.md", &page);
}

#[test]
fn the_page_of_findings_is_current() {
    let mut page = front("Reference: findings as JSON", "What a line of `postil check --format json` holds.");
    page.push_str("Each finding is one object on a line of its own, so that a program can read them as they come. A field without a value is `null`.\n\n");
    page.push_str(&types(&[("finding", postil::cmd::report_schema())]));
    compare("14-findings.md", &page);
}

/// A rule's explanation, with the names of its files above their blocks, which are coloured by what they hold.
fn explanation(rule: &Rule) -> String {
    let mut out = Vec::new();
    let mut fence: Option<&str> = None;
    for line in rule.explanation.trim().lines() {
        let ticks = &line[..line.len() - line.trim_start_matches('`').len()];
        match fence {
            Some(open) => {
                fence = fence.filter(|_| line.trim_end() != open);
                out.push(line.to_owned());
            }
            None if ticks.len() >= 3 => {
                fence = Some(ticks);
                let file = line[ticks.len()..].trim();
                let (file, how) = file.strip_suffix(" escaped").map_or((file, ""), |file| (file, ", with odd characters as escapes"));
                out.push(format!("`{file}`{how}:\n\n{ticks}{}", language(file)));
            }
            None => out.push(line.strip_prefix("## ").map_or_else(|| line.to_owned(), |heading| format!("**{heading}**"))),
        }
    }
    out.join("\n")
}

/// The language of a file of an example.
fn language(file: &str) -> &str {
    match file.rsplit_once('.').map(|(_, end)| end) {
        Some(end @ ("md" | "toml" | "csv" | "html")) => end,
        Some("svg") => "xml",
        _ => "text",
    }
}

fn front(title: &str, summary: &str) -> String {
    format!("+++\n# This page is made by tests/reference.rs.\ntitle = \"{title}\"\nsummary = \"{summary}\"\n+++\n\n")
}

fn compare(name: &str, page: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/content").join(name);
    let page = format!("{}\n", page.trim_end());
    if std::env::var_os("POSTIL_BLESS").is_some() {
        std::fs::write(&path, &page).expect("the guide can be written");
    }
    let present = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(present == page, "docs/content/{name} is not current: run the tests with POSTIL_BLESS=1 and look at what changes");
}

/// The keys that an author may write, as a table; then what stands inside those that hold more.
struct Keys<'s> {
    schema: &'s Map<String, Value>,
    defs: Map<String, Value>,
}

impl<'s> Keys<'s> {
    fn new(schema: &'s Schema) -> Self {
        let schema = schema.as_object().expect("the schema of a table is an object");
        Self { schema, defs: schema.get("$defs").and_then(Value::as_object).cloned().unwrap_or_default() }
    }

    fn write(&self) -> String {
        let mut out = String::new();
        let about = description(self.schema);
        if !about.is_empty() {
            out.push_str(&format!("{about}\n\n"));
        }
        out.push_str(&self.table(self.schema));
        for (key, field) in properties(self.schema) {
            self.inside(key, field, &mut out);
        }
        out
    }

    fn table(&self, object: &Map<String, Value>) -> String {
        let mut out = "| key | type | what it says |\n|---|---|---|\n".to_owned();
        let needed: Vec<&str> = object.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        for (key, field) in properties(object) {
            let needed = if needed.contains(&key.as_str()) { ", *needed*" } else { "" };
            let default = field.get("default").and_then(shown).map(|value| format!(" If not written: `{value}`.")).unwrap_or_default();
            out.push_str(&format!(
                "| `{key}` | {}{needed} | {}{default} |\n",
                self.type_of(field),
                description(field.as_object().unwrap_or(object))
            ));
        }
        out + "\n"
    }

    /// The words or the keys that a key's value may have, where its type has a name of its own.
    fn inside(&self, key: &str, field: &Value, out: &mut String) {
        let own = [Some(field), field.get("additionalProperties")]
            .into_iter()
            .flatten()
            .filter(|one| one.get("oneOf").is_some() || one.get("properties").is_some());
        let named = references(field).into_iter().filter_map(|name| self.defs.get(name));
        for def in own.chain(named).filter_map(Value::as_object) {
            if let Some(words) = def.get("oneOf").and_then(Value::as_array) {
                out.push_str(&format!("The words for `{key}`:\n\n"));
                for word in words {
                    let value = word.get("const").and_then(Value::as_str).unwrap_or_default();
                    out.push_str(&format!("- `{value}`: {}\n", description(word.as_object().unwrap_or(def))));
                }
                out.push('\n');
            } else if def.contains_key("properties") {
                out.push_str(&format!("Inside `{key}`: {}\n\n{}", description(def), self.table(def)));
                for (inner, field) in properties(def) {
                    self.inside(inner, field, out);
                }
            }
        }
    }

    fn type_of(&self, field: &Value) -> String {
        let by_name = |name: &str| match (name, self.defs.get(name)) {
            // These three read more than one form, which the schema of a struct does not tell.
            ("Quantity", _) => "number or text".to_owned(),
            ("Support", _) => "id or table".to_owned(),
            ("FormText", _) => "text or table".to_owned(),
            (_, Some(def)) if def.get("properties").is_some() => "table".to_owned(),
            (_, Some(def)) => self.type_of(def),
            (_, None) => "text".to_owned(),
        };
        type_of(field, &by_name)
    }
}

/// The types that themes receive: those with a name of their own first, then all that they lead to.
fn types(roots: &[(&str, Schema)]) -> String {
    let mut out = String::new();
    let named = |name: &str| match name {
        "Html" => "HTML".to_owned(),
        "SectionData" => "[section](#section)".to_owned(),
        "Register" => "[register](#register)".to_owned(),
        other => format!("[{other}](#type-{})", other.to_lowercase()),
    };
    let mut seen: BTreeSet<String> = ["Html", "SectionData", "Register"].map(str::to_owned).into();
    let mut queue: VecDeque<(String, Value)> = VecDeque::new();
    for (name, schema) in roots {
        let object = schema.as_object().expect("the schema of a struct is an object");
        out.push_str(&format!("## `{name}` {{#{name}}}\n\n{}\n\n{}", about(object), fields(object, &named)));
        let defs = object.get("$defs").and_then(Value::as_object).cloned().unwrap_or_default();
        let reached = properties(object).flat_map(|(_, field)| references(field));
        queue.extend(reached.map(|name| (name.to_owned(), Value::Object(defs.clone()))));
    }
    while let Some((name, defs)) = queue.pop_front() {
        let Some(object) = defs.get(&name).and_then(Value::as_object) else { continue };
        if !seen.insert(name.clone()) {
            continue;
        }
        out.push_str(&format!("## {name} {{#type-{}}}\n\n{}\n\n{}", name.to_lowercase(), about(object), fields(object, &named)));
        let reached = properties(object).flat_map(|(_, field)| references(field));
        queue.extend(reached.map(|name| (name.to_owned(), defs.clone())));
    }
    out
}

/// A type's description without the name that the heading already has.
fn about(object: &Map<String, Value>) -> String {
    let text = description(object);
    let text = text.strip_prefix('`').and_then(|rest| rest.split_once("`: ")).map_or(text.as_str(), |(_, rest)| rest);
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn fields(object: &Map<String, Value>, named: &dyn Fn(&str) -> String) -> String {
    if let Some(words) = object.get("oneOf").and_then(Value::as_array) {
        let line = |word: &Value| {
            let value = word.get("const").and_then(Value::as_str).unwrap_or_default();
            format!("- `{value}`: {}\n", description(word.as_object().unwrap_or(object)))
        };
        return words.iter().map(line).collect::<String>() + "\n";
    }
    let mut out = "| field | type | what it says |\n|---|---|---|\n".to_owned();
    for (name, field) in properties(object) {
        let optional = if nullable(field) { ", or none" } else { "" };
        out.push_str(&format!(
            "| `{name}` | {}{optional} | {} |\n",
            type_of(field, named),
            description(field.as_object().unwrap_or(object))
        ));
    }
    out + "\n"
}

/// The type of a value in plain words; `named` knows types that have a name.
fn type_of(field: &Value, named: &dyn Fn(&str) -> String) -> String {
    if let Some(name) = field.get("$ref").and_then(Value::as_str) {
        return named(name.trim_start_matches("#/$defs/"));
    }
    if let Some(choices) = field.get("anyOf").and_then(Value::as_array) {
        let mut words: Vec<String> = choices.iter().filter(|one| !is_null(one)).map(|one| type_of(one, named)).collect();
        words.dedup();
        return words.join(" or ");
    }
    if field.get("oneOf").is_some() {
        return "one word of a list".to_owned();
    }
    let names: Vec<&str> = match field.get("type") {
        Some(Value::String(name)) => vec![name],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).filter(|name| *name != "null").collect(),
        _ => Vec::new(),
    };
    match names.first().copied() {
        Some("array") => format!("list of {}", plural(&field.get("items").map_or_else(String::new, |items| type_of(items, named)))),
        Some("object") if field.get("properties").is_some() => "table".to_owned(),
        Some("object") => {
            let values = field.get("additionalProperties").map_or_else(String::new, |values| type_of(values, named));
            format!("table of {}", plural(&values))
        }
        Some("integer" | "number") => "number".to_owned(),
        Some("boolean") => "true or false".to_owned(),
        _ => "text".to_owned(),
    }
}

fn plural(one: &str) -> String {
    match one {
        "text" => "texts".to_owned(),
        "table" => "tables".to_owned(),
        "id or table" => "ids or tables".to_owned(),
        "one word of a list" => "words of a list".to_owned(),
        "text or table" => "texts or tables".to_owned(),
        "number or text" => "numbers or texts".to_owned(),
        "list of numbers or texts" => "lists of numbers or texts".to_owned(),
        other => other.to_owned(),
    }
}

/// The names of the types that a field's value is made of.
fn references(field: &Value) -> Vec<&str> {
    match field {
        Value::Object(object) => match object.get("$ref").and_then(Value::as_str) {
            Some(name) => vec![name.trim_start_matches("#/$defs/")],
            None => ["anyOf", "items", "additionalProperties"].iter().filter_map(|key| object.get(*key)).flat_map(references).collect(),
        },
        Value::Array(list) => list.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

fn properties(object: &Map<String, Value>) -> impl Iterator<Item = (&String, &Value)> {
    object.get("properties").and_then(Value::as_object).into_iter().flatten()
}

fn nullable(field: &Value) -> bool {
    let in_types = field.get("type").and_then(Value::as_array).is_some_and(|names| names.iter().any(|name| name == "null"));
    in_types || field.get("anyOf").and_then(Value::as_array).is_some_and(|choices| choices.iter().any(is_null))
}

fn is_null(schema: &Value) -> bool {
    schema.get("type").is_some_and(|name| name == "null")
}

/// The documentation of a type or field, fit for a cell of a table: links between types mean nothing to a reader.
fn description(object: &Map<String, Value>) -> String {
    let text = object.get("description").and_then(Value::as_str).unwrap_or_default();
    text.replace("[`", "`").replace("`]", "`").replace("\n\n", " ").replace('\n', " ").replace('|', "\\|")
}

/// A default that tells something.
fn shown(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(format!("\"{text}\"")),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
