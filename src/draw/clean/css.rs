//! Style sheets and styles of an SVG file: each rule and each declaration stays whole, or goes.

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, ParseError, Parser, ParserState, QualifiedRuleParser, RuleBodyItemParser, RuleBodyParser,
    StyleSheetParser, Token,
};

use super::removed::Removed;
use super::{address, names};

/// A style sheet without what is not harmless. Where there is nothing of the kind, it is the one that was given.
pub(super) fn sheet(text: &str, removed: &mut Removed) -> String {
    let mut parser = Parser::new(text);
    let mut reader = Reader::new(removed);
    let kept = rules(&mut parser, &mut reader);
    if reader.lost { kept } else { text.to_owned() }
}

/// The declarations of a style, likewise.
pub(super) fn declarations(text: &str, removed: &mut Removed) -> String {
    let mut parser = Parser::new(text);
    let mut reader = Reader::new(removed);
    let kept = body(&mut parser, &mut reader);
    if reader.lost { kept } else { text.to_owned() }
}

/// Whether a value of a property is harmless: functions stand on the list, addresses lead to the file itself. An escape
/// hides what is meant, and no program needs one here.
pub(super) fn is_harmless(value: &str) -> bool {
    !value.contains('\\') && harmless(&mut Parser::new(value)).is_ok()
}

type Fault<'i> = ParseError<()>;

fn harmless<'i>(input: &mut Parser<'i>) -> Result<(), Fault<'i>> {
    while let Ok(token) = input.next() {
        let token = token.clone();
        match token {
            Token::UnquotedUrl(address) if address::in_style(&address) => {}
            Token::Function(name) if name.eq_ignore_ascii_case("url") => {
                let leads_here = |input: &mut Parser<'i>| Ok(input.expect_string().is_ok_and(|address| address::in_style(address)));
                if !input.parse_nested_block(leads_here)? {
                    return Err(ParseError::unexpected_token());
                }
            }
            Token::Function(name) if names::is_function(&name) => input.parse_nested_block(harmless)?,
            Token::ParenthesisBlock => input.parse_nested_block(harmless)?,
            Token::Ident(_)
            | Token::Hash(_)
            | Token::IDHash(_)
            | Token::QuotedString(_)
            | Token::Delim('!' | '/' | '+' | '-' | '*' | '.')
            | Token::Number { .. }
            | Token::Percentage { .. }
            | Token::Dimension { .. }
            | Token::Colon
            | Token::Comma => {}
            _ => return Err(ParseError::unexpected_token()),
        }
    }
    Ok(())
}

/// The words before a block: a selector or a question to the screen. Nothing is fetched from here, so all is allowed
/// that can be read.
fn words<'i>(input: &mut Parser<'i>) -> Result<&'i str, Fault<'i>> {
    let start = input.position();
    readable(input)?;
    let words = input.slice_from(start);
    if words.contains(['\\', '<']) { Err(ParseError::unexpected_token()) } else { Ok(words.trim()) }
}

fn readable<'i>(input: &mut Parser<'i>) -> Result<(), Fault<'i>> {
    while let Ok(token) = input.next() {
        match token.clone() {
            Token::Function(_) | Token::ParenthesisBlock | Token::SquareBracketBlock => input.parse_nested_block(readable)?,
            Token::AtKeyword(_)
            | Token::UnquotedUrl(_)
            | Token::BadUrl(_)
            | Token::BadString(_)
            | Token::CDO
            | Token::CDC
            | Token::Semicolon
            | Token::CurlyBracketBlock
            | Token::CloseParenthesis
            | Token::CloseSquareBracket
            | Token::CloseCurlyBracket => return Err(ParseError::unexpected_token()),
            _ => {}
        }
    }
    Ok(())
}

fn rules(input: &mut Parser<'_>, reader: &mut Reader<'_>) -> String {
    let mut kept = String::new();
    let mut sheet = StyleSheetParser::new(input, reader);
    while let Some(rule) = sheet.next() {
        match rule {
            Ok(rule) => kept.push_str(&rule),
            Err(_) => sheet.parser.lose(),
        }
    }
    kept
}

fn body(input: &mut Parser<'_>, reader: &mut Reader<'_>) -> String {
    let mut kept = Vec::new();
    let mut body = RuleBodyParser::new(input, reader);
    while let Some(declaration) = body.next() {
        match declaration {
            Ok(declaration) => kept.push(declaration),
            Err(_) => body.parser.lose(),
        }
    }
    kept.join("; ")
}

/// Reads rules and declarations, and notes what it leaves out.
struct Reader<'r> {
    removed: &'r mut Removed,
    /// Whether anything was left out.
    lost: bool,
    /// Whether what is being left out was noted by its name.
    named: bool,
}

impl<'r> Reader<'r> {
    const fn new(removed: &'r mut Removed) -> Self {
        Self { removed, lost: false, named: false }
    }

    /// Something was left out; if it could not be named, it is noted in general words.
    fn lose(&mut self) {
        if !self.named {
            self.removed.unread();
        }
        self.named = false;
        self.lost = true;
    }

    /// What is wrong with something that was noted by its name.
    fn fault<'i>(&mut self) -> Fault<'i> {
        self.named = true;
        ParseError::unexpected_token()
    }
}

impl<'i> DeclarationParser<'i> for Reader<'_> {
    type Declaration = String;
    type Error = ();

    fn parse_value(&mut self, name: CowRcStr<'i>, input: &mut Parser<'i>, _: &ParserState) -> Result<String, Fault<'i>> {
        let lower = name.to_ascii_lowercase();
        if !(lower.starts_with("--") || names::is_property(&lower)) {
            self.removed.property(&name);
            return Err(self.fault());
        }
        input.skip_whitespace();
        let start = input.position();
        let read = harmless(input);
        let value = input.slice_from(start).trim_end();
        if read.is_err() || value.contains('\\') || name.contains(['\\', '<']) {
            self.removed.value(&name);
            return Err(self.fault());
        }
        Ok(format!("{name}: {value}"))
    }
}

impl<'i> AtRuleParser<'i> for Reader<'_> {
    type Prelude = &'i str;
    type AtRule = String;
    type Error = ();

    fn parse_prelude(&mut self, name: CowRcStr<'i>, input: &mut Parser<'i>) -> Result<&'i str, Fault<'i>> {
        let words = words(input);
        if name.eq_ignore_ascii_case("media") && words.is_ok() {
            return words;
        }
        self.removed.rule(&name);
        Err(self.fault())
    }

    fn parse_block(&mut self, prelude: &'i str, _: &ParserState, input: &mut Parser<'i>) -> Result<String, Fault<'i>> {
        Ok(format!("@media {prelude} {{\n{}}}\n", rules(input, self)))
    }
}

impl<'i> QualifiedRuleParser<'i> for Reader<'_> {
    type Prelude = &'i str;
    type QualifiedRule = String;
    type Error = ();

    fn parse_prelude(&mut self, input: &mut Parser<'i>) -> Result<&'i str, Fault<'i>> {
        words(input)
    }

    fn parse_block(&mut self, prelude: &'i str, _: &ParserState, input: &mut Parser<'i>) -> Result<String, Fault<'i>> {
        Ok(format!("{prelude} {{ {} }}\n", body(input, self)))
    }
}

impl RuleBodyItemParser<'_, String, ()> for Reader<'_> {
    fn parse_declarations(&self) -> bool {
        true
    }

    /// Rules within rules are left out.
    fn parse_qualified(&self) -> bool {
        false
    }
}
