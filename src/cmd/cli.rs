//! The command line, declared once: parser, help, completions and manual page come from here.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::text::rules;

/// A static-site generator for annotated long-form briefings.
///
/// Postil turns a folder of Markdown sections, whose front matter carries sources, terms, figures, claims, editor's
/// notes and entities, into a cross-linked static site in which every number can be followed to who said it.
#[derive(Debug, Parser)]
#[command(name = "postil", version, propagate_version = true, max_term_width = 100)]
#[command(after_help = "Exit status: 0 done, 1 the briefing has errors, 2 usage or configuration, 3 input or output failed.")]
pub struct Cli {
    /// What every command takes.
    #[command(flatten)]
    pub common: Common,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// The folder of the briefing, which holds `content/` and `postil.toml`
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: ColorChoice,
    /// Print nothing but errors
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Tell what is done
    #[arg(long, short, global = true)]
    pub verbose: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a small complete briefing to begin with
    New(NewArgs),
    /// Build the site: content/ + themes/ -> output/
    Build(BuildArgs),
    /// Build, serve on this machine, and build again with every save
    ///
    /// Open pages show a change as soon as a file is saved, and errors until they are mended; meanwhile the last good
    /// pages stay. The folder of the site follows in the background. Only this machine is answered.
    #[cfg(feature = "watch")]
    #[command(visible_alias = "serve")]
    Watch(WatchArgs),
    /// Check everything, and mend what `--fix` can
    Check(CheckArgs),
    /// Tell what a rule finds, and how to mend that
    Explain(ExplainArgs),
    /// Hold every quotation to the kept copy of its source, and write postil.lock
    Verify(VerifyArgs),
    /// Ask every outside address whether it still answers (this needs the network)
    ///
    /// No build asks other sites for anything, and none waits for this. An address is dead when
    /// it has failed in two runs that lie some hours apart; until then it is only mentioned. What was found is kept in
    /// `.postil/links.json`. Addresses that begin like one of `skip` under `[links]` in `postil.toml` are left out.
    #[cfg(feature = "links")]
    Links(LinksArgs),
    /// Show what there is to do, ask, and put the site where readers find it
    ///
    /// Targets are the tables `[deploy.NAME]` of `postil.toml`. What pages show goes first, then pages, then what leads to
    /// them; removals come last, and only of files that Postil put there. A run that was interrupted is finished by the next
    /// one. Credentials come from the environment, from profile files and from the ssh agent.
    #[cfg(feature = "deploy")]
    Deploy(DeployArgs),
    /// List the records of one kind
    List(ListArgs),
    /// Print a completion script for a shell
    #[command(hide = true)]
    Completions(CompletionsArgs),
    /// Print the manual page
    #[command(hide = true)]
    Man,
}

/// `postil new`
#[derive(Debug, Args)]
pub struct NewArgs {
    /// The folder to make; it must not exist, or be empty
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
}

/// `postil build`
#[derive(Debug, Args)]
pub struct BuildArgs {
    /// Where the site is written, from the folder of the briefing [default: output]
    #[arg(long, short, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// The address at which the site will stand, ending in a slash
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Make every picture anew, and keep none for the next run
    ///
    /// Otherwise what was made of a picture or a drawing is kept in `.postil/cache`, and taken from there as long as it
    /// is the same.
    #[arg(long)]
    pub no_cache: bool,
    /// What to build
    #[command(flatten)]
    pub scope: ScopeArgs,
}

/// `postil watch`
#[cfg(feature = "watch")]
#[derive(Debug, Args)]
pub struct WatchArgs {
    /// The port to serve at [default: the first free one from 1111 on]
    #[arg(long, value_name = "PORT", value_parser = clap::value_parser!(u16).range(1..))]
    pub port: Option<u16>,
    /// Another name by which this machine may be asked, such as that of a forwarded port; may be given several times
    #[arg(long, value_name = "NAME", value_parser = host)]
    pub host: Vec<String>,
    /// Tell for each page that is made anew which parts of its data have changed
    #[arg(long)]
    pub explain: bool,
    /// Open the site in a browser
    #[arg(long)]
    pub open: bool,
    /// Where the site is written, from the folder of the briefing [default: output]
    #[arg(long, short, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// The address at which the site will stand, ending in a slash
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// What to build
    #[command(flatten)]
    pub scope: ScopeArgs,
}

/// A name of this machine: just a name, because whatever it lets in may read the site.
#[cfg(feature = "watch")]
fn host(text: &str) -> Result<String, String> {
    let letters = |text: &str, more: &[u8]| !text.is_empty() && text.bytes().all(|one| one.is_ascii_alphanumeric() || more.contains(&one));
    let address = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    if letters(text, b"-._") || address.is_some_and(|inside| letters(inside, b":.")) {
        return Ok(text.to_owned());
    }
    Err("give one name like box.example.org, without scheme, port or sign for any; repeat --host for each further name".to_owned())
}

/// `postil check`
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Make the edits that surely keep your meaning, and report what is left
    ///
    /// Only files in `content/` and `postil.toml` are edited, and no symbolic links and read-only files.
    #[arg(long)]
    pub fix: bool,
    /// How to print the findings
    ///
    /// All but `text` go to standard output, for other programs. In them, paths count from the current folder, so they
    /// begin with that of `--root`.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: CheckFormat,
    /// What to check
    #[command(flatten)]
    pub scope: ScopeArgs,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For a reader, on standard error
    Text,
    /// One JSON object a line
    Json,
    /// One SARIF 2.1.0 log, for code hosts and editors
    Sarif,
    /// Annotations of GitHub Actions
    Github,
}

/// `postil explain`
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// The rule or group of rules; all are listed where none is given
    #[arg(value_name = "RULE", value_parser = RuleName, hide_possible_values = true)]
    pub rule: Option<String>,
}

/// Reads any name, so that the command itself can offer the nearest ones, and tells completions those of rules.
#[derive(Debug, Clone, Copy)]
pub(super) struct RuleName;

impl TypedValueParser for RuleName {
    type Value = String;

    fn parse_ref(&self, command: &clap::Command, _: Option<&clap::Arg>, value: &OsStr) -> Result<String, clap::Error> {
        let invalid = || clap::Error::new(clap::error::ErrorKind::InvalidUtf8).with_cmd(command);
        value.to_str().map(str::to_owned).ok_or_else(invalid)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let rules = rules::ALL.iter().map(|rule| PossibleValue::new(rule.name).help(rule.summary));
        let groups = rules::GROUPS.iter().map(|group| PossibleValue::new(group.name).help(group.title));
        Some(Box::new(rules.chain(groups)))
    }
}

/// `postil verify`
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// Take the copy of a source from a file elsewhere, by the source's id; may be given several times
    #[arg(long, value_name = "SOURCE=FILE")]
    pub copy: Vec<String>,
}

/// What is read, and how strictly.
#[derive(Debug, Clone, Copy, Args)]
pub struct ScopeArgs {
    /// Take sections with `draft = true` in
    #[arg(long)]
    pub drafts: bool,
    /// Count warnings as errors
    #[arg(long)]
    pub strict: bool,
}

/// `postil links`
#[cfg(feature = "links")]
#[derive(Debug, Args)]
pub struct LinksArgs {
    /// How old a good answer may be that is not asked for again
    #[arg(long, value_name = "DAYS", default_value_t = 7)]
    pub max_age: u16,
    /// Ask for every address, also for those that were good lately
    #[arg(long)]
    pub fresh: bool,
    /// The pause between two requests to one host
    #[arg(long, value_name = "SECONDS", default_value_t = 1)]
    pub delay: u64,
    /// How far two failures lie apart that make an address dead
    #[arg(long, value_name = "HOURS", default_value_t = 6)]
    pub patience: u16,
    /// How long one request may take
    #[arg(long, value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..))]
    pub timeout: u64,
    /// Take sections with `draft = true` in
    #[arg(long)]
    pub drafts: bool,
    /// Count warnings as errors
    #[arg(long)]
    pub strict: bool,
}

/// `postil deploy`
#[cfg(feature = "deploy")]
#[derive(Debug, Args)]
// Each is a switch of the command line.
#[allow(clippy::struct_excessive_bools)]
pub struct DeployArgs {
    /// The target, by its name in `postil.toml`; may be left out where there is only one
    #[arg(value_name = "TARGET")]
    pub target: Option<String>,
    /// Do not ask
    #[arg(long, short)]
    pub yes: bool,
    /// Show every file that would be sent or removed, and do nothing
    #[arg(long, short = 'n', conflicts_with = "yes")]
    pub dry_run: bool,
    /// Change nothing: read all of the target again, and hold every file to what was deployed
    #[arg(long, conflicts_with_all = ["yes", "dry_run", "rollback", "build"])]
    pub verify: bool,
    /// Go back to the site before, from what the target has kept of it
    #[arg(long, conflicts_with = "build")]
    pub rollback: bool,
    /// Build the site first; this is done in any case where there is none
    #[arg(long)]
    pub build: bool,
    /// Remove more than 256 files, or more than a quarter of them, if the plan says so
    #[arg(long)]
    pub many_deletions: bool,
    /// Where the site is, from the folder of the briefing [default: output]
    #[arg(long, short, value_name = "DIR")]
    pub output: Option<PathBuf>,
}

/// `postil list`
#[derive(Debug, Args)]
pub struct ListArgs {
    /// The kind: sources, terms, figures, claims, notes or entities
    #[arg(value_name = "KIND")]
    pub kind: String,
    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: ListFormat,
    /// Take sections with `draft = true` in
    #[arg(long)]
    pub drafts: bool,
}

/// How a list is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// Columns for a reader
    Table,
    /// One JSON array
    Json,
    /// Comma-separated values with a header line
    Csv,
}

/// `postil completions`
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}
