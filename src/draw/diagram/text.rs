//! The text of a diagram: a line for each box or arrow, with records in brackets and signs at its end.

use std::collections::BTreeMap;

use super::super::plot::{FaultPlace, PlotFault};
use super::{Arrow, Diagram, Node, Sign};
use crate::kind::{DiagramKind, Figure, Kind};
use crate::text::suggestion;

/// Boxes of one diagram.
const BOXES: usize = 300;
/// Arrows of one diagram.
const ARROWS: usize = 600;
/// Boxes in one another.
const DEPTH: usize = 12;
/// Signs that can be told apart.
const SIGNS: usize = 8;

/// A line without what stands at its end.
struct Line<'t> {
    /// Its number, from 1.
    number: usize,
    text: &'t str,
    record: Option<(Kind, String)>,
    /// Its signs, by their words.
    signs: Vec<&'t str>,
    /// How far it is to the right.
    indent: usize,
}

/// The text as it is read.
struct Reader<'a> {
    diagram: Diagram,
    key: &'a BTreeMap<String, String>,
    faults: &'a mut Vec<PlotFault>,
}

pub(super) fn read(figure: &Figure, faults: &mut Vec<PlotFault>) -> Option<Diagram> {
    let Some(text) = &figure.text else {
        let help = Some("write a line for each box: `text = \"\"\"…\"\"\"`".to_owned());
        faults.push(PlotFault { message: "this diagram has no text".to_owned(), at: FaultPlace::Figure, help });
        return None;
    };
    let kind = figure.diagram.unwrap_or(if text.value.contains("->") { DiagramKind::Flow } else { DiagramKind::Nested });
    let diagram = Diagram { kind, boxes: Vec::new(), arrows: Vec::new(), signs: Vec::new(), span: text.span };
    let mut reader = Reader { diagram, key: &figure.key, faults };
    let lines: Vec<(usize, &str)> = text.value.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).collect();
    if reader.is_too_long(&text.value, &lines) {
        return None;
    }
    let lines: Vec<Line<'_>> = lines.into_iter().map(|(at, line)| reader.line(at + 1, line)).collect();
    let deepest = if kind == DiagramKind::Flow { reader.flow(&lines) } else { reader.tree(&lines) };
    reader.check_key();
    let (boxes, signs) = (reader.diagram.boxes.len(), reader.diagram.signs.len());
    let refused = reader.exceeds(boxes, BOXES, "boxes", "drawn")
        | reader.exceeds(signs, SIGNS, "signs", "told apart")
        | reader.exceeds(deepest, DEPTH, "boxes in one another", "drawn");
    if boxes == 0 {
        let message = "the text of this diagram has no boxes".to_owned();
        reader.faults.push(PlotFault { message, at: FaultPlace::Record(text.span), help: None });
    }
    (!refused && boxes > 0).then_some(reader.diagram)
}

/// How far a line is to the right; a tab goes to the next place that four divides.
fn indent(line: &str) -> usize {
    line.chars().take_while(|one| one.is_whitespace()).fold(0, |at, one| if one == '\t' { (at / 4 + 1) * 4 } else { at + 1 })
}

impl Reader<'_> {
    fn fault(&mut self, line: usize, what: &str, help: Option<String>) {
        let message = format!("line {line} of the diagram {what}");
        self.faults.push(PlotFault { message, at: FaultPlace::Record(self.diagram.span), help });
    }

    /// Whether there is more of something than is drawn, which is reported.
    fn exceeds(&mut self, count: usize, most: usize, what: &str, drawn: &str) -> bool {
        if count > most {
            let message = format!("this diagram has {count} {what}; at most {most} are {drawn}");
            self.faults.push(PlotFault { message, at: FaultPlace::Record(self.diagram.span), help: None });
        }
        count > most
    }

    /// Whether the text has more lines or arrows than can be drawn: it is then not read.
    fn is_too_long(&mut self, text: &str, lines: &[(usize, &str)]) -> bool {
        let flow = self.diagram.kind == DiagramKind::Flow;
        let boxes = lines.iter().filter(|(_, line)| !flow || !line.contains("->")).count();
        let arrows = if flow { text.matches("->").count() } else { 0 };
        self.exceeds(boxes, BOXES, "boxes", "drawn") || self.exceeds(arrows, ARROWS, "arrows", "drawn")
    }

    /// Takes records and signs off the end of a line.
    fn line<'t>(&mut self, number: usize, line: &'t str) -> Line<'t> {
        let mut read = Line { number, text: line.trim(), record: None, signs: Vec::new(), indent: indent(line) };
        loop {
            if let Some((before, name)) = read.text.strip_suffix(']').and_then(|text| text.rsplit_once('[')) {
                let Some((prefix, id)) = name.split_once(':').filter(|(_, id)| !id.is_empty() && !name.contains(char::is_whitespace))
                else {
                    break;
                };
                match Kind::by_prefix(prefix) {
                    None => {
                        let help = suggestion(prefix, Kind::ALL.iter().map(|kind| kind.info().prefix));
                        self.fault(number, &format!("names a record of no kind: `{name}`"), help);
                    }
                    Some(_) if read.record.is_some() => self.fault(number, "names more than one record", None),
                    Some(kind) => read.record = Some((kind, id.to_owned())),
                }
                read.text = before.trim_end();
                continue;
            }
            let last = read.text.rsplit(char::is_whitespace).next().unwrap_or_default();
            let Some(word) = last.strip_prefix('#').filter(|word| is_word(word)) else { break };
            read.signs.push(word);
            read.text = read.text[..read.text.len() - last.len()].trim_end();
        }
        read.signs.reverse();
        read
    }

    /// The numbers of a line's signs. One without a meaning is reported and left out.
    fn signs(&mut self, line: &Line<'_>) -> Vec<usize> {
        let mut out = Vec::new();
        for word in &line.signs {
            let Some(meaning) = self.key.get(*word) else {
                let help = suggestion(word, self.key.keys().map(String::as_str));
                let help = help.unwrap_or_else(|| format!("add its meaning: `key = {{ {word} = \"…\" }}`"));
                self.fault(line.number, &format!("has the sign `#{word}`, which has no meaning"), Some(help));
                continue;
            };
            let signs = &mut self.diagram.signs;
            let at = signs.iter().position(|sign| sign.word == *word).unwrap_or_else(|| {
                signs.push(Sign { word: (*word).to_owned(), meaning: meaning.clone() });
                signs.len() - 1
            });
            if !out.contains(&at) {
                out.push(at);
            }
        }
        out.sort_unstable();
        out
    }

    fn check_key(&mut self) {
        for word in self.key.keys() {
            if !self.diagram.signs.iter().any(|sign| sign.word == *word) {
                let help = Some(format!("end the line of a box with `#{word}`, or take it out of `key`"));
                let message = format!("no box of this diagram has the sign `#{word}`");
                self.faults.push(PlotFault { message, at: FaultPlace::Record(self.diagram.span), help });
            }
        }
    }

    /// Adds a box.
    fn add(&mut self, line: &Line<'_>, parent: Option<usize>) -> usize {
        let signs = self.signs(line);
        self.diagram.boxes.push(Node { text: line.text.to_owned(), parent, record: line.record.clone(), signs });
        self.diagram.boxes.len() - 1
    }

    /// Boxes in boxes, by how far their lines are to the right. Gives how many are in one another at most.
    fn tree(&mut self, lines: &[Line<'_>]) -> usize {
        // The boxes that the next line may be in, each with its indentation.
        let mut open: Vec<(usize, usize)> = Vec::new();
        let mut deepest = 0;
        for line in lines {
            if line.text.is_empty() {
                self.fault(line.number, "has no words", None);
                continue;
            }
            let mut left = None;
            while let Some((indent, _)) = open.last().filter(|(indent, _)| *indent >= line.indent) {
                left = Some(*indent);
                open.pop();
            }
            if left.is_some_and(|left| left != line.indent) {
                let help = Some("boxes of the same level begin at the same place".to_owned());
                self.fault(line.number, "begins where no line above it does", help);
            }
            let at = self.add(line, open.last().map(|(_, at)| *at));
            open.push((line.indent, at));
            deepest = deepest.max(open.len());
        }
        deepest
    }

    /// Boxes and arrows. Boxes with a line of their own are known before any arrow is read, so that their names may have
    /// a colon.
    fn flow(&mut self, lines: &[Line<'_>]) -> usize {
        for line in lines.iter().filter(|line| !line.text.contains("->")) {
            if line.text.is_empty() {
                self.fault(line.number, "has no words", None);
            } else if self.named(line.text).is_some() {
                self.fault(line.number, &format!("declares the box “{}” once more", line.text), None);
            } else {
                self.add(line, None);
            }
        }
        for line in lines.iter().filter(|line| line.text.contains("->")) {
            self.arrows(line);
        }
        1
    }

    fn named(&self, name: &str) -> Option<usize> {
        self.diagram.boxes.iter().position(|node| node.text == name)
    }

    /// `a -> b -> c: label`: the label is that of the last arrow.
    fn arrows(&mut self, line: &Line<'_>) {
        if !line.signs.is_empty() {
            let help = Some("give the box a line of its own, with its sign".to_owned());
            self.fault(line.number, "gives a sign to an arrow; only boxes have signs", help);
        }
        let mut names: Vec<&str> = line.text.split("->").map(str::trim).collect();
        let last = names.pop().unwrap_or_default();
        let (last, label) = self.labelled(last);
        names.push(last);
        if names.iter().any(|name| name.is_empty()) {
            return self.fault(line.number, "has an arrow without a box", Some("an arrow is `from -> to: label`".to_owned()));
        }
        let boxes: Vec<usize> = names.iter().map(|name| self.name(name)).collect();
        let arrows = boxes.len() - 1;
        for (at, pair) in boxes.windows(2).enumerate() {
            let is_last = at + 1 == arrows;
            let label = if is_last { label } else { "" };
            self.arrow(Arrow { from: pair[0], to: pair[1], label: label.to_owned(), record: line.record.clone().filter(|_| is_last) });
        }
    }

    /// The box of a name, which is added where it is new.
    fn name(&mut self, name: &str) -> usize {
        self.named(name).unwrap_or_else(|| {
            self.diagram.boxes.push(Node { text: name.to_owned(), parent: None, record: None, signs: Vec::new() });
            self.diagram.boxes.len() - 1
        })
    }

    /// Two arrows between the same boxes are one that says both.
    fn arrow(&mut self, arrow: Arrow) {
        let same = self.diagram.arrows.iter_mut().find(|one| one.from == arrow.from && one.to == arrow.to);
        let Some(same) = same else { return self.diagram.arrows.push(arrow) };
        if !arrow.label.is_empty() && same.label != arrow.label {
            let apart = if same.label.is_empty() { "" } else { "; " };
            same.label.push_str(&format!("{apart}{}", arrow.label));
        }
        same.record = same.record.take().or(arrow.record);
    }

    /// Parts the name of an arrow's last box from its label: after the name of a box that is known, or at the first colon.
    fn labelled<'t>(&self, text: &'t str) -> (&'t str, &'t str) {
        let colons = || text.match_indices(':').map(|(at, _)| at).filter(|at| text[at + 1..].starts_with(char::is_whitespace));
        let known = |name: &str| self.named(name.trim()).is_some();
        if known(text) {
            return (text, "");
        }
        let at = colons().find(|at| known(&text[..*at])).or_else(|| colons().next());
        let at = at.or_else(|| text.ends_with(':').then(|| text.len() - 1));
        at.map_or((text, ""), |at| (text[..at].trim(), text[at + 1..].trim()))
    }
}

/// Whether this may be the word of a sign; `#1` is a number and stays.
fn is_word(word: &str) -> bool {
    word.starts_with(char::is_alphabetic) && word.chars().all(|one| one.is_alphanumeric() || matches!(one, '-' | '_'))
}
