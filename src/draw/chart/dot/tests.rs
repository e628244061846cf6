//! Rows of dots and ranges in words, and the laws of both.

use super::super::super::ink::Canvas;
use super::super::super::look::{Look, Words};
use super::super::law::{hold, plot_of};
use super::super::{chart, mark};
use crate::kind::ChartKind;

fn texts(canvas: &Canvas) -> Vec<&str> {
    canvas.ink.labels.iter().map(|label| label.text.as_str()).collect()
}

/// The area of a text.
fn area(canvas: &Canvas, text: &str) -> crate::draw::ink::Area {
    canvas.ink.labels.iter().find(|label| label.text == text).unwrap_or_else(|| panic!("no {text} in {:?}", texts(canvas))).area
}

#[test]
fn charts_of_dots_keep_the_laws() {
    hold(ChartKind::Dot, 300);
}

#[test]
fn charts_of_ranges_keep_the_laws() {
    hold(ChartKind::Range, 300);
}

#[test]
fn a_row_is_one_mark_with_its_name_and_its_value() {
    let plot = plot_of("chart = \"dot\"", "class,growth,record\nsteel,>10.3,claim:a\niron,4,claim:b\n");
    let canvas = chart(&plot, &Look::default(), 612.0);
    let svg = &canvas.ink.svg;
    assert_eq!(svg.matches("class=\"mark\"").count(), 2);
    let link = &svg[svg.find("<a ").expect("a link")..svg.find("</a>").expect("its end")];
    assert!(link.contains(">steel</text>") && link.contains(">&gt; 10.3</text>"), "{link}");
    // The arrow of a floor stands between the point and its value.
    let value = area(&canvas, "> 10.3");
    assert!(value.x > area(&canvas, "steel").right() + mark::ARROW);
    let narrow = chart(&plot, &Look::default(), 320.0);
    assert!(area(&narrow, "steel").bottom() <= area(&narrow, "> 10.3").y);
}

#[test]
fn both_ends_of_a_range_are_written_outside_of_it() {
    let plot = plot_of("chart = \"range\"", "model,span\nAlpha,3–50\nBeta,about 6–8\n");
    let canvas = chart(&plot, &Look::default(), 612.0);
    assert!(["3", "50", "≈ 6", "≈ 8"].iter().all(|text| texts(&canvas).contains(text)));
    assert!(area(&canvas, "3").right() < area(&canvas, "50").x);
    let plot = plot_of("chart = \"range\"", "city,before,after\nZhengzhou,70,25\nLuoyang,31,31\n");
    let canvas = chart(&plot, &Look::default(), 612.0);
    assert!(area(&canvas, "25").right() < area(&canvas, "70").x);
    assert_eq!(texts(&canvas).iter().filter(|text| **text == "31").count(), 1, "one place is said once");
}

#[test]
fn every_callout_has_its_number_at_its_mark() {
    let plot = plot_of("chart = \"dot\"", "city,2010,2024\nZhengzhou,10,11\nLuoyang,5,5\n");
    let words = |at: &str| Words { at: at.to_owned(), series: None, text: "Why.".to_owned() };
    let look = Look { callouts: vec![words("Luoyang"), words("Zhengzhou")], ..Look::default() };
    for width in [320.0, 612.0] {
        let canvas = chart(&plot, &look, width);
        // Two at the points of each row, and one at the words below.
        assert_eq!(canvas.ink.svg.matches("class=\"note\"").count(), 6);
    }
}

#[test]
fn thousands_of_rows_stay_in_bounds() {
    let rows: Vec<String> = (0..3000).map(|number| format!("name {number},{}", number % 97)).collect();
    let plot = plot_of("chart = \"dot\"", &format!("name,value\n{}\n", rows.join("\n")));
    for width in [320.0, 612.0] {
        let canvas = chart(&plot, &Look::default(), width);
        assert!(canvas.height < 6100.0 && super::super::law::faults(&canvas).is_empty());
        assert_eq!(canvas.ink.svg.matches("class=\"mark\"").count(), 3000);
    }
}
