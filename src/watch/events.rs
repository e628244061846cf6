//! What pages hear of changes: one stream of events for each open page.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use axum::response::IntoResponse;
use axum::response::sse::{Event, Sse};
use futures_util::stream::{self, Stream};
use serde_json::{Value, json};
use tokio::sync::watch::Receiver;

use super::Shown;
use super::answer::{guarded, plain, unescaped};
use super::parts::parts;

/// How often a page hears that the server is still there.
const BEAT: Duration = Duration::from_secs(15);

/// The stream for the page that the request names.
pub(super) fn events(request: &Request<Body>, shown: Receiver<Arc<Shown>>, session: Arc<str>) -> Response<Body> {
    let query = request.uri().query().unwrap_or_default();
    let Some(path) = query.split('&').find_map(|pair| unescaped(pair.strip_prefix("path=")?)) else {
        return plain(StatusCode::BAD_REQUEST, "Which page is it about?\n");
    };
    guarded(Sse::new(stream(Listener { path, session, shown, told: None })).into_response())
}

/// One open page.
struct Listener {
    path: String,
    session: Arc<str>,
    shown: Receiver<Arc<Shown>>,
    /// What the page was told last.
    told: Option<Value>,
}

/// What concerns the page, each time that it changes. Whoever is slow hears of the last change only.
fn stream(listener: Listener) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(listener, |mut listener| async move {
        loop {
            let now = listener.shown.borrow_and_update().clone();
            let (path, session, built) = (listener.path.clone(), listener.session.clone(), now.built);
            let state = tokio::task::spawn_blocking(move || state(&now, &path, &session)).await.ok()?;
            if built && listener.told.as_ref() != Some(&state) {
                let event = Event::default().event("state").data(state.to_string());
                listener.told = Some(state);
                return Some((Ok(event), listener));
            }
            match tokio::time::timeout(BEAT, listener.shown.changed()).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return None,
                Err(_) => return Some((Ok(Event::default().event("beat").data("")), listener)),
            }
        }
    })
}

/// All that a page must know: the hashes of what it shows, and what is to be mended.
fn state(shown: &Shown, path: &str, session: &str) -> Value {
    let site = shown.site.as_ref();
    let page = site.map_or_else(|| "none".to_owned(), |site| site.etag(path));
    let styles = site.map(|site| site.styles()).unwrap_or_default();
    let parts = site.map(|site| parts(site, path)).unwrap_or_default();
    json!({ "session": session, "page": page, "styles": styles, "parts": parts, "panel": *shown.panel })
}
