//! What a reader is promised of a page, tried in a real browser: Debian's Chromium, without a window. Everything stays on
//! this machine: the briefing is built in memory and served on loopback, and the browser finds no other host.

#![cfg(unix)]

mod axe;
mod cards;
mod chromium;
#[cfg(feature = "watch")]
#[path = "../common/mod.rs"]
mod common;
mod figures;
#[cfg(feature = "watch")]
mod foreign;
mod hostile;
mod layout;
mod page;
mod paper;
#[cfg(feature = "watch")]
mod parts;
mod quiet;
#[cfg(feature = "watch")]
mod reload;
mod site;
mod swap;
#[cfg(feature = "watch")]
#[path = "../watch/session.rs"]
#[allow(dead_code)]
mod watching;

use chromium::Browser;
use page::Page;
use site::Site;

/// The widths that the layout is held to: a phone, a tablet, where the margin opens, a desk, a wall.
const WIDTHS: [u32; 5] = [390, 834, 1100, 1440, 2560];

/// A new page of this size and the site; nothing where there is no browser.
fn open(width: u32, height: u32) -> Option<(Page, &'static Site)> {
    let browser = Browser::shared()?;
    Some((Page::new(browser, width, height), Site::shared()))
}
