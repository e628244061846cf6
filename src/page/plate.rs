//! A figure's own page: the figure at full size, its files, how to cite it, where it is used, what was changed in it.

use super::data::{Date, FigureChange, FigurePage, Html, Link};
use super::fill::record_text;
use super::links::View;
use super::{Shape, citation, figure, register, section};
use crate::briefing::Briefing;
use crate::kind::{Data, Kind};
use crate::parse::Body;
use crate::text::WrittenDate;

/// The data of a figure's page.
pub(super) fn plate(briefing: &Briefing, number: usize) -> FigurePage {
    let view = View::of_figure();
    let annotation = briefing.registry.get(number);
    let order = register::ordered(briefing, Kind::Figure);
    let at = order.iter().position(|other| *other == number).unwrap_or_default();
    let neighbour = |at: Option<usize>| {
        let other = *order.get(at?)?;
        Some(Link { href: view.record(briefing, other), text: title(briefing, other) })
    };
    let info = Kind::Figure.info();
    FigurePage {
        id: annotation.record.id().to_owned(),
        number: briefing.figures.get(&number).map(|(figure, _)| *figure),
        word: figure::word(briefing, number).to_owned(),
        title: Html(record_text(briefing, &view, &annotation.label)),
        body: Html(figure::alone(briefing, &view, number)),
        files: figure::files(briefing, &view, number),
        citation: citation::citation(briefing, Shape::Figure(number)),
        section: place(briefing, &view, number),
        uses: register::uses(briefing, &view, number),
        changes: changes(briefing, number),
        parents: vec![Link { href: format!("{}{}/index.html", view.root, info.folder), text: info.title.to_owned() }],
        previous: neighbour(at.checked_sub(1)),
        next: neighbour(at.checked_add(1)),
    }
}

/// What names a figure in one line of plain text.
pub(super) fn title(briefing: &Briefing, number: usize) -> String {
    let title = words(&record_text(briefing, &View::of_figure(), &briefing.registry.get(number).label));
    match briefing.figures.get(&number) {
        Some((figure, _)) => format!("Figure {figure}: {title}"),
        None => title,
    }
}

/// A text of a record in words alone.
pub(crate) fn plain(briefing: &Briefing, body: &Body) -> String {
    words(&record_text(briefing, &View::of_register(), body))
}

/// The words of HTML that this program wrote.
pub(crate) fn words(html: &str) -> String {
    let pieces = html.split('<').enumerate();
    let text: String = pieces.map(|(at, piece)| if at == 0 { piece } else { piece.split_once('>').map_or("", |(_, text)| text) }).collect();
    let signs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&amp;", "&")];
    signs.iter().fold(text, |text, (written, sign)| text.replace(written, sign)).trim().to_owned()
}

/// One sentence about a figure: the beginning of its caption, or what it is.
pub(super) fn summary(briefing: &Briefing, number: usize) -> String {
    // Without its holes: a citation says little to who has not seen the page.
    let caption = briefing.registry.get(number).main.as_ref().map(|caption| words(&caption.main.html));
    caption
        .map(|text| section::beginning(&text))
        .filter(|text| !text.is_empty())
        .unwrap_or_else(|| format!("{}, a {} of {}.", title(briefing, number), figure::word(briefing, number), briefing.config.title))
}

/// The section that places a figure, at its place.
pub(super) fn place(briefing: &Briefing, view: &View, number: usize) -> Option<Link> {
    let (_, section) = briefing.figures.get(&number)?;
    Some(Link { href: view.figure(briefing, number), text: briefing.sections[*section].title.clone() })
}

/// What was changed in a figure, the latest first.
pub(super) fn changes(briefing: &Briefing, number: usize) -> Vec<FigureChange> {
    let Data::Figure(figure) = &briefing.registry.get(number).record.data else { return Vec::new() };
    let change = |change: &crate::kind::Change| {
        let iso = change.date.value.clone();
        let text = WrittenDate::read(&iso).map_or_else(|| iso.clone(), WrittenDate::long);
        FigureChange { date: Date { iso, text }, text: change.text.clone() }
    };
    let mut changes: Vec<FigureChange> = figure.changes.iter().map(change).collect();
    changes.sort_by(|a, b| b.date.iso.cmp(&a.date.iso));
    changes
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_are_without_tags_and_entities() {
        assert_eq!(super::words("<em>a &lt; b</em> &amp;lt; <a href=\"x\">c&#39;s</a>\n"), "a < b &lt; c's");
    }
}
