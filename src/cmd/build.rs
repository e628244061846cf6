//! `postil build`: the whole site, written in one step.

use std::path::Path;
use std::time::Instant;

use super::cli::{BuildArgs, Common};
use super::progress::Progress;
use super::{Ending, failure, message, project, report};
use crate::budget;
use crate::build::{Built, Options, build};
use crate::output::{Cache, Protected, Published, publish};
use crate::raster::{Nothing, Store};
use crate::read::config::Config;
use crate::read::snapshot::Snapshot;
use crate::text::Diagnostics;

pub(super) fn run(args: &BuildArgs, common: &Common) -> Ending {
    let start = Instant::now();
    let progress = Progress::start(common);
    progress.step("reading the files");
    let snapshot = match project::read(common) {
        Ok(snapshot) => snapshot,
        Err(ending) => return ending,
    };
    if let Err(ending) = full_address(args.base_url.as_deref()) {
        return ending;
    }
    let options =
        Options { drafts: args.scope.drafts, strict: args.scope.strict, base_url: args.base_url.clone(), today: project::today() };
    let cache = Cache::of(&common.root);
    let store: &dyn Store = if args.no_cache { &Nothing } else { &cache };
    let built = build(&snapshot, &options, store, &|step| progress.step(step));
    progress.step("writing the site");
    let ending = report::print(&built.diagnostics, &snapshot, common);
    if ending != Ending::Done {
        progress.end();
        report::summary(&built.diagnostics, common, "the site was not written");
        return ending;
    }
    let output = output(args.output.as_deref(), common, &snapshot);
    let protected = Protected::new(common.root.clone(), common.root.join("content"), vec![common.root.join("themes")]);
    let published = publish(&output, &protected, &built.files);
    if !args.no_cache {
        cache.tidy(budget::CACHE);
    }
    progress.end();
    match published {
        Ok(published) => {
            finish(&built, &published, &output, start, common);
            if let Some(trouble) = cache.trouble().filter(|_| !common.quiet) {
                message(&format!("what was made of pictures and drawings could not be kept for the next run: {trouble}"));
            }
            Ending::Done
        }
        Err(error) => {
            failure(&error.to_string(), error.help());
            Ending::Failed
        }
    }
}

/// The address of a site must be whole.
pub(super) fn full_address(url: Option<&str>) -> Result<(), Ending> {
    let fits = |url: &&str| (url.starts_with("https://") || url.starts_with("http://")) && url.ends_with('/');
    let Some(url) = url.filter(|url| !fits(url)) else { return Ok(()) };
    failure(&format!("`{url}` is no full address"), "write it like https://example.org/briefing/ with a slash at the end");
    Err(Ending::Usage)
}

/// The folder of the site: the one that is asked for, or that of the configuration.
pub(super) fn output(chosen: Option<&Path>, common: &Common, snapshot: &Snapshot) -> std::path::PathBuf {
    // The findings about the configuration were reported by the build.
    let config = Config::read(snapshot, &mut Diagnostics::default());
    let chosen = chosen.map_or_else(|| config.output.into(), Path::to_path_buf);
    let joined = common.root.join(chosen);
    joined.strip_prefix(".").map_or_else(|_| joined.clone(), Path::to_path_buf)
}

fn finish(built: &Built, published: &Published, output: &Path, start: Instant, common: &Common) {
    if common.quiet {
        return;
    }
    report::summary(&built.diagnostics, common, "");
    let counts = built.counts;
    let changed = match (published.changed, published.removed) {
        (0, 0) => "nothing changed".to_owned(),
        (changed, 0) => format!("{changed} files written"),
        (changed, removed) => format!("{changed} files written, {removed} removed"),
    };
    message(&format!(
        "{}, {} and {} in {:.2} s: {}/ ({changed})",
        plural(counts.sections, "section"),
        plural(counts.pages, "page"),
        plural(counts.annotations, "annotation"),
        start.elapsed().as_secs_f64(),
        output.display(),
    ));
}

pub(super) fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("{count} {noun}") } else { format!("{count} {noun}s") }
}
