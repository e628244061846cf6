//! The passage around a use, as plain text.

use super::Briefing;
use super::uses::Use;
use crate::budget::PASSAGE;
use crate::kind::Kind;
use crate::parse::{HOLE_END, HOLE_START};

use super::resolve::Resolved;

/// A passage in three parts: before, the words of the use, after.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PassageText {
    /// The text before, cut at a word.
    pub before: String,
    /// The words that are marked; empty where the mark has none.
    pub words: String,
    /// The text after, cut at a word.
    pub after: String,
}

impl Briefing {
    /// The passage around a use.
    #[must_use]
    pub fn passage(&self, one: Use) -> PassageText {
        let body = &self.sections[one.section].body;
        let reference = &body.references[one.reference];
        let Some(block) = body.blocks.get(reference.block) else { return PassageText::default() };
        let (start, end) = (reference.at.start.min(block.len()), reference.at.end.clamp(reference.at.start, block.len()));
        let name = |text: &str| self.with_names(one.section, text);
        let mut passage = PassageText {
            before: cut_start(&tidy(&name(&block[..start]))),
            words: name(&block[start..end]),
            after: cut_end(&tidy(&name(&block[end..]))),
        };
        if passage.words.is_empty() && passage.after.starts_with(['.', ',', ';', ':', ')']) {
            passage.before.truncate(passage.before.trim_end().len());
        }
        passage
    }

    /// A block's plain text with the words that stand for its references without words.
    fn with_names(&self, section: usize, text: &str) -> String {
        if !text.contains(HOLE_START) {
            return text.to_owned();
        }
        let mut pieces = text.split(HOLE_START);
        let mut out = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (number, rest) = piece.split_once(HOLE_END).unwrap_or(("", piece));
            let resolved = number.parse::<usize>().ok().and_then(|number| self.resolved[section].get(number));
            out.push_str(&resolved.map(|resolved| self.plain_name(resolved)).unwrap_or_default());
            out.push_str(rest);
        }
        out
    }

    /// What names a target in plain text.
    #[must_use]
    pub fn plain_name(&self, resolved: &Resolved) -> String {
        match resolved {
            Resolved::Record(number) => {
                let record = &self.registry.get(*number).record;
                match (record.kind, self.figures.get(number)) {
                    (Kind::Figure, Some((figure, _))) => format!("Figure {figure}"),
                    (Kind::Note, _) => record.id().to_owned(),
                    _ => record.data.named().label().to_owned(),
                }
            }
            Resolved::Section(number, Some(anchor)) => {
                let section = &self.sections[*number];
                let heading = section.body.headings.iter().find(|heading| heading.id == *anchor);
                heading.map_or_else(|| section.title.clone(), |heading| heading.text.clone())
            }
            Resolved::Section(number, None) => self.sections[*number].title.clone(),
            Resolved::Asset(path) => path.rsplit('/').next().unwrap_or(path).to_owned(),
            Resolved::Register(kind) => kind.info().title.to_owned(),
            Resolved::Cite(_) | Resolved::Dead => String::new(),
        }
    }
}

/// A citation leaves no words behind: the space before it goes from before the punctuation after it.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for one in text.chars() {
        if matches!(one, '.' | ',' | ';' | ':' | ')') && out.ends_with(' ') {
            out.pop();
        }
        if !(one == ' ' && out.ends_with(' ')) {
            out.push(one);
        }
    }
    out
}

/// The end of a text, cut at a word.
fn cut_start(text: &str) -> String {
    let text = text.trim_start();
    let Some((at, _)) = text.char_indices().rev().nth(PASSAGE) else { return text.to_owned() };
    let rest = &text[at..];
    let word = rest.find(char::is_whitespace).filter(|at| *at < rest.len() / 2).unwrap_or(0);
    format!("… {}", rest[word..].trim_start())
}

/// The beginning of a text, cut at a word.
fn cut_end(text: &str) -> String {
    let text = text.trim_end();
    let Some((at, _)) = text.char_indices().nth(PASSAGE) else { return text.to_owned() };
    let rest = &text[..at];
    let word = rest.rfind(char::is_whitespace).filter(|at| *at > rest.len() / 2).unwrap_or(rest.len());
    format!("{} …", rest[..word].trim_end())
}
