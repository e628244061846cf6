//! Addresses that open a place in the author's editor.

use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use crate::read::config::Config;
use crate::read::snapshot::Snapshot;
use crate::text::Diagnostics;

/// The author's editor, as the configuration says.
pub(super) struct Editor {
    root: PathBuf,
    template: String,
}

impl Editor {
    /// The editor for a briefing at this root.
    pub(super) fn new(snapshot: &Snapshot, root: &Path) -> Self {
        // What is wrong with the configuration was found by the build.
        let config = Config::read(snapshot, &mut Diagnostics::default());
        Self { root: root.to_owned(), template: config.watch.editor.value }
    }

    /// The address of a place in a file, whose path is one from the root; none where the author wants none.
    pub(super) fn address(&self, path: &str, line: usize, column: usize) -> Option<String> {
        let (scheme, rest) = self.template.split_once(':').filter(|(_, rest)| rest.contains("{path}"))?;
        if ["javascript", "data", "vbscript"].iter().any(|one| scheme.eq_ignore_ascii_case(one)) {
            return None;
        }
        let file = encoded(&self.root.join(path).to_str()?.replace(MAIN_SEPARATOR, "/"));
        // After a slash, that of the file is one too many.
        let rest = rest.replace("/{path}", &format!("/{}", file.trim_start_matches('/')));
        let rest = rest.replace("{path}", &file).replace("{line}", &line.to_string()).replace("{column}", &column.to_string());
        Some(format!("{scheme}:{rest}"))
    }
}

/// A path in which nothing can be taken for another part of an address.
fn encoded(path: &str) -> String {
    let plain = |one: &u8| one.is_ascii_alphanumeric() || b"/-._~".contains(one);
    path.bytes().map(|one| if plain(&one) { char::from(one).to_string() } else { format!("%{one:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stands_whole_and_encoded_where_the_template_wants_it() {
        let address = |config: &str| {
            let snapshot = Snapshot::of([("postil.toml", format!("[watch]\neditor = \"{config}\"\n"))]);
            Editor::new(&snapshot, Path::new("/home/a b")).address("content/中#.md", 3, 7)
        };
        let file = "home/a%20b/content/%E4%B8%AD%23.md";
        assert_eq!(address("vscode://file/{path}:{line}:{column}"), Some(format!("vscode://file/{file}:3:7")));
        assert_eq!(address("idea://open?file={path}&line={line}"), Some(format!("idea://open?file=/{file}&line=3")));
        for none in ["", "vscode://file", "JavaScript:{path}", "{path}"] {
            assert_eq!(address(none), None, "{none}");
        }
    }
}
