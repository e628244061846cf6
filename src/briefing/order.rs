//! The order of sections: by path, where a numeric prefix counts as a number and a part's index comes first.

/// What the path of a section, from the root of the content folder, is sorted by.
#[must_use]
pub fn sort_key(content_path: &str) -> Vec<(u8, u64, String)> {
    content_path
        .split('/')
        .map(|part| match part {
            "index.md" => (0, 0, String::new()),
            part => {
                let (number, name) = prefix(part);
                (1, number.unwrap_or(u64::MAX), name.to_lowercase())
            }
        })
        .collect()
}

/// Parts a numeric prefix (`02-energy`) from the name.
pub(super) fn prefix(name: &str) -> (Option<u64>, &str) {
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
