//! Rendering single sources.

use std::collections::BTreeMap;
use std::sync::Arc;

use hayagriva::citationberg::json::{Item, Value};
use hayagriva::citationberg::{IndependentStyle, Locale, LocaleCode, taxonomy};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChild, ElemChildren, ElemMeta, LocatorPayload, Rendered,
    SpecificLocator, standalone_citation,
};
use rayon::prelude::*;

use super::item::{self, Packed, Verbatim};
use super::prune::{self, Use};
use super::style::{Style, locale_code, locales};
use super::tree::{self, Parts, Print};
use crate::cite::cluster::Mark;
use crate::cite::locator::Locator;
use crate::kind::Source;

/// An entry of the list before it is done.
#[derive(Debug, Default)]
pub(super) struct Proof {
    pub(super) label: Option<String>,
    pub(super) entry: Print,
}

/// A mark before it is done.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) full: Print,
    pub(super) rest: Print,
    pub(super) names: String,
}

impl Draft {
    /// The mark as it stands.
    pub(super) fn mark(&self) -> Mark {
        Mark { full: self.full.html.clone(), rest: self.rest.html.clone(), names: self.names.clone() }
    }
}

/// A source, ready to be printed.
#[derive(Debug)]
struct Plate {
    packed: Packed,
    verbatim: Verbatim,
    lead: Option<(String, String)>,
    /// Which of the cuts of the style prints it.
    cut: usize,
    /// The place in the list, which is its number in a numeric style.
    place: usize,
}

/// What tells a cut of a style from others: the shape of the sources that it prints, and their locale.
type Key<'l> = (String, &'l str);

/// A style cut down to one shape of source, with the locale that it is printed in.
#[derive(Debug)]
pub(super) struct Cut {
    marks: IndependentStyle,
    list: IndependentStyle,
    locale: LocaleCode,
}

/// A style with all that it prints.
#[derive(Debug)]
pub(super) struct Press {
    locales: Arc<Vec<Locale>>,
    plates: Vec<Plate>,
    cuts: Vec<Arc<Cut>>,
    /// Whether a mark depends on nothing but its source.
    alone: bool,
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
        let made = sources.par_iter().map(|(id, source)| {
            let (packed, verbatim) = item::item(id, source, chinese);
            ((prune::shape(&packed.item()), code_of(source)), packed, verbatim)
        });
        let made: Vec<(Key<'_>, Packed, Verbatim)> = made.collect();
        let mut known = BTreeMap::new();
        let mut models = Vec::new();
        let mut plates = Vec::with_capacity(made.len());
        for (place, ((key, packed, verbatim), (_, source))) in made.into_iter().zip(sources).enumerate() {
            let code = key.1;
            let cut = *known.entry(key).or_insert_with(|| {
                models.push((place, code));
                models.len() - 1
            });
            plates.push(Plate { packed, verbatim, lead: item::lead(source), cut, place });
        }
        let cuts = models.into_par_iter().map(|(model, code)| Arc::new(Cut::new(style, &plates[model].packed.item(), code))).collect();
        let locales = Arc::new(locales(&[own, "en-US", "zh-CN"]));
        Self { locales, plates, cuts, alone: style.marks_stand_alone() }
    }

    /// A press for one source that is in no list, with a cut of the style that fits it.
    pub(super) fn single(source: &Source, (packed, verbatim): (Packed, Verbatim), cut: Arc<Cut>, locales: Arc<Vec<Locale>>) -> Self {
        let plate = Plate { packed, verbatim, lead: item::lead(source), cut: 0, place: 0 };
        Self { locales, plates: vec![plate], cuts: vec![cut], alone: false }
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

    /// Which cut of the style prints a source. Sources with the same one have the same type and fields.
    pub(super) fn cut(&self, source: usize) -> usize {
        self.plates[source].cut
    }

    /// The entry of a source in the list.
    pub(super) fn entry(&self, source: usize) -> Proof {
        let plate = &self.plates[source];
        let list = &self.cuts[plate.cut].list;
        proof(self.drive(plate, list, list, &[&plate.packed.item()], None), &plate.verbatim)
    }

    /// The mark of a source, with its place in it, and with the leading name as given.
    pub(super) fn draft(&self, source: usize, locator: Option<Locator<'_>>, lead: Option<&str>) -> Draft {
        let plate = &self.plates[source];
        let verbatim = plate.verbatim.led_by(lead);
        let (marks, item) = (&self.cuts[plate.cut].marks, plate.packed.item());
        if self.alone {
            return draft(&standalone_citation(self.request(plate, marks, &item, locator)), &verbatim);
        }
        first_draft(&self.drive(plate, marks, marks, &[&item], locator), &verbatim)
    }

    /// The mark and the entry of a source as the first of two that are alike: where
    /// the style tells such apart by letters, they have the letter `a`.
    pub(super) fn first_of_two(&self, source: usize, lead: Option<&str>) -> (Draft, Proof) {
        let plate = &self.plates[source];
        let item = plate.packed.item();
        let mut twin = item.clone();
        twin.0.insert("id".to_owned(), Value::String(String::new()));
        let Cut { marks, list, .. } = self.cuts[plate.cut].as_ref();
        let rendered = self.drive(plate, marks, list, &[&item, &twin], None);
        (first_draft(&rendered, &plate.verbatim.led_by(lead)), proof(rendered, &plate.verbatim))
    }

    /// Prints items together: their marks in one style, and their entries in another.
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
            driver.citation(self.request(plate, marks, item, locator));
        }
        let locale = self.cuts[plate.cut].locale.clone();
        driver.finish(BibliographyRequest::new(list, Some(locale), &self.locales))
    }

    fn request<'a>(
        &'a self,
        plate: &Plate,
        marks: &'a IndependentStyle,
        item: &'a Item,
        locator: Option<Locator<'a>>,
    ) -> CitationRequest<'a, Item> {
        let locator = locator.and_then(|Locator { label, value }| {
            let label: taxonomy::Locator = label.parse().ok()?;
            Some(SpecificLocator(label, LocatorPayload::Str(value)))
        });
        let locale = self.cuts[plate.cut].locale.clone();
        CitationRequest::new(vec![CitationItem::with_locator(item, locator)], marks, Some(locale), &self.locales, Some(1))
    }
}

impl Cut {
    pub(super) fn new(style: &Style, item: &Item, locale: &str) -> Self {
        Self {
            marks: prune::prune(&style.csl, item, Use::Mark),
            list: prune::prune(&style.csl, item, Use::List),
            locale: LocaleCode(locale.to_owned()),
        }
    }
}

/// The first mark of a rendering, without the brackets around it.
fn first_draft(rendered: &Rendered, verbatim: &Verbatim) -> Draft {
    let entry = rendered.citations.first().and_then(|first| {
        first.citation.0.iter().find_map(|child| match child {
            ElemChild::Elem(elem) if matches!(elem.meta, Some(ElemMeta::Entry(_))) => Some(&elem.children),
            _ => None,
        })
    });
    entry.map(|entry| draft(entry, verbatim)).unwrap_or_default()
}

fn draft(tree: &ElemChildren, verbatim: &Verbatim) -> Draft {
    let print = |parts| tree::print(tree, verbatim, parts);
    Draft { full: print(Parts::Full), rest: print(Parts::Rest), names: print(Parts::Names).html }
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
    Proof { label, entry: tree::print(&content, verbatim, Parts::Full) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cite::golden::{crowd, records};

    /// The style as it is, in the two parts in which it is used.
    fn whole(style: &Style) -> Cut {
        let mut marks = IndependentStyle::clone(&style.csl);
        let mut list = marks.clone();
        marks.bibliography = None;
        list.citation.layout.elements.clear();
        Cut { marks, list, locale: LocaleCode(locale_code("en").to_owned()) }
    }

    #[test]
    fn a_style_cut_down_prints_the_same() {
        let mut records = records();
        records.push(("crowd", crowd()));
        let sources: Vec<(&str, &Source)> = records.iter().map(|(id, source)| (*id, source)).collect();
        for name in crate::cite::names() {
            let style = Style::find(name).expect("the style is in the archive");
            let cut = Press::new(&style, "en", &sources);
            let mut full = Press::new(&style, "en", &sources);
            full.alone = false;
            for cut in &mut full.cuts {
                *cut = Arc::new(Cut { locale: cut.locale.clone(), ..whole(&style) });
            }
            for (source, (id, _)) in sources.iter().enumerate() {
                assert_eq!(cut.entry(source).entry, full.entry(source).entry, "{name} {id}");
                for locator in [None, Locator::parse("pp. 3-4"), Locator::parse("table 2")] {
                    assert_eq!(cut.draft(source, locator, None).mark(), full.draft(source, locator, None).mark(), "{name} {id}");
                }
            }
        }
    }
}
