//! The order of a flow: which arrows lead back, how far each box is from the beginning, and one order of them all.

use super::super::Diagram;

/// Where a box is on the walk that finds arrows that lead back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Not,
    /// On the way here.
    Open,
    Done,
}

/// For each arrow, whether it leads back to a box that it comes from.
pub(super) fn back(diagram: &Diagram) -> Vec<bool> {
    let mut walk = Walk { diagram, seen: vec![Seen::Not; diagram.boxes.len()], back: vec![false; diagram.arrows.len()] };
    // Boxes that no arrow leads to are where a reader begins.
    let entered = |at: usize| diagram.arrows.iter().any(|arrow| arrow.to == at && arrow.from != at);
    let (later, first): (Vec<usize>, Vec<usize>) = (0..diagram.boxes.len()).partition(|at| entered(*at));
    for at in first.into_iter().chain(later) {
        walk.from(at);
    }
    walk.back
}

struct Walk<'d> {
    diagram: &'d Diagram,
    seen: Vec<Seen>,
    back: Vec<bool>,
}

impl Walk<'_> {
    fn from(&mut self, at: usize) {
        if self.seen[at] != Seen::Not {
            return;
        }
        self.seen[at] = Seen::Open;
        for number in 0..self.diagram.arrows.len() {
            let arrow = &self.diagram.arrows[number];
            if arrow.from == at {
                match self.seen[arrow.to] {
                    Seen::Open => self.back[number] = true,
                    Seen::Not => self.from(arrow.to),
                    Seen::Done => {}
                }
            }
        }
        self.seen[at] = Seen::Done;
    }
}

/// The arrows from an upper box to a lower one: those that lead back are turned. Each with its number and whether it is.
pub(super) fn downward(diagram: &Diagram) -> Vec<(usize, usize, usize, bool)> {
    let arrows = diagram.arrows.iter().zip(back(diagram)).enumerate().filter(|(_, (arrow, _))| arrow.from != arrow.to);
    arrows.map(|(at, (arrow, back))| if back { (arrow.to, arrow.from, at, true) } else { (arrow.from, arrow.to, at, false) }).collect()
}

/// The layer of each box: below all that lead to it. A box where something begins stands just above what it leads to.
pub(super) fn layers(diagram: &Diagram) -> Vec<usize> {
    let arrows = downward(diagram);
    let mut layers = vec![0; diagram.boxes.len()];
    // A way has at most as many arrows as there are boxes.
    for _ in 0..diagram.boxes.len() {
        let mut settled = true;
        for (upper, lower, ..) in &arrows {
            if layers[*lower] <= layers[*upper] {
                layers[*lower] = layers[*upper] + 1;
                settled = false;
            }
        }
        if settled {
            break;
        }
    }
    for at in 0..layers.len() {
        let entered = arrows.iter().any(|(_, lower, ..)| *lower == at);
        let next = arrows.iter().filter(|(upper, ..)| *upper == at).map(|(_, lower, ..)| layers[*lower]).min();
        if let Some(next) = next.filter(|_| !entered) {
            layers[at] = next - 1;
        }
    }
    layers
}

/// The boxes one after the other: none before those that lead to it, and where it can be, each after one that leads to it.
pub(super) fn line(diagram: &Diagram) -> Vec<usize> {
    let arrows = downward(diagram);
    let mut waits = vec![0_usize; diagram.boxes.len()];
    for (_, lower, ..) in &arrows {
        waits[*lower] += 1;
    }
    let mut order: Vec<usize> = Vec::new();
    let mut placed = vec![false; diagram.boxes.len()];
    while order.len() < diagram.boxes.len() {
        let free = |at: usize| waits[at] == 0 && !placed[at];
        let last = order.last().copied();
        let follows = arrows.iter().filter(|(upper, ..)| Some(*upper) == last).map(|(_, lower, ..)| *lower).find(|at| free(*at));
        // Without turned arrows there is no circle, so one box is always free.
        let Some(next) = follows.or_else(|| (0..waits.len()).find(|at| free(*at))) else { break };
        placed[next] = true;
        order.push(next);
        for (upper, lower, ..) in &arrows {
            if *upper == next {
                waits[*lower] -= 1;
            }
        }
    }
    order
}
