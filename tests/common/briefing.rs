//! Random briefings in which everything fits: every reference leads somewhere, and most kinds of block occur.

use std::collections::BTreeSet;
use std::fmt::Write;

use postil::parse::slug;
use postil::read::snapshot::Snapshot;
use proptest::collection::vec;
use proptest::prelude::*;

/// A block of a section: what it is, and two numbers that choose what it names.
#[derive(Debug, Clone, Copy)]
pub struct Block {
    what: u8,
    one: usize,
    two: usize,
}

/// A briefing by the blocks of its sections.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The blocks of each section.
    pub sections: Vec<Vec<Block>>,
}

/// Words of headings: some are equal, some are names of other things, some are no Latin letters.
const WORDS: [&str; 12] =
    ["Prices", "Steel", "prices", "中试基地", "Figure 1", "At title", "***", "30% – 80%", "Term 1", "Notes", "Ref source s0 1", "fn a"];
/// Labels of footnotes, of which some have no letter.
const LABELS: [&str; 6] = ["a", "b", "*", "†", "a!", "注"];
/// The files of the first sections: parts, prefixes, and names that come near each other.
const FILES: [&str; 8] = ["index", "01-a", "02-part/index", "02-part/01-b", "02-part-b", "03-中试", "a-notes", "10-z.z"];
/// Records of each kind.
const RECORDS: usize = 3;

/// Plans of at most eight sections.
pub fn plans() -> impl Strategy<Value = Plan> {
    let block = (0_u8..20, 0_usize..100, 0_usize..100).prop_map(|(what, one, two)| Block { what, one, two });
    vec(vec(block, 0..10), 1..FILES.len()).prop_map(|sections| Plan { sections })
}

impl Plan {
    /// The file of a section.
    pub fn file(number: usize) -> String {
        FILES.get(number).map_or_else(|| format!("section-{number:05}.md"), |name| format!("{name}.md"))
    }

    /// The briefing as files.
    pub fn snapshot(&self) -> Snapshot {
        let mut snapshot = Snapshot::default();
        let mut placed = BTreeSet::new();
        for (number, blocks) in self.sections.iter().enumerate() {
            let text = format!("+++\ntitle = \"Section {number}\"\n+++\n\n{}", self.body(number, blocks, &mut placed));
            snapshot.insert(format!("content/{}", Self::file(number)), text);
        }
        for (name, text) in registers() {
            snapshot.insert(format!("content/{name}"), text);
        }
        snapshot.insert("content/img/a b.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"2\" height=\"3\"/>");
        snapshot
    }

    fn body(&self, number: usize, blocks: &[Block], placed: &mut BTreeSet<usize>) -> String {
        let mut text = String::new();
        let mut notes = BTreeSet::new();
        for block in blocks {
            let block = self.block(number, *block, placed, &mut notes);
            writeln!(text, "{block}\n").expect("a text takes any text");
        }
        for label in notes {
            writeln!(text, "[^{label}]: A note with a [[term:t0]] and a citation [@s0, p. 2].\n").expect("a text takes any text");
        }
        text
    }

    fn block(&self, number: usize, block: Block, placed: &mut BTreeSet<usize>, notes: &mut BTreeSet<&'static str>) -> String {
        let Block { what, one, two } = block;
        let (a, b) = (one % RECORDS, two % RECORDS);
        let level = "#".repeat(1 + two % 4);
        match what {
            0..=2 => format!("{level} {}", WORDS[one % WORDS.len()]),
            3 => format!("Cited [see @s{a}, p. {two}; @s{b}] and again [-@s{a}]."),
            4 => format!("The [[t{a}]], the [[t{b}|words]] and [more](term:t{a})."),
            5 if placed.insert(a) => format!("![[fig:f{a}]]"),
            5 | 6 => format!("See [[fig:f{a}]] and [that](fig:f{b})."),
            7 => format!("In short, [it fell by {two}](claim:c{a}). [[claim:c{b}]]"),
            8 => format!("Doubtful.[[note:n{a}]] Again.[8](note:n{b})"),
            9 => format!("[[ent:e{a}]] and [its head](ent:e{b})."),
            10 => self.link(number, one, two),
            11 => {
                let label = LABELS[one % LABELS.len()];
                notes.insert(label);
                format!("Said.[^{label}] And again.[^{label}]")
            }
            12 => format!("> The words of it.\n> — [@s{a}, p. {two}]"),
            13 => format!("> [!CORRECTION 2024-05-{:02}]\n> It said [[t{a}]] before.[[note:n{b}]]", 1 + two % 28),
            14 => format!("| name | value |\n|---|--:|\n| [[t{a}\\|the term]] | {two} [@s{b}] |"),
            15 => "```rust\nfn main() { println!(\"<a>\"); }\n```".to_owned(),
            16 => format!("产量**下降**，\n因为[[t{a}]]下雨 [@s{b}，第3页]。"),
            17 => format!("- one [[t{a}]]\n- two [@s{b}]\n\n1. *three*\n2. ~~four~~"),
            18 => "![A picture](</img/a b.svg>) and [the file](</img/a b.svg>).".to_owned(),
            _ => format!("Just text with & < > \" ' and [a link](https://example.org/?a={one}&b={two})."),
        }
    }

    /// A link to another section, and to its first heading where it has one.
    fn link(&self, number: usize, one: usize, two: usize) -> String {
        let other = one % self.sections.len();
        let depth = Self::file(number).matches('/').count();
        let file = format!("{}{}", "../".repeat(depth), Self::file(other));
        let heading = self.sections[other].iter().find(|block| block.what <= 2 && two.is_multiple_of(2));
        let anchor = heading.map(|block| slug(WORDS[block.one % WORDS.len()])).filter(|anchor| plain(anchor));
        let anchor = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
        format!("See [there](<{file}{anchor}>) and [[{}]].", Self::file(other).trim_end_matches(".md"))
    }
}

/// Whether a heading of these words gets just this anchor: those that a page needs for itself get another.
fn plain(anchor: &str) -> bool {
    ["prices", "steel", "中试基地", "30-80"].contains(&anchor)
}

/// The records, in every form that a register has.
fn registers() -> Vec<(&'static str, String)> {
    let each = |one: &dyn Fn(usize) -> String| (0..RECORDS).map(one).collect::<String>();
    vec![
        ("sources.bib", each(&|n| format!("@report{{s{n}, title = {{Report {n}}}, author = {{Lin, Wei}}, year = {}}}\n", 2020 + n))),
        (
            "terms.csv",
            format!("id,term,definition,see\n{}", each(&|n| format!("t{n},term {n},\"Means [[t{}]].\",t0\n", (n + 1) % RECORDS))),
        ),
        (
            "figures.toml",
            each(&|n| {
                format!(
                    "[[figures]]\nid = \"f{n}\"\nkind = \"table\"\ntitle = \"Figure of {n}\"\ncaption = \"By [@s0].\"\ncolumns = [\"a\"]\nrows = [[{n}]]\nsources = [\"s{n}\"]\n"
                )
            }),
        ),
        ("claims.csv", format!("id,statement,support,sources\n{}", each(&|n| format!("c{n},It fell by {n}.,attributed,s{n}; s0\n")))),
        ("notes.toml", each(&|n| format!("[[notes]]\nid = \"n{n}\"\nproblem = \"Doubtful [[t0]].\"\nabout = [\"c{n}\", \"source:s0\"]\n"))),
        ("entities.csv", format!("id,name,type\n{}", each(&|n| format!("e{n},Name {n},{}\n", ["person", "place", "event"][n])))),
    ]
}
