//! Diagrams: what is read, what is said, and laws over random text.

use super::*;
use crate::draw::svg::WIDTHS;
use crate::draw::testing::{Chance, figure, held};

fn diagram(kind: &str, text: &str, key: &str) -> (Option<Diagram>, Vec<String>) {
    let mut faults = Vec::new();
    let figure = figure("diagram", &format!("diagram = \"{kind}\"\ntext = \"\"\"\n{text}\"\"\"\nkey = {{ {key} }}\n"));
    let diagram = Diagram::read(&figure, &mut faults);
    (diagram, faults.into_iter().map(|fault| fault.message).collect())
}

fn cells(diagram: &Diagram) -> String {
    let table = diagram.table();
    let rows = table.rows.iter().map(|row| row.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("|"));
    std::iter::once(table.columns.join("|")).chain(rows).collect::<Vec<_>>().join("\n")
}

#[test]
fn boxes_are_in_boxes_by_their_place_on_the_line() {
    let (diagram, faults) = diagram("nested", "all [claim:x]\n  one #new\n\ttwo\n  #1 of three\n", "new = \"it is new\"");
    assert!(faults.is_empty(), "{faults:?}");
    let diagram = diagram.expect("a diagram");
    assert_eq!(cells(&diagram), "box|in|meaning|record\nall|||claim:x\none|all|it is new|\ntwo|one||\n#1 of three|all||");
    assert_eq!(diagram.description(), "Nested diagram of 4 boxes. all: one (it is new); #1 of three. one: two.");
}

#[test]
fn arrows_join_boxes_by_their_names() {
    let (diagram, faults) = diagram("flow", "a: b [term:t]\na: b -> c -> d: then [claim:x]\nc -> a: b: back\nc -> a: b: again\nz\n", "");
    assert!(faults.is_empty(), "{faults:?}");
    let rows = "from|to|label|record\na: b|c||\nc|d|then|claim:x\nc|a: b|back; again|\na: b|||term:t\nz|||";
    assert_eq!(cells(&diagram.expect("a diagram")), rows);
}

#[test]
fn faults_name_their_lines() {
    let faults = |kind: &str, text: &str| diagram(kind, text, "outside = \"x\"").1;
    let unused = "no box of this diagram has the sign `#outside`";
    assert_eq!(faults("nested", "a #outsid\n"), ["line 1 of the diagram has the sign `#outsid`, which has no meaning", unused]);
    assert_eq!(faults("tree", "a #outside\n    b\n  c\n"), ["line 3 of the diagram begins where no line above it does"]);
    assert_eq!(faults("tree", "a #outside [clam:x]\n"), ["line 1 of the diagram names a record of no kind: `clam:x`"]);
    assert_eq!(faults("flow", "a #outside\n\nb -> -> c\n"), ["line 3 of the diagram has an arrow without a box"]);
    assert_eq!(faults("nested", &"b\n".repeat(301)), ["this diagram has 301 boxes; at most 300 are drawn"]);
    let deep: Vec<String> = (0..13).map(|at| format!("{}b\n", " ".repeat(at))).collect();
    assert!(faults("nested", &deep.concat()).contains(&"this diagram has 13 boxes in one another; at most 12 are drawn".to_owned()));
}

fn random(chance: &mut Chance, kind: &str) -> String {
    let mut text = String::new();
    let lines = 1 + chance.below(if kind == "flow" { 16 } else { 40 });
    let names: Vec<String> = (0..lines).map(|at| format!("{}{at}", chance.name().replace(" -", ""))).collect();
    let mut depth = 0;
    for name in &names {
        let more = [" #s0", " #s1 #s2", " [claim:c]", "", "", ""][chance.below(6)];
        text.push_str(&format!("{}{name}{more}\n", " ".repeat(depth)));
        depth = if kind == "flow" { 0 } else { chance.below(depth.min(10) + 2) };
    }
    if kind == "flow" {
        for _ in 0..chance.below(lines * 2) {
            let label = if chance.below(2) == 0 { format!(": {}", chance.name()) } else { String::new() };
            text.push_str(&format!("{} -> {}{label}\n", names[chance.below(lines)], names[chance.below(lines)]));
        }
    }
    text
}

#[test]
fn laws_hold_for_random_diagrams() {
    let mut chance = Chance(11);
    for round in 0..300 {
        let kind = ["nested", "tree", "flow"][round % 3];
        let text = random(&mut chance, kind);
        let (diagram, faults) = diagram(kind, &text, "s0 = \"zero\", s1 = \"one\", s2 = \"two\"");
        assert!(faults.iter().all(|fault| fault.starts_with("no box of this diagram has the sign")), "{faults:?}\n{text}");
        let diagram = diagram.expect("a diagram");
        for width in [280.0, 320.0, 612.0] {
            let canvas = diagram.canvas(width);
            held(&canvas, &format!("round {round} {kind} {width}\n{text}"));
            assert_eq!(canvas, diagram.canvas(width));
        }
    }
}

#[test]
fn the_largest_diagrams_are_drawn() {
    let mut chance = Chance(2);
    for kind in ["nested", "tree", "flow"] {
        let mut text = String::new();
        for at in 0..300 {
            let depth = if kind == "flow" { 0 } else { at % 12 };
            text.push_str(&format!("{}box number {at}\n", " ".repeat(depth)));
        }
        if kind == "flow" {
            for _ in 0..600 {
                text.push_str(&format!("box number {} -> box number {}: words\n", chance.below(300), chance.below(300)));
            }
        }
        let (diagram, faults) = diagram(kind, &text, "");
        let diagram = diagram.unwrap_or_else(|| panic!("{faults:?}"));
        for width in WIDTHS {
            held(&diagram.canvas(width), kind);
        }
    }
}

#[test]
fn a_flow_stands_in_layers_where_it_has_room() {
    let (diagram, _) = diagram("flow", "a -> b: yes\na -> c: no\nb -> d\nc -> d\nd -> a: again\n", "");
    let diagram = diagram.expect("a diagram");
    let top = |width: f64, text: &str| {
        let canvas = diagram.canvas(width);
        canvas.ink.labels.iter().find(|label| label.text == text).map(|label| label.area.y.round())
    };
    assert!(top(612.0, "b").is_some() && top(612.0, "b") == top(612.0, "c") && top(612.0, "yes") == top(612.0, "no"));
    assert!(top(320.0, "b") != top(320.0, "c") && top(320.0, "to a: again").is_some());
    assert_eq!(diagram.description(), "Diagram of 4 boxes with arrows. Arrows: a to b (yes); a to c (no); b to d; c to d; d to a (again).");
}
