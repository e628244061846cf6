//! A made-up briefing for measuring: long sections with all that authors write, the same for the same number.
//!
//! Each section has about a thousand words, 4 to 8 headings, 2 or 3 footnotes, 5 sources cited, 6 terms used, 2 claims,
//! 3 to 5 links to other sections and a picture; two of five have a table, three of five a block of code.

use std::fmt::Write;

use postil::read::snapshot::Snapshot;

const ADJECTIVES: &str = "provincial municipal regional industrial advanced upstream uneven steady fragile domestic private competitive scarce skilled informal quarterly preliminary revised cautious modest gradual persistent structural visible";
const NOUNS: &str = "policy plant cluster subsidy supplier corridor workforce output assembly logistics tariff permit investment capacity inventory furnace foundry laboratory battery sensor turbine bearing alloy textile grain terminal railway district bureau fund lender audit survey index forecast quota standard contract shipment margin pension programme notice rebate surplus upgrade merger";
const VERBS: &str = "raised lowered expanded redirected delayed suspended resumed reported financed absorbed attracted relocated upgraded certified weakened simplified tracked overstated matched missed replaced published withdrew extended";
const ADVERBS: &str = "quickly slowly unevenly quietly sharply partly largely barely visibly repeatedly eventually reportedly indirectly selectively temporarily";
const OPENERS: [&str; 8] = [
    "By contrast",
    "In practice",
    "Over the period",
    "According to the notice",
    "After the restart",
    "For smaller firms",
    "Even so",
    "As a result",
];
const HEADINGS: &str = "Origins Evidence Context Financing Timing Coverage Incidence Response Limits Outcomes Revisions Capacity Exposure Costs Methods Signals Options Risks";
/// Terms of the whole briefing.
const TERMS: usize = 60;
/// Words of a section's paragraphs, more or less.
const WORDS: usize = 900;

/// Numbers that look random and are the same on any machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let high = usize::try_from(self.0 >> 33).expect("31 bits");
        high % most
    }

    fn one_of<'w>(&mut self, words: &'w str) -> &'w str {
        let all: Vec<&str> = words.split(' ').collect();
        all[self.below(all.len())]
    }
}

/// A briefing of so many sections.
pub(crate) fn briefing(sections: usize) -> Snapshot {
    let mut snapshot = Snapshot::default();
    snapshot.insert("postil.toml", "title = \"Corpus\"\nbase_url = \"https://example.org/\"\n");
    snapshot.insert("content/index.md", "+++\ntitle = \"Corpus\"\n+++\n\nA made-up briefing, for measuring.\n");
    let terms: String = (0..TERMS)
        .map(|n| {
            format!("[[terms]]\nid = \"term-{n}\"\nterm = \"term {n}\"\ndefinition = \"What is meant by *term {n}* in such notices.\"\n\n")
        })
        .collect::<Vec<_>>()
        .concat();
    snapshot.insert("content/terms.toml", terms);
    for number in 1..=sections {
        snapshot.insert(format!("content/{}", file(number)), section(number, sections));
        snapshot.insert(format!("content/figures/{number}.svg"), picture(number));
    }
    snapshot
}

fn file(number: usize) -> String {
    format!("s{number:05}.md")
}

/// The text of one section.
pub(crate) fn section(number: usize, sections: usize) -> String {
    let mut dice = Dice(u64::try_from(number).expect("a number of a section"));
    let mut text = front(number, &mut dice);
    let parts = 4 + dice.below(5);
    for part in 0..parts {
        let heading = format!("{} of {} {}", dice.one_of(HEADINGS), dice.one_of(ADJECTIVES), dice.one_of(NOUNS));
        add(&mut text, format_args!("{} {heading}\n\n", if part % 3 == 2 { "###" } else { "##" }));
        let mut words = 0;
        while words < WORDS / parts {
            let paragraph: Vec<String> = (0..4).map(|_| sentence(&mut dice)).collect();
            words += paragraph.iter().map(|one| one.split(' ').count()).sum::<usize>();
            add(&mut text, format_args!("{} {}\n\n", paragraph.join(" "), reference(number, sections, part, &mut dice)));
        }
        match part {
            1 if number % 5 < 2 => add(&mut text, format_args!("{}\n", table(&mut dice))),
            2 if number % 5 > 1 => add(&mut text, format_args!("{}\n", code(number))),
            3 => add(&mut text, format_args!("![[fig:figure-{number}]]\n\n")),
            _ => {}
        }
    }
    for claim in 0..2 {
        add(&mut text, format_args!("In short, [{}](claim:c-{number}-{claim}).\n\n", sentence(&mut dice).trim_end_matches('.')));
    }
    for note in 0..2 {
        add(&mut text, format_args!("[^n{note}]: {}\n\n", sentence(&mut dice)));
    }
    text
}

fn add(text: &mut String, more: std::fmt::Arguments<'_>) {
    text.write_fmt(more).expect("a text takes any text");
}

fn front(number: usize, dice: &mut Dice) -> String {
    let mut text = format!(
        "+++\ntitle = \"Section {number}: {} {}\"\nsummary = \"{}\"\ndate = 2024-05-01\n\n",
        dice.one_of(ADJECTIVES),
        dice.one_of(NOUNS),
        sentence(dice)
    );
    for source in 0..5 {
        let (title, year) = (sentence(dice), 2000 + dice.below(24));
        add(
            &mut text,
            format_args!(
                "[[sources]]\nid = \"s-{number}-{source}\"\ntype = \"report\"\ntitle = \"{title}\"\npublisher = \"Bureau {}\"\ndate = \"{year}\"\nurl = \"https://example.org/{number}/{source}\"\n\n",
                dice.below(12)
            ),
        );
    }
    for claim in 0..2 {
        add(
            &mut text,
            format_args!(
                "[[claims]]\nid = \"c-{number}-{claim}\"\nstatement = \"{}\"\nkind = \"judgement\"\nsupport = \"attributed\"\nconfidence = \"moderate\"\nsources = [\"s-{number}-{claim}\"]\n\n",
                sentence(dice)
            ),
        );
    }
    add(
        &mut text,
        format_args!(
            "[[figures]]\nid = \"figure-{number}\"\nkind = \"svg\"\ntitle = \"Output of {number}\"\ncaption = \"{}\"\nalt = \"Bars.\"\nsrc = \"figures/{number}.svg\"\nsources = [\"s-{number}-0\"]\n+++\n\n",
            sentence(dice)
        ),
    );
    text
}

fn sentence(dice: &mut Dice) -> String {
    let mut noun = || format!("{} {}", dice.one_of(ADJECTIVES), dice.one_of(NOUNS));
    let (one, two, three) = (noun(), noun(), noun());
    let opener = OPENERS[dice.below(OPENERS.len())];
    format!("{opener}, the {one} {} {} the {two} of the {three}.", dice.one_of(ADVERBS), dice.one_of(VERBS))
}

/// A sentence that refers to something: what it is goes by the part.
fn reference(number: usize, sections: usize, part: usize, dice: &mut Dice) -> String {
    let term = dice.below(TERMS);
    let other = 1 + dice.below(sections);
    match part % 4 {
        0 => format!("The [[term-{term}]] says so [@s-{number}-{}, p. {}].[^n0]", part % 5, dice.below(90)),
        1 => format!("So does the [notice](term:term-{term}) [see @s-{number}-1; @s-{number}-2].[^n1]"),
        2 => format!("See [the other section]({}) on the [[term-{term}]] [@s-{number}-3].", file(other)),
        _ => format!("As [[fig:figure-{number}]] shows [@s-{number}-4], the [[term-{term}|{}]] held.", dice.one_of(NOUNS)),
    }
}

fn table(dice: &mut Dice) -> String {
    let rows: String =
        (0..6).map(|row| format!("| {} | {} | {} |\n", dice.one_of(NOUNS), 2018 + row, dice.below(100_000))).collect::<Vec<_>>().concat();
    format!("| item | year | output |\n|:-----|------|-------:|\n{rows}")
}

fn code(number: usize) -> String {
    match number % 3 {
        0 => format!(
            "```rust\n/// The share of a part in the whole.\nfn share(part: f64, whole: f64) -> Option<f64> {{\n    let base = {number};\n    (whole != 0.0).then(|| part / whole * f64::from(base)) // in percent\n}}\n```\n"
        ),
        1 => format!(
            "```python\ndef share(part, whole, base={number}):\n    \"\"\"The share of a part in the whole.\"\"\"\n    return None if whole == 0 else part / whole * base  # in percent\n```\n"
        ),
        _ => format!("```json\n{{\n  \"section\": {number},\n  \"name\": \"share\",\n  \"values\": [1, 2.5, null, true]\n}}\n```\n"),
    }
}

fn picture(number: usize) -> String {
    let mut dice = Dice(u64::try_from(number).expect("a number of a section") ^ 0x5eed);
    let bars: String = (0..12)
        .map(|bar| format!("<rect x=\"{}\" y=\"0\" width=\"18\" height=\"{}\"/>", bar * 20, 20 + dice.below(180)))
        .collect::<Vec<_>>()
        .concat();
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 240 200\">{bars}</svg>\n")
}
