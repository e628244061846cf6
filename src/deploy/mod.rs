//! Deploying: a site that is whole goes to where readers find it, and never leaves that broken.
//!
//! A [`Survey`] tells what is at the target, a [`Plan`] what is to be done, and [`deploy`] does it: what pages show, then
//! pages, then what leads to pages; the target's own memory of the site; and removals last. What was interrupted is known
//! to the target and is finished by the next run. A file that Postil did not put there is never touched.
//!
//! All of this knows a target only by what [`Target`] asks of it, so that a folder, a bucket, a branch and another machine
//! are alike. Of this room only `object`, `answer` and `stores` know the library of object stores; only `git`,
//! `fast_import`, `ssh`, `shared` and `own` run programs.

mod answer;
mod connect;
mod fast_import;
mod fault;
mod file;
mod git;
mod headers;
mod local;
mod lock;
mod object;
mod order;
mod own;
mod plan;
mod profile;
mod program;
mod retry;
mod rollback;
mod run;
mod secret;
mod shared;
mod ssh;
mod state;
mod stores;
mod survey;
mod target;
mod verify;
mod work;

pub use connect::{Project, connect};
pub use fault::{Fault, Kind};
pub use headers::Headers;
pub use local::Local;
pub use lock::Pace;
pub use order::Step;
pub use own::Own;
pub use plan::Plan;
pub use retry::Retry;
pub use rollback::Rollback;
pub use run::{Done, Options, Source, deploy};
pub use state::{Entry, Files, State};
pub use survey::Survey;
pub use target::{Abilities, Condition, Fetched, Found, Target, Upload, Version};
pub use verify::{Verified, verify};
