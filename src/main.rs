//! The program: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    postil::cmd::run(std::env::args_os())
}
