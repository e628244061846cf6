//! `postil list`: the records of one kind as a table, JSON or CSV.

use serde_json::{Map, Value, json};

use super::cli::{Common, ListArgs, ListFormat};
use super::{Ending, failure, project, report};
use crate::briefing::Briefing;
use crate::build::{Options, assemble};
use crate::draw::csv_text;
use crate::kind::Kind;
use crate::read::{Cell, DataTable};
use crate::text::{Diagnostics, LineTable, Span, rules, suggestion};

/// Columns of a label in the table.
const LABEL: usize = 76;

pub(super) fn run(args: &ListArgs, common: &Common) -> Ending {
    let Some(kind) = Kind::by_plural(&args.kind).or_else(|| Kind::by_prefix(&args.kind)) else {
        let known = Kind::ALL.iter().map(|kind| kind.info().plural);
        let help = suggestion(&args.kind, known).unwrap_or_else(|| format!("the kinds are: {}", plurals().join(", ")));
        failure(&format!("there is no kind `{}`", args.kind), &help);
        return Ending::Usage;
    };
    let snapshot = match project::read(common) {
        Ok(snapshot) => snapshot,
        Err(ending) => return ending,
    };
    let mut diagnostics = Diagnostics::default();
    let options = Options { drafts: args.drafts, ..Options::default() };
    let briefing = assemble(&snapshot, &options, &|_| {}, &mut diagnostics);
    let found = crate::check::settle(diagnostics, &briefing, false);
    // A comment may let through what this command does not look for.
    let diagnostics: Diagnostics = found.into_iter().filter(|one| one.rule != &rules::ALLOW_COMMENT).collect();
    // Records that could be read are listed; what could not is told beside them.
    let ending = report::print(&diagnostics, &snapshot, common);
    let text = match args.format {
        ListFormat::Table => table(&briefing, kind),
        ListFormat::Json => records(&briefing, kind, &snapshot_lines(&snapshot)),
        ListFormat::Csv => csv(&briefing, kind, &snapshot_lines(&snapshot)),
    };
    match super::result(&text) {
        Ending::Done => ending,
        failed => failed,
    }
}

fn plurals() -> Vec<&'static str> {
    Kind::ALL.iter().map(|kind| kind.info().plural).collect()
}

/// The line of a place in its file.
type Lines<'s> = dyn Fn(&crate::text::Place) -> usize + 's;

fn snapshot_lines(snapshot: &crate::read::snapshot::Snapshot) -> impl Fn(&crate::text::Place) -> usize + '_ {
    let tables = std::cell::RefCell::new(std::collections::BTreeMap::new());
    move |place| {
        let mut tables = tables.borrow_mut();
        let (text, table) = tables.entry(place.path.clone()).or_insert_with(|| {
            let text = snapshot.text(&place.path, &mut Diagnostics::default()).unwrap_or_default();
            (text, LineTable::new(text))
        });
        table.position(text, place.span.start).line
    }
}

fn table(briefing: &Briefing, kind: Kind) -> String {
    let rows: Vec<(String, usize, String)> = briefing
        .registry
        .of(kind)
        .map(|number| {
            let record = &briefing.registry.get(number).record;
            (record.id().to_owned(), briefing.uses[number].len(), shortened(record.data.named().label()))
        })
        .collect();
    let width = rows.iter().map(|(id, ..)| id.chars().count()).max().unwrap_or_default().max(2);
    let mut out = format!("{:width$}  uses  {}\n", "id", kind.info().name);
    for (id, uses, label) in rows {
        out.push_str(&format!("{id:width$}  {uses:>4}  {label}\n"));
    }
    out
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LABEL { text.to_owned() } else { text.chars().take(LABEL - 1).chain(['…']).collect() }
}

/// Every record with all its fields, where it stands and how often it is used.
fn objects(briefing: &Briefing, kind: Kind, lines: &Lines<'_>) -> Vec<Map<String, Value>> {
    let object = |number: usize| {
        let record = &briefing.registry.get(number).record;
        let mut object = Map::new();
        object.insert("id".to_owned(), json!(record.id()));
        let fields = [serde_json::to_value(&record.data), serde_json::to_value(&record.common)];
        for field in fields.into_iter().flatten() {
            object.extend(field.as_object().cloned().unwrap_or_default().into_iter().filter(|(_, value)| !empty(value)));
        }
        object.insert("uses".to_owned(), json!(briefing.uses[number].len()));
        object.insert("file".to_owned(), json!(record.place.path.as_ref()));
        object.insert("line".to_owned(), json!(lines(&record.place)));
        object
    };
    briefing.registry.of(kind).map(object).collect()
}

fn empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    }
}

fn records(briefing: &Briefing, kind: Kind, lines: &Lines<'_>) -> String {
    let objects = objects(briefing, kind, lines);
    // A map of texts, numbers and lists always has a JSON form.
    serde_json::to_string_pretty(&objects).unwrap_or_default() + "\n"
}

fn csv(briefing: &Briefing, kind: Kind, lines: &Lines<'_>) -> String {
    let objects = objects(briefing, kind, lines);
    let mut columns: Vec<String> = vec!["id".to_owned()];
    let schema = kind.schema();
    let own = schema.get("properties").and_then(Value::as_object).into_iter().flat_map(|properties| properties.keys().cloned());
    columns.extend(own.chain(["sources", "see", "note", "uses", "file", "line"].map(str::to_owned)));
    let cell = |text: String| Cell { text, span: Span::default() };
    let rows = objects
        .iter()
        .map(|object| columns.iter().map(|column| cell(object.get(column).map(plain).unwrap_or_default())).collect())
        .collect();
    csv_text(&DataTable { columns, rows })
}

/// A value in one cell: lists are parted by `; `, a source by its id and locator.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(plain).collect::<Vec<_>>().join("; "),
        Value::Object(map) => match (map.get("id"), map.get("locator")) {
            (Some(id), Some(Value::String(locator))) => format!("{}, {locator}", plain(id)),
            (Some(id), _) => plain(id),
            _ => map.iter().map(|(key, value)| format!("{key}: {}", plain(value))).collect::<Vec<_>>().join("; "),
        },
        other => other.to_string(),
    }
}
