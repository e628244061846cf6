//! What stands beside a mark, its value and the numbers of its callouts, and where there is room for it.

use super::super::ink::{Anchor, Area, Ink, LABEL, Paint};
use super::super::reading::Bound;
use super::mark::{ARROW, RADIUS, Side, badge};
use crate::font::{Weight, width};

/// The side of the square that a callout's number takes.
pub(super) const BADGE: f64 = 16.0;
/// From the middle of a mark to what stands beside it.
const NEAR: f64 = RADIUS + 3.0;
/// The order in which sides are tried.
const SIDES: [Side; 4] = [Side::Up, Side::Down, Side::Right, Side::Left];

/// The room of a drawing: what is taken, and what had better be left free.
#[derive(Debug)]
pub(super) struct Room {
    bounds: Area,
    texts: Vec<Area>,
    marks: Vec<Area>,
    lines: Vec<[(f64, f64); 2]>,
}

/// What is written beside a mark.
#[derive(Debug, Clone, Default)]
pub(super) struct Beside {
    /// Its value, and where.
    pub value: Option<(String, Area)>,
    /// The numbers of its callouts, from 0, and where.
    pub badges: Vec<(usize, Area)>,
    /// A thin line to what stands too far away.
    pub leader: Option<[(f64, f64); 2]>,
}

impl Room {
    /// The room within some bounds, beside the texts that are already drawn.
    pub(super) fn new(ink: &Ink, bounds: Area) -> Self {
        let texts = ink.labels.iter().map(|label| label.area).collect();
        Self { bounds, texts, marks: Vec::new(), lines: Vec::new() }
    }

    /// A mark that had better be seen, with the open arrow that it may have.
    pub(super) fn mark(&mut self, at: (f64, f64), bound: Bound) {
        let above = if bound == Bound::More { ARROW } else { 0.0 };
        let below = if bound == Bound::Less { ARROW } else { 0.0 };
        let height = RADIUS * 2.0 + above + below;
        self.marks.push(Area { x: at.0 - RADIUS, y: at.1 - RADIUS - above, width: RADIUS * 2.0, height });
    }

    /// A line that had better be seen.
    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64)) {
        self.lines.push([from, to]);
    }

    /// Takes an area.
    pub(super) fn take(&mut self, area: Area) {
        self.texts.push(area);
    }

    /// Takes the first area of a size at one side of a point that is free, also of marks and lines.
    pub(super) fn beside(&mut self, at: (f64, f64), size: (f64, f64)) -> Option<Area> {
        let found = self.around(at, size, NEAR).into_iter().find(|area| self.is_free(area) && self.is_clear(area))?;
        self.take(found);
        Some(found)
    }

    /// The same for what must be somewhere: further away, or over a line, where there is nothing better.
    pub(super) fn near(&mut self, at: (f64, f64), size: (f64, f64)) -> Option<Area> {
        let all: Vec<Area> = [1.0, 2.5, 4.0, 6.0, 9.0, 13.0].into_iter().flat_map(|far| self.around(at, size, NEAR * far)).collect();
        let clear = all.iter().take(12).find(|area| self.is_free(area) && self.is_clear(area));
        let found = *clear.or_else(|| all.iter().find(|area| self.is_free(area)))?;
        self.take(found);
        Some(found)
    }

    /// Areas of a size at the sides of a point, moved inside the bounds where they stand out along the side.
    fn around(&self, at: (f64, f64), (wide, high): (f64, f64), far: f64) -> Vec<Area> {
        let (x, y) = (at.0 - wide / 2.0, at.1 - high / 2.0);
        let (least, most) = (self.bounds.x, (self.bounds.right() - wide).max(self.bounds.x));
        let of = |side: Side| match side {
            Side::Up => (x.clamp(least, most), at.1 - far - high),
            Side::Down => (x.clamp(least, most), at.1 + far),
            Side::Right => (at.0 + far, y),
            Side::Left => (at.0 - far - wide, y),
        };
        SIDES.map(of).map(|(x, y)| Area { x, y, width: wide, height: high }).to_vec()
    }

    fn is_free(&self, area: &Area) -> bool {
        let bounds = &self.bounds;
        let inside = area.x >= bounds.x && area.right() <= bounds.right() && area.y >= bounds.y && area.bottom() <= bounds.bottom();
        inside && !self.texts.iter().any(|text| text.overlaps(area))
    }

    fn is_clear(&self, area: &Area) -> bool {
        !self.marks.iter().any(|mark| mark.overlaps(area)) && !self.lines.iter().any(|[from, to]| crosses(area, *from, *to))
    }
}

/// Whether a line goes through an area: it does not where its own rectangle stands clear, or all corners are on one side.
fn crosses(area: &Area, from: (f64, f64), to: (f64, f64)) -> bool {
    let (left, right) = (from.0.min(to.0), from.0.max(to.0));
    let (top, bottom) = (from.1.min(to.1), from.1.max(to.1));
    if right <= area.x || left >= area.right() || bottom <= area.y || top >= area.bottom() {
        return false;
    }
    let side = |x: f64, y: f64| (to.0 - from.0) * (y - from.1) - (to.1 - from.1) * (x - from.0);
    let corners = [(area.x, area.y), (area.right(), area.y), (area.x, area.bottom()), (area.right(), area.bottom())];
    let above = corners.iter().filter(|(x, y)| side(*x, *y) > 0.0).count();
    above != 0 && above != 4
}

/// The size of a text of labels' size.
pub(super) fn size(text: &str) -> (f64, f64) {
    (width(text, LABEL, Weight::Regular), LABEL)
}

impl Beside {
    /// Draws it; quietly where its mark stands back.
    pub(super) fn draw(&self, ink: &mut Ink, muted: bool) {
        if let Some([from, to]) = self.leader {
            ink.open(Paint::Axis);
            ink.line(from, to, "stroke-width=\"0.75\"");
            ink.close();
        }
        if let Some((text, area)) = &self.value {
            ink.open(if muted { Paint::Soft } else { Paint::Ink });
            ink.text((area.x, area.y + LABEL * super::super::ink::ASCENT), Anchor::Start, text, Weight::Regular);
            ink.close();
        }
        for (number, area) in &self.badges {
            badge(ink, (area.x + BADGE / 2.0, area.y + BADGE / 2.0), *number);
        }
    }
}

/// Heights of texts one below the other, as near to those wished for as they come without standing on each other, in
/// their order; `None` where there is no room for all. Wishes are middles, from the least; `from` and `to` bound the texts.
pub(super) fn spread(wishes: &[f64], step: f64, from: f64, to: f64) -> Option<Vec<f64>> {
    #[expect(clippy::cast_precision_loss, reason = "a handful of texts")]
    if wishes.len() as f64 * step > to - from {
        return None;
    }
    let half = step / 2.0;
    let mut out: Vec<f64> = Vec::with_capacity(wishes.len());
    for wish in wishes {
        let least = out.last().map_or(from + half, |last| last + step);
        out.push(wish.max(least));
    }
    let mut most = to - half;
    for one in out.iter_mut().rev() {
        *one = one.min(most);
        most = *one - step;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_make_way_for_each_other_in_their_order() {
        assert_eq!(spread(&[50.0, 52.0, 90.0], 10.0, 0.0, 100.0), Some(vec![50.0, 60.0, 90.0]));
        assert_eq!(spread(&[96.0, 97.0], 10.0, 0.0, 100.0), Some(vec![85.0, 95.0]));
        assert_eq!(spread(&[1.0, 2.0, 3.0], 10.0, 0.0, 20.0), None);
    }

    #[test]
    fn a_line_crosses_an_area_or_passes_it() {
        let area = Area { x: 10.0, y: 10.0, width: 10.0, height: 10.0 };
        assert!(crosses(&area, (0.0, 0.0), (30.0, 30.0)) && crosses(&area, (0.0, 15.0), (30.0, 15.0)));
        assert!(!crosses(&area, (0.0, 15.0), (15.0, 0.0)) && !crosses(&area, (0.0, 0.0), (5.0, 30.0)));
    }
}
