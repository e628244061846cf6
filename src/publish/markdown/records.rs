//! Records in Markdown: the registers as lists, and figures.

use super::{View, bracketed};
use crate::draw::Content;
use crate::kind::{Data, Kind};
use crate::page;

impl View<'_> {
    /// All records of a kind.
    pub(super) fn register(&self, kind: Kind) -> String {
        let briefing = &self.desk.briefing;
        let intro = kind.info().intro;
        let line = |number: usize| match kind {
            Kind::Source => self.source(number),
            _ => self.entry(number),
        };
        let lines: String = briefing.registry.of(kind).map(line).collect();
        format!("{intro}\n\n{lines}")
    }

    /// A source as the citation style writes it.
    pub(super) fn source(&self, number: usize) -> String {
        let briefing = &self.desk.briefing;
        let name = page::words(&briefing.full_name(number));
        format!("- {} ([{}]({}))\n", name, bracketed(briefing.registry.get(number).record.id()), self.record(number))
    }

    /// A record with its facts, on one line.
    fn entry(&self, number: usize) -> String {
        let briefing = &self.desk.briefing;
        let annotation = briefing.registry.get(number);
        let record = &annotation.record;
        let label = match (record.kind, briefing.figures.get(&number)) {
            (Kind::Figure, Some((figure, _))) => format!("Figure {figure}: {}", page::plain(briefing, &annotation.label)),
            (Kind::Note, _) => record.id().to_owned(),
            _ => page::plain(briefing, &annotation.label),
        };
        let mut out = format!("- [{}]({})", bracketed(&label), self.record(number));
        if let Some(body) = &annotation.main {
            out.push_str(&format!(": {}", one_line(&page::plain(briefing, body))));
        }
        for fact in record.data.named().facts() {
            out.push_str(&format!(" {}: {}.", fact.name, one_line(&fact.text).trim_end_matches('.')));
        }
        for (name, body) in &annotation.texts {
            out.push_str(&format!(" {name}: {}", one_line(&page::plain(briefing, body))));
        }
        out + "\n"
    }

    /// A figure where the text places it: its title, its picture, its caption, its data.
    pub(super) fn placed(&self, number: usize) -> String {
        let briefing = &self.desk.briefing;
        let title = page::plain(briefing, &briefing.registry.get(number).label);
        let label = briefing.figures.get(&number).map(|(figure, _)| format!("Figure {figure}: ")).unwrap_or_default();
        format!("**[{label}{}]({})**\n\n{}", bracketed(&title), self.record(number), self.figure(number).trim_end())
    }

    /// What a figure shows.
    pub(super) fn figure(&self, number: usize) -> String {
        let briefing = &self.desk.briefing;
        let annotation = briefing.registry.get(number);
        let Data::Figure(figure) = &annotation.record.data else { return String::new() };
        let mut out = String::new();
        if let Some(drawing) = briefing.drawings.get(&number) {
            let forms = page::figure_forms(drawing);
            let picture = match &drawing.content {
                Content::Picture { path, .. } => Some(path.clone()),
                _ => forms.contains(&"svg").then(|| page::figure_file(briefing, number, "svg")),
            };
            if let Some(path) = picture {
                let alt = figure.alt.clone().unwrap_or_else(|| page::plain(briefing, &annotation.label));
                out.push_str(&format!("![{}]({})\n\n", bracketed(&alt), self.to(&path)));
            }
            if forms.contains(&"csv") {
                out.push_str(&format!("{}\n\n", self.link("The data as CSV", &page::figure_file(briefing, number, "csv"))));
            }
        }
        if let Some(caption) = &annotation.main {
            out.push_str(&format!("{}\n\n", one_line(&page::plain(briefing, caption))));
        }
        out
    }

    /// The log of corrections.
    pub(super) fn corrections(&self) -> String {
        let briefing = &self.desk.briefing;
        let mut lines: Vec<(String, String)> = Vec::new();
        for (number, section) in briefing.sections.iter().enumerate() {
            let logged = page::corrections(briefing, number);
            for (entry, correction) in logged.iter().zip(&section.body.corrections) {
                let place = format!("{}#{}", briefing.addresses.pages[number], correction.anchor);
                let text = one_line(&page::words(&entry.body.0));
                lines.push((entry.date.iso.clone(), format!("- {}: {} {text}\n", entry.date.iso, self.link(&section.title, &place))));
            }
        }
        lines.sort_by(|a, b| b.0.cmp(&a.0));
        if lines.is_empty() { "Nothing was corrected.\n".to_owned() } else { lines.into_iter().map(|(_, line)| line).collect() }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
