//! Bars: from the base of the axis to each value, side by side or stacked, lying or upright.

mod course;
mod lying;
mod stack;
mod thin;
mod tip;
mod upright;

use super::super::ink::{Anchor, Canvas, Ink, LABEL, LEADING, Paint};
use super::super::plot::Along;
use super::scene::Scene;
use crate::font::{Weight, width, wrap};
use crate::kind::Direction;
use crate::text::WrittenDate;

/// Below this width, names stand above their bars.
const NARROW: f64 = 420.0;
/// So many names at most stand under upright bars, unless they are dates or the author asks for it.
const FEW: usize = 8;

/// Draws bars, grouped bars and stacked bars.
pub(super) fn bars(scene: &Scene<'_>) -> Canvas {
    if scene.names.is_empty() {
        return nothing(scene);
    }
    if is_upright(scene) { upright::bars(scene) } else { lying::bars(scene) }
}

fn nothing(scene: &Scene<'_>) -> Canvas {
    let mut ink = Ink::default();
    ink.open(Paint::Soft);
    ink.text((0.0, LABEL), Anchor::Start, "no values", Weight::Regular);
    ink.close();
    Canvas { width: scene.width, height: LEADING + 2.0, ink }
}

/// Whether bars stand on their names: as the author says, or else where time runs along them, or few short names. All
/// small multiples of a chart answer alike.
fn is_upright(scene: &Scene<'_>) -> bool {
    if let Some(direction) = scene.look.direction {
        return direction == Direction::Vertical;
    }
    let Along::Names(names) = &scene.plot.along else { return false };
    if names.len() < 2 {
        return false;
    }
    let stacks = stack::everywhere(scene);
    let bands = upright::Bands::new(names.len(), stack::most(&stacks), 0.0, scene.width);
    if names.iter().all(|name| WrittenDate::read(name).is_some()) {
        return bands.thick >= 2.0;
    }
    let values_fit = || stacks.iter().flat_map(|(_, stacks)| stacks).all(|stack| tip::Tip::of(scene, stack, true).width() <= bands.room());
    names.len() <= FEW
        && bands.thick >= 6.0
        && names.iter().all(|name| fits(name, bands.step - 8.0))
        // Upright bars are short where the page is narrow: then a number beside a lying bar is read more easily.
        && (scene.width >= NARROW || values_fit())
}

/// Whether a name takes two lines at most, with every word whole.
fn fits(name: &str, room: f64) -> bool {
    let is_whole = |word: &str| word.chars().any(|one| one >= '\u{2e80}') || width(word, LABEL, Weight::Regular) <= room;
    !wrap(name, LABEL, Weight::Regular, room, 2).cut && name.split([' ', '-', '–', '/']).all(is_whole)
}

#[cfg(test)]
mod tests;
