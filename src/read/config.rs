//! `postil.toml`: what a briefing as a whole says of itself.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::covered;
use super::deploy::TargetConfig;
use super::publish::PublishConfig;
use super::snapshot::{CONFIG, Snapshot};
use super::{Data, Value, fill, toml};
use crate::number::UnitConfig;
use crate::text::{Diagnostic, Diagnostics, Level, Place, Rule, Span, Spanned, rules, suggestion};

/// The configuration of a briefing. Every key has a default, so the file may be missing.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(default)]
pub struct Config {
    /// The title of the briefing.
    pub title: String,
    /// A second line of the title.
    pub subtitle: Option<String>,
    /// One sentence about the briefing, for search engines and feeds.
    pub description: Option<String>,
    /// The language of the text, as a BCP 47 tag.
    pub language: String,
    /// The address at which the site will stand, ending in a slash.
    pub base_url: Option<Spanned<String>>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// The licence of the text.
    pub license: Option<String>,
    /// The address of that licence.
    pub license_url: Option<String>,
    /// The name of the theme: a folder in `themes/`, or `default` or `plain`, which are built in.
    pub theme: Spanned<String>,
    /// Where the site is written, from the root of the briefing.
    pub output: String,
    /// Citations.
    pub citation: CitationConfig,
    /// The author's Markdown.
    pub markdown: MarkdownConfig,
    /// What becomes of the findings of a rule or of a group of rules: "allow", "warn", "deny" or "forbid".
    pub lints: Lints,
    /// What the rules go by.
    pub checks: ChecksConfig,
    /// Outside addresses.
    pub links: LinksConfig,
    /// What is made beside the pages.
    pub publish: PublishConfig,
    /// Where `postil deploy` puts the site: a table for each target, by its name.
    pub deploy: BTreeMap<String, Spanned<TargetConfig>>,
    /// Units beside those that are built in: a list of other names, or a table with `names` and `is`.
    pub units: BTreeMap<String, Spanned<UnitConfig>>,
    /// The time of writing.
    pub watch: WatchConfig,
}

/// Levels by the name of a rule or group.
pub type Lints = BTreeMap<String, Spanned<Level>>;

impl Default for Config {
    fn default() -> Self {
        Self {
            title: "Untitled briefing".to_owned(),
            subtitle: None,
            description: None,
            language: "en".to_owned(),
            base_url: None,
            authors: Vec::new(),
            publisher: None,
            license: None,
            license_url: None,
            theme: Spanned { value: "default".to_owned(), span: Span::default() },
            output: "output".to_owned(),
            citation: CitationConfig::default(),
            markdown: MarkdownConfig::default(),
            lints: Lints::new(),
            checks: ChecksConfig::default(),
            links: LinksConfig::default(),
            publish: PublishConfig::default(),
            deploy: BTreeMap::new(),
            units: BTreeMap::new(),
            watch: WatchConfig::default(),
        }
    }
}

/// The citation style where the site names none.
pub const DEFAULT_STYLE: &str = "chicago-author-date";

/// The `[citation]` table.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(default)]
pub struct CitationConfig {
    /// The CSL style, by the name it has in the CSL style repository.
    pub style: Spanned<String>,
}

impl Default for CitationConfig {
    fn default() -> Self {
        Self { style: Spanned { value: DEFAULT_STYLE.to_owned(), span: Span::default() } }
    }
}

/// The `[markdown]` table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default)]
pub struct MarkdownConfig {
    /// Curly quotation marks, dashes and ellipses from their typewriter forms.
    pub smart_punctuation: bool,
    /// What becomes of raw HTML.
    pub raw_html: RawHtml,
}

/// What becomes of raw HTML in a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RawHtml {
    /// Elements and attributes that can do harm are removed.
    #[default]
    Sanitise,
    /// It passes as it stands. Only for content whose authors may run script on the site.
    Trusted,
}

/// The `[checks]` table: what the rules go by.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(default)]
pub struct ChecksConfig {
    /// After how many months a claim counts as checked too long ago, for the rule `stale-claim`.
    pub stale_after: u16,
    /// Abbreviations that every reader knows, for the rule `unexpanded-abbreviation`.
    pub abbreviations: Vec<String>,
}

impl Default for ChecksConfig {
    fn default() -> Self {
        Self { stale_after: 12, abbreviations: Vec::new() }
    }
}

/// The `[links]` table: outside addresses, for the command `postil links`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(default)]
pub struct LinksConfig {
    /// Beginnings of addresses that are not asked for.
    pub skip: Vec<String>,
}

/// The `[watch]` table: the time of writing, for the command `postil watch`.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(default)]
pub struct WatchConfig {
    /// The address that opens a place in the author's editor, with `{path}`, `{line}` and `{column}`; empty for no links.
    pub editor: Spanned<String>,
}

impl Default for WatchConfig {
    fn default() -> Self {
        Self { editor: Spanned { value: "vscode://file/{path}:{line}:{column}".to_owned(), span: Span::default() } }
    }
}

impl WatchConfig {
    /// What is wrong with the address of the editor, and the way out.
    fn fault(&self) -> Option<(String, &'static str)> {
        const LIKE: &str = "write it like \"vscode://file/{path}:{line}:{column}\", or \"\" for no links";
        let editor = self.editor.value.as_str();
        let scheme = editor.split_once(':').map_or("", |(scheme, _)| scheme);
        let begins = scheme.starts_with(|one: char| one.is_ascii_alphabetic());
        let is_scheme = begins && scheme.bytes().all(|one| one.is_ascii_alphanumeric() || b"+-.".contains(&one));
        let runs = ["javascript", "data", "vbscript"].iter().any(|one| scheme.eq_ignore_ascii_case(one));
        let mut places = editor.split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or(rest));
        let unknown = places.find(|name| !["path", "line", "column"].contains(name));
        if editor.is_empty() {
            None
        } else if !is_scheme || runs {
            Some(("`editor` is no address that opens an editor".to_owned(), LIKE))
        } else if !editor.contains("{path}") {
            Some(("`editor` does not say where the path of the file stands".to_owned(), LIKE))
        } else {
            unknown
                .map(|name| (format!("`editor` has a place `{{{name}}}` that is not known"), "known are `{path}`, `{line}` and `{column}`"))
        }
    }
}

impl Config {
    /// Reads `postil.toml` out of the snapshot.
    pub fn read(snapshot: &Snapshot, diagnostics: &mut Diagnostics) -> Self {
        let Some(text) = snapshot.text(CONFIG, diagnostics) else { return Self::default() };
        let (value, mut faults) = toml(text);
        let Value { span, data: Data::Table(table) } = value else { return Self::default() };
        let config: Self = fill(&table, span, &[], &mut faults).unwrap_or_default();
        covered::cover(&mut faults, table.get("deploy"));
        for fault in faults {
            diagnostics.push(fault.found_in(CONFIG));
        }
        config.examine(diagnostics);
        config
    }

    fn examine(&self, diagnostics: &mut Diagnostics) {
        let place = |span: Span| Place::new(CONFIG, span);
        if let Some(url) = &self.base_url {
            let fits = (url.value.starts_with("https://") || url.value.starts_with("http://")) && url.value.ends_with('/');
            if !fits {
                let diagnostic = Diagnostic::new(&rules::SETTINGS, place(url.span), "`base_url` is no full address");
                diagnostics.push(diagnostic.help("write it like https://example.org/briefing/ with a slash at the end"));
            }
        }
        if let Some((message, help)) = self.watch.fault() {
            diagnostics.push(Diagnostic::new(&rules::SETTINGS, place(self.watch.editor.span), message).help(help));
        }
        for (name, target) in &self.deploy {
            target.value.examine(name, &place, place(target.span), diagnostics);
        }
        examine_lints(&self.lints, &CONFIG.into(), diagnostics);
    }

    /// What becomes of a rule's findings in this site; a rule's own name goes before its group's.
    #[must_use]
    pub fn level(&self, rule: &Rule) -> Level {
        level(&self.lints, rule).unwrap_or(rule.level)
    }
}

/// The level that a table of lints gives to a rule. What must not be let through keeps its level.
#[must_use]
pub fn level(lints: &Lints, rule: &Rule) -> Option<Level> {
    let given = lints.get(rule.name).or_else(|| lints.get(rule.group.name)).map(|level| level.value);
    given.filter(|_| rule.level != Level::Forbid)
}

/// Reports what is wrong with a table of lints.
pub fn examine_lints(lints: &Lints, path: &std::sync::Arc<str>, diagnostics: &mut Diagnostics) {
    for (name, level) in lints {
        let place = Place::new(path.clone(), level.span);
        let fixed = rules::by_name(name).is_some_and(|rule| rule.level == Level::Forbid) && level.value < Level::Deny;
        if fixed {
            let message = format!("the rule `{name}` finds errors, which cannot be let through");
            diagnostics.push(Diagnostic::new(&rules::SETTINGS, place, message).help("take this line out"));
        } else if !rules::names().any(|known| known == name) {
            let diagnostic = Diagnostic::new(&rules::SETTINGS, place, format!("there is no rule `{name}`"));
            diagnostics.push(diagnostic.maybe_help(suggestion(name, rules::names())));
        }
    }
}
