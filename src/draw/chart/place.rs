//! Places of what stands beside marks: texts at their ends, and the numbers of callouts.

use super::super::ink::{Area, Ink, LABEL};
use super::mark;
use crate::font::{Weight, width};

/// Between a mark and the text beside it.
pub(super) const APART: f64 = 6.0;
/// The room of a callout's number, with a little around.
pub(super) const BADGE: f64 = 17.0;

/// What a mark needs on both sides of its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Demand {
    /// Its place, as a part of the axis: from 0 to 1.
    pub part: f64,
    /// What it needs to the left.
    pub before: f64,
    /// What it needs to the right.
    pub after: f64,
}

/// The ends of an axis between two bounds, so that what stands beside its marks stays within them. An axis keeps a
/// third of the room, whatever is asked for.
pub(super) fn fit(bounds: (f64, f64), demands: &[Demand]) -> (f64, f64) {
    let least = (bounds.1 - bounds.0) / 3.0;
    let (mut from, mut to) = bounds;
    // Each end moves the marks of the other, by less each time.
    for _ in 0..12 {
        for one in demands {
            if one.part < 1.0 {
                from = from.max((bounds.0 + one.before - one.part * to) / (1.0 - one.part));
            }
            if one.part > 0.0 {
                to = to.min((bounds.1 - one.after - (1.0 - one.part) * from) / one.part);
            }
        }
        if to - from < least {
            let middle = f64::midpoint(from, to).clamp(bounds.0 + least / 2.0, bounds.1 - least / 2.0);
            return (middle - least / 2.0, middle + least / 2.0);
        }
    }
    (from, to)
}

/// The room of a text of one line, with a little around; `y` is its base line.
pub(super) fn text_area(left: f64, y: f64, text: &str) -> Area {
    Area { x: left - 2.0, y: y - LABEL + 1.0, width: width(text, LABEL, Weight::Regular) + 4.0, height: LABEL + 2.0 }
}

/// Puts the numbers of callouts on the line of a mark, to the right of a place or else as near to it as is free.
pub(super) fn badges(ink: &mut Ink, callouts: &[usize], near: (f64, f64), room: (f64, f64), taken: &mut Vec<Area>) {
    for callout in callouts {
        let to_right = (0..80).map(|step| near.0 + BADGE / 2.0 + 1.0 + 4.0 * f64::from(step));
        let to_left = (0..80).map(|step| near.0 - BADGE / 2.0 - 4.0 * f64::from(step));
        let areas = to_right.chain(to_left).map(|x| Area { x: x - BADGE / 2.0, y: near.1 - BADGE / 2.0, width: BADGE, height: BADGE });
        let mut free = areas.filter(|area| area.x >= room.0 && area.right() <= room.1);
        if let Some(area) = free.find(|area| ink.is_free(area) && !taken.iter().any(|one| one.overlaps(area))) {
            mark::badge(ink, (area.x + BADGE / 2.0, area.y + BADGE / 2.0), *callout);
            taken.push(area);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_beside_a_mark_stays_within_the_bounds() {
        let demand = |part, before, after| Demand { part, before, after };
        assert_eq!(fit((0.0, 300.0), &[]), (0.0, 300.0));
        let demands = [demand(0.0, 50.0, 0.0), demand(1.0, 0.0, 60.0), demand(0.9, 5.0, 100.0)];
        let (from, to) = fit((0.0, 300.0), &demands);
        for Demand { part, before, after } in demands {
            let x = from + part * (to - from);
            assert!(x - before >= -0.1 && x + after <= 300.1, "{from} {to} {part}");
        }
        let (from, to) = fit((0.0, 300.0), &[demand(0.5, 400.0, 400.0)]);
        assert!(from >= 0.0 && to <= 300.0 && to - from >= 99.9);
    }
}
