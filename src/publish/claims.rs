//! The claims as a table for spreadsheets and for programs, with a schema that says what stands in it.

use schemars::{JsonSchema, schema_for};
use serde::Serialize;

use super::desk::Desk;
use super::file;
use crate::kind::{Claim, ClaimSupport, Confidence, Data, Kind};
use crate::output::OutFile;
use crate::page;

/// All claims of a briefing.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Claims of a briefing")]
struct Claims {
    /// The title of the briefing.
    title: String,
    /// The address of the register of claims.
    url: String,
    /// The licence, by its address or its name.
    license: Option<String>,
    /// The claims, in the order of the records.
    #[serde(rename = "claims")]
    rows: Vec<Row>,
}

/// One claim.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Claim")]
struct Row {
    /// The id of the claim in the briefing.
    id: String,
    /// The permanent address of the claim.
    url: String,
    /// The claim in one sentence.
    statement: String,
    /// What sort of claim it is: quantity, date, rank, event, target, attribution or judgement.
    kind: Option<&'static str>,
    /// How the value is meant: =, >, >=, <, <= or about.
    op: Option<String>,
    /// The value, as its author wrote it.
    value: Option<String>,
    /// The unit of the value.
    unit: Option<String>,
    /// When it holds.
    as_of: Option<String>,
    /// Who says it.
    said_by: Option<String>,
    /// How well it is supported: verified, attributed, unattributed, estimate, forecast, disputed, restored or computed.
    support: Option<&'static str>,
    /// How sure the desk is of it: low, moderate or high.
    confidence: Option<&'static str>,
    /// The credibility on the Admiralty scale: 1 (confirmed) to 6 (cannot be judged).
    credibility: Option<String>,
    /// When it was last checked.
    checked: Option<String>,
    /// Who checked it.
    checked_by: Option<String>,
    /// The formula by which it follows from other claims.
    derived: Option<String>,
    /// The sources that carry it.
    sources: Vec<Carrier>,
    /// The addresses of the passages that state it.
    passages: Vec<String>,
}

/// A source that carries a claim.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Source of a claim")]
struct Carrier {
    /// The id of the source in the briefing.
    id: String,
    /// The permanent address of the source.
    url: String,
    /// The place in the source.
    locator: Option<String>,
    /// The source's own words.
    quote: Option<String>,
}

/// The table in both forms, and its schema.
pub(super) fn files(desk: &Desk) -> Vec<OutFile> {
    if desk.briefing.registry.count(Kind::Claim) == 0 {
        return Vec::new();
    }
    let rows: Vec<Row> = desk.briefing.registry.of(Kind::Claim).filter_map(|number| row(desk, number)).collect();
    let csv: String = std::iter::once(header()).chain(rows.iter().map(line)).collect();
    let whole = Claims {
        title: desk.briefing.config.title.clone(),
        url: desk.address.of(&format!("{}/index.html", Kind::Claim.info().folder)),
        license: desk.license().map(str::to_owned),
        rows,
    };
    vec![file(super::CLAIMS_CSV, csv), file(super::CLAIMS_JSON, json(&whole)), file(super::CLAIMS_SCHEMA, json(&schema_for!(Claims)))]
}

fn json(value: &impl Serialize) -> String {
    // Texts and lists of them can always be written.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

fn row(desk: &Desk, number: usize) -> Option<Row> {
    let briefing = &desk.briefing;
    let annotation = briefing.registry.get(number);
    let Data::Claim(claim) = &annotation.record.data else { return None };
    let carriers = annotation.record.common.sources.iter().filter_map(|support| {
        let source = briefing.registry.find(Kind::Source, &support.id.value)?;
        let quote = support.quote.as_ref().map(|quote| quote.value.clone());
        Some(Carrier { id: support.id.value.clone(), url: desk.address.of(&desk.place(source)), locator: support.locator.clone(), quote })
    });
    let passages = briefing.uses[number].iter().filter_map(|one| {
        let ordinal = briefing.ordinals[one.section][one.reference].get(one.item)?;
        let anchor = crate::briefing::mark_anchor(&briefing.registry, number, *ordinal);
        Some(desk.address.of(&format!("{}#{anchor}", briefing.addresses.pages[one.section])))
    });
    let Claim { value, unit, op, as_of, said_by, checked, checked_by, derived, .. } = *claim.clone();
    Some(Row {
        id: annotation.record.id().to_owned(),
        url: desk.address.of(&desk.place(number)),
        statement: page::plain(briefing, &annotation.label),
        kind: claim.kind.map(crate::kind::ClaimKind::word),
        op: op.and_then(|op| serde_json::to_value(op).ok()?.as_str().map(str::to_owned)),
        value: value.map(|value| value.text),
        unit,
        as_of,
        said_by,
        support: claim.support.map(ClaimSupport::word),
        confidence: claim.confidence.map(Confidence::word),
        credibility: claim.credibility.map(|step| step.to_string()),
        checked,
        checked_by,
        derived,
        sources: carriers.collect(),
        passages: passages.collect(),
    })
}

/// The columns of the table, in the order of its lines.
const COLUMNS: [&str; 17] = [
    "id",
    "statement",
    "kind",
    "op",
    "value",
    "unit",
    "as_of",
    "said_by",
    "support",
    "confidence",
    "credibility",
    "checked",
    "checked_by",
    "derived",
    "sources",
    "passages",
    "url",
];

fn header() -> String {
    COLUMNS.join(",") + "\n"
}

fn line(row: &Row) -> String {
    let of = |text: &Option<String>| text.clone().unwrap_or_default();
    let word = |word: Option<&'static str>| word.unwrap_or_default().to_owned();
    let sources =
        row.sources.iter().map(|source| source.locator.as_ref().map_or_else(|| source.id.clone(), |at| format!("{}, {at}", source.id)));
    let cells = [
        row.id.clone(),
        row.statement.clone(),
        word(row.kind),
        of(&row.op),
        of(&row.value),
        of(&row.unit),
        of(&row.as_of),
        of(&row.said_by),
        word(row.support),
        word(row.confidence),
        of(&row.credibility),
        of(&row.checked),
        of(&row.checked_by),
        of(&row.derived),
        sources.collect::<Vec<_>>().join("; "),
        row.passages.join(" "),
        row.url.clone(),
    ];
    cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",") + "\n"
}

/// A cell, in quotation marks where it holds a sign of the form.
fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}
