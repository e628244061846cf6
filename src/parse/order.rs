//! The order of sections: by path, where a numeric prefix counts as a number and a part's index comes first.

/// What a section is sorted by among others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SortKey(Vec<(u8, u64, String)>);

/// The place of a section by its path from the root of the content folder.
#[must_use]
pub(super) fn sort_key(content_path: &str) -> SortKey {
    let parts = content_path
        .split('/')
        .map(|part| match part {
            "index.md" => (0, 0, String::new()),
            part => {
                let (number, name) = prefix(part);
                (1, number.unwrap_or(u64::MAX), name.to_lowercase())
            }
        })
        .collect();
    SortKey(parts)
}

/// Parts a numeric prefix (`02-energy`) from the name.
#[must_use]
pub fn prefix(name: &str) -> (Option<u64>, &str) {
    let digits = name.find(|one: char| !one.is_ascii_digit()).unwrap_or(name.len());
    let rest = &name[digits..];
    match (name[..digits].parse(), rest.strip_prefix(['-', '_', '.', ' '])) {
        (Ok(number), Some(rest)) if !rest.is_empty() && rest != "md" => (Some(number), rest),
        _ => (None, name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_as_numbers_and_an_index_comes_first() {
        let mut paths = ["10-b.md", "2-a.md", "zeta.md", "index.md", "2-part/index.md", "2-part/1-x.md"];
        paths.sort_by_key(|path| sort_key(path));
        assert_eq!(paths, ["index.md", "2-a.md", "2-part/index.md", "2-part/1-x.md", "10-b.md", "zeta.md"]);
        assert_eq!(prefix("2024.md"), (None, "2024.md"));
        assert_eq!(prefix("02-energy.md"), (Some(2), "energy.md"));
    }
}
