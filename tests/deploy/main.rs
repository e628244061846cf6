//! Deploying: the laws on a target in memory, and one suite over all real targets.
#![cfg(all(feature = "deploy", unix))]
// The modules of a test share what they have.
#![allow(unreachable_pub)]

mod broken;
#[path = "../browser/chromium.rs"]
#[allow(dead_code)]
mod chromium;
mod command;
mod google;
mod hosting;
mod hosts;
mod kills;
mod laws;
mod memory;
#[path = "../browser/page.rs"]
#[allow(dead_code)]
mod page;
mod peek;
mod project;
mod proxy;
mod recipes;
mod refusals;
mod server;
mod site;
mod suite;
mod together;
