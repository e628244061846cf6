//! Watching: the site is built, served on this machine, and built anew with every save.
//!
//! Four threads: one hears of changes in the author's files (in `notify`), one reads the briefing anew (the caller's own),
//! one serves, one makes the rest of the site and writes its folder behind the others. The server answers from the last
//! good edition, which takes the place of the one before in one step, and makes a page when a browser asks for it; so a
//! page is never gone, never half there and never stale.

mod answer;
mod compare;
mod connections;
mod editor;
mod events;
mod follow;
mod guard;
mod panel;
mod parts;
mod pending;
mod range;
mod server;
mod session;
mod site;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::build::{Counts, Options};
use crate::output::{OutputError, Published};
use crate::read::snapshot::Snapshot;
use crate::text::Diagnostics;

pub use session::run;

/// What is to be watched, and how.
pub struct Plan<'p> {
    /// The folder of the briefing.
    pub root: PathBuf,
    /// The port to serve at; the first free one if none is asked for.
    pub port: Option<u16>,
    /// Names by which the server may be asked beside those of this machine for itself.
    pub hosts: Vec<String>,
    /// Whether it is told for each page that was made anew what has changed for it.
    pub explain: bool,
    /// What a build is asked for. It is asked each time, because the day may change.
    pub options: &'p dyn Fn() -> Options,
    /// Where the site is written, from what the configuration says now.
    pub output: &'p dyn Fn(&Snapshot) -> PathBuf,
}

/// What happens, for whoever tells it.
pub enum News<'n> {
    /// The server listens at this address.
    Serving {
        /// The address.
        address: &'n str,
    },
    /// The system does not report changes, so that files are compared once a second.
    Polling,
    /// The briefing was read anew, and its pages can be had.
    Built(Round<'n>),
    /// All files of the site were made.
    Whole(Round<'n>),
    /// The pages that were made anew, each with the parts of its data that have changed.
    Explained(&'n [(&'n str, Vec<&'n str>)]),
    /// The folder of the site was written.
    Written(&'n Published),
    /// The folder of the site could not be written.
    Unwritten(&'n OutputError),
    /// What was made of pictures could not be kept.
    NotKept(&'n str),
}

/// One build.
pub struct Round<'n> {
    /// What was found.
    pub diagnostics: &'n Diagnostics,
    /// The files in which it was found.
    pub snapshot: &'n Snapshot,
    /// The size of the site; none if there are errors.
    pub counts: Option<Counts>,
    /// How long it took until the pages could be had.
    pub took: Duration,
    /// How many files of the site changed, once that is known.
    pub changed: Option<usize>,
}

/// Why a session could not begin.
#[derive(Debug)]
pub enum Trouble {
    /// No port could be opened.
    Port(Option<u16>, std::io::Error),
    /// The system refused something else.
    Io(std::io::Error),
}

/// What the threads tell the one that builds.
enum Signal {
    Event(notify::Result<notify::Event>),
    Whole(Whole),
    Written(Result<Published, OutputError>),
    Compared(compare::Compared),
    Stop,
}

/// A site of which every file was made.
struct Whole {
    site: Arc<site::Site>,
    diagnostics: Diagnostics,
}

/// What is served: the last good build, and what is to be mended since.
#[derive(Default)]
struct Shown {
    /// Whether any build has ended.
    built: bool,
    site: Option<Arc<site::Site>>,
    panel: Arc<str>,
}

/// Whether the content of the briefing can be reached. Where a disk has gone away, an empty folder is left.
fn is_there(root: &Path) -> bool {
    root.join("content").read_dir().is_ok_and(|mut entries| entries.next().is_some())
}
