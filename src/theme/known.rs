//! What the template language has by itself: filters, tests and functions. The engine tells these names to nobody, so they
//! stand here for whoever misspelt one; a test holds each to the engine.

const FILTERS: [&str; 37] = [
    "abs",
    "capitalize",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];

const TESTS: [&str; 17] = [
    "array",
    "bool",
    "containing",
    "defined",
    "divisible_by",
    "ending_with",
    "even",
    "float",
    "integer",
    "iterable",
    "map",
    "none",
    "number",
    "odd",
    "starting_with",
    "string",
    "undefined",
];

const FUNCTIONS: [&str; 3] = ["range", "super", "throw"];

/// The names of one sort, as the engine calls it: `filter`, `test` or `function`.
pub(super) fn names(sort: &str) -> &'static [&'static str] {
    match sort {
        "filter" => &FILTERS,
        "test" => &TESTS,
        "function" => &FUNCTIONS,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use tera::Tera;

    use super::{FILTERS, FUNCTIONS, TESTS};

    #[test]
    fn the_engine_knows_them() {
        let knows = |text: &str| Tera::new().add_raw_template("t", text).is_ok();
        let filters = FILTERS.iter().map(|name| format!("{{{{ x | {name} }}}}"));
        let tests = TESTS.iter().map(|name| format!("{{{{ x is {name} }}}}"));
        let functions = FUNCTIONS.iter().filter(|name| **name != "super").map(|name| format!("{{{{ {name}(end=1) }}}}"));
        let unknown: Vec<String> = filters.chain(tests).chain(functions).filter(|text| !knows(text)).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
        assert!(!knows("{{ x | no_such }}") && !knows("{{ x is no_such }}") && !knows("{{ no_such() }}"));
    }
}
