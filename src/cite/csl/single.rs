//! Entries of things that are in no list of sources: each as if there were no other.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use hayagriva::citationberg::Locale;

use super::item;
use super::prune;
use super::render::{Cut, Press};
use super::style::{Style, locale_code, locales};
use crate::kind::Source;

/// A style that prints one thing at a time. What it needs for that is made when it is first needed.
#[derive(Debug)]
pub(in crate::cite) struct Single {
    style: Style,
    own: &'static str,
    locales: OnceLock<Arc<Vec<Locale>>>,
    /// The style cut down to each shape of thing that it has printed, in each locale.
    cuts: Mutex<BTreeMap<(String, &'static str), Arc<Cut>>>,
}

impl Single {
    pub(in crate::cite) fn new(style: Style, language: &str) -> Self {
        Self { style, own: locale_code(language), locales: OnceLock::new(), cuts: Mutex::default() }
    }

    /// The HTML of an entry; empty where the style prints nothing.
    pub(in crate::cite) fn entry(&self, id: &str, source: &Source) -> String {
        let chinese = self.style.is_chinese();
        let code = match chinese {
            true if item::is_chinese(source) => "zh-CN",
            true => "en-US",
            false => self.own,
        };
        let made = item::item(id, source, chinese);
        let item = made.0.item();
        let key = (prune::shape(&item), code);
        // A poisoned memo is still a good one: nothing in it is half made.
        let memo = || self.cuts.lock().unwrap_or_else(PoisonError::into_inner);
        let known = memo().get(&key).cloned();
        let cut = known.unwrap_or_else(|| {
            let cut = Arc::new(Cut::new(&self.style, &item, code));
            memo().insert(key, Arc::clone(&cut));
            cut
        });
        let locales = self.locales.get_or_init(|| Arc::new(locales(&[self.own, "en-US", "zh-CN"])));
        Press::single(source, made, cut, Arc::clone(locales)).entry(0).entry.html
    }
}
