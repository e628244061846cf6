//! What is an amount in prose, and what only looks like one.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;

/// The amounts of a text in short: `>1760000 %` for more than that many percent, `3..5`, `#1` for a place in an order,
/// `2x` for so many times, `2024-3-30` for a date.
fn short(text: &str) -> String {
    let units = Units::default();
    let mut out = Vec::new();
    for one in amounts(text, &units) {
        assert!(text.get(one.span.range()).is_some(), "{text}: {:?}", one.span);
        let mut word = one
            .hedge
            .map_or("", |hedge| match hedge {
                Hedge::More => ">",
                Hedge::Less => "<",
                Hedge::About => "~",
            })
            .to_owned();
        let number = |number: f64| format!("{number:.4}").trim_end_matches('0').trim_end_matches('.').to_owned();
        match one.kind {
            AmountKind::Date(date) => {
                let _ = write!(word, "{}-{}-{}", date.year.unwrap_or(0), date.month.unwrap_or(0), date.day.unwrap_or(0));
            }
            AmountKind::Ordinal => word = format!("{word}#{}", number(one.low)),
            AmountKind::Ratio => word = format!("{word}{}:1", number(one.low)),
            AmountKind::Multiple => word = format!("{word}{}x", number(one.low)),
            AmountKind::Cardinal | AmountKind::Fraction => {
                word.push_str(&number(one.low));
                if one.is_range() {
                    let _ = write!(word, "..{}", number(one.high));
                }
            }
        }
        if let Some(unit) = &one.unit {
            let _ = write!(word, " {}", unit.name);
        }
        out.push(word);
    }
    out.join(", ")
}

fn all(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, wanted)| short(text) != *wanted)
        .map(|(text, wanted)| format!("{text}: {} for {wanted}", short(text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn numbers() {
    all(&[
        ("orders passed 1,600.", "1600"),
        ("1\u{202f}600 machines and 1'000", "1600, 1000"),
        ("fell by 3.2% in all", "3.2 %"),
        ("3.2 per cent, 3 percent", "3.2 %, 3 %"),
        ("a gap of 0.5 percentage points", "0.5 percentage points"),
        ("5 pp", "5 percentage points"),
        ("−4.5%, -0.7 and minus 3", "-4.5 %, -0.7, -3"),
        ("1.76 million vehicles", "1760000"),
        ("7 trillion yuan", "7000000000000 yuan"),
        ("¥40 billion", "40000000000 yuan"),
        ("RMB40bn, RMB 40 bn and US$5.5m", "40000000000 yuan, 40000000000 yuan, 5500000 US dollar"),
        ("5 m tall, 80cm wide", "5 m, 80 cm"),
        ("a 126kV switch, 126 kV", "126 kV, 126 kV"),
        ("１，６００台", "1600"),
        ("176万辆", "1760000"),
        ("1.2万亿元", "1200000000000 yuan"),
        ("增长3.2个百分点，5千瓦时", "3.2 percentage points, 5 kWh"),
        ("三十五家，百分之三十，三分之一", "35, 0.3, 0.3333"),
        ("70多家，约30家，30家以上", ">70, ~30, 30"),
        ("2½ hours", "2.5 hour"),
        ("one and a half million", "1500000"),
        ("70,000 square metres", "70000 m2"),
        ("30 kilowatt-hours", "30 kWh"),
        ("14 days to seven", "14 day, 7"),
        ("HK$5 is not $5", "5 Hong Kong dollar, 5 US dollar"),
        ("3/4 of them, 24/7", "0.75"),
        ("§ 5; (5); [5]", "5, 5, 5"),
        ("1, 2, 3", "1, 2, 3"),
    ]);
}

#[test]
fn words() {
    all(&[
        ("Two machines", "2"),
        ("twenty-one firms and a hundred and five", "21, 105"),
        ("over a dozen added elements", ">12"),
        ("dozens of fields, thousands of tests", ""),
        ("several million, a few hundred", ""),
        ("a million, half a million", "1000000, 500000"),
        ("the trillion-yuan level", "1000000000000 yuan"),
        ("the 100-billion-yuan level", "100000000000 yuan"),
        ("seven trillion-level clusters, 7 trillion-level ones", "7, 1000000000000, 7, 1000000000000"),
        ("half of it, a third of it, two-thirds", "0.5, 0.3333, 0.6667"),
        ("the first half of 2023", "#1, 2023-0-0"),
        ("the first three quarters of 2023", "#1, 3, 2023-0-0"),
        ("a three-year plan, a 30-year horizon", "3 year, 30 year"),
        ("twice as much, doubled, threefold, 10-fold", "2x, 2x, 3x, 10x"),
        ("2.5 times, 3x, 3倍", "2.5x, 3x, 3x"),
        ("more than two times", ">2x"),
    ]);
}

#[test]
fn hedges() {
    all(&[
        ("more than 1.76 million", ">1760000"),
        ("past 1,600 in the past six years", ">1600, 6 year"),
        ("nearly 1.8 million, up to 80%", "<1800000, <80 %"),
        ("about 30, some 40, roughly a third", "~30, ~40, ~0.3333"),
        ("no more than 5, no fewer than 5", "<5, >5"),
        ("over US$5bn", ">5000000000 US dollar"),
        ("30 or more, 30+ and 30-plus", ">30, >30, >30"),
        (">= 3, <5, ~7, ≈8", ">3, <5, ~7, ~8"),
        ("over 1600 orders", ">1600"),
    ]);
}

#[test]
fn ranges() {
    all(&[
        ("3-5, 3–5, 3 to 5", "3..5, 3..5, 3..5"),
        ("between 3 and 5%, from 3 to 5 million tonnes", "3..5 %, 3000000..5000000 t"),
        ("3% to 5%, 3%-5%", "3..5 %, 3..5 %"),
        ("$5bn-$6bn, $5-6bn, $5-6m", "5000000000..6000000000 US dollar, 5000000000..6000000000 US dollar, 5000000..6000000 US dollar"),
        ("one or two clusters", "1..2"),
        ("from 80 centimetres to 2 millimetres", "80 cm, 2 mm"),
        ("from 14 to 7 days", "14 day, 7 day"),
        ("from 5 to 3 million", "5000000, 3000000"),
        ("rose 3% to 5,000", "3 %, 5000"),
        ("from 900,000 to 1.2 million", "900000..1200000"),
        ("80 cm -> 2 mm", "80 cm, 2 mm"),
        ("14 -> 7", "14, 7"),
        ("3至5年", "3..5 year"),
        ("about 3 to 5", "~3..5"),
        ("3 and 5", "3, 5"),
        ("7+28+N", "7, 28"),
        ("400 to 1, 400:1", "400:1, 400:1"),
    ]);
}

#[test]
fn orders() {
    all(&[
        ("first in China and second in the world", "#1, #2"),
        ("the 2nd, 21st and twenty-first", "#2, #21, #21"),
        ("No. 1, number one, #1, no. 5", "#1, #1, #1, #5"),
        ("the six-millionth car", "#6000000"),
        ("第一，第3", "#1, #3"),
        ("Figure 3, p. 3, pp. 3–4", "#3, #3, #3"),
        ("30 seconds, one second", "30 second, 1 second"),
    ]);
}

#[test]
fn dates() {
    all(&[
        ("on 30 March 2024 and March 30, 2024", "2024-3-30, 2024-3-30"),
        ("in March 2024, in 2024-03, by 2025", "2024-3-0, 2024-3-0, 2025-0-0"),
        ("On February 29 this year", "0-2-29"),
        ("2023-2025, 2023/24", "2023-0-0, 2025-0-0, 2023-0-0"),
        ("about 2021-2022", "~2021-0-0, 2022-0-0"),
        ("2024年3月30日，2024年", "2024-3-30, 2024-0-0"),
        ("a Long March 3B rocket", ""),
        ("at 10:30, at 16:09:33", ""),
        ("1105 in all", "1105-0-0"),
        ("1105 m", "1105 m"),
    ]);
}

#[test]
fn names_are_no_amounts() {
    all(&[
        ("A4, COVID-19, 3B, SF6, H2O, Mi-8, G20", ""),
        ("5G, 4K, the 1990s, version 1.2.3, 192.168.0.1", ""),
        ("mid-2024, top-10, pre-2020", "2024-0-0, 10, 2020-0-0"),
        ("978-3-16-148410-0", ""),
        ("CO2 and PM2.5", ""),
        ("", ""),
    ]);
}

#[test]
fn what_is_printed_is_known() {
    let units = Units::default();
    for (text, precision) in [("1.76 million", 5e3), ("3.2%", 0.05), ("1,600", 0.5), ("three", 0.5), ("a third", 0.025)] {
        let found = amounts(text, &units);
        assert!((found[0].precision - precision).abs() < 1e-9 * precision, "{text}: {}", found[0].precision);
    }
    let one = &amounts("fell to over US$5 billion.", &units)[0];
    assert_eq!(one.span, Span::new(13, 25));
    assert!(amounts("five", &units)[0].spelled);
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC*") {
        short(&text);
    }

    #[test]
    fn any_text_of_numbers_is_read(words in prop::collection::vec(prop::sample::select(PIECES), 0..12)) {
        short(&words.concat());
    }
}

/// Pieces of which a text is made that comes near to everything the reader knows.
const PIECES: &[&str] = &[
    " ",
    "-",
    "–",
    "−",
    "–",
    ".",
    ",",
    ":",
    "/",
    "+",
    "%",
    "$",
    "¥",
    "US$",
    "HK$",
    "~",
    ">",
    "#",
    "'",
    "\u{a0}",
    "0",
    "1",
    "3",
    "12",
    "400",
    "2024",
    "999999999999999999",
    "½",
    "５",
    "，",
    "a ",
    "an ",
    "and a half",
    " and ",
    "one",
    "two",
    "twenty",
    "half",
    "third",
    "quarters",
    "hundred",
    "million",
    "dozen",
    "fold",
    "times",
    "first",
    "second",
    "th",
    "st",
    "x",
    "k",
    "m",
    "bn",
    "percent",
    "percentage points",
    "yuan",
    "tonnes",
    "from ",
    "between ",
    " to ",
    " or ",
    "about ",
    "more than ",
    "no more than ",
    "March",
    "May ",
    " 2024",
    "No. ",
    "number ",
    "p. ",
    "RMB",
    "minus ",
    "plus",
    "第",
    "百分之",
    "分之",
    "三",
    "十",
    "百",
    "千",
    "万",
    "亿",
    "年",
    "月",
    "日",
    "个",
    "百分点",
    "元",
    "多",
    "至",
    "约",
    "以上",
    "倍",
    "A",
    "é",
    "\n",
    "😀",
];
