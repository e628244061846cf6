//! Progress on a terminal, for what takes longer than half a second.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget};

use super::cli::Common;

/// What takes less than this shows no progress.
const PATIENCE: Duration = Duration::from_millis(500);

/// A line that names the present step. Piped or quiet, it shows nothing.
pub(super) struct Progress {
    bar: ProgressBar,
    start: Instant,
    visible: bool,
    verbose: bool,
}

impl Progress {
    pub(super) fn start(common: &Common) -> Self {
        let visible = !common.quiet && !common.verbose && std::io::stderr().is_terminal();
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        Self { bar, start: Instant::now(), visible, verbose: common.verbose }
    }

    /// Names the step that begins.
    pub(super) fn step(&self, name: &str) {
        if self.verbose {
            super::message(&format!("{:>8.3} s  {name}", self.start.elapsed().as_secs_f64()));
        }
        self.bar.set_message(name.to_owned());
        if self.visible && self.start.elapsed() > PATIENCE && self.bar.is_hidden() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.bar.enable_steady_tick(Duration::from_millis(100));
        }
    }

    /// Takes the line away.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.end();
    }
}
