//! Passages that are marked with a claim, held to the claim's value.

use super::{Records, Text};
use crate::briefing::{Resolved, Use, Web};
use crate::draw;
use crate::kind::{Claim, ClaimKind, Data, FigureKind, Kind, Operator, Quantity, Record};
use crate::number::{Op, Stated, Verdict, states};
use crate::parse::Target;
use crate::text::{Diagnostic, Diagnostics, Place, rules};

/// `claim-mismatch` in a claim's own statement, which must state its value.
pub(super) fn statements(scene: &Records<'_>, diagnostics: &mut Diagnostics) {
    for number in scene.web.registry.of(Kind::Claim) {
        let Some(desk) = Desk::of(scene.web, number) else { continue };
        let place = desk.record.place_of("statement");
        if let Some(found) = desk.hold(&desk.claim.statement, place, "the statement") {
            diagnostics.push(found.help("say the value in `statement`, which stands wherever the claim is inserted"));
        }
    }
}

/// `claim-mismatch` in a passage that is marked with a claim.
pub(super) fn passages(text: &Text<'_>, diagnostics: &mut Diagnostics) {
    for (at, (reference, resolved)) in text.section.body.references.iter().zip(text.resolved).enumerate() {
        // What is inserted from the record was looked at there.
        let Resolved::Record(number) = resolved else { continue };
        if !reference.words || !matches!(reference.target, Target::Record(..)) {
            continue;
        }
        let Some(desk) = Desk::of(text.briefing, *number) else { continue };
        let words = text.briefing.passage(Use { section: text.number, reference: at, item: 0 }).words;
        let place = Place::new(text.section.path.clone(), reference.span);
        if let Some(found) = desk.hold(&words, place, "this passage") {
            let found = found.related(desk.record.place_of("value"), "the record's value");
            diagnostics.push(found.help(format!("say the value, or insert the record's own sentence: `[[claim:{}]]`", desk.record.id())));
        }
    }
}

/// One claim at work.
struct Desk<'d> {
    web: &'d Web,
    record: &'d Record,
    claim: &'d Claim,
    value: &'d Quantity,
}

impl<'d> Desk<'d> {
    /// The desk of a record, where it is a claim with a value.
    fn of(web: &'d Web, number: usize) -> Option<Self> {
        let record = &web.registry.get(number).record;
        let Data::Claim(claim) = &record.data else { return None };
        Some(Self { web, record, claim, value: claim.value.as_ref()? })
    }

    /// A finding, where a text does not state the value.
    fn hold(&self, text: &str, place: Place, what: &str) -> Option<Diagnostic> {
        let wanted = self.claim.value_text().unwrap_or_default();
        let id = self.record.id();
        let message = match states(text, &self.stated(), &self.web.units) {
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

/// `claim-mismatch` in rows of data tables in which a cell names a claim: the others of the row state its value.
pub(super) fn rows(scene: &Records<'_>, diagnostics: &mut Diagnostics) {
    let web = scene.web;
    for (figure, drawing) in &web.drawings {
        let Some(table) = &drawing.table else { continue };
        let own = &web.registry.get(*figure).record;
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
            let number = web.registry.find(Kind::Claim, link.id);
            let Some(desk) = number.and_then(|number| Desk::of(web, number)) else { continue };
            let words: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).filter(|text| *text != link.cell.text).collect();
            let place = Place { path: path.clone(), span: link.cell.span };
            if let Some(found) = desk.hold(&words.join(" "), place, "this row") {
                diagnostics.push(
                    found.related(desk.record.place_of("value"), "the record's value").help("let the row and the record say the same"),
                );
            }
        }
    }
}
