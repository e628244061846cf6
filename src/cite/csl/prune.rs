//! A style cut down to what it can print for one shape of source.
//!
//! Styles hold a case for every type of source and for every field, and hayagriva
//! tries them all for each source, some parts many times over. A test on a type, or
//! on a field that is absent, is decided here, once for all sources with the same
//! type and fields. What is not certain stays as it is.

use std::collections::BTreeMap;

use hayagriva::citationberg::json::Item;
use hayagriva::citationberg::taxonomy::{Kind, NumberVariable, StandardVariable, Variable};
use hayagriva::citationberg::{
    Choose, ChooseBranch, ChooseMatch, CslMacro, ElseBranch, IndependentStyle, LayoutRenderingElement as Element, Names, NamesChild,
    TestPosition, TextTarget,
};

/// What a style is to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// Marks, each as the first of its source.
    Mark,
    /// Entries of the list.
    List,
}

/// What decides which parts of a style an item needs: its type and its fields.
pub(super) fn shape(item: &Item) -> String {
    let mut shape = item.type_().unwrap_or_default().into_owned();
    for field in item.0.keys() {
        shape.push(' ');
        shape.push_str(field);
    }
    shape
}

/// A style that prints the same as `style` for any item of the same shape.
pub(super) fn prune(style: &IndependentStyle, item: &Item, purpose: Use) -> IndependentStyle {
    let macros = style.macros.iter().map(|m| (m.name.as_str(), m.children.as_slice())).collect();
    let kind = item.type_().and_then(|kind| kind.parse().ok());
    let mut pruner = Pruner { item, kind, purpose, macros, done: BTreeMap::new() };
    let mut cut = style.clone();
    cut.citation.sort = None;
    // The brackets stand around a whole cluster.
    cut.citation.layout.prefix = None;
    cut.citation.layout.suffix = None;
    // Each mark is the first of its source.
    for options in [&mut cut.settings.options, &mut cut.citation.name_options] {
        options.et_al_subsequent_min = None;
        options.et_al_subsequent_use_first = None;
    }
    match (purpose, &mut cut.bibliography) {
        (Use::Mark, list) => {
            *list = None;
            cut.citation.layout.elements = pruner.twigs(&style.citation.layout.elements).elements;
        }
        (Use::List, Some(list)) => {
            cut.citation.layout.elements.clear();
            list.sort = None;
            let whole = style.bibliography.as_ref().map_or(&[][..], |list| &list.layout.elements);
            list.layout.elements = pruner.twigs(whole).elements;
        }
        (Use::List, None) => {}
    }
    cut.macros = pruner.done.into_iter().map(|(name, twigs)| CslMacro { name: name.to_owned(), children: twigs.elements }).collect();
    cut
}

struct Pruner<'a> {
    item: &'a Item,
    kind: Option<Kind>,
    purpose: Use,
    macros: BTreeMap<&'a str, &'a [Element]>,
    done: BTreeMap<&'a str, Twigs>,
}

/// What is left of a list of elements.
#[derive(Default, Clone)]
struct Twigs {
    elements: Vec<Element>,
    /// Whether one of them may print something.
    live: bool,
    /// Whether one of them may print a field of the item.
    filled: bool,
    /// One that prints an absent field: a group with such a one, and with no
    /// other field, prints nothing.
    empty: Option<Element>,
}

/// What is left of one element.
enum Twig {
    /// An element that may print something; `filled` as in [`Twigs`].
    Live { element: Element, filled: bool },
    /// An element that prints an absent field.
    Empty(Element),
    /// Nothing at all.
    Gone,
}

impl Twigs {
    /// Whether a group or macro of these prints nothing.
    fn is_dead(&self) -> bool {
        !self.live || (!self.filled && self.empty.is_some())
    }

    fn dead(self) -> Twig {
        self.empty.map_or(Twig::Gone, Twig::Empty)
    }
}

impl<'a> Pruner<'a> {
    fn twigs(&mut self, elements: &'a [Element]) -> Twigs {
        let mut twigs = Twigs::default();
        for element in elements {
            match self.twig(element) {
                Twig::Live { element, filled } => {
                    twigs.live = true;
                    twigs.filled |= filled;
                    twigs.elements.push(element);
                }
                Twig::Empty(element) if twigs.empty.is_none() => {
                    twigs.elements.push(element.clone());
                    twigs.empty = Some(element);
                }
                Twig::Empty(_) | Twig::Gone => {}
            }
        }
        twigs
    }

    fn twig(&mut self, element: &'a Element) -> Twig {
        let leaf = |may| {
            let element = element.clone();
            if may { Twig::Live { element, filled: true } } else { Twig::Empty(element) }
        };
        match element {
            Element::Text(text) => match &text.target {
                TextTarget::Variable { var, .. } => leaf(self.may_have(*var)),
                TextTarget::Macro { name } => {
                    let twigs = self.of_macro(name);
                    if twigs.is_dead() {
                        return twigs.dead();
                    }
                    // A macro that prints anything counts as a field of its group.
                    Twig::Live { element: element.clone(), filled: true }
                }
                _ => Twig::Live { element: element.clone(), filled: false },
            },
            Element::Date(date) => leaf(date.variable.is_none_or(|var| self.may_have(var.into()))),
            Element::Number(number) => leaf(self.may_have(number.variable.into())),
            Element::Label(label) if self.may_have(label.variable.into()) => Twig::Live { element: element.clone(), filled: false },
            Element::Label(_) => Twig::Gone,
            Element::Names(names) => self.names(names),
            Element::Group(group) => {
                let twigs = self.twigs(&group.children);
                if twigs.is_dead() {
                    return twigs.dead();
                }
                let mut group = group.clone();
                group.children = twigs.elements;
                Twig::Live { element: Element::Group(group), filled: true }
            }
            Element::Choose(choose) => self.choose(choose),
        }
    }

    fn names(&mut self, whole: &'a Names) -> Twig {
        let mut names = whole.clone();
        names.et_al_subsequent_min = None;
        names.et_al_subsequent_use_first = None;
        let mut live = names.variable.iter().any(|&var| self.may_have(var.into()));
        if let Some(substitute) = whole.substitute() {
            let twigs = self.twigs(&substitute.children);
            // An absent name hides a group only where its substitutes do.
            if !live && !twigs.live {
                return twigs.dead();
            }
            live = true;
            for child in &mut names.children {
                if let NamesChild::Substitute(substitute) = child {
                    substitute.children.clone_from(&twigs.elements);
                }
            }
        }
        Twig::Live { element: Element::Names(names), filled: true }.live_if(live)
    }

    fn of_macro(&mut self, name: &str) -> Twigs {
        let Some((&name, &children)) = self.macros.get_key_value(name) else { return Twigs::default() };
        if let Some(twigs) = self.done.get(name) {
            return twigs.clone();
        }
        let twigs = self.twigs(children);
        self.done.insert(name, twigs.clone());
        twigs
    }

    fn choose(&mut self, choose: &'a Choose) -> Twig {
        let mut branches: Vec<ChooseBranch> = Vec::new();
        let mut otherwise = choose.otherwise.as_ref().map(|branch| branch.children.as_slice());
        let mut all = Twigs::default();
        for branch in choose.branches() {
            match self.holds(branch) {
                Some(false) => {}
                Some(true) => {
                    otherwise = Some(&branch.children);
                    break;
                }
                None => {
                    let twigs = self.twigs(&branch.children);
                    all.live |= twigs.live;
                    all.filled |= twigs.filled;
                    all.empty = all.empty.or(twigs.empty);
                    branches.push(ChooseBranch { children: twigs.elements, ..branch.clone() });
                }
            }
        }
        let rest = otherwise.map(|children| self.twigs(children)).unwrap_or_default();
        if branches.is_empty() {
            if !rest.live {
                return rest.dead();
            }
            // A branch without a test holds always.
            let filled = rest.filled;
            let choose = Choose { if_: always(rest.elements), else_if: Vec::new(), otherwise: None };
            return Twig::Live { element: Element::Choose(choose), filled };
        }
        let filled = all.filled || rest.filled;
        let live = all.live || rest.live || all.empty.is_some() || rest.empty.is_some();
        let choose = Choose { if_: branches.remove(0), else_if: branches, otherwise: Some(ElseBranch { children: rest.elements }) };
        Twig::Live { element: Element::Choose(choose), filled }.live_if(live)
    }

    /// Whether a branch holds; none where that depends on more than the shape.
    fn holds(&self, branch: &ChooseBranch) -> Option<bool> {
        let tests = self.tests(branch);
        let any = |value: bool| tests.contains(&Some(value));
        let known = !tests.contains(&None);
        match branch.match_ {
            ChooseMatch::All if any(false) => Some(false),
            ChooseMatch::Any if any(true) => Some(true),
            ChooseMatch::None if any(true) => Some(false),
            ChooseMatch::All | ChooseMatch::None => known.then_some(true),
            ChooseMatch::Any => known.then_some(false),
        }
    }

    fn tests(&self, branch: &ChooseBranch) -> Vec<Option<bool>> {
        let mut tests = Vec::new();
        tests.extend(branch.disambiguate.map(|_| None));
        let has = |var: &Variable| if self.may_have(*var) { None } else { Some(false) };
        tests.extend(branch.is_numeric.iter().flatten().map(has));
        tests.extend(branch.is_uncertain_date.iter().flatten().map(|_| Some(false)));
        let locator = if self.purpose == Use::Mark { None } else { Some(false) };
        tests.extend(branch.locator.iter().flatten().map(|_| locator));
        if self.purpose == Use::Mark {
            let first = |position: &TestPosition| Some(*position == TestPosition::First);
            tests.extend(branch.position.iter().flatten().map(first));
        }
        tests.extend(branch.type_.iter().flatten().map(|kind| Some(Some(*kind) == self.kind)));
        tests.extend(branch.variable.iter().flatten().map(has));
        tests
    }

    /// Whether a variable may have a value for the item.
    fn may_have(&self, variable: Variable) -> bool {
        let field = match variable {
            Variable::Number(NumberVariable::Locator) => return self.purpose == Use::Mark,
            Variable::Number(NumberVariable::CitationNumber | NumberVariable::FirstReferenceNoteNumber)
            | Variable::Standard(StandardVariable::YearSuffix) => return true,
            Variable::Number(NumberVariable::PageFirst) => "page".to_owned(),
            Variable::Standard(StandardVariable::TitleShort) => "title".to_owned(),
            Variable::Standard(variable) => variable.to_string(),
            Variable::Number(variable) => variable.to_string(),
            Variable::Page(variable) => variable.to_string(),
            Variable::Date(variable) => variable.to_string(),
            Variable::Name(variable) => variable.to_string(),
        };
        self.item.0.contains_key(&field)
    }
}

impl Twig {
    fn live_if(self, live: bool) -> Self {
        if live { self } else { Self::Gone }
    }
}

fn always(children: Vec<Element>) -> ChooseBranch {
    ChooseBranch {
        disambiguate: None,
        is_numeric: None,
        is_uncertain_date: None,
        locator: None,
        position: None,
        type_: None,
        variable: None,
        match_: ChooseMatch::All,
        children,
    }
}
