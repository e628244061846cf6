//! Ways to spoil a file, each the same for the same seed on any machine.

/// A small generator of numbers: the same on any machine.
pub(crate) struct Dice(u64);

impl Dice {
    /// A generator for a seed.
    pub(crate) fn new(seed: u64) -> Self {
        let mut dice = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        dice.below(2);
        dice
    }

    /// A number below `most`; nought where there is none.
    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let most = u64::try_from(most.max(1)).expect("a length");
        usize::try_from((self.0 >> 16) % most).expect("less than a length")
    }

    fn one_of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

/// One way to spoil a file.
type Way = fn(&[u8], &mut Dice) -> Vec<u8>;

/// Every way, by its name.
pub(crate) const WAYS: [(&str, Way); 16] = [
    ("cut off", cut_off),
    ("a hole", hole),
    ("lines deleted", lines_deleted),
    ("lines doubled", lines_doubled),
    ("lines swapped", lines_swapped),
    ("a sign", sign),
    ("signs everywhere", signs),
    ("bytes that are no text", no_text),
    ("a bit flipped", bit_flipped),
    ("deep nesting", nesting),
    ("a huge number", huge_number),
    ("a long line", long_line),
    ("a key repeated", key_repeated),
    ("line ends changed", line_ends),
    ("another file's piece", spliced),
    ("many copies", copies),
];

/// Spoils a file in one way, and sometimes in a second.
pub(crate) fn spoil(bytes: &[u8], number: usize, seed: u64) -> (String, Vec<u8>) {
    let mut dice = Dice::new(seed);
    let (name, way) = WAYS[number % WAYS.len()];
    let spoilt = way(bytes, &mut dice);
    if dice.below(3) > 0 {
        return (name.to_owned(), spoilt);
    }
    let (second, way) = dice.one_of(&WAYS);
    (format!("{name}, {second}"), way(&spoilt, &mut dice))
}

fn cut_off(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes.truncate(dice.below(bytes.len()));
    bytes
}

fn hole(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let from = dice.below(bytes.len());
    let to = (from + 1 + dice.below(40)).min(bytes.len());
    bytes.drain(from.min(to)..to);
    bytes
}

fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.split_inclusive(|one| *one == b'\n').collect()
}

fn lines_deleted(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut lines = lines(bytes);
    for _ in 0..=dice.below(3) {
        let at = dice.below(lines.len());
        lines.drain(at..(at + 1).min(lines.len()));
    }
    lines.concat()
}

fn lines_doubled(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut lines = lines(bytes);
    let from = dice.below(lines.len());
    let to = (from + 1 + dice.below(6)).min(lines.len());
    let twice = lines[from.min(to)..to].to_vec();
    lines.splice(to..to, twice);
    lines.concat()
}

fn lines_swapped(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut lines = lines(bytes);
    for _ in 0..=dice.below(3) {
        let (one, other) = (dice.below(lines.len()), dice.below(lines.len()));
        if !lines.is_empty() {
            lines.swap(one, other);
        }
    }
    lines.concat()
}

/// What has a meaning in one of the languages, and what has none in any.
const SIGNS: [&str; 48] = [
    "\0",
    "\u{202e}",
    "\u{2066}",
    "\u{feff}",
    "\u{fffe}",
    "\r",
    "\u{b}",
    "\u{85}",
    "\u{2028}",
    "\u{301}",
    "\u{1f642}",
    "\"",
    "'",
    "\"\"\"",
    "`",
    "```",
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "{{",
    "{%",
    "%}",
    "(",
    ")",
    "<",
    ">",
    "<!--",
    "-->",
    "&",
    "&#x202e;",
    "\\",
    "|",
    "*",
    "_",
    "#",
    ":",
    "= ",
    ",",
    "@",
    "[@",
    "![[fig:",
    "---\n",
    "+++\n",
    "\n\n",
    "；",
];

fn insert(bytes: &mut Vec<u8>, at: usize, text: &[u8]) {
    bytes.splice(at..at, text.iter().copied());
}

fn sign(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let at = dice.below(bytes.len() + 1);
    insert(&mut bytes, at, dice.one_of(&SIGNS).as_bytes());
    bytes
}

fn signs(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..3 + dice.below(20) {
        bytes = sign(&bytes, dice);
    }
    bytes
}

fn no_text(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    const BROKEN: [&[u8]; 6] = [b"\xff", b"\x80\x80", b"\xe4\xb8", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xff\xfe"];
    let mut bytes = bytes.to_vec();
    let at = dice.below(bytes.len() + 1);
    insert(&mut bytes, at, dice.one_of(&BROKEN));
    bytes
}

fn bit_flipped(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=dice.below(8) {
        let at = dice.below(bytes.len());
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1 << dice.below(8);
        }
    }
    bytes
}

fn nesting(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    const PAIRS: [(&str, &str); 16] = [
        ("[", "]"),
        ("{", "}"),
        ("(", ")"),
        ("[a](", ")"),
        ("{\"a\":", "}"),
        ("{a: ", "}"),
        ("> ", ""),
        ("- ", ""),
        ("*a _b ", "_ c*"),
        ("<div>", "</div>"),
        ("<g>", "</g>"),
        ("\\emph{", "}"),
        ("[^", "]"),
        ("{% if 1 %}", "{% endif %}"),
        ("a.", ""),
        ("((", "+1)*2)"),
    ];
    let mut bytes = bytes.to_vec();
    let (open, close) = dice.one_of(&PAIRS);
    let most = [40, 400, 4_000][dice.below(3)];
    let text = open.repeat(most) + "1" + &close.repeat(most);
    let at = dice.below(bytes.len() + 1);
    insert(&mut bytes, at, text.as_bytes());
    bytes
}

fn huge_number(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    const HUGE: [&str; 10] =
        ["99999999999999999999", "-1", "1e999", "-1e-999", "0x", "4294967296", "18446744073709551616", "2024-99-99", "0.1.2", "NaN"];
    let mut bytes = bytes.to_vec();
    let digits: Vec<usize> = bytes.iter().enumerate().filter(|(_, byte)| byte.is_ascii_digit()).map(|(at, _)| at).collect();
    let at = if digits.is_empty() { dice.below(bytes.len() + 1) } else { dice.one_of(&digits) };
    let end = (at + 1).min(bytes.len());
    bytes.splice(at..end, dice.one_of(&HUGE).bytes());
    bytes
}

fn long_line(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    const PIECES: [&str; 8] = ["a", "a ", "产量下降，", "1,", "[@nbs] ", "*a ", "GDP ", "\""];
    let mut bytes = bytes.to_vec();
    let text = dice.one_of(&PIECES).repeat(2_000 + dice.below(10_000));
    let at = dice.below(bytes.len() + 1);
    insert(&mut bytes, at, text.as_bytes());
    bytes
}

fn key_repeated(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut lines = lines(bytes);
    let keyed: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].iter().any(|byte| b"=:,".contains(byte))).collect();
    if keyed.is_empty() {
        return bytes.to_vec();
    }
    let line = lines[dice.one_of(&keyed)];
    for _ in 0..=dice.below(200) {
        let at = dice.one_of(&keyed);
        lines.insert(at, line);
    }
    lines.concat()
}

fn line_ends(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    const ENDS: [&str; 5] = ["\r", "\r\n", "\n\r", "", "\n\n"];
    let end = dice.one_of(&ENDS).as_bytes();
    bytes.split(|one| *one == b'\n').collect::<Vec<_>>().join(end)
}

fn spliced(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let others = super::seeds::seeds();
    let other = others[dice.below(others.len())].bytes;
    let from = dice.below(other.len());
    let to = (from + 1 + dice.below(400)).min(other.len());
    let at = dice.below(bytes.len() + 1);
    insert(&mut bytes, at, &other[from..to]);
    bytes
}

fn copies(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    bytes.repeat(2 + dice.below(30))
}
