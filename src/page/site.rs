//! The briefing as a whole, as every page shows it.

use super::data::{Apparatus, Site};
use super::{corrections, has_print};
use crate::briefing::Briefing;
use crate::kind::Kind;

/// The name and version that the site gives as its generator.
const GENERATOR: &str = concat!("Postil ", env!("CARGO_PKG_VERSION"));

/// The data of `site`.
#[must_use]
pub fn site(briefing: &Briefing) -> Site {
    let config = &briefing.config;
    let mut apparatus: Vec<Apparatus> = Kind::ALL
        .iter()
        .map(|kind| Apparatus {
            kind: kind.info().name.to_owned(),
            title: kind.info().title.to_owned(),
            path: format!("{}/index.html", kind.info().folder),
            count: briefing.registry.count(*kind),
        })
        .filter(|one| one.count > 0)
        .collect();
    apparatus.push(Apparatus {
        kind: "correction".to_owned(),
        title: "Corrections".to_owned(),
        path: "corrections/index.html".to_owned(),
        count: corrections::count(briefing),
    });
    Site {
        title: config.title.clone(),
        subtitle: config.subtitle.clone(),
        description: config.description.clone(),
        language: config.language.clone(),
        authors: config.authors.clone(),
        publisher: config.publisher.clone(),
        license: config.license.clone(),
        license_url: config.license_url.clone().filter(|url| crate::parse::safe_url(url)),
        base_url: config.base_url.as_ref().map(|url| url.value.clone()),
        generator: GENERATOR.to_owned(),
        apparatus,
        has_print: has_print(briefing),
    }
}
