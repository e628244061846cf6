//! Asking for one address until it is clear what becomes of it: methods, redirects, tries.

use std::collections::BTreeSet;
use std::thread;
use std::time::Duration;

use url::Url;

use super::Options;
use super::address::next;
use super::http::{Client, Fault, Method, Remedy, Reply};
use super::jar::Jar;
use super::outcome::Outcome;
use super::turns::Turns;

/// Redirects that are followed.
const REDIRECTS: usize = 10;
/// Who asks for a longer wait than this is not waited for.
const LONGEST_WAIT: Duration = Duration::from_mins(1);
/// Numbers by which some servers answer only because they know no HEAD.
const NO_HEAD: [u16; 5] = [400, 403, 404, 405, 501];

/// What asks for addresses, shared by all threads.
#[derive(Debug)]
pub(super) struct Asker<'o> {
    client: Client,
    turns: Turns,
    options: &'o Options,
}

/// How one try ended.
struct End {
    outcome: Outcome,
    /// Whether another try may end otherwise, and the wait that the server asks for.
    again: Option<Duration>,
}

impl End {
    fn last(outcome: Outcome) -> Self {
        Self { outcome, again: None }
    }
}

impl<'o> Asker<'o> {
    pub(super) fn new(options: &'o Options) -> Self {
        Self { client: Client::new(options), turns: Turns::new(options.delay), options }
    }

    /// Asks for an address, again if need be.
    pub(super) fn outcome(&self, url: &Url) -> Outcome {
        let mut end = self.follow(url, Method::Head);
        for wait in &self.options.waits {
            match end.again.filter(|asked| *asked <= LONGEST_WAIT) {
                Some(asked) => thread::sleep(asked.max(*wait)),
                None => break,
            }
            // Some servers fail only where they are asked for the head alone.
            end = self.follow(url, Method::Get);
        }
        end.outcome
    }

    /// One try: the way through all redirects.
    fn follow(&self, url: &Url, mut method: Method) -> End {
        let mut jar = Jar::default();
        // A page with other cookies is another step, and no circle.
        let mut seen = BTreeSet::from([(url.clone(), String::new())]);
        let mut at = url.clone();
        // Where the address has moved to for good: as far as no step of the way is only for now.
        let mut moved = None;
        let mut for_good = true;
        loop {
            let reply = match self.answer(&mut method, &at, &mut jar) {
                Ok(reply) => reply,
                Err(fault) => return no_answer(fault),
            };
            let Some(location) = reply.location.as_ref().filter(|_| is_redirect(reply.status)) else {
                return answered(&reply, moved.map(|to: Url| to.to_string()));
            };
            let to = match next(&at, location) {
                Ok(to) => to,
                Err(reason) => return End::last(Outcome::broken(reply.status, &reason)),
            };
            for_good &= matches!(reply.status, 301 | 308);
            if for_good {
                moved = Some(to.clone()).filter(|to| to != url);
            }
            at = to;
            if seen.len() > REDIRECTS {
                return End::last(Outcome::broken(reply.status, &format!("it sends its reader on more than {REDIRECTS} times")));
            }
            if !seen.insert((at.clone(), jar.cookies(host(&at)))) {
                return End::last(Outcome::broken(reply.status, "it sends its reader round in a circle"));
            }
        }
    }

    /// The answer of one page on the way. From the first that does not take HEAD on, GET is used.
    fn answer(&self, method: &mut Method, url: &Url, jar: &mut Jar) -> Result<Reply, Fault> {
        let ask = |method| self.turns.take(host(url), || self.client.ask(method, url, &jar.cookies(host(url))));
        let mut answer = ask(*method);
        let doubtful = match &answer {
            Ok(reply) => NO_HEAD.contains(&reply.status),
            Err(fault) => fault.remedy == Remedy::Method,
        };
        if doubtful && *method == Method::Head {
            *method = Method::Get;
            answer = ask(*method);
        }
        let reply = answer?;
        reply.cookies.iter().for_each(|cookie| jar.keep(host(url), cookie));
        Ok(reply)
    }
}

fn host(url: &Url) -> &str {
    url.host_str().unwrap_or_default()
}

fn is_redirect(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

fn no_answer(fault: Fault) -> End {
    let again = (fault.remedy != Remedy::None).then_some(Duration::ZERO);
    End { outcome: Outcome::Broken { status: None, reason: fault.reason }, again }
}

fn answered(reply: &Reply, moved: Option<String>) -> End {
    let passing = reply.status == 429 || (500..600).contains(&reply.status);
    let again = passing.then(|| reply.retry_after.unwrap_or_default());
    End { outcome: Outcome::of(reply.status, moved), again }
}
