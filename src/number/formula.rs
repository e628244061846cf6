//! How a claim's value follows from others: `steel-2023 / steel-2022 - 1`; alone knows the library that calculates.
//!
//! An id may have hyphens, so a minus between two ids has a space on either side.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use exmex::{BinOp, Express, FlatEx, MakeOperators, Operator, ops_factory};

use super::token::{Function, Sort, Token, tokens};
use crate::budget::{FORMULA, FORMULA_DEPTH};
use crate::text::Span;

// The library takes operators of one rank in any order, so each has its own; and it counts constants together where
// an operator is said to commute, so none is said to.
ops_factory!(
    Operators,
    f64,
    Operator::make_bin("+", BinOp { apply: |a, b| a + b, prio: 1, is_commutative: false }),
    Operator::make_bin_unary("-", BinOp { apply: |a, b| a - b, prio: 2, is_commutative: false }, |a| -a),
    Operator::make_bin("*", BinOp { apply: |a, b| a * b, prio: 3, is_commutative: false }),
    Operator::make_bin("/", BinOp { apply: |a, b| a / b, prio: 4, is_commutative: false }),
    Operator::make_bin("^", BinOp { apply: f64::powf, prio: 5, is_commutative: false }),
    Operator::make_bin("min", BinOp { apply: f64::min, prio: 0, is_commutative: false }),
    Operator::make_bin("max", BinOp { apply: f64::max, prio: 0, is_commutative: false }),
    Operator::make_unary("abs", f64::abs),
    Operator::make_bin_unary("round", BinOp { apply: round_to, prio: 0, is_commutative: false }, f64::round)
);

/// A number to so many places after the point.
fn round_to(number: f64, places: f64) -> f64 {
    let shift = 10_f64.powf(places.round());
    (number * shift).round() / shift
}

/// What is wrong with a formula, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormulaError {
    /// The place in the formula's text.
    pub span: Span,
    /// What is wrong.
    pub message: String,
}

impl FormulaError {
    pub(super) fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into() }
    }
}

/// A token of a formula as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// The id of a claim.
    Id(String),
    /// A number, as it was written.
    Number(String),
    /// A sign of calculation, a bracket, a comma, or the name of a function.
    Operator(&'static str),
}

/// A formula over the values of claims.
#[derive(Debug, Clone)]
pub struct Formula {
    text: String,
    tokens: Vec<Token>,
    expression: FlatEx<f64, Operators>,
}

impl Formula {
    /// Reads a formula.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn parse(text: &str) -> Result<Self, FormulaError> {
        let whole = Span::new(0, text.len());
        if text.len() > FORMULA {
            return Err(FormulaError::new(whole, format!("a formula may have {FORMULA} bytes; this has {}", text.len())));
        }
        let tokens = tokens(text)?;
        check(&tokens, whole)?;
        powers(&tokens)?;
        let expression = FlatEx::parse(&written(&tokens)).map_err(|error| FormulaError::new(whole, error.to_string()))?;
        Ok(Self { text: text.to_owned(), tokens, expression })
    }

    /// The claims that it names, with the place of each in the formula.
    #[must_use]
    pub fn ids(&self) -> Vec<(String, Span)> {
        let ids = self.tokens.iter().filter(|token| token.sort == Sort::Id);
        ids.map(|token| (self.text[token.span.range()].to_owned(), token.span)).collect()
    }

    /// Calculates with the values of the claims.
    ///
    /// # Errors
    /// A value that is missing, and a result that is no number.
    pub fn evaluate(&self, values: &BTreeMap<String, f64>) -> Result<f64, String> {
        let mut operands = Vec::new();
        for token in &self.tokens {
            match token.sort {
                Sort::Number(number) => operands.push(number),
                Sort::Id => {
                    let id = &self.text[token.span.range()];
                    operands.push(*values.get(id).ok_or_else(|| format!("the claim `{id}` has no number to calculate with"))?);
                }
                _ => {}
            }
        }
        let result = self.expression.eval(&operands).map_err(|error| error.to_string())?;
        if result.is_finite() { Ok(result) } else { Err("the result is no number: it divides by zero, or is too large".to_owned()) }
    }

    /// The tokens in order, with the signs of print.
    #[must_use]
    pub fn pieces(&self) -> Vec<Piece> {
        let written = |token: &Token| self.text[token.span.range()].to_owned();
        let piece = |token: &Token| match token.sort {
            Sort::Id => Piece::Id(written(token)),
            Sort::Number(_) => Piece::Number(written(token)),
            Sort::Operator('-') => Piece::Operator("−"),
            Sort::Operator('*') => Piece::Operator("×"),
            Sort::Operator('/') => Piece::Operator("÷"),
            Sort::Operator('^') => Piece::Operator("^"),
            Sort::Operator(_) => Piece::Operator("+"),
            Sort::Function(function) => Piece::Operator(function.named().0),
            Sort::Open => Piece::Operator("("),
            Sort::Close => Piece::Operator(")"),
            Sort::Comma => Piece::Operator(","),
        };
        self.tokens.iter().map(piece).collect()
    }
}

/// A help line for an id that is not known and may be two, with a sign between them.
#[must_use]
pub fn crowded(id: &str) -> Option<String> {
    let inner = id.trim_matches(['-', '+']);
    let sign =
        if inner.len() < id.len() { id.chars().find(|one| "-+".contains(*one)) } else { inner.chars().find(|one| "-+".contains(*one)) };
    sign.map(|sign| format!("`{id}` is read as one id; to calculate, put spaces around the `{sign}`"))
}

/// A bracket that is open.
struct Bracket {
    span: Span,
    function: Option<Function>,
    arguments: usize,
}

/// Whether the tokens make a formula: operands and operators in turn, brackets closed, functions with arguments.
fn check(tokens: &[Token], whole: Span) -> Result<(), FormulaError> {
    let mut brackets: Vec<Bracket> = Vec::new();
    let mut function = None;
    let (mut wants_operand, mut signed) = (true, false);
    for token in tokens {
        let error = |message: String| Err(FormulaError::new(token.span, message));
        match token.sort {
            Sort::Id | Sort::Number(_) | Sort::Function(_) | Sort::Open if !wants_operand => {
                return error("a sign such as `+`, `-`, `*` or `/` is missing before this".to_owned());
            }
            Sort::Id | Sort::Number(_) => wants_operand = false,
            Sort::Function(named) => function = Some(named),
            Sort::Open if brackets.len() == FORMULA_DEPTH => {
                return error(format!("a formula may have {FORMULA_DEPTH} brackets in one another"));
            }
            Sort::Open => brackets.push(Bracket { span: token.span, function: function.take(), arguments: 1 }),
            Sort::Operator('-') if wants_operand && !signed => {
                signed = true;
                continue;
            }
            Sort::Operator(_) | Sort::Comma | Sort::Close if wants_operand => {
                return error("a number, an id or a bracket is missing before this".to_owned());
            }
            Sort::Operator(_) => wants_operand = true,
            Sort::Comma => match brackets.last_mut().filter(|bracket| bracket.function.is_some()) {
                Some(bracket) => (bracket.arguments, wants_operand) = (bracket.arguments + 1, true),
                None => return error("a comma has a meaning only between the arguments of a function".to_owned()),
            },
            Sort::Close => {
                let Some(bracket) = brackets.pop() else { return error("this bracket was never opened".to_owned()) };
                arguments(&bracket)?;
            }
        }
        signed = false;
    }
    if let Some(open) = brackets.last() {
        return Err(FormulaError::new(open.span, "this bracket is not closed"));
    }
    if wants_operand {
        let last = tokens.last().map_or(whole, |token| token.span);
        return Err(FormulaError::new(
            last,
            if tokens.is_empty() { "the formula is empty" } else { "a number or an id is missing after this" },
        ));
    }
    Ok(())
}

fn arguments(bracket: &Bracket) -> Result<(), FormulaError> {
    let Some((name, fewest, most)) = bracket.function.map(Function::named) else { return Ok(()) };
    if (fewest..=most).contains(&bracket.arguments) {
        return Ok(());
    }
    Err(FormulaError::new(bracket.span, format!("`{name}` takes at most {most} arguments; this has {}", bracket.arguments)))
}

/// The token after the operand that begins at `at`.
fn operand_end(tokens: &[Token], at: usize) -> usize {
    let mut depth = 0_usize;
    for (offset, token) in tokens[at..].iter().enumerate() {
        match token.sort {
            Sort::Open => depth += 1,
            Sort::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
        let goes_on = depth > 0 || matches!(token.sort, Sort::Function(_) | Sort::Operator(_));
        if !goes_on {
            return at + offset + 1;
        }
    }
    tokens.len()
}

/// What books do not agree on is asked for in brackets: `-a ^ 2` and `a ^ b ^ c`.
fn powers(tokens: &[Token]) -> Result<(), FormulaError> {
    for (at, token) in tokens.iter().enumerate() {
        let sign = at == 0 || matches!(tokens[at - 1].sort, Sort::Operator(_) | Sort::Open | Sort::Comma);
        let first = token.sort == Sort::Operator('^') || (sign && token.sort == Sort::Operator('-'));
        let then = if first { tokens.get(operand_end(tokens, at + 1)) } else { None };
        if let Some(power) = then.filter(|then| then.sort == Sort::Operator('^')) {
            return Err(FormulaError::new(power.span, "it is not clear what is raised to this power; put brackets around it"));
        }
    }
    Ok(())
}

/// The formula in the library's language. Each operand is a variable, in order; a function of several arguments is
/// written between them, because the library reads no commas within commas.
fn written(tokens: &[Token]) -> String {
    let mut out = String::new();
    let mut brackets: Vec<&str> = Vec::new();
    let mut operands = 0;
    for (at, token) in tokens.iter().enumerate() {
        match token.sort {
            Sort::Id | Sort::Number(_) => {
                // A `String` takes all that is written to it.
                let _ = write!(out, "{{v{operands:04}}}");
                operands += 1;
            }
            Sort::Operator(sign) => out.push(sign),
            Sort::Function(function @ (Function::Abs | Function::Round)) if !has_comma(tokens, at + 1) => out.push_str(function.named().0),
            Sort::Function(_) => {}
            Sort::Open => {
                let function = at.checked_sub(1).and_then(|before| match tokens[before].sort {
                    Sort::Function(function) => Some(function),
                    _ => None,
                });
                brackets.push(match function {
                    Some(Function::Sum) => "+",
                    Some(function) => function.named().0,
                    None => "",
                });
                out.push_str("((");
            }
            Sort::Comma => {
                let _ = write!(out, ") {} (", brackets.last().copied().unwrap_or_default());
            }
            Sort::Close => {
                brackets.pop();
                out.push_str("))");
            }
        }
    }
    out
}

/// Whether the bracket that opens at `at` has a comma of its own.
fn has_comma(tokens: &[Token], at: usize) -> bool {
    let mut depth = 0_usize;
    for token in &tokens[at..operand_end(tokens, at)] {
        match token.sort {
            Sort::Open => depth += 1,
            Sort::Close => depth = depth.saturating_sub(1),
            Sort::Comma if depth == 1 => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests;
