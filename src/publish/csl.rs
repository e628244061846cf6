//! The sources as files for reference managers: CSL-JSON, BibLaTeX and RIS.

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::desk::Desk;
use super::file;
use crate::cite;
use crate::kind::{Data, Kind};
use crate::output::OutFile;

/// The three files, of the same sources in the same order.
pub(super) fn files(desk: &Desk) -> Vec<OutFile> {
    let registry = &desk.briefing.registry;
    if registry.count(Kind::Source) == 0 {
        return Vec::new();
    }
    let json = serde_json::to_string_pretty(&Items(desk)).unwrap_or_default() + "\n";
    let (mut bibtex, mut ris) = (String::new(), String::new());
    for number in registry.of(Kind::Source) {
        let record = &registry.get(number).record;
        if let Data::Source(source) = &record.data {
            bibtex.push_str(&cite::bibtex(record.id(), source, None));
            bibtex.push('\n');
            ris.push_str(&cite::ris(record.id(), source, None));
        }
    }
    vec![file(super::SOURCES_BIB, bibtex), file(super::SOURCES_CSL, json), file(super::SOURCES_RIS, ris)]
}

/// All sources. There may be very many, so that each item is made when it is written.
struct Items<'d>(&'d Desk);

impl Serialize for Items<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.briefing.registry.of(Kind::Source).filter_map(|number| self.0.source(number)))
    }
}

/// When an item appeared, as far as that is known in numbers: `2024-05-01`.
pub(super) fn issued(item: &Value) -> Option<String> {
    let parts = item.get("issued")?.get("date-parts")?.get(0)?.as_array()?;
    let mut widths = [4, 2, 2].into_iter();
    let written = parts.iter().filter_map(Value::as_i64).map(|part| format!("{part:0width$}", width = widths.next().unwrap_or(2)));
    Some(written.collect::<Vec<_>>().join("-")).filter(|date| !date.is_empty())
}
