//! What stands beyond the free end of a bar: an open arrow, its value, the numbers of callouts.

use super::super::super::ink::LABEL;
use super::super::super::reading::Bound;
use super::super::mark::ARROW;
use super::super::scene::{Scene, Style};
use super::super::words::value_text;
use super::stack::Stack;
use crate::font::{Weight, width};
use crate::kind::ChartKind;

/// Between a bar, its arrow, its value and its callouts.
pub(super) const SPACE: f64 = 4.0;
/// The room of a callout's number.
pub(super) const NOTE: f64 = 17.0;

/// What stands beyond the free end of a bar.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tip {
    /// The value at which it begins.
    pub from: f64,
    /// The value in words; empty where it is not written.
    pub text: String,
    /// A sum is bold.
    pub weight: Weight,
    /// Which way the true value may lie.
    pub bound: Bound,
    /// The numbers of the callouts.
    pub notes: Vec<usize>,
    /// How the arrow is painted.
    pub style: Style,
}

impl Tip {
    /// What stands beyond a bar; `written` says whether its value is.
    pub(super) fn of(scene: &Scene<'_>, stack: &Stack<'_>, written: bool) -> Self {
        let total = stack.total();
        let is_sum = scene.plot.chart == ChartKind::StackedBar && scene.plot.series.len() > 1;
        let mut notes: Vec<usize> = stack.segments.iter().flat_map(|one| scene.callouts(one.point)).collect();
        // Words that are said of all series of a name are numbered once.
        notes.dedup();
        Self {
            from: stack.reach(),
            text: if written { value_text(&total, scene.look.unit.as_deref()) } else { String::new() },
            weight: if is_sum { Weight::Bold } else { Weight::Regular },
            bound: total.bound,
            notes,
            style: stack.segments.last().map_or(Style { series: 0, muted: false }, |one| scene.style(one.point)),
        }
    }

    /// Whether it begins with an arrow.
    pub(super) const fn has_arrow(&self) -> bool {
        matches!(self.bound, Bound::More | Bound::Less)
    }

    /// How wide its value is.
    pub(super) fn width(&self) -> f64 {
        width(&self.text, LABEL, self.weight)
    }

    /// How much room it takes beyond the bar; `text` is the room of its value, where there is one.
    pub(super) fn room(&self, text: f64) -> f64 {
        let arrow = if self.has_arrow() { ARROW + SPACE } else { 0.0 };
        let text = if self.text.is_empty() { 0.0 } else { text + SPACE };
        #[expect(clippy::cast_precision_loss, reason = "a handful of callouts")]
        let notes = self.notes.len().min(4) as f64 * NOTE;
        arrow + text + notes + 1.0
    }
}

/// How much of a length the scale may not take, at its beginning and at its end, so that what stands beyond bars has
/// its room. Each need is the part of the scale at which it begins, whether it goes on from there, and its length.
pub(super) fn reserve(needs: &[(f64, bool, f64)], length: f64) -> (f64, f64) {
    let most = |ahead: bool| needs.iter().filter(|need| need.1 == ahead).fold(0.0, |most: f64, need| most.max(need.2));
    // On the least scale that is surely short enough, a bar that ends early has room of its own; on a longer one, more.
    let least = (length - most(true) - most(false)).max(0.0);
    needs.iter().fold((0.0, 0.0), |(before, after): (f64, f64), (part, ahead, need)| {
        if *ahead { (before, after.max(need - (1.0 - part) * least)) } else { (before.max(need - part * least), after) }
    })
}
