//! Sites to deploy: small ones, whose pages name the files that they need.

use std::collections::BTreeMap;
use std::path::Path;

use postil::output::{OutFile, Protected, publish};

/// The files of a site by their paths.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A page that needs these files.
fn page(title: &str, needs: &[String]) -> Vec<u8> {
    let lines: String = needs.iter().flat_map(|path| ["needs:", path, "\n"]).collect();
    format!("<!doctype html><title>{title}</title>\n{lines}").into_bytes()
}

/// The files that a page needs.
pub fn needs(page: &[u8]) -> Vec<String> {
    String::from_utf8_lossy(page).lines().filter_map(|line| line.strip_prefix("needs:")).map(str::to_owned).collect()
}

/// A site of `size` files. Of two generations, every third file differs, and the folder that is named for its style is another.
pub fn site(size: usize, generation: u32) -> Files {
    let mut files = Files::new();
    let style = format!("static/{generation:010x}/style.css");
    files.insert(style.clone(), format!("/* {generation} */").into_bytes());
    let pictures = (size - 2) / 2;
    for number in 0..pictures {
        let of = if number % 3 == 0 { generation } else { 0 };
        files.insert(format!("img/{number}.svg"), format!("<svg><!-- {number} of {of} --></svg>").into_bytes());
    }
    let mut number = 0;
    while files.len() < size - 1 {
        let of = if number % 3 == 0 { generation } else { 0 };
        // A page that has not changed still needs a style that is there.
        let mut needed = vec![format!("img/{}.svg", number % pictures)];
        if of == generation {
            needed.push(style.clone());
        }
        files.insert(format!("page-{number}/index.html"), page(&format!("{number} of {of}"), &needed));
        number += 1;
    }
    files.insert("index.html".to_owned(), page(&format!("cover of {generation}"), &[style]));
    files
}

/// Files without those that Postil keeps for itself.
pub fn of_the_site(mut files: Files) -> Files {
    files.retain(|path, _| !path.starts_with(".postil/"));
    files
}

/// Names that hosts and programs have trouble with.
pub fn odd_names() -> Files {
    [
        "名 字/索引.html",
        "a+b&c=d.html",
        "~tilde.txt",
        "%41%2f.txt",
        "q#r;s@t.txt",
        "it's (1) [x] {y}!.txt",
        "$HOME/`id`.txt",
        "a/.hidden",
        "-n.txt",
        "*.txt",
    ]
    .iter()
    .map(|path| ((*path).to_owned(), format!("what stands at {path}").into_bytes()))
    .collect()
}

/// Writes a site into the folder `output` of a project, as a build does.
pub fn write(root: &Path, files: &Files) {
    let protected = Protected { root: root.to_owned(), content: root.join("content"), themes: Vec::new(), home: None };
    let files: Vec<OutFile> = files.iter().map(|(path, bytes)| OutFile::new(path, bytes.clone().into())).collect();
    publish(&root.join("output"), &protected, &files).expect("the site is written");
}

/// What is wrong at a target: pages that need what is not there.
pub fn broken(there: &Files) -> Vec<String> {
    let pages = there.iter().filter(|(path, _)| path.ends_with(".html") && !path.starts_with(".postil/"));
    pages
        .flat_map(|(path, bytes)| needs(bytes).into_iter().map(move |needed| (path, needed)))
        .filter(|(_, needed)| !there.contains_key(needed))
        .map(|(path, needed)| format!("{path} needs {needed}"))
        .collect()
}
