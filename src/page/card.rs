//! A card: one annotation with its texts, facts, sources and links.

use super::data::{Card, CardSource, Html, Link, NamedText};
use super::fill::{record_text, support, words_of};
use super::links::View;
use super::{figure, gallery};
use crate::briefing::{Briefing, QuotedAt, Step, Working};
use crate::kind::{Data, Fact, Kind, Record};
use crate::parse::{Body, escape};
use crate::text::{Diagnostics, Place, Span};

/// The card of a record, without its ways back.
pub(super) fn card(briefing: &Briefing, view: &View, number: usize) -> Card {
    let annotation = briefing.registry.get(number);
    let record = &annotation.record;
    let text = |body: &Body| Html(record_text(briefing, view, body));
    let mut texts: Vec<NamedText> =
        annotation.texts.iter().map(|(name, body)| NamedText { name: (*name).to_owned(), body: text(body) }).collect();
    texts.extend(annotation.note.as_deref().map(|body| NamedText { name: "Note".to_owned(), body: text(body) }));
    let about = match &record.data {
        Data::Note(note) => note.about.iter().filter_map(|about| other(briefing, view, &about.value, Kind::Claim)).collect(),
        _ => Vec::new(),
    };
    Card {
        kind: record.kind.info().name.to_owned(),
        id: record.id().to_owned(),
        anchor: if view.section.is_some() { format!("card-{}", record.anchor()) } else { record.anchor() },
        href: view.record(briefing, number),
        label: label(briefing, view, number),
        thumbnail: if view.section.is_some() { gallery::thumbnail(briefing, view, number) } else { None },
        body: annotation.main.as_deref().map(text),
        texts,
        facts: facts(briefing, record),
        working: briefing.derived.get(&number).map(|working| Html(worked_out(briefing, view, number, working))),
        sources: sources(briefing, view, number),
        see: record.common.see.iter().filter_map(|see| other(briefing, view, &see.value, record.kind)).collect(),
        about,
        carries: carries(briefing, view, number),
        support: support(&record.data).map(str::to_owned),
        links: links(briefing, view, number),
        back: Vec::new(),
    }
}

/// The facts of a record. That a source is in the briefing's own language goes without saying.
fn facts(briefing: &Briefing, record: &Record) -> Vec<Fact> {
    let own = matches!(&record.data, Data::Source(source) if source.language.as_deref() == Some(briefing.config.language.as_str()));
    let mut facts = record.data.named().facts();
    facts.retain(|fact| !(own && fact.name == "Language"));
    facts
}

/// What names a record at the head of its card.
fn label(briefing: &Briefing, view: &View, number: usize) -> Html {
    let annotation = briefing.registry.get(number);
    Html(match annotation.record.kind {
        Kind::Source => briefing.full_name(number),
        Kind::Figure => match briefing.figures.get(&number) {
            Some((figure, _)) => format!("Figure {figure}: {}", record_text(briefing, view, &annotation.label)),
            None => record_text(briefing, view, &annotation.label),
        },
        Kind::Note => crate::parse::escape(annotation.record.id()),
        _ => record_text(briefing, view, &annotation.label),
    })
}

fn sources(briefing: &Briefing, view: &View, number: usize) -> Vec<CardSource> {
    let record = &briefing.registry.get(number).record;
    let known = record
        .common
        .sources
        .iter()
        .enumerate()
        .filter_map(|(at, support)| Some((at, support, briefing.registry.find(Kind::Source, &support.id.value)?)));
    known
        .map(|(at, support, source)| {
            let language = match &briefing.registry.get(source).record.data {
                Data::Source(source) => source.language.clone().filter(|language| *language != briefing.config.language),
                _ => None,
            };
            CardSource {
                label: Html(briefing.short_name(source)),
                href: view.record(briefing, source),
                locator: support.locator.clone(),
                quote: support.quote.as_ref().map(|quote| quote.value.clone()),
                language: language.filter(|_| support.quote.is_some()),
                verified: briefing.quotations.verdicts.get(&QuotedAt::Record(number, at)).map(words_of),
            }
        })
        .collect()
}

/// A formula with its claims as links, and its result.
fn worked_out(briefing: &Briefing, view: &View, number: usize, working: &Working) -> String {
    let step = |step: &Step| match step {
        Step::Claim(number) => {
            let text = match &briefing.registry.get(*number).record.data {
                Data::Claim(claim) => claim.value_text().or_else(|| briefing.derived.get(number).map(|working| working.result.clone())),
                _ => None,
            };
            let id = briefing.registry.get(*number).record.id();
            let text = text.unwrap_or_else(|| id.to_owned());
            format!("<a href=\"{}\" title=\"{}\">{}</a>", view.record(briefing, *number), escape(id), escape(&text))
        }
        Step::Text(text) => escape(text),
    };
    let mut formula = String::new();
    let mut tight = true;
    for one in &working.steps {
        let sign = if let Step::Text(text) = one { text.as_str() } else { "" };
        // Brackets stand close to what they hold, and a function's name close to its bracket.
        if !(tight || matches!(sign, ")" | ",")) {
            formula.push(' ');
        }
        formula.push_str(&step(one));
        tight = sign == "(" || sign.starts_with(char::is_alphabetic);
    }
    // The claim's own value may be the result rounded, or a bound.
    let value = match &briefing.registry.get(number).record.data {
        Data::Claim(claim) => claim.value_text().filter(|value| *value != working.result),
        _ => None,
    };
    let given = value.map(|value| format!(", given as {}", escape(&value))).unwrap_or_default();
    format!("{formula} = {}{given}", escape(&working.result))
}

/// A link to another record that this one names. A claim is named by its id, which paper does not show.
fn other(briefing: &Briefing, view: &View, name: &str, kind: Kind) -> Option<Link> {
    let place = Place::new("", Span::default());
    // What is not there was reported when the briefing was indexed.
    let number = briefing.scope().named(name, kind, &place, &mut Diagnostics::default())?;
    let is_claim = briefing.registry.get(number).record.kind == Kind::Claim;
    (!view.print || !is_claim).then(|| link(briefing, view, number))
}

/// A link that names a record in few words: claims and notes by their ids, since their labels are sentences.
fn link(briefing: &Briefing, view: &View, number: usize) -> Link {
    let record = &briefing.registry.get(number).record;
    let text = match record.kind {
        Kind::Claim | Kind::Note => record.id().to_owned(),
        Kind::Figure => briefing.plain_name(&crate::briefing::Resolved::Record(number)),
        _ => record.data.named().label().to_owned(),
    };
    Link { href: view.record(briefing, number), text }
}

/// The records that name a source among theirs. On a section's page only the register tells them all, and on paper nobody
/// can follow their ids, while each of them names its sources there.
fn carries(briefing: &Briefing, view: &View, number: usize) -> Vec<Link> {
    if view.section.is_some() || view.print {
        return Vec::new();
    }
    briefing.carried.get(&number).into_iter().flatten().map(|other| link(briefing, view, *other)).collect()
}

fn links(briefing: &Briefing, view: &View, number: usize) -> Vec<Link> {
    // On paper an address is written out, and once is enough.
    let named = if view.print { briefing.full_name(number) } else { String::new() };
    let outside = |url: &Option<String>, text: &str| {
        let href = crate::parse::escape_href(url.as_ref().filter(|url| crate::parse::safe_url(url))?);
        (!named.contains(&href)).then(|| Link { href, text: text.to_owned() })
    };
    match &briefing.registry.get(number).record.data {
        Data::Source(source) => {
            [outside(&source.url, "Source"), outside(&source.archived, "Archived copy")].into_iter().flatten().collect()
        }
        Data::Figure(_) => {
            let place = briefing.figures.contains_key(&number).then(|| view.figure(briefing, number));
            let mut links: Vec<Link> = place.map(|href| Link { href, text: "In its place".to_owned() }).into_iter().collect();
            links.extend(figure::files(briefing, view, number));
            links
        }
        _ => Vec::new(),
    }
}
