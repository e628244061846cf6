//! `postil deploy`: the plan is shown, asked about, and carried out.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::time::Instant;

use super::build::plural;
use super::cli::{BuildArgs, Common, DeployArgs, ScopeArgs};
use super::progress::Progress;
use super::{Ending, build, failure, message, project, report, result};
use crate::deploy::{self, Done, Fault, Local, Options, Own, Plan, Project, Retry, Rollback, Source, Target};
use crate::output::Whole;
use crate::read::config::Config;
use crate::read::deploy::{Address, TargetConfig};
use crate::read::snapshot::Snapshot;
use crate::text::{Diagnostics, suggestion};

pub(super) fn run(args: &DeployArgs, common: &Common) -> Ending {
    carry_out(args, common).unwrap_or_else(|ending| ending)
}

/// A target that was chosen, and all that belongs to it.
struct Chosen<'c> {
    name: &'c str,
    address: Address,
    config: &'c TargetConfig,
    project: Project,
}

impl Chosen<'_> {
    fn largest(&self) -> Option<u64> {
        self.config.largest.map(|largest| largest.saturating_mul(1 << 20))
    }

    fn retry(&self) -> Retry {
        Retry::times(self.config.retries)
    }
}

fn carry_out(args: &DeployArgs, common: &Common) -> Result<Ending, Ending> {
    let root = project::root(common)?;
    let snapshot = Snapshot::read(&root, &[]);
    let mut faults = Diagnostics::default();
    let config = Config::read(&snapshot, &mut faults);
    match report::print(&faults, &snapshot, common) {
        Ending::Done => {}
        ending => return Err(ending),
    }
    let output = build::output(args.output.as_deref(), common, &snapshot);
    let own = ["content", "themes", "snapshots", ".postil"].map(|folder| root.join(folder)).into_iter().chain([output.clone()]).collect();
    let chosen = choose(args, &config, Project { root, own })?;
    if args.verify {
        return verify(&chosen, common);
    }
    if args.rollback {
        let target = connect(&chosen)?;
        return roll_back(args, &chosen, &*target, common);
    }
    let local = site(args, common, &output)?;
    let target = connect(&chosen)?;
    let progress = Progress::start(common);
    progress.step("looking at the target");
    let plan = local.plan(&*target, chosen.largest(), &chosen.retry()).map_err(|fault| failed(&chosen, &fault))?;
    progress.end();
    proceed(args, &chosen, &*target, &plan, &local, common)
}

/// The target that is named, or the only one.
fn choose<'c>(args: &DeployArgs, config: &'c Config, project: Project) -> Result<Chosen<'c>, Ending> {
    let names = || config.deploy.keys().map(String::as_str);
    let usage = |text: &str, help: &str| {
        failure(text, help);
        Ending::Usage
    };
    let list = || names().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let found = match &args.target {
        Some(name) => config.deploy.get_key_value(name).ok_or_else(|| {
            let known = if config.deploy.is_empty() {
                "write a table `[deploy.NAME]` in postil.toml".to_owned()
            } else {
                format!("there are {}", list())
            };
            usage(&format!("there is no target `{name}`"), &suggestion(name, names()).unwrap_or(known))
        })?,
        None if config.deploy.len() > 1 => return Err(usage("there are several targets", &format!("name one of {}", list()))),
        None => config.deploy.first_key_value().ok_or_else(|| {
            usage("no target is declared", "write a table in postil.toml: `[deploy.live]` with `to = \"file:/srv/www/briefing\"`")
        })?,
    };
    let (name, config) = (found.0.as_str(), &found.1.value);
    // Whatever is wrong with it was a finding about postil.toml.
    let address = config.to.as_ref().and_then(|to| Address::read(&to.value).ok()).ok_or(Ending::Errors)?;
    Ok(Chosen { name, address, config, project })
}

/// The whole site, which is built where there is none.
fn site(args: &DeployArgs, common: &Common, output: &Path) -> Result<Local, Ending> {
    let take = || {
        Whole::take(output).map_err(|error| {
            failure(&error.to_string(), error.help());
            Ending::Failed
        })
    };
    if !args.build
        && let Some(whole) = take()?
    {
        return Ok(Local::new(whole));
    }
    let scope = ScopeArgs { drafts: false, strict: false };
    match build::run(&BuildArgs { output: args.output.clone(), base_url: None, no_cache: false, scope }, common) {
        Ending::Done => {}
        ending => return Err(ending),
    }
    take()?.map(Local::new).ok_or_else(|| {
        failure(&format!("there is no site in `{}`", output.display()), "build it: `postil build`");
        Ending::Failed
    })
}

fn connect(chosen: &Chosen<'_>) -> Result<Box<dyn Target>, Ending> {
    deploy::connect(&chosen.address, chosen.config, &chosen.project).map_err(|fault| failed(chosen, &fault))
}

fn failed(chosen: &Chosen<'_>, fault: &Fault) -> Ending {
    failure(&format!("the target `{}` ({}): {fault}", chosen.name, chosen.address), fault.help());
    Ending::Failed
}

fn roll_back(args: &DeployArgs, chosen: &Chosen<'_>, target: &dyn Target, common: &Common) -> Result<Ending, Ending> {
    let progress = Progress::start(common);
    progress.step("looking at what was kept");
    let back = Rollback::plan(target, &chosen.retry()).map_err(|fault| failed(chosen, &fault))?;
    progress.end();
    proceed(args, chosen, target, &back.plan, &back, common)
}

/// Shows a plan, asks, and carries it out.
fn proceed(
    args: &DeployArgs,
    chosen: &Chosen<'_>,
    target: &dyn Target,
    plan: &Plan,
    source: &dyn Source,
    common: &Common,
) -> Result<Ending, Ending> {
    for path in &plan.left {
        message(&format!("`{path}` stays at the target: somebody else has changed it since it was deployed"));
    }
    if args.dry_run {
        return Ok(result(&format!("{}{}", listed(plan), summary(chosen, plan))));
    }
    if !plan.is_empty() {
        if !args.many_deletions {
            plan.guard().map_err(|fault| failed(chosen, &fault))?;
        }
        if !common.quiet || !args.yes {
            message(summary(chosen, plan).trim_end());
        }
        if !args.yes && !agreed()? {
            message("nothing was done");
            return Ok(Ending::Done);
        }
    }
    let start = Instant::now();
    let options = Options {
        keep: chosen.config.keep,
        back: args.rollback,
        many_deletions: args.many_deletions,
        retry: chosen.retry(),
        ..Options::default()
    };
    let own = Own::take(&chosen.project.root, &chosen.address.to_string(), &options.token).map_err(|fault| failed(chosen, &fault))?;
    let options = Options { before: own.before.clone(), ..options };
    let progress = Progress::start(common);
    let done = deploy::deploy(target, plan, source, &options, &|stage| progress.step(stage));
    progress.end();
    let done = done.map_err(|fault| failed(chosen, &fault))?;
    tell(chosen, plan, &done, start, common);
    Ok(Ending::Done)
}

/// Whether whoever sits at the terminal says yes.
fn agreed() -> Result<bool, Ending> {
    if !std::io::stdin().is_terminal() {
        failure("there is nobody to ask whether this is meant", "run it in a terminal, or say `--yes`; `--dry-run` shows every file");
        return Err(Ending::Usage);
    }
    let mut stderr = anstream::stderr().lock();
    let asked = write!(stderr, "Do this? [y/N] ").and_then(|()| stderr.flush());
    let mut answer = String::new();
    let read = asked.and_then(|()| std::io::stdin().read_line(&mut answer));
    Ok(read.is_ok() && ["y", "yes"].contains(&answer.trim().to_ascii_lowercase().as_str()))
}

/// Every file that is touched, with a sign before it.
fn listed(plan: &Plan) -> String {
    let signs = [('+', plan.added.iter().collect::<Vec<_>>()), ('~', plan.changed.iter().collect()), ('-', plan.removed.keys().collect())];
    signs.iter().flat_map(|(sign, paths)| paths.iter().map(move |path| format!("{sign} {path}\n"))).collect()
}

/// A plan in a few lines.
fn summary(chosen: &Chosen<'_>, plan: &Plan) -> String {
    let mut text = format!("`{}` ({}):\n", chosen.name, chosen.address);
    let mut line = |count: usize, what: &str| {
        if count > 0 {
            text.push_str(&format!("  {count:>7} {what}\n"));
        }
    };
    line(plan.added.len(), "added");
    line(plan.changed.len(), "changed");
    line(plan.mended, "of these changed or removed there by somebody else");
    line(plan.removed.len(), "removed");
    line(plan.unchanged, "unchanged");
    if plan.is_empty() {
        text.push_str("  nothing to send or to remove\n");
    } else {
        text.push_str(&format!("  {:>7} to send\n", size(plan.bytes)));
    }
    text
}

fn tell(chosen: &Chosen<'_>, plan: &Plan, done: &Done, start: Instant, common: &Common) {
    if done.no_conditions {
        let text = "this target takes no conditions, so that it cannot keep two deploys apart: run one at a time";
        message(&format!("`{}`: {text}", chosen.name));
    }
    if common.quiet {
        return;
    }
    let whole = format!("`{}` ({}) holds the site of {}", chosen.name, chosen.address, plural(plan.wanted.len(), "file"));
    if plan.is_empty() {
        message(&format!("{whole}; nothing was to be done"));
        return;
    }
    let removed = if done.removed > 0 { format!(", {} removed", done.removed) } else { String::new() };
    let seconds = start.elapsed().as_secs_f64();
    message(&format!("{whole}: {} sent ({}){removed} in {seconds:.2} s", plural(done.sent, "file"), size(plan.bytes)));
}

fn verify(chosen: &Chosen<'_>, common: &Common) -> Result<Ending, Ending> {
    let target = connect(chosen)?;
    let progress = Progress::start(common);
    progress.step("reading the target");
    let verified = deploy::verify(&*target, &chosen.retry()).map_err(|fault| failed(chosen, &fault))?;
    progress.end();
    let all = verified.state.site.len();
    if all == 0 {
        failure(&format!("nothing was deployed to `{}` ({}) yet", chosen.name, chosen.address), "deploy the site: `postil deploy`");
        return Err(Ending::Failed);
    }
    let text = format!("`{}` ({}): {} of {all} files are as they were deployed", chosen.name, chosen.address, verified.good);
    if verified.faults.is_empty() {
        return Ok(result(&format!("{text}\n")));
    }
    for fault in &verified.faults {
        message(fault);
    }
    failure(&text, "run `postil deploy`: it sends again what is not as it should be");
    Err(Ending::Failed)
}

/// An amount of bytes, for a reader.
fn size(bytes: u64) -> String {
    let units = ["bytes", "KiB", "MiB", "GiB"];
    let step = [1_u64 << 30, 1 << 20, 1 << 10].iter().position(|step| bytes >= *step).map_or(0, |at| 3 - at);
    if step == 0 {
        return format!("{bytes} bytes");
    }
    let unit = 1_u64 << (10 * step);
    format!("{}.{} {}", bytes / unit, bytes % unit * 10 / unit, units[step])
}
