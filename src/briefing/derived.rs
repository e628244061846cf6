//! Derived claims: their formulas worked out over the values of other claims, and held to the values that they state.

use std::collections::BTreeMap;

use super::{Resolved, Scope};
use crate::kind::{Claim, Data, Kind, Record, with_unit};
use crate::number::{Formula, Measure, Piece, Units, crowded, scaled, show, unscaled};
use crate::text::{Diagnostic, Diagnostics, Place, Span, rules};

/// How the value of a derived claim is worked out.
#[derive(Debug, Clone, PartialEq)]
pub struct Working {
    /// The formula in its order.
    pub steps: Vec<Step>,
    /// The result in the claim's unit, as a reader sees it.
    pub result: String,
}

/// A part of a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A claim, by its number in the registry.
    Claim(usize),
    /// A number, a sign, a bracket or the name of a function.
    Text(String),
}

/// The state of a claim while formulas are worked out.
enum State {
    /// Its formula is being followed: to meet it again is to go in a circle.
    Open,
    /// Its value in base units, if it has one.
    Known(Option<f64>),
}

/// Works out every formula. Gives the workings by the claims' numbers, and the claims that formulas name.
pub(super) fn work_out(scope: &Scope<'_>, units: &Units, diagnostics: &mut Diagnostics) -> (BTreeMap<usize, Working>, Vec<usize>) {
    let mut desk = Desk { scope, units, states: BTreeMap::new(), workings: BTreeMap::new(), meant: Vec::new(), diagnostics };
    for number in scope.registry.of(Kind::Claim) {
        desk.follow(number);
    }
    (desk.workings, desk.meant)
}

struct Desk<'d> {
    scope: &'d Scope<'d>,
    units: &'d Units,
    states: BTreeMap<usize, State>,
    workings: BTreeMap<usize, Working>,
    meant: Vec<usize>,
    diagnostics: &'d mut Diagnostics,
}

impl Desk<'_> {
    /// Works out a claim after those that its formula names. The way is kept in a list, because it may be of any length.
    fn follow(&mut self, first: usize) {
        let mut way: Vec<(usize, Vec<usize>)> = Vec::new();
        let mut next = Some(first);
        loop {
            if let Some(number) = next.take().filter(|number| !self.states.contains_key(number)) {
                self.states.insert(number, State::Open);
                way.push((number, self.named(number)));
            }
            let Some((number, named)) = way.last_mut() else { return };
            next = named.pop();
            if next.is_none() {
                let number = *number;
                way.pop();
                let value = self.value(number);
                self.states.insert(number, State::Known(value));
            }
        }
    }

    /// The claims that the formula of a claim names, the last first.
    fn named(&self, number: usize) -> Vec<usize> {
        let Data::Claim(claim) = &self.scope.registry.get(number).record.data else { return Vec::new() };
        let Some(text) = &claim.derived else { return Vec::new() };
        let ids = Formula::parse(text).map(|formula| formula.ids()).unwrap_or_default();
        ids.iter().rev().filter_map(|(id, _)| self.scope.registry.find(Kind::Claim, id)).collect()
    }

    /// The value of a claim in base units; `None` where it has none, or where its formula is broken, which is reported.
    fn value(&mut self, number: usize) -> Option<f64> {
        let record = &self.scope.registry.get(number).record;
        let Data::Claim(claim) = &record.data else { return None };
        match &claim.derived {
            None => scaled(&claim.value.as_ref()?.text, claim.unit.as_deref(), self.units),
            Some(formula) => self.derive(number, record, claim, formula),
        }
    }

    fn derive(&mut self, number: usize, record: &Record, claim: &Claim, text: &str) -> Option<f64> {
        let place = record.place_of("derived");
        let formula = match Formula::parse(text) {
            Ok(formula) => formula,
            Err(error) => {
                let found = Diagnostic::new(&rules::DERIVED_FORMULA, self.inside(&place, text, error.span), error.message);
                self.diagnostics
                    .push(found.help("a formula has claims' ids, numbers, + - * / ^ and brackets, with spaces around the signs"));
                return None;
            }
        };
        let ids = formula.ids();
        let mut values = BTreeMap::new();
        for (id, span) in &ids {
            let place = self.inside(&place, text, *span);
            let Some(other) = self.claim(id, &place) else { continue };
            self.meant.push(other);
            let Some(State::Known(value)) = self.states.get(&other) else {
                let message = format!("the formula of `{}` leads back to itself by way of `{id}`", record.id());
                let found = Diagnostic::new(&rules::DERIVED_FORMULA, place, message);
                self.diagnostics.push(found.help("state the value of one of the claims, and take its `derived` out"));
                continue;
            };
            match *value {
                Some(value) => drop(values.insert(id.clone(), value)),
                None => self.without_value(other, id, place),
            }
        }
        if ids.iter().any(|(id, _)| !values.contains_key(id)) {
            return None;
        }
        let result = match formula.evaluate(&values) {
            Ok(result) => result,
            Err(message) => {
                self.diagnostics.push(Diagnostic::new(&rules::DERIVED_FORMULA, place, message));
                return None;
            }
        };
        let shown = unscaled(result, claim.unit.as_deref(), self.units);
        self.hold(record, claim, result, &place);
        let steps = formula.pieces().into_iter().map(|piece| self.step(piece)).collect();
        self.workings.insert(number, Working { steps, result: with_unit(&show(shown), claim.unit.as_deref()) });
        Some(result)
    }

    /// Holds a result, in base units, to the value that the claim states.
    fn hold(&mut self, record: &Record, claim: &Claim, result: f64, formula: &Place) {
        let Some(value) = &claim.value else { return };
        let unit = claim.unit.as_deref();
        let shown = with_unit(&show(unscaled(result, unit, self.units)), unit);
        let tolerance = claim.tolerance.as_ref().map(|tolerance| tolerance.text.as_str());
        let measure = Measure::read(&value.text, unit, self.units);
        let (place, message) = match measure.as_ref().map(|measure| measure.agrees(result, tolerance)) {
            Some(Some(true)) => return,
            Some(Some(false)) => {
                let stated = with_unit(&value.grouped(), unit);
                (record.place_of("value"), format!("the formula gives {shown}, and the claim `{}` states {stated}", record.id()))
            }
            Some(None) => (record.place_of("tolerance"), "a tolerance is a number, or a percentage of the value".to_owned()),
            None => (record.place_of("value"), format!("the value `{}` is not one number, and the formula gives {shown}", value.text)),
        };
        let number = measure.map_or(result, |measure| measure.unscaled(result));
        let help = format!(
            "write `value = {}`, or say how far the two may differ: `tolerance = \"1%\"`",
            show(number).replace(',', "").replace('−', "-")
        );
        self.diagnostics.push(Diagnostic::new(&rules::DERIVED_MISMATCH, place, message).related(formula.clone(), "the formula").help(help));
    }

    fn without_value(&mut self, other: usize, id: &str, place: Place) {
        let record = &self.scope.registry.get(other).record;
        // A formula that is broken was reported where it stands.
        if matches!(&record.data, Data::Claim(claim) if claim.derived.is_some()) {
            return;
        }
        let found = Diagnostic::new(&rules::DERIVED_FORMULA, place, format!("the claim `{id}` has no value that can be counted with"));
        self.diagnostics.push(found.related(record.place_of("value"), "its record").help("give it a `value` that is one number"));
    }

    /// The claim of an id. One that is two ids with a sign between them is told so.
    fn claim(&mut self, id: &str, place: &Place) -> Option<usize> {
        match self.scope.registry.find(Kind::Claim, id) {
            None if self.is_two(id) => {
                let found = Diagnostic::new(&rules::DERIVED_FORMULA, place.clone(), format!("there is no claim `{id}`"));
                self.diagnostics.push(found.maybe_help(crowded(id)));
                None
            }
            _ => match self.scope.record(Kind::Claim, id, place, self.diagnostics) {
                Resolved::Record(number) => Some(number),
                _ => None,
            },
        }
    }

    /// Whether an id that is not known is two that are, with a sign between them.
    fn is_two(&self, id: &str) -> bool {
        let known = |id: &str| self.scope.registry.find(Kind::Claim, id).is_some() || id.parse::<f64>().is_ok();
        id.match_indices(['-', '+']).any(|(at, sign)| known(&id[..at]) && known(&id[at + sign.len()..]))
    }

    fn step(&self, piece: Piece) -> Step {
        match piece {
            Piece::Id(id) => self.scope.registry.find(Kind::Claim, &id).map_or(Step::Text(id), Step::Claim),
            Piece::Number(text) => Step::Text(text),
            Piece::Operator(text) => Step::Text(text.to_owned()),
        }
    }

    /// The place of a part of the formula, where it stands in the file as it was read.
    fn inside(&self, place: &Place, formula: &str, part: Span) -> Place {
        let whole = self.scope.snapshot.inside(place, formula);
        whole.map_or_else(|| place.clone(), |whole| Place { path: whole.path, span: part.shift(whole.span.start) })
    }
}
