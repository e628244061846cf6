//! Files for the hosts of static sites: what headers they send, which host they are, that names may begin with a dot.

use super::address::Address;
use super::desk::Desk;
use super::file;
use crate::briefing::Briefing;
use crate::output::OutFile;
use crate::read::publish::Part;

/// What a page may load: its own files and nothing else, and no script that stands in a page. Data of JSON-LD is no
/// script to a browser.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
    media-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'";

/// The other headers of every answer.
const HEADERS: [(&str, &str); 4] = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
];

/// The addresses of the files that every site has, and of the one that only some hosts want.
pub(super) fn paths(briefing: &Briefing) -> impl Iterator<Item = &'static str> {
    std::iter::once(super::NO_JEKYLL).chain(cname(briefing).map(|_| super::CNAME))
}

/// The files.
pub(super) fn files(desk: &Desk) -> Vec<OutFile> {
    // GitHub Pages would leave out what begins with a dot or a line.
    let mut files = vec![file(super::NO_JEKYLL, String::new())];
    files.extend(cname(&desk.briefing).map(|host| file(super::CNAME, format!("{host}\n"))));
    files.extend(desk.makes(Part::Headers).then(|| file(super::HEADERS, headers(&desk.address, &desk.statics))));
    files
}

/// The host of the site, where GitHub Pages is to be told.
fn cname(briefing: &Briefing) -> Option<String> {
    let wanted = briefing.config.publish.cname.as_ref().is_some_and(|cname| cname.value);
    Address::of_site(briefing).host().filter(|_| wanted).map(str::to_owned)
}

/// The form that Netlify and Cloudflare Pages read: a path, then its headers, indented.
fn headers(address: &Address, statics: &str) -> String {
    let mut out = format!("/*\n  Content-Security-Policy: {POLICY}\n");
    for (name, value) in HEADERS {
        out.push_str(&format!("  {name}: {value}\n"));
    }
    if address.base().is_some_and(|base| base.starts_with("https:")) {
        out.push_str("  Strict-Transport-Security: max-age=31536000\n");
    }
    // The folder is named for what the files hold, so that none of them ever changes.
    out.push_str(&format!("{}*\n  Cache-Control: public, max-age=31536000, immutable\n", address.on_host(statics)));
    out
}
