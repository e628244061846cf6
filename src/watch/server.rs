//! The server: on this machine only, in a thread of its own.

use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::SystemTime;

use axum::body::Body;
use axum::http::{Request, Response};
use tokio::sync::watch::Receiver;

use super::answer::{answer, failed, is_stream, refusal};
use super::connections::Connections;
use super::events::events;
use super::guard::Names;
use super::{Shown, Signal};

/// The port that is tried first where none is asked for, and how many after it.
const FIRST: u16 = 1111;
const MORE: u16 = 200;

/// Sockets that listen, for both forms of this machine's address where it has both.
pub(super) struct Door {
    listeners: Vec<TcpListener>,
    pub(super) port: u16,
}

impl Door {
    /// Opens the port that is asked for, or else the first that is free.
    pub(super) fn open(port: Option<u16>) -> io::Result<Self> {
        if let Some(port) = port {
            return Self::at(port);
        }
        for port in FIRST..FIRST + MORE {
            match Self::at(port) {
                Err(error) if matches!(error.kind(), ErrorKind::AddrInUse | ErrorKind::PermissionDenied) => {}
                result => return result,
            }
        }
        Self::at(0)
    }

    fn at(port: u16) -> io::Result<Self> {
        let first = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let port = first.local_addr()?.port();
        let mut listeners = vec![first];
        match TcpListener::bind((Ipv6Addr::LOCALHOST, port)) {
            Ok(second) => listeners.push(second),
            // Somebody else would get what is meant for this server.
            Err(error) if error.kind() == ErrorKind::AddrInUse => return Err(error),
            // This machine has no such addresses.
            Err(_) => {}
        }
        for listener in &listeners {
            listener.set_nonblocking(true)?;
        }
        Ok(Self { listeners, port })
    }
}

/// What every answer needs.
#[derive(Clone)]
struct Desk {
    shown: Receiver<Arc<Shown>>,
    names: Arc<Names>,
    session: Arc<str>,
}

/// Serves until the process ends. The signal to stop is handed on.
pub(super) fn serve(door: Door, names: Names, shown: Receiver<Arc<Shown>>, signals: Sender<Signal>) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
    let desk = Desk { shown, names: Arc::new(names), session: session(door.port).into() };
    thread::Builder::new().name("server".to_owned()).spawn(move || {
        runtime.block_on(async move {
            let connections = Arc::new(Connections::default());
            for listener in door.listeners {
                let desk = desk.clone();
                if let Ok(listener) = tokio::net::TcpListener::from_std(listener) {
                    tokio::spawn(connections.clone().accept(listener, move |request| respond(desk.clone(), request)));
                }
            }
            stop(signals).await;
        });
    })?;
    Ok(())
}

/// A name for this run, by which pages tell that the server was started anew.
fn session(port: u16) -> String {
    let seed = format!("{:?} {} {port}", SystemTime::now(), std::process::id());
    blake3::hash(seed.as_bytes()).to_hex()[..16].to_owned()
}

async fn respond(desk: Desk, request: Request<Body>) -> Response<Body> {
    if let Some(refused) = refusal(&request, &desk.names) {
        return refused;
    }
    if is_stream(&request) {
        return events(&request, desk.shown, desk.session);
    }
    // Whoever comes before the first build waits for it. Its end without a build is the end of the session.
    let mut shown = desk.shown;
    let now = match shown.wait_for(|shown| shown.built).await {
        Ok(now) => now.clone(),
        Err(_) => Arc::default(),
    };
    // A page that nobody has asked for yet is made now, beside the other requests.
    let (parts, _) = request.into_parts();
    let made = tokio::task::spawn_blocking(move || answer(&Request::from_parts(parts, Body::empty()), &now)).await;
    made.unwrap_or_else(|_| failed())
}

/// Hands on the first signal to stop, and ends the process at the second.
async fn stop(signals: Sender<Signal>) {
    asked_to_stop().await;
    // Where nobody listens any more, the end has come already.
    let _ = signals.send(Signal::Stop);
    asked_to_stop().await;
    std::process::exit(130);
}

async fn asked_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let term = async {
            match signal(SignalKind::terminate()) {
                Ok(mut term) => drop(term.recv().await),
                Err(_) => std::future::pending().await,
            }
        };
        futures_util::future::select(std::pin::pin!(term), std::pin::pin!(tokio::signal::ctrl_c())).await;
    }
    #[cfg(not(unix))]
    let _ = tokio::signal::ctrl_c().await;
}

/// The address as a browser takes it.
pub(super) fn address(port: u16) -> String {
    format!("http://{}/", SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
}
