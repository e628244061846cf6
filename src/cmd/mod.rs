//! The command line: one file per subcommand. Only this room prints and picks an exit code.

mod build;
mod check;
mod cli;
mod completions;
#[cfg(feature = "deploy")]
mod deploy;
mod explain;
mod fix;
#[cfg(feature = "links")]
mod links;
mod list;
mod man;
#[cfg(feature = "watch")]
mod memory;
mod new;
mod progress;
mod project;
mod report;
mod verify;
#[cfg(feature = "watch")]
mod watch;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use clap::{ColorChoice, CommandFactory, FromArgMatches};

pub use cli::{Cli, Command};
pub use report::schema as report_schema;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Done.
    Done,
    /// The briefing has errors.
    Errors,
    /// The command line or the configuration is wrong.
    Usage,
    /// Input or output failed.
    Failed,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        Self::from(match ending {
            Ending::Done => 0,
            Ending::Errors => 1,
            Ending::Usage => 2,
            Ending::Failed => 3,
        })
    }
}

/// Runs the program with these arguments, of which the first is its own name.
#[must_use]
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let matches = match Cli::command().try_get_matches_from(args) {
        Ok(matches) => matches,
        Err(error) => {
            // A closed pipe while printing help is no failure of ours.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return Ending::Usage.into();
        }
    };
    choose_color(cli.common.color);
    let ending = match &cli.command {
        Command::New(args) => new::run(args, &cli.common),
        Command::Build(args) => build::run(args, &cli.common),
        Command::Check(args) => check::run(args, &cli.common),
        #[cfg(feature = "deploy")]
        Command::Deploy(args) => deploy::run(args, &cli.common),
        Command::Explain(args) => explain::run(args),
        #[cfg(feature = "links")]
        Command::Links(args) => links::run(args, &cli.common),
        Command::List(args) => list::run(args, &cli.common),
        Command::Verify(args) => verify::run(args, &cli.common),
        #[cfg(feature = "watch")]
        Command::Watch(args) => watch::run(args, &cli.common),
        Command::Completions(args) => completions::run(args),
        Command::Man => man::run(),
    };
    ending.into()
}

/// `--color` overrules what the environment says (`NO_COLOR`, `CLICOLOR`) and what the stream is.
fn choose_color(choice: ColorChoice) {
    let choice = match choice {
        ColorChoice::Auto => return,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    };
    choice.write_global();
}

/// Prints a result to standard output. A reader that has gone away is no failure.
fn result(text: &str) -> Ending {
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Ending::Failed,
        _ => Ending::Done,
    }
}

/// Prints a message to standard error. If even that fails there is nobody left to tell.
fn message(text: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}

/// Prints an error that is about no file of the briefing, with its way out.
fn failure(text: &str, help: &str) {
    use anstream::eprintln;
    eprintln!("\u{1b}[1;91merror\u{1b}[0m\u{1b}[1m: {text}\u{1b}[0m");
    if !help.is_empty() {
        eprintln!("  \u{1b}[1;96mhelp\u{1b}[0m: {help}");
    }
}
