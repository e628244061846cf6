//! One HTTP request, and its answer's head; alone knows the library that speaks HTTP.

use std::io::ErrorKind;
use std::time::Duration;

use ureq::http::Response;
use ureq::http::header::{COOKIE, LOCATION, RETRY_AFTER, SET_COOKIE};
use ureq::{Agent, Body, Error, Timeout};
use url::Url;

use super::Options;
use super::address::is_local;

/// Who asks.
const AGENT: &str = concat!("postil/", env!("CARGO_PKG_VERSION"), " (link check)");

/// How an address is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    /// For the head of the answer only.
    Head,
    /// For all of it. The connection is closed once the head has come.
    Get,
}

/// The head of an answer, as far as it matters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reply {
    /// The number that says what kind of answer it is.
    pub status: u16,
    /// Where else to ask.
    pub location: Option<String>,
    /// How long to wait before asking again. Only seconds are read: a date, which is rare, leaves the usual wait.
    pub retry_after: Option<Duration>,
    /// The cookies that it sets.
    pub cookies: Vec<String>,
}

/// Why no answer came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// What happened, in words.
    pub reason: String,
    /// What may help.
    pub remedy: Remedy,
}

/// What may help where no answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Remedy {
    /// Another method: the server did not finish its answer to this one.
    Method,
    /// Time.
    Time,
    /// Nothing.
    None,
}

/// What asks. Redirects are not followed, and no number is an error.
#[derive(Debug)]
pub(super) struct Client {
    agent: Agent,
    connect: Duration,
    timeout: Duration,
}

impl Client {
    /// A client with the limits of these options, and with the proxy that the environment names.
    pub(super) fn new(options: &Options) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(AGENT)
            .timeout_resolve(Some(options.connect))
            .timeout_connect(Some(options.connect))
            .timeout_global(Some(options.timeout))
            .build();
        Self { agent: config.into(), connect: options.connect, timeout: options.timeout }
    }

    /// Asks once.
    pub(super) fn ask(&self, method: Method, url: &Url, cookies: &str) -> Result<Reply, Fault> {
        let mut request = match method {
            Method::Head => self.agent.head(url.as_str()),
            Method::Get => self.agent.get(url.as_str()),
        };
        if !cookies.is_empty() {
            request = request.header(COOKIE, cookies);
        }
        if is_local(url) {
            // No proxy knows the way to what is near.
            request = request.config().proxy(None).build();
        }
        request.call().map(|response| reply(&response)).map_err(|error| self.fault(&error, url))
    }

    fn fault(&self, error: &Error, url: &Url) -> Fault {
        let seconds = |time: Duration| format!("{} s", time.as_secs_f64());
        let host = url.host_str().unwrap_or_default();
        let (reason, remedy) = match error {
            Error::Timeout(Timeout::Resolve) => (format!("the name `{host}` was not found within {}", seconds(self.connect)), Remedy::Time),
            Error::Timeout(Timeout::Connect) => (format!("no connection to `{host}` within {}", seconds(self.connect)), Remedy::Time),
            Error::Timeout(_) => (format!("no answer from `{host}` within {}", seconds(self.timeout)), Remedy::Time),
            Error::HostNotFound => (format!("there is no host `{host}`"), Remedy::Time),
            Error::ConnectionFailed => (format!("no connection to `{host}`"), Remedy::Time),
            Error::Io(error) => io_fault(error, host),
            Error::Protocol(error) => (format!("`{host}` does not answer in HTTP: {error}"), Remedy::Method),
            Error::Rustls(error) => (format!("no secure connection to `{host}`: {error}"), Remedy::None),
            Error::Tls(error) => (format!("no secure connection to `{host}`: {error}"), Remedy::None),
            Error::BadUri(_) | Error::Http(_) => (format!("it is no address: {error}"), Remedy::None),
            error => (format!("the request to `{host}` failed: {error}"), Remedy::Time),
        };
        Fault { reason, remedy }
    }
}

fn io_fault(error: &std::io::Error, host: &str) -> (String, Remedy) {
    let broke = [ErrorKind::ConnectionReset, ErrorKind::ConnectionAborted, ErrorKind::BrokenPipe, ErrorKind::UnexpectedEof];
    match error.kind() {
        kind if broke.contains(&kind) => (format!("`{host}` broke the connection off"), Remedy::Method),
        ErrorKind::ConnectionRefused => (format!("`{host}` refuses the connection"), Remedy::Time),
        // What is wrong with a certificate comes in this wrapping.
        ErrorKind::InvalidData => (format!("no secure connection to `{host}`: {error}"), Remedy::None),
        _ => (format!("no connection to `{host}`: {error}"), Remedy::Time),
    }
}

fn reply(response: &Response<Body>) -> Reply {
    let headers = response.headers();
    let text = |value: &ureq::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    Reply {
        status: response.status().as_u16(),
        location: headers.get(LOCATION).map(text),
        retry_after: headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok()).map(Duration::from_secs),
        cookies: headers.get_all(SET_COOKIE).iter().map(text).collect(),
    }
}
