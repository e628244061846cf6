//! `postil watch`: the site, served on this machine, follows the author's files.

use std::collections::BTreeSet;
use std::io::{IsTerminal, Write};
use std::process::{Command, Stdio};
use std::sync::Arc;

use terminal_size::{Width, terminal_size_of};

use super::build::{full_address, output, plural};
use super::cli::{Common, WatchArgs};
use super::{Ending, failure, memory, message, project, report};
use crate::build::Options;
use crate::text::{Diagnostic, Diagnostics, Severity, time_of_day};
use crate::watch::{self, News, Plan, Round, Trouble};

pub(super) fn run(args: &WatchArgs, common: &Common) -> Ending {
    memory::give_back_at_once();
    let root = match project::root(common).and_then(|root| project::with_content(&root).map(|()| root)) {
        Ok(root) => root,
        Err(ending) => return ending,
    };
    if let Err(ending) = full_address(args.base_url.as_deref()) {
        return ending;
    }
    let Ok(root) = root.canonicalize() else {
        failure(&format!("the folder {} cannot be found", project::shown(&root)), "name the folder of the briefing with --root");
        return Ending::Failed;
    };
    let common = Common { root, ..common.clone() };
    let options =
        || Options { drafts: args.scope.drafts, strict: args.scope.strict, base_url: args.base_url.clone(), today: project::today() };
    let plan = Plan {
        root: common.root.clone(),
        port: args.port,
        hosts: args.host.clone(),
        explain: args.explain,
        options: &options,
        output: &|snapshot| output(args.output.as_deref(), &common, snapshot),
    };
    let mut teller = Teller::new(&common, args.open);
    match watch::run(&plan, &mut |news| teller.tell(news)) {
        Ok(()) => {
            teller.end();
            Ending::Done
        }
        Err(Trouble::Port(Some(port), error)) => {
            failure(&format!("the port {port} cannot be opened: {error}"), "name another with --port, or none: then a free one is found");
            Ending::Failed
        }
        Err(Trouble::Port(None, error) | Trouble::Io(error)) => {
            failure(&format!("nothing can be served: {error}"), "");
            Ending::Failed
        }
    }
}

/// Tells what happens: findings as they change, and below them one line with the state of things.
struct Teller<'c> {
    common: &'c Common,
    /// A browser is to be opened once there is something to see.
    open: bool,
    /// Whether the last line may be written over.
    terminal: bool,
    address: String,
    status: String,
    found: BTreeSet<Name>,
    /// Whether there was a good build.
    good: bool,
    /// Why the folder of the site could not be written.
    trouble: String,
}

impl<'c> Teller<'c> {
    fn new(common: &'c Common, open: bool) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let [address, status, trouble] = [const { String::new() }; 3];
        Self { common, open, terminal, address, status, found: BTreeSet::new(), good: false, trouble }
    }

    fn tell(&mut self, news: News<'_>) {
        match news {
            News::Serving { address } => {
                address.clone_into(&mut self.address);
                if !self.common.quiet {
                    self.line(&format!("serving {} at {address} (Ctrl-C ends it)", project::shown(&self.common.root)));
                }
            }
            News::Polling => self.line("this system does not report all changes; files are compared once a second"),
            News::Built(round) => self.built(&round),
            News::Whole(round) => self.whole(&round),
            News::Explained(pages) => {
                for (path, parts) in pages {
                    self.line(&format!("{path}: {}", parts.join(", ")));
                }
            }
            News::Written(published) => {
                if !std::mem::take(&mut self.trouble).is_empty() {
                    self.line("the folder of the site is written again");
                }
                if self.common.verbose {
                    let (changed, removed) = (published.changed, published.removed);
                    self.line(&format!("the folder of the site is written: {changed} files changed, {removed} removed"));
                }
            }
            News::Unwritten(error) => {
                let trouble = error.to_string();
                if trouble != self.trouble {
                    self.clear();
                    failure(&trouble, error.help());
                    self.show();
                    self.trouble = trouble;
                }
            }
            News::NotKept(trouble) => {
                self.line(&format!("what was made of pictures and drawings could not be kept for the next run: {trouble}"));
            }
        }
    }

    fn built(&mut self, round: &Round<'_>) {
        self.found(round);
        self.show();
        if std::mem::take(&mut self.open) && !browse(&self.address) {
            self.line(&format!("no browser could be opened; the site is at {}", self.address));
        }
    }

    /// The state of things once all files were made. Among other lines it is told only where pages have brought findings.
    fn whole(&mut self, round: &Round<'_>) {
        if self.found(round) || self.terminal {
            self.show();
        }
    }

    /// Tells of what was found, and makes the state of things anew. Gives whether anything is new.
    fn found(&mut self, round: &Round<'_>) -> bool {
        // What was told before is not told again, also where it stands some lines further down now.
        let fresh: Diagnostics = round.diagnostics.iter().filter(|one| !self.found.contains(&name(one))).cloned().collect();
        let now: BTreeSet<Name> = round.diagnostics.iter().map(name).collect();
        let is_new = now != self.found;
        self.found = now;
        self.clear();
        report::print(&fresh, round.snapshot, self.common);
        let took = round.took.as_secs_f64() * 1000.0;
        self.good |= round.counts.is_some();
        let state = match (round.counts, round.changed) {
            (Some(counts), Some(changed)) => format!("{}, {} changed", plural(counts.pages, "page"), plural(changed, "file")),
            (Some(counts), None) => plural(counts.pages, "page"),
            (None, _) if self.good => "the last good pages stay".to_owned(),
            (None, _) => "no page yet".to_owned(),
        };
        let count = |severity, noun| Some(round.diagnostics.count(severity)).filter(|count| *count > 0).map(|count| plural(count, noun));
        let found: Vec<String> = [count(Severity::Error, "error"), count(Severity::Warning, "warning")].into_iter().flatten().collect();
        let found = if found.is_empty() { "nothing to mend".to_owned() } else { found.join(", ") };
        let at = project::now().and_then(time_of_day).map(|time| format!(" at {time}")).unwrap_or_default();
        self.status = format!("built in {took:.0} ms{at}: {state}; {found} - {}", self.address);
        is_new
    }

    /// A line that stays, above the state of things.
    fn line(&mut self, text: &str) {
        self.clear();
        message(text);
        if self.terminal {
            self.show();
        }
    }

    /// Takes the state of things away, where it can be.
    fn clear(&self) {
        if self.terminal && !self.status.is_empty() {
            let _ = write!(anstream::stderr().lock(), "\r\u{1b}[2K");
        }
    }

    /// Shows the state of things: on a terminal below all, elsewhere as a line among the others.
    fn show(&self) {
        if self.common.quiet || self.status.is_empty() {
            return;
        }
        let mut err = anstream::stderr().lock();
        // If even that fails there is nobody left to tell.
        let _ = if self.terminal { write!(err, "{}", fitting(&self.status)) } else { writeln!(err, "{}", self.status) };
        let _ = err.flush();
    }

    fn end(&self) {
        if self.terminal && !self.common.quiet {
            message("");
        }
    }
}

/// As much of a line as a terminal has room for: what is broken in two cannot be written over.
fn fitting(line: &str) -> String {
    let room = terminal_size_of(std::io::stderr()).map_or(usize::MAX, |(Width(width), _)| usize::from(width).saturating_sub(1));
    match line.char_indices().nth(room) {
        Some(_) => line.chars().take(room.saturating_sub(1)).chain(['…']).collect(),
        None => line.to_owned(),
    }
}

/// What a finding is known by: its rule, its file and its words.
type Name = (&'static str, Option<Arc<str>>, String);

fn name(one: &Diagnostic) -> Name {
    (one.rule.name, one.place.as_ref().map(|place| place.path.clone()), one.message.clone())
}

/// Opens the address with the system's own means.
fn browse(address: &str) -> bool {
    let (program, args): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start"])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(args).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    match command.spawn() {
        Ok(mut child) => {
            // Whoever starts a program has to hear of its end.
            std::thread::spawn(move || child.wait());
            true
        }
        Err(_) => false,
    }
}
