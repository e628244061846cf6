//! The command line, declared once: parser, help, completions and manual page come from here.

use std::path::PathBuf;

use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

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
    /// Check everything and write nothing
    Check(CheckArgs),
    /// Hold every quotation to the kept copy of its source, and write postil.lock
    Verify(VerifyArgs),
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
    /// What to build
    #[command(flatten)]
    pub scope: ScopeArgs,
}

/// `postil check`
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// What to check
    #[command(flatten)]
    pub scope: ScopeArgs,
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
