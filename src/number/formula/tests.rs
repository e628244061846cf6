//! What formulas give, and what is said about those that are none.

use proptest::prelude::*;

use super::*;

fn value(text: &str) -> Result<f64, String> {
    let values = BTreeMap::from([("a".to_owned(), 20.0), ("b".to_owned(), 5.0), ("steel-2022".to_owned(), 2.0), ("炼钢".to_owned(), 3.0)]);
    Formula::parse(text).map_err(|error| format!("{}..{} {}", error.span.start, error.span.end, error.message))?.evaluate(&values)
}

#[test]
fn formulas_are_calculated() {
    for (text, wanted) in [
        ("a / b", 4.0),
        ("a - b + steel-2022", 17.0),
        ("a / b * steel-2022", 8.0),
        ("a / (b * steel-2022)", 2.0),
        ("8 / 4 * 2", 4.0),
        ("8 - 4 + 2", 6.0),
        ("2 × 炼钢 − 1", 5.0),
        ("(a + b) * 3.2%", 0.8),
        ("1,600 + 1", 1601.0),
        ("-a + b", -15.0),
        ("a * -b", -100.0),
        ("a - -b", 25.0),
        ("steel-2022 ^ 炼钢", 8.0),
        ("(-a) ^ 2", 400.0),
        ("2 ^ -1", 0.5),
        ("abs(b - a)", 15.0),
        ("round(a / 3)", 7.0),
        ("round(a / 3, 2)", 6.67),
        ("min(a, b, 7)", 5.0),
        ("max(1, min(b, 3))", 3.0),
        ("max(min(7, 4), steel-2022) + 1", 5.0),
        ("sum(a, b, 1) * 2", 52.0),
        ("sum(max(a, b), round(2.567, 1)) - 1", 21.6),
        ("abs(max(-a, -b))", 5.0),
        ("((a))", 20.0),
    ] {
        let found = value(text);
        assert!(found.as_ref().is_ok_and(|found| (found - wanted).abs() < 1e-9), "{text}: {found:?}");
    }
}

#[test]
fn what_is_no_formula_is_said_with_its_place() {
    for (text, wanted) in [
        ("", "0..0 the formula is empty"),
        ("a b", "2..3 a sign such as"),
        ("a +", "2..3 a number or an id is missing after"),
        ("a + * b", "4..5 a number, an id or a bracket"),
        ("- - a", "2..3 a number, an id"),
        ("(a", "0..1 this bracket is not closed"),
        ("a)", "1..2 this bracket was never opened"),
        ("()", "1..2 a number, an id"),
        ("a, b", "1..2 a comma"),
        ("(a, b)", "2..3 a comma"),
        ("abs(a, b)", "3..4 `abs` takes at most 1"),
        ("sqrt(a)", "0..4 there is no function `sqrt`"),
        ("1-2", "0..3 `1-2` is neither"),
        ("a ? b", "2..3 `?` has no meaning"),
        ("-a ^ 2", "3..4 it is not clear"),
        ("a ^ b ^ 2", "6..7 it is not clear"),
        ("a ^ (b) ^ 2", "8..9 it is not clear"),
        ("a ^ max(b, 2) ^ 2", "14..15 it is not clear"),
        ("a / 0", "the result is no number"),
        ("a / (b - 5)", "the result is no number"),
        ("(0 - 1) ^ 0.5", "the result is no number"),
        ("a-b", "the claim `a-b` has no number"),
    ] {
        let found = value(text).expect_err(text);
        assert!(found.starts_with(wanted), "{text}: {found}");
    }
    let deep = format!("{}a{}", "(".repeat(FORMULA_DEPTH + 1), ")".repeat(FORMULA_DEPTH + 1));
    assert!(value(&deep).expect_err("too deep").contains("in one another"));
    assert!(value(&"1 + ".repeat(FORMULA)).expect_err("too long").contains("bytes"));
}

#[test]
fn a_page_can_show_it() {
    let formula = Formula::parse("(steel-2022 - 3.2%) / max(a, 2)").expect("a formula");
    let shown: Vec<String> = formula
        .pieces()
        .into_iter()
        .map(|piece| match piece {
            Piece::Id(id) => format!("[{id}]"),
            Piece::Number(text) => text,
            Piece::Operator(sign) => sign.to_owned(),
        })
        .collect();
    assert_eq!(shown.join(" "), "( [steel-2022] − 3.2% ) ÷ max ( [a] , 2 )");
    assert_eq!(formula.ids(), [("steel-2022".to_owned(), Span::new(1, 11)), ("a".to_owned(), Span::new(26, 27))]);
    assert!(crowded("a-b").is_some_and(|help| help.contains("`-`")));
    assert_eq!(crowded("steel"), None);
}

/// A formula as a tree, with what it gives.
#[derive(Debug, Clone)]
enum Tree {
    Number(u8),
    Minus(Box<Tree>),
    Two(char, Box<Tree>, Box<Tree>),
    Call(&'static str, Vec<Tree>),
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = (0_u8..9).prop_map(Tree::Number);
    leaf.prop_recursive(5, 40, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|one| Tree::Minus(Box::new(one))),
            (prop::sample::select(vec!['+', '-', '*', '/']), inner.clone(), inner.clone()).prop_map(|(sign, a, b)| Tree::Two(
                sign,
                Box::new(a),
                Box::new(b)
            )),
            (prop::sample::select(vec!["min", "max", "sum"]), prop::collection::vec(inner, 1..4))
                .prop_map(|(name, list)| Tree::Call(name, list)),
        ]
    })
}

impl Tree {
    fn value(&self) -> f64 {
        match self {
            Self::Number(number) => f64::from(*number),
            Self::Minus(one) => -one.value(),
            Self::Two('+', a, b) => a.value() + b.value(),
            Self::Two('-', a, b) => a.value() - b.value(),
            Self::Two('*', a, b) => a.value() * b.value(),
            Self::Two(_, a, b) => a.value() / b.value(),
            Self::Call(name, list) => {
                let values = list.iter().map(Self::value);
                match *name {
                    "min" => values.fold(f64::INFINITY, f64::min),
                    "max" => values.fold(f64::NEG_INFINITY, f64::max),
                    _ => values.sum(),
                }
            }
        }
    }

    /// Written with no more brackets than a reader needs; `above` is the rank of what stands around it.
    fn written(&self, above: u8) -> String {
        let (rank, text) = match self {
            Self::Number(number) => (9, number.to_string()),
            Self::Minus(one) => (3, format!("-{}", one.written(9))),
            Self::Two(sign, a, b) => {
                let rank = if "+-".contains(*sign) { 1 } else { 2 };
                (rank, format!("{} {sign} {}", a.written(rank), b.written(rank + 1)))
            }
            Self::Call(name, list) => (9, format!("{name}({})", list.iter().map(|one| one.written(0)).collect::<Vec<_>>().join(", "))),
        };
        if rank < above { format!("({text})") } else { text }
    }
}

proptest! {
    #[test]
    fn the_library_calculates_as_people_do(tree in tree()) {
        let wanted = tree.value();
        let text = tree.written(0);
        let found = value(&text);
        if wanted.is_finite() && !text.contains('/') {
            let found = found.map_err(TestCaseError::fail)?;
            prop_assert!((found - wanted).abs() <= 1e-6 * wanted.abs().max(1.0), "{}: {} for {}", text, found, wanted);
        } else if let Ok(found) = found {
            prop_assert!((found - wanted).abs() <= 1e-6 * wanted.abs().max(1.0), "{}: {} for {}", text, found, wanted);
        }
    }

    #[test]
    fn any_text_is_read(text in "[-+*/^(),.%a-c0-9 {}é炼×]{0,40}") {
        let _ = value(&text);
    }
}
