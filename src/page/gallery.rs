//! The index of figures: each with a small picture, in groups by the sections that place them.

use super::data::{Choice, FigureItem, Filter, Html, Thumbnail};
use super::fill::record_text;
use super::links::{View, section_anchor};
use super::{figure, plate};
use crate::briefing::Briefing;
use crate::draw::Content;

/// The sorts of figures, in the order in which they are told apart for readers.
const WORDS: [&str; 5] = ["chart", "table", "timeline", "diagram", "picture"];

/// What the index shows of a figure.
pub(super) fn item(briefing: &Briefing, view: &View, number: usize) -> FigureItem {
    FigureItem {
        word: figure::word(briefing, number).to_owned(),
        title: Html(record_text(briefing, view, &briefing.registry.get(number).label)),
        thumbnail: thumbnail(briefing, view, number),
        section: plate::place(briefing, view, number),
        uses: briefing.uses[number].len(),
    }
}

/// The group of a figure: the section that places it, with its anchor.
pub(super) fn group(briefing: &Briefing, number: usize) -> (String, String) {
    match briefing.figures.get(&number) {
        Some((_, section)) => (briefing.sections[*section].title.clone(), section_anchor(briefing, *section)),
        None => ("Not placed in a section".to_owned(), "unplaced".to_owned()),
    }
}

/// The sorts of figures that there are.
pub(super) fn filters(briefing: &Briefing, records: &[usize]) -> Vec<Filter> {
    let choice = |word: &str| Choice {
        word: word.to_owned(),
        text: capitalised(word),
        meaning: None,
        count: records.iter().filter(|number| figure::word(briefing, **number) == word).count(),
    };
    let choices = WORDS.iter().map(|word| choice(word)).filter(|choice| choice.count > 0).collect();
    vec![Filter { name: "kind".to_owned(), title: "Kind".to_owned(), choices }]
}

/// A word as it begins a line.
pub(super) fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A figure in small, where there is anything to show.
pub(super) fn thumbnail(briefing: &Briefing, view: &View, number: usize) -> Option<Thumbnail> {
    match &briefing.drawings.get(&number)?.content {
        Content::Picture { path, size, .. } => Some(Thumbnail {
            href: view.asset(light_file(briefing, path)),
            width: size.as_ref().map(|size| size.width),
            height: size.as_ref().map(|size| size.height),
        }),
        Content::Table(drawn) | Content::Drawn(drawn) => {
            let [width, height] = drawn.canvases.first().map(|canvas| [canvas.width, canvas.height].map(whole))?;
            let href = view.asset(&figure::small_file(briefing, number));
            Some(Thumbnail { href, width: Some(width), height: Some(height) })
        }
    }
}

/// The lightest file of a picture that is wide enough for a small one.
fn light_file<'b>(briefing: &'b Briefing, path: &'b str) -> &'b str {
    const ENOUGH: u32 = 400;
    let webp = briefing.pictures.get(path).and_then(|picture| picture.sources.iter().find(|source| source.media_type == "image/webp"));
    webp.and_then(|source| source.files.iter().find(|(width, _)| *width >= ENOUGH)).map_or(path, |(_, file)| file)
}

/// Pixels, of which a picture has no halves.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast of a float stops at the ends of the type")]
fn whole(length: f64) -> u32 {
    length.round() as u32
}
