//! Timelines: what is read, what is said, and laws over random events.

use super::*;
use crate::draw::testing::{Chance, figure, held};
use crate::read::csv_table;

fn timeline(more: &str, csv: &str) -> (Option<Timeline>, Vec<String>) {
    let (table, _) = csv_table(csv, b',');
    let mut faults = Vec::new();
    let timeline = Timeline::read(&figure("timeline", more), &table, &mut faults);
    (timeline, faults.into_iter().map(|fault| fault.message).collect())
}

const PLANS: &str = "series = \"sort\"\nplanned = [\"target\"]";

#[test]
fn columns_are_found_and_events_put_in_order() {
    let csv = "what,when,sort,record\nB,2021-09,event,claim:b\nA,2021,event,claim:a\nD,2025,target,claim:d\nC,2021-09-08,event,\n";
    let (timeline, faults) = timeline(PLANS, csv);
    let timeline = timeline.expect("a timeline");
    assert!(faults.is_empty(), "{faults:?}");
    let texts: Vec<&str> = timeline.events.iter().map(|event| event.text.as_str()).collect();
    assert_eq!(texts, ["A", "B", "C", "D"]);
    let whens: Vec<String> = timeline.events.iter().map(Event::when).collect();
    assert_eq!(whens, ["in 2021", "September", "8 September", "in 2025"]);
    assert_eq!(timeline.events[3].says(&timeline.sorts), "2025: D (target, planned)");
    assert_eq!(timeline.description(), "Timeline of 4 events from 2021 to 2025, of which 1 is planned. First: A; last: D.");
}

#[test]
fn what_cannot_be_drawn_is_told_with_its_place() {
    assert_eq!(timeline("", "when,what\n2021,a\n2022,c\nspring,b\n").1, ["row 3, column `when`: “spring” is no date"]);
    assert_eq!(timeline("", "a,b\nx,y\n").1, ["no column of this figure's data holds dates"]);
    assert_eq!(timeline("x = \"wen\"", "when,what\n2021,a\n").1, ["the data have no column `wen`"]);
    assert_eq!(timeline("planned = \"target\"", "when,what\n2021,a\n").1, ["no event is of the sort `target`"]);
    assert!(timeline("", "when,what\n2021,a\n–,\n").1.is_empty());
}

#[test]
fn years_without_events_are_told() {
    let (timeline, _) = timeline("", "when,what\n2015,a\n2017,b\n2021-03-02,c\n");
    let svg = timeline.expect("a timeline").canvas(320.0).ink.svg;
    assert!(svg.contains("2016: no events") && svg.contains("2018–2020: no events") && svg.contains("some time in this year"));
}

#[test]
fn laws_hold_for_random_events() {
    let mut chance = Chance(7);
    for round in 0..300 {
        let rows = 1 + chance.below(40);
        let mut csv = "when,what,sort,record\n".to_owned();
        for row in 0..rows {
            let (year, month, day) = (1900 + chance.below(130) * chance.below(2), 1 + chance.below(12), 1 + chance.below(28));
            let date = [format!("{year}"), format!("{year}-{month:02}"), format!("{year}-{month:02}-{day:02}")];
            let sort = chance.below(9);
            csv.push_str(&format!("{},{},s{sort},claim:c{row}\n", date[chance.below(3)], chance.name()));
        }
        let (timeline, faults) = timeline("series = \"sort\"\nplanned = \"s1\"", &csv);
        assert!(faults.iter().all(|fault| fault.starts_with("no event is of")), "{faults:?}");
        let timeline = timeline.expect("a timeline");
        for width in [280.0, 320.0, 612.0] {
            let canvas = timeline.canvas(width);
            held(&canvas, &format!("round {round}\n{csv}"));
            assert_eq!(canvas.ink.links.len(), rows);
            assert_eq!(canvas, timeline.canvas(width));
        }
    }
}
