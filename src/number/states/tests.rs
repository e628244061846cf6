//! Which passages state which values.

use proptest::prelude::*;

use super::*;

/// More than a number can hold.
const LARGE: &str = concat!(
    "about 99999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999",
    "999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999",
    "99999999999999999999999999999999999999999999999999 trillion",
);

fn verdict(passage: &str, value: &str, unit: &str, op: Op, rank: bool) -> &'static str {
    let stated = Stated { value, unit: (!unit.is_empty()).then_some(unit), op, rank, date: false };
    match states(passage, &stated, &Units::default()) {
        Verdict::Yes => "yes",
        Verdict::Other(_) => "other",
        Verdict::None => "none",
    }
}

fn all(op: Op, rank: bool, cases: &[(&str, &str, &str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(passage, value, unit, wanted)| verdict(passage, value, unit, op, rank) != *wanted)
        .map(|(passage, value, unit, wanted)| format!("{passage:?} states {value} {unit}: not {wanted}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_bound_of_a_fall_turns_with_its_sign() {
    let cases = [("cost is down by more than 60%", "-60", "%", "yes"), ("cost is down by less than 60%", "-60", "%", "other")];
    all(Op::Less, false, &cases);
    all(Op::More, false, &[("cost is down by less than 60%", "-60", "%", "yes"), ("more than -60%", "-60", "%", "yes")]);
}

#[test]
fn one_number() {
    all(
        Op::Equal,
        false,
        &[
            ("output fell 3.2% in 2022", "3.2", "%", "yes"),
            ("output fell 3.3% in 2022", "3.2", "%", "other"),
            ("output fell in places", "3.2", "%", "none"),
            ("3.2 per cent", "3.2", "% year on year", "yes"),
            ("0.5 percentage points", "0.5", "%", "other"),
            ("0.5%", "0.5", "percentage points", "other"),
            ("0.5 points", "0.5", "percentage points", "yes"),
            ("past 1,600", "1600", "machines ordered", "yes"),
            ("1600 machines", "1600", "machines", "yes"),
            ("1.76 million cars", "1760000", "vehicles", "yes"),
            ("1.76 million cars", "1763000", "vehicles", "other"),
            ("3 million tonnes", "3", "million tonnes", "yes"),
            ("3,000,000 t", "3", "million tonnes", "yes"),
            ("the count was 3", "3", "million tonnes", "yes"),
            ("3 tonnes", "3", "million tonnes", "other"),
            ("3 million yuan", "3", "million tonnes", "other"),
            ("0.8 m", "80", "cm", "yes"),
            ("800 mm", "80 cm", "", "yes"),
            ("¥14 billion", "14000000000", "yuan", "yes"),
            ("$14 billion", "14000000000", "yuan", "other"),
            ("two machines", "2", "machines", "yes"),
            ("half the energy", "-50", "% energy per unit", "yes"),
            ("a fall of a third", "33.3", "%", "yes"),
            ("a fall of a third", "30", "%", "other"),
            ("by 20%", "-20", "% change", "yes"),
            ("by −20%", "20", "%", "other"),
            ("−20%", "-20", "%", "yes"),
            ("more than two times", ">2x", "ratio", "yes"),
            ("the six-millionth car", "6000000", "vehicles", "yes"),
            ("the single example", "1", "example", "yes"),
            ("both firms", "2", "firms", "yes"),
            ("176万辆", "1760000", "vehicles", "yes"),
            ("A4 and 3B", "3", "sheets", "none"),
            (LARGE, "3", "sheets", "none"),
            ("about 12 months", "1", "year", "yes"),
            ("about 12 months", "1", "years", "yes"),
        ],
    );
}

#[test]
fn hedged_numbers_may_be_rounded() {
    all(
        Op::Equal,
        false,
        &[
            ("about 1.76 million", "1763000", "vehicles", "yes"),
            ("nearly 1.8 million", "1763000", "vehicles", "yes"),
            ("more than 1.7 million", "1763000", "vehicles", "yes"),
            ("nearly 1.7 million", "1763000", "vehicles", "other"),
            ("over 1.8 million", "1763000", "vehicles", "other"),
            ("about 2 million", "1763000", "vehicles", "yes"),
            ("about 30,000", "29870", "", "yes"),
            ("about 30,000", "26000", "", "other"),
            ("over 2,000", "1600", "", "other"),
            ("about a third", "34", "%", "yes"),
            ("about a third", "40", "%", "other"),
        ],
    );
}

#[test]
fn an_operator_is_not_enforced_and_not_contradicted() {
    for (passage, op, wanted) in [
        ("over 1,600", Op::More, "yes"),
        ("1,600", Op::More, "yes"),
        ("about 1,600", Op::More, "yes"),
        ("under 1,600", Op::More, "other"),
        ("no more than 1,600", Op::AtLeast, "other"),
        ("more than 1,600", Op::AtMost, "other"),
        ("up to 1,600", Op::AtMost, "yes"),
        ("more than 1,600", Op::About, "yes"),
    ] {
        assert_eq!(verdict(passage, "1600", "", op, false), wanted, "{passage} {op:?}");
    }
}

#[test]
fn several_numbers_and_ranges_are_all_needed() {
    all(
        Op::Equal,
        false,
        &[
            ("from 80 centimetres to 2 millimetres", "80 cm -> 2 mm", "length", "yes"),
            ("to 2 millimetres", "80 cm -> 2 mm", "length", "other"),
            ("14 days to seven", "14 -> 7", "days", "yes"),
            ("one or two clusters", "1-2", "clusters", "yes"),
            ("between 3 and 5", "3-5", "", "yes"),
            ("about 3", "3-5", "", "other"),
            ("from 3 to 5 million", "5000000", "", "yes"),
            ("the “7+28+N” clusters", "7+28+N", "", "yes"),
            ("one of the seven clusters", "1 of 7", "clusters", "yes"),
        ],
    );
}

#[test]
fn words_must_occur() {
    all(
        Op::About,
        false,
        &[
            ("after Thousands  of tests", "thousands", "tests", "yes"),
            ("after many tests", "thousands", "tests", "none"),
            ("after 30 tests", "thousands", "tests", "other"),
            ("overall", "all", "", "none"),
            ("all of it", "all", "", "yes"),
        ],
    );
}

#[test]
fn ranks() {
    all(
        Op::Equal,
        true,
        &[
            ("first in China and second in the world", "1 (China); 2 (world)", "rank", "yes"),
            ("first in China", "1 (China); 2 (world)", "rank", "other"),
            ("the largest supplier in the world", "1", "rank (world)", "yes"),
            ("among the largest in the world", "1", "rank (world)", "none"),
            ("No. 1 in China", "1", "rank", "yes"),
            ("the second-largest", "2", "rank", "yes"),
            ("the second-largest", "1", "rank", "other"),
            ("China's top three", "<=3", "rank", "yes"),
            ("first in the world for six years running", "1, 6 years", "rank (world)", "yes"),
        ],
    );
    assert_eq!(verdict("the largest supplier", "1", "supplier", Op::Equal, false), "none");
}

#[test]
fn dates() {
    let units = Units::default();
    for (passage, value, yes) in [
        ("carries the date 30 March 2024", "2024-03-30", true),
        ("March 30, 2024", "2024-03-30", true),
        ("in March 2024", "2024-03-30", false),
        ("on 30 March 2024", "2024-03", true),
        ("on 29 February", "2024-02-29", true),
        ("in 2021", "2021", true),
        ("in 2022", "2021", false),
        ("2021 to 2022", "about 2021-2022", true),
        ("2024年3月30日", "2024-03-30", true),
    ] {
        let stated = Stated { value, date: true, ..Stated::default() };
        assert_eq!(states(passage, &stated, &units) == Verdict::Yes, yes, "{passage} {value}");
    }
    let year = Stated { value: "2023", unit: Some("year"), ..Stated::default() };
    assert_eq!(states("in 2023", &year, &units), Verdict::Yes);
    let count = Stated { value: "2023", unit: Some("vehicles"), ..Stated::default() };
    assert_eq!(states("2,023 vehicles", &count, &units), Verdict::Yes);
}

#[test]
fn a_sites_units_are_compared() {
    let config = std::collections::BTreeMap::from([
        ("vehicle".to_owned(), crate::number::UnitConfig::Names(vec!["vehicles".to_owned(), "cars".to_owned()])),
        ("bus".to_owned(), crate::number::UnitConfig::Names(vec!["buses".to_owned()])),
    ]);
    let (units, _) = Units::new(&config);
    let stated = Stated { value: "30", unit: Some("vehicles"), ..Stated::default() };
    assert_eq!(states("30 cars", &stated, &units), Verdict::Yes);
    assert!(matches!(states("30 buses", &stated, &units), Verdict::Other(_)));
    assert_eq!(states("30 things", &stated, &units), Verdict::Yes);
}

proptest! {
    #[test]
    fn any_passage_and_value_are_compared(passage in "[-–.,:%$¥a-z0-9 十万年é]{0,30}", value in "[-–.,:%$>a-z0-9 十万年é]{0,12}", unit in "\\PC{0,8}") {
        for rank in [false, true] {
            let stated = Stated { value: &value, unit: Some(&unit), op: Op::More, rank, date: rank };
            let _ = states(&passage, &stated, &Units::default());
            let _ = crate::number::scaled(&value, Some(&unit), &Units::default());
        }
    }

    #[test]
    fn a_number_states_itself(number in 0_u32..3_000_000, unit in prop::sample::select(vec!["", "%", "million tonnes", "control points"])) {
        let text = number.to_string();
        let stated = Stated { value: &text, unit: Some(unit), ..Stated::default() };
        prop_assert_eq!(states(&format!("it was {number}."), &stated, &Units::default()), Verdict::Yes);
    }
}
