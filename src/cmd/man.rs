//! `postil man`: the manual page.

use clap::CommandFactory;

use super::Ending;
use super::cli::Cli;

pub(super) fn run() -> Ending {
    let mut page = Vec::new();
    match clap_mangen::Man::new(Cli::command()).render(&mut page) {
        Ok(()) => super::result(&String::from_utf8_lossy(&page)),
        Err(error) => {
            super::failure(&format!("the manual page cannot be made: {error}"), "");
            Ending::Failed
        }
    }
}
