//! Work in the background: it may take as long as it likes, and must not slow down what somebody waits for.

/// Makes this thread let all others go first, where the system can order single threads.
pub fn stand_back() {
    // For other systems than Linux the call would slow down the whole program. Where it is not allowed, all stays as it is.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::setpriority_process(None, 19);
}
