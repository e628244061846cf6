//! The tokens of a formula.

use super::formula::FormulaError;
use super::numeral;
use crate::text::Span;

/// A function of a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    Abs,
    Round,
    Min,
    Max,
    Sum,
}

impl Function {
    /// The functions by name, with the fewest and the most arguments.
    pub(super) const ALL: [(&'static str, Self, usize, usize); 5] = [
        ("abs", Self::Abs, 1, 1),
        ("round", Self::Round, 1, 2),
        ("min", Self::Min, 1, usize::MAX),
        ("max", Self::Max, 1, usize::MAX),
        ("sum", Self::Sum, 1, usize::MAX),
    ];

    pub(super) fn named(self) -> (&'static str, usize, usize) {
        let found = Self::ALL.into_iter().find(|(_, function, ..)| *function == self);
        found.map_or(("", 1, 1), |(name, _, fewest, most)| (name, fewest, most))
    }
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Sort {
    Id,
    Number(f64),
    /// One of `+ - * / ^`.
    Operator(char),
    Function(Function),
    Open,
    Close,
    Comma,
}

/// A token with its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Token {
    pub sort: Sort,
    pub span: Span,
}

/// Signs and what they mean; a formula may be written with those of print.
const SIGNS: [(char, Sort); 13] = [
    ('+', Sort::Operator('+')),
    ('-', Sort::Operator('-')),
    ('−', Sort::Operator('-')),
    ('*', Sort::Operator('*')),
    ('×', Sort::Operator('*')),
    ('·', Sort::Operator('*')),
    ('/', Sort::Operator('/')),
    ('÷', Sort::Operator('/')),
    ('^', Sort::Operator('^')),
    ('(', Sort::Open),
    (')', Sort::Close),
    (',', Sort::Comma),
    ('，', Sort::Comma),
];

/// A character of an id, as records have it.
fn of_id(one: char) -> bool {
    one.is_alphanumeric() || matches!(one, '-' | '_' | '.' | '+')
}

/// Parts a formula into tokens.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, FormulaError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(one) = text[at..].chars().next() {
        let after = at + one.len_utf8();
        if one.is_whitespace() {
            at = after;
            continue;
        }
        let sort = SIGNS.iter().find(|(sign, _)| *sign == one).map(|(_, sort)| *sort);
        let token = match sort {
            Some(sort) => Token { sort, span: Span::new(at, after) },
            None if of_id(one) => word(text, at)?,
            None => return Err(FormulaError::new(Span::new(at, after), format!("`{one}` has no meaning in a formula"))),
        };
        at = token.span.end;
        tokens.push(token);
    }
    Ok(tokens)
}

/// An id, a number or the name of a function.
fn word(text: &str, at: usize) -> Result<Token, FormulaError> {
    let length = text[at..].find(|one| !of_id(one)).unwrap_or(text.len() - at);
    let word = &text[at..at + length];
    let token = |sort, end| Ok(Token { sort, span: Span::new(at, end) });
    if word.starts_with(|one: char| one.is_ascii_digit()) && !word.contains(char::is_alphabetic) {
        let number = numeral::read(text, at).filter(|number| number.end >= at + length);
        let Some(number) = number else {
            let message = format!("`{word}` is neither a number nor an id; put spaces around `-` and `+`");
            return Err(FormulaError::new(Span::new(at, at + length), message));
        };
        let percent = text[number.end..].starts_with('%');
        let value = if percent { number.value / 100.0 } else { number.value };
        return token(Sort::Number(value), number.end + usize::from(percent));
    }
    if !text[at + length..].trim_start().starts_with('(') {
        return token(Sort::Id, at + length);
    }
    match Function::ALL.iter().find(|(name, ..)| *name == word) {
        Some((_, function, ..)) => token(Sort::Function(*function), at + length),
        None => {
            let names: Vec<&str> = Function::ALL.iter().map(|(name, ..)| *name).collect();
            let message = format!("there is no function `{word}`; a formula may have {}", names.join(", "));
            Err(FormulaError::new(Span::new(at, at + length), message))
        }
    }
}
