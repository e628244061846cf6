//! The program: arguments in, exit code out.

use std::process::ExitCode;

/// A build makes and drops many small texts on several threads.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    postil::cmd::run(std::env::args_os())
}
