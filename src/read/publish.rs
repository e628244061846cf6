//! The `[publish]` table: what is made beside the pages, for machines and for the hosts of static sites.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::text::Spanned;

/// The `[publish]` table: what is made beside the pages, for machines and for hosts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(default)]
pub struct PublishConfig {
    /// Parts that are not made.
    pub leave_out: Vec<Part>,
    /// The number of the briefing in a series of reports.
    pub number: Option<String>,
    /// Whether a file `CNAME` gives the host of `base_url`, as GitHub Pages wants it for a domain of one's own.
    pub cname: Option<Spanned<bool>>,
    /// The forms in which files of text are written a second time, for servers that send them so.
    pub compress: Vec<Encoding>,
}

/// What can be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// `annotations.jsonld`: every mark of the text as a Web Annotation.
    Annotations,
    /// `cards/`: a picture of each page for whoever links to it.
    Cards,
    /// `claims.csv`, `claims.json` and its schema.
    Claims,
    /// `feed.xml` and `feed.json`.
    Feeds,
    /// `glossary.jsonld`: the terms in SKOS.
    Glossary,
    /// `_headers`, for Netlify and Cloudflare Pages.
    Headers,
    /// JSON-LD in the head of each page.
    JsonLd,
    /// `site.webmanifest` and its icons.
    Manifest,
    /// `llms.txt`, and a copy of each page in Markdown.
    Markdown,
    /// `_redirects`, for Netlify and Cloudflare Pages. The pages at old addresses are made all the same.
    Redirects,
    /// `robots.txt`.
    Robots,
    /// `sitemap.xml`.
    Sitemap,
    /// `sources.bib`, `sources.csl.json` and `sources.ris`.
    Sources,
}

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// Brotli, with the ending `.br`.
    Br,
    /// The form of gzip, with the ending `.gz`.
    Gzip,
}

impl PublishConfig {
    /// Whether a part is made.
    #[must_use]
    pub fn makes(&self, part: Part) -> bool {
        !self.leave_out.contains(&part)
    }
}
