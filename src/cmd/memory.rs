//! How long the allocator keeps memory that is free.

/// Has free memory go back to the system at once, in place of a second later and only if more is asked for: a session that
/// is open all day is to need little of it. The allocator reads its settings from the environment before any of our code
/// runs, so this process begins anew with the setting. Where that cannot be, the session needs more memory.
#[cfg(all(unix, feature = "mimalloc"))]
pub(super) fn give_back_at_once() {
    use std::os::unix::process::CommandExt;

    const DELAY: &str = "MIMALLOC_PURGE_DELAY";
    let mut args = std::env::args_os();
    if let (None, Ok(program), Some(name)) = (std::env::var_os(DELAY), std::env::current_exe(), args.next()) {
        // It comes back only if it has failed.
        let _ = std::process::Command::new(program).arg0(name).args(args).env(DELAY, "0").exec();
    }
}

/// Elsewhere there is nothing to do.
#[cfg(not(all(unix, feature = "mimalloc")))]
pub(super) fn give_back_at_once() {}
