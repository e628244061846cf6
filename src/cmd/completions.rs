//! `postil completions`: a completion script for a shell.

use clap::CommandFactory;

use super::Ending;
use super::cli::{Cli, CompletionsArgs};

pub(super) fn run(args: &CompletionsArgs) -> Ending {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "postil", &mut script);
    super::result(&String::from_utf8_lossy(&script))
}
