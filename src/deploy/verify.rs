//! The target is read again, and every file held to what was deployed.

use super::fault::Fault;
use super::retry::Retry;
use super::state::State;
use super::target::Target;
use super::work;

/// What a look at every file found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verified {
    /// Files that are as they were deployed.
    pub good: usize,
    /// What is wrong, file by file.
    pub faults: Vec<String>,
    /// What the target remembers.
    pub state: State,
}

/// Reads all of a site at a target.
///
/// # Errors
///
/// When the target cannot be read.
pub fn verify(target: &dyn Target, retry: &Retry) -> Result<Verified, Fault> {
    let state = retry.run(|| State::read(target))?;
    let paths: Vec<&str> = state.site.keys().map(String::as_str).collect();
    let read = work::read_all(target, &paths, retry)?;
    let mut verified = Verified::default();
    for ((path, entry), fetched) in state.site.iter().zip(read) {
        let fault = match fetched {
            None => Some(format!("`{path}` is not there")),
            Some(fetched) if !entry.holds(&fetched.bytes) => Some(format!("`{path}` holds something else")),
            Some(fetched) => fetched.headers.filter(|headers| *headers != entry.headers).map(|headers| {
                let encoding = headers.encoding.map(|encoding| format!(", {encoding}")).unwrap_or_default();
                format!("`{path}` has other headers: {}, {}{encoding}", headers.content_type, headers.cache)
            }),
        };
        match fault {
            Some(fault) => verified.faults.push(fault),
            None => verified.good += 1,
        }
    }
    if !state.pending.is_empty() || !state.leaving.is_empty() {
        verified.faults.push("the last deploy was interrupted: run `postil deploy` to finish it".to_owned());
    }
    verified.state = state;
    Ok(verified)
}
