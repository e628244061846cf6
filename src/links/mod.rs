//! Outside links: every address of a briefing is asked whether it still answers. No build comes near this room.
//!
//! Hosts are asked side by side, and the addresses of one host in turn, with a pause between two requests. An address
//! is dead only when it has failed in two runs that lie some hours apart: a server that is down tonight is no fault of
//! the briefing. What was found is kept in a cache, so that a good address is not asked again for days.
//!
//! Of this room only `http` knows the library that speaks HTTP, and only `cache` touches a file.

mod address;
mod ask;
mod cache;
mod gather;
mod http;
mod jar;
mod ledger;
mod outcome;
mod run;
mod turns;

use std::time::{Duration, SystemTime};

pub use address::Address;
pub use gather::gather;
pub use run::{Observer, check};

/// Where the cache stands, from the root of the briefing.
pub const CACHE: &str = ".postil/links.json";

/// How addresses are checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The time of the run, in seconds since the beginning of 1970.
    pub now: u64,
    /// The cache answers for no address.
    pub fresh: bool,
    /// How long an address that answered is not asked again.
    pub max_age: Duration,
    /// How far two failures lie apart that make an address dead.
    pub patience: Duration,
    /// The pause between two requests to one host.
    pub delay: Duration,
    /// The time that a connection may take.
    pub connect: Duration,
    /// The time that a request may take as a whole.
    pub timeout: Duration,
    /// The waits before an address is asked again which failed in a way that may pass; one more try for each.
    pub waits: Vec<Duration>,
    /// Hosts that are asked at the same time.
    pub threads: usize,
    /// Addresses that begin like this are left out.
    pub skip: Vec<String>,
}

impl Options {
    /// The usual options, for a run at this time.
    pub fn at(now: SystemTime) -> Self {
        Self {
            // A clock before 1970 is a broken clock; every answer then counts as old.
            now: now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs(),
            fresh: false,
            max_age: Duration::from_hours(7 * 24),
            patience: Duration::from_hours(6),
            delay: Duration::from_secs(1),
            connect: Duration::from_secs(10),
            timeout: Duration::from_secs(20),
            waits: vec![Duration::from_secs(1), Duration::from_secs(4)],
            threads: 8,
            skip: Vec::new(),
        }
    }
}

/// What a run found. Every address stands in it once, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Addresses that failed twice, or that nobody could ask for, with the reason.
    pub dead: Vec<(Address, String)>,
    /// Addresses that have moved for good, with the new one.
    pub moved: Vec<(Address, String)>,
    /// Addresses that failed, and not yet long enough to be dead, with the reason.
    pub suspects: Vec<(Address, String)>,
    /// How many answer.
    pub good: usize,
    /// How many answer, but not to a program.
    pub refused: usize,
    /// How many the cache answered for; they are counted above too.
    pub cached: usize,
    /// How many were left out by `skip`.
    pub skipped: usize,
    /// No host at all answered, so that nothing was kept: there seems to be no network.
    pub offline: bool,
    /// Why the cache could not be read, and was begun anew.
    pub cache_lost: Option<String>,
    /// Why the cache could not be written.
    pub cache_unwritten: Option<String>,
}
