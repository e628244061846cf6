//! A flow in layers: after Sugiyama, Tagawa and Toda. An arrow that passes a row has a lane of its own there, and words of
//! arrows stand in rows of their own, so that nothing covers anything.

use super::super::super::ink::{Anchor, Area, Ink, LABEL, Paint, number};
use super::super::super::key::height;
use super::super::Diagram;
use super::super::frame::{self, Setting, Words};
use super::order;
use super::place::{Wish, cap, places};
use super::{head, label, loops};
use crate::font::{Weight, wrap};

/// The widest box.
const WIDEST: f64 = 190.0;
/// The least width that boxes of a row may be cut to.
const LEAST: f64 = 84.0;
/// The widest words of an arrow.
const LABELS: f64 = 120.0;
/// The room of an arrow that passes a row.
const LANE: f64 = 8.0;
/// Between two items of a row.
const APART: f64 = 14.0;
/// So often rows are put in order, and places sought.
const ROUNDS: usize = 6;

/// What stands in a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Box(usize),
    /// The words of an arrow.
    Label(usize),
    /// An arrow that passes.
    Lane,
}

struct Item {
    what: What,
    width: f64,
    height: f64,
    /// Its middle.
    x: f64,
    lines: Vec<String>,
    words: Option<Words>,
    above: Vec<usize>,
    below: Vec<usize>,
}

/// An arrow as the items that it joins, from the top down.
struct Way {
    items: Vec<usize>,
    turned: bool,
}

struct Layout<'d> {
    diagram: &'d Diagram,
    width: f64,
    items: Vec<Item>,
    rows: Vec<Vec<usize>>,
    ways: Vec<Way>,
}

/// Draws boxes and arrows, and gives the height; `None` where a row has no room for its items.
pub(super) fn draw(ink: &mut Ink, diagram: &Diagram, width: f64) -> Option<f64> {
    let mut layout = Layout { diagram, width, items: Vec::new(), rows: Vec::new(), ways: Vec::new() };
    layout.fill()?;
    layout.fit()?;
    layout.sort();
    layout.settle();
    Some(layout.draw(ink))
}

/// The row of each box: its layer, or one of the rows of a layer with more boxes than have room.
fn box_rows(diagram: &Diagram, width: f64) -> Vec<usize> {
    let layers = order::layers(diagram);
    let mut rows = vec![0; layers.len()];
    let mut row = 0;
    for layer in 0..=layers.iter().copied().max().unwrap_or(0) {
        let mut left = width;
        let mut begun = false;
        for at in (0..layers.len()).filter(|at| layers[*at] == layer) {
            if begun && left < LEAST + APART {
                row += 1;
                left = width;
            }
            rows[at] = row;
            left -= LEAST + APART * 1.5;
            begun = true;
        }
        row += usize::from(begun);
    }
    rows
}

impl Layout<'_> {
    fn add(&mut self, row: usize, what: What) -> usize {
        let item = Item { what, width: LANE, height: 0.0, x: 0.0, lines: Vec::new(), words: None, above: Vec::new(), below: Vec::new() };
        self.items.push(item);
        self.rows[row].push(self.items.len() - 1);
        self.items.len() - 1
    }

    /// Makes the items: rows of even numbers have boxes, those of odd ones the words of the arrows that begin above.
    fn fill(&mut self) -> Option<()> {
        let rows = box_rows(self.diagram, self.width);
        let arrows = order::downward(self.diagram);
        let count = rows.iter().max().map_or(1, |last| last + 1);
        self.rows = vec![Vec::new(); count * 2];
        for (at, row) in rows.iter().enumerate() {
            self.add(row * 2, What::Box(at));
        }
        let mut worded = vec![false; count];
        for (upper, _, number, _) in &arrows {
            worded[rows[*upper]] |= !self.diagram.arrows[*number].label.is_empty();
        }
        let mut crowd = vec![0.0; count * 2];
        for (upper, lower, number, turned) in arrows {
            let (first, last) = (rows[upper] * 2, rows[lower] * 2);
            let mut items = vec![upper];
            for row in first + 1..last {
                if row.is_multiple_of(2) || worded[row / 2] {
                    crowd[row] += LANE + APART;
                    if crowd[row] > self.width {
                        return None;
                    }
                    let words = row == first + 1 && !self.diagram.arrows[number].label.is_empty();
                    items.push(self.add(row, if words { What::Label(number) } else { What::Lane }));
                }
            }
            items.push(lower);
            for pair in items.windows(2) {
                self.items[pair[0]].below.push(pair[1]);
                self.items[pair[1]].above.push(pair[0]);
            }
            self.ways.push(Way { items, turned });
        }
        self.rows.retain(|row| !row.is_empty());
        Some(())
    }

    /// Breaks all words so that every row fits into the width.
    fn fit(&mut self) -> Option<()> {
        for row in self.rows.clone() {
            let wished = |item: &Item| match item.what {
                What::Box(at) => {
                    frame::measure(&self.diagram.boxes[at], &loops(self.diagram, at), WIDEST, Weight::Regular).width.max(LEAST)
                }
                What::Label(at) => wrap(&self.diagram.arrows[at].label, LABEL, Weight::Regular, LABELS, 4).width + 6.0,
                What::Lane => LANE,
            };
            let wishes: Vec<f64> = row.iter().map(|at| wished(&self.items[*at])).collect();
            let most = cap(&wishes, APART, self.width, LEAST)?;
            for (at, wish) in row.into_iter().zip(wishes) {
                let item = &mut self.items[at];
                item.width = wish.min(most);
                match item.what {
                    What::Box(at) => {
                        let words = frame::measure(&self.diagram.boxes[at], &loops(self.diagram, at), item.width + 0.01, Weight::Regular);
                        item.height = words.height;
                        item.words = Some(words);
                    }
                    What::Label(at) => {
                        item.lines = wrap(&self.diagram.arrows[at].label, LABEL, Weight::Regular, item.width - 5.99, 4).lines;
                        item.height = height(&item.lines);
                    }
                    What::Lane => {}
                }
            }
        }
        Some(())
    }

    /// Puts the items of each row in the order of what they are joined with, from the top down and back.
    fn sort(&mut self) {
        let mut place = vec![0.0; self.items.len()];
        let number = |row: &[usize], place: &mut Vec<f64>| {
            let mut at = 0.5;
            let count: f64 = row.iter().map(|_| 1.0).sum();
            for item in row {
                place[*item] = at / count;
                at += 1.0;
            }
        };
        for row in &self.rows {
            number(row, &mut place);
        }
        for round in 0..ROUNDS {
            let down = round.is_multiple_of(2);
            for at in 0..self.rows.len() {
                let at = if down { at } else { self.rows.len() - 1 - at };
                let items = &self.items;
                let wish = |item: &usize| {
                    let joined = if down { &items[*item].above } else { &items[*item].below };
                    mean(joined.iter().map(|other| place[*other])).unwrap_or(place[*item])
                };
                let mut row: Vec<(f64, usize)> = self.rows[at].iter().map(|item| (wish(item), *item)).collect();
                row.sort_by(|a, b| a.0.total_cmp(&b.0));
                self.rows[at] = row.into_iter().map(|(_, item)| item).collect();
                number(&self.rows[at], &mut place);
            }
        }
    }

    /// Places the items of each row near what they are joined with, and all of them in the middle of the width.
    fn settle(&mut self) {
        for item in &mut self.items {
            item.x = self.width / 2.0;
        }
        for round in 0..ROUNDS * 4 {
            for at in 0..self.rows.len() {
                let row = &self.rows[if round.is_multiple_of(2) { at } else { self.rows.len() - 1 - at }];
                let wishes: Vec<Wish> = row.iter().map(|item| self.wish(*item)).collect();
                for (item, x) in row.clone().into_iter().zip(places(&wishes, APART, self.width)) {
                    self.items[item].x = x;
                }
            }
        }
        self.straighten();
        let left = self.items.iter().map(|item| item.x - item.width / 2.0).fold(f64::INFINITY, f64::min);
        let right = self.items.iter().map(|item| item.x + item.width / 2.0).fold(0.0, f64::max);
        for item in &mut self.items {
            item.x += (self.width - right - left) / 2.0;
        }
    }

    /// Makes the ways of arrows that pass rows upright where the neighbours leave room; long ones first.
    fn straighten(&mut self) {
        let mut sides: Vec<(Option<usize>, Option<usize>)> = vec![(None, None); self.items.len()];
        for pair in self.rows.iter().flat_map(|row| row.windows(2)) {
            sides[pair[0]].1 = Some(pair[1]);
            sides[pair[1]].0 = Some(pair[0]);
        }
        let mut ways: Vec<usize> = (0..self.ways.len()).collect();
        ways.sort_by_key(|way| std::cmp::Reverse(self.ways[*way].items.len()));
        // What is made upright first may gain room by what is made upright later.
        for way in ways.repeat(2) {
            let items = self.ways[way].items.clone();
            let [first, middle @ .., last] = items.as_slice() else { continue };
            let (Some(upper), Some(lower)) = (middle.first(), middle.last()) else { continue };
            let ends = [self.port(*first, *upper, false), self.port(*last, *lower, true)];
            let wishes = ends.into_iter().chain(middle.iter().map(|at| self.items[*at].x));
            let has_room = |x: f64| middle.iter().all(|at| self.has_room(*at, x, sides[*at]));
            if let Some(x) = wishes.into_iter().find(|x| has_room(*x)) {
                for at in middle {
                    self.items[*at].x = x;
                }
            }
        }
    }

    /// Whether an item may stand at a place between its neighbours.
    fn has_room(&self, at: usize, x: f64, (left, right): (Option<usize>, Option<usize>)) -> bool {
        let half = self.items[at].width / 2.0;
        let from = left.map_or(0.0, |left| self.items[left].x + self.items[left].width / 2.0 + APART);
        let to = right.map_or(self.width, |right| self.items[right].x - self.items[right].width / 2.0 - APART);
        from <= x - half && x + half <= to
    }

    /// Where an item would stand best: so that its lines are upright, long ones first of all.
    fn wish(&self, at: usize) -> Wish {
        let item = &self.items[at];
        let weight = |other: usize| match (item.what, self.items[other].what) {
            (What::Box(_), What::Box(_)) => 1.0,
            (What::Box(_), _) | (_, What::Box(_)) => 2.0,
            _ => 8.0,
        };
        let (mut sum, mut count) = (0.0, 0.0);
        for (joined, upper) in [(&item.above, true), (&item.below, false)] {
            for other in joined {
                let off = self.port(at, *other, upper) - item.x;
                sum += weight(*other) * (self.port(*other, at, !upper) - off);
                count += weight(*other);
            }
        }
        Wish { middle: if count > 0.0 { sum / count } else { item.x }, width: item.width }
    }
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    (count > 0.0).then(|| sum / count)
}

/// The upper and the lower edge of a row.
type Edges = (f64, f64);

impl Layout<'_> {
    fn draw(&self, ink: &mut Ink) -> f64 {
        let mut edges: Vec<Edges> = vec![(0.0, 0.0); self.items.len()];
        let mut y = 0.0;
        for (at, row) in self.rows.iter().enumerate() {
            let own = row.iter().map(|item| self.items[*item].height).fold(0.0, f64::max);
            for item in row {
                edges[*item] = (y, y + own);
            }
            y += own;
            if at + 1 < self.rows.len() {
                y += self.gap(row);
            }
        }
        ink.open_quiet();
        ink.open(Paint::Axis);
        for way in &self.ways {
            self.way(ink, way, &edges);
        }
        ink.close();
        ink.close();
        for (item, (top, bottom)) in self.items.iter().zip(&edges) {
            let middle = f64::midpoint(*top, *bottom);
            match (item.what, &item.words) {
                (What::Box(at), Some(words)) => {
                    let area = Area { x: item.x - item.width / 2.0, y: middle - item.height / 2.0, width: item.width, height: item.height };
                    let setting = Setting { fill: Paint::Panel, anchor: Anchor::Middle, top: false };
                    frame::draw(ink, self.diagram, at, words, area, setting);
                }
                (What::Label(at), _) => self.label(ink, item, at, middle),
                _ => {}
            }
        }
        y
    }

    /// The room under a row: more where arrows go far to a side.
    fn gap(&self, row: &[usize]) -> f64 {
        let far = |item: &Item| item.below.iter().map(|other| (self.items[*other].x - item.x).abs()).fold(0.0, f64::max);
        let farthest = row.iter().map(|item| far(&self.items[*item])).fold(0.0, f64::max);
        let words = row.iter().any(|item| matches!(self.items[*item].what, What::Label(_)));
        (if words { 16.0 } else { 24.0 } + farthest * 0.1).min(60.0)
    }

    fn label(&self, ink: &mut Ink, item: &Item, arrow: usize, middle: f64) {
        let area = Area { x: item.x - item.width / 2.0, y: middle - item.height / 2.0, width: item.width, height: item.height };
        ink.open(Paint::Paper);
        ink.rect(area, "");
        ink.close();
        label(ink, self.diagram, &self.diagram.arrows[arrow], &|ink| {
            ink.lines((item.x, area.y + LABEL - 0.5), Anchor::Middle, &item.lines, Weight::Regular);
        });
    }

    /// The line of an arrow: upright through rows, and curved between them.
    fn way(&self, ink: &mut Ink, way: &Way, edges: &[Edges]) {
        let (Some(first), Some(last)) = (way.items.first(), way.items.last()) else { return };
        let own = |at: usize| {
            let (top, bottom) = edges[at];
            let (middle, half) = (f64::midpoint(top, bottom), self.items[at].height / 2.0);
            (middle - half, middle + half)
        };
        let start = (self.port(*first, way.items[1], false), own(*first).1);
        let end = (self.port(*last, way.items[way.items.len() - 2], true), own(*last).0);
        let mut path = format!("M{} {}", number(start.0), number(start.1));
        let mut x = start.0;
        for pair in way.items.windows(2) {
            let (from, to) = (edges[pair[0]].1, edges[pair[1]].0);
            let next = if pair[1] == *last { end.0 } else { self.items[pair[1]].x };
            // The last stretch before a head is upright.
            let to = if to - from > 16.0 { to - 5.0 } else { to };
            let bend = (to - from) * 0.55;
            path.push_str(&format!("V{}", number(from)));
            let points = [x, from + bend, next, to - bend, next, to].map(number).join(" ");
            path.push_str(&format!("C{points}V{}", number(edges[pair[1]].0)));
            x = next;
        }
        path.push_str(&format!("V{}", number(end.1)));
        ink.shape(&path, "stroke-width=\"1.5\"");
        if way.turned {
            head(ink, start, (0.0, -1.0));
        } else {
            head(ink, end, (0.0, 1.0));
        }
    }

    /// Where a line to another item begins: spread over the edge of a box, in the order of what it leads to.
    fn port(&self, at: usize, to: usize, upper: bool) -> f64 {
        let item = &self.items[at];
        let joined = if upper { &item.above } else { &item.below };
        let x = |one: usize| self.items[one].x;
        let count: f64 = joined.iter().map(|_| 1.0).sum();
        let before: f64 = joined.iter().filter(|other| x(**other) < x(to)).map(|_| 1.0).sum();
        let equal: f64 = joined.iter().filter(|other| (x(**other) - x(to)).abs() < 1e-9 && **other < to).map(|_| 1.0).sum();
        // Few lines stand near the middle, many over all of the edge.
        let step = (item.width / (count + 1.0)).min(26.0);
        item.x + (before + equal - (count - 1.0) / 2.0) * step
    }
}
