//! What a template's tags hold: names with their fields, and calls of components.

use crate::text::Span;

/// The insides of `{{ … }}` and `{% … %}`, in order.
pub(super) fn tags(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('{').map(|open| at + open) {
        let close = match text.as_bytes().get(open + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => {
                at = open + 1;
                continue;
            }
        };
        let Some(end) = text[open + 2..].find(close).map(|end| open + 2 + end) else { break };
        if close != "#}" {
            found.push(Span::new(open + 2, end));
        }
        at = end + 2;
    }
    found
}

/// A name with its fields, or a comma.
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    pub(super) span: Span,
}

/// The names in a tag. Texts between quotation marks, filters, tests, names of components and of arguments are none.
pub(super) fn words(text: &str, tag: Span) -> Vec<Word<'_>> {
    let inside = &text[tag.range()];
    let bytes = inside.as_bytes();
    let part = |at: usize| bytes.get(at).is_some_and(|one| one.is_ascii_alphanumeric() || *one == b'_' || *one >= 0x80);
    let mut found = Vec::new();
    let mut at = 0;
    let mut before = b' ';
    while at < bytes.len() {
        let one = bytes[at];
        if matches!(one, b'"' | b'\'' | b'`') {
            let end = inside[at + 1..].find(char::from(one)).map_or(bytes.len(), |end| at + 1 + end + 1);
            at = end;
            before = one;
        } else if part(at) {
            let start = at;
            while part(at)
                || at + 1 < bytes.len() && bytes[at] == b'.' && part(at + 1)
                || at + 2 < bytes.len() && &bytes[at..at + 2] == b"?."
            {
                at += 1;
            }
            let named = inside[at..].trim_start().starts_with('=') && !inside[at..].trim_start().starts_with("==");
            if !(matches!(before, b'|' | b'<' | b'/') || named && before != b'%' && !found.is_empty() && !brings_in(&found)) {
                found.push(Word { text: &inside[start..at], span: Span::new(tag.start + start, tag.start + at) });
            }
            before = b'a';
        } else {
            if one == b',' {
                found.push(Word { text: ",", span: Span::new(tag.start + at, tag.start + at + 1) });
            }
            if !one.is_ascii_whitespace() && one != b'-' {
                before = one;
            }
            at += 1;
        }
    }
    found
}

/// Whether the words begin what brings in a name that is followed by a sign of equality: `set`, or a component with its
/// arguments.
fn brings_in(words: &[Word<'_>]) -> bool {
    words.len() == 1 && matches!(words[0].text, "set" | "set_global") || words.first().is_some_and(|word| word.text == "component")
}

/// A component that a tag calls: `{{ <card.label card={card} /> }}`.
pub(super) struct Call<'t> {
    /// The component.
    pub(super) name: Word<'t>,
    /// Its arguments with the names that they are given; none where it is given a text or a number, and an empty one
    /// for what is worked out.
    pub(super) arguments: Vec<(Word<'t>, Option<&'t str>)>,
}

/// The call in a tag; `None` where it has none, or one whose arguments cannot be told by looking.
pub(super) fn call(text: &str, tag: Span) -> Option<Call<'_>> {
    let inside = &text[tag.range()];
    let start = inside.find(|one: char| one != '-' && !one.is_whitespace()).filter(|at| inside[*at..].starts_with('<'))? + 1;
    let named = |one: char| one.is_alphanumeric() || matches!(one, '_' | '.');
    let word = |from: usize| {
        let length = inside[from..].find(|one| !named(one)).unwrap_or(inside.len() - from);
        let span = Span::new(tag.start + from, tag.start + from + length);
        (length > 0).then(|| (Word { text: &inside[from..from + length], span }, from + length))
    };
    let (name, mut at) = word(start)?;
    let mut arguments = Vec::new();
    loop {
        at += inside[at..].len() - inside[at..].trim_start().len();
        if inside[at..].starts_with(['/', '>']) {
            return Some(Call { name, arguments });
        }
        let (argument, after) = word(at)?;
        let value = inside[after..].strip_prefix('=')?;
        let (given, length) = match value.chars().next()? {
            '{' => {
                let length = value.find('}')? + 1;
                let path = value[1..length - 1].trim();
                let is_path = path.starts_with(|one: char| one.is_alphabetic() || one == '_') && path.chars().all(named);
                (if matches!(path, "true" | "false") { None } else { Some(if is_path { path } else { "" }) }, length)
            }
            quote @ ('"' | '\'' | '`') => (None, value[1..].find(quote)? + 2),
            _ => (None, value.find(|one: char| one.is_whitespace() || matches!(one, '/' | '>'))?),
        };
        arguments.push((argument, given));
        at = after + 1 + length;
    }
}
