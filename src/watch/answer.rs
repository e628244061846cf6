//! One request and its answer, out of the last good build.

use axum::body::{Body, Bytes};
use axum::http::header::{
    ACCEPT_RANGES, ALLOW, CACHE_CONTROL, CONTENT_RANGE, CONTENT_TYPE, ETAG, HOST, IF_NONE_MATCH, IF_RANGE, LOCATION, RANGE,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode};

use super::Shown;
use super::guard::Names;
use super::range::{Part, part};
use super::site::{Asset, Found, Site};
use crate::parse::{escape, path_of};

/// Where the server keeps its own addresses, which no site has: no file of a site begins with a dot.
pub(super) const OWN: &str = "/.postil/";

const SCRIPT: &str = include_str!("client/watch.js");
const STYLE: &str = include_str!("client/watch.css");

/// Refuses a request that does not come from a page of this server; `None` lets it pass.
pub(super) fn refusal(request: &Request<Body>, names: &Names) -> Option<Response<Body>> {
    let headers = request.headers();
    let host = match headers.get(HOST) {
        Some(host) => host.to_str().ok(),
        None => request.uri().authority().map(axum::http::uri::Authority::as_str),
    };
    let named = host.is_some_and(|host| names.is_own(host)) && request.uri().host().is_none_or(|host| names.is_own(host));
    if !named || headers.get_all(HOST).iter().count() > 1 {
        let text = "This server answers to its own names only. Name others with `postil watch --host NAME`.\n";
        return Some(plain(StatusCode::FORBIDDEN, text));
    }
    if !names.may_ask(headers) || (is_stream(request) && !names.is_own_page(headers)) {
        return Some(plain(StatusCode::FORBIDDEN, "This server answers to its own pages only.\n"));
    }
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return Some(with(plain(StatusCode::METHOD_NOT_ALLOWED, "There is nothing to do here but to read.\n"), &[(ALLOW, "GET, HEAD")]));
    }
    None
}

/// Whether the request is for the events of a page, which are for that page alone.
pub(super) fn is_stream(request: &Request<Body>) -> bool {
    request.uri().path().strip_prefix(OWN) == Some("events")
}

/// The answer to a request for a file.
pub(super) fn answer(request: &Request<Body>, shown: &Shown) -> Response<Body> {
    let Some(path) = unescaped(request.uri().path()).filter(|path| path.starts_with('/')) else {
        return plain(StatusCode::BAD_REQUEST, "This address is not written as addresses are.\n");
    };
    match path.strip_prefix(OWN) {
        Some("watch.js") => return typed(SCRIPT, "text/javascript; charset=utf-8"),
        Some("watch.css") => return typed(STYLE, "text/css; charset=utf-8"),
        Some(_) => return plain(StatusCode::NOT_FOUND, "There is nothing at this address.\n"),
        None => {}
    }
    let Some(site) = &shown.site else { return waiting() };
    match site.find(&path) {
        Found::File(asset) if asset.is_page() => page(&asset, request.headers(), site, StatusCode::OK),
        Found::File(asset) => file(&asset, request.headers()),
        Found::Broken => waiting(),
        Found::Folder => {
            let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
            with(plain(StatusCode::TEMPORARY_REDIRECT, ""), &[(LOCATION, &format!("{}/{query}", request.uri().path()))])
        }
        Found::Nothing(Some(asset)) => page(&asset, request.headers(), site, StatusCode::NOT_FOUND),
        Found::Nothing(None) => plain(StatusCode::NOT_FOUND, "There is nothing at this address.\n"),
    }
}

/// A page with the script that follows changes.
fn page(asset: &Asset, headers: &HeaderMap, site: &Site, status: StatusCode) -> Response<Body> {
    let etag = if status == StatusCode::OK { asset.etag() } else { format!("missing-{}", asset.etag()) };
    if status == StatusCode::OK && is_known(headers, &etag) {
        return with(empty(StatusCode::NOT_MODIFIED), &[(ETAG, &format!("\"{etag}\""))]);
    }
    let mut html = String::from_utf8_lossy(&asset.bytes()).into_owned();
    if let Some(base) = site.edition.base_url().filter(|_| status == StatusCode::NOT_FOUND) {
        // The page for what is not there names its files by the path at which the site will stand.
        html = html.replace(&format!("=\"{}", escape(path_of(base))), "=\"/");
    }
    let response = typed(followed(&html, &etag), asset.media);
    let mut response = with(response, &[(ETAG, &format!("\"{etag}\""))]);
    *response.status_mut() = status;
    response
}

/// The page that stands in the place of all others before the first good build.
fn waiting() -> Response<Body> {
    let html = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Postil</title>\n</head>\n\
        <body>\n<p>There is no page yet. It comes by itself as soon as the errors are mended.</p>\n</body>\n</html>\n";
    let mut response = typed(followed(html, "none"), "text/html; charset=utf-8");
    *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    response
}

/// The answer where the program has failed over a page.
pub(super) fn failed() -> Response<Body> {
    plain(StatusCode::INTERNAL_SERVER_ERROR, "The program has failed over this page, which is a fault of its own.\n")
}

/// The page with the elements that follow changes at the end of its body.
fn followed(html: &str, etag: &str) -> String {
    let at = html.rfind("</body>").unwrap_or(html.len());
    let own = format!(
        "<link rel=\"stylesheet\" href=\"{OWN}watch.css\"><script defer src=\"{OWN}watch.js\" id=\"postil-watch\" data-etag=\"{}\"></script>\n",
        escape(etag)
    );
    [&html[..at], &own, &html[at..]].concat()
}

/// A file as it is, or a part of it.
fn file(asset: &Asset, headers: &HeaderMap) -> Response<Body> {
    let hash = asset.etag();
    let etag = format!("\"{hash}\"");
    let common = [(ETAG, etag.as_str()), (ACCEPT_RANGES, "bytes")];
    if is_known(headers, &hash) {
        return with(empty(StatusCode::NOT_MODIFIED), &common);
    }
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let wanted = text(RANGE).filter(|_| text(IF_RANGE).is_none_or(|known| known == etag));
    let length = asset.bytes().len();
    match wanted.map_or(Part::Whole, |range| part(range, length)) {
        Part::Whole => with(typed(shared(asset), asset.media), &common),
        Part::Bytes(range) => {
            let place = format!("bytes {}-{}/{length}", range.start, range.end - 1);
            let response = with(typed(shared(asset).slice(range), asset.media), &common);
            let mut response = with(response, &[(CONTENT_RANGE, &place)]);
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            response
        }
        Part::Outside => with(empty(StatusCode::RANGE_NOT_SATISFIABLE), &[(CONTENT_RANGE, &format!("bytes */{length}"))]),
    }
}

/// The bytes of a file, not copied.
fn shared(asset: &Asset) -> Bytes {
    struct Owner(crate::read::snapshot::Bytes);
    impl AsRef<[u8]> for Owner {
        fn as_ref(&self) -> &[u8] {
            &self.0
        }
    }
    Bytes::from_owner(Owner(asset.bytes()))
}

/// Whether the browser has just these bytes.
fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let known = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    known.flat_map(|list| list.split(',')).map(str::trim).any(|one| one == "*" || one.trim_start_matches("W/").trim_matches('"') == etag)
}

/// The path without its escapes; nothing where they are broken, or hide what is no text.
pub(super) fn unescaped(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(one) = rest.next() {
        if one == b'%' {
            let digit = |one: Option<u8>| char::from(one?).to_digit(16);
            let value = digit(rest.next())? * 16 + digit(rest.next())?;
            bytes.push(u8::try_from(value).ok()?);
        } else {
            bytes.push(one);
        }
    }
    String::from_utf8(bytes).ok().filter(|path| !path.contains('\0'))
}

/// An answer in words.
pub(super) fn plain(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut response = typed(text, "text/plain; charset=utf-8");
    *response.status_mut() = status;
    response
}

fn empty(status: StatusCode) -> Response<Body> {
    let mut response = guarded(Response::new(Body::empty()));
    *response.status_mut() = status;
    response
}

fn typed(body: impl Into<Body>, media: &'static str) -> Response<Body> {
    let mut response = guarded(Response::new(body.into()));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media));
    response
}

/// What every answer says: ask again each time, take it for nothing else, show it to no other site.
pub(super) fn guarded(mut response: Response<Body>) -> Response<Body> {
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    response
}

fn with(mut response: Response<Body>, headers: &[(HeaderName, &str)]) -> Response<Body> {
    for (name, value) in headers {
        // What cannot stand in a header is left out.
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_escapes_are_no_address() {
        assert_eq!(unescaped("/a%20b/%E4%B8%AD").as_deref(), Some("/a b/中"));
        for path in ["/%", "/%2", "/%zz", "/%ff", "/%c0%ae", "/%00", "/%+1"] {
            assert_eq!(unescaped(path), None, "{path}");
        }
    }

    #[test]
    fn the_script_stands_at_the_end_of_the_body() {
        let page = followed("<body>x</body></html>", "a\"b");
        assert!(page.starts_with("<body>x<link") && page.ends_with("</script>\n</body></html>") && page.contains("a&quot;b"), "{page}");
        assert!(followed("x", "e").starts_with("x<link"));
    }
}
