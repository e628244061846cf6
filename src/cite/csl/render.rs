//! Rendering single sources.

use std::collections::BTreeMap;
use std::sync::Arc;

use hayagriva::citationberg::json::{Item, Value};
use hayagriva::citationberg::{IndependentStyle, Locale, LocaleCode, taxonomy};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChild, ElemMeta, LocatorPayload, Rendered, SpecificLocator,
};
use rayon::prelude::*;

use super::item::{self, Verbatim};
use super::prune::{self, Use};
use super::style::{Style, all_locales, locale_code};
use super::tree::{self, Parts};
use crate::cite::cluster::Mark;
use crate::cite::locator::Locator;
use crate::kind::Source;

/// An entry of the list before it is done.
#[derive(Debug, Default)]
pub(super) struct Proof {
    pub(super) label: Option<String>,
    pub(super) html: String,
}

/// A source, ready to be printed.
#[derive(Debug)]
struct Plate {
    item: Item,
    verbatim: Verbatim,
    locale: LocaleCode,
    lead: Option<(String, String)>,
    cut: Arc<Cut>,
    /// The place in the list, which is its number in a numeric style.
    place: usize,
}

/// A style cut down to one shape of source.
#[derive(Debug)]
struct Cut {
    marks: IndependentStyle,
    list: IndependentStyle,
}

/// A style with all that it prints.
#[derive(Debug)]
pub(super) struct Press {
    locales: Vec<Locale>,
    plates: Vec<Plate>,
}

impl Press {
    pub(super) fn new(style: &Style, language: &str, sources: &[(&str, &Source)]) -> Self {
        let chinese = style.is_chinese();
        let own = locale_code(language);
        let code_of = |source: &Source| match chinese {
            true if item::is_chinese(source) => "zh-CN",
            true => "en-US",
            false => own,
        };
        let made: Vec<(Item, Verbatim)> = sources.par_iter().map(|(id, source)| item::item(id, source, chinese)).collect();
        let cuts = cuts(style, &made);
        let plates = made.into_iter().zip(sources).enumerate().filter_map(|(place, ((item, verbatim), (_, source)))| {
            let cut = Arc::clone(cuts.get(&prune::shape(&item))?);
            let locale = LocaleCode(code_of(source).to_owned());
            Some(Plate { item, verbatim, locale, lead: item::lead(source), cut, place })
        });
        let used = [own, "en-US", "zh-CN"];
        let is_used = |locale: &&Locale| locale.lang.as_ref().is_some_and(|code| used.contains(&code.0.as_str()));
        Self { locales: all_locales().iter().filter(is_used).cloned().collect(), plates: plates.collect() }
    }

    /// Numbers the sources by their place in the list.
    pub(super) fn number(&mut self, rank: &[usize]) {
        for (plate, &place) in self.plates.iter_mut().zip(rank) {
            plate.place = place;
        }
    }

    /// The person who leads a source: the family name, and the given name.
    pub(super) fn lead(&self, source: usize) -> Option<&(String, String)> {
        self.plates[source].lead.as_ref()
    }

    /// The entry of a source in the list.
    pub(super) fn entry(&self, source: usize) -> Proof {
        let plate = &self.plates[source];
        let rendered = self.drive(plate, &plate.cut.list, &plate.cut.list, &[&plate.item], None);
        proof(rendered, &plate.verbatim)
    }

    /// The mark of a source, with its place in it.
    pub(super) fn mark(&self, source: usize, locator: Option<Locator<'_>>) -> Mark {
        let plate = &self.plates[source];
        let rendered = self.drive(plate, &plate.cut.marks, &plate.cut.marks, &[&plate.item], locator);
        mark(&rendered, &plate.verbatim)
    }

    /// The mark of a source with the leading name as given.
    pub(super) fn mark_by(&self, source: usize, lead: Option<&str>) -> Mark {
        let plate = &self.plates[source];
        let rendered = self.drive(plate, &plate.cut.marks, &plate.cut.marks, &[&plate.item], None);
        mark(&rendered, &plate.verbatim.led_by(lead))
    }

    /// The mark and the entry of a source as the first of two that are alike: where
    /// the style tells such apart by letters, they have the letter `a`.
    pub(super) fn first_of_two(&self, source: usize, lead: Option<&str>) -> (Mark, Proof) {
        let plate = &self.plates[source];
        let mut twin = plate.item.clone();
        twin.0.insert("id".to_owned(), Value::String(String::new()));
        let rendered = self.drive(plate, &plate.cut.marks, &plate.cut.list, &[&plate.item, &twin], None);
        (mark(&rendered, &plate.verbatim.led_by(lead)), proof(rendered, &plate.verbatim))
    }

    fn drive(
        &self,
        plate: &Plate,
        marks: &IndependentStyle,
        list: &IndependentStyle,
        items: &[&Item],
        locator: Option<Locator<'_>>,
    ) -> Rendered {
        let mut driver = BibliographyDriver::new().with_citation_number_offset(plate.place);
        for &item in items {
            let locator = locator.and_then(|Locator { label, value }| {
                let label: taxonomy::Locator = label.parse().ok()?;
                Some(SpecificLocator(label, LocatorPayload::Str(value)))
            });
            let items = vec![CitationItem::with_locator(item, locator)];
            driver.citation(CitationRequest::new(items, marks, Some(plate.locale.clone()), &self.locales, Some(1)));
        }
        driver.finish(BibliographyRequest::new(list, Some(plate.locale.clone()), &self.locales))
    }
}

/// A cut of the style for each shape of source.
fn cuts(style: &Style, items: &[(Item, Verbatim)]) -> BTreeMap<String, Arc<Cut>> {
    let shapes: BTreeMap<String, &Item> = items.iter().map(|(item, _)| (prune::shape(item), item)).collect();
    let cut = |(shape, item): (String, &Item)| {
        let marks = prune::prune(&style.csl, item, Use::Mark);
        let list = prune::prune(&style.csl, item, Use::List);
        (shape, Arc::new(Cut { marks, list }))
    };
    shapes.into_par_iter().map(cut).collect()
}

/// The first mark of a rendering, without the brackets around it.
fn mark(rendered: &Rendered, verbatim: &Verbatim) -> Mark {
    let entry = rendered.citations.first().and_then(|first| {
        first.citation.0.iter().find_map(|child| match child {
            ElemChild::Elem(elem) if matches!(elem.meta, Some(ElemMeta::Entry(_))) => Some(&elem.children),
            _ => None,
        })
    });
    let html = |parts| entry.map(|entry| tree::html(entry, verbatim, parts)).unwrap_or_default();
    Mark { full: html(Parts::Full), rest: html(Parts::Rest), names: html(Parts::Names) }
}

/// The first entry of a rendering.
fn proof(rendered: Rendered, verbatim: &Verbatim) -> Proof {
    let entry = rendered.bibliography.and_then(|list| list.items.into_iter().next());
    let Some(entry) = entry else { return Proof::default() };
    let mut content = entry.content;
    let mut label = None;
    match entry.first_field {
        Some(first) if tree::is_label(&first) => label = Some(tree::child_html(first, verbatim)),
        Some(first) => content.0.insert(0, first),
        None => {}
    }
    Proof { label, html: tree::html(&content, verbatim, Parts::Full) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cite::golden::records;

    /// The style as it is, in the two parts in which it is used.
    fn whole(style: &Style) -> Cut {
        let mut marks = IndependentStyle::clone(&style.csl);
        let mut list = marks.clone();
        marks.bibliography = None;
        list.citation.layout.elements.clear();
        Cut { marks, list }
    }

    #[test]
    fn a_style_cut_down_prints_the_same() {
        let records = records();
        let sources: Vec<(&str, &Source)> = records.iter().map(|(id, source)| (*id, source)).collect();
        for name in crate::cite::names() {
            let style = Style::find(name).expect("the style is in the archive");
            let cut = Press::new(&style, "en", &sources);
            let mut full = Press::new(&style, "en", &sources);
            let whole = Arc::new(whole(&style));
            full.plates.iter_mut().for_each(|plate| plate.cut = Arc::clone(&whole));
            for (source, (id, _)) in sources.iter().enumerate() {
                assert_eq!(cut.entry(source).html, full.entry(source).html, "{name} {id}");
                for locator in [None, Locator::parse("pp. 3-4"), Locator::parse("table 2")] {
                    assert_eq!(cut.mark(source, locator), full.mark(source, locator), "{name} {id}");
                }
            }
        }
    }
}
