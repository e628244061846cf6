//! Passages that are marked with a claim, held to the claim's value.

use super::Scene;
use crate::briefing::Use;
use crate::draw;
use crate::kind::{Claim, ClaimKind, Data, FigureKind, Kind, Operator, Quantity, Record};
use crate::number::{Op, Stated, Verdict, states};
use crate::parse::Target;
use crate::text::{Diagnostic, Diagnostics, Place, rules};

/// `claim-mismatch`: a marked passage, the claim's own statement, and a row of a table that names the claim, each must
/// state its value.
pub(super) fn mismatches(scene: &Scene<'_>, diagnostics: &mut Diagnostics) {
    let registry = &scene.briefing.registry;
    for number in registry.of(Kind::Claim) {
        let record = &registry.get(number).record;
        let Data::Claim(claim) = &record.data else { continue };
        let Some(value) = &claim.value else { continue };
        let desk = Desk { scene, record, claim, value };
        desk.statement(diagnostics);
        for one in &scene.briefing.uses[number] {
            desk.passage(*one, diagnostics);
        }
    }
    rows(scene, diagnostics);
}

/// One claim at work.
struct Desk<'d> {
    scene: &'d Scene<'d>,
    record: &'d Record,
    claim: &'d Claim,
    value: &'d Quantity,
}

impl Desk<'_> {
    fn statement(&self, diagnostics: &mut Diagnostics) {
        let place = self.record.place_of("statement");
        if let Some(found) = self.hold(&self.claim.statement, place, "the statement") {
            diagnostics.push(found.help("say the value in `statement`, which stands wherever the claim is inserted"));
        }
    }

    fn passage(&self, one: Use, diagnostics: &mut Diagnostics) {
        let section = &self.scene.briefing.sections[one.section];
        let reference = &section.body.references[one.reference];
        // What is inserted from the record was looked at there.
        if !reference.words || !matches!(reference.target, Target::Record(..)) {
            return;
        }
        let words = self.scene.briefing.passage(one).words;
        let place = Place::new(section.path.clone(), reference.span);
        if let Some(found) = self.hold(&words, place, "this passage") {
            let found = found.related(self.record.place_of("value"), "the record's value");
            diagnostics.push(found.help(format!("say the value, or insert the record's own sentence: `[[claim:{}]]`", self.record.id())));
        }
    }

    /// A finding, where a text does not state the value.
    fn hold(&self, text: &str, place: Place, what: &str) -> Option<Diagnostic> {
        let wanted = self.claim.value_text().unwrap_or_default();
        let id = self.record.id();
        let message = match states(text, &self.stated(), &self.scene.briefing.units) {
            Verdict::Yes => return None,
            Verdict::Other(amounts) => {
                let said: Vec<&str> = amounts.iter().filter_map(|amount| text.get(amount.span.range())).collect();
                format!("{what} says “{}”, and the claim `{id}` has the value {wanted}", said.join("”, “"))
            }
            Verdict::None => format!("{what} does not say the value of the claim `{id}`, {wanted}"),
        };
        Some(Diagnostic::new(&rules::CLAIM_MISMATCH, place, message))
    }

    fn stated(&self) -> Stated<'_> {
        Stated {
            value: &self.value.text,
            unit: self.claim.unit.as_deref(),
            op: match self.claim.op {
                Some(Operator::More) => Op::More,
                Some(Operator::AtLeast) => Op::AtLeast,
                Some(Operator::Less) => Op::Less,
                Some(Operator::AtMost) => Op::AtMost,
                Some(Operator::About) => Op::About,
                Some(Operator::Equal) | None => Op::Equal,
            },
            rank: self.claim.kind == Some(ClaimKind::Rank),
            date: self.claim.kind == Some(ClaimKind::Date),
        }
    }
}

/// Rows of data tables in which a cell names a claim: the others of the row state its value.
fn rows(scene: &Scene<'_>, diagnostics: &mut Diagnostics) {
    let briefing = scene.briefing;
    for (figure, drawing) in &briefing.drawings {
        let Some(table) = &drawing.table else { continue };
        let own = &briefing.registry.get(*figure).record;
        // The lines of a diagram name things; a number in one is part of the name.
        if matches!(&own.data, Data::Figure(figure) if figure.kind == FigureKind::Diagram) {
            continue;
        }
        let path = drawing.file.as_ref().map_or_else(|| own.place.path.clone(), |file| format!("content/{file}").into());
        for (at, row) in table.rows.iter().enumerate() {
            // A row whose numbers come from the records says what they say.
            if drawing.filled.keys().any(|(row, _)| *row == at) {
                continue;
            }
            let named: Vec<_> = row.iter().filter_map(draw::link).filter(|link| link.kind == Kind::Claim).collect();
            // A row that rests on several claims is worked out from them, and shows none of their values alone.
            let [link] = named.as_slice() else { continue };
            let Some(number) = briefing.registry.find(Kind::Claim, link.id) else { continue };
            let record = &briefing.registry.get(number).record;
            let Data::Claim(claim) = &record.data else { continue };
            let Some(value) = &claim.value else { continue };
            let words: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).filter(|text| *text != link.cell.text).collect();
            let place = Place { path: path.clone(), span: link.cell.span };
            let desk = Desk { scene, record, claim, value };
            if let Some(found) = desk.hold(&words.join(" "), place, "this row") {
                diagnostics
                    .push(found.related(record.place_of("value"), "the record's value").help("let the row and the record say the same"));
            }
        }
    }
}
