//! Progress on a terminal, for what takes longer than half a second.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::cli::Common;
use crate::briefing::Stage;

/// What takes less than this shows no progress.
const PATIENCE: Duration = Duration::from_millis(500);
/// How a step that is counted looks.
const COUNTED: &str = "{spinner} {msg} [{bar:24}] {pos}/{len}";

/// A line that names the present step. Piped or quiet, it shows nothing.
pub(super) struct Progress {
    bar: ProgressBar,
    start: Instant,
    visible: bool,
    verbose: bool,
    plain: ProgressStyle,
    counted: ProgressStyle,
}

impl Progress {
    pub(super) fn start(common: &Common) -> Self {
        let visible = !common.quiet && !common.verbose && std::io::stderr().is_terminal();
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let plain = ProgressStyle::default_spinner();
        let counted = ProgressStyle::with_template(COUNTED).unwrap_or_else(|_| plain.clone());
        Self { bar, start: Instant::now(), visible, verbose: common.verbose, plain, counted }
    }

    /// Names the step that begins. One that is counted goes on with every call, and has a bar.
    pub(super) fn step<'s>(&self, step: impl Into<Stage<'s>>) {
        let Stage { name, count } = step.into();
        if self.verbose && count.is_none_or(|(done, _)| done == 0) {
            super::message(&format!("{:>8.3} s  {name}", self.start.elapsed().as_secs_f64()));
        }
        match count {
            Some((done, all)) => {
                if done == 0 {
                    self.bar.set_style(self.counted.clone());
                }
                self.bar.set_length(all as u64);
                self.bar.set_position(done as u64);
            }
            None => self.bar.set_style(self.plain.clone()),
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
