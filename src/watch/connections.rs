//! Connections: so many at once and no more, each with little time to ask.
//!
//! Whoever connects is let in. Where there are too many by then, one has to go: the oldest that has not asked for
//! anything, or else the oldest of all; a page that loses its stream of events comes again by itself.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, Response};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;

use crate::budget;

/// How long a head may take from the moment when it could begin.
const HEAD: Duration = Duration::from_secs(5);
/// How long to wait where the system has no more connections to give.
const BREATH: Duration = Duration::from_millis(50);

/// Whether a connection has asked for anything, and its number: those that have to go first stand first.
type Seat = (bool, u64);

/// All that are open.
#[derive(Default)]
pub(super) struct Connections {
    seats: Mutex<Seats>,
}

#[derive(Default)]
struct Seats {
    next: u64,
    open: BTreeMap<Seat, AbortHandle>,
}

impl Connections {
    /// Lets in whoever comes.
    pub(super) async fn accept<F>(
        self: Arc<Self>,
        listener: TcpListener,
        respond: impl Fn(Request<Body>) -> F + Clone + Send + Sync + 'static,
    ) where
        F: Future<Output = Response<Body>> + Send + 'static,
    {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => self.admit(stream, respond.clone()),
                Err(_) => tokio::time::sleep(BREATH).await,
            }
        }
    }

    fn admit<F>(self: &Arc<Self>, stream: TcpStream, respond: impl Fn(Request<Body>) -> F + Clone + Send + Sync + 'static)
    where
        F: Future<Output = Response<Body>> + Send + 'static,
    {
        let mut seats = self.seats();
        if seats.open.len() >= budget::CONNECTIONS
            && let Some((_, oldest)) = seats.open.pop_first()
        {
            oldest.abort();
        }
        seats.next += 1;
        let guest = Guest { number: seats.next, room: self.clone() };
        let seat = (false, guest.number);
        seats.open.insert(seat, tokio::spawn(serve(stream, guest, respond)).abort_handle());
    }

    fn seats(&self) -> MutexGuard<'_, Seats> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One connection; when it ends, its seat is free.
struct Guest {
    number: u64,
    room: Arc<Connections>,
}

impl Guest {
    /// It has asked for something.
    fn asks(&self) {
        let mut seats = self.room.seats();
        if let Some(handle) = seats.open.remove(&(false, self.number)) {
            seats.open.insert((true, self.number), handle);
        }
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        let mut seats = self.room.seats();
        for asked in [false, true] {
            seats.open.remove(&(asked, self.number));
        }
    }
}

/// One connection, from its first request to its last.
async fn serve<F>(stream: TcpStream, guest: Guest, respond: impl Fn(Request<Body>) -> F + Send + Sync + 'static)
where
    F: Future<Output = Response<Body>> + Send + 'static,
{
    let service = service_fn(|request: Request<hyper::body::Incoming>| {
        guest.asks();
        let answer = respond(request.map(Body::new));
        async { Ok::<_, Infallible>(answer.await) }
    });
    // Answers are sent at once: a page is many small ones.
    let _ = stream.set_nodelay(true);
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(budget::REQUEST_HEAD);
    // A client that goes away, or does not speak HTTP, is no fault of ours.
    let _ = server.serve_connection(TokioIo::new(stream), service).await;
}
