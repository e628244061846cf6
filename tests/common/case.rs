//! The specification's Markdown: headings are cases, fenced blocks are files, pages and findings.

use std::collections::BTreeMap;
use std::ops::Range;

use postil::read::snapshot::Snapshot;

/// One case of the specification.
pub struct Case {
    /// Its heading.
    pub name: String,
    /// The files that go in.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What the build is told: `drafts`, `strict`, `base-url ADDRESS`, `today DATE`.
    pub options: Vec<String>,
    /// The pages that come out, and what must or must not occur in each.
    pub pages: Vec<(String, Vec<String>)>,
    /// The files that come out, or with `not:` do not.
    pub outputs: Vec<String>,
    /// What is found.
    pub diagnostics: Vec<String>,
    /// The lines of the block of findings, fences included, if there is one.
    pub block: Option<Range<usize>>,
    /// The line after the last line of the case.
    pub end: usize,
}

/// A fenced block: its info string, the lines between its fences, and all its lines.
struct Block<'t> {
    info: &'t str,
    inside: Vec<&'t str>,
    lines: Range<usize>,
}

/// Reads the cases of one file of the specification.
pub fn cases(text: &str) -> Vec<Case> {
    let lines: Vec<&str> = text.lines().collect();
    let mut cases: Vec<Case> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if let Some(name) = lines[at].strip_prefix("## ") {
            cases.push(Case::new(name));
        }
        let block = block(&lines, at);
        let next = block.as_ref().map_or(at + 1, |block| block.lines.end);
        if let Some(case) = cases.last_mut() {
            if let Some(block) = block {
                case.take(&block);
            }
            if lines[at..next].iter().any(|line| !line.trim().is_empty()) {
                case.end = next;
            }
        }
        at = next;
    }
    cases
}

/// The groups and rules that a file of the specification shows: the block `rules` of its introduction.
pub fn shown(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().take_while(|line| !line.starts_with("## ")).collect();
    let start = lines.iter().position(|line| line.trim_end() == "```rules");
    let block = start.and_then(|start| block(&lines, start));
    block.map(|block| block.inside.iter().map(|line| (*line).to_owned()).collect()).unwrap_or_default()
}

fn block<'t>(lines: &[&'t str], start: usize) -> Option<Block<'t>> {
    let ticks = lines[start].len() - lines[start].trim_start_matches('`').len();
    if ticks < 3 {
        return None;
    }
    let fence = "`".repeat(ticks);
    let length = lines[start + 1..].iter().position(|line| line.trim_end() == fence);
    let length = length.unwrap_or_else(|| panic!("line {}: this fence is not closed", start + 1));
    let inside = lines[start + 1..start + 1 + length].to_vec();
    Some(Block { info: lines[start][ticks..].trim(), inside, lines: start..start + length + 2 })
}

impl Case {
    fn new(name: &str) -> Self {
        Self {
            name: name.trim().to_owned(),
            files: BTreeMap::new(),
            options: Vec::new(),
            pages: Vec::new(),
            outputs: Vec::new(),
            diagnostics: Vec::new(),
            block: None,
            end: 0,
        }
    }

    /// The files that go in, as a build meets them.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::of(self.files.iter().map(|(path, bytes)| (path.as_str(), bytes)))
    }

    fn take(&mut self, block: &Block<'_>) {
        let list = || block.inside.iter().map(|line| (*line).to_owned()).filter(|line| !line.trim().is_empty()).collect();
        let text = || block.inside.iter().flat_map(|line| [*line, "\n"]).collect::<String>();
        if let Some(path) = block.info.strip_prefix("page ") {
            self.pages.push((path.to_owned(), list()));
        } else if let Some(path) = block.info.strip_suffix(" escaped") {
            self.files.insert(path.to_owned(), unescape(&text()));
        } else if block.info.contains(['/', '.']) {
            self.files.insert(block.info.to_owned(), text().into_bytes());
        } else {
            match block.info {
                "diagnostics" => {
                    self.diagnostics = list();
                    self.block = Some(block.lines.clone());
                }
                "options" => self.options = list(),
                "output" => self.outputs = list(),
                other => panic!("{}: `{other}` is neither a file, a page, `output`, `options` nor `diagnostics`", self.name),
            }
        }
    }
}

/// `\u{202e}`, `\xff` and `\r` in a block that is marked as escaped stand for what cannot be read on a page.
fn unescape(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut pieces = text.split('\\');
    out.extend_from_slice(pieces.next().unwrap_or_default().as_bytes());
    for piece in pieces {
        let rest = if let Some(rest) = piece.strip_prefix("u{") {
            let (number, rest) = rest.split_once('}').expect("a closing brace");
            let one = u32::from_str_radix(number, 16).ok().and_then(char::from_u32).expect("a character's number");
            out.extend_from_slice(one.to_string().as_bytes());
            rest
        } else if let Some(rest) = piece.strip_prefix('x') {
            out.push(u8::from_str_radix(&rest[..2], 16).expect("two hexadecimal digits"));
            &rest[2..]
        } else if let Some(rest) = piece.strip_prefix('r') {
            out.push(b'\r');
            rest
        } else {
            out.push(b'\\');
            piece
        };
        out.extend_from_slice(rest.as_bytes());
    }
    out
}
